"""Pictures of the room and of who came and who got in."""

from __future__ import annotations

import numpy as np

from loadbearing.pictures.curves import passes
from loadbearing.pictures.ink import GREY, INK, MIST, PALE, TEXT
from loadbearing.pictures.paper import beside, draw_point, number, paper, point_to
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, people
from loadbearing.words import word


def listeners_in_the_room(now, *, points=(), band=None, before=None):
    """Return the picture of the room: this evening, the one before, other evenings, published counts.

    `now`, `before`: `Curve`; `points`: the record's `ListenerPoint`s; `band`: a `Band` of other evenings.
    """
    end = float(now.times_s[-1])
    title, met = _room_claim(now, points)
    figure, axes = paper(title, word("listeners_in_the_room").axis, now.times_s[0], end)
    labels = []
    if band:
        axes.fill_between(band.times_s, band.low, band.high, color=MIST, linewidth=0)
        labels.append((sum(band.at(end)) / 2, f"{band.number} other\nevenings", GREY))
    if before:
        axes.plot(before.times_s, before.count, color=PALE, lw=1.6, ls=(0, (5, 2)))
        labels.append((before.at(end), "last try", GREY))
    axes.plot(now.times_s, now.count, color=INK, lw=2.6, solid_capstyle="round")
    labels.append((now.at(end), "this\nevening", INK))
    tops = [now.count.max(), *(p.bounds[1] for p in points)]
    tops += [one.max() for one in (band and band.high, before and before.count) if one is not None]
    axes.set_ylim(0, 1.08 * max(1.0, *tops))
    for point in points:
        draw_point(axes, point)
    if points:
        point_to(axes, points[0], "published\ncounts")
    beside(axes, labels)
    return Picture(figure, _room_sentence(now, points, met, band), title)


def _room_claim(now, points):
    met = [point for point in points if passes(now, point)]
    if not points:
        most = int(np.argmax(now.count))
        return f"The room is fullest at {clock(now.times_s[most])}: {people(now.count[most])}", met
    missed = [point for point in points if point not in met]
    if not missed:
        return f"This evening passes all {number(len(points))} published counts", met
    worst = max(missed, key=lambda one: abs(now.at(one.t) - one.value) / one.value)
    side = "more" if now.at(worst.t) > worst.value else "fewer"
    return (
        f"At {clock(worst.t)} {people(now.at(worst.t))} are in: "
        f"{side} than the {people(worst.value)} published"
    ), met


def _room_sentence(now, points, met, band):
    times = sorted({*(p.t for p in points), 1800.0 if now.times_s[-1] > 1800 else now.times_s[-1]})
    said = ", ".join(f"{people(now.at(at))} at {clock(at)}" for at in times)
    sentence = f"Listeners in the room: {said}."
    if points:
        passed = f"{len(met)} of the {len(points)} published counts"
        sentence += f" This evening passes {passed}."
    if band:
        at = points[len(points) // 2].t if points else times[-1]
        low, high = band.at(at)
        sentence += (
            f" On {band.number} other evenings with the same settings, "
            f"{people(low)} to {people(high)} were in at {clock(at)}."
        )
    return sentence


def who_came_and_who_got_in(run, each=1.0):
    """Return the picture of people arriving against people joining, per minute."""
    minute, came = _per_minute(run, "arrivals", each)
    joined = _per_minute(run, "joins", each)[1]
    worst = int(np.argmax(came - joined))
    title = (
        f"At {clock(minute[worst])} {people(came[worst])} a minute came "
        f"and {people(joined[worst])} got in"
    )
    figure, axes = paper(title, "People per minute", minute[0], minute[-1] + 60)
    middle = minute + 30
    axes.plot(middle, came, color="#009e73", lw=2.2, ls=(0, (5, 2)))
    axes.plot(middle, joined, color=INK, lw=2.6)
    axes.set_ylim(0, 1.12 * max(1.0, came.max(), joined.max()))
    peak = int(np.argmax(came))
    axes.annotate(
        "came", (middle[peak], came[peak]), (8, 0), textcoords="offset points",
        color="#007a58", fontsize=TEXT, weight="bold",
    )  # fmt: skip
    beside(axes, [(joined[-1], "got in", INK)])
    most = int(np.argmax(joined))
    sentence = (
        f"Who came and who got in, per minute: most came at {clock(minute[peak])} "
        f"({people(came[peak])} a minute), most got in at {clock(minute[most])} "
        f"({people(joined[most])} a minute). In all {people(came.sum())} came and "
        f"{people(joined.sum())} joined."
    )
    return Picture(figure, sentence, title)


def _per_minute(run, flow, each):
    """Return (start of each whole minute, how many in it)."""
    start, counts = run.seconds["second"], run.seconds[flow]
    whole = len(counts) // 60 * 60
    return start[:whole:60].astype(float), counts[:whole].reshape(-1, 60).sum(axis=1) * each
