"""The numbers that texts state, each computed where it is said: a function without arguments returns the text.

A fact is named in a page by a tag (see CONTRIBUTING.md), so no number is typed by hand. What calibration found
is read from its committed results, which a test recomputes; everything else is run or counted here.
"""

from __future__ import annotations

import functools

from loadbearing import calibration, cases, simulate
from loadbearing.checks import plans
from loadbearing.claims import claim, deciding_quantity
from loadbearing.misfit import judge
from loadbearing.readings import in_the_room
from loadbearing.record import listener_points
from loadbearing.scenario import Weather
from loadbearing.units import people, share

HALF_PAST_EIGHT_S = 1800
NUMBER_WORDS = [
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
]


def _in_words(number):
    return NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else f"{number:,}"


def _roughly(number):
    """Two digits are all that a model of an unpublished evening can say."""
    digits = max(0, len(str(int(number))) - 2)
    return people(round(number / 10**digits) * 10**digits)


@functools.cache
def _calm(name):
    return simulate(cases.get(name).changed({"weather": Weather.calm()}), 1, sample=0)


def mechanisms():
    """How many mechanisms pass the published counts."""
    return _in_words(sum(all(one.met for one in judge(_calm(name))) for name in cases.names()))


def published_points():
    """How many published counts of listeners the cases are held against."""
    return _in_words(len(listener_points()))


def slow_door_at_2030():
    """In the room at half past eight, behind the slow door."""
    return _roughly(in_the_room(_calm("slow_door"), HALF_PAST_EIGHT_S))


def retry_flood_at_2030():
    """In the room at half past eight, in the retry flood."""
    return _roughly(in_the_room(_calm("retry_flood"), HALF_PAST_EIGHT_S))


def capacity_lost_at_2030():
    """In the room at half past eight, with most of the door gone."""
    return _roughly(in_the_room(_calm("capacity_lost"), HALF_PAST_EIGHT_S))


def late_crowd_at_2030():
    """In the room at half past eight, when the crowd simply came late."""
    return _roughly(in_the_room(_calm("late_crowd"), HALF_PAST_EIGHT_S))


def _outside_at_2030(name):
    run = _calm(name)
    rows = run.seconds[run.seconds["second"] < HALF_PAST_EIGHT_S]
    return share(1 - rows["joins"].sum() / rows["arrivals"].sum())


def slow_door_outside_at_2030():
    """Of those who had come by half past eight, the share who stood outside the slow door."""
    return _outside_at_2030("slow_door")


def late_crowd_outside_at_2030():
    """Of those who had come by half past eight, the share who stood outside when the crowd came late."""
    return _outside_at_2030("late_crowd")


def flood_in_within_five_minutes():
    """What decides F1 in the flood as it was: the share in within five minutes of coming."""
    return share(deciding_quantity("F1", _calm("retry_flood")))


def flood_in_within_five_minutes_short_queue():
    """The same with a queue a quarter as long."""
    calm = cases.get("retry_flood").changed({"weather": Weather.calm()})
    shorter = calm.changed({"door.queue_limit": calm.door.queue_limit // 4})
    return share(deciding_quantity("F1", simulate(shorter, 1, sample=0)))


def claim_f1_threshold():
    """From which share on the claim F1 fails."""
    return share(claim("F1").threshold)


def flood_dead_work():
    """The share of the flood's work that was done for people who had left."""
    rows = _calm("retry_flood").seconds
    return share(rows["dead_work_s"].sum() / rows["work_s"].sum())


def slow_door_dead_work():
    """The share of the slow door's work that was done for people who had left."""
    rows = _calm("slow_door").seconds
    return share(rows["dead_work_s"].sum() / rows["work_s"].sum())


def settings_that_could_be_half_or_double():
    """Of the profiled settings, how many could be halved or doubled with every count still met."""
    moved = calibration.results()["moved"]
    return f"{moved['half_or_double']} of {moved['settings']}"


def fewest_at_2030():
    """The fewest in the room at half past eight, among all tried settings that meet every published count."""
    return _roughly(calibration.results()["moved"]["at_2030"][0])


def most_at_2030():
    """The most in the room at half past eight, among all tried settings that meet every published count."""
    return _roughly(calibration.results()["moved"]["at_2030"][1])


def smallest_crowd():
    """The fewest people who wanted in, among all tried settings that meet every published count."""
    return _roughly(calibration.results()["moved"]["crowd"][0])


def largest_crowd():
    """The most people who wanted in, among all tried settings that meet every published count."""
    return _roughly(calibration.results()["moved"]["crowd"][1])


def profiles_in_words():
    """What the picture of the profiles shows, in words."""
    return calibration.results()["picture"]["sentence"]


def evenings_with_weather():
    """How many evenings with weather each calibrated case was judged on."""
    return str(calibration.of("slow_door")["evenings"]["number"])


def fewest_weather_evenings_that_pass():
    """The fewest of these evenings that meet every published count, over the cases."""
    return str(min(calibration.of(name)["evenings"]["meeting_all"] for name in cases.names()))


def most_weather_evenings_that_pass():
    """The most of these evenings that meet every published count, over the cases."""
    return str(max(calibration.of(name)["evenings"]["meeting_all"] for name in cases.names()))


def full_crowd():
    """How many people want in on the slow door's evening."""
    return _roughly(cases.get("slow_door").crowd.listeners)


def par_flood_handlers():
    """How few handlers keep the exercise's promise in the flood, with a short queue."""
    return f"{plans.par_of('retry_flood').handlers:,}"


def par_slow_handlers():
    """How few handlers keep the exercise's promise at the slow door."""
    return f"{plans.par_of('slow_door').handlers:,}"


def par_flood_long_queue():
    """How many handlers the flood needs for the same promise if its queue stays as long as it was."""
    return _roughly(plans.sweep()["cases"]["retry_flood"]["handlers_with_that_evenings_queue"])


def par_other_evenings():
    """On how many further evenings par was tried."""
    return str(plans.sweep()["other_evenings"])


def par_flood_kept_elsewhere():
    """On how many of these the flood's par kept the promise."""
    return str(plans.sweep()["cases"]["retry_flood"]["kept_on_other_evenings"])
