"""Pictures of the door: its queue, what is asked of it, and how busy it is."""

from __future__ import annotations

import numpy as np

from loadbearing import readings
from loadbearing.pictures.curves import per_minute, span
from loadbearing.pictures.ink import DASH_DOT, DASHED, DOTTED, GREEN, GREY, INK, OCHRE, PINK, SMALL
from loadbearing.pictures.labels import Named, name_lines
from loadbearing.pictures.minutes import MINUTE_S, Minutes, means_of
from loadbearing.pictures.paper import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    about,
    blank,
    clock_axis,
    paper,
    ruled,
    shares_up,
)
from loadbearing.pictures.picture import Picture
from loadbearing.readings import plainly
from loadbearing.units import clock, duration, people, share
from loadbearing.words import word

MIDDLE, BINS = 0.46, 240
"""Where the upper of two parts of a picture begins; and how many points a line of means has at least."""
TELLING = 0.02
"""A line lower than this share of the highest is left to the sentence: in the picture it would be the floor."""

FAR_ABOVE = 1.6
"""A limit so many times as high as the longest queue is said, not drawn: the queue would be a line on the floor."""


def queue_and_its_limit(run, each=1.0):
    """Return the picture of requests waiting at the door, those whose sender is still there, and the limit."""
    times = run.seconds["second"] + 1.0
    queue, living = (run.seconds[name] * each for name in ("queue", "living_queue"))
    limit = readings.queue_limit_over_time(run) * each
    title, sentence = _queue_claim(run, times, queue, living, limit)
    figure, axes = paper(title, word("queue").axis, *span(run))
    longest = max(1.0, queue.max())
    near = limit <= FAR_ABOVE * longest
    axes.set_ylim(0, 1.15 * np.max(limit, where=near, initial=longest))
    lines = [Named(times, queue, "waiting")]
    if near.any():
        shown = np.where(near, limit, np.nan)
        axes.plot(times, shown, color=GREY, lw=1.4, ls=DOTTED)
        lines.append(Named(times, shown, "limit", GREY))
    else:
        lowest = limit.min()
        told = "no limit" if np.isinf(lowest) else f"limit: {people(lowest)}, far above"
        axes.text(0.01, 1.0, told, transform=axes.transAxes, fontsize=SMALL, color=GREY, va="top")
    if (living < queue).any():
        starts = np.arange(0, len(times), max(1, len(times) // BINS))
        there = np.add.reduceat(run.seconds["living_queue_s"], starts) * each
        there = there / np.diff(np.append(starts, len(times)))
        axes.plot(times[starts], there, color=GREEN, lw=2.0, ls=DASHED)
        lines.append(Named(times[starts], there, "sender\nstill there", GREEN))
    axes.plot(times, queue, color=INK, lw=1.6)
    name_lines(axes, lines)
    data = {"seconds": times, "queue": queue, "living_queue": living, "limit": limit}
    return Picture(figure, sentence, title, data)


def _queue_claim(run, times, queue, living, limit):
    most = int(np.argmax(queue))
    refused_s = int(np.count_nonzero(run.seconds["refused_full"]))
    peak = people(queue[most])
    waits = "1 request waits" if peak == "1" else f"{peak} requests wait"
    if refused_s and not limit.max():
        title = f"Nobody may wait: requests are refused in {duration(refused_s)} of this evening"
    elif refused_s:
        title = f"Requests meet a full queue in {duration(refused_s)} of this evening"
    elif queue[most]:
        title = f"The queue is longest at {about(times[most], run.evening.length_s)}: {waits}"
    elif run.seconds["queue_s"].any():
        title = "The queue is empty at the end of every second"
    else:
        title = "No request ever waits at the door"
    longest = (
        f"{waits} at {clock(times[most])}, the most of the evening"
        if queue[most]
        else "it is empty at the end of every second"
    )
    full = (
        f" In {duration(refused_s)} of the evening a request is refused because no more may wait."
        if refused_s
        else ""
    )
    dead = int(np.argmax(queue - living))
    gone = (
        f" At {clock(times[dead])} the sender of {people((queue - living)[dead])} of the "
        f"{people(queue[dead])} waiting has gone."
        if (queue - living)[dead]
        else ""
    )
    return title, f"The queue at the door: {longest}; {_allowed(limit)}.{full}{gone}"


def _allowed(limit):
    lowest, highest = limit.min(), limit.max()
    if np.isinf(lowest):
        return "it has no limit"
    if lowest == highest:
        return f"its limit is {people(lowest)}"
    return f"its limit is changed, from {people(lowest)} to {'none' if np.isinf(highest) else people(highest)}"


def attempts_by_kind(run, each=1.0):
    """Return the picture of first attempts, later attempts and dead work, per minute."""
    minute, first = per_minute(run, "first_attempts", each)
    later, dead = (per_minute(run, flow, each)[1] for flow in ("retries", "dead_services"))
    title, sentence = _attempts_claim(run, minute, first, later, dead, each)
    figure, axes = paper(title, f"Requests per minute{means_of(run)}", *span(run))
    lines = Minutes(axes, run)
    lines.draw(first, "first\nattempts", lw=2.2)
    for series, colour, style, text in (
        (later, PINK, DOTTED, "later\nattempts"),
        (dead, OCHRE, DASH_DOT, "dead work"),
    ):
        if series.max() > TELLING * max(first.max(), later.max()):
            lines.draw(series, text, colour, ls=style, lw=2.4)
    lines.finish()
    data = {"seconds": minute, "first": first, "later": later, "dead": dead}
    return Picture(figure, sentence, title, data)


def _attempts_claim(run, minute, first, later, dead, each):
    firsts, laters = first.sum(), later.sum()
    part = readings.dead_work_share(run)
    wasted = f"{share(part)} of the work is dead" if part >= 0.01 else ""
    if not firsts + laters:
        title = "Nobody tries to get in"
    elif not laters:
        title = "Nobody tries a second time"
    else:
        title = (
            f"{_times(laters / firsts)} for each first one"
            if firsts
            else "Nobody tries for the first time"
        )
    title = title[0].upper() + title[1:]
    if wasted:
        title += f"; {wasted}"
    if not firsts + laters:
        return title, "Attempts by kind: nobody tried."
    most = int(np.argmax(first + later))
    sentence = (
        f"Attempts by kind: {people(firsts)} first and {people(laters)} later ones in all; most in the minute "
        f"from {clock(minute[most])}, {people(first[most])} first and {people(later[most])} later. "
    )
    finished = people(readings.count(run, "services") * each)
    if finished == "0":
        return title, f"{sentence}No service was finished."
    if not dead.any():
        return title, f"{sentence}Services finished: {finished}, none of them dead work."
    return title, (
        f"{sentence}Services finished: {finished}, of them dead work, whose sender had gone: {people(dead.sum())}."
    )


def _times(many):
    said = plainly(many)
    return f"{said} later attempt{'' if said == '1' else 's'}"


def load_and_utilization(run, each=1.0):
    """Return the picture of the work that comes against what the door can do, and how busy its handlers are.

    Means over each minute. Offered load and handlers are in handlers' worth of work.
    """
    load, can = (
        _means(run, series) * each
        for series in (readings.offered_load_over_time(run), readings.can_do_over_time(run))
    )
    minute, there = per_minute(run, "capacity_s")
    busy = per_minute(run, "busy_s")[1]
    used = np.divide(busy, there, out=np.full(len(busy), np.nan), where=there > 0).clip(max=1)
    title, sentence = _load_claim(run, minute, load, can, used)
    figure = blank(title, word("offered_load").axis + means_of(run))
    axes = ruled(figure.add_axes((LEFT, MIDDLE, RIGHT - LEFT, TOP - MIDDLE)))
    clock_axis(axes, *span(run), named=False)
    axes.tick_params(labelbottom=False)
    lines = Minutes(axes, run)
    lines.draw(can, "the door can do", lw=2.2)
    lines.draw(load, "work that comes", GREEN, ls=DASHED, lw=2.2)
    lines.finish()
    below = ruled(figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, 0.185)))
    clock_axis(below, *span(run))
    busy_share = Minutes(below, run)
    busy_share.draw(used, lw=2.2)
    shares_up(below, top=1.15)
    below.set_yticks([0, 0.5, 1])
    figure.text(0.02, 0.38, word("utilization").axis, fontsize=SMALL, color=GREY, va="center")
    data = {"seconds": minute, "offered_load": load, "can_do": can, "utilization": used}
    return Picture(figure, sentence, title, data)


def _means(run, series):
    """Mean over each minute of a series that has one number a second."""
    sums = per_minute(run, series)[1]
    length = np.full(len(sums), MINUTE_S)
    length[-1] -= len(sums) * MINUTE_S - run.evening.length_s
    return sums / length


def _load_claim(run, minute, load, can, used):
    most = int(np.argmax(load))
    overload_s = readings.overload_s(run)
    all_evening = readings.utilization(run)
    if not load.any():
        title = "No work comes to the door"
    else:
        title = (
            f"In the minute from {clock(minute[most])}, work for {_handlers(load[most])} comes; "
            f"the door can do that of {plainly(can[most])}"
        )
    busiest = int(np.argmax(np.nan_to_num(used)))
    handlers = (
        "No handler was there."
        if np.isnan(all_evening)
        else f"Its handlers were busy {share(min(all_evening, 1.0))} of their time, at most {share(used[busiest])}, "
        f"in the minute from {clock(minute[busiest])}."
    )
    over = (
        f"For {duration(overload_s)} the latest minute had brought more than it could do."
        if overload_s
        else "In no minute did more come than it could do."
    )
    return title, (
        f"Offered load and the door: at most {_handlers(load[most])}' worth of work, in the minute from "
        f"{clock(minute[most])}, when the door could do that of {plainly(can[most])}. {over} {handlers}"
    )


def _handlers(many):
    said = plainly(many)
    return f"{said} handler{'' if said == '1' else 's'}"
