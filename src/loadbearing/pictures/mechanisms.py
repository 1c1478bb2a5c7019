"""The picture of several mechanisms that pass the same published counts."""

from __future__ import annotations

from loadbearing.pictures.curves import passes
from loadbearing.pictures.ink import OTHERS, PALE
from loadbearing.pictures.labels import labels_at, point_to
from loadbearing.pictures.listeners import draw_point
from loadbearing.pictures.paper import number, paper
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, people
from loadbearing.words import word


def same_points_other_evenings(curves, points, tell_apart_s):
    """Return the picture of several mechanisms against the published counts.

    `curves`: name -> `Curve`; `tell_apart_s`: the moment whose count would tell them apart.
    """
    first = next(iter(curves.values()))
    end = float(first.times_s[-1])
    there = {name: one.at(tell_apart_s) for name, one in curves.items()}
    low, high = min(there.values()), max(there.values())
    fit = sum(all(passes(one, point) for point in points) for one in curves.values())
    title = (
        f"{number(fit).capitalize()} mechanism{'s pass' if fit != 1 else ' passes'} every published count; "
        f"at {clock(tell_apart_s)} they differ by {people(high - low)}"
    )
    figure, axes = paper(title, word("listeners_in_the_room").axis, first.times_s[0], end)
    axes.axvline(tell_apart_s, color=PALE, lw=1)
    top = max(one.count.max() for one in curves.values())
    axes.set_ylim(0, 1.12 * max(1.0, top, *(p.bounds[1] for p in points)))
    for (name, one), (colour, style) in zip(curves.items(), OTHERS, strict=False):
        axes.plot(one.times_s, one.count, color=colour, ls=style, lw=2.4)
        axes.plot([tell_apart_s], [there[name]], "s", ms=6, color=colour)
    for point in points:
        draw_point(axes, point)
    point_to(axes, points[0], "published\ncounts")
    labels_at(axes, tell_apart_s, there)
    said = ", ".join(f"{name} {people(count)}" for name, count in there.items())
    sentence = (
        f"{number(fit).capitalize()} of {number(len(curves))} mechanisms pass all "
        f"{number(len(points))} published counts. In the room at {clock(tell_apart_s)}: {said}. "
        "No count for that moment was published."
    )
    data = {"seconds": first.times_s, **{name: one.count for name, one in curves.items()}}
    return Picture(figure, sentence, title, data)
