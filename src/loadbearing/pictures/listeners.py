"""Pictures of people: in the room and outside, who came and who got in."""

from __future__ import annotations

import numpy as np

from loadbearing import readings
from loadbearing.pictures.curves import (
    Curve,
    beginning,
    passes,
    per_minute,
    room,
    span,
    whole_minute,
)
from loadbearing.pictures.ink import DASHED, GREEN, GREY, INK, MIST, PALE, PAPER
from loadbearing.pictures.labels import Named, beside, name_lines, point_to, point_up_to
from loadbearing.pictures.minutes import Minutes, means_of
from loadbearing.pictures.paper import about, are, is_spare, number, paper
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, people, share
from loadbearing.words import word

NOBODY_CAME = "Nobody came this evening"
MOST_BACK = 0.99
"""What counts as all, of those who had been in."""


def listeners_in_the_room(now, *, points=(), band=None, before=None):
    """Return the picture of the room: this evening, the one before, other evenings, published counts.

    `now`, `before`: `Curve`; `points`: the record's `ListenerPoint`s, of which those outside the evening are left
    out; `band`: a `Band` of other evenings.
    """
    end = float(now.times_s[-1])
    points = [one for one in points if now.times_s[0] <= one.t <= end]
    title, met = room_claim(now, points)
    figure, axes = paper(title, word("listeners_in_the_room").axis, beginning(now.times_s), end)
    labels = []
    if band:
        axes.fill_between(band.times_s, band.low, band.high, color=MIST, linewidth=0)
        labels.append((sum(band.at(end)) / 2, f"{band.number} other\nevenings", GREY))
    if before:
        axes.plot(before.times_s, before.count, color=PALE, lw=1.6, ls=DASHED)
        labels.append((before.at(end), "last try", GREY))
    axes.plot(now.times_s, now.count, color=INK, lw=2.6, solid_capstyle="round")
    labels.append((now.at(end), "this\nevening", INK))
    tops = [now.count.max(), *(p.bounds[1] for p in points)]
    tops += [one.max() for one in (band and band.high, before and before.count) if one is not None]
    axes.set_ylim(0, 1.08 * max(1.0, *tops))
    for point in points:
        draw_point(axes, point)
    if points:
        named = f"published\ncount{'s' if len(points) > 1 else ''}"
        if is_spare() and len(points) > 1:
            point_up_to(axes, points[1], named)
        else:
            point_to(axes, points[0], named)
    beside(axes, labels)
    data = {"seconds": now.times_s, "inside": now.count}
    return Picture(figure, room_sentence(now, points, met, band), title, data)


def room_claim(now, points):
    """Return (the claim of a `Curve` of the room, the published counts that it passes)."""
    met = [point for point in points if passes(now, point)]
    if not points:
        most = int(np.argmax(now.count))
        if not now.count[most]:
            return "Nobody gets in this evening", met
        if cut := cut_off(now):
            return came_back(now, *cut), met
        at = about(now.times_s[most], now.times_s[-1] - now.times_s[0])
        return f"The room is fullest at {at}: {people(now.count[most])}", met
    missed = [point for point in points if point not in met]
    if not missed:
        told = f"all {number(len(points))} published counts"
        return f"This evening passes {told if len(points) > 1 else 'the published count'}", met
    worst = max(missed, key=lambda one: abs(now.at(one.t) - one.value) / one.value)
    side = "more" if now.at(worst.t) > worst.value else "fewer"
    return (
        f"At {clock(worst.t)}, {are(now.at(worst.t))} in: "
        f"{side} than the {people(worst.value)} published"
    ), met


def cut_off(now):
    """Return (when, how many were in) if more than half of those ever in are gone within a minute; None if not."""
    minute = np.searchsorted(now.times_s, now.times_s[0] + 60)
    gone = now.count[:-minute] - now.count[minute:]
    if not len(gone) or gone.max() <= now.count.max() / 2:
        return None
    first = int(np.argmax(gone))
    last = first + int(
        np.argmax(now.count[first : first + minute] - now.count[first + 1 : first + minute + 1])
    )
    return float(now.times_s[last]), float(now.count[last])


def came_back(now, at_s, were_in):
    """Return the claim of a room that emptied at once: when they were back, or how many at the end."""
    emptied = now.times_s[np.argmax((now.times_s > at_s) & (now.count < were_in / 2))]
    back = (now.times_s > emptied) & (now.count >= MOST_BACK * were_in)
    if back.any():
        return f"The room empties at {clock(at_s)}; 99 in 100 are back at {clock(now.times_s[np.argmax(back)])}"
    end = now.times_s[-1]
    return f"The room empties at {clock(at_s)}; at {clock(end)}, {share(now.at(end) / were_in)} are back"


def room_sentence(now, points, met, band):
    """Return what is in the room at the moments that matter, which counts are passed, and where others went."""
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


def draw_point(axes, point):
    """Draw a published count as a hollow dot, with a bar as long as its tolerance."""
    low, high = point.bounds
    axes.errorbar(
        [point.t], [point.value], yerr=[[point.value - low], [high - point.value]], fmt="o", ms=8,
        mfc=PAPER, mec=INK, mew=1.8, ecolor=INK, elinewidth=1.6, capsize=4, zorder=5,
    )  # fmt: skip


def inside_and_outside(run, each=1.0):
    """Return the picture of people in the room and people outside who want in, over time.

    Each simulated listener stands for `each` people.
    """
    inside = room(run, each)
    outside = Curve(inside.times_s, readings.outside_over_time(run) * each)
    title, sentence = _outside_claim(run, inside, outside)
    figure, axes = paper(title, "People", *span(run))
    lines = []
    if outside.count.any():
        axes.plot(outside.times_s, outside.count, color=GREEN, lw=2.2, ls=DASHED)
        lines.append(Named(outside.times_s, outside.count, "outside, trying", GREEN))
    axes.plot(inside.times_s, inside.count, color=INK, lw=2.6, solid_capstyle="round")
    lines.append(Named(inside.times_s, inside.count, "in the room"))
    axes.set_ylim(0, 1.12 * max(1.0, inside.count.max(), outside.count.max()))
    name_lines(axes, lines)
    data = {"seconds": inside.times_s, "inside": inside.count, "outside": outside.count}
    return Picture(figure, sentence, title, data)


def _outside_claim(run, inside, outside):
    most, end = int(np.argmax(outside.count)), float(inside.times_s[-1])
    if not readings.came(run):
        return (
            NOBODY_CAME,
            "In the room and outside: nobody came, so nobody was in and nobody outside.",
        )
    at, fullest = outside.times_s[most], int(np.argmax(inside.count))
    full = f"{people(inside.count[fullest])} at {clock(inside.times_s[fullest])}"
    last = (
        f"At the end, {clock(end)}, {are(inside.count[-1])} in and "
        f"{people(outside.count[-1])} outside."
    )
    if not outside.count[most]:
        title = "Nobody is outside at the end of any second"
        return (
            title,
            f"In the room and outside: nobody is outside at the end of any second; most are in, {full}. {last}",
        )
    said = whole_minute(outside.times_s, at)
    title = (
        f"At {clock(said)}, {are(outside.at(said))} outside and "
        f"{people(inside.at(said))} in the room"
    )
    return title, (
        f"In the room and outside: most are outside at {clock(at)}, {people(outside.count[most])}, "
        f"while {are(inside.count[most])} in; most are in, {full}. {last}"
    )


def who_came_and_who_got_in(run, each=1.0):
    """Return the picture of people arriving against people joining, per minute."""
    minute, came = per_minute(run, "arrivals", each)
    joined = per_minute(run, "joins", each)[1]
    worst = int(np.argmax(came - joined))
    if not came.any():
        title = NOBODY_CAME
    elif came[worst] > joined[worst]:
        title = (
            f"In the minute from {clock(minute[worst])}, {people(came[worst])} came "
            f"and {people(joined[worst])} got in"
        )
    else:
        title = "In every minute as many got in as came"
    figure, axes = paper(title, f"People per minute{means_of(run)}", *span(run))
    lines = Minutes(axes, run)
    lines.draw(came, "came", GREEN, ls=DASHED, lw=2.2)
    lines.draw(joined, "got in", lw=2.6)
    lines.finish()
    sentence = _came_sentence(minute, came, joined, readings.rejoins(run) * each)
    return Picture(figure, sentence, title, {"seconds": minute, "came": came, "joined": joined})


def _came_sentence(minute, came, joined, again):
    if not came.any():
        return "Who came and who got in, per minute: nobody came."
    peak, most = int(np.argmax(came)), int(np.argmax(joined))
    got_in = (
        f"most got in in the minute from {clock(minute[most])} ({people(joined[most])})"
        if joined.any()
        else "nobody got in"
    )
    more = f", and {people(again)} times somebody joined again" if again else ""
    return (
        f"Who came and who got in, per minute: most came in the minute from {clock(minute[peak])} "
        f"({people(came[peak])}), {got_in}. In all {people(came.sum())} came and "
        f"{people(joined.sum() - again)} joined{more}."
    )
