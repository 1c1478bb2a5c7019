"""The numbers that unit 07 states, each computed where it is said."""

from __future__ import annotations

import numpy as np

from loadbearing import cases, record
from loadbearing.checks import details, policies
from loadbearing.claims import claim
from loadbearing.units import clock, duration, share

IN_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")
LITTLE = 0.1


def _soon(**changes):
    return share(details.in_soon(changes))


def _times(key, factor=details.FACTOR):
    return details.DETAILS[key].turned(factor)


def _lasts(factor):
    """How long the whole door works on a full queue."""
    door = cases.get(details.CASE).door
    return duration(factor * door.queue_limit * door.service.mean_s / door.handlers)


def _queue(factor, seeds=details.EVENINGS):
    return details.on_evenings(_times("queue_limit", factor), seeds)


def kinesis_year():
    """The year of the case: of its event in the public record."""
    return str(record.events()["kinesis"].date)[:4]


def eve_as_set():
    """In within five minutes as everything is set."""
    return _soon()


def eve_long_queue():
    """In within five minutes with a queue four times as long."""
    return _soon(**_times("queue_limit"))


def eve_short_timeout():
    """In within five minutes when clients wait a quarter as long."""
    return _soon(**_times("timeout_s", 1 / details.FACTOR))


def eve_long_timeout():
    """In within five minutes when clients wait four times as long."""
    return _soon(**_times("timeout_s"))


def eve_both_generous():
    """In within five minutes with a queue four times as long and clients that wait four times as long."""
    return _soon(**_times("queue_limit"), **_times("timeout_s"))


def eve_long_queue_newest_first():
    """In within five minutes with the long queue, the newest served first."""
    return _soon(**_times("queue_limit"), **_times("discipline"))


def eve_newest_first():
    """In within five minutes with the newest served first, all else as it is set."""
    return _soon(**_times("discipline"))


def eve_long_queue_skipping():
    """In within five minutes with the long queue, requests of those who left skipped."""
    return _soon(**_times("queue_limit"), **_times("drops_dead"))


def eve_many_reload():
    """In within five minutes with four times as many quick reloaders."""
    return _soon(**_times("quick_share"))


def eve_quarter_of_the_handlers():
    """In within five minutes with a quarter of the handlers."""
    return _soon(**details.SIZES["handlers"].turned(1 / details.FACTOR))


def eve_queue_lasts():
    """How long the door works on the full queue."""
    return _lasts(1)


def eve_long_queue_lasts():
    """How long the door works on a queue four times as long."""
    return _lasts(details.FACTOR)


def eve_client_waits():
    """How long a client waits for an answer."""
    return duration(cases.get(details.CASE).crowd.timeout_s)


def eve_first_pause():
    """The longest that a client pauses after its first failure."""
    return duration(cases.inputs(details.CASE)["first_pause_s"].value)


def eve_longest_pause():
    """The longest that a client ever pauses."""
    return duration(cases.inputs(details.CASE)["longest_pause_s"].value)


def eve_quick_share():
    """How many reload at once."""
    return share(cases.inputs(details.CASE)["quick_share"].value)


def eve_idle_details():
    """How many of the eight move the share in soon by less than a tenth when wrong by a factor of four."""
    return IN_WORDS[sum(fall < LITTLE for fall in details.falls().values())]


def eve_largest_fall():
    """How far the worst of the eight lets the share in soon fall, near the edge."""
    return details.points(max(details.falls().values()))


def eve_largest_fall_far():
    """The same with four times as many handlers."""
    return details.points(max(details.falls(base={"handlers": details.FAR}).values()))


def eve_largest_fall_quarter():
    """The same when a detail is wrong by a quarter only."""
    return details.points(max(details.falls(details.KNOWN_WITHIN).values()))


def eve_far_handlers():
    """The handlers of a door far from the edge."""
    return f"{details.FAR:,}"


def eve_queue_half_more():
    """On a middling evening, in within five minutes with half as long a queue again."""
    return share(float(np.median(_queue(1.5))))


def eve_queue_half_more_worst():
    """The same on the worst of two dozen evenings."""
    return share(float(_queue(1.5, range(1, 25)).min()))


def eve_queue_double():
    """On a middling evening, in within five minutes with a queue twice as long."""
    return share(float(np.median(_queue(2.0))))


def claim_f7_threshold():
    """From which fall on the claim F7 holds."""
    return details.points(claim("F7").threshold)


def eve_par_bill():
    """The smallest bill known that keeps the promise."""
    return f"{policies.sweep()['par']:,.0f}"


def eve_par_clock_bill():
    """The smallest bill known by the clock alone."""
    return f"{policies.sweep()['by_the_clock']['bill']:,.0f}"


def eve_par_clock_peak():
    """The handlers of the best policy known by the clock alone."""
    return f"{policies.sweep()['by_the_clock']['peak']:,}"


def eve_par_clock_from():
    """When the best policy known by the clock alone orders them."""
    return clock(policies.sweep()["by_the_clock"]["since_s"])


def eve_par_clock_until():
    """When it sends them home."""
    return clock(policies.sweep()["by_the_clock"]["until_s"])


def eve_par_seen_peak():
    """The handlers of the best policy known that also looks."""
    return f"{policies.sweep()['until_seen']['peak']:,}"


def eve_par_long_queue_kept():
    """On how many evenings the best policy by the clock keeps the promise with a queue four times as long."""
    return str(policies.sweep()["by_the_clock_with_longer_queue"]["kept"])


def eve_par_long_queue_worst():
    """In within five minutes on the worst of these."""
    return share(policies.sweep()["by_the_clock_with_longer_queue"]["worst"])


def eve_par_kept():
    """On how many of the unseen evenings the best policy known keeps the promise."""
    return f"{policies.sweep()['until_seen']['kept']} of {policies.sweep()['evenings']}"


def eve_par_kept_elsewhere():
    """On how many other evenings the best policy known keeps the promise."""
    found = policies.sweep()
    return f"{found['kept_on_other_evenings']} of {found['other_evenings']}"


def eve_boot():
    """How long ordered handlers take to start."""
    return duration(policies.BOOT_S)
