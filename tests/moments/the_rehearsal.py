"""Unit 09: every scheduled test passes, and the evening fails; what it asked for, no test had asked.

Eight tests pass, the largest with nearly nine times the evening's crowd. The busiest minute of the evening brings fewer
people than a thousand handlers could let in at the second that a join took in every test. Fewer than six in ten are in
within five minutes. The mechanism: handlers that slow each other when all are at work, which no test at less than half
the evening's join rate can show. Without it the same evening goes well. And one test at the evening's own rate does not
pass, so that not every test has.

Not confirmed: that any test at the evening's rate would have told. One whose generator waits for answers passes on all
evenings: it never asks for more than the door can do. Nor that a test without retries tells how the evening ends: it
only tells that it does not end well. A shorter queue mends the evening; more handlers were not tried.
"""

from loadbearing import cases
from loadbearing.labs import Lab, held_out, rehearsing
from loadbearing.labs.rehearsing import (
    EVENING,
    MADE_UP,
    OVER,
    PEOPLE,
    QUEUE,
    SHORT,
    TEST,
    TRY_AGAIN,
)

POORLY = rehearsing.POORLY
AT_ITS_RATE = {"people": 80_000, "until_s": 60.0}


def every_test_passes(*more):
    """Whether the calendar passes, and these tests too: inputs of the test."""
    passed = [one.passed for one in rehearsing.calendar()]
    return all(passed) and all(rehearsing.passes(rehearsing.test(**changes)) for changes in more)


def the_evening_fails(seed, **changes):
    """Whether too few are in within five minutes, though the planned crowd never outdoes the door on paper."""
    planned = rehearsing.lived() < on_paper()
    return (
        planned and rehearsing.in_time(rehearsing.evening(seed, weather=True, **changes)) <= POORLY
    )


def on_paper():
    """How many people a second the handlers let in if each is as fast as at a quiet hour."""
    door = cases.get(EVENING).door
    return door.handlers / door.service.mean_s


def happens(seed):
    """Every scheduled test has passed, and the evening fails."""
    return every_test_passes() and the_evening_fails(seed)


def without(seed):
    """The same if handlers do not slow each other, or if one test asks what the evening asks."""
    return (every_test_passes() and the_evening_fails(seed, coherency=0.0)) or (
        every_test_passes(AT_ITS_RATE) and the_evening_fails(seed)
    )


def balance():
    """Each claim with the lowest and highest value of its deciding quantity where the knobs of the lab may stand."""
    bench = Lab([TEST, EVENING], [PEOPLE, OVER, MADE_UP, QUEUE]).bench
    decided = {
        "S1": held_out.shown_of_the_door,
        "S2": held_out.surge_against_calendar,
        "S3": held_out.report_against_evening,
        "S4": held_out.narrowing_for_the_lost,
        "S8": held_out.log_against_next,
        "F11": held_out.rehearsed_or_not,
    }
    found = {key: [] for key in decided}
    for places in (
        {},
        {QUEUE.path: SHORT},
        {PEOPLE.path: 80, OVER.path: "1 minute", MADE_UP.path: TRY_AGAIN},
    ):
        bench.reset()
        for path, at in places.items():
            bench.turn(path, at)
        for key, decide in decided.items():
            found[key].append(decide(bench)[0])
    return {key: (min(many), max(many)) for key, many in found.items()}
