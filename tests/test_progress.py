"""What a student leaves behind is kept, once, whole, and can be taken along or deleted."""

import errno
import fcntl
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from loadbearing import progress
from loadbearing.progress import Progress, ProgressError, contents, storage


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
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", no_room)
    with pytest.raises(ProgressError, match="the disk is full. Free some space and try again"):
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
    with pytest.raises(
        ProgressError, match="predictions, missions, verdicts, launch_sheet, checks, room"
    ):
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


# --- when the computer does not play along -----------------------------------------------------------


def test_a_kernel_that_dies_in_the_middle_of_writing_leaves_the_file_and_the_lock_free(kept):
    kept.keep("checks", "one", passed=True)
    before = kept.path.read_text()
    script = (
        "import os, signal, sys; from pathlib import Path; from loadbearing.progress import Progress\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)\n"
        "Progress(Path(sys.argv[1])).keep('checks', 'two', passed=True)"
    )
    died = subprocess.run([sys.executable, "-c", script, str(kept.path)], timeout=60)
    assert died.returncode == -signal.SIGKILL
    assert kept.path.read_text() == before
    assert len(list(kept.path.parent.glob(storage.UNFINISHED))) == 1
    kept.keep("checks", "three", passed=True)
    assert set(kept.everything()["checks"]) == {"one", "three"}
    assert list(kept.path.parent.glob(storage.UNFINISHED)) == []


def test_a_file_where_the_folder_should_be_is_answered_by_a_sentence(tmp_path):
    (tmp_path / "my_work").write_text("mine")
    with pytest.raises(ProgressError, match="my_work is a file and no folder. Move it away"):
        Progress(tmp_path / "my_work" / "progress.json").keep("checks", "one", passed=True)
    assert (tmp_path / "my_work").read_text() == "mine"


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.EACCES, "read-only"), (errno.EROFS, "read-only"), (errno.ENOSPC, "the disk is full"),
     (errno.EIO, "Input/output error")],
)  # fmt: skip
def test_a_folder_that_takes_nothing_is_answered_by_a_sentence(kept, monkeypatch, number, said):
    def refused(*_, **__):
        raise OSError(number, "Input/output error")

    kept.keep("checks", "one", passed=True)
    for where in ((storage.tempfile, "mkstemp"), (Path, "open"), (Path, "mkdir")):
        with monkeypatch.context() as broken:
            broken.setattr(*where, refused)
            with pytest.raises(ProgressError, match=f"could not be written: .*{said}.* try again"):
                kept.keep("checks", "two", passed=True)
    assert set(kept.everything()["checks"]) == {"one"}


def test_a_damaged_file_that_cannot_be_set_aside_stays_and_this_is_said(kept, monkeypatch):
    kept.path.parent.mkdir()
    kept.path.write_text("{")

    def refused(*_):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(ProgressError, match="read-only"):
        kept.everything()
    assert kept.path.read_text() == "{"


def test_a_file_that_is_held_by_another_window_is_answered_by_a_sentence(kept, monkeypatch):
    kept.keep("checks", "one", passed=True)
    monkeypatch.setattr(storage, "WAIT_S", 0.05)
    with (kept.path.parent / storage.LOCK_FILE).open("a+b") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(ProgressError, match="in use by another window"):
            kept.keep("checks", "two", passed=True)
    kept.keep("checks", "two", passed=True)
    assert set(kept.everything()["checks"]) == {"one", "two"}


def test_what_a_later_course_keeps_beside_is_left_as_it_is(kept):
    kept.path.parent.mkdir()
    kept.path.write_text('{"schema": 1, "memo": {"draft": "of another version"}}')
    kept.keep("checks", "one", passed=True)
    assert json.loads(kept.path.read_text())["memo"] == {"draft": "of another version"}


def test_counts_that_are_typed_again_leave_no_trail(kept):
    for hands in (3, 4):
        kept.replace("room", "the_evening/one", before={"more": hands})
    entry = kept.entry("room", "the_evening/one")
    assert entry["before"] == {"more": 4} and "earlier" not in entry


# --- from one computer to another --------------------------------------------------------------------

MONDAY, TUESDAY, FRIDAY = (f"2025-03-{day}T20:00:00+00:00" for day in ("03", "04", "07"))


def verdicts(**by_key):
    """The contents of a file with these verdicts: each a list of (time, verdict), the newest last."""
    held = contents.empty()
    for key, told in by_key.items():
        *before, now = [{"verdict": said, "at": at} for at, said in told]
        held["verdicts"][key] = {**now, "earlier": before} if before else now
    return held


def history(held, key="F1"):
    """The verdicts of a claim, the oldest first."""
    return [one["verdict"] for one in contents.versions(held["verdicts"][key])]


def test_the_newest_version_wins_and_no_other_is_lost():
    mine = verdicts(F1=[(MONDAY, "holds"), (FRIDAY, "fails")], S10=[(MONDAY, "holds")])
    theirs = verdicts(F1=[(MONDAY, "holds"), (TUESDAY, "undecided")], S11=[(MONDAY, "fails")])
    for one, other in ((mine, theirs), (theirs, mine)):
        both, _ = contents.merged(one, other)
        assert history(both) == ["holds", "undecided", "fails"]
        assert set(both["verdicts"]) == {"F1", "S10", "S11"}
    assert contents.merged(mine, theirs)[1] == {"new": 1, "newer": 0, "older": 1}
    assert contents.merged(theirs, mine)[1] == {"new": 1, "newer": 1, "older": 0}


def test_the_clock_of_another_time_zone_is_read_as_the_same_moment():
    early = verdicts(F1=[("2025-03-04T20:00:00+00:00", "early")])
    late = verdicts(F1=[("2025-03-04T16:00:00-05:00", "late")])
    assert history(contents.merged(early, late)[0]) == ["early", "late"]
    assert history(contents.merged(late, early)[0]) == ["early", "late"]


def test_an_entry_without_a_time_counts_as_the_oldest_and_is_kept():
    dated, undated = verdicts(F1=[(MONDAY, "dated")]), verdicts(F1=[("soon", "undated")])
    assert history(contents.merged(dated, undated)[0]) == ["undated", "dated"]
    assert history(contents.merged(undated, dated)[0]) == ["undated", "dated"]


def test_what_was_brought_in_is_there_and_bringing_it_in_twice_changes_nothing(kept, tmp_path):
    other = Progress(tmp_path / "other" / "progress.json")
    other.keep("verdicts", "F1", verdict="fails")
    kept.keep("verdicts", "F1", verdict="holds")  # at the same moment or later: mine stands
    other.keep("predictions", "one", answer="more")
    said = kept.bring_in(other.text().encode(), "progress.json")
    assert said.startswith("progress.json: 1 entry came in; 1 older than here was put behind yours")
    assert said.endswith("Nothing was lost: every earlier version is kept.")
    assert history(kept.everything()) == ["fails", "holds"]
    before = kept.path.read_text()
    assert kept.bring_in(other.text(), "It") == "It holds nothing that was not here already."
    assert kept.path.read_text() == before


@pytest.mark.parametrize(
    "text", [b"{", b"", b"\xff\xfe", b"[]", b'{"schema": 1, "checks": [1]}', b"[" * 100_000]
)
def test_a_file_that_is_none_of_the_course_changes_nothing_and_this_is_said(kept, text):
    kept.keep("checks", "one", passed=True)
    before = kept.path.read_text()
    with pytest.raises(
        ProgressError, match="holiday.json could not be read, so nothing was changed"
    ):
        kept.bring_in(text, "holiday.json")
    assert kept.path.read_text() == before
    with pytest.raises(ProgressError, match="newer version"):
        kept.bring_in(b'{"schema": 99}', "holiday.json")
    assert kept.path.read_text() == before


def test_what_a_later_course_kept_elsewhere_comes_in_too(kept):
    kept.keep("checks", "one", passed=True)
    kept.bring_in('{"schema": 1, "memo": {"draft": "of another version"}}')
    assert json.loads(kept.path.read_text())["memo"] == {"draft": "of another version"}


def test_a_file_too_large_to_be_one_of_the_course_is_answered_by_a_sentence(kept, monkeypatch):
    text = contents.as_text(verdicts(F1=[(MONDAY, "holds")]))
    monkeypatch.setattr(progress, "MOST_BYTES", len(text) - 1)
    with pytest.raises(ProgressError, match="mine.json is too large to be a file of this course"):
        kept.bring_in(text, "mine.json")
    assert not kept.path.exists()


def test_the_file_can_be_read_in_the_letters_in_which_it_was_typed(kept):
    kept.keep("verdicts", "F1", because="schön voll, 満員")
    assert "schön voll, 満員" in kept.path.read_text(encoding="utf-8")


def test_delete_takes_the_damaged_files_too_and_nothing_else(kept):
    kept.path.parent.mkdir()
    (kept.path.parent / "my_notebook.ipynb").write_text("mine")
    kept.path.write_text("{")
    kept.keep("checks", "one", passed=True)
    assert [one.name for one in kept.files()] == ["progress.json", "progress-damaged-1.json"]
    kept.delete()
    assert kept.files() == []
    assert (kept.path.parent / "my_notebook.ipynb").read_text() == "mine"


def test_a_file_that_is_replaced_is_another_file_so_a_reader_never_sees_half(kept):
    kept.keep("checks", "one", passed=True)
    with kept.path.open(encoding="utf-8") as reading:
        before = reading.read(10)
        kept.keep("checks", "two", passed=True)
        assert set(json.loads(before + reading.read())["checks"]) == {"one"}
