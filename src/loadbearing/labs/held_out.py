"""What small tests, a saturated evening and its logs say of an evening to come; and what is decided on unit 09's card.

A prediction needs a door (how many people a second it lets in when it is full) and a crowd. Each source knows some of
it; what it does not know it takes from paper or from the log it has.
"""

from __future__ import annotations

import functools
import math
import statistics

from loadbearing import cases, learning, readings
from loadbearing.cases.building import full_rate
from loadbearing.claims import deciding_quantity
from loadbearing.labs import rehearsing as bench_of
from loadbearing.labs.rehearsing import EVENING, LONG, NEXT, ROOM, SHORT, TEST
from loadbearing.pictures.rehearsed import held_out
from loadbearing.units import people, share

NIGHTS, PREDICTED = range(1, 13), range(101, 113)
"""Evenings that happen, and those that are simulated to predict them: other luck and other weather."""

SOON_S = 60
GUESS = (250, 4_000)
"""What the team believed of the door before any test, joins a second: nine chances in ten. An assumption."""

FULL = {"people": 140_000, "until_s": 200.0}
"""The last step of a ramp of made-up people: more a second than the door can do."""

STAGED = {"people": 40_000, "until_s": 60.0, "attempts": None, "patience_s": 600.0}
"""A staged opening: half the crowd, invited for one minute some days before."""


def soon(run):
    """Return the share in within a minute of coming."""
    return readings.service_level(run, SOON_S)


# --- four sources ---------------------------------------------------------------------------------


def coherency_of(rate):
    """Return the coherency of a door that lets in `rate` people a second when all its handlers are at work."""
    door = cases.get(NEXT).door
    others = door.handlers * (door.handlers - 1)
    return max(0.0, (door.handlers / (rate * door.service.mean_s) - 1) / others)


def from_small_ramps():
    """Return (rate of the full door, crowd) as small ramps and the invitations say.

    Ramps to a tenth of the door, one after the other: a join takes as long as at a quiet hour, so all handlers together
    are taken for as many times as fast as one.
    """
    rates = []
    for seed in NIGHTS:
        run = bench_of.test(seed, people=30_000, until_s=300.0)
        rows = run.seconds
        rates.append(float(rows["services"].sum() / rows["busy_s"].sum()))
    return statistics.median(rates) * cases.get(NEXT).door.handlers, _invited()


def full_ramp():
    """Return the run of a test that fills the door: made-up people, more than it can do, and a short queue."""
    return bench_of.test(queue_s=2.0, **FULL)


def from_a_full_ramp():
    """Return (rate of the full door, crowd): made-up people fill the door, and its services are counted."""
    return readings.busiest_minute(full_ramp(), full_ramp().seconds["services"])[
        0
    ] / ROOM, _invited()


def from_the_log(run, everything=False):
    """Return (rate of the full door, crowd) as one evening's log says: of those let in, or of every attempt.

    The crowd of the next evening is expected to be larger by as much as its invitations.
    """
    rate = readings.busiest_minute(run, run.seconds["services" if everything else "joins"])[0]
    seen = readings.came(run) if everything else readings.joined(run)
    return rate / ROOM, seen / ROOM * _invited() / cases.get(EVENING).crowd.listeners


def _invited():
    return cases.get(NEXT).crowd.listeners


def predicted(rate, crowd, seed):
    """Return the share in within a minute on the next evening, simulated with this door and this crowd."""
    changes = {"coherency": coherency_of(rate), "at_the_start": round(crowd)}
    return soon(bench_of.evening(seed, NEXT, weather=True, **changes))


@functools.cache
def happened():
    """Return the share in within a minute on the next evening itself, a night each."""
    return tuple(soon(bench_of.evening(seed, NEXT, weather=True)) for seed in NIGHTS)


@functools.cache
def predictions():
    """Return {source: shares predicted}, a night each; each evening's log is of a night of its own."""
    nights = [bench_of.evening(seed, weather=True) for seed in NIGHTS]
    by_name = {
        "many small ramps": [from_small_ramps()] * len(nights),
        "the evening, those let in": [from_the_log(run) for run in nights],
        "the evening, every attempt": [from_the_log(run, True) for run in nights],
        "one ramp, to a full door": [from_a_full_ramp()] * len(nights),
    }
    return {
        name: tuple(predicted(*one, seed) for one, seed in zip(held, PREDICTED, strict=True))
        for name, held in by_name.items()
    }


def next_evening():
    """Return the picture of what each source predicts of the next evening, and what then happens."""
    return held_out(predictions(), happened(), "In within a minute, on the next evening")


def error_of(name):
    """Return by how much a source's middling prediction misses the middling evening."""
    return abs(statistics.median(predictions()[name]) - statistics.median(happened()))


# --- what is decided on the card ------------------------------------------------------------------


def guess():
    """Return the belief before any test."""
    return learning.guess(*GUESS)


def after_calendar():
    """Return the belief after the eight scheduled tests."""
    return guess().after(learning.calendar([(one.rate, one.passed) for one in bench_of.calendar()]))


def after_run(run):
    """Return the belief after a run whose log holds those let in, and in which somebody watched whether it was full."""
    rows = run.seconds
    full = (rows["queue"] > 0) & (rows["busy_s"] >= 0.99 * rows["capacity_s"])
    return guess().after(learning.of_seconds(rows["joins"] / ROOM, full))


def halvings(belief):
    """Return how often the guess was halved, if the truth is still in it; else none of it counts."""
    if not belief.low <= truth() <= belief.high:
        return 0.0
    return math.log2(max(1.0, belief.times_narrower()))


def truth():
    """Return how many people a second the full door lets in."""
    return full_rate({key: one.value for key, one in cases.inputs(EVENING).items()})


def _queue(bench):
    return bench_of.QUEUE.options[bench.settings.at(bench_of.QUEUE.path) or LONG]


def _test_of(bench, **changes):
    """The test as the knobs of the lab stand, wherever the lab is; the queue as it was found unless changed."""
    settings = bench.settings
    for knob in (bench_of.PEOPLE, bench_of.OVER, bench_of.MADE_UP):
        at = settings.at(knob.path)
        if at is not None:
            changes = knob.changes(TEST, at) | changes
    return bench_of.test(**changes)


def _told(belief):
    inside = belief.low <= truth() <= belief.high
    return belief.range + ("" if inside else ", and the truth is not in it")


def shown_of_the_door(bench):
    """Decide S1: what the evening's busiest minute shows of what the door could do; (value, sentence)."""
    crowd, ramp = (
        deciding_quantity("S1", run)
        for run in (bench_of.evening(queue_s=_queue(bench)), full_ramp())
    )
    return crowd, (
        f"In its busiest minute the evening shows {share(min(1.0, crowd))} of what the door could do. A ramp of "
        f"made-up people shows {share(min(1.0, ramp))}."
    )


def surge_against_calendar(bench):
    """Decide S2: halvings of the guess by the evening, beyond those of the eight tests; (value, sentence)."""
    run = bench_of.evening(queue_s=_queue(bench))
    surge, tests = after_run(run), after_calendar()
    ramp = after_run(full_ramp())
    value = halvings(surge) - halvings(tests)
    return value, (
        f"The guess was {guess().range} joins a second. After eight passed tests: {_told(tests)}. After the evening, "
        f"from the log of those let in: {_told(surge)}. After one ramp until the door is full: {_told(ramp)}. The full "
        f"door does {people(truth())}."
    )


def report_against_evening(bench):
    """Decide S3: by how much the test of the lab misses the evening at the same door; (value, sentence)."""
    queue = _queue(bench)
    reported = bench_of.in_time(_test_of(bench, queue_s=queue))
    lived = bench_of.in_time(bench_of.evening(queue_s=queue))
    return abs(reported - lived), (
        f"The test as your knobs have it: {share(reported)} in within five minutes. The evening at the same door: "
        f"{share(lived)}."
    )


def narrowing_for_the_lost(bench):
    """Decide S4: halvings of the guess for each ten thousand people not in within five minutes; (value, sentence)."""
    queue = _queue(bench)
    value, told = _price(bench_of.evening(queue_s=queue))
    small, told_small = _price(bench_of.test(queue_s=queue, **STAGED))
    return value, (
        f"The evening: {told}. A staged opening for {people(STAGED['people'])} people at the same door: {told_small}."
    )


def _price(run):
    late = (1 - bench_of.in_time(run)) * readings.came(run) / ROOM
    found = halvings(after_run(run))
    each = 10_000 * found / max(late, 1.0)
    if not found:
        return each, f"{people(late)} are not in within five minutes, and the guess comes no nearer"
    return each, (
        f"{people(late)} are not in within five minutes, and the guess is halved {found:.1f} times: {each:.1f} for "
        "each ten thousand"
    )


def log_against_next(bench):
    """Decide S8: by how much the log of those let in misses the next evening; (value, sentence)."""
    run = bench_of.evening(queue_s=_queue(bench))
    real = statistics.median(happened())
    missed, told = [], []
    for everything, name in ((False, "those let in"), (True, "every attempt")):
        found = from_the_log(run, everything)
        said = statistics.median(predicted(*found, seed) for seed in PREDICTED)
        missed.append(abs(said - real))
        told.append(f"from a log of {name} {share(said)}")
    unseen = 1 - readings.share_in(run)
    return missed[0], (
        f"In within a minute on the next evening, predicted {' and '.join(told)}; it was {share(real)}. "
        f"{share(unseen)} of those who came are not in the log of those let in."
    )


def rehearsed_or_not(bench):
    """Decide F11: what the evening gains if the queue is mended because the test failed; (value, sentence)."""
    run = _test_of(bench)
    found = not bench_of.passes(run)
    long, short = (
        bench_of.in_time(bench_of.evening(queue_s=bench_of.QUEUE.options[one]))
        for one in (LONG, SHORT)
    )
    with_it = short if found else long
    said = "did not pass, so the queue is mended" if found else "passed, so nothing is mended"
    return with_it - long, (
        f"The test as your knobs have it {said}. In within five minutes on the evening: {share(with_it)} with this "
        f"rehearsal, {share(long)} without one."
    )
