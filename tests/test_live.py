"""The picture that follows a knob: drawn in place, yet the same whatever was drawn before."""

import io

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from loadbearing import pictures, record
from loadbearing.pictures import Band, Curve, live, stamps
from loadbearing.pictures.paper import text_width

TIMES = np.arange(-1200.0, 7201.0)
POINTS = record.listener_points()


def rising(share):
    """A curve that reaches this share of a million people an hour after the start, and stays."""
    return Curve(TIMES, np.clip((TIMES + 1200) / 4800, 0, 1) * share * 1e6)


def sheet(**more):
    return live.LiveRoom(TIMES[0], TIMES[-1], 1_600_000, POINTS, **more)


def drawn(frame):
    return drawn_bytes(frame.png())


def drawn_bytes(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def test_what_was_drawn_before_leaves_nothing_behind():
    worn = sheet()
    for share in (0.9, 0.2, 0.6):
        worn.draw(rising(share))
    assert (drawn(worn.draw(rising(0.5))) == drawn(sheet().draw(rising(0.5)))).all()


def test_only_what_moves_changes():
    one, two = sheet(), sheet()
    low, high = drawn(one.draw(rising(0.3))), drawn(two.draw(rising(1.5)))
    tall, wide = low.shape[:2]
    below = slice(int(0.88 * tall), tall)
    assert (low[below] == high[below]).all(), "the clock times moved"
    left = (slice(int(0.25 * tall), tall), slice(0, int(0.115 * wide)))
    assert (low[left] == high[left]).all(), "the counts at the left moved"
    assert (low != high).any()


@pytest.mark.parametrize("people", [200_000, 700_000, 1_100_000])
def test_the_line_stands_where_its_time_and_its_number_of_people_are_on_the_axes(people):
    """From 20:30 on so many people, before nobody: dark at that height where the line is, and a step at its time."""
    room, half_past = sheet(), 1_800
    step = Curve(TIMES, np.where(half_past <= TIMES, people, 0))
    dark = drawn(room.draw(step)).min(axis=2) < 100
    place = room.axes.transData.transform
    for at_s in (2_100, 3_300, 4_500, 5_700):
        across, up = place((at_s, people))
        column = dark[:, round(across)]
        assert column[len(dark) - round(up)], f"no line at {people:,}, {at_s} s"
    across, _ = place((half_past, 0))
    high = len(dark) - round(place((0, people / 2))[1])
    assert round(across) - np.flatnonzero(dark[high, : round(across) + 5]).max() in range(-2, 4)


def test_title_and_sentence_are_those_of_the_picture_in_print():
    band = Band.around([rising(0.4), rising(1.2)])
    frame = sheet(band=band).draw(rising(0.7))
    printed = pictures.listeners_in_the_room(rising(0.7), points=POINTS, band=band)
    assert (frame.title, frame.sentence) == (printed.title, printed.sentence)


def test_the_run_before_is_named_and_drawn_behind():
    with_ghost = sheet(before=(rising(0.4), "last try"))
    assert [text for _, text, _ in with_ghost._named(rising(0.7))] == ["this\nevening", "last try"]
    assert (drawn(with_ghost.draw(rising(0.7))) != drawn(sheet().draw(rising(0.7)))).any()


def test_a_line_keeps_its_last_point_and_its_shape():
    whole = rising(0.8)
    few = live.thinned(whole)
    assert (few.times_s[0], few.times_s[-1]) == (TIMES[0], TIMES[-1])
    assert np.diff(few.times_s).max() <= live.EVERY_S
    assert np.abs(np.interp(TIMES, few.times_s, few.count) - whole.count).max() <= 0.01 * 1e6


def test_what_a_frame_sends_laid_on_its_sheet_is_the_whole_picture():
    room = sheet()
    frames = [room.draw(rising(share)) for share in (0.3, 1.5)]
    for frame in frames:
        on = drawn_bytes(frame.sheet.png).reshape(-1, 3).copy()
        number, left = divmod(len(frame.over()), 5)
        assert left == 0 and number < 0.1 * len(on)
        places = np.frombuffer(frame.over(), "<u4", number)
        on[places] = pictures.ink.palette()[
            np.frombuffer(frame.over(), np.uint8, number, 4 * number)
        ]
        assert (on.reshape(drawn(frame).shape) == drawn(frame)).all()
    assert frames[0].sheet is frames[1].sheet and sheet().sheet.number != room.sheet.number


CLAIM = "At 20:42, 1.22 million are in: more than\nthe 915,000 published"


def test_stamped_lines_stand_where_the_library_would_write_them():
    """Word for word, to a few pixels: the rows and columns that hold ink are the same."""
    written, stamped = blank_sheet(CLAIM), blank_sheet("")
    high, wide = stamped.shape[:2]
    stamps.lay_lines(
        stamped, CLAIM.split("\n"), 0.02 * wide, (1 - 0.878) * high, pictures.TITLE, "bold",
        pictures.INK, live.CLAIM_SPACING,
    )  # fmt: skip
    for axis in (0, 1):
        ends = [
            np.flatnonzero((one[..., 1] < 100).any(axis=axis))[[0, -1]]
            for one in (written, stamped)
        ]
        assert np.abs(ends[0] - ends[1]).max() <= 5
    assert (stamped[..., 1] < 100).sum() == pytest.approx((written[..., 1] < 100).sum(), rel=0.03)


def blank_sheet(claim):
    """Pixels of a sheet with this claim on it, as the library writes it, and nothing else."""
    figure = Figure(
        figsize=(pictures.WIDE, pictures.HIGH), facecolor=pictures.PAPER, dpi=pictures.ink.DOTS
    )
    figure.text(
        0.02, 0.878, claim, fontsize=pictures.TITLE, weight="bold", color=pictures.INK, va="bottom",
        linespacing=live.CLAIM_SPACING,
    )  # fmt: skip
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())


def test_a_stamp_over_the_edge_is_cut_and_one_outside_is_left_out():
    mark = stamps.stamp("word", 12, "bold", pictures.INK)
    paper = np.full((60, 60, 4), 255, np.uint8)
    for across, down in ((-300, 30), (300, 30), (30, -300), (30, 300)):
        stamps.lay_down(paper, mark, across, down)
    assert (paper == 255).all()
    stamps.lay_down(paper, mark, 40, 30)
    assert (paper[:, 40:] < 100).any() and (paper[:, :35] == 255).all()


def test_bytes_are_a_picture_of_the_numbers_given():
    numbers = np.arange(12, dtype=np.uint8).reshape(3, 4)
    colours = np.arange(36, dtype=np.uint8).reshape(12, 3)
    held = Image.open(io.BytesIO(live.png(numbers, colours)))
    assert (np.asarray(held) == numbers).all()
    assert (np.asarray(held.convert("RGB")) == colours[numbers]).all()


def test_every_shade_of_ink_is_the_nearest_grey():
    colours = pictures.ink.palette()
    for name in (pictures.PAPER, pictures.INK, pictures.GREY, pictures.PALE, pictures.MIST):
        green = int(pictures.ink.channels(name)[1])
        found = colours[live.nearest_shade()[green]]
        assert np.abs(found.astype(int) - pictures.ink.channels(name)).max() <= 1


@pytest.mark.parametrize("words", [3, 12, 30])
def test_a_claim_is_broken_where_it_would_be_too_wide(words):
    claim = " ".join(["listeners"] * words)
    lines = live.in_lines(claim).split("\n")
    assert " ".join(lines) == claim
    most = 0.96 * pictures.WIDE * 72
    assert all(text_width(one, pictures.TITLE, "bold") <= most for one in lines)
