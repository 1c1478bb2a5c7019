"""The restart with the door open, and the late help: what a table says of the way back, and when help comes.

Each judge runs the evening again, in a room of one twenty-fifth and average weather, as the exercise does.
"""

from __future__ import annotations

import functools

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.checks.reply import close, no, number, yes
from loadbearing.run import DONE
from loadbearing.scenario import Autoscaler, Weather
from loadbearing.units import clock, duration, people, share

FRACTION = 1 / 25
FIRST_S = 300
"""How long the first stretch after the restart is, in seconds."""

NEAR, NEAR_S = 0.1, 10.0
SCALER = Autoscaler(target=0.7, least=1_000, most=6_000, every_s=15, lag_s=60, boot_s=120.0)
"""An autoscaler as one finds it; how late it is and how long handlers take to start are assumptions."""


@functools.cache
def restart():
    """Return the run of the restart with the door open, in the small room, on an evening of average weather."""
    calm = cases.get("the_restart").changed({"weather": Weather.calm()})
    return simulate(calm.scaled(FRACTION), sample=0, progress=False)


def inputs():
    """Return the numbers of the restart's case by name."""
    return {key: one.value for key, one in cases.inputs("the_restart").items()}


def begins_s():
    """When the restart is, in seconds from the announced start."""
    return int(inputs()["fault_s"])


def stretches():
    """The stretches of the exercise's table: (from, until) in seconds, the first one after the restart and the rest."""
    middle = begins_s() + FIRST_S
    return (begins_s(), middle), (middle, restart().evening.ends_s)


def rates(from_s, until_s):
    """Return (requests, services finished, people let in) a second of a stretch, for the full crowd."""
    run, window = restart(), dict(from_s=from_s, until_s=until_s)
    seconds = (until_s - from_s) * FRACTION
    return (
        readings.requests(run, **window) / seconds,
        readings.throughput(run, **window) / FRACTION,
        readings.count(run, "joins", **window) / seconds,
    )


def least_minutes():
    """Minutes that the way back takes at least: how many are outside, over what the door can let in."""
    case = inputs()
    return case["people"] * case["service_s"] / case["handlers"] / 60


def on_paper(answer):
    """Judge how many minutes the way back takes at least, if no work is in vain."""
    given, right, case = number(answer, "2.5"), least_minutes(), inputs()
    told = (
        f"{people(case['people'])} people, {people(case['handlers'] / case['service_s'])} a second: "
        f"{duration(60 * right)}"
    )
    if close(given, right, 0.02):
        return yes(f"{told}. No way back can be faster with this door.")
    if close(given, 60 * right, 0.02):
        return no("seconds for minutes", f"That is {given:g} seconds. {told}: give it in minutes.")
    if close(given, case["restart_lasts_s"] / 60):
        return no(
            "the fault",
            f"The fault lasts {duration(case['restart_lasts_s'])}. It cost everybody the connection. By "
            f"then the door had let in {people(_back_by(begins_s() + case['restart_lasts_s']))} again.",
        )
    came = (case["until_s"] - case["from_s"]) / 60
    if close(given, came, 0.02):
        return no(
            "as they came",
            f"So long they took to come, {people(case['people'] / (60 * came))} a second. Now all are there "
            f"at once, and the door's own pace counts: {people(case['handlers'] / case['service_s'])} a second.",
        )
    return no(
        "other",
        f"In {duration(60 * given)} the door could let in "
        f"{people(60 * given * case['handlers'] / case['service_s'])} people, and "
        f"{people(case['people'])} are outside."
        if 0 < given < 1e6
        else "It takes some minutes: divide the people outside by the people a second.",
    )


def _back_by(t):
    return readings.rejoins(restart(), None, int(t)) / FRACTION


def at_this_pace(answer):
    """Judge how many minutes the way back would take at the pace of the first five minutes."""
    given, outside = number(answer, "25"), inputs()["people"]
    asked, finished, let_in = rates(*stretches()[0])
    right = outside / let_in / 60
    told = f"{people(let_in)} people a second are let in, so {people(outside)} take {duration(60 * right)}"
    if close(given, right, NEAR):
        end = restart().evening.ends_s
        return yes(
            f"At that pace {told}. It does not even keep that pace: at {clock(end)} "
            f"{people(readings.in_the_room(restart(), end) / FRACTION)} are in the room."
        )
    if close(given, outside / finished / 60, 0.05):
        dead = readings.dead_work_share(restart(), *stretches()[0])
        return no(
            "throughput is success",
            f"You divided by the joins that the door finishes, {people(finished)} a second. {share(dead)} of "
            f"that work was for people who had left. At the end of your {given:.2g} minutes "
            f"{people(_back_by(begins_s() + 60 * given))} are back.",
        )
    if close(given, outside / asked / 60, 0.05):
        return no(
            "requests are people",
            f"You divided by the requests, {people(asked)} a second. That is how often they knock. "
            f"{people(let_in)} of them a second get in.",
        )
    if close(given, 60 * right, NEAR):
        return no("seconds for minutes", f"That is in seconds: {told}. Give it in minutes.")
    if close(given, right / 60, NEAR):
        return no("hours for minutes", f"That is in hours: {told}. Give it in minutes.")
    return no(
        "other",
        f"For {given:.3g} minutes the door would have to let in {people(outside / given / 60)} people a second. "
        f"It lets in {people(let_in)}."
        if given > 0.1
        else "Divide the people outside by the people let in a second; then by sixty.",
    )


@functools.cache
def helped():
    """Return the run of the late help with the autoscaler, in the small room, on an evening of average weather."""
    built = cases.build("the_late_help", {"controllers": (SCALER,)})
    calm = built.changed({"weather": Weather.calm()})
    return simulate(calm.scaled(FRACTION), sample=0, progress=False)


def first_help_s():
    """When the first ordered handlers serve, in seconds from the announced start."""
    least = SCALER.least * FRACTION
    times = [one["time"] for one in helped().actions if _more_serve(one, least)]
    return float(min(times))


def _more_serve(action, least):
    return DONE[action["what"]] == "serving" and action["to"] > least


def come_by_s(part=0.9):
    """By when this part of the crowd has come, in seconds from the announced start."""
    return float(np.percentile(helped().listeners["arrived"], 100 * part))


def help_arrives(answer):
    """Judge how many seconds after the announced start the first ordered handlers serve."""
    given, right = number(answer, "30"), first_help_s()
    late, start, looks = SCALER.lag_s, SCALER.boot_s, SCALER.every_s
    crowd = f"Nine in ten of the crowd have come by {clock(come_by_s())}"
    if abs(given - right) <= NEAR_S:
        return yes(
            f"At {clock(right)} the first of them serve: {looks} seconds to see a first stretch, {late} seconds "
            f"until it is shown, {start:g} seconds to start. {crowd}."
        )
    if abs(given - (late + start)) <= 2:
        return no(
            "it sees at once",
            f"Nearly. Lag and start come to {late + start:g} seconds. But it looks every {looks} seconds only, at "
            f"the stretch that is over. In the run they serve at {clock(right)}.",
        )
    if abs(given - start) <= 2:
        return no(
            "ordered at once",
            f"So long a handler takes to start. But nobody orders it at 20:00: at {clock(start)} the "
            f"figures of the rush have been on show for {duration(start - late - looks)}. "
            f"In the run they serve at {clock(right)}.",
        )
    if abs(given - late) <= 2 or abs(given - late - looks) <= 2:
        return no(
            "ordering is having",
            f"About then the autoscaler learns of the rush, and orders. Handlers that are ordered do not "
            f"serve yet: in the run they do so at {clock(right)}.",
        )
    if close(given, right / 60, 0.05):
        return no("minutes for seconds", f"That is in minutes. They serve at {clock(right)}.")
    return no(
        "other",
        f"At {clock(given)} the door has {people(_serving(given))} handlers. Add up: when it is seen, when it is "
        "ordered, when it serves."
        if 0 <= given <= helped().evening.ends_s
        else "Give seconds after the announced start, within the half hour that the evening lasts.",
    )


def _serving(t):
    """How many handlers are there at a moment, in the full door."""
    rows = helped().seconds
    at = min(int(t) - helped().evening.starts_s, len(rows) - 1)
    return rows["capacity"][at] / FRACTION
