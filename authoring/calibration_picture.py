"""The picture of what the published counts can and cannot tell: the misfit as each input is moved."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator
from PIL import Image

from authoring.fitting import MOVED
from loadbearing import cases
from loadbearing.pictures import GREY, INK, MIST, OTHERS, PAPER, SMALL, TITLE, Picture
from loadbearing.units import people

PNG = Path(__file__).resolve().parents[1] / "lessons" / "pictures" / "calibration.png"

LABELS = {
    "early_birds": "Early birds",
    "latecomers": "Latecomers",
    "handlers": "Handlers at the door",
    "at_the_start": "Crowd at the start",
    "gathering_s": "How slowly it gathers",
    "stays_s": "How long they stay",
    "timeout_s": "How long a client waits",
    "queue_s": "Length of the queue",
    "share_left": "Handlers left",
    "acts_s": "When someone acts",
}
COLUMNS = 5
DOTS = 150
SHADES = (1.0, 0.7, 0.4)
TOP = 2.6


def profiles(found):
    """Return the `Picture`: a small panel for each input, a line for each mechanism that has it."""
    moved = found["moved"]
    loose, inputs = moved["half_or_double"], moved["settings"]
    title = f"{loose} of {inputs} settings could be half or double: every published count would still be met"
    figure = Figure(figsize=(9.0, 5.2), facecolor=PAPER)
    figure.text(0.012, 0.955, title, fontsize=TITLE - 2, weight="bold", color=INK, va="center")
    under = (
        "How far off the worst count is, in tolerances, when one setting is moved and the fitted ones "
        "adapt. Grey: all met."
    )
    figure.text(0.012, 0.905, under, fontsize=SMALL - 1, color=GREY, va="center")
    rows = -(-len(MOVED) // COLUMNS)
    for at, key in enumerate(MOVED):
        row, column = divmod(at, COLUMNS)
        box = (0.035 + column * 0.196, 0.55 - row * 0.385, 0.168, 0.26)
        axes = _panel(figure, box, LABELS[key], row == rows - 1, column == 0)
        for name, (colour, style) in zip(found["cases"], OTHERS, strict=True):
            profile = found["cases"][name]["profiles"].get(key)
            if profile:
                heights = [min(far, 2 * TOP) for far in profile["misfit"]]
                axes.plot(found["factors"], heights, color=colour, ls=style, lw=1.8)
    _legend(figure, found)
    return Picture(figure, _sentence(found), title)


def _panel(figure, box, label, lowest, first):
    axes = figure.add_axes(box, facecolor=PAPER)
    axes.set_title(label, fontsize=SMALL - 1, color=INK, loc="left", pad=4)
    axes.axhspan(0, 1, color=MIST, lw=0)
    axes.set_xscale("log", base=2)
    axes.set_xlim(0.25, 4)
    axes.set_ylim(0, TOP)
    axes.xaxis.set_major_locator(FixedLocator([0.25, 0.5, 1, 2, 4]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels(["¼", "½", "1", "2", "4"])
    axes.yaxis.set_major_locator(FixedLocator([0, 1, 2]))
    axes.set_yticklabels(["0", "1", "2"] if first else [])
    axes.tick_params(colors=GREY, labelsize=SMALL - 2, length=2, pad=3)
    if lowest:
        axes.set_xlabel("times its value", fontsize=SMALL - 2, color=GREY, labelpad=2)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    return axes


def _legend(figure, found):
    axes = figure.add_axes((0.02, 0.005, 0.96, 0.055))
    axes.set_axis_off()
    axes.set_xlim(0, len(found["cases"]))
    for at, (name, (colour, style)) in enumerate(zip(found["cases"], OTHERS, strict=True)):
        axes.plot([at + 0.02, at + 0.2], [0, 0], color=colour, ls=style, lw=2.2)
        axes.text(at + 0.24, 0, cases.about(name).title, fontsize=SMALL - 1, color=INK, va="center")


def png(picture):
    """Return a picture as PNG bytes in a few colours, near enough to those drawn; the same bytes every time."""
    canvas = FigureCanvasAgg(picture.figure)
    picture.figure.set_dpi(DOTS)
    canvas.draw()
    drawn = Image.fromarray(np.asarray(canvas.buffer_rgba())[..., :3].copy())
    file = io.BytesIO()
    palette = drawn.quantize(palette=_palette(), dither=Image.Dither.NONE)
    palette.save(file, "PNG", optimize=True)
    return file.getvalue()


def _palette():
    """Return the colours that are drawn, and each lightened towards the paper, for the edges of letters and lines."""
    paper, *drawn = (
        np.array(to_rgb(one)) for one in (PAPER, MIST, INK, GREY, *(one for one, _ in OTHERS))
    )
    mixed = [paper, *(shade * one + (1 - shade) * paper for one in drawn for shade in SHADES)]
    image = Image.new("P", (1, 1))
    image.putpalette(np.round(255 * np.array(mixed)).astype(int).ravel().tolist())
    return image


def _sentence(found):
    moved = found["moved"]
    least, most = map(people, moved["at_2030"])
    return (
        f"Each of {moved['settings']} settings of {len(found['cases'])} mechanisms was moved in turn, the "
        f"calibrated others fitted anew. With {moved['half_or_double']} of them at half or at double their "
        "value every published count can still be met. Among all settings that meet the counts, between "
        f"{least} and {most} are in the room at 20:30, for which no count was published."
    )
