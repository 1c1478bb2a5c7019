"""The numbers that unit 05 states: rooms of one fiftieth in average weather, or many evenings where it says so."""

import functools
import statistics

from loadbearing import cases, readings, record, simulate
from loadbearing.checks import unit_05_line as lines
from loadbearing.checks import unit_05_read as queues
from loadbearing.claims import claim, deciding_quantity
from loadbearing.labs import queueing
from loadbearing.readings.waiting import HALF_LIFE_S, queue_of_demand, returns_kept
from loadbearing.units import duration, people, share

CASE, SHORT_S = "same_hardware", 2.0
EVENINGS = range(1, 25)
WIDE, NARROW, TINY = 2_500, 1_250, 625
FIVE_TIMES_S = 10.0


@functools.lru_cache(maxsize=8)
def _run(case, **changes):
    inputs = queueing.CALM | changes
    return simulate(cases.build(case, inputs).scaled(queueing.ROOM), sample=0, progress=False)


@functools.cache
def _read(reading, case, **changes):
    return reading(_run(case, **changes))


def _refused_each(run):
    return readings.refused(run) / readings.came(run)


def _longest(run):
    return readings.peak(run, "outside")[0] / queueing.ROOM


def _two_figures(number):
    digits = max(0, len(str(int(number))) - 2)
    return people(round(number / 10**digits) * 10**digits)


def queue_in_long():
    """Got in of the million, with the queue of twenty seconds."""
    return share(_read(readings.share_in, CASE))


def queue_in_short():
    """Got in of the million, with the queue of two seconds."""
    return share(_read(readings.share_in, CASE, queue_s=SHORT_S))


def queue_first_click_short():
    """Got in at the first try, with the queue of two seconds."""
    return share(_read(readings.first_click_success, CASE, queue_s=SHORT_S))


def queue_refused_long():
    """Refusals for each person who came, with the queue of twenty seconds."""
    return f"{_read(_refused_each, CASE):.0f}"


def queue_refused_short():
    """Refusals for each person who came, with the queue of two seconds."""
    return f"{_read(_refused_each, CASE, queue_s=SHORT_S):.1f}"


def queue_dead_work_long():
    """The share of the work done for clients who had gone, with the queue of twenty seconds."""
    return share(_read(readings.dead_work_share, CASE))


def queue_tuesday_came():
    """How many came to Tuesday's event."""
    return people(readings.came(queues.run_of(queues.TUESDAY)) / queues.FRACTION)


def queue_friday_came():
    """How many came to Friday's event."""
    return people(readings.came(queues.run_of(queues.FRIDAY)) / queues.FRACTION)


def queue_tuesday_longest():
    """The most people outside at one moment of Tuesday's event."""
    return _two_figures(queues.longest(queues.run_of(queues.TUESDAY))[0])


def queue_friday_longest():
    """The most people outside at one moment of Friday's event."""
    return _two_figures(queues.longest(queues.run_of(queues.FRIDAY))[0])


def queue_tuesday_at_fridays_door():
    """The same for Tuesday's crowd behind Friday's door."""
    return _two_figures(queues.longest(queues.run_of(queues.TUESDAY, queues.FRIDAY))[0])


def queue_tuesday_shown():
    """The part of all who had come that Tuesday's queue showed when it was longest."""
    run = queues.run_of(queues.TUESDAY)
    outside, at = queues.longest(run)
    return share(outside / queues.until(run, "arrivals", at))


def queue_tuesday_echo():
    """Requests for each person who came, in Tuesday's busiest minutes."""
    row = queues.queue_table()["Tuesday"]
    asked = row["requests, a second (busiest minute)"]
    return f"{asked / row['came, a second (busiest minute)']:.0f}"


def queue_whole_door():
    """The longest queue of people of the million, refused early."""
    return _two_figures(_read(_longest, CASE, queue_s=SHORT_S, handlers=WIDE))


def queue_half_the_door():
    """The same with half the handlers."""
    return _two_figures(_read(_longest, CASE, queue_s=SHORT_S, handlers=NARROW))


def queue_longer_by():
    """How much longer the queue is with half the handlers, and not one person more."""
    wide, narrow = (_read(_longest, CASE, queue_s=SHORT_S, handlers=n) for n in (WIDE, NARROW))
    return share(narrow / wide - 1)


def _invited(at):
    return _two_figures(queueing.longest_queue(*queueing.GUEST_LISTS[at]))


def queue_of_a_million_invited():
    """The longest queue when a million are invited and a fifth come, 1,000 handlers."""
    return _invited(0)


def queue_of_fewer_invited():
    """The same when 300,000 are invited and nine in ten come."""
    return _invited(2)


def _way(at):
    return share(readings.share_in(queueing.one_way(list(queueing.FIVE_WAYS)[at])))


def queue_way_reload():
    """Got in when everybody reloads at once and the queue has no limit."""
    return _way(0)


def queue_way_backoff():
    """Got in when everybody pauses longer and longer and the queue has no limit."""
    return _way(1)


def queue_way_early():
    """Got in when everybody reloads at once and is refused early."""
    return _way(2)


def queue_way_both():
    """Got in when everybody pauses longer and longer and is refused early."""
    return _way(3)


def queue_way_line():
    """Got in when everybody stands in a line."""
    return _way(4)


def queue_line_of_the_door():
    """What the lab's line lets through, as a part of what the door can do."""
    return share(queueing.REFUSED["stands in a line"]["admits_per_s"] / WIDE)


@functools.cache
def _fast_line():
    """The share that gets in on each of 24 evenings, in a line that lets through 96 % of the door's average."""
    shares = []
    for seed in EVENINGS:
        scenario = cases.build(CASE, {"admits_per_s": 0.96 * WIDE}).scaled(queueing.ROOM)
        shares.append(readings.share_in(simulate(scenario, seed, sample=0, progress=False)))
    return tuple(shares)


def queue_fast_line_of_the_door():
    """What that faster line lets through, as a part of what the door can do on average."""
    return share(0.96)


def queue_fast_line_middling():
    """Got in on a middling evening of 24, in that faster line."""
    return share(statistics.median(_fast_line()))


def queue_fast_line_worst():
    """Got in on the worst evening of 24, in that faster line."""
    return share(min(_fast_line()))


def _returns(**changes):
    return share(_read(returns_kept, CASE, **changes))


def queue_returns_short():
    """The will to come again with the queue of two seconds."""
    return _returns(queue_s=SHORT_S)


def queue_returns_wide():
    """The same with twice the handlers."""
    return _returns(queue_s=SHORT_S, handlers=2 * WIDE)


def queue_half_life():
    """After how long a wait half of the will to come again is left: an assumption."""
    return duration(HALF_LIFE_S)


def queue_left_after_ten():
    """The will to come again that is left after ten minutes."""
    return share(0.5 ** (600 / HALF_LIFE_S))


def queue_left_after_one():
    """The will to come again that is left after one minute."""
    return share(0.5 ** (60 / HALF_LIFE_S))


def queue_returns_if_one_minute():
    """The same crowd, if the will halves with every minute."""
    return share(queueing.returns_by_half_life()[1])


def queue_returns_if_fifteen_minutes():
    """The same crowd, if it halves with every quarter of an hour."""
    return share(queueing.returns_by_half_life()[15])


def _threshold(key):
    return share(claim(key).threshold)


def claim_f3_threshold():
    """From which share in on failure was avoided."""
    return _threshold("F3")


def claim_s5_threshold():
    """The part of all who came that a measure of the wish should show."""
    return _threshold("S5")


def claim_s6_threshold():
    """From which will to come again on the wait did no harm."""
    return _threshold("S6")


def queue_f3_quarter_door():
    """What decides F3: refused early, with a quarter of the handlers."""
    return share(_read(_deciding_f3, CASE, queue_s=SHORT_S, handlers=TINY))


def _deciding_f3(run):
    """The deciding quantity of F3."""
    return deciding_quantity("F3", run)


def queue_s5_narrow():
    """What decides S5: refused early, with a quarter of the handlers."""
    return share(_read(queue_of_demand, CASE, queue_s=SHORT_S, handlers=TINY))


def queue_s5_own():
    """What decides S5 with the evening's own handlers, refused early."""
    return share(_read(queue_of_demand, CASE, queue_s=SHORT_S))


def queue_s5_wide():
    """What decides S5 with four times the handlers."""
    return share(_read(queue_of_demand, CASE, queue_s=SHORT_S, handlers=4 * WIDE))


def queue_par_handlers():
    """The handlers of the best line known."""
    return f"{lines.par().handlers:,}"


def queue_par_rate():
    """How many it lets through a second."""
    return f"{lines.par().admits_per_s:,.0f}"


def queue_par_of_the_door():
    """That as a part of what its door can do."""
    return share(lines.par().admits_per_s / lines.par().handlers)


def queue_par_bill():
    """What it comes to on the unseen evenings, in dollars."""
    return people(lines.sweep()["bill"])


def _bill_at(part):
    found = lines.sweep()
    return found["grid"][str(lines.par().handlers)][found["of_the_door"].index(part)]


def queue_bill_at_half():
    """The bill of a line at half of what par's door can do."""
    return people(_bill_at(0.5)[0])


def queue_worst_at_nine_tenths():
    """Got in on the worst evening, in a line at nine tenths of what par's door can do."""
    return share(_bill_at(0.9)[2])


def queue_worst_at_par():
    """Got in on the worst evening with par."""
    return share(_bill_at(lines.par().admits_per_s / lines.par().handlers)[2])


def queue_par_other_evenings():
    """On how many further evenings par was tried."""
    return str(lines.sweep()["other_evenings"])


def queue_par_kept_elsewhere():
    """On how many of these half or more got in."""
    return str(lines.sweep()["kept_on_other_evenings"])


def queue_presale_year():
    """The year of the ticket presale."""
    return record.events()["ticket_presale"].date[:4]


def presale_largest_over_smallest():
    """What was sent, over those who usually show up of those invited: both stand in the lesson."""
    invited, show_up = (
        record.fact(f"ticket_presale_{key}").value for key in ("expected", "usual_turn_out")
    )
    return _two_figures(record.fact("ticket_presale_requests").value / (invited * show_up))
