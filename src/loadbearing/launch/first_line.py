"""The first launch sheet, of units 01 to 12: five numbers of the student's own launch, and the line they draw.

A load line is the largest crowd at which a stated promise still holds: here, that 99 of 100 people are in within
two minutes. It is found by running crowds of different sizes against the student's door, nothing else.
"""

from __future__ import annotations

import dataclasses
import math

from loadbearing.engines import simulate
from loadbearing.parts import ScenarioError
from loadbearing.scenario import (
    Crowd,
    Door,
    Patience,
    Retries,
    Rush,
    Scenario,
    Service,
    Stage,
    Weather,
)
from loadbearing.stress import Promise
from loadbearing.stress.search import Search
from loadbearing.units import people, share

PROMISE_SHARE, PROMISE_S = 0.99, 120.0
PROMISE = Promise(reading="service_level", args={"within_s": PROMISE_S}, at_least=PROMISE_SHARE)
MOST_OF_THEM = 0.9
SERVICE_S = 0.5
ROOM_PEOPLE = 8_000
TOLERANCE = 0.005
"""How far the search may end below the line, as a share of it."""

GAMMA_90 = 3.8897
"""Ninety per cent of a Gamma distribution of shape 2 lie below this many of its scales (half its mean)."""


@dataclasses.dataclass(frozen=True)
class Input:
    """One line of the sheet: its question, its unit, an example, and what makes sense."""

    key: str
    question: str
    unit: str
    example: float
    least: float
    most: float
    whole: bool = False
    why: str = ""


INPUTS = (
    Input("expected", "How many people do you expect?", "people", 20_000, 10, 100_000_000, True,
          "the crowd you would be glad of, not the one you fear"),
    Input("within", "Within how many minutes of the start do nine in ten of them come?", "minutes", 10,
          0.1, 1_440, False, "an announced minute brings them in minutes; a mailing spreads them"),
    Input("join_rate", "How many people can your door let in per second?", "people per second", 30,
          0.01, 1_000_000, False, "sign-ups, log-ins or payments completed per second, as measured"),
    Input("hold", "How many can be inside at once?", "people", 100_000, 1, 100_000_000, True,
          "seats, licences, connections: whatever is full first"),
    Input("patience", "For how many minutes will they keep trying?", "minutes", 10, 0.1, 1_440, False,
          "after that they leave and do something else"),
)  # fmt: skip


def checked_input(key, typed):
    """Return a typed number, or raise the sentence that says what to type instead."""
    line = next(one for one in INPUTS if one.key == key)
    try:
        number = float(str(typed).replace(",", "").replace("_", "").strip())
    except ValueError:
        raise ScenarioError(
            f"{line.question} {typed!r} is not a number; {_such_as(line)}."
        ) from None
    if math.isnan(number) or not line.least <= number <= line.most:
        raise ScenarioError(
            f"{line.question} {typed} lies outside {line.least:g} to {line.most:,g} {line.unit}; "
            f"{_such_as(line)}."
        )
    if line.whole and number != int(number):
        raise ScenarioError(f"{line.question} {typed} is not a whole number; {_such_as(line)}.")
    return int(number) if line.whole else number


def _such_as(line):
    return f"type a number such as {line.example:,g}"


def checked_sheet(typed):
    """Return the sheet as numbers from a mapping key -> what was typed; all lines are needed."""
    missing = [line.question for line in INPUTS if str(typed.get(line.key, "")).strip() == ""]
    if missing:
        raise ScenarioError(f"Still to fill in: {missing[0]}")
    return {line.key: checked_input(line.key, typed[line.key]) for line in INPUTS}


def launch_scenario(sheet, crowd, fraction):
    """Return the student's launch as a scenario with `crowd` people, in a room of this fraction."""
    mean_s = 2 * 60 * sheet["within"] / GAMMA_90
    ends_s = math.ceil(60 * (sheet["within"] * 2 + sheet["patience"]) + 10 * PROMISE_S)
    # One handler works for so long that its rate, times the handlers, is the student's join rate.
    handlers = max(1, round(sheet["join_rate"] * fraction * SERVICE_S))
    service_s = handlers / (sheet["join_rate"] * fraction)
    return Scenario(
        crowd=Crowd(
            listeners=max(1, round(crowd * fraction)),
            arrivals=Rush(doors_s=0.0, early_share=0.0, mean_s=mean_s),
            patience=Patience(kind="fixed", mean_s=60.0 * sheet["patience"]),
            timeout_s=30.0,
            retries=Retries(base_s=2.0, cap_s=60.0),
        ),
        door=Door(
            handlers=handlers,
            service=Service(mean_s=service_s),
            queue_limit=math.ceil(15 * sheet["join_rate"] * fraction),
        ),
        stage=Stage(seats=max(1, round(sheet["hold"] * fraction))),
        weather=Weather.calm(),
        starts_s=0,
        ends_s=ends_s,
    )


def promise_kept(sheet, crowd):
    """Return the share of such a crowd that is in within two minutes, from one small run."""
    return PROMISE.read(_small_run(sheet, crowd))


def _small_run(sheet, crowd):
    fraction = min(1.0, ROOM_PEOPLE / crowd)
    return simulate(launch_scenario(sheet, crowd, fraction), sample=0)


def load_line(sheet):
    """Return the largest crowd, to two figures, at which 99 of 100 are in within two minutes; 0 if none is."""
    let_in = 60 * sheet["within"] * sheet["join_rate"]
    most = max(sheet["expected"], 2 * sheet["hold"])
    search = Search(least=1, most=most, guess=min(let_in, sheet["hold"]), tolerance=TOLERANCE)
    while search.asks is not None:
        search.tell(PROMISE.margin(_small_run(sheet, search.asks)))
    return _two_figures(search.low) if search.low else 0


def _two_figures(number):
    size = 10 ** max(0, math.floor(math.log10(number)) - 1)
    return int(math.floor(number / size) * size)


def told_line(sheet, line):
    """Return the first load line in a sentence, with the promise, the limit that binds and what it is worth."""
    promise = PROMISE.on_one_evening
    if line == 0:
        return f"No crowd is small enough for this door to promise that {promise}."
    held = f"Your first load line: about {people(line)} people. Up to that crowd {promise}"
    expected = sheet["expected"]
    if line >= expected:
        verdict = f"you expect {people(expected)}, and your launch stays below its line"
    else:
        verdict = (
            f"you expect {people(expected)}, {_times(expected / line)} as many. At that crowd "
            f"{share(promise_kept(sheet, expected))} are in by then"
        )
    return (
        f"{held}; {verdict}. Found with crowds of at most {people(ROOM_PEOPLE)}, average weather."
    )


def _times(ratio):
    return f"{ratio:.1f} times" if ratio < 9.95 else f"{ratio:,.0f} times"
