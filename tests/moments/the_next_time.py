"""Unit 12: mend the first bottleneck, and the next event fails one door further in; the repeat failure is the progress.

One company, one announced hour, three places one behind the other: the door, the room, the switch. What each evening
shows is mended before the next. The promise is kept for hardly anybody three times in a row, each time at another
place and with more people in the room; the fourth evening goes well. The mechanism is that places lie behind one
another: with a room without end and no switch, the second evening goes well at once.

Not confirmed: that the second evening is heard less than the first (on about half of the evenings: the restart of the
room at least empties the queue). And with clients that wait ten seconds, as elsewhere on the platform, promise and
places are the same, but the most in the room grows by a fifth on only fifteen of twenty-four evenings.
"""

import itertools

from loadbearing import growth
from loadbearing.growth import PLACES, POORLY, WELL
from loadbearing.labs import next_time_lines as lines

MORE = 1.2
STEPS = tuple(PLACES[:mended] for mended in range(len(PLACES) + 1))
"""What is mended before each evening."""


def in_a_row(seed, always=()):
    """What is told of four evenings, each with what the ones before have shown mended, and some places always."""
    return [growth.told(growth.evening((*mended, *always), seed)) for mended in STEPS]


def flat_and_then_well(row):
    """Whether the promise is hardly kept three times, and kept the fourth time."""
    return all(one.kept <= POORLY for one in row[:3]) and row[3].kept >= WELL


def happens(seed):
    """The moment: three failures one place further in each, with more people each, and then it goes well."""
    row = in_a_row(seed)
    return (
        flat_and_then_well(row)
        and tuple(one.place for one in row[:3]) == PLACES
        and all(later.most >= MORE * sooner.most for sooner, later in itertools.pairwise(row[:3]))
    )


def without(seed):
    """The same when nothing lies behind the first place."""
    return flat_and_then_well(in_a_row(seed, always=("room", "switch")))


def balance():
    """Each claim with the lowest and highest value of its deciding quantity within the ranges of the lab."""
    ends = [
        growth.years(growth.company(closed=closed, kept=kept, written=written), 40)
        for closed in (0.0, 1.0)
        for kept in (0.0, 1.0)
        for written in (False, True)
    ]
    again, gains = map(growth.stumbles_again, ends), map(growth.gain_by_the_fourth, ends)
    left = [lines.at_most(line) for line in lines.LINES]
    found = {"F10": [*again], "S9": [*gains], "S11": left}
    return {key: (min(values), max(values)) for key, values in found.items()}
