"""The desk of unit 13: form, slips, drafts, files of traffic, work that can be stopped, the report, and deletion."""

import base64
import dataclasses
import functools
import gc
import gzip
import pathlib
import re
import threading
import weakref
from io import BytesIO

import ipywidgets
import pytest
from pypdf import PdfReader

from loadbearing.labs import Knob, Lab, your_launch_answers, your_launch_results
from loadbearing.labs import your_launch_running as running
from loadbearing.labs import your_launch_traffic as of_traffic
from loadbearing.labs.worker import LatestWins
from loadbearing.labs.your_launch import UNIT, YourLaunch
from loadbearing.labs.your_launch_form import assumed
from loadbearing.launch import (
    EXAMPLE,
    LINES,
    Stopped,
    as_text,
    checked,
    from_text,
    work_out,
    working,
)
from loadbearing.launch.questions import BY_KEY
from loadbearing.progress import Progress, ProgressError
from loadbearing.report import parts
from loadbearing.traffic import read

ROOT = pathlib.Path(__file__).resolve().parents[1]

FIVE = {"expected": "1,234", "within": "2", "join_rate": "6.5", "hold": "4000", "patience": "3"}
COUNTS = b"time,people\n2026-05-01 10:00,900\n2026-05-01 10:01,90\n2026-05-01 10:02,10\nlater,5\n"
LOG = b"".join(
    b'192.0.2.%d - - [01/May/2026:10:00:%02d +0000] "GET %s HTTP/1.1" 200 5\n' % (at, at, path)
    for at in range(60)
    for path in (b"/join", b"/style.css")
)


@pytest.fixture
def kept(tmp_path):
    return Progress(tmp_path / "my_work" / "progress.json")


@pytest.fixture
def desk(kept):
    return YourLaunch(kept)


@functools.cache
def worked_out():
    """A short launch, worked out once for this file."""
    return work_out(checked(FIVE))


@pytest.fixture
def quick(monkeypatch):
    """Whatever is worked out is the short launch, at once."""
    monkeypatch.setattr(working, "work_out", lambda launch, told=None, stopped=None: worked_out())


def typed(desk, **values):
    """Type into the boxes of the form, as a student does."""
    for key, text in values.items():
        desk.form.boxes[key].value = text


def said(desk):
    """What the desk says, without its marks."""
    return text_of(desk.notice.value)


def text_of(html):
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def told_by(widget):
    """The text of a part of the answers, with a number and its per cent apart by a plain space."""
    return text_of(widget.value.replace("&nbsp;", " "))


def in_sight(widget, above=True):
    """All widgets on show in this one, those that were put away left out."""
    there = above and widget.layout.display != "none"
    found = [widget] if there else []
    return found + [
        one for child in getattr(widget, "children", ()) for one in in_sight(child, there)
    ]


def done(desk):
    desk.running.settle()
    return desk


def filled(desk):
    typed(desk, **FIVE)
    return desk


# --- the form ----------------------------------------------------------------------------------------


def test_an_empty_desk_asks_five_things_and_has_one_button_that_stands_out(desk):
    shown = in_sight(desk.box)
    boxes = [one for one in shown if one in desk.form.boxes.values()]
    assert [box.description for box in boxes] == [line.question for line in LINES if line.needed]
    buttons = [one for one in shown if getattr(one, "button_style", "") == "primary"]
    assert [one.description for one in buttons] == ["Work it out"]
    assert not in_sight(desk.results.box, False) and not desk.results.box.children


def test_at_most_twelve_lines_stand_there_once_the_first_fold_is_open(desk):
    known, rest = desk.form.folds
    known.button.click()
    shown = [one for one in in_sight(desk.box) if one in desk.form.boxes.values()]
    assert 5 < len(shown) <= 12 and not known.shut and rest.shut
    known.button.click()
    assert known.shut and known.button.description.startswith("Show")


@pytest.mark.parametrize("line", [one for one in LINES if not one.needed], ids=lambda one: one.key)
def test_beside_every_empty_box_stands_its_assumption_and_goes_when_something_is_typed(line, desk):
    filled(desk)
    note = desk.form.notes[line.key]
    assert "Assumption: " in note.value and line.why in text_of(note.value).replace("&#x27;", "'")
    launch = desk.launch()
    if line.assumption is not None and not line.words:
        assert f"{getattr(launch, line.key):,.12g} {line.unit}" in note.value
    desk.form.boxes[line.key].value = "1"
    assert "Assumption" not in note.value and line.question in note.value


def test_an_assumption_follows_the_number_it_rests_on(desk):
    assert assumed(BY_KEY["high"], desk.form.boxes) == f"Assumption: {BY_KEY['high'].why}."
    typed(desk, expected="500")
    assert "Assumption: 1,000 people" in desk.form.notes["high"].value
    typed(desk, expected="many")
    assert "people (" not in desk.form.notes["high"].value


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("expected", "", "Still to fill in: How many people do you expect?"),
        ("expected", "some", "'some' is not a number; type a number such as"),
        ("expected", "12.5", "'12.5' is not a whole number"),
        ("within", "-1", "lies outside 0.1 to 1,440 minutes"),
        ("join_rate", "nan", "lies outside"),
        ("hold", "1e99", "lies outside"),
        ("low", "2,000", "more than the 1,234 you expect"),
        ("promise_share", "101", "lies outside 1 to 100 per cent"),
        ("decides", "x" * 200, "is no name that fits"),
        ("patience", "<b>12</b>", "is not a number"),
    ],
)
def test_a_slip_is_one_sentence_its_box_is_marked_and_nothing_typed_is_lost(key, text, says, desk):
    filled(desk)
    typed(desk, **{key: text})
    desk.work_out()
    assert says in desk.notice.value.replace("&#x27;", "'")
    assert desk.form.boxes[key].value == text
    marked = [one for one, row in desk.form.rows.items() if "lb-wrong" in row._dom_classes]
    assert marked == [key] and desk.form.rows[key] in in_sight(desk.box)
    assert desk.progress.entry("launch_sheet", UNIT) is None
    typed(desk, **{key: "7"})
    assert "lb-wrong" not in desk.form.rows[key]._dom_classes
    assert "<b>12" not in desk.notice.value


def test_the_example_fills_the_form_and_says_at_each_number_that_it_is_one(desk):
    desk.take_example()
    assert desk.launch() == EXAMPLE
    for key in EXAMPLE.own:
        assert "From the example." in desk.form.notes[key].value
    typed(desk, expected="999")
    assert "example" not in desk.form.notes["expected"].value


def test_the_desk_opens_with_what_the_units_left_and_says_which(kept):
    kept.keep(
        "launch_sheet", "first", expected=5_000, within=4, join_rate=9.5, hold=6_000, patience=8
    )
    kept.keep("launch_sheet", "the_team", minutes_to_act=17.0)
    kept.keep("launch_sheet", "the_rush", told="what somebody edited", busiest_rate="x")
    desk = YourLaunch(kept)
    assert desk.launch().expected == 5_000 and desk.launch().minutes_to_act == 17
    assert "From unit 01" in desk.form.notes["join_rate"].value
    assert "From unit 08" in desk.form.notes["minutes_to_act"].value
    assert desk.form.boxes["minutes_to_act"] in in_sight(desk.box), (
        "what the units left is out of sight"
    )
    typed(desk, join_rate="30")
    desk.take_units()
    assert desk.launch().join_rate == 9.5


def test_without_anything_from_the_units_the_button_says_so_and_the_form_stays(desk):
    typed(desk, expected="77")
    desk.take_units()
    assert "left no number yet" in said(desk) and desk.form.typed() == {"expected": "77"}


# --- drafts ------------------------------------------------------------------------------------------


def test_what_was_typed_half_is_there_after_a_reload_with_the_traffic_it_was_read_from(desk, kept):
    typed(desk, expected="12 or so", queue="40")
    desk.traffic.read("joins.csv", COUNTS)
    desk.traffic.take_it()
    typed(desk, patience="nine")
    desk.draft.write()
    again = YourLaunch(kept)
    assert again.form.typed() == desk.form.typed() and again.form.typed()["patience"] == "nine"
    assert again.arrivals == desk.arrivals and again.arrivals.people == 1_000
    assert "joins.csv" in again.shape.value and again.unshape in in_sight(again.box)
    assert again.form.boxes["queue"] in in_sight(again.box)


@pytest.mark.parametrize(
    "held",
    [
        {"typed": "no table"},
        {"typed": {"expected": 12, "nobody": "x"}},
        {},
        {"typed": {}, "arrivals": {"people": "1 2"}},
        {"typed": {}, "arrivals": 5},
    ],
)
def test_a_draft_that_somebody_edited_badly_takes_nothing_down(held, kept):
    kept.replace("drafts", f"{UNIT}/form", **held)
    desk = YourLaunch(kept)
    typed(desk, **FIVE)
    assert desk.launch().expected == 1_234


def test_where_nothing_can_be_written_the_desk_says_so_and_goes_on(kept, monkeypatch, quick):
    def refused(*_, **__):
        raise ProgressError("The disk is full. Free some space.")

    desk = YourLaunch(kept)
    monkeypatch.setattr(Progress, "replace", refused)
    monkeypatch.setattr(Progress, "keep", refused)
    typed(desk, **FIVE)
    desk.draft.write()
    assert "not safe from a reload yet" in said(desk)
    desk.work_out()
    done(desk)
    assert "The disk is full" in said(desk) and desk.results.worked is worked_out()


# --- traffic -----------------------------------------------------------------------------------------


def test_a_file_of_traffic_is_told_before_anything_of_it_is_used(desk):
    typed(desk, expected="50")
    desk.traffic.read("joins.csv", COUNTS)
    told = text_of(desk.traffic.told.value)
    assert "1,000 people counted" in told and "Broken and not counted: 1 line" in told
    assert "Nothing of it is used yet" in told and "nine in ten of them within" in told
    assert desk.form.typed() == {"expected": "50"} and desk.arrivals is None
    desk.traffic.take_it()
    assert desk.form.typed()["expected"] == "1,000" and "within" in desk.form.typed()
    assert desk.arrivals.people == 1_000 and "From joins.csv" in desk.form.notes["expected"].value
    assert desk.traffic.box not in in_sight(desk.box)


def test_a_file_that_is_left_leaves_nothing(desk):
    desk.traffic.read("joins.csv", COUNTS)
    desk.traffic.leave()
    desk.traffic.take_it()
    assert desk.form.typed() == {} and desk.arrivals is None
    assert desk.traffic.box not in in_sight(desk.box)


def test_traffic_may_be_left_out_again_and_its_numbers_stay(desk):
    filled(desk)
    desk.traffic.read("joins.csv", COUNTS)
    desk.traffic.take_it()
    desk.unshape.click()
    assert desk.arrivals is None and desk.launch().expected == 1_000
    assert desk.unshape not in in_sight(desk.box)


def test_of_an_access_log_one_path_can_be_counted(desk):
    desk.traffic.read("access.log.gz", gzip.compress(LOG))
    assert "120 requests" in text_of(desk.traffic.told.value)
    assert desk.traffic.of_log in in_sight(desk.box)
    desk.traffic.only.value = "/join"
    desk.traffic.read_again()
    assert "60 requests" in text_of(desk.traffic.told.value)
    desk.traffic.only.value = "/nowhere"
    desk.traffic.read_again()
    assert desk.traffic.take not in in_sight(desk.box) and desk.traffic.of_log in in_sight(desk.box)
    desk.traffic.take_it()
    assert desk.arrivals is None


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("photo.jpg", bytes(range(256)) * 9, "not text"),
        ("words.csv", b"a,b\nx,y\nz,w\n", "no column can be read as a time"),
        ("torn.gz", gzip.compress(LOG)[:9], "gzip"),
        ("../../etc/passwd", b"", "The file is 'passwd'"),
        ("", b"", "empty"),
        ("..", b"", "empty"),
    ],
)
def test_a_file_that_holds_no_traffic_is_answered_by_a_sentence(name, content, says, desk):
    desk.traffic.read(name, content)
    told = text_of(desk.traffic.told.value).replace("&#x27;", "'")
    assert says in told and "Traceback" not in told
    assert desk.traffic.take not in in_sight(desk.box)
    desk.traffic.read("joins.csv", COUNTS)
    assert desk.traffic.take in in_sight(desk.box)


def test_an_announced_start_that_does_not_fit_is_answered_before_anything_is_used(desk):
    desk.traffic.read("joins.csv", COUNTS)
    desk.traffic.starts_at.value = "23:00"
    desk.traffic.read_again()
    assert "23:00" in text_of(desk.traffic.told.value) and desk.traffic.take not in in_sight(
        desk.box
    )
    desk.traffic.starts_at.value = "10:01"
    desk.traffic.read_again()
    desk.traffic.take_it()
    assert desk.arrivals.from_s == -60


def test_what_the_desk_rewords_stands_in_the_account(tmp_path):
    accounts = []
    for name, content in (("a.csv", COUNTS), ("a.log", LOG), ("b.csv", b"")):
        (tmp_path / name).write_bytes(content)
        try:
            accounts.append(read(tmp_path / name).report())
        except ValueError as slip:
            accounts.append(str(slip))
    for code in of_traffic.IN_PLAIN_WORDS:
        assert any(code in one for one in accounts), f"{code!r} stands in no account any more"


# --- a launch as a file ------------------------------------------------------------------------------


def saved(desk):
    """The file behind the link."""
    data = re.search(r"base64,([^\"]+)", desk.file.link.value)
    return base64.b64decode(data[1]).decode() if data else None


def test_a_launch_is_saved_as_it_stands_and_opened_on_another_desk(desk, tmp_path):
    assert saved(desk) is None and "five numbers" in desk.file.link.value
    filled(desk)
    desk.traffic.read("joins.csv", COUNTS)
    desk.traffic.take_it()
    typed(desk, decides="Sam & Mo", heed="33")
    other = YourLaunch(Progress(tmp_path / "other" / "progress.json"))
    other.file.open(saved(desk).encode(), "my_launch.json")
    assert other.launch() == desk.launch() == from_text(saved(desk))
    assert other.arrivals.people == 1_000 and "my_launch.json" in other.shape.value
    assert "From my_launch.json" in other.form.notes["heed"].value
    typed(desk, patience="soon")
    assert saved(desk) is None


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"[]", b'{"what": 5}', as_text(EXAMPLE)[:40].encode()]
)
def test_a_file_that_is_no_launch_is_answered_by_a_sentence_and_the_form_stays(content, desk):
    filled(desk)
    desk.file.open(content, "x.json")
    assert said(desk).startswith("x.json: This file")
    assert desk.launch().expected == 1_234


# --- working it out ----------------------------------------------------------------------------------


def test_a_launch_is_worked_out_shown_and_kept(desk, kept, quick):
    filled(desk)
    desk.work_out()
    assert desk.running.box in in_sight(desk.box)
    done(desk)
    assert said(desk) == "" and desk.running.box not in in_sight(desk.box)
    worked = desk.results.worked
    assert worked.launch == desk.launch()
    top = told_by(desk.results.top)
    assert all(one in top for one in map(escaped, worked.summary()[:3]))
    entry = kept.entry("launch_sheet", UNIT)
    assert entry["typed"] == FIVE and entry["told"] == worked.summary()[0]
    assert worked.summary()[0] in text_of(YourLaunch(kept).last.value)


def escaped(text):
    return text.replace("&", "&amp;").replace("'", "&#x27;").replace('"', "&quot;")


@pytest.mark.parametrize("tab", your_launch_results.TABS)
def test_behind_every_tab_stands_what_the_report_says_with_its_pictures(tab, desk, quick):
    done_of(desk)
    desk.results.tabs.value = tab
    shown = desk.results.shown.value
    assert "did not work" not in shown
    keys = your_launch_results.TABS[tab]
    if keys == (your_launch_results.PAGES,):
        assert shown.count("lb-page") >= 2
        return
    sections = {one.key: one for one in desk.results.report.sections}
    for key in keys:
        assert sections[key].heading in text_of(shown)
        drawn = [one for one in sections[key].blocks if isinstance(one, parts.Drawn)]
        assert all(f'alt="{escaped(one.picture.sentence)}"' in shown for one in drawn)
        for block in sections[key].blocks:
            if isinstance(block, parts.Text):
                assert escaped(" ".join(block.sentences)) in told_by(desk.results.shown)


def done_of(desk):
    filled(desk)
    desk.work_out()
    return done(desk)


def test_every_kind_of_block_in_the_report_can_be_shown_at_the_desk(desk, quick):
    done_of(desk)
    wanted = {key for keys in your_launch_results.TABS.values() for key in keys}
    kinds = {
        type(block)
        for one in desk.results.report.sections
        for block in one.blocks
        if one.key in wanted
    }
    assert kinds <= set(your_launch_answers.SHOWN)
    found = {one.key for one in desk.results.report.sections}
    assert wanted - {your_launch_results.PAGES} <= found
    assert found - wanted == {"claims", "front_pages"}, "a section is shown nowhere"


def test_how_far_it_is_stands_there_while_it_runs_and_stop_ends_it_at_once(desk, monkeypatch):
    begun, ended = threading.Event(), threading.Event()

    def long(launch, told, stopped):
        told(0.25, "Trying <one> thing")
        begun.set()
        try:
            while not stopped():
                threading.Event().wait(0.01)
            raise Stopped
        finally:
            ended.set()

    monkeypatch.setattr(working, "work_out", long)
    filled(desk)
    desk.work_out()
    assert begun.wait(10)
    assert desk.running.bar.value == 0.25 and "Trying &lt;one&gt; thing" in desk.running.doing.value
    desk.running.halt.click()
    assert ended.wait(10)
    done(desk)
    assert said(desk) == running.STOPPED and desk.running.box not in in_sight(desk.box)
    assert desk.results.worked is None and desk.progress.entry("launch_sheet", UNIT) is None
    monkeypatch.setattr(working, "work_out", lambda launch, told=None, stopped=None: worked_out())
    desk.work_out()
    done(desk)
    assert said(desk) == "" and desk.results.worked is worked_out()


def test_what_is_found_after_a_stop_is_not_shown(desk, monkeypatch):
    begun, go = threading.Event(), threading.Event()

    def deaf(launch, told, stopped):
        begun.set()
        go.wait(10)
        told(1.0, "too late")
        return worked_out()

    worked_out()
    monkeypatch.setattr(working, "work_out", deaf)
    filled(desk)
    desk.work_out()
    assert begun.wait(10)
    desk.running.stop()
    go.set()
    done(desk)
    assert desk.results.worked is None and "too late" not in desk.running.doing.value
    assert said(desk) == running.STOPPED and desk.progress.entry("launch_sheet", UNIT) is None


def test_real_work_stops_within_a_moment_and_leaves_no_thread(desk):
    filled(desk)
    desk.work_out()
    desk.running.stop()
    done(desk)
    assert desk.results.worked is None and said(desk) == running.STOPPED


def test_work_that_goes_wrong_becomes_a_sentence_and_the_answers_before_still_stand(
    desk, quick, monkeypatch
):
    done_of(desk)

    def broken(launch, told, stopped):
        raise RuntimeError("no power")

    monkeypatch.setattr(working, "work_out", broken)
    desk.work_out()
    done(desk)
    assert "no power (RuntimeError)" in said(desk)
    assert desk.results.worked is worked_out() and desk.running.box not in in_sight(desk.box)


def test_answers_of_another_launch_than_the_form_holds_are_said_to_be_old(desk, quick):
    done_of(desk)
    assert desk.results.stale.value == ""
    typed(desk, heed="12")
    assert your_launch_results.OLD in desk.results.stale.value
    typed(desk, heed="")
    assert desk.results.stale.value == ""
    typed(desk, within="x")
    assert your_launch_results.OLD in desk.results.stale.value


def test_another_plan_is_found_for_the_weathers_that_are_ticked(desk, quick):
    results = done_of(desk).results
    assert [key for key, tick in results.ticks.items() if tick.value] == ["calm", "at_once"]
    results.tabs.value = "Cheapest plan"
    for tick in results.ticks.values():
        tick.value = False
    results.find_plan()
    done(desk)
    assert "No weather is ticked" in said(desk) and results.worked.plan is worked_out().plan
    results.ticks["calm"].value = True
    results.find_plan()
    done(desk)
    assert results.worked.plan.weathers == ("calm",) and results.tabs.value == "Cheapest plan"
    assert escaped(results.worked.plan.sentence) in told_by(results.shown)
    assert results.worked.lines is worked_out().lines


def test_the_balance_has_every_verdict_that_was_kept_and_says_what_was_not_judged(
    desk, kept, quick
):
    kept.keep("verdicts", "the_evening/F1", claim="F1", verdict="holds", because="", evidence={})
    done_of(desk)
    desk.results.tabs.value = "Your balance"
    told = told_by(desk.results.shown)
    assert "Of 24 claims 1 holds" in told and "23 were not judged" in told
    assert "After 5 predictions of one confidence" in told
    desk.results.tabs.value = "Load line"
    kept.keep("verdicts", "the_flood/F2", claim="F2", verdict="fails", because="", evidence={})
    desk.results.tabs.value = "Your balance"
    assert "1 holds, 1 fails" in told_by(desk.results.shown), "what is judged later is left out"


# --- the report --------------------------------------------------------------------------------------


def test_the_report_is_written_in_both_forms_and_the_links_save_the_same_bytes(desk, quick):
    results = done_of(desk).results
    results.name.value = "  Ten  o'clock & more "
    results.make_report()
    done(desk)
    files = results.reports.files()
    assert [one.suffix for one in files] == [".html", ".pdf"]
    links = re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', results.links.value)
    assert [(name, base64.b64decode(data)) for name, data in links] == [
        (one.name, one.read_bytes()) for one in files
    ]
    page, printed = files[0].read_text("utf-8"), PdfReader(BytesIO(files[1].read_bytes()))
    assert "Ten o&#x27;clock &amp; more" in page and printed.metadata.title.startswith(
        "Ten o'clock & more"
    )
    first = results.worked.summary()[0].split(" (")[0]
    words = " ".join(" ".join(one.extract_text() for one in printed.pages).split())
    assert escaped(first) in page and first in words
    assert str(files[0].parent) not in results.links.value, (
        "a path of this computer stands on the page"
    )
    typed(desk, heed="3")
    assert results.links.value, "a report that was made is taken away by a letter"


@pytest.mark.parametrize(
    ("name", "says"), [("x" * 300, "300 letters"), ("<script>alert(1)</script>", "")]
)
def test_a_name_that_does_not_fit_is_a_sentence_and_none_of_it_runs(name, says, desk, quick):
    results = done_of(desk).results
    results.name.value = name
    results.make_report()
    done(desk)
    assert says in said(desk) and bool(results.reports.files()) is not bool(says)
    assert all("<script" not in one.read_text("utf-8") for one in results.reports.files()[:1])


def test_a_report_that_cannot_be_written_is_a_sentence(desk, quick):
    results = done_of(desk).results
    results.reports.folder.parent.mkdir(parents=True, exist_ok=True)
    results.reports.folder.write_text("a file in the way")
    results.make_report()
    done(desk)
    assert "could not be written" in said(desk) and results.links.value == ""


# --- deletion, and the rest --------------------------------------------------------------------------


def test_delete_here_names_the_reports_deletes_all_and_leaves_an_empty_desk(desk, kept, quick):
    done_of(desk).results.make_report()
    done(desk)
    stranger = desk.results.reports.folder / "not mine.html"
    stranger.write_text("kept by somebody else")
    desk.keeping.ask()
    told = desk.keeping.line.value
    assert all(one.name in told for one in desk.results.reports.files()) and kept.path.name in told
    desk.keeping.sure.click()
    desk.draft.write()
    assert not kept.path.exists() and [*desk.results.reports.folder.iterdir()] == [stranger]
    assert desk.form.typed() == {} and desk.results.worked is None
    assert desk.results.box not in in_sight(desk.box)
    assert YourLaunch(kept).form.typed() == {}


def test_many_reports_are_counted_before_they_are_deleted(desk):
    for at in range(9):
        path = desk.results.reports.folder / f"readiness_{at}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    desk.keeping.ask()
    assert "and 6 more" in desk.keeping.line.value
    desk.keeping.sure.click()
    assert not desk.results.reports.folder.exists()


def test_the_desk_says_in_plain_text_what_it_asks_the_same_every_time(desk, kept):
    first = desk._repr_mimebundle_()
    assert (
        first["text/plain"] == YourLaunch(kept).summary() and "Five numbers" in first["text/plain"]
    )
    filled(desk)
    assert desk.summary() == first["text/plain"]


def test_a_closed_desk_is_let_go_with_what_it_worked_out(kept, quick):
    desk = done_of(YourLaunch(kept))
    held = [weakref.ref(one) for one in (desk, desk.form, desk.results, desk.results.report)]
    desk.draft.write()
    del desk
    ipywidgets.Widget.close_all()
    gc.collect()
    assert [one() for one in held] == [None] * 4


def test_a_lab_has_a_desk_that_keeps_where_the_lab_keeps(kept):
    lab = Lab(["slow_door"], [Knob("door.handlers")], progress=kept, unit=UNIT)
    assert isinstance(lab.your_launch(), YourLaunch) and lab.your_launch().progress is kept


def test_the_mission_for_little_money_is_one_that_neither_the_door_nor_a_line_can_do():
    """Its text names money, so that it does not give the answer away; what is judged is that only words were used."""
    page = (ROOT / "authoring" / "labs" / "13_your_launch.py").read_text("utf-8")
    assert '"Keep the promise for less than 300 dollars.", launching.by_words' in page
    assert EXAMPLE.price_sentence < 300 < min(EXAMPLE.price_change, EXAMPLE.price_line)


def test_a_newer_job_takes_the_place_of_an_older_one_and_only_its_answer_is_shown(
    desk, monkeypatch
):
    first = threading.Event()

    def work(launch, told, stopped):
        if launch.expected == 1_234:
            first.set()
            while not stopped():
                threading.Event().wait(0.01)
            return worked_out()
        return dataclasses.replace(worked_out(), launch=launch)

    monkeypatch.setattr(working, "work_out", work)
    desk.running.worker = LatestWins()
    filled(desk)
    desk.work_out()
    assert first.wait(10)
    typed(desk, expected="2,000")
    desk.work_out()
    done(desk)
    assert desk.results.worked.launch.expected == 2_000
    assert desk.progress.entry("launch_sheet", UNIT)["typed"]["expected"] == "2,000"
