"""The bench of unit 09: a test that the student designs, the report it writes, and the evening it was for.

Tests are runs of the case `the_scheduled_test` in average weather; the evening is `the_real_evening`. Knobs of the test
leave the evening as it is.
"""

from __future__ import annotations

import dataclasses
import functools
import statistics

from loadbearing import cases, readings, simulate
from loadbearing.cases import rehearsals
from loadbearing.labs.amounts import Amount, Choice
from loadbearing.labs.knobs import Settings
from loadbearing.labs.shown import Number
from loadbearing.units import duration, people, share

TEST, EVENING, NEXT = "the_scheduled_test", "the_real_evening", "the_third_evening"
PROMISE_S, WELL, POORLY = 300, 0.9, 0.6
"""What the evening promised: nine in ten in within five minutes of coming; and what nobody would call that."""

ROOM, LARGEST = 0.04, 40_000
"""The room in which tests and evenings are compared; the most listeners of a test in the calendar."""

WIDER = 0.25
"""The room in which a busiest minute is counted: in a small one chance makes it busier."""

OTHERS, THEIR_PEOPLE = range(1, 9), 6_000
CALM = dict(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)
ASK_ONCE, TRY_AGAIN, WAIT = "ask once", "try again, as people do", "wait for the answer"
LONG, SHORT = "20 s of work", "2 s of work"


# --- the knobs ------------------------------------------------------------------------------------


class OfTheTest:
    """A knob that changes the test and leaves the evening as it is."""

    def rest(self, case):
        """Return where the knob stands untouched: as the test has it."""
        return super().rest(TEST)

    def changes(self, case, at):
        """Return what the knob changes: of the test path or input to value, of an evening nothing."""
        return super().changes(TEST, at) if case == TEST else {}

    def said(self, case, at):
        """Return in words where the knob stands."""
        return super().said(TEST, at)


class PeopleSent(OfTheTest, Amount):
    """How many made-up people the test sends, in thousands."""

    marks = (1, 5, 10, 20, 40, 80, 160, 320, 700, 1_000)

    def said(self, case, at):
        """Return in words where the knob stands, in people."""
        return f"people in the test: {people(self.worth * at)}"


class TestChoice(OfTheTest, Choice):
    """One of a few ways to test."""


PEOPLE = PeopleSent(
    "people", 1, 1_000, worth=1_000, named="People in the test", counted="thousand people"
)
OVER = TestChoice(
    "until_s",
    {"10 seconds": 10.0, "1 minute": 60.0, "5 minutes": 300.0, "30 minutes": 1800.0},
    named="Sent over",
)
MADE_UP = TestChoice(
    "made_up",
    {
        ASK_ONCE: {},
        TRY_AGAIN: {"attempts": None, "patience_s": cases.inputs(EVENING)["patience_s"].value},
        WAIT: {"closed": True},
    },
    named="Made-up people",
)
QUEUE = Choice("queue_s", {LONG: 20.0, SHORT: 2.0}, named="The door's queue holds")


# --- what is read off a run -----------------------------------------------------------------------


def in_time(run):
    """Return the share in within five minutes of coming, of all who came."""
    return readings.service_level(run, PROMISE_S)


def join_rate(run):
    """Return how many people a second the busiest minute brought: people who came for the first time."""
    return readings.busiest_minute(run, run.seconds["arrivals"])[0]


def _a_second(value):
    return f"{people(value)} a second"


RATE = Number(
    "join_rate", "Sent or came, in the busiest minute", join_rate, _a_second,
    unit="people a second", counted=True,
)  # fmt: skip
IN_TIME = Number("in_time", "In within five minutes", in_time, share)


def answered(run):
    """Return the share of a test's requests that were answered in time: let in at the first attempt."""
    return readings.first_click_success(run)


def passes(run):
    """Whether a test with this run is passed."""
    return answered(run) >= rehearsals.PASSES_AT.value


# --- tests and evenings ---------------------------------------------------------------------------


@functools.lru_cache(maxsize=64)
def _run(name, seed, changes, room):
    return simulate(cases.build(name, dict(changes)).scaled(room), seed, sample=0, progress=False)


def test(seed=1, room=ROOM, **changes):
    """Return the run of a test; `changes`: inputs of the case."""
    return _run(TEST, seed, tuple(sorted(changes.items())), room)


def evening(seed=1, name=EVENING, room=ROOM, weather=False, **changes):
    """Return the run of an evening, in average weather unless `weather`; `changes`: inputs of the case."""
    changes = ({} if weather else CALM) | changes
    return _run(name, seed, tuple(sorted(changes.items())), room)


def crowd():
    """Return how many people come on the evening, as planned."""
    return cases.get(EVENING).crowd.listeners


@functools.cache
def lived():
    """Return how many people a second came in the evening's busiest minute, average weather, the full crowd."""
    return join_rate(evening(room=1.0))


def coverage(rate):
    """Return the highest join rate tested over the highest join rate lived; both people a second."""
    return rate / lived()


@dataclasses.dataclass(frozen=True)
class Entry:
    """One test of the calendar and what its report says: `half_s`, after how long half of them had an answer."""

    title: str
    people: int
    over_s: float
    answered: float
    half_s: float
    passed: bool

    @property
    def rate(self):
        """People a second, as planned and sent."""
        return self.people / self.over_s


@functools.cache
def calendar():
    """Return the `Entry` of every scheduled test, in order: each is run here."""
    return tuple(_entry(*one) for one in rehearsals.TESTS.values())


def _entry(title, many, over):
    room = min(1.0, round(50 * LARGEST / many.value) / 50)
    run = test(room=room, people=many.value, until_s=over.value)
    half = readings.time_to_join(run, 50)
    return Entry(title, many.value, over.value, answered(run), half, passes(run))


def report():
    """Print the report on the calendar, one line a test."""
    print(
        f"{'The report':<29}{'people':>9}  {'sent over':<11}{'answered':>16}{'half in after':>15}"
    )
    for number, one in enumerate(calendar(), 1):
        told = f"{number} {one.title:<27}{one.people:>9,}  {duration(one.over_s):<11}"
        verdict = "passed" if one.passed else "FAILED"
        print(f"{told}{share(one.answered):>16}{one.half_s:>13.2f} s  {verdict}")
    passed = sum(one.passed for one in calendar())
    print(f"\n{passed} of {len(calendar())} tests passed.")


DESIGNS = {
    "the largest test, asks once": {},
    "the evening's rate, waits for answers": {"people": 80_000, "until_s": 60.0, "closed": True},
    "the evening's rate, asks once": {"people": 80_000, "until_s": 60.0},
    "the evening's rate, tries again": {
        "people": 80_000, "until_s": 60.0, "attempts": None,
        "patience_s": cases.inputs(EVENING)["patience_s"].value,
    },
}  # fmt: skip
"""Four tests, each with what it changes."""


def designs():
    """Print what four tests sent and reported, and beneath them the evening."""
    print(f"{'':<40}{'sent':>12}{'coverage':>11}{'at the 1st try':>18}{'in 5 minutes':>18}")
    for name, changes in DESIGNS.items():
        _line(name, test(room=WIDER, **changes))
    _line("the evening", evening(room=WIDER))


def sent_rate(run):
    """Return how many people a second a test sent while it was sending; in the room of its run."""
    arrivals = run.evening.crowd.arrivals
    return run.evening.crowd.listeners / (arrivals.until_s - arrivals.from_s)


def _line(name, run):
    rate = lived() if name == "the evening" else sent_rate(run) / WIDER
    covered = f"{100 * coverage(rate):.0f} %"
    told = [f"{people(rate)}/s", covered, share(answered(run)), share(in_time(run))]
    print("{:<40}{:>12}{:>11}{:>18}{:>18}".format(name, *told))


# --- the prediction -------------------------------------------------------------------------------


def the_evening_itself(bench):
    """Settle how many are in within five minutes: the evening on eight nights, each with weather of its own."""
    runs = [bench.run(EVENING, {}, seed, True, THEIR_PEOPLE) for seed in OTHERS]
    low, *_, high = sorted(map(in_time, runs))
    middle = statistics.median(map(in_time, runs))
    right = "nearly" if middle >= WELL else "fewer" if middle < POORLY else "most"
    return right, f"On {len(runs)} nights {share(low)} to {share(high)} are in within five minutes."


# --- missions -------------------------------------------------------------------------------------


def small_and_failing(trial, now):
    """A mission's `reached`: a test with at most half the evening's people does not pass."""
    return now["came"].value <= 40_000 and not passes(trial.run)


def fast_and_passing(trial, now):
    """A mission's `reached`: the evening's people, all planned for one minute, and the test passes."""
    at = trial.settings.at
    many = (at(PEOPLE.path) or PEOPLE.rest(TEST)) * PEOPLE.worth >= crowd()
    return many and at(OVER.path) in ("1 minute", "10 seconds") and passes(trial.run)


def as_the_evening(trial, now):
    """A mission's `reached`: at the evening's pace, and within a tenth of what the evening shows at the same door."""
    held = QUEUE.options[trial.settings.at(QUEUE.path) or LONG]
    missed = abs(now["in_time"].value - in_time(evening(queue_s=held)))
    return now["join_rate"].value >= lived() and missed <= 0.1


def well(trial, now):
    """A mission's `reached`: nine in ten are in within five minutes."""
    return now["in_time"].value >= WELL


def par(case=TEST, **chosen):
    """Return the `Settings` of the best plan known for a mission: path to number or option."""
    return Settings.of(case, {}, chosen)


SMALL = par(people=40, until_s="1 minute")
BLIND = par(until_s="1 minute", made_up=WAIT)
ALIKE = par(people=80, until_s="1 minute", made_up=TRY_AGAIN)
MENDED = par(EVENING, queue_s=SHORT)
"""The best plans known for the missions."""
