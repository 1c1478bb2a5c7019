"""What a student leaves behind is kept, once, whole, and can be taken along or deleted."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from loadbearing import progress
from loadbearing.progress import Progress, ProgressError


@pytest.fixture
def kept(tmp_path):
    return Progress(tmp_path / "my_work" / "progress.json")


def test_an_entry_is_found_again_by_another_reader(kept):
    kept.keep("predictions", "the_evening", answer="same", confidence=0.7)
    again = Progress(kept.path).entry("predictions", "the_evening")
    assert (again["answer"], again["confidence"]) == ("same", 0.7)
    assert again["at"][:2] == "20"


def test_nothing_is_kept_before_anything_was(kept):
    assert kept.entry("verdicts", "F1") is None
    assert not kept.path.parent.exists()


def test_an_earlier_verdict_stays_beside_the_later_one(kept):
    for verdict in ("holds", "fails", "undecided"):
        kept.keep("verdicts", "F1", verdict=verdict)
    entry = kept.entry("verdicts", "F1")
    assert entry["verdict"] == "undecided"
    assert [one["verdict"] for one in entry["earlier"]] == ["holds", "fails"]


def test_two_readers_with_old_knowledge_both_keep_their_entries(kept):
    other = Progress(kept.path)
    kept.everything(), other.everything()
    kept.keep("checks", "one", passed=True)
    other.keep("checks", "two", passed=True)
    assert set(kept.everything()["checks"]) == {"one", "two"}


def test_kernels_at_once_lose_no_entry(kept):
    script = (
        "import sys; from pathlib import Path; from loadbearing.progress import Progress\n"
        "for i in range(20): Progress(Path(sys.argv[1])).keep('checks', f'{sys.argv[2]}-{i}', passed=True)"
    )
    kernels = [
        subprocess.Popen([sys.executable, "-c", script, str(kept.path), name]) for name in "abc"
    ]
    assert [one.wait(timeout=60) for one in kernels] == [0, 0, 0]
    assert len(kept.everything()["checks"]) == 60


@pytest.mark.parametrize(
    "damage", ["{", "", "[]", '{"schema": "one"}', '{"schema": 1, "checks": 3}',
               '{"schema": 1, "checks": {"a": 1}}', "\udcff"]
)  # fmt: skip
def test_a_damaged_file_is_set_aside_and_this_is_said(kept, damage):
    kept.path.parent.mkdir()
    kept.path.write_bytes(damage.encode("utf-8", "surrogateescape"))
    before = kept.path.read_bytes()
    kept.keep("checks", "one", passed=True)
    aside = kept.path.with_name("progress-damaged-1.json")
    assert aside.read_bytes() == before
    assert kept.notices == [
        "progress.json could not be read and was set aside as progress-damaged-1.json; a new one begins."
    ]
    assert set(kept.everything()["checks"]) == {"one"}


def test_a_second_damaged_file_does_not_replace_the_first(kept):
    kept.path.parent.mkdir()
    for text in ("{", "[", "x"):
        kept.path.write_text(text)
        kept.everything()
    asides = sorted(kept.path.parent.glob("progress-damaged-*.json"))
    assert [aside.read_text() for aside in asides] == ["{", "[", "x"]


def test_a_file_of_a_newer_course_is_left_alone(kept):
    kept.path.parent.mkdir()
    kept.path.write_text('{"schema": 99}')
    with pytest.raises(ProgressError, match="newer version of this course"):
        kept.keep("checks", "one", passed=True)
    assert kept.path.read_text() == '{"schema": 99}'


def test_a_crash_while_writing_leaves_the_old_file(kept, monkeypatch):
    kept.keep("checks", "one", passed=True)
    before = kept.path.read_text()

    def no_room(*_):
        raise OSError("disk full")

    monkeypatch.setattr(progress.os, "fsync", no_room)
    with pytest.raises(OSError, match="disk full"):
        kept.keep("checks", "two", passed=True)
    assert kept.path.read_text() == before
    assert list(kept.path.parent.glob(".progress-*")) == []


def test_an_export_is_the_same_text_and_never_replaces_a_file(kept, tmp_path):
    kept.keep("checks", "one", passed=True)
    copy = kept.export(tmp_path / "mine.json")
    assert json.loads(copy.read_text()) == kept.everything()
    with pytest.raises(ProgressError, match="there already"):
        kept.export(copy)


def test_delete_leaves_nothing_and_may_be_asked_twice(kept):
    kept.delete()
    kept.keep("checks", "one", passed=True)
    kept.delete()
    kept.delete()
    assert not kept.path.exists()
    assert kept.entry("checks", "one") is None


def test_an_unknown_section_is_answered_by_the_known_ones(kept):
    with pytest.raises(ProgressError, match="predictions, verdicts, launch_sheet, checks"):
        kept.keep("verdict", "F1", verdict="holds")


def test_the_file_lies_in_the_folder_of_the_course(tmp_path, monkeypatch):
    monkeypatch.delenv(progress.WORK_FOLDER, raising=False)
    (tmp_path / "course.toml").touch()
    inside = tmp_path / "notebooks"
    inside.mkdir()
    monkeypatch.chdir(inside)
    assert Progress.here().path == tmp_path / "my_work" / "progress.json"
    monkeypatch.setenv(progress.WORK_FOLDER, str(tmp_path / "elsewhere"))
    assert Progress.here().path == Path(tmp_path, "elsewhere", "progress.json")


def test_builder_and_progress_name_the_same_variable():
    from authoring import execute

    assert execute.WORK_FOLDER == progress.WORK_FOLDER
