"""A search whose results are committed writes what it finds, and its check changes nothing and tells a difference."""

import pytest

from authoring.searching import command


@pytest.fixture
def file(tmp_path):
    return tmp_path / "found.json"


def said(capsys, words, file, found):
    """The exit code of the command when it finds this, and what it prints."""
    code = command(words, "authoring.some", "Find some.", file, lambda: found)
    return code, capsys.readouterr().out.replace(str(file), "found.json")


def test_what_is_found_is_written_and_then_the_check_is_content(capsys, file):
    assert said(capsys, [], file, "42\n") == (0, "Wrote found.json.\n")
    assert file.read_bytes() == b"42\n"
    assert said(capsys, ["--check"], file, "42\n") == (0, "found.json is what is found.\n")


@pytest.mark.parametrize("held", ["41\n", None])
def test_a_check_tells_a_difference_or_a_missing_file_and_writes_nothing(capsys, file, held):
    if held:
        file.write_text(held)
    code, told = said(capsys, ["--check"], file, "42\n")
    assert code == 1
    assert told == "found.json is out of date: run python -m authoring.some without --check.\n"
    assert (file.read_text() if file.exists() else None) == held
