"""The picture of unit 08's lesson: when a fault was seen, understood and mended, in public cases."""

from __future__ import annotations

from matplotlib.ticker import FixedLocator, FuncFormatter

from loadbearing.pictures.ink import GREEN, GREY, INK, LETTERS, MIST, PALE, PAPER, SMALL
from loadbearing.pictures.paper import BOTTOM, TOP, blank
from loadbearing.pictures.picture import Picture
from loadbearing.units import duration

SEEN, KNOWN, REMEDY = "seen", "known", "remedy"
"""What a case may tell: when somebody was at work or an alarm had come, when the cause was known, when a remedy was out
or all was over."""

LOOKS = {
    SEEN: dict(marker="o", ms=9, mfc=PAPER, mec=INK, mew=1.8),
    KNOWN: dict(marker="D", ms=8, color=GREEN),
    REMEDY: dict(marker="o", ms=9, color=INK),
}
COLOURS = {SEEN: INK, KNOWN: LETTERS[GREEN], REMEDY: INK}
LEFT = 0.33
FIRST_S, LAST_S = 60, 60_000
MARKS_S = {60: "1 minute", 600: "10 minutes", 3600: "1 hour", 36_000: "10 hours"}


def seen_known_remedied(rows):
    """Return the picture of how long public cases took; `rows`: (name, {SEEN, KNOWN or REMEDY: seconds}).

    A row without any times says that none were published. On a scale on which each long step is ten times the one
    before. Raises `ValueError` without a row that tells of a remedy.
    """
    remedies = [told[REMEDY] for _, told in rows if REMEDY in told]
    if not remedies:
        raise ValueError("rows is without any time of a remedy; give at least one.")
    title = f"From the fault to its remedy: {duration(min(remedies))} to {duration(max(remedies))}"
    figure = blank(title, "Time since the fault began; the scale is not even")
    axes = figure.add_axes((LEFT, BOTTOM, 0.95 - LEFT, TOP - BOTTOM))
    axes.set_facecolor("none")
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xscale("log")
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=6)
    axes.minorticks_off()
    axes.set_yticks(range(len(rows), 0, -1), [name.replace(", ", ",\n") for name, _ in rows])
    axes.tick_params(axis="y", labelcolor=INK, labelsize=SMALL, pad=14)
    for at, (_, told) in enumerate(rows):
        _row(axes, len(rows) - at, told)
    axes.set_xlim(FIRST_S, LAST_S)
    axes.set_ylim(0.5, len(rows) + 0.4)
    axes.xaxis.set_major_locator(FixedLocator(list(MARKS_S)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: MARKS_S.get(round(x), "")))
    said = "; ".join(f"{name}: {_said(told)}" for name, told in rows)
    return Picture(figure, f"{title}. {said}.", title, {"rows": list(rows)})


def _row(axes, up, told):
    """One case: its times on a line."""
    if not told:
        axes.text(FIRST_S, up, "no step published", fontsize=SMALL, color=GREY, va="center")
        return
    axes.plot([FIRST_S, max(told.values())], [up, up], color=PALE, lw=2.0, zorder=2)
    for what, at_s in told.items():
        axes.plot([at_s], [up], ls="", zorder=3, **LOOKS[what])
        axes.text(at_s, up - 0.2, what, fontsize=SMALL, color=COLOURS[what], va="top", ha="center")


def _said(told):
    return ", ".join(f"{what} after {duration(at)}" for what, at in told.items()) or (
        "no step published"
    )
