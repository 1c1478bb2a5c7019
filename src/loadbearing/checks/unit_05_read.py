"""Two queues, read: how many had come, and what becomes of a queue at another door.

Each judge runs the evenings again, in a room of one fiftieth and average weather, as the exercise does.
"""

from __future__ import annotations

import functools

from loadbearing import cases, readings, simulate
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.scenario import Weather
from loadbearing.units import clock, people, share

FRACTION = 1 / 50
TUESDAY, FRIDAY = "the_longer_queue", "the_wanted_event"
HARDLY_ANY = 0.1
"""A queue that is this part of Tuesday's or less is hardly any: dice and weather move it by more."""


@functools.lru_cache(maxsize=8)
def run_of(case, door_of=None, times=1.0):
    """Return the run of a case in the small room and average weather.

    Perhaps behind the door of another case (`door_of`), or with so many times its handlers (`times`).
    """
    scenario = cases.get(case).changed({"weather": Weather.calm()})
    if door_of:
        scenario = scenario.changed({"door": cases.get(door_of).door})
    handlers = round(times * scenario.door.handlers)
    scenario = scenario.changed({"door.handlers": handlers})
    return simulate(scenario.scaled(FRACTION), sample=0, progress=False)


def longest(run):
    """Return (the most people outside at one moment, that moment in seconds), for the full crowd."""
    most, at = readings.peak(run, "outside")
    return most / FRACTION, int(at)


def until(run, flow, t):
    """Return how often something had happened until a moment, for the full crowd."""
    rows = run.seconds
    return float(rows[flow][rows["second"] < t].sum()) / FRACTION


def busiest(run, series):
    """Return the mean a second in the busiest minute of a series, for the full crowd."""
    return readings.busiest_minute(run, series)[0] / FRACTION


@functools.cache
def queue_table():
    """Return what the exercise shows of both evenings: {event: {row: number}}, for the full crowd."""
    return {"Tuesday": _rows(run_of(TUESDAY)), "Friday": _rows(run_of(FRIDAY))}


def _rows(run):
    outside, at = longest(run)
    return {
        "the queue is longest at": at,
        "people outside at that moment": outside,
        "got in by then": until(run, "joins", at),
        "gave up by then": until(run, "ran_out_of_patience", at),
        "came, a second (busiest minute)": busiest(run, run.seconds["arrivals"]),
        "requests, a second (busiest minute)": busiest(run, readings.requests_over_time(run)),
        "the door can let in, a second": run.evening.door.handlers / run.evening.door.service.mean_s / FRACTION,
    }  # fmt: skip


def show_queues():
    """Return the table of both evenings as lines of text."""
    columns = queue_table()
    rows = [f"{'':<36}" + "".join(f"{event:>12}" for event in columns)]
    for row in columns["Tuesday"]:
        say = clock if row.endswith("longest at") else people
        rows.append(f"{row:<36}" + "".join(f"{say(one[row]):>12}" for one in columns.values()))
    return "\n".join(rows)


def wanted_in(answer):
    """Judge how many had come to Tuesday's event when its queue was longest."""
    given = number(answer, "80_000")
    if given < 1:
        raise AnswerError(f"{given:g} is no crowd; add up people from the table.")
    run, half = run_of(TUESDAY), run_of(TUESDAY, times=0.5)
    outside, at = longest(run)
    inside, gone = until(run, "joins", at), until(run, "ran_out_of_patience", at)
    right = until(run, "arrivals", at)
    if close(given, right, 0.03):
        return yes(
            f"By {clock(at)} the run counted {people(right)} people who had come: {people(outside)} outside, "
            f"{people(inside)} in, {people(gone)} who had given up. The queue alone shows {share(outside / right)} of "
            "them."
        )
    others = f"{people(inside)} were in by {clock(at)}, and {people(gone)} had given up"
    halved = "Behind a door half as wide, with the very same crowd,"
    asked = busiest(run, readings.requests_over_time(run))
    if close(given, outside, 0.03):
        return no(
            "the queue alone",
            f"That is who stood outside. {others}: they wanted in as well. {halved} {people(_outside(half, at))} stand "
            "outside at that moment.",
        )
    if close(given, inside, 0.03):
        return no(
            "only who got in",
            f"That is who was in: it tells of the door. {halved} {people(until(half, 'joins', at))} are in by then. "
            "And nobody who is outside has been counted.",
        )
    if close(given, 60 * asked, 0.03) or close(given, asked, 0.03):
        came = people(60 * busiest(run, run.seconds["arrivals"]))
        return no(
            "an echo",
            f"You counted requests. In the busiest minute there were {people(60 * asked)} of them, and in no minute "
            f"did more than {came} people come: one person asks many times.",
        )
    friday = list(queue_table()["Friday"].values())
    if close(given, sum(friday[1:4]), 0.03):
        return no("the other evening", f"{people(given)} had come on Friday. Asked is Tuesday.")
    way = "more" if given > right else "fewer"
    return no(
        "other",
        f"{people(given)} is {way} than the run counted. Nobody disappears: whoever came is outside, in, or gone.",
    )


def _outside(run, t):
    """How many are outside at a moment, for the full crowd."""
    return float(readings.outside_over_time(run)[t - 1 - run.evening.starts_s]) / FRACTION


def other_door(answer):
    """Judge the longest queue of Tuesday's crowd behind Friday's door."""
    given = number(answer, "30_000")
    if given < 0:
        raise AnswerError(f"{given:g} is no queue; give a number of people, 0 or more.")
    was, now = longest(run_of(TUESDAY))[0], longest(run_of(TUESDAY, FRIDAY))[0]
    tuesday, friday = queue_table().values()
    can, came = friday["the door can let in, a second"], tuesday["came, a second (busiest minute)"]
    times = can / tuesday["the door can let in, a second"]
    if given <= HARDLY_ANY * was:
        return yes(
            f"Run again behind Friday's door, Tuesday's crowd has at most {people(now)} people outside. Behind its own "
            f"it had {people(was)}. Not one person wanted it less."
        )
    less = people(longest(run_of(TUESDAY, times=2.0))[0])
    twice = f"With twice Tuesday's handlers the same crowd has at most {less} outside"
    if close(given, was):
        return no("the event's own", f"{twice}. A queue does not belong to an event.")
    if close(given, was / times):
        return no(
            "in proportion",
            f"You divided by {times:.0f}, as the door is {times:.0f} times as wide. {twice}, with {times:.0f} times as "
            "many fewer still. A queue is what comes minus what gets in: look at both, second by second.",
        )
    if close(given, friday["people outside at that moment"]):
        more = people(friday["came, a second (busiest minute)"])
        return no(
            "the door's own",
            f"That is Friday's queue, and Friday's crowd is larger: {more} came a second in its busiest minute, on "
            f"Tuesday {people(came)}.",
        )
    return no(
        "other",
        f"{twice}. In the busiest minute {people(came)} come a second; compare it with what Friday's door can do.",
    )
