"""Every picture of every kind of evening can be read: at 400 pixels, in print, on a dark page, by everybody."""

import concurrent.futures
import io
import itertools
import subprocess
import sys

import gallery
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from PIL import Image

from loadbearing import pictures
from loadbearing.pictures import ink
from loadbearing.pictures.labels import COLUMNS, Named, name_lines
from loadbearing.pictures.paper import blank, ruled, text_width, wrapped

NARROW = 400
"""Pixels: the width at which every picture must still be read."""

SMALLEST, TOUCH = 9.0, 1.0
"""Pixels: the smallest letter, and by how much two texts may meet without being seen to."""

MANY = "several runs"
EVENINGS = [*gallery.cases.names(), *gallery.ODD, MANY]


def pictures_of(name):
    return gallery.of_many() if name == MANY else gallery.of_a_run(name)


def texts_of(figure):
    """Everything written in a figure that is seen."""
    yield from (one for one in figure.texts)
    for axes in figure.axes:
        yield from axes.texts
        yield from (axes.xaxis.label, axes.yaxis.label)
        for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            low, high = sorted(limits)
            for tick in axis.get_major_ticks():
                if low <= tick.get_loc() <= high and tick.label1.get_visible() and axes.axison:
                    yield tick.label1


def boxes_of(picture):
    """(text, box in pixels, letter in pixels) of everything written, at the narrow width."""
    figure = picture.figure
    canvas = FigureCanvasAgg(figure)
    figure.set_dpi(NARROW / figure.get_figwidth())
    canvas.draw()
    renderer = canvas.get_renderer()
    for text in texts_of(figure):
        if text.get_visible() and text.get_text().strip():
            letter = text.get_fontsize() * figure.dpi / 72
            yield text.get_text(), text.get_window_extent(renderer), letter


@pytest.mark.parametrize("name", EVENINGS)
def test_everything_written_is_large_enough_and_touches_nothing(name):
    for kind, picture in pictures_of(name).items():
        written = [*boxes_of(picture)]
        wide, high = picture.figure.bbox.size
        assert wide == NARROW
        for text, box, letter in written:
            where = f"{name}, {kind}: {text!r}"
            assert letter >= SMALLEST, f"{where} is {letter:.1f} pixels high"
            inside = box.x0 >= -TOUCH and box.x1 <= wide + TOUCH and box.y0 >= -TOUCH
            assert inside and box.y1 <= high + TOUCH, f"{where} leaves the picture"
        for (one, a, _), (two, b, _) in itertools.combinations(written, 2):
            across = min(a.x1, b.x1) - max(a.x0, b.x0)
            up = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert across <= TOUCH or up <= TOUCH, f"{name}, {kind}: {one!r} lies on {two!r}"


@pytest.mark.parametrize("name", EVENINGS)
def test_a_claim_takes_two_lines_at_most_and_a_sentence_says_more(name):
    for kind, picture in pictures_of(name).items():
        assert wrapped(picture.title).count("\n") <= 1, f"{name}, {kind}: {picture.title}"
        assert not picture.title[0].islower() and not picture.title.endswith("."), picture.title
        assert picture.sentence.endswith(".") and "  " not in picture.sentence, picture.sentence
        for never in (" nan", " inf", " None ", " 1 are "):
            assert never not in f"{picture.title} {picture.sentence} ", f"{name}, {kind}: {never}"


@pytest.mark.parametrize("name", EVENINGS)
def test_the_numbers_behind_a_picture_come_along(name):
    for kind, picture in pictures_of(name).items():
        assert picture.data, f"{name}, {kind}"
        for key, column in picture.data.items():
            assert isinstance(column, np.ndarray) and len(column), f"{name}, {kind}: {key}"


def test_a_long_title_is_broken_into_lines_of_about_one_length():
    first, second = wrapped(
        "A claim that is somewhat longer than one line of a picture can be"
    ).split("\n")
    assert abs(text_width(first, ink.TITLE, "bold") - text_width(second, ink.TITLE, "bold")) < 120
    assert wrapped("A short one") == "A short one"


# --- names beside lines --------------------------------------------------------------------------


def named(*heights):
    """Axes with lines through these heights, named; returns (axes, lines)."""
    axes = ruled(blank("A claim", "People").add_axes((0.125, 0.145, 0.72, 0.655)))
    x = np.linspace(0, 100, len(heights[0]))
    lines = [
        Named(x, np.asarray(one, float), f"line {at}", ink.OTHERS[at][0])
        for at, one in enumerate(heights)
    ]
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 1.2 * max(max(one) for one in heights))
    name_lines(axes, lines)
    return axes, lines


def boxes_in_data(axes):
    figure = axes.get_figure()
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    for text in axes.texts:
        box = text.get_window_extent(canvas.get_renderer())
        yield text.get_text(), box.transformed(axes.transData.inverted())


WAVES = np.linspace(0, 12, 400)


@pytest.mark.parametrize(
    "heights",
    [
        [[0, 10], [10, 0]],
        [[5, 5], [5.5, 5.5]],
        [[5, 5], [5.5, 5.5], [6, 6]],
        [10 + 9 * np.sin(WAVES), 10 + 9 * np.cos(WAVES)],
        [10 + 9 * np.sin(WAVES), np.full(400, 10), 10 - 9 * np.sin(WAVES)],
        [[0, 0, 0, 10, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0]],
    ],
)
def test_a_name_stands_near_its_own_line_and_on_none(heights):
    axes, lines = named(*heights)
    step = (axes.get_xlim()[1] - axes.get_xlim()[0]) / COLUMNS
    texts = dict(boxes_in_data(axes))
    assert len(texts) == len(lines)
    tall = axes.get_ylim()[1] / 198  # a point
    for text, box in texts.items():
        x = np.linspace(box.x0, box.x1, 50)
        for line in lines:
            y = np.interp(x, line.x, line.y)
            crossed = (y > box.y0 + tall) & (y < box.y1 - tall) & (x < axes.get_xlim()[1])
            assert not crossed.any(), f"{line.text} runs through {text!r}"
        far = {
            line.text: np.min(
                np.hypot(
                    np.maximum(np.maximum(box.x0 - line.x, line.x - box.x1), 0) / step * 4.2,
                    np.maximum(np.maximum(box.y0 - line.y, line.y - box.y1), 0) / tall,
                )
            )
            for line in lines
        }
        assert far[text] <= min(far.values()) + 6, f"{text!r} is nearer to another line: {far}"


# --- colours, and those who see them otherwise ---------------------------------------------------

# Machado, Oliveira and Fernandes, A physiologically-based model for simulation of color vision deficiency, IEEE
# Transactions on Visualization and Computer Graphics 15 (6), 2009, table 1, severity 1: on linear red, green, blue.
VISION = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
APART = 20.0
"""CIE 1976 colour difference between two lines of one style: ten times what is just seen in two patches."""

XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colours):
    """sRGB, 0 to 255, as linear light (IEC 61966-2-1)."""
    held = np.asarray(colours, float) / 255
    return np.where(held <= 0.04045, held / 12.92, ((held + 0.055) / 1.055) ** 2.4)


def lab(colours, vision="usual"):
    """CIE Lab (1976, white D65) of colours as somebody sees them."""
    seen = (linear(colours) @ VISION[vision].T).clip(0, 1)
    part = seen @ XYZ.T / (XYZ.sum(axis=1))
    f = np.where(part > (6 / 29) ** 3, np.cbrt(part), part / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1
    )


def contrast(one, two):
    """Contrast of two colours (WCAG 2: relative luminance, 1 to 21)."""
    bright = sorted(float(linear(each) @ XYZ[1]) for each in (one, two))
    return (bright[1] + 0.05) / (bright[0] + 0.05)


def as_shown(colour, look):
    return ink.as_seen(ink.channels(colour)[None, :], look)[0]


def style(line):
    return str(line.get_linestyle()), tuple(line.__dict__.get("_unscaled_dash_pattern") or ())


def test_the_lab_of_known_colours():
    # White, black, and the red of sRGB: Lab 53.2, 80.1, 67.2.
    assert lab([[255, 255, 255], [0, 0, 0], [255, 0, 0]]) == pytest.approx(
        np.array([[100, 0, 0], [0, 0, 0], [53.2, 80.1, 67.2]]), abs=0.15
    )
    for matrix in VISION.values():
        assert matrix.sum(axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("look", ["light", "dark", "grey"])
@pytest.mark.parametrize("name", ["retry_flood", "dead work", MANY])
def test_two_lines_differ_in_style_or_clearly_in_colour_to_everybody(name, look):
    for kind, picture in pictures_of(name).items():
        for axes in picture.figure.axes:
            lines = {
                (to_hex(one.get_color()), style(one))
                for one in axes.lines
                if len(one.get_xdata()) > 1 and one.get_linestyle() != "None"
            }
            lines = {one for one in lines if one[0] != pictures.PAPER}
            for one, two in itertools.combinations(sorted(lines, key=str), 2):
                if one[1] != two[1]:
                    continue
                for vision in VISION:
                    seen = lab([as_shown(one[0], look), as_shown(two[0], look)], vision)
                    far = float(np.linalg.norm(seen[0] - seen[1]))
                    assert far >= APART, (
                        f"{name}, {kind}, {look}, {vision}: {one} and {two}, {far:.0f}"
                    )


def test_what_is_compared_differs_in_style_each_from_each():
    styles = [str(one) for _, one in pictures.OTHERS]
    assert len(set(styles)) == len(styles)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_letters_and_lines_stand_out_from_the_paper(look):
    paper = as_shown(ink.PAPER, look)
    letters = [ink.INK, ink.GREY, *ink.LETTERS.values()]
    lines = [colour for colour, _ in pictures.OTHERS] + [ink.PALE]
    for colours, least in ((letters, 4.5), (lines, 3.0)):
        for colour in colours:
            assert contrast(as_shown(colour, look), paper) >= least, f"{colour} on {look}"


@pytest.mark.parametrize("vision", VISION)
def test_the_shades_of_the_map_rise_evenly_for_everybody(vision):
    from loadbearing.pictures.settings_map import RAMP

    shades = lab([ink.channels(one) for one in (ink.PAPER, *RAMP)], vision)
    assert (np.diff(shades[:, 0]) < -5).all()
    assert (np.linalg.norm(np.diff(shades, axis=0), axis=1) > 6).all()


# --- looks ---------------------------------------------------------------------------------------


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), int)


def test_the_dark_look_turns_light_into_dark_and_keeps_the_hue():
    assert as_shown("#000000", "dark") == pytest.approx([255] * 3, abs=1)
    assert as_shown("#ffffff", "dark") == pytest.approx([29, 29, 29], abs=1)  # 0.1 × 1.15 × 255
    red, green, blue = as_shown(ink.GREEN, "dark")
    assert green > blue > red  # as in the light: 158, 115, 0


def test_the_grey_look_is_grey_and_as_bright_as_the_colour():
    assert as_shown("#ffffff", "grey") == pytest.approx([255] * 3)
    assert as_shown("#00ff00", "grey") == pytest.approx([0.7152 * 255] * 3)


@pytest.mark.parametrize("look", pictures.LOOKS)
@pytest.mark.parametrize("width", [400, 640, 960])
def test_a_picture_has_the_look_and_the_width_that_were_asked_for(look, width):
    picture = gallery.of_a_run("retry_flood")["attempts"]
    drawn = pixels(picture.png(look, width))
    assert drawn.shape[1] == width
    assert drawn[0, 0] == pytest.approx(as_shown(ink.PAPER, look), abs=1)
    if look == "grey":
        assert (drawn == drawn[..., :1]).all()
    else:
        light = pixels(picture.png("light", width))
        assert (drawn == light).all() if look == "light" else (drawn[0, 0] < light[0, 0]).all()


def test_an_unknown_look_is_answered_with_a_sentence():
    with pytest.raises(ValueError, match="look is 'night'; choose one of: light, dark, grey."):
        gallery.of_a_run("retry_flood")["attempts"].png("night")


def test_a_finished_picture_shows_the_colours_that_were_drawn():
    picture = gallery.of_a_run("retry_flood")["attempts"]
    drawn = {tuple(one) for one in pixels(picture.png()).reshape(-1, 3)}
    for colour in (ink.PAPER, ink.INK, ink.PINK, ink.OCHRE):
        assert tuple(ink.channels(colour).astype(int)) in drawn, colour


@pytest.mark.parametrize("name", EVENINGS)
def test_every_picture_is_small(name):
    for kind, picture in pictures_of(name).items():
        assert len(picture.png()) <= pictures.MOST_BYTES, f"{name}, {kind}"


# --- drawing -------------------------------------------------------------------------------------


def test_pictures_drawn_at_once_are_those_drawn_one_by_one():
    def draw(_):
        fresh = gallery.of_a_run.__wrapped__("retry_flood")
        return [one.png(width=400) for one in fresh.values()]

    alone = draw(0)
    with concurrent.futures.ThreadPoolExecutor(3) as together:
        assert all(found == alone for found in together.map(draw, range(3)))


def test_no_window_system_is_started():
    told = (
        "import sys, numpy as np; from loadbearing import pictures;"
        "pictures.listeners_in_the_room(pictures.Curve(np.arange(9.0), np.arange(9.0))).png();"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", told], check=True)
