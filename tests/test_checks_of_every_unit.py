"""Every unit's solution answers all its checks rightly, and its exercise answers none before anybody typed."""

import pytest
from house import ROOT
from page_replies import replies

from authoring.build import course_at
from loadbearing import checks
from loadbearing.checks.reply import NOT_YET, YES
from loadbearing.progress import WORK_FOLDER

UNITS = course_at(ROOT).contents.units


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def all_with(unit, verdict):
    """Every check of a unit, each with this verdict."""
    return {name: verdict for name in checks.names() if name.startswith(f"{unit.slug}.")}


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_every_answer_of_the_solution_is_right(unit, monkeypatch):
    given = replies("solutions", unit.stem, monkeypatch)
    assert {name: reply.verdict for name, reply in given.items()} == all_with(unit, YES)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_every_blank_of_the_exercise_is_not_yet_an_answer(unit, monkeypatch):
    given = replies("exercises", unit.stem, monkeypatch)
    assert {name: reply.verdict for name, reply in given.items()} == all_with(unit, NOT_YET)
    assert not any(reply.hint for reply in given.values()), "a hint before anything was tried"
