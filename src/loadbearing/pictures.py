"""Pictures: numbers in, one message out, said in the title and in a sentence.

Each function returns a `Picture`: a matplotlib figure and the computed sentence that is its alt text, its
caption and its text output, and the thing that tests check. Ink on paper; lines differ in style as well as
in colour; labels stand beside what they name. Vermilion and blue belong to the two readings and are never
used here. No global state: no pyplot, no rcParams.
"""

from __future__ import annotations

import dataclasses
import io
import textwrap
import threading

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from loadbearing.units import clock, duration, people, share
from loadbearing.words import word

PAPER, INK, GREY, PALE, MIST = "#fffdf8", "#1a1a1a", "#6b6b6b", "#a3a3a3", "#e4e1d8"
FAILURE_READING, STRESS_TEST_READING = "#d55e00", "#0072b2"
"""Wong's vermilion and blue: one for each reading, everywhere; no other thing wears them."""

OTHERS = (
    ("#1a1a1a", "-"),
    ("#009e73", (0, (5, 2))),
    ("#cc79a7", (0, (1.2, 1.6))),
    ("#e69f00", "-."),
)
"""Colour and line style of things compared: they differ even in grey."""

WIDE, HIGH, DOTS = 6.4, 4.2, 150
MOST_BYTES = 30_000
TITLE, TEXT, SMALL = 13, 11, 10
NEAR = 0.07
"""How near two labels may stand, as a share of the picture's height."""

_drawing = threading.Lock()
"""matplotlib lays out text with shared fonts: one picture is drawn at a time."""


@dataclasses.dataclass(frozen=True, eq=False)
class Picture:
    """A figure and the sentence that says what it shows."""

    figure: Figure
    sentence: str
    title: str

    def png(self, dots=DOTS):
        """Return the picture as PNG bytes: few colours, at most 30 kB, the same bytes every time."""
        from PIL import Image

        with _drawing:
            canvas = FigureCanvasAgg(self.figure)
            self.figure.set_dpi(dots)
            canvas.draw()
            drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
        for colours in (32, 16, 8):
            file = io.BytesIO()
            palette = drawn.quantize(colours, dither=Image.Dither.NONE)
            palette.save(file, "PNG", optimize=True)
            if file.tell() <= MOST_BYTES:
                break
        return file.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        about = {"image/png": {"alt": self.sentence, "width": round(WIDE * 100)}}
        return {"text/plain": self.sentence, "image/png": self.png()}, about

    def __repr__(self):
        return self.sentence


@dataclasses.dataclass(frozen=True, eq=False)
class Curve:
    """How many there are at each moment: `times_s` and `count`, two arrays of one length."""

    times_s: np.ndarray
    count: np.ndarray

    def at(self, time_s):
        """Return the count at a time in seconds from the announced start."""
        return float(np.interp(time_s, self.times_s, self.count))


@dataclasses.dataclass(frozen=True, eq=False)
class Band:
    """Where other evenings with the same settings went: lowest and highest count at each moment."""

    times_s: np.ndarray
    low: np.ndarray
    high: np.ndarray
    number: int

    @classmethod
    def around(cls, curves):
        """Return the band around some curves, at the times of the first."""
        times = curves[0].times_s
        counts = np.array([np.interp(times, one.times_s, one.count) for one in curves])
        return cls(times, counts.min(axis=0), counts.max(axis=0), len(curves))

    def at(self, time_s):
        """Return (lowest, highest) at a time."""
        low = np.interp(time_s, self.times_s, self.low)
        return float(low), float(np.interp(time_s, self.times_s, self.high))


def passes(curve, point):
    """Tell whether a curve passes a published count, within the tolerance of the record's point."""
    return abs(point.misfit(max(0.0, curve.at(point.t)))) <= 1


def room(run, each=1.0):
    """Return the listeners in the room over time; each simulated listener stands for `each` people."""
    return Curve(run.seconds["second"] + 1.0, run.seconds["inside"] * each)


def listeners_in_the_room(now, *, points=(), band=None, before=None):
    """Return the picture of the room: this evening, the one before, other evenings, published counts.

    `now`, `before`: `Curve`; `points`: the record's `ListenerPoint`s; `band`: a `Band` of other evenings.
    """
    end = float(now.times_s[-1])
    title, met = _room_claim(now, points)
    figure, axes = _paper(title, word("listeners_in_the_room").axis, now.times_s[0], end)
    beside = []
    if band:
        axes.fill_between(band.times_s, band.low, band.high, color=MIST, linewidth=0)
        beside.append((sum(band.at(end)) / 2, f"{band.number} other\nevenings", GREY))
    if before:
        axes.plot(before.times_s, before.count, color=PALE, lw=1.6, ls=(0, (5, 2)))
        beside.append((before.at(end), "last try", GREY))
    axes.plot(now.times_s, now.count, color=INK, lw=2.6, solid_capstyle="round")
    beside.append((now.at(end), "this\nevening", INK))
    tops = [now.count.max(), *(p.bounds[1] for p in points)]
    tops += [one.max() for one in (band and band.high, before and before.count) if one is not None]
    axes.set_ylim(0, 1.08 * max(1.0, *tops))
    for point in points:
        _draw_point(axes, point)
    if points:
        _point_to(axes, points[0], "published\ncounts")
    _beside(axes, beside)
    return Picture(figure, _room_sentence(now, points, met, band), title)


def _room_claim(now, points):
    met = [point for point in points if passes(now, point)]
    if not points:
        most = int(np.argmax(now.count))
        return f"The room is fullest at {clock(now.times_s[most])}: {people(now.count[most])}", met
    missed = [point for point in points if point not in met]
    if not missed:
        return f"This evening passes all {_number(len(points))} published counts", met
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
    figure, axes = _paper(title, "People per minute", minute[0], minute[-1] + 60)
    middle = minute + 30
    axes.plot(middle, came, color="#009e73", lw=2.2, ls=(0, (5, 2)))
    axes.plot(middle, joined, color=INK, lw=2.6)
    axes.set_ylim(0, 1.12 * max(1.0, came.max(), joined.max()))
    peak = int(np.argmax(came))
    axes.annotate(
        "came", (middle[peak], came[peak]), (8, 0), textcoords="offset points",
        color="#007a58", fontsize=TEXT, weight="bold",
    )  # fmt: skip
    _beside(axes, [(joined[-1], "got in", INK)])
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


def time_to_join(run, before=None):
    """Return the picture of how long people needed: the share of the crowd in within so many minutes.

    `before`: another run, drawn as a ghost.
    """
    waited, share_in = _joined_within(run)
    middle = _needed(waited, 0.5)
    if middle is None:
        title = f"Fewer than half ever got in: {share(share_in)} of those who came"
    else:
        title = f"Half of those who came were in within {duration(middle)}"
    figure, axes = _paper(title, word("share_in").axis, 0, 3600)
    _minutes_axis(axes)
    minutes = np.linspace(0, 3600, 361)
    if before is not None:
        axes.plot(minutes, _within(_joined_within(before)[0], minutes), color=PALE, ls=(0, (5, 2)))
    held = _within(waited, minutes)
    axes.plot(minutes, held, color=INK, lw=2.6)
    axes.set_ylim(0, 1.05)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: share(min(max(y, 0), 1))))
    if middle is not None and middle <= 3600:
        axes.plot([middle], [0.5], "o", ms=8, mfc=PAPER, mec=INK, mew=1.8)
        axes.annotate(
            f"half: {duration(middle)}", (middle, 0.5), (10, -14), textcoords="offset points",
            fontsize=TEXT, color=INK,
        )  # fmt: skip
    _beside(axes, [(held[-1], "in within\nan hour", INK)])
    late = _needed(waited, 0.9)
    sentence = f"Time to join: {share(share_in)} of those who came got in; " + (
        "fewer than half ever did." if middle is None else f"half within {duration(middle)}"
        + (f", nine in ten within {duration(late)}." if late is not None else "; not nine in ten.")
    )  # fmt: skip
    return Picture(figure, sentence, title)


def _joined_within(run):
    """Return (seconds each one who came needed to join, inf for never; share who joined)."""
    mine = run.listeners
    came = mine[mine["arrived"] <= run.evening.ends_s]
    waited = np.where(np.isnan(came["joined"]), np.inf, came["joined"] - came["arrived"])
    waited = np.sort(waited)
    return waited, (float(np.isfinite(waited).mean()) if len(waited) else 0.0)


def _needed(waited, part):
    """Return how long this part of the crowd needed, or None if fewer ever got in."""
    if not len(waited):
        return None
    needed = waited[min(len(waited) - 1, max(0, int(np.ceil(part * len(waited))) - 1))]
    return float(needed) if np.isfinite(needed) else None


def _within(waited, times):
    return np.searchsorted(waited, times, side="right") / max(1, len(waited))


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
        f"{_number(fit).capitalize()} mechanisms pass every published count; "
        f"at {clock(tell_apart_s)} they differ by {people(high - low)}"
    )
    figure, axes = _paper(title, word("listeners_in_the_room").axis, first.times_s[0], end)
    axes.axvline(tell_apart_s, color=PALE, lw=1)
    top = max(one.count.max() for one in curves.values())
    axes.set_ylim(0, 1.12 * max(1.0, top, *(p.bounds[1] for p in points)))
    for (name, one), (colour, style) in zip(curves.items(), OTHERS, strict=False):
        axes.plot(one.times_s, one.count, color=colour, ls=style, lw=2.4)
        axes.plot([tell_apart_s], [there[name]], "s", ms=6, color=colour)
    for point in points:
        _draw_point(axes, point)
    _point_to(axes, points[0], "published\ncounts")
    _labels_at(axes, tell_apart_s, there)
    said = ", ".join(f"{name} {people(count)}" for name, count in there.items())
    sentence = (
        f"{_number(fit).capitalize()} of {_number(len(curves))} mechanisms pass all "
        f"{_number(len(points))} published counts. In the room at {clock(tell_apart_s)}: {said}. "
        "No count for that moment was published."
    )
    return Picture(figure, sentence, title)


def _draw_point(axes, point):
    """A published count as a hollow dot, with a bar as long as its tolerance."""
    low, high = point.bounds
    axes.errorbar(
        [point.t], [point.value], yerr=[[point.value - low], [high - point.value]], fmt="o", ms=8,
        mfc=PAPER, mec=INK, mew=1.8, ecolor=INK, elinewidth=1.6, capsize=4, zorder=5,
    )  # fmt: skip


def _labels_at(axes, at_s, there):
    """Write each name to the right of its mark, moved apart where they would touch."""
    names = sorted(there, key=there.get)
    heights = _apart([there[name] for name in names], axes.get_ylim()[1])
    for name, height in zip(names, heights, strict=True):
        axes.text(
            at_s + 110, height, name, fontsize=SMALL, color=INK, va="center",
            bbox=dict(facecolor=PAPER, edgecolor="none", pad=1, alpha=0.85), zorder=6,
        )  # fmt: skip


# --- paper and ink -------------------------------------------------------------------------------


def _paper(title, axis, left_s, right_s):
    """Return (figure, axes): claim on top, what is counted under it, clock times below."""
    figure = Figure(figsize=(WIDE, HIGH), facecolor=PAPER)
    axes = figure.add_axes((0.115, 0.13, 0.74, 0.675), facecolor=PAPER)
    lines = textwrap.fill(title, 52)
    figure.text(
        0.02, 0.88, lines, fontsize=TITLE, weight="bold", color=INK, va="bottom", linespacing=1.15
    )
    figure.text(0.02, 0.845, axis, fontsize=SMALL, color=GREY, va="center")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.grid(axis="y", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=5)
    axes.set_xlim(left_s, right_s)
    marks = np.arange(np.ceil(left_s / 1800) * 1800, right_s + 1, 1800)
    axes.xaxis.set_major_locator(FixedLocator(marks))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: clock(x)))
    axes.set_xlabel(word("clock_time").axis, fontsize=SMALL, color=GREY)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: _short(y)))
    return figure, axes


def _minutes_axis(axes):
    axes.xaxis.set_major_locator(FixedLocator(np.arange(0, 3601, 600)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x / 60:.0f}"))
    axes.set_xlabel(
        f"{word('time_to_join').name.capitalize()} (minutes)", fontsize=SMALL, color=GREY
    )


def _short(count):
    """A tick: 250 k, 1 M."""
    if count >= 1e6:
        return f"{count / 1e6:g} M"
    return f"{count / 1e3:g} k" if count >= 1e3 else f"{count:g}"


def _beside(axes, labels):
    """Write labels at the right of the picture, at their heights, moved apart where they would touch."""
    labels = sorted(labels, key=lambda one: one[0])
    heights = _apart([height for height, _, _ in labels], axes.get_ylim()[1], 1.75)
    right = axes.get_xlim()[1]
    for height, (_, text, colour) in zip(heights, labels, strict=True):
        axes.text(
            right, height, "  " + text.replace("\n", "\n  "), fontsize=SMALL, color=colour, va="center",
            weight="bold" if colour == INK else "normal", linespacing=1.05, clip_on=False,
        )  # fmt: skip


def _apart(heights, top, lines=1.0):
    """Return rising heights moved up, then down, until they stand at least a line apart within 0 and top."""
    gap = NEAR * lines * top
    moved = []
    for height in heights:
        moved.append(max(height, moved[-1] + gap) if moved else max(height, 0.03 * top))
    for at in range(len(moved) - 1, -1, -1):
        ceiling = top if at == len(moved) - 1 else moved[at + 1] - gap
        moved[at] = min(moved[at], ceiling)
    return moved


def _point_to(axes, point, text):
    """Name the published counts where nothing else is drawn: left of the first, above it."""
    left = axes.get_xlim()[0]
    axes.annotate(
        text, (point.t, point.bounds[1]), (left + 90, 0.36 * axes.get_ylim()[1]), fontsize=SMALL,
        color=INK, va="center", linespacing=1.05,
        arrowprops=dict(arrowstyle="-", color=GREY, lw=0.8, shrinkB=3),
    )  # fmt: skip


def _number(count):
    """A small number in letters."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[count] if count < len(words) else str(count)
