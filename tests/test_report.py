"""The readiness report: every number was worked out, both forms say the same, nothing comes from outside."""

import base64
import dataclasses
import datetime
import hashlib
import html.parser
import io
import math
import os
import re
import subprocess
import sys
import types

import made_up_launch
import numpy as np
import pytest
from house import ROOT
from PIL import Image
from pypdf import PdfReader

from loadbearing import report
from loadbearing.claims import claims
from loadbearing.front_page import front_pages
from loadbearing.launch import LINES, lines, weathers
from loadbearing.launch.stop_rule import BAD_BELOW, StopRule, Tally
from loadbearing.parts import ScenarioError
from loadbearing.report import parts
from loadbearing.stress.line import down, up
from loadbearing.units import clock, duration, people, share

DAY = datetime.date(2026, 11, 22)
JUDGED = {
    "the_flood/F2": {
        "verdict": "holds",
        "because": "so",
        "evidence": {"decided": {"value": 0.637}},
    },
    "the_contract/S7": {"verdict": "fails", "evidence": {"decided": {"value": 0.846}}},
    "the_rush/S1": {"verdict": "undecided", "because": "", "evidence": {}},
}
CALIBRATION = ["When you said 80 %, you were right 6 times in 11. That fits."]
NUMBER = re.compile(r"\d+(?:[,.:]\d+)*")


def made(worked=None, name="Tickets at ten", judged=True, calibration=CALIBRATION):
    rows = report.balance(JUDGED) if judged else None
    return report.make(worked or made_up_launch.made(), rows, calibration, DAY, name)


@pytest.fixture(scope="module")
def whole():
    """A report of everything, its HTML, and its PDF as it was read again."""
    found = made()
    return types.SimpleNamespace(
        report=found, html=report.as_html(found), pdf=PdfReader(io.BytesIO(report.as_pdf(found)))
    )


def section(found, key):
    return next(one for one in found.sections if one.key == key)


def blocks(found, kind):
    return [block for one in found.sections for block in one.blocks if isinstance(block, kind)]


def table(found, key):
    return next(one for one in section(found, key).blocks if isinstance(one, parts.Table))


def tables(found):
    """Every table of a report, those beside each other too."""
    beside = [one for block in blocks(found, parts.Beside) for one in (block.left, block.right)]
    return [*blocks(found, parts.Table), *beside]


def without_spaces(text):
    return re.sub(r"\s", "", text)


# --- numbers -------------------------------------------------------------------------------------


def leaves(thing, seen=None):
    """Every number and every text inside what was worked out, the run left out."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, bool) or thing is None:
        return
    elif isinstance(thing, int | float | np.number):
        yield float(thing)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from leaves(key)
            yield from leaves(value)
    elif isinstance(thing, list | tuple):
        yield float(len(thing))
        if all(isinstance(one, bool) for one in thing):
            yield float(sum(thing))
        for one in thing:
            yield from leaves(one)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            if field.name != "run":
                yield from leaves(getattr(thing, field.name))
        if hasattr(type(thing), "sentence"):
            yield thing.sentence


def said_of(number):
    """Every way in which the report may write a number."""
    if not math.isfinite(number):
        return
    yield from (f"{number:,.0f}", f"{number:,.9g}")
    if number >= 0:
        yield from (people(number), down(number), up(number))
    if 0 <= number <= 1:
        yield share(number)


def known_numbers(worked):
    """Every number that the report may hold: worked out, of the sheet, of the claims, of the method, of the day."""
    texts = [*leaves(worked), *worked.summary(), str(worked.launch.promise), worked.plan.sentence]
    texts += [*worked.plan.given_up, worked.stop_rule.sentence, *CALIBRATION]
    for line, value, reason in worked.launch.assumptions():
        texts += [line.question, reason, *([] if value is None else leaves(value))]
    texts += [*leaves(dict(worked.launch.values)), *(line.question for line in LINES)]
    texts += [one for row in report.balance(JUDGED) for one in dataclasses.astuple(row)]
    texts += [str(one) for page in front_pages(worked.run) for one in page.sentences()]
    texts += [one.sentence for one in weathers.WEATHERS]
    texts += [
        float(len(claims())),
        float(lines.EVENINGS),
        float(weathers.ROOM),
        float(weathers.LARGEST_ROOM),
        duration(weathers.FIRST_PAUSE_S),
        duration(weathers.LONGEST_PAUSE_S),
        BAD_BELOW,
        clock(0),
    ]
    texts += [str(DAY.day), str(DAY.year), report.told_balance(report.balance(JUDGED))]
    said = [way for one in texts for way in (said_of(one) if isinstance(one, float) else [one])]
    return {number for text in said for number in NUMBER.findall(text)}


def test_every_number_of_the_report_is_one_that_was_worked_out(whole):
    known = known_numbers(made_up_launch.made())
    for text in whole.report.texts():
        for number in NUMBER.findall(text):
            assert number in known, f"{number} in {text!r} was not worked out"


def test_the_table_of_load_lines_holds_what_was_found(whole):
    found = table(whole.report, "lines")
    calm, _, _, none, far = found.rows
    assert calm == (
        "An ordinary evening",
        "19,800 (18,600 to 21,000)",
        "limit 0",
        "57 % (41 % to 72 %)",
    )
    assert none[1:3] == ("0 (0 to 12)", "none of the limits tried")
    assert far[1] == "83,400 (79,300 or more)"
    assert found.heads[-1] == "In as promised, of 21,100"


def test_a_line_beyond_every_crowd_that_was_tried_is_more_than_that():
    first, *others = made_up_launch.made().lines
    far = dataclasses.replace(first, crowd=20 * 21_100, low=400_000, high=math.inf)
    found = made(made_up_launch.worked(lines=(far, *others)))
    assert table(found, "lines").rows[0][1] == "more than 422,000 (400,000 or more)"


def test_the_premortem_tells_people_money_and_remedy_and_names_what_does_no_harm(whole):
    rows = table(whole.report, "premortem").rows
    assert rows[1] == ("Trouble b", "6,372 (4,779 to 9,558)", "52,569", "Do what helps against b.")
    assert len(rows) == 4
    assert (
        "everybody is in as promised: trouble e." in section(whole.report, "premortem").texts()[-1]
    )


def test_the_plan_is_compared_with_the_best_of_each_kind(whole):
    plan = section(whole.report, "plan")
    assert made_up_launch.made().plan.sentence in plan.texts()
    assert table(whole.report, "plan").rows == (
        ("As it is: nothing", "0", "4", "0"),
        ("A door 4 times as wide", "3,275", "25", "24"),
        ("No sentence: a door 4 times as wide", "3,275", "25", "24"),
        ("The plan: a sentence and a door 1.75 times as wide", "1,394", "23", "22"),
    )
    assert "on how many of 26 evenings" in table(whole.report, "plan").caption


def test_the_stop_rule_names_who_decides_and_what_a_bad_evening_is(whole):
    said = " ".join(section(whole.report, "stop").texts())
    assert "the stage manager" in said and "38 of 44 bad ones" in said
    assert f"fewer than {share(BAD_BELOW)} are in as promised" in said


@pytest.mark.parametrize(
    ("part", "field", "number"),
    [
        *(("lines", field, 17_654) for field in ("crowd", "low", "high")),
        ("lines", "kept", ((1, 0.1, 0.1, 0.1), (21_100, 0.333, 0.222, 0.444), (2, 0.1, 0.1, 0.1))),
        ("lines", "breaks", "the sky"),
        ("premortem", "lost", (7_654, 6_543, 8_765)),
        ("premortem", "cost", 7_654.0),
        ("premortem", "remedy", "Wait."),
    ],
)
def test_whatever_was_worked_out_differently_is_told_differently(part, field, number):
    worked = made_up_launch.made()
    first, *others = getattr(worked, part)
    changed = dataclasses.replace(first, **{field: number})
    other = made(made_up_launch.worked(**{part: (changed, *others)}))
    assert section(other, part).texts() != section(made(worked), part).texts()


# --- what comes first, and what it rests on ----------------------------------------------------------


def test_three_claims_come_first_then_the_lines(whole):
    first, second, *_ = whole.report.sections
    (block,) = first.blocks
    assert isinstance(block, parts.Claims)
    assert list(block.sentences) == list(made_up_launch.made().summary()[:3])
    assert second.key == "lines" and second.blocks[0].sentences[0].startswith("The promise: ")


def test_every_line_of_the_sheet_stands_once_as_our_own_or_as_an_assumption_with_its_reason(whole):
    own, assumed = (one for one in section(whole.report, "rests_on").blocks)
    asked = [row[0] for row in (*own.rows, *assumed.rows)]
    assert sorted(asked) == sorted(line.question for line in LINES)
    a_launch = made_up_launch.made().launch
    assert [row[0] for row in own.rows] == [
        line.question for line in LINES if line.key in made_up_launch.TYPED
    ]
    assert [(row[0], row[2]) for row in assumed.rows] == [
        (line.question, reason) for line, _, reason in a_launch.assumptions()
    ]
    assert "assumption" in assumed.caption.lower() and assumed.heads[1] == "Assumption"
    said = dict(own.rows)
    assert said["How many people do you expect?"] == "21,100 people"
    assert said["Who decides whether the start is moved?"] == "the stage manager"
    values = {row[0]: row[1] for row in assumed.rows}
    for line, value, _ in a_launch.assumptions():
        if isinstance(value, int | float):
            assert values[line.question].startswith(f"{value:,.9g}"), line.key


def test_a_sheet_that_is_filled_in_whole_has_no_table_of_assumptions():
    a_launch = made_up_launch.made().launch
    filled = a_launch.with_values(
        **{line.key: value for line, value, _ in a_launch.assumptions() if value is not None}, budget=9_999
    )  # fmt: skip
    rests = section(made(made_up_launch.worked(launch=filled)), "rests_on")
    assert len(rests.blocks) == 1 and len(rests.blocks[0].rows) == len(LINES)


def test_the_method_names_every_weather_and_what_is_left_out(whole):
    said = " ".join(section(whole.report, "method").texts())
    for one in weathers.WEATHERS:
        assert one.name[1:] in said and one.sentence[1:] in said
    assert "left out" in said and "no forecast" in said


def test_both_front_pages_stand_with_what_each_leaves_out(whole):
    (fronts,) = blocks(whole.report, parts.Fronts)
    for page, full in zip(fronts.pages, front_pages(made_up_launch.made().run), strict=True):
        assert page.headline == full.headline.text and page.reading == full.reading
        assert set(page.left_out) <= {one.text for one in full.leaves_out} and page.left_out
        assert set(page.statements) <= {one.text for one in full.statements} and page.statements


def test_a_crowd_that_was_played_as_a_part_of_itself_says_so():
    said = " ".join(section(made(made_up_launch.worked(each=2.5)), "front_pages").texts())
    assert "one person for every 2.5" in said
    assert "one person for every" not in " ".join(section(made(), "front_pages").texts())


def test_what_was_not_asked_for_is_not_spoken_of():
    keys = [one.key for one in made(judged=False, calibration=None).sections]
    assert "balance" not in keys and "method" in keys


# --- the balance -----------------------------------------------------------------------------------


def test_the_balance_has_every_claim_in_order_with_verdict_and_number():
    rows = report.balance(JUDGED)
    assert [one.key for one in rows] == list(claims())
    found = {one.key: one for one in rows}
    assert (found["F2"].verdict, found["F2"].number, found["F2"].unit) == (
        "holds",
        "64 %",
        "the_flood",
    )
    assert (found["S7"].verdict, found["S7"].number) == ("fails", "0.846")
    assert (found["S1"].verdict, found["S1"].number) == ("cannot be decided", "")
    assert found["F1"].verdict == report.NOT_JUDGED
    assert report.told_balance(rows) == (
        "Of 24 claims 1 holds, 1 fails, 1 cannot be decided, and 21 were not judged."
    )


def test_of_a_claim_judged_twice_the_later_verdict_stands():
    early = {"verdict": "holds", "at": "2026-11-01T10:00:00+00:00"}
    late = {"verdict": "fails", "at": "2026-11-02T10:00:00+00:00"}
    for first, second in ((early, late), (late, early)):
        rows = report.balance({"the_evening/F1": first, "the_way_back/F1": second})
        assert next(one for one in rows if one.key == "F1").verdict == "fails"


@pytest.mark.parametrize(
    "entry",
    [None, [], "holds", {}, {"verdict": "maybe"}, {"verdict": ["holds"]}, {"verdict": None}],
)
def test_an_entry_that_was_damaged_counts_as_not_judged(entry):
    assert {one.verdict for one in report.balance({"the_flood/F2": entry})} == {report.NOT_JUDGED}
    assert {one.verdict for one in report.balance({"F99": {"verdict": "holds"}})} == {
        report.NOT_JUDGED
    }


@pytest.mark.parametrize(
    "evidence",
    [None, 3, {}, {"decided": None}, {"decided": {}}, {"decided": {"value": "x"}},
     {"decided": {"value": None}}, {"decided": {"value": math.nan}}, {"decided": {"value": True}}],
)  # fmt: skip
def test_a_verdict_without_a_number_stands_without_one(evidence):
    row = next(
        one
        for one in report.balance({"u/F2": {"verdict": "holds", "evidence": evidence}})
        if one.key == "F2"
    )
    assert (row.verdict, row.number) == ("holds", "")


def test_both_readings_stand_beside_each_other_with_every_claim(whole):
    beside = next(
        one for one in section(whole.report, "balance").blocks if isinstance(one, parts.Beside)
    )
    said = [row[0] for one in (beside.left, beside.right) for row in one.rows]
    assert sorted(said) == sorted(f"{key}: {one.claim}" for key, one in claims().items())
    assert (
        "F2: Nobody attacked it: the platform flooded itself.",
        "holds (64 %)",
    ) in beside.left.rows


def test_where_nothing_was_judged_a_sentence_is_enough():
    found = report.make(made_up_launch.made(), report.balance({}), None, DAY)
    assert "24 were not judged" in " ".join(section(found, "balance").texts())
    assert not blocks(found, parts.Beside)


# --- as a web page -----------------------------------------------------------------------------------


class Page(html.parser.HTMLParser):
    """Reads a page strictly: what was opened must be closed, in order."""

    VOID = {"meta", "img", "col"}

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.said = [], [], []
        self.feed(text)
        self.close()
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}"
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "title"):
            self.said.append(data)

    def all(self, name):
        return [attrs for tag, attrs in self.tags if tag == name]


def test_the_page_is_well_formed_and_its_headings_come_in_order(whole):
    page = Page(whole.html)
    assert whole.html.startswith("<!doctype html>\n") and page.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_the_page_loads_nothing_and_runs_nothing(whole):
    page = Page(whole.html)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "object", "base", "form", "video", "audio"}
    attributes = {name for _, attrs in page.tags for name in attrs}
    assert not [one for one in attributes if one.startswith("on")] and "srcset" not in attributes
    assert all(one["src"].startswith("data:image/png;base64,") for one in page.all("img"))
    style = re.search(r"<style>(.*?)</style>", whole.html, re.DOTALL)[1]
    assert "url(" not in style and "@import" not in style and "//" not in style
    assert not re.search(r"https?:|//\w", re.sub(r'src="data:[^"]*"', "", whole.html))
    policy = next(one["content"] for one in page.all("meta") if "http-equiv" in one)
    assert policy.startswith("default-src 'none'") and "script" not in policy


def test_every_picture_has_its_sentence_as_alternative_text(whole):
    drawn = [block.picture for block in blocks(whole.report, parts.Drawn)]
    shown = Page(whole.html).all("img")
    assert len(shown) == len(drawn) == 2
    for attrs, picture in zip(shown, drawn, strict=True):
        assert attrs["alt"] == picture.sentence.replace(" %", "\xa0%")
        image = Image.open(io.BytesIO(base64.b64decode(attrs["src"].partition(",")[2])))
        assert image.width >= 1600


def test_every_table_names_its_columns_and_its_rows(whole):
    page = Page(whole.html)
    there = tables(whole.report)
    heads = [one.get("scope") for one in page.all("th")]
    assert len(page.all("table")) == len(page.all("caption")) == len(there)
    assert heads.count("col") == sum(len(one.heads) for one in there)
    assert heads.count("row") == sum(len(one.rows) for one in there)
    for one in there:
        assert {len(row) for row in one.rows} == {len(one.heads)} == {len(one.widths)}


# --- as a PDF, and both ---------------------------------------------------------------------------


def test_both_forms_hold_the_same_sentences_in_the_same_order(whole):
    pages = [
        re.sub(r"page \d+ of \d+\s*$", "", page.extract_text().strip()) for page in whole.pdf.pages
    ]
    on_paper = without_spaces("".join(pages))
    on_screen = without_spaces("".join(Page(whole.html).said))
    for form, text in (("the PDF", on_paper), ("the web page", on_screen)):
        at = 0
        for sentence in whole.report.texts():
            found = text.find(without_spaces(sentence), at)
            assert found >= 0, f"{form} does not hold, at its place: {sentence!r}"
            at = found


def test_the_pdf_is_real_text_on_a_few_pages_with_title_language_and_outline(whole):
    pdf = whole.pdf
    assert len(pdf.pages) <= 5
    assert pdf.metadata.title == "Tickets at ten: readiness report"
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert [one.title for one in pdf.outline] == [one.heading for one in whole.report.sections]
    for number, page in enumerate(pdf.pages, 1):
        width, height = (float(side) * 25.4 / 72 for side in page.mediabox[2:])
        assert (round(width), round(height)) == (210, 297)
        assert page.extract_text().strip().endswith(f"page {number} of {len(pdf.pages)}")
    assert sum(len(page.images) for page in pdf.pages) == 2


def test_the_outline_leads_to_the_page_on_which_the_section_begins(whole):
    for one in whole.pdf.outline:
        page = whole.pdf.pages[whole.pdf.get_destination_page_number(one)]
        assert one.title in page.extract_text()


def test_the_same_report_has_the_same_bytes_in_another_process():
    again = (
        "import sys, hashlib; sys.path.insert(0, 'tests'); import test_report as one; found = one.made();"
        "told = one.report.as_html(found).encode() + one.report.as_pdf(found);"
        "print(hashlib.sha256(told).hexdigest())"
    )
    mine = made()
    told = report.as_html(mine).encode() + report.as_pdf(mine)
    run = subprocess.run(
        [sys.executable, "-c", again], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT))), "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert run.stdout.strip() == hashlib.sha256(told).hexdigest()


# --- what people type ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["<b>Sale</b> & \"more\" 'than' that", "Łódź, Київ, Αθήνα", "Über-Größe für 5 €", "50 % off"],
)
def test_a_name_stands_in_both_forms_as_it_was_typed(name):
    found = made(name=name, judged=False, calibration=None)
    page = Page(report.as_html(found))
    assert name in "".join(page.said).replace("\xa0", " ")
    pdf = PdfReader(io.BytesIO(report.as_pdf(found)))
    assert without_spaces(name) in without_spaces(pdf.pages[0].extract_text())
    assert pdf.metadata.title.startswith(name)


def test_a_letter_that_no_font_has_is_an_empty_box_on_paper_and_itself_on_the_screen():
    found = made(name="漢 sale", judged=False, calibration=None)
    assert "漢 sale" in report.as_html(found)
    assert "□sale" in without_spaces(
        PdfReader(io.BytesIO(report.as_pdf(found))).pages[0].extract_text()
    )


def test_a_name_without_anything_in_it_has_a_stand_in_and_lines_become_one():
    assert made(name=" \n ").title == "Our launch"
    assert made(name="two\nlines\x07").title == "two lines"


def test_a_name_that_is_too_long_is_refused_with_a_sentence():
    with pytest.raises(ScenarioError, match="has 81 letters; give one of at most 80."):
        made(name="x" * 81)


def test_a_word_without_end_stays_on_the_page():
    long = made_up_launch.troubles()[0]
    endless = dataclasses.replace(long, remedy="a" * 400)
    found = made(made_up_launch.worked(premortem=(endless,)), judged=False, calibration=None)
    said = without_spaces(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(report.as_pdf(found))).pages)
    )
    assert "a" * 400 in said


# --- launches that are not like others ---------------------------------------------------------------


def without_any_trouble():
    """A launch that keeps its promise as it is: nothing keeps anybody out, no measure, no stop rule."""
    worked = made_up_launch.made()
    nothing, nobody = worked.plan.table[0], Tally(0, 0, 0, 92)
    return dict(
        premortem=tuple(
            dataclasses.replace(one, lost=(0.0,) * 3, never=(0.0,) * 3, cost=0.0)
            for one in worked.premortem
        ),
        plan=dataclasses.replace(
            worked.plan, chosen={}, without=None, table=(nothing,), seen=nothing.seen
        ),
        stop_rule=StopRule(None, None, "the host", 20.0, nobody, nobody),
    )


def beyond_help():
    """A launch that no plan on the list helps, in all five weathers."""
    plan = made_up_launch.made().plan
    kept = {one.key: [False] * 26 for one in weathers.WEATHERS}
    table = tuple(
        dataclasses.replace(one, seen=dataclasses.replace(one.seen, kept=kept))
        for one in plan.table
    )
    return dict(
        plan=dataclasses.replace(
            plan, keeps=False, without=None, weathers=tuple(kept), table=table, seen=table[-1].seen
        ),
        each=4.0,
    )


@pytest.mark.parametrize("changed", [without_any_trouble, beyond_help])
def test_an_odd_launch_has_both_forms_and_tables_that_fit(changed):
    found = made(made_up_launch.worked(**changed()))
    page = Page(report.as_html(found))
    pdf = PdfReader(io.BytesIO(report.as_pdf(found)))
    assert len(page.all("table")) == len(tables(found)) and len(pdf.pages) <= 5
    for one in tables(found):
        assert {len(row) for row in one.rows} == {len(one.heads)} == {len(one.widths)}
    assert not re.search(r"\b(nan|inf|None)\b", " ".join(found.texts()))


def test_where_nothing_keeps_anybody_out_there_is_no_picture_of_it():
    found = made(made_up_launch.worked(**without_any_trouble()))
    assert not [one for one in section(found, "premortem").blocks if isinstance(one, parts.Drawn)]
    assert "rule is for the evening with the plan" not in " ".join(section(found, "stop").texts())
