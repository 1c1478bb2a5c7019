"""The bench of unit 12: one announced hour, held again and again, each time with what broke before mended."""

from __future__ import annotations

import functools
import statistics

from loadbearing import growth
from loadbearing.growth import CASE, PLACES, POORLY, WELL
from loadbearing.growth.places import MENDS
from loadbearing.labs.amounts import Amount, Choice
from loadbearing.labs.knobs import Settings
from loadbearing.labs.shown import Number
from loadbearing.pictures.next_time import further_in
from loadbearing.units import people, share

NOTHING, FIRST = "nothing", "what the first evening showed"
SECOND, THIRD = "and what the second showed", "and what the third showed"
NIGHTS, THEIR_PEOPLE = range(1, 9), 40_000
A_FULLER_ROOM, NEARLY_KEPT, TWICE = 150_000, 0.85, 400


def _mends(places):
    return {key: value for place in places for key, value in MENDS[place].items()}


MENDED = Choice(
    "mended",
    {
        NOTHING: {},
        FIRST: _mends(PLACES[:1]),
        SECOND: _mends(PLACES[:2]),
        THIRD: _mends(PLACES),
    },
    named="Mended beforehand",
)
CROWD = Amount(
    "at_the_start", 20, 600, worth=1_000, named="People who come", counted="thousand people"
)
WAITS = Choice(
    "timeout_s",
    {"5 s": 5.0, "10 s": 10.0, "as long as it takes": None},
    named="How long a client waits for an answer",
)
"""The knobs; none of them names a place."""

KEPT = Number(
    "kept",
    "Promise kept",
    lambda run: growth.told(run).kept,
    share,
)
MOST = Number(
    "most",
    "Most in the room at once",
    lambda run: float(run.seconds["inside"].max()),
    people,
    unit="people",
    counted=True,
)
HEARD = Number("heard", "Of the show, heard", lambda run: growth.told(run).heard, share)


def the_second_evening(bench):
    """Return (key, sentence): for how many the promise is kept when what the first evening showed is mended."""
    runs = [
        bench.run(CASE, {"mended": FIRST}, seed=seed, weather=True, people=THEIR_PEOPLE)
        for seed in NIGHTS
    ]
    kept = statistics.median(map(KEPT.read, runs))
    said = f"On {len(runs)} evenings with the door mended, the promise is kept to {share(kept)}."
    return "none" if kept <= POORLY else "most" if kept >= WELL else "half", said


# --- missions -------------------------------------------------------------------------------------


def fuller(trial, now):
    """A mission's `reached`: a hundred and fifty thousand were in the room at once."""
    return now["most"].value >= A_FULLER_ROOM


def promised(trial, now):
    """A mission's `reached`: the promise was kept for eighty-five in a hundred."""
    return now["kept"].value >= NEARLY_KEPT


def the_first_trouble_again(trial, now):
    """A mission's `reached`: everything is mended, and most of those who lost the evening lost it at the door."""
    settings = trial.settings
    mended = dict(settings.chosen).get(MENDED.path) == THIRD
    return mended and growth.told(trial.run).place == PLACES[0]


def par(typed=None, **chosen):
    """Return the `Settings` of the best plan known for a mission: path to number or option."""
    return Settings.of(CASE, typed or {}, chosen)


FULLER = par(mended=SECOND)
PROMISED = par(mended=THIRD)
FIRST_AGAIN = par(mended=THIRD, at_the_start=TWICE)


# --- one after the other --------------------------------------------------------------------------


@functools.cache
def in_a_row(seed=1, always=()):
    """Return what is told of four evenings, each with what the ones before have shown mended.

    `always`: places that are mended from the start. All have the luck and the weather of one night.
    """
    return tuple(
        growth.told(growth.evening((*PLACES[:mended], *always), seed))
        for mended in range(len(PLACES) + 1)
    )


def four_evenings(seed=1):
    """Return the picture of four evenings: where each failed, most in the room, promise kept."""
    rows = [
        (None if one.well else one.place, one.most, one.kept, PLACES[:mended])
        for mended, one in enumerate(in_a_row(seed))
    ]
    return further_in(rows, PLACES, called="evening")
