"""Front pages on paper: nothing overflows, nothing is missing, nothing is asked of the computer that opens them."""

import base64
import dataclasses
import itertools
import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from loadbearing import Weather, cases, simulate
from loadbearing.front_page import as_links, as_print, as_svg, front_pages
from loadbearing.front_page.letters import letter, width
from loadbearing.front_page.lines import TooNarrow, set_in, words_of
from loadbearing.front_page.poster import FOOT, HIGH, MARGIN, TOP, WIDE, spread
from loadbearing.front_page.sheet import Type
from loadbearing.labs.posters import Posters
from loadbearing.units import clock
from tests.recount import EVERYBODY, recount
from tests.strategies import scenarios

SVG = "{http://www.w3.org/2000/svg}"
ANY_DEPTH = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def pages_of(name, fraction=1 / 200, seed=1):
    scenario = cases.get(name).changed({"weather": Weather.calm()})
    return front_pages(simulate(scenario.scaled(fraction), seed, sample=0))


@pytest.fixture(scope="module")
def pages():
    return pages_of("retry_flood")


def type_of(drawn):
    return [one for one in drawn if isinstance(one, Type)]


def said_in(line):
    return "".join(letters for _, letters, _ in line.placed)


def box(one):
    """Where the small letters of a line of type stand: left, right, top, foot."""
    return one.x, one.right, one.y - 0.45 * one.size, one.y


def assert_fits(both):
    for drawn in both:
        lines = type_of(drawn)
        for one in lines:
            left, right = one.frame
            said = said_in(one)
            assert left - 0.01 <= one.x and one.right <= right + 0.51, f"{said!r} overflows"
            assert left >= MARGIN - 0.01 and right <= WIDE - MARGIN + 0.01, said
            assert one.y - 0.7 * one.size >= TOP - 1 and one.y <= HIGH - FOOT + 3, said
        for one, other in itertools.combinations(lines, 2):
            (left, right, top, foot), (left_2, right_2, top_2, foot_2) = box(one), box(other)
            apart = right <= left_2 or right_2 <= left or foot <= top_2 or foot_2 <= top
            assert apart, f"{one.placed} and {other.placed} overlap"


# --- words into lines ------------------------------------------------------------------------------


def test_a_filled_line_ends_exactly_at_the_edge_and_the_last_does_not():
    words = words_of(
        [("many plain words stand here one after another in a column of type ", False)] * 3
    )
    *lines, last = set_in(words, 10, lambda number: (0, 150), fill=True)
    assert len(lines) > 2 and last.width < 150
    for line in lines:
        x, letters, face = line.placed[-1]
        assert x + width(letters, face, 10) == pytest.approx(150, abs=1e-6)


def test_words_are_broken_where_the_measured_width_says_and_keep_their_order():
    five = width("i", "roman", 10)
    words = words_of([("i i i i i", False)])
    space = width(" ", "roman", 10)
    lines = set_in(words, 10, lambda number: (0, 2 * five + space + 0.01))
    assert [len(line.placed) for line in lines] == [2, 2, 1]


def test_a_headline_is_broken_into_lines_of_nearly_one_length():
    words = words_of([("aaaa aaaa aaaa aaaa aaaa aaaa", False)])
    wide = width("aaaa aaaa aaaa aaaa aaaa", "roman", 10) + 0.01
    assert [len(line.placed) for line in set_in(words, 10, lambda n: (0, wide))] == [5, 1]
    assert [len(line.placed) for line in set_in(words, 10, lambda n: (0, wide), even=True)] == [
        3,
        3,
    ]


def test_a_short_number_stays_beside_its_unit_and_every_per_cent_sign_beside_its_number():
    words = words_of([("at ", False), ("30 minutes", True), (", then 40 % of all", False)])
    assert [word.letters.replace("\xa0", "_") for word in words] == [
        "at", "30_minutes,", "then", "40_%", "of", "all"
    ]  # fmt: skip


def test_a_word_wider_than_its_line_is_refused_with_its_name():
    with pytest.raises(TooNarrow, match="'incomprehensible' does not fit into a line 20 wide"):
        set_in(words_of([("an incomprehensible word", False)]), 10, lambda number: (0, 20))


def test_a_letter_that_the_font_does_not_have_is_drawn_as_a_question():
    assert letter("\N{LINEAR B SYLLABLE B008 A}", "bold") == letter("?", "bold")
    assert letter(" ", "roman")[1] == "" and letter("A", "roman")[1].startswith("M")


# --- pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cases.names())
@pytest.mark.parametrize("seed", [1, 7])
def test_nothing_overflows_on_the_evenings_of_the_course(name, seed):
    assert_fits(spread(pages_of(name, seed=seed)))


@pytest.mark.slow
@ANY_DEPTH
@given(scenarios(), st.integers(0, 2**16))
def test_nothing_overflows_on_any_evening(scenario, seed):
    assert_fits(spread(front_pages(simulate(scenario, seed, engine="reference", sample=0))))


def test_a_page_that_says_much_more_is_set_smaller_and_still_fits(pages):
    long = tuple(
        dataclasses.replace(page, statements=page.statements * 2, leaves_out=page.leaves_out[:2])
        for page in pages
    )
    before, after = (type_of(spread(one)[0]) for one in (pages, long))
    body = lambda lines: min(one.size for one in lines if one.size > 12.6) if lines else 0  # noqa: E731
    assert_fits(spread(long))
    assert len(after) > len(before) and body(after) != body(before)


def test_every_sentence_and_number_of_a_page_stands_on_it(pages):
    for page, drawn in zip(pages, spread(pages), strict=True):
        shown = [said_in(one).replace("\xa0", "") for one in type_of(drawn)]
        printed = re.sub(r"\s", "", "".join(shown))
        expected = [*map(str, page.sentences()), page.masthead.upper(), page.motto, page.caveat]
        expected += [part for one in page.figures for part in (one.text, one.label)]
        expected += [page.dateline, page.chart.title, "BY A SIMULATION"]
        for said in expected:
            assert re.sub(r"\s", "", said) in printed, said


def test_both_pages_stand_on_one_grid(pages):
    """The by-lines, the picture's titles and the boxes of what is left out stand at one height."""
    left, right = (type_of(drawn) for drawn in spread(pages))
    for said in ("BY A SIMULATION", "WHAT THIS PAGE LEAVES OUT"):
        heights = [one.y for lines in (left, right) for one in lines if one.placed[0][1] == said]
        assert len(heights) == 2 and heights[0] == heights[1]


def test_the_picture_is_drawn_to_the_scale_of_the_whole_crowd():
    """Each minute of the run, counted a second time, stands where its time and its part of the crowd put it."""
    scenario = cases.get("retry_flood").changed({"weather": Weather.calm()})
    run = simulate(scenario.scaled(1 / 400), 1, sample=EVERYBODY)
    c, pages = recount(run), front_pages(run)
    assert max(c.outside) < 0.8 * c.came, "where all stand outside, the scale cannot be told"
    for level, page, drawn in zip((c.outside, c.inside), pages, spread(pages), strict=True):
        title = next(one for one in type_of(drawn) if said_in(one) == page.chart.title)
        lines = [one for one in drawn if not isinstance(one, Type)]
        curve = next(one for one in lines if len(one.points) > 5 and not one.fill)
        crowd, half = sorted(one.points[0][1] for one in lines if one.dash)
        foot = half + (half - crowd)
        axis = [one for one in lines if one.points == ((MARGIN, foot), (WIDE - MARGIN, foot))]
        assert axis, "half of the crowd does not stand half way up"
        assert title.y < crowd, f"the whole crowd stands above {page.chart.title!r}"
        minutes = len(curve.points) - 1
        assert minutes * 60 == c.length
        for minute in range(1, minutes + 1):
            across = MARGIN + minute / minutes * (WIDE - 2 * MARGIN)
            up = foot - level[60 * minute - 1] / c.came * (foot - crowd)
            assert curve.points[minute] == pytest.approx((across, up), abs=1e-6), minute
        first, *between, last = [one for one in type_of(drawn) if one.y == foot + 14]
        assert (said_in(first), said_in(last)) == (clock(c.starts), clock(c.ends))
        for one in between:
            middle = ((one.x + one.right) / 2 - MARGIN) / (WIDE - 2 * MARGIN)
            assert said_in(one) == clock(round(c.starts + middle * c.length))


# --- files -----------------------------------------------------------------------------------------


def test_the_picture_file_asks_nothing_of_the_computer_that_opens_it(pages):
    svg = as_svg(pages)
    root = ElementTree.fromstring(svg)
    kinds = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert kinds <= {
        "svg", "title", "desc", "defs", "path", "rect", "g", "use", "polygon", "polyline", "line"
    }  # fmt: skip
    assert not re.search(r"font|url\(|<style|<image|https?://(?!www\.w3\.org/)", svg)
    defined = {one.get("id") for one in root.iter(f"{SVG}path")}
    link = "{http://www.w3.org/1999/xlink}href"
    used = {one.get(link).removeprefix("#") for one in root.iter(f"{SVG}use")}
    assert used == defined
    assert pages[0].headline.text.upper()[:20] in root.find(f"{SVG}desc").text
    assert (root.get("width"), root.get("height")) == ("420.00mm", "297.00mm")
    assert svg == as_svg(pages)


def test_each_reading_has_its_own_colour_and_nothing_of_the_others(pages):
    root = ElementTree.fromstring(as_svg(pages))
    left, right = (
        {one.get(name) for one in page.iter() for name in ("fill", "stroke")}
        for page in root.findall(f"{SVG}g")
    )
    assert "#d55e00" in left - right and "#0072b2" in right - left


def test_the_links_hold_the_files_themselves(pages):
    links = re.findall(r'download="([^"]+)" href="data:([^;]+);base64,([^"]+)"', as_links(pages))
    held = {name: (kind, base64.b64decode(data).decode()) for name, kind, data in links}
    assert held == {
        "front-pages.svg": ("image/svg+xml", as_svg(pages)),
        "front-pages-A3.html": ("text/html", as_print(pages, "A3")),
        "front-pages-A4.html": ("text/html", as_print(pages, "A4")),
    }


def test_an_unknown_paper_is_answered_by_those_there_are(pages):
    with pytest.raises(ValueError, match="'letter'; choose 'A3'"):
        as_print(pages, "letter")


@pytest.mark.browser
@pytest.mark.slow
def test_a_browser_prints_exactly_one_sheet_or_two_with_nothing_outside(pages, chromium, tmp_path):
    sizes = {"A3": [(420.0, 297.0)], "A4": [(210.0, 297.0)] * 2}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        outside = []
        page.on("request", lambda request: outside.append(request.url))
        for paper, expected in sizes.items():
            path = tmp_path / f"{paper}.html"
            path.write_text(as_print(pages, paper), encoding="utf-8")
            page.goto(path.as_uri())
            pdf = page.pdf(prefer_css_page_size=True, print_background=True)
            boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
            found = [tuple(float(side) * 25.4 / 72 for side in sides) for sides in boxes]
            assert found == [pytest.approx(size, abs=0.5) for size in expected]
            beyond = page.evaluate(OUTSIDE)
            assert beyond == []
        browser.close()
    assert [url for url in outside if not url.startswith("file:")] == []


OUTSIDE = """() => [...document.querySelectorAll('svg')].flatMap(svg => {
  const sheet = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('g g')].filter(line => {
    const box = line.getBoundingClientRect();
    return box.left < sheet.left || box.right > sheet.right || box.top < sheet.top || box.bottom > sheet.bottom;
  }).map(line => line.outerHTML.slice(0, 80));
})"""


# --- from the lab ----------------------------------------------------------------------------------


def test_the_button_of_a_lab_sets_the_pages_of_its_run_and_says_what_fails():
    run = simulate(cases.get("slow_door").scaled(1 / 500), 1, sample=0)
    posters = Posters(lambda: run)
    posters.make.click()
    assert posters.links.value.endswith(as_links(front_pages(run)))
    posters.old()
    assert posters.links.value == ""
    waiting = Posters(lambda: None)
    waiting.make.click()
    assert "no run with the full crowd yet" in waiting.links.value
    failing = Posters(lambda: 1 / 0)
    failing.make.click()
    assert "did not work on paper: division by zero" in failing.links.value
