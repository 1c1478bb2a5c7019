"""The page of rules is complete: every field of a scenario stands there, every rule names a day worked out by hand."""

import dataclasses
import inspect
import re

import pytest
from house import ROOT

from loadbearing import scenario
from loadbearing.scenario import CHANGEABLE

PAGE = (ROOT / "lessons/rules.md").read_text(encoding="utf-8")
ROWS = [
    line.strip("|").split("|")
    for line in PAGE.splitlines()
    if line.startswith("| ") and "by hand" not in line
]
BY_HAND = {
    name
    for path in sorted((ROOT / "tests").glob("test_rules*.py"))
    for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M)
}
PARTS = [
    part
    for _, part in inspect.getmembers(scenario, dataclasses.is_dataclass)
    if part.__module__ == scenario.__name__
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip()[:50])
def test_every_rule_names_a_day_that_exists(row):
    named = re.findall(r"`(test_\w+)`", row[2])
    assert named, f"no day by hand for: {row[0]}"
    assert set(named) <= BY_HAND


def test_the_rules_in_the_text_name_days_that_exist():
    assert set(re.findall(r"`(test_[a-z]\w+)`", PAGE)) <= BY_HAND
    assert len(ROWS) > 40


@pytest.mark.parametrize(
    "field",
    [f"{part.__name__}.{field.name}" for part in PARTS for field in dataclasses.fields(part)],
)
def test_every_field_of_a_scenario_stands_on_the_page_once(field):
    assert PAGE.count(f"`{field}`") == 1


def test_the_page_names_nothing_that_a_scenario_does_not_have():
    fields = {
        f"{part.__name__}.{field.name}" for part in PARTS for field in dataclasses.fields(part)
    }
    assert set(re.findall(r"`([A-Z]\w+\.\w+)`", PAGE)) <= fields


@pytest.mark.parametrize("what", CHANGEABLE)
def test_everything_that_can_be_changed_stands_on_the_page(what):
    assert f"`{what}`" in PAGE
