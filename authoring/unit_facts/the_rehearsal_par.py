"""The numbers of unit 09's exercise and solution: reports read, the calendar's par, the crowd that left no log."""

from __future__ import annotations

import numpy as np

from loadbearing.checks import unit_09_calendar as calendar
from loadbearing.checks import unit_09_crowd as crowd
from loadbearing.checks import unit_09_doors as doors
from loadbearing.checks import unit_09_reading as reading
from loadbearing.checks.plans import money
from loadbearing.units import duration, people, share

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


# --- the reports ---------------------------------------------------------------------------------


def calendar_tests():
    """How many scheduled tests there were, in words."""
    return WORDS[len(reading.tests())]


def calendar_highest():
    """The highest join rate tested, people a second."""
    return people(reading.highest_rate())


def calendar_lived():
    """How many people a second came in the evening's busiest minute, in average weather."""
    return people(reading.lived_rate())


def calendar_coverage():
    """The one over the other."""
    return share(reading.highest_rate() / reading.lived_rate())


def calendar_telling():
    """How many tests would have failed at a door of half the size, in words."""
    return WORDS[sum(not reading.passes(name, reading.SMALLER) for name in reading.tests())]


def half_door_rate():
    """How many people a second a full door of half the handlers lets in."""
    return people(doors.at_full(crowd.slower(), reading.SMALLER * doors.own_handlers()))


def stop_lasts():
    """How long the door stands still before a load generator that waits."""
    return duration(reading.STOPPED_S)


def watched_people():
    """How many people come one a second in that test's time."""
    return people(len(reading.as_people_come()))


def waiting_right():
    """How many of them wait longer than a second."""
    return people(np.count_nonzero(reading.as_people_come() > reading.LONG_S))


def waiting_recorded():
    """How many such waits the load generator writes down, in words."""
    return WORDS[np.count_nonzero(reading.as_recorded() > reading.LONG_S)]


def waiting_95_recorded():
    """The wait that ninety-five in a hundred do not exceed, as recorded."""
    return f"{reading.percentile(reading.as_recorded(), 95):.1f} seconds"


def waiting_95_met():
    """The same, as people meet it."""
    return f"{reading.percentile(reading.as_people_come(), 95):.1f} seconds"


# --- par -----------------------------------------------------------------------------------------


def ramp_step():
    """By how many people a second a ramp climbs at a time."""
    return people(doors.STEP_RATE)


def companies_judged():
    """With how many companies a calendar is judged."""
    return people(calendar.sweep()["companies"])


def companies_elsewhere():
    """With how many others par was held against."""
    return people(calendar.sweep()["other_companies"])


def _best(kind):
    return calendar.sweep()["best_of_each"][kind]


def _cost(kind):
    return money(_best(kind)["cost"])


def _headroom(kind):
    return f"{_best(kind)['headroom']} %"


def none_headroom():
    """The headroom of the best plan with no rehearsal."""
    return _headroom("no rehearsal")


def none_cost():
    """What it costs, on average."""
    return _cost("no rehearsal")


def none_late():
    """How many people are late then, on average."""
    return people(_best("no rehearsal")["late"])


def total_headroom():
    """The headroom of the best plan with one scheduled total."""
    return _headroom("a total")


def total_cost():
    """What it costs, on average."""
    return _cost("a total")


def total_late():
    """How many people are late then, on average."""
    return people(_best("a total")["late"])


def early_people():
    """How many people are invited in the best early opening."""
    return people(_best("an early opening")["opened"])


def early_headroom():
    """The headroom bought after it."""
    return _headroom("an early opening")


def early_cost():
    """What that plan costs, on average."""
    return _cost("an early opening")


def early_harmed():
    """How many people are late in the early opening, on average."""
    return people(_best("an early opening")["harmed"])


def early_late():
    """How many people are late in all with that plan, early or on the evening."""
    best = _best("an early opening")
    return people(best["late"] + best["harmed"])


def ramp_rate():
    """The rate for which the best ramp is booked, people a second."""
    return people(_best("a ramp")["ramp_to"])


def ramp_headroom():
    """The headroom bought after it."""
    return _headroom("a ramp")


def ramp_cost():
    """What par costs, on average."""
    return _cost("a ramp")


def ramp_late():
    """How many people are late with it, on average."""
    return people(_best("a ramp")["late"])


def ramp_tests():
    """What its rehearsal costs."""
    return money(calendar.par().tests_cost)


def ramp_met():
    """With how many companies it meets the door's limit."""
    return f"{calendar.sweep()['met']} of {calendar.sweep()['companies']}"


def ramp_cost_elsewhere():
    """What par costs with the other companies."""
    return money(calendar.sweep()["cost_elsewhere"])


def none_cost_elsewhere():
    """What the best plan with no rehearsal costs with them."""
    return money(calendar.sweep()["no_rehearsal_elsewhere"])


# --- who left no log -----------------------------------------------------------------------------


def people_on_the_list():
    """How many people are invited to the next evening."""
    return people(crowd.on_the_list())


def foretold_by_log():
    """How many people the log of the full evening foretells."""
    return people(crowd.by_log().people)


def foretold_too_low():
    """By how much that is too few."""
    return share(1 - crowd.by_log().people / crowd.measured().people)


def foretold_soon():
    """The share in within a minute that it foretells."""
    return share(crowd.by_log().soon)


def measured_soon():
    """The share in within a minute on the next evening."""
    return share(crowd.measured().soon)


def counted_people():
    """How many people requests over requests a client give."""
    return people(crowd.log().requests / crowd.log().requests_each)


def foretold_by_ramps():
    """How many people the small invitations foretell."""
    return people(crowd.by_ramps().people)


def foretold_ramps_soon():
    """The share in within a minute that they foretell."""
    return share(crowd.by_ramps().soon)


def ramps_at_work():
    """The most handlers at work in the largest small invitation, of the door's, on average over ten seconds."""
    most = 0.0
    for run in crowd.small_invitations().values():
        busy = run.seconds["busy"].astype(float)
        tens = busy[: len(busy) // 10 * 10].reshape(-1, 10).mean(axis=1)
        most = max(most, float(tens.max()) / doors.ROOM / doors.own_handlers())
    return share(most)
