"""The numbers that unit 04 states, each computed where it is said."""

from __future__ import annotations

import datetime
import functools
import statistics

from loadbearing import cases, readings
from loadbearing.checks import unit_04_logs as logs
from loadbearing.checks import unit_04_plans as plans
from loadbearing.claims import claim, deciding_quantity
from loadbearing.labs import flooding
from loadbearing.record import events
from loadbearing.units import duration, people, share

EVENINGS = range(1, 25)
LAYERS, TRIES = 5, 3
LAST_S = 60


@functools.cache
def _soon(acts=(), **changes):
    """The middle of 24 evenings with weather: the share in within a minute, of those who come from 20:26 to 20:29."""
    found = [
        flooding.soon(flooding.evening(seed, acts=dict(acts), weather=True, **changes))
        for seed in EVENINGS
    ]
    return statistics.median(found)


@functools.cache
def _calm():
    """The evening as it was, in average weather; the last few of these runs are kept."""
    return flooding.evening()


def flood_evenings():
    """On how many evenings with weather these shares were computed."""
    return str(len(EVENINGS))


def _day_of(event):
    """A day as the texts write it: 12 June 2025."""
    at = datetime.date.fromisoformat(str(events()[event].date))
    return f"{at.day} {at.strftime('%B %Y')}"


def day_of_the_record_trading():
    """The day of the case that the lesson tells."""
    return _day_of("robinhood")


def day_of_the_blank_field():
    """The day of the case that the solution tells."""
    return _day_of("google_2025")


def flood_soon_nobody_acts():
    """In within a minute a quarter of an hour later, when nobody acts."""
    return share(_soon())


def flood_soon_a_fifth_more():
    """The same with a fifth more handlers from 20:14 on."""
    return share(_soon((("handlers", 1_200),)))


def flood_soon_twice():
    """The same with twice as many handlers from 20:14 on."""
    return share(_soon((("handlers", 2_000),)))


def flood_soon_short_queue():
    """The same with a queue of one second from 20:14 on."""
    return share(_soon((("queue_limit", 1_000),)))


def flood_soon_skipping():
    """The same when dead requests are skipped from 20:14 on."""
    return share(_soon((("drops_dead", True),)))


def flood_soon_one_try():
    """The same when clients try only once."""
    return share(_soon(attempts=1))


def flood_soon_waiting():
    """The same when clients wait as long as it takes."""
    return share(_soon(timeout_s=None))


def flood_busy_before():
    """How busy the door is before the fault."""
    return share(readings.utilization(_calm(), LAST_S, cases.get(flooding.CASE).faults[0].at_s))


def flood_comes_a_second():
    """How many people come in a second."""
    return people(_rate())


def flood_waiting_after():
    """How many requests wait when the ten seconds are over."""
    return people(_rate() * cases.get(flooding.CASE).faults[0].lasts_s)


def _rate():
    crowd = cases.get(flooding.CASE).crowd
    return crowd.listeners / (crowd.arrivals.until_s - crowd.arrivals.from_s)


def flood_work_waiting():
    """How many seconds of work that is for the whole door."""
    fault, door = cases.get(flooding.CASE).faults[0], cases.get(flooding.CASE).door
    return f"{_rate() * fault.lasts_s * door.service.mean_s / door.handlers:.1f}"


def flood_worked_off():
    """After how many seconds those would be worked off if everybody waited."""
    fault, door = cases.get(flooding.CASE).faults[0], cases.get(flooding.CASE).door
    spare = door.handlers / door.service.mean_s - _rate()
    return f"{_rate() * fault.lasts_s / spare:.1f}"


def flood_in_by_the_end():
    """The share of all who came that are in by the end of the account."""
    return share(readings.share_in(_calm()))


def flood_attempts_a_person():
    """Attempts for each person who came."""
    return f"{readings.attempts_per_person(_calm()):.0f}"


def flood_dead_after():
    """The share of the work after the fault that is dead."""
    return share(readings.dead_work_share(_calm(), 660))


def flood_busy_after():
    """How busy the door is after the fault."""
    return share(min(1.0, readings.utilization(_calm(), 660, 1800)))


def flood_overload():
    """For how long people asked for more than the door could do."""
    return duration(60 * round(readings.overload_s(_calm(), of="people") / 60))


def flood_overload_first():
    """For how long first attempts alone would have been too many."""
    return duration(readings.overload_s(_calm(), of="first"))


def flood_self_made():
    """What decides F2 on the evening as it was."""
    return share(deciding_quantity("F2", _calm()))


def flood_self_made_small_door():
    """What decides F2 with a quarter of the handlers and a short queue."""
    run = flooding.evening(handlers=250, queue_s=1.0)
    return share(deciding_quantity("F2", run))


def flood_self_made_short_queue():
    """The time of overload with a queue of one second."""
    return duration(readings.overload_s(flooding.evening(queue_s=1.0), of="people"))


def flood_threshold():
    """From which share on F2 holds."""
    return share(claim("F2").threshold)


def flood_load_saved():
    """The share in soon with a budget, at a load of 80 %."""
    return share(flooding.budget_saves(0.8)[2])


def flood_load_not_saved():
    """The share in soon with a budget, at a load of 92 %."""
    return share(flooding.budget_saves(0.92)[2])


def flood_budget():
    """The budget of the experiment."""
    return share(flooding.BUDGET)


def flood_budget_line():
    """Up to which load a budget saves: theory's load x (1 + budget) = 1."""
    return f"{100 / (1 + flooding.BUDGET):.0f} %"


def flood_up_at_half():
    """In within a minute at half load, on the way up."""
    return share(_at_half()[0])


def flood_down_at_half():
    """In within a minute at half load, on the way down."""
    return share(_at_half()[1])


def flood_down_at_half_short():
    """The same on the way down, with a queue of one second."""
    return share(_at_half(1.0)[1])


@functools.cache
def _at_half(queue_s=20.0):
    return [soon for load, soon in flooding.up_and_down(queue_s) if load == 0.5]


def flood_log_rate():
    """Requests a second in each of the three logs."""
    return people(round(logs.logs()[logs.FLOOD].a_second, -2))


def flood_log_a_client():
    """Requests for each client in the log of the flood."""
    return f"{logs.logs()[logs.FLOOD].a_client:.1f}"


def flood_log_crowd_let_in():
    """Answers that let somebody in, in the crowd's log."""
    return share(logs.logs()[logs.CROWD].let_in)


def flood_log_foreign_let_in():
    """Answers that let somebody in, in the log of foreign load."""
    return share(logs.logs()[logs.FOREIGN].let_in)


def par_of_the_flood_handlers():
    """How few handlers keep the promise, with a short queue."""
    return f"{plans.par().handlers:,}"


def par_of_the_flood_queue():
    """The queue limit of the best plan known."""
    return f"{plans.par().queue_limit:,}"


def par_of_the_flood_cost():
    """What it costs."""
    return people(plans.par().cost)


def par_of_the_flood_own():
    """On how many of the unseen evenings the door as it was keeps the promise."""
    return f"{plans.sweep()['kept_by_that_evening']} of {plans.sweep()['evenings']}"


def par_of_the_flood_long_queue():
    """How many handlers the queue as it was needs for the same promise."""
    return f"{plans.sweep()['handlers_with_that_evenings_queue']:,}"


def par_of_the_flood_budget():
    """How many handlers the queue as it was needs with a retry budget."""
    return f"{plans.sweep()['handlers_with_that_queue_and_a_budget']:,}"


def par_of_the_flood_elsewhere():
    """On how many further evenings par keeps the promise."""
    return f"{plans.sweep()['kept_on_other_evenings']} of {plans.sweep()['other_evenings']}"


def tries_through_layers():
    """How many tries one click can become with three tries at each of five layers."""
    return f"{TRIES**LAYERS}"
