"""The numbers that unit 09 states of its real server: what was recorded there, and how often the forecast held."""

from __future__ import annotations

import functools
import json

from loadbearing.cases import small_door
from loadbearing.labs import real_server, rehearsal_learned
from loadbearing.live.rehearsed import Rehearsed
from loadbearing.units import duration, people, share

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@functools.cache
def _recorded():
    return [Rehearsed.read(path) for path in real_server.recorded_files()]


@functools.cache
def _first():
    return real_server.recorded()


def _told(row):
    return f"{100 * row.range.low:.0f} to {100 * row.range.high:.0f} %"


def real_crowd():
    """How many people come to the real door."""
    return people(_first().plan.evening.crowd.listeners)


def real_handlers():
    """How many handlers it has."""
    return people(_first().plan.evening.door.handlers)


def real_total_joined():
    """How many joined in the last scheduled test of the recorded rehearsal."""
    return people(_first().tests[-1].joined)


def real_total_lasted():
    """How long that test lasted, in seconds."""
    return people(_first().tests[-1].lasts_s)


def real_tests_asked():
    """The most requests in one second of any scheduled test of the recorded rehearsal."""
    return people(max(one.asked.max() for one in _first().tests))


def real_evening_asked():
    """The most requests in one second of its evening."""
    seconds = _first().run.seconds
    return people((seconds["first_attempts"] + seconds["retries"]).max())


def real_share_in():
    """The share of its crowd that was in at the end."""
    return share(real_server.joined_share(_first().run)[-1])


def real_seconds_of_nobody():
    """How many seconds passed between the first join and the last without a single one."""
    return people(real_server.seconds_of_nobody(_first().run))


def real_foretold():
    """What the forecast had said of the share."""
    return _told(_first().compared().rows[0])


def real_recorded():
    """How many rehearsals were recorded."""
    return WORDS[len(_recorded())]


def real_held():
    """On how many of them the share in lay within the forecast."""
    return WORDS[sum(one.compared().rows[0].inside for one in _recorded())]


def real_quantities():
    """How many quantities were foretold in all of them together."""
    return people(sum(len(one.compared().rows) for one in _recorded()))


def real_quantities_held():
    """How many of these lay within."""
    return people(sum(one.compared().inside for one in _recorded()))


def real_lasted():
    """How long the recorded rehearsal took, from the first test to the end of the evening."""
    first, last = (
        json.loads((_first().folder / name / "door.json").read_text("utf-8"))["announced"]
        for name in ("test-1", "surge")
    )
    return duration(round(last + _first().plan.evening.ends_s - first, -1))


def real_asked_of_dashboard():
    """How often the dashboard asked on the recorded evening."""
    dashboard = _first().dashboard
    return people(len(dashboard.answered) + len(dashboard.gaps))


def real_answers_to_dashboard():
    """How often it got an answer."""
    return people(len(_first().dashboard.answered))


def _late(waits):
    return share((waits > small_door.SOON_S).mean())


def real_stall_recorded():
    """The share of asks that took too long in the test with a stall, as it was recorded."""
    return _late(_first().left_out.recorded)


def real_stall_counted():
    """The same, counted as if the users had gone on asking."""
    return _late(_first().left_out.corrected)


@functools.cache
def _lessons():
    return rehearsal_learned.lessons(_first(), rehearsal_learned.guess_of(*rehearsal_learned.GUESS))


def real_after_calendar():
    """What the calendar made of the guess that stands in the boxes at first, joins a second."""
    return _lessons()[0].belief.range


def real_after_ramp():
    """What the ramp made of it."""
    return _lessons()[1].belief.range


def real_after_evening():
    """What the evening made of it."""
    return _lessons()[2].belief.range


def real_harmed_by_ramp():
    """How many were let in late, or not at all, for the ramp."""
    return people(_lessons()[1].harmed)


def real_harmed_by_evening():
    """How many on the evening."""
    return people(_lessons()[2].harmed)
