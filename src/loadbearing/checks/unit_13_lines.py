"""The load lines of a small shop, read: what breaks first on an ordinary evening, and to whom a promise may be made."""

from __future__ import annotations

import functools
import math
import statistics

from loadbearing import simulate
from loadbearing.cases import launches
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.launch import checked
from loadbearing.launch.lines import found_line
from loadbearing.launch.questions import BY_KEY
from loadbearing.launch.weathers import WEATHERS, evenings, in_room, room_of
from loadbearing.stress.line import down
from loadbearing.units import people, share

EVENINGS, NEAR, SAME = 10, 0.08, 0.02
"""Evenings on which each line is found; how near an answer must be to a line; from where on it is that very number."""

CALM, AT_ONCE, FAULT = SHOWN = ("calm", "at_once", "fault")
TOGETHER = (CALM, AT_ONCE)
"""The weathers of the table, and those in which the promise is to hold together."""

LIMITS = {"join_rate": "join rate", "hold": "hold", "queue": "queue"}
"""The lines of the sheet that are doubled in turn, and the names of their columns."""

NAMES = {one.key: one.name for one in WEATHERS}
OWN = "as it is"


@functools.cache
def drop():
    """Return the shop's launch."""
    return checked({key: one.value for key, one in launches.DROP.items()})


@functools.cache
def line(weather, doubled=None):
    """Return the load line in a weather, in people; `doubled`: one line of the sheet twice as large, others held."""
    held = drop().pinned()
    changed = {} if doubled is None else {doubled: 2 * getattr(held, doubled)}
    return line_of(held.with_values(**changed), weather)


@functools.lru_cache(maxsize=256)
def _found(a_launch, weather):
    """The load line of a launch in a weather, in people, and the fraction of the room in which it was found."""
    found, fraction = found_line(a_launch, weather, EVENINGS)
    return math.floor(found.crowd / fraction + 1e-9), fraction


def line_of(a_launch, weather):
    """Return the load line of any launch in a weather, in people: found on ten evenings, so a rough one."""
    return _found(a_launch, weather)[0]


def sheet_table():
    """Return the shop's sheet as lines of text."""
    lines = [BY_KEY[key] for key in launches.DROP]
    return "\n".join(f"{one.question:<72}{getattr(drop(), one.key):>7,g}" for one in lines)


def line_table():
    """Return the lines of the shop in each weather, as it is and with one limit doubled, as lines of text."""
    rows = [
        f"{'load line, in people':<30}{OWN:>10}"
        + "".join(f"{'2 x ' + one:>16}" for one in LIMITS.values())
    ]
    for weather in SHOWN:
        found = [line(weather), *(line(weather, one) for one in LIMITS)]
        rows.append(
            f"{NAMES[weather].lower():<30}{down(found[0]):>10}"
            + "".join(f"{down(one):>16}" for one in found[1:])
        )
    return "\n".join(rows)


def first(weather):
    """Return the name of the limit that lifts the line of a weather most when doubled."""
    return LIMITS[max(LIMITS, key=lambda one: line(weather, one))]


def first_when_calm():
    """Return the name of the limit that breaks first on an ordinary evening."""
    return first(CALM)


def whom_to_promise():
    """Return the largest crowd for which the promise holds in both weathers."""
    return min(line(one) for one in TOGETHER)


# --- judged --------------------------------------------------------------------------------------


def breaks_first(answer):
    """Judge which limit breaks first on an ordinary evening."""
    given = _limit(answer)
    right = first(CALM)
    told = f"On an ordinary evening the line is {down(line(CALM))}"
    key = next(one for one, name in LIMITS.items() if name == given)
    lifted = f"With twice the {given} it is {down(line(CALM, key))}"
    if given == right:
        return yes(
            f"{told}. {lifted}. When everyone comes at once, twice the {given} turns {down(line(AT_ONCE))} into "
            f"{down(line(AT_ONCE, key))}. There the {first(AT_ONCE)} breaks first."
        )
    if given == first(AT_ONCE):
        return no(
            "another weather",
            f"{told}. {lifted}. You name what breaks first when everyone comes at once: there it lifts the line from "
            f"{down(line(AT_ONCE))} to {down(line(AT_ONCE, key))}.",
        )
    return no(
        "waiting for room",
        f"{told}. {lifted}. A longer queue holds more people who wait, and makes no room. When everyone comes at once "
        f"it turns {down(line(AT_ONCE))} into {down(line(AT_ONCE, key))}: they wait for longer than was promised.",
    )


def _limit(answer):
    text = str(answer).strip().strip("'\"").lower().replace("_", " ").removeprefix("2 x ")
    if not isinstance(answer, str) or text not in LIMITS.values():
        raise AnswerError(
            f"{_short(answer)} is no limit of the table; write one of {', '.join(LIMITS.values())} in quotes."
        )
    return text


def _short(answer):
    return (
        repr(answer) if isinstance(answer, str | int | float) else f"This {type(answer).__name__!r}"
    )


def judge_promise(answer):
    """Judge to how many the promise may be made, if it is to hold in both weathers."""
    given = number(answer, "1500")
    if given < 1:
        raise AnswerError(f"{given:g} is no crowd; give a number of people.")
    right = whom_to_promise()
    told = played(drop(), given)
    if close(given, right, NEAR):
        return yes(
            f"{told} The line of the launch is the lowest of the lines that you answer for. On ordinary evenings "
            f"alone it would be {down(line(CALM))}, and nobody can order an ordinary evening."
        )
    if close(given, drop().expected, SAME):
        return no(
            "hope", f"{told} That is the crowd that they expect, not the one they can promise."
        )
    if close(given, line(FAULT), SAME):
        return no("another weather", f"{told} You took the line of the evening with a fault.")
    if close(given, line(CALM), SAME):
        return no("the kindest weather", f"{told} You took the line of the ordinary evening.")
    if close(given, statistics.mean(line(one) for one in TOGETHER), SAME):
        return no(
            "a mean of two weathers",
            f"{told} You took the mean of two lines. No evening has mean weather: it is one or the other.",
        )
    if close(given, sum(line(one) for one in TOGETHER), SAME):
        return no(
            "both lines together", f"{told} You added the lines. It is one crowd, on one evening."
        )
    return no("too many" if given > right else "too careful", told)


def played(a_launch, crowd):
    """Return in words what becomes of a crowd of this size at a launch, in both weathers, on the same ten evenings."""
    promise = a_launch.promise
    found = {weather: _shares(a_launch, weather, crowd) for weather in TOGETHER}
    kept = {
        one: sum(promise.margin_of(part) >= 0 for part in parts) for one, parts in found.items()
    }
    return (
        f"A crowd of {people(crowd)}: the promise is kept on {kept[CALM]} of {EVENINGS} ordinary evenings, and on "
        f"{kept[AT_ONCE]} of {EVENINGS} when everyone comes at once. There {share(statistics.median(found[AT_ONCE]))} "
        "are in as promised on a middling evening."
    )


def _shares(a_launch, weather, crowd):
    """The share in as promised on each evening, in the room in which the line was found, or a smaller one."""
    fraction = min(_found(a_launch, weather)[1], room_of(a_launch, weather) / crowd)
    scene = in_room(a_launch, weather, crowd * fraction, fraction, whole=False)
    runs = (simulate(scene, seed, sample=0, progress=False) for seed in evenings(EVENINGS))
    return [a_launch.promise.read(run) for run in runs]
