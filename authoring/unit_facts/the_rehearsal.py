"""The numbers that unit 09 states: its calendar, its evening, what tests report, and what predicts the next evening."""

from __future__ import annotations

import functools
import statistics
import types

from loadbearing import cases, learning, readings, record
from loadbearing.cases import rehearsals
from loadbearing.claims import claim, deciding_quantity
from loadbearing.labs import held_out, rehearsing
from loadbearing.labs.knobs import Settings
from loadbearing.labs.rehearsing import EVENING, QUEUE, SHORT, TEST
from loadbearing.units import duration, people, share

EVENINGS = range(1, 25)
FULL_TEST = {"people": 150_000, "until_s": 300.0}
AGAIN = {"attempts": None, "patience_s": 600.0}
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _in_words(number):
    return WORDS[number]


def _per_cent(part):
    """A part of something as per cent, also beyond all of it."""
    return f"{100 * part:.0f} %"


# --- the calendar ---------------------------------------------------------------------------------


def rehearsal_tests():
    """How many scheduled tests there were."""
    return _in_words(len(rehearsing.calendar()))


def rehearsal_passed():
    """How many of them passed."""
    return _in_words(sum(one.passed for one in rehearsing.calendar()))


def rehearsal_largest():
    """How many people the largest of them sent."""
    return people(rehearsing.calendar()[-1].people)


def rehearsal_largest_times():
    """How many times the evening's crowd that is."""
    return f"{rehearsing.calendar()[-1].people / cases.get(EVENING).crowd.listeners:.1f}"


def rehearsal_highest_rate():
    """The highest join rate of the calendar, people a second."""
    return people(_highest())


def _highest():
    return max(one.rate for one in rehearsing.calendar())


def rehearsal_first_half_s():
    """After how long half of the first test's people had an answer, in seconds."""
    return f"{rehearsing.calendar()[0].half_s:.2f}"


def rehearsal_last_half_s():
    """The same in the last test."""
    return f"{rehearsing.calendar()[-1].half_s:.2f}"


def rehearsal_passes_at():
    """From which share of answered requests on a test is passed."""
    return share(rehearsals.PASSES_AT.value)


def rehearsal_client_waits():
    """How long a client waits for an answer."""
    return duration(cases.get(EVENING).crowd.timeout_s)


# --- the evening ----------------------------------------------------------------------------------


def rehearsal_crowd():
    """How many come on the evening."""
    return people(cases.get(EVENING).crowd.listeners)


def rehearsal_lived():
    """How many people a second its busiest minute brings."""
    return people(rehearsing.lived())


def rehearsal_busiest_minute():
    """How many people its busiest minute brings."""
    return people(round(60 * rehearsing.lived(), -3))


def rehearsal_on_paper():
    """How many people a second the handlers let in if each is as fast as at a quiet hour."""
    door = cases.get(EVENING).door
    return people(door.handlers / door.service.mean_s)


def rehearsal_full_door():
    """How many people a second the full door lets in."""
    return people(held_out.truth())


def rehearsal_coverage():
    """The highest join rate tested over the highest lived."""
    return _per_cent(rehearsing.coverage(_highest()))


def rehearsal_in_time():
    """In within five minutes on the evening, average weather, the full crowd."""
    return share(_evening_in_time())


@functools.cache
def _evening_in_time(queue_s=20.0):
    return rehearsing.in_time(rehearsing.evening(room=1.0, queue_s=queue_s))


@functools.cache
def _nights(**changes):
    return sorted(
        rehearsing.in_time(rehearsing.evening(seed, weather=True, **changes)) for seed in EVENINGS
    )


def rehearsal_nights():
    """On how many evenings with weather the evening was tried."""
    return str(len(EVENINGS))


def rehearsal_in_time_worst():
    """In within five minutes on the worst of them."""
    return share(_nights()[0])


def rehearsal_in_time_best():
    """In within five minutes on the best of them."""
    return share(_nights()[-1])


def rehearsal_no_slowing_worst():
    """The same on the worst of them if handlers do not slow each other."""
    return share(_nights(coherency=0.0)[0])


def rehearsal_short_worst():
    """The same on the worst of them with a queue of two seconds."""
    return share(_nights(queue_s=2.0)[0])


def rehearsal_in_time_short():
    """In within five minutes with a queue of two seconds, average weather, the full crowd."""
    return share(_evening_in_time(2.0))


def rehearsal_short_queue():
    """How much work the shorter queue holds."""
    return duration(QUEUE.options[SHORT])


def rehearsal_long_queue():
    """How much work the queue holds as it was found."""
    return duration(cases.inputs(EVENING)["queue_s"].value)


# --- tests at the evening's rate ------------------------------------------------------------------


@functools.cache
def _design(name):
    return rehearsing.test(room=rehearsing.WIDER, **rehearsing.DESIGNS[name])


def _rate(name):
    return rehearsing.sent_rate(_design(name)) / rehearsing.WIDER


def rehearsal_planned_rate():
    """People a second that the test at the evening's rate plans."""
    return people(_rate("the evening's rate, asks once"))


def rehearsal_waiting_sent():
    """People a second that its generator really sends if it waits for answers, in the busiest minute."""
    return people(_rate("the evening's rate, waits for answers"))


def rehearsal_waiting_answered():
    """What its report says then."""
    return share(rehearsing.answered(_design("the evening's rate, waits for answers")))


def rehearsal_once_answered():
    """What the report says if the generator does not wait and everybody asks once."""
    return share(rehearsing.answered(_design("the evening's rate, asks once")))


def rehearsal_again_in_time():
    """In within five minutes if made-up people try again."""
    return share(rehearsing.in_time(_design("the evening's rate, tries again")))


@functools.cache
def _full_test(again):
    changes = FULL_TEST | (AGAIN if again else {})
    return rehearsing.answered(rehearsing.test(room=rehearsing.WIDER, **changes))


def rehearsal_full_rate():
    """People a second in a test that just fills the door."""
    return people(FULL_TEST["people"] / FULL_TEST["until_s"])


def rehearsal_full_lasts():
    """How long that test lasts."""
    return duration(FULL_TEST["until_s"])


def rehearsal_full_once():
    """What its report says if everybody asks once."""
    return share(_full_test(False))


def rehearsal_full_again():
    """What it says if they try again."""
    return share(_full_test(True))


# --- the next evening -----------------------------------------------------------------------------


def _middle(values):
    return share(statistics.median(values))


def rehearsal_next_crowd():
    """How many come on the next evening."""
    return people(cases.get(held_out.NEXT).crowd.listeners)


def rehearsal_next_happened():
    """In within a minute on the next evening, in the middle."""
    return _middle(held_out.happened())


def rehearsal_next_low():
    """The same on the worst night."""
    return share(min(held_out.happened()))


def rehearsal_next_high():
    """The same on the best night."""
    return share(max(held_out.happened()))


def rehearsal_from_ramps():
    """What many small ramps predict."""
    return _middle(held_out.predictions()["many small ramps"])


def rehearsal_from_let_in():
    """What the log of those let in predicts."""
    return _middle(held_out.predictions()["the evening, those let in"])


def rehearsal_from_all():
    """What a log of every attempt predicts."""
    return _middle(held_out.predictions()["the evening, every attempt"])


def rehearsal_from_full_ramp():
    """What one ramp to a full door predicts."""
    return _middle(held_out.predictions()["one ramp, to a full door"])


def rehearsal_ramps_rate():
    """How many people a second small ramps promise of the full door."""
    return people(round(held_out.from_small_ramps()[0], -1))


@functools.cache
def _calm():
    return rehearsing.evening(room=1.0)


def rehearsal_let_in_rate():
    """How many people a second the log of those let in shows in its busiest minute."""
    return people(readings.busiest_minute(_calm(), _calm().seconds["joins"])[0])


def rehearsal_never_logged():
    """The share of those who came that are not in that log."""
    return share(1 - readings.share_in(_calm()))


# --- what was learned -----------------------------------------------------------------------------


def rehearsal_guess():
    """What the team believed of the door before any test."""
    return held_out.guess().range


def rehearsal_after_tests():
    """The same after the scheduled tests."""
    return held_out.after_calendar().range


def rehearsal_after_evening():
    """The same after the evening, from the log of those let in."""
    return held_out.after_run(rehearsing.evening()).range


def rehearsal_after_short():
    """The same with the shorter queue."""
    return held_out.after_run(rehearsing.evening(queue_s=2.0)).range


def rehearsal_after_ramp():
    """The same after one ramp to a full door."""
    return held_out.after_run(held_out.full_ramp()).range


def rehearsal_not_ruled_out():
    """Which share of such evenings may fail though so many tests passed."""
    return share(learning.not_ruled_out(len(rehearsing.calendar())))


def rehearsal_not_ruled_out_chance():
    """The chance with which that bound is wrong."""
    return share(0.05)


# --- the claims -----------------------------------------------------------------------------------


def _bench(short=False, **chosen):
    """As much of a lab's bench as the card asks: where its knobs stand."""
    chosen |= {QUEUE.path: SHORT} if short else {}
    return types.SimpleNamespace(settings=Settings.of(TEST, {}, chosen))


@functools.cache
def _late(short):
    run = rehearsing.evening(room=1.0, queue_s=2.0 if short else 20.0)
    return (1 - rehearsing.in_time(run)) * readings.came(run)


def rehearsal_late_long():
    """How many are not in within five minutes on the evening as it was."""
    return people(round(_late(False), -3))


def rehearsal_late_short():
    """The same with the shorter queue."""
    return people(round(_late(True), -2))


def rehearsal_staged_people():
    """How many people a staged opening invites."""
    return people(held_out.STAGED["people"])


@functools.cache
def _staged():
    return rehearsing.test(room=rehearsing.WIDER, queue_s=2.0, **held_out.STAGED)


def rehearsal_staged_late():
    """How many of them are not in within five minutes, at the shorter queue."""
    run = _staged()
    return people(round((1 - rehearsing.in_time(run)) * readings.came(run) / rehearsing.WIDER, -1))


def rehearsal_shown_long():
    """What the evening as it was shows of its door: S1's deciding quantity."""
    return share(deciding_quantity("S1", _calm()))


def rehearsal_shown_short():
    """The same with the shorter queue."""
    return share(min(1.0, deciding_quantity("S1", rehearsing.evening(room=1.0, queue_s=2.0))))


def rehearsal_s1_threshold():
    """From which share on S1 holds."""
    return share(claim("S1").threshold)


def rehearsal_gain():
    """What the evening gains if a rehearsal fails and the queue is mended, in points of per cent."""
    run = held_out.rehearsed_or_not(_bench(people=80, until_s="1 minute"))
    return f"{100 * run[0]:.0f}"


# --- public cases ---------------------------------------------------------------------------------


def rehearsal_record_times():
    """How many times as many were said to be tested as were in the room when the show began."""
    tested, came = record.fact("tested_listeners").value, record.fact("listeners_at_2042").value
    return f"{tested / came:.1f}"


def rehearsal_health_gap():
    """How many times the last test of the health site came at its opening."""
    came, tested = (record.fact(f"healthcare_gov_{key}").value for key in ("got", "tested"))
    return f"{came / tested:.0f}"


def rehearsal_health_year():
    """When the health site opened."""
    return record.events()["healthcare_gov"].date[:4]


def rehearsal_cricket_year():
    """When the cricket match was."""
    return record.events()["hotstar_2019"].date[:4]


def rehearsal_kraken_year():
    """When a social network published how it tests with its visitors."""
    return record.events()["kraken"].date[:4]
