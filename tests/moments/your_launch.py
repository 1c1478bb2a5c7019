"""Unit 13: for most launches the cheapest fix is a sentence in the invitation.

Each seed draws a dozen launches in trouble: 5,000 to 200,000 people for one minute, at a door that the busiest minute
asks for 1.2 to 4 times what it can, with room enough, and 50 to 90 in 100 who do what an invitation says. For more than
half of them the cheapest plan has the sentence in it and costs at most half of the cheapest plan that has not. Prices
are those of the launch sheet. Mechanism: people who heed it. Where nobody does, the sentence is in no plan.

Of 48 such launches all have the sentence in their cheapest plan; alone it is enough for 26, and 45 cost at most half.
A line in front of the door that costs nothing changes hardly any of it.

(Not confirmed: that it is so for every launch. From 2,000 people on, at doors asked for up to six times what they
can, with 30 to 90 in 100 who heed it and some rooms too small, the sentence was still in every plan, but alone enough
for 7 of 36, and 20 cost at most half. A door of a few people a second is widened for the price of one change; where
fewer than half heed it and the door is asked for over four times as much, the door must grow all the same; and a
sentence makes no places. Where one more person a second costs a dollar instead of 25, it is in 20 plans of 24 and
halves 13.)
"""

import functools

from loadbearing import draws
from loadbearing.launch import checked
from loadbearing.launch.measures import price
from loadbearing.launch.plans import has_a_sentence
from loadbearing.launch.searching import Search
from loadbearing.launch.stopping import Steps
from loadbearing.launch.trials import Trials, chosen_on

LAUNCHES, MOST_OF_THEM, HALF = 12, 7, 0.5
EVENINGS, PEOPLE = 5, 1_000
WEATHERS = ("calm", "at_once")
DRAWN_FOR = 1_301
"""The purpose that launches are drawn for; no evening uses it."""

PEOPLE_WHO_COME = (5_000, 200_000)
WITHIN_MINUTES = (2.0, 10.0)
TIMES_THE_DOOR = (1.2, 4.0)
TIMES_THE_CROWD = (1.5, 4.0)
PATIENCE_MINUTES = (2.0, 10.0)
HEED_PER_CENT = (50.0, 90.0)
PEAK, NINE_IN_TEN = 0.7358, 3.8897
"""Of a rush: its busiest second, over crowd and mean delay (2 / e); nine in ten come within so many half means."""


def drawn(seed, at, heed=None):
    """Return one launch of a seed: all but heed evenly on a scale of ratios."""

    def between(place, low, high):
        return low * (high / low) ** draws.uniform(draws.key(seed, DRAWN_FOR), at, place)

    expected = round(between(0, *PEOPLE_WHO_COME))
    within = between(1, *WITHIN_MINUTES)
    busiest = PEAK * expected / (2 * 60 * within / NINE_IN_TEN)
    low, high = HEED_PER_CENT
    luck = draws.uniform(draws.key(seed, DRAWN_FOR), at, 5)
    return checked(
        {
            "expected": expected,
            "within": within,
            "join_rate": busiest / between(2, *TIMES_THE_DOOR),
            "hold": round(expected * between(3, *TIMES_THE_CROWD)),
            "patience": between(4, *PATIENCE_MINUTES),
            "heed": low + (high - low) * luck if heed is None else heed,
        }
    )


@functools.cache
def plans(a_launch, weathers=WEATHERS):
    """Return the cheapest set of measures, and the cheapest without a sentence (None: no such set)."""
    search = Search(a_launch, Trials(weathers, chosen_on(EVENINGS), PEOPLE), Steps())
    sets = search.sets()
    without = search.best([one for one in sets if not has_a_sentence(one)])
    most = float("inf") if without is None else price(a_launch, without)
    best = search.best([one for one in sets if has_a_sentence(one)], most)
    return (without if best is None else best), without


def is_the_fix(a_launch, weathers=WEATHERS):
    """Whether the cheapest plan has the sentence in it, for at most half of what the cheapest without it costs."""
    best, without = plans(a_launch, weathers)
    if best is None or not has_a_sentence(best):
        return False
    return without is None or price(a_launch, best) <= HALF * price(a_launch, without)


def for_most(seed, heed=None):
    """Whether it is so for more than half of the dozen launches in trouble that a seed draws first."""
    fixed = missed = at = 0
    while fixed < MOST_OF_THEM and missed <= LAUNCHES - MOST_OF_THEM:
        a_launch, at = drawn(seed, at, heed), at + 1
        if plans(a_launch)[0] == {}:
            continue
        so = is_the_fix(a_launch)
        fixed, missed = fixed + so, missed + (not so)
    return fixed >= MOST_OF_THEM


def happens(seed):
    """The moment, with its mechanism."""
    return for_most(seed)


def without(seed):
    """The moment, when nobody does what the invitation says."""
    return for_most(seed, heed=0.0)


def balance():
    """The unit judges no claim anew."""
    return {}
