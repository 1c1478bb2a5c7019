"""Two evenings with one published curve: when they differ, by how much, and what the work was for.

Each judge runs both evenings again, in a room of one twentieth and average weather, as the exercise does.
"""

from __future__ import annotations

import functools
import math

from loadbearing import cases, readings, simulate
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.record import listener_points
from loadbearing.scenario import Weather
from loadbearing.units import clock, parse_clock, people, share

FRACTION = 1 / 20
HALF_PAST_EIGHT_S = int(parse_clock("20:30"))
TELLING_FACTOR = 2.0
"""Counts that differ so much tell two evenings apart, whatever their weather."""

TEN_MINUTES_S = 600
NEAR_A_POINT_S = 60
WITHIN_POINTS = 1.0


@functools.cache
def run_of(case):
    """Return the run of a case in the small room, on an evening of average weather."""
    return simulate(
        cases.get(case).changed({"weather": Weather.calm()}).scaled(FRACTION),
        sample=0,
        progress=False,
    )


def in_the_room(case, t):
    """How many people are in the room at a moment, in the full crowd."""
    return readings.in_the_room(run_of(case), t) / FRACTION


def ratio_at(t):
    """How many times as many are in the room behind the slow door as in the flood; inf against nobody."""
    flood = in_the_room("retry_flood", t)
    return in_the_room("slow_door", t) / flood if flood else math.inf


def _both(t):
    slow, flood = in_the_room("slow_door", t), in_the_room("retry_flood", t)
    return (
        f"at {clock(t)} there are {people(slow)} in the room behind the slow door and {people(flood)} "
        "in the flood"
    )


def telling_time(answer):
    """Judge a moment: would the count at that moment tell the two evenings apart, and was it published?"""
    try:
        if not isinstance(answer, str):
            raise ValueError
        t = parse_clock(answer.replace(".", ":"))
    except ValueError:
        given = (
            repr(answer) if isinstance(answer, str | int | float) else repr(type(answer).__name__)
        )
        remedy = 'write one in quotes, such as "21:15"'
        raise AnswerError(f"This is {given}, no time of day; {remedy}.") from None
    evening = run_of("slow_door").evening
    if not evening.starts_s <= t <= evening.ends_s:
        raise AnswerError(
            f"{answer} lies outside the evening; give a time from {clock(evening.starts_s)} to "
            f"{clock(evening.ends_s)}."
        )
    if any(abs(t - point.t) <= NEAR_A_POINT_S for point in listener_points()):
        return no("published", f"That count was published, and both evenings match it: {_both(t)}.")
    if ratio_at(t) >= TELLING_FACTOR:
        return yes(f"Nobody published this count, and it tells: {_both(t)}.")
    if t <= 0:
        return no("before the crowd", f"The crowd has not come yet: {_both(t)}.")
    if t > listener_points()[1].t:
        return no(
            "after they meet", f"By then the flood has ended and the rooms are alike: {_both(t)}."
        )
    return no("too near", f"They differ, but less than weather could explain: {_both(t)}.")


def telling_ratio(answer):
    """Judge how many times as many people are in the one room as in the other at half past eight."""
    given, right = number(answer, "2.5"), ratio_at(HALF_PAST_EIGHT_S)
    slow = in_the_room("slow_door", HALF_PAST_EIGHT_S)
    flood = in_the_room("retry_flood", HALF_PAST_EIGHT_S)
    told = f"{people(slow)} against {people(flood)}, {right:.1f} times as many"
    if close(given, right):
        return yes(
            f"At half past eight: {told}. One unpublished number would have told them apart."
        )
    later = [point.t for point in listener_points()[1:]]
    if close(given, 1 / right):
        return no(
            "upside down",
            f"{given:.2g} is the flood's room over the slow door's: {people(flood)} / {people(slow)}. Asked "
            "is how many times as many the slow door has let in: the other way round.",
        )
    if close(given, 100 * right) or close(given, 100 * (right - 1)):
        return no(
            "per cent",
            f"That is per cent. Asked is how many times as many: {given:.0f} / 100 or so.",
        )
    if close(given, slow - flood):
        return no(
            "difference",
            f"That is the difference, {people(slow - flood)} people. A crowd half as large would halve "
            "it and mean the same; divide instead of subtracting.",
        )
    if any(close(given, ratio_at(t)) for t in (0, *later)):
        said = "; ".join(_both(t) for t in later)
        return no("published", f"That is the ratio where counts were published, about one: {said}.")
    if close(given, ratio_at(TEN_MINUTES_S)):
        return no(
            "too early",
            f"That is how it stands after ten minutes: {_both(TEN_MINUTES_S)}. The gap still grows.",
        )
    return no(
        "other",
        f"With {given:.3g} times as many, the flood's room would hold {people(slow / given)} at half past "
        f"eight, against {people(slow)}; run again, it holds {people(flood)}."
        if given > 0
        else "A ratio of two counts of people is above nothing; divide one by the other.",
    )


def wasted_work(answer):
    """Judge the share of the flood's work, until half past eight, for people who had left, in per cent."""
    given = number(answer, "12")
    window = dict(from_s=0, until_s=HALF_PAST_EIGHT_S)
    flood, slow = run_of("retry_flood"), run_of("slow_door")
    right = 100 * readings.dead_work_share(flood, **window)
    joins, services = readings.goodput(flood, **window), readings.throughput(flood, **window)
    told = (
        f"the flood's handlers finish {people(services / FRACTION)} joins a second and let in "
        f"{people(joins / FRACTION)} people a second"
    )
    if abs(given - right) <= WITHIN_POINTS:
        dead = share(right / 100)
        return yes(f"Until half past eight {told}: {dead} of the work is for people who have left.")
    busy = 100 * readings.utilization(flood, **window)
    whole = 100 * readings.dead_work_share(flood)
    others = 100 * readings.dead_work_share(slow, **window)
    if abs(given - right / 100) <= WITHIN_POINTS / 100:
        return no(
            "fraction",
            f"{given:g} per cent would be less than one join in a hundred, and yet {told}. You gave a part "
            "of one; per cent is a hundred times that.",
        )
    if abs(given - busy) <= WITHIN_POINTS:
        return no(
            "busy is useful",
            f"{share(busy / 100)} is how busy the handlers are. Busy is not useful: {told}.",
        )
    if abs(given - (100 - right)) <= WITHIN_POINTS or abs(given - 100 * joins / services) <= 0.5:
        return no(
            "the living",
            f"That is the part for people who were still there: {told}. Asked is the rest.",
        )
    if abs(given - whole) <= WITHIN_POINTS:
        return no(
            "whole evening",
            f"That is the whole evening, {share(whole / 100)}: after half past eight hardly any work is in "
            f"vain, and the average hides it. Until then {told}.",
        )
    if abs(given - others) <= WITHIN_POINTS:
        return no(
            "other evening",
            f"That is the slow door, where {share(others / 100)} of the work is in vain. But {told}.",
        )
    if given < 0 or given > 100:
        return no(
            "out of range",
            f"A share lies between none and all, 0 to 100 per cent; {given:g} does not.",
        )
    return no(
        "other", f"If {given:g} per cent were in vain, the rest would reach somebody. But {told}."
    )
