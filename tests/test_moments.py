"""The lesson test and the balance test, for every unit: the moment happens, and each claim can go both ways."""

import importlib

import pytest

from authoring.contents import read_contents
from loadbearing.claims import claim
from tests.house import ROOT

EVENINGS = range(1, 25)
NEARLY_ALWAYS = 0.95
UNITS = read_contents(ROOT).units


def moment_of(unit):
    return importlib.import_module(f"tests.moments.{unit.slug}")


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_the_moment_happens_on_nearly_every_evening(unit, record_count):
    happened = [moment_of(unit).happens(seed) for seed in EVENINGS]
    record_count("evenings of lesson tests", len(happened))
    missed = [seed for seed, so in zip(EVENINGS, happened, strict=True) if not so]
    assert sum(happened) >= NEARLY_ALWAYS * len(happened), f"{unit.slug}: not on evenings {missed}"


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_the_moment_does_not_happen_without_its_mechanism(unit, record_count):
    happened = [moment_of(unit).without(seed) for seed in EVENINGS]
    record_count("evenings of lesson tests", len(happened))
    assert sum(happened) <= (1 - NEARLY_ALWAYS) * len(happened), f"{unit.slug}: happens anyway"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.slug)
def test_each_claim_of_a_unit_can_hold_and_can_fail(unit):
    found = moment_of(unit).balance()
    assert set(found) == set(unit.claims)
    for key, (low, high) in found.items():
        threshold = claim(key).threshold
        print(f"{key}: {claim(key).measure} from {low:.3f} to {high:.3f}, threshold {threshold}")
        assert low < high, f"{key}: its deciding quantity never moves"
        assert low <= threshold <= high, f"{key}: one reading always wins"
