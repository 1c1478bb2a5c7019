"""Pictures of events one after another: the place at which each failed, and what a published line would tell."""

from __future__ import annotations

import numpy as np

from loadbearing.pictures.ink import (
    DASHED,
    GREEN,
    GREY,
    INK,
    LETTERS,
    MIST,
    PALE,
    PAPER,
    SMALL,
    TEXT,
)
from loadbearing.pictures.paper import blank, number, short
from loadbearing.pictures.picture import Picture
from loadbearing.units import people, share

LEFT, RIGHT, BOTTOM, TOP = 0.175, 0.98, 0.215, 0.80
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def further_in(events, places, behind=None, called="event"):
    """Return the picture of where each of some events failed, the places one behind the other from below upwards.

    `events`: [(place or None if it went well, most people at once, share with the promise kept, places mended)];
    `places`: from outside inwards; `behind`: other events of the same form, drawn pale. `called`: what one is.
    """
    title, sentence = _claim(events, places, called), _sentence(events, called)
    figure = blank(title, "Where it failed, and the most in the room at once")
    axes = figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    at = {place: row for row, place in enumerate((*places, None))}
    axes.set_ylim(-0.45, len(places) + 0.62)
    axes.set_xlim(0.45, max(len(events), len(behind or ())) + 0.62)
    for row in range(len(places) + 1):
        axes.axhline(row, color=MIST, lw=0.8, zorder=0)
    axes.set_yticks(range(len(places) + 1), [f"the {place}" for place in places] + ["went well"])
    axes.tick_params(axis="y", colors=INK, labelsize=TEXT, length=0, pad=8)
    axes.tick_params(axis="x", colors=INK, labelsize=SMALL, length=0, pad=6)
    axes.set_xticks(
        range(1, len(events) + 1),
        [f"{n}\n{share(one[2])}" for n, one in enumerate(events, 1)],
        linespacing=1.3,
    )
    for x, (_, _, _, mended) in enumerate(events, 1):
        for place in mended:
            axes.plot(x, at[place], "s", ms=9, mfc=GREEN, mec=PAPER, alpha=1, zorder=1)
    if behind:
        x, y = np.arange(1, len(behind) + 1), [at[one[0]] for one in behind]
        axes.plot(x, y, color=PALE, lw=1.4, ls=DASHED, zorder=2)
        axes.plot(x, y, "o", ms=7, mfc=PAPER, mec=PALE, zorder=2)
    x, y = np.arange(1, len(events) + 1), [at[one[0]] for one in events]
    axes.plot(x, y, color=INK, lw=1.8, zorder=3)
    for here, (place, most, _, _) in zip(x, events, strict=True):
        well = place is None
        axes.plot(
            here, at[place], "o" if well else "X", ms=11, mfc=PAPER if well else INK,
            mec=INK if well else PAPER, mew=2.2 if well else 1.0, zorder=5,
        )  # fmt: skip
        axes.annotate(
            short(float(f"{most:.2g}")), (here, at[place]), (0, 9), textcoords="offset points",
            fontsize=SMALL, color=INK, ha="center", va="bottom", zorder=6,
            bbox=dict(facecolor=PAPER, edgecolor="none", pad=0.6),
        )  # fmt: skip
    figure.text(
        0.02, 0.078, f"{called.capitalize()}, and\npromise kept", fontsize=SMALL, color=GREY,
        va="bottom", linespacing=1.35,
    )  # fmt: skip
    figure.text(
        0.98, 0.02, "green: mended beforehand", fontsize=SMALL, color=LETTERS[GREEN], ha="right",
        va="bottom",
    )  # fmt: skip
    data = {"place": np.array(y), "most": np.array([one[1] for one in events])}
    return Picture(figure, sentence, title, data)


def _claim(events, places, called):
    """What the row of places says."""
    found = [one[0] for one in events]
    failed = [place for place in found if place is not None]
    if not failed:
        return f"All {number(len(events))} {called}s went well"
    wells = [n for n, place in enumerate(found) if place is None]
    again = len(failed) - len(set(failed))
    if len(set(failed)) == 1 and not wells:
        return f"The same place, {number(len(failed))} times"
    depth = [places.index(place) for place in failed]
    inwards = depth == sorted(depth) and not again
    if inwards and wells and wells[0] == len(failed):
        times = number(len(failed))
        moved = f"{times} failures, each at another place" if len(failed) > 1 else "one failure"
        return f"{moved[0].upper()}{moved[1:]}; the {ORDINALS[wells[0]]} {called} goes well"
    if inwards:
        return "Each failure is further in than the one before"
    back = f"{number(again)} at a place that had failed before" if again else "never the same place"
    return f"{number(len(failed)).capitalize()} failures of {number(len(events))}, {back}"


def _where(place):
    return f"{'in' if place == 'room' else 'at'} the {place}"


def _sentence(events, called):
    """Where each failed, which went well, and the two measures of all of them in their order."""
    failed = [f"{n} {_where(one[0])}" for n, one in enumerate(events, 1) if one[0] is not None]
    well = [str(n) for n, one in enumerate(events, 1) if one[0] is None]
    told = [f"Failed: {called} {', '.join(failed)}."] if failed else []
    told += [f"Went well: {called} {', '.join(well)}."] if well else []
    most = ", ".join(people(one[1]) for one in events)
    kept = ", ".join(share(one[2]) for one in events)
    return f"{' '.join(told)} Most in the room, in their order: {most}. Promise kept: {kept}."


def well_by_event(shares, behind=None, companies=200):
    """Return the picture of the share of many companies whose first, second, third ... event goes well.

    `shares`: one for each event; `behind`: others, drawn pale; `companies`: how many there are.
    """
    best = max(range(len(shares)), key=lambda n: shares[n])
    title = (
        "No event goes well at any company"
        if not shares[best]
        else f"At event {len(shares)}, {share(shares[-1])} of companies have a good evening"
    )
    figure = blank(title, f"Of {people(companies)} companies, those whose event goes well")
    axes = figure.add_axes((0.1, 0.17, 0.86, TOP - 0.17))
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    x = np.arange(1, len(shares) + 1)
    axes.bar(x, shares, 0.6, color=MIST, edgecolor=INK, lw=1.4)
    for n, value in zip(x, shares, strict=True):
        axes.annotate(
            share(value), (n, value), (0, 4), textcoords="offset points", ha="center", va="bottom",
            fontsize=SMALL, color=INK,
        )  # fmt: skip
    if behind:
        axes.plot(np.arange(1, len(behind) + 1), behind, "D", ms=7, mfc=PAPER, mec=PALE, mew=2)
    axes.set_ylim(0, 1.12)
    axes.set_yticks([])
    axes.set_xticks(x, [f"event {n}" if n == 1 else str(n) for n in x])
    axes.tick_params(axis="x", colors=GREY, labelsize=SMALL, length=0, pad=6)
    told = "; ".join(f"event {n}: {share(value)}" for n, value in zip(x, shares, strict=True))
    sentence = f"Of {people(companies)} companies, those whose event goes well: {told}."
    return Picture(figure, sentence, title, {"well": np.array(shares, float)})


def what_one_line_tells(rows):
    """Return the picture of how many mechanisms a published line leaves to an outsider.

    `rows`: [(line, mechanisms left at most)], the first of them what was published.
    """
    published, most = rows[0]
    best = min(left for _, left in rows)
    title = (
        f"The published counts leave {number(most)} explanations; one line more would leave "
        f"{number(best)}"
    )
    figure = blank(title, "Mechanisms that an outsider cannot tell apart")
    axes = figure.add_axes((0.44, 0.06, 0.53, 0.76))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlim(0, most + 0.35)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xticks([])
    axes.set_yticks(range(len(rows)), [line for line, _ in rows][::-1])
    axes.tick_params(axis="y", colors=INK, labelsize=SMALL, length=0, pad=6)
    for at, (_, left) in enumerate(rows[::-1]):
        axes.plot(np.arange(left) + 0.3, [at] * left, "o", ms=10, mfc=INK if left == 1 else PAPER,
                  mec=INK, mew=1.6)  # fmt: skip
        axes.text(left - 0.4, at - 0.02, str(left), fontsize=SMALL, color=INK, va="center")
    told = "; ".join(f"{line}: {left}" for line, left in rows)
    sentence = f"How many of {most} mechanisms each line leaves: {told}."
    return Picture(figure, sentence, title, {"left": np.array([left for _, left in rows])})
