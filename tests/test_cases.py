"""The named evenings: every number has a provenance, every key is in the record, every input matters."""

import dataclasses

import pytest

from loadbearing import cases, record
from loadbearing.parts import ScenarioError


def numbers_of(part, path=""):
    """Every number of a scenario by its path; words, switches and what is unlimited are none."""
    if dataclasses.is_dataclass(part):
        children = [(field.name, getattr(part, field.name)) for field in dataclasses.fields(part)]
    elif isinstance(part, tuple):
        children = [(str(at), one) for at, one in enumerate(part)]
    elif isinstance(part, int | float) and not isinstance(part, bool):
        return {path: part}
    else:
        return {}
    found = {}
    for name, child in children:
        found |= numbers_of(child, f"{path}.{name}" if path else name)
    return found


@pytest.mark.parametrize("name", cases.names())
def test_every_number_of_a_case_says_where_it_comes_from_and_nothing_else_does(name):
    case = cases.about(name)
    assert set(numbers_of(case.scenario)) == set(case.provenance)


@pytest.mark.parametrize("name", cases.names())
def test_every_provenance_is_of_a_known_kind_with_a_reason(name):
    case = cases.about(name)
    for path, one in [*case.provenance.items(), *case.inputs.items()]:
        assert one.kind in cases.KINDS, path
        assert one.why, path


@pytest.mark.parametrize("name", cases.names())
def test_every_key_that_a_case_names_is_in_the_record(name):
    case = cases.about(name)
    keys = {key for one in case.provenance.values() for key in one.records}
    keys |= {one.record for one in case.inputs.values() if one.record}
    assert keys
    for key in keys:
        assert record.fact(key).sources, key


@pytest.mark.parametrize("name", cases.names())
def test_a_number_from_the_record_is_the_number_in_the_record(name):
    for key, one in cases.inputs(name).items():
        if one.kind == "record":
            assert record.fact(one.record).value == one.value, key


@pytest.mark.parametrize("name", cases.names())
def test_a_calibrated_number_names_the_count_it_serves_and_is_a_whole_number_of_steps(name):
    served = {point.fact.key for point in record.listener_points()}
    calibrated = {key: one for key, one in cases.inputs(name).items() if one.kind == "calibrated"}
    assert {one.record for one in calibrated.values()} == served
    for key, one in calibrated.items():
        assert one.value % one.step == 0, key


@pytest.mark.parametrize("name", cases.names())
def test_whatever_rests_on_a_calibrated_input_counts_as_calibrated(name):
    case = cases.about(name)
    for path in ("crowd.listeners", "crowd.arrivals.early_share", "crowd.arrivals.late_share"):
        assert case.provenance[path].kind == "calibrated"
    assert case.provenance["crowd.stays_mean_s"].kind == "assumption"


@pytest.mark.parametrize("name", cases.names())
def test_every_input_of_a_case_changes_its_scenario(name):
    case = cases.about(name)
    others = {"quick_share": 0.5, "starts_s": -1800, "fault_s": -60.0}
    others |= {"contention": 0.01, "coherency": 0.001}
    for key, one in case.inputs.items():
        other = others.get(key, one.value * 0.75)
        assert cases.build(name, {key: other}) != case.scenario, key


def test_every_path_and_input_of_the_table_is_used_by_some_case():
    paths = {path for name in cases.names() for path in cases.about(name).provenance}
    known = {key for name in cases.names() for key in cases.inputs(name)}
    assert set(cases.LEAVES) == paths
    assert {key for made_of in cases.LEAVES.values() for key in made_of} == known


@pytest.mark.parametrize("name", cases.names())
def test_a_case_can_be_had_by_name_and_by_function(name):
    case = cases.about(name)
    assert cases.get(name) == getattr(cases, name)() == cases.build(name) == case.scenario
    assert case.title and case.mechanism.endswith(".")
    assert ". " not in case.mechanism, "the mechanism is one sentence"


def test_only_the_flood_works_for_people_who_have_left_until_someone_acts():
    flood = cases.get("retry_flood")
    per_second = flood.door.handlers / flood.door.service.mean_s
    assert flood.door.queue_limit / per_second > flood.crowd.timeout_s
    assert flood.controllers[0].changes[0].to / per_second < flood.crowd.timeout_s
    for name in ("slow_door", "capacity_lost", "late_crowd"):
        other = cases.get(name)
        left = other.door.handlers - sum(fault.handlers for fault in other.faults)
        queue_s = other.door.queue_limit * other.door.service.mean_s / left
        assert queue_s < other.crowd.timeout_s, name


@pytest.mark.parametrize(
    ("act", "near"),
    [
        (lambda: cases.about("slow_dor"), "slow_door"),
        (lambda: cases.inputs("flood"), "retry_flood"),
        (lambda: cases.build("slow_door", {"handler": 3}), "handlers"),
    ],
)
def test_an_unknown_name_is_answered_by_a_sentence(act, near):
    with pytest.raises(ScenarioError, match=near):
        act()
