"""The picture of faults and of what came after them: one bar for each, in hours."""

from __future__ import annotations

from matplotlib.ticker import FuncFormatter, MaxNLocator

from loadbearing.pictures.ink import GREY, INK, MIST, PALE, SMALL, TEXT
from loadbearing.pictures.paper import BOTTOM, RIGHT, TOP, blank
from loadbearing.pictures.picture import Picture
from loadbearing.units import duration

HOUR_S = 3600.0
THICK = 0.34


def faults_and_ways_back(rows):
    """Return the picture of some faults; `rows`: (name, seconds until it was mended, seconds until all was well)."""
    title = "Mending the fault was the short part"
    figure = blank(title, "Hours from the first fault: mended, and all well")
    axes = figure.add_axes((0.04, BOTTOM, RIGHT + 0.1 - 0.04, TOP - BOTTOM))
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.grid(axis="x", color=MIST, lw=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=GREY, labelsize=SMALL, length=0, pad=6)
    axes.set_yticks([])
    for at, (name, mended_s, well_s) in enumerate(rows):
        up = len(rows) - at
        mended, well = mended_s / HOUR_S, well_s / HOUR_S
        axes.barh(up, mended, THICK, color=INK)
        axes.barh(up, well - mended, THICK, left=mended, color=PALE)
        told = f"{name}: {duration(mended_s)} of {duration(well_s)}"
        axes.text(0, up + 0.25, told, fontsize=TEXT, color=INK, va="bottom")
    axes.set_ylim(0.6, len(rows) + 0.7)
    axes.set_xlim(0, None)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    said = "; ".join(
        f"{name}, mended after {duration(mended_s)}, all well after {duration(well_s)}"
        for name, mended_s, well_s in rows
    )
    return Picture(figure, f"Faults and ways back: {said}.", title, {"rows": list(rows)})
