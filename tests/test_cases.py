"""The named evenings: every number has a provenance, every key is in the record, every input matters."""

import dataclasses

import pytest

from loadbearing import cases, record, team
from loadbearing.parts import ScenarioError

OTHERS = {"quick_share": 0.5, "starts_s": -2400, "fault_s": -60.0, "from_s": -30.0, "opens_s": 9.0}
OTHERS |= {"contention": 0.01, "coherency": 0.001, "doors_s": -60.0, "until_s": 5400.0}
OTHERS |= dict.fromkeys(("turnout", "patience", "sharpness", "service"), 0.1)
OTHERS |= {"early_birds": 1000, "latecomers": 1000, "closed": True, "attempts": 7}
OTHERS |= dict.fromkeys(("queue_s", "timeout_s", "stays_s", "patience_s"), 77.0)
OTHERS |= {"team": team.of("ABC"), "relief": team.of("GH"), "pages": ("door",), "part": "door"}
OTHERS |= {"on_call": 2, "called_before": 5, "alert_looks": 3, "team_looks_s": 20}
OTHERS |= {"shift_ends_s": 900.0}
OTHERS |= {"when_full": "refuse"}
"""Another value for inputs of which three quarters would be the same or make no sense."""

EARLY = {"starts_s": -3000}
NEEDS = {"doors_s": EARLY, "from_s": EARLY, "latecomers": {"until_s": 5400.0}}
NEEDS |= {"closed": {"until_s": 60.0}}
NEEDS |= {"acts_s": {"acts": {"handlers": 1}}, "watched_s": {"handlers": 1_000}}
"""What else must be so that an input of a unit's case shows."""

TOGETHER = {"when_full": {"shut_s": None}}
"""What makes sense only if it changes with an input."""

UNITS = [
    "the_rush",
    "the_door",
    "the_flood",
    "the_queue",
    "the_way_back",
    "the_details",
    "the_team",
    "the_rehearsal",
    "the_next_time",
    "your_launch",
]
EVENINGS = [name for unit in UNITS for name in cases.unit_names(unit) if not cases.is_world(name)]
NO_NUMBERS = {"team", "relief", "pages", "part", "new", "rehearsed", "on_call", "shift_ends_s"}
ONLY_IF_ASKED = {"opens_s", "acts_s"} | NO_NUMBERS
"""What no number of a scenario rests on before a student asks for it."""

TABLES = [
    (cases.names(), cases.that_evening.LEAVES),
    (EVENINGS, cases.platform.LEAVES),
]


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


@pytest.mark.parametrize("name", cases.every_name())
def test_every_number_of_a_case_says_where_it_comes_from_and_nothing_else_does(name):
    case = cases.about(name)
    assert set(numbers_of(case.scenario)) == set(case.provenance)


@pytest.mark.parametrize("name", cases.every_name())
def test_every_provenance_is_of_a_known_kind_with_a_reason(name):
    case = cases.about(name)
    for path, one in [*case.provenance.items(), *case.inputs.items()]:
        assert one.kind in cases.KINDS, path
        assert one.why, path


@pytest.mark.parametrize("name", cases.every_name())
def test_every_key_that_a_case_names_is_in_the_record(name):
    case = cases.about(name)
    keys = {key for one in case.provenance.values() for key in one.records}
    keys |= {one.record for one in case.inputs.values() if one.record}
    assert keys or not cases.of_the_record(name)
    for key in keys:
        assert record.fact(key).sources, key


@pytest.mark.parametrize("name", cases.every_name())
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


def another(value):
    """Another value of an input: the other way round, or three quarters of it."""
    return not value if isinstance(value, bool) else value * 0.75 or 0.1


@pytest.mark.parametrize("name", cases.every_name())
def test_every_input_of_a_case_changes_its_scenario(name):
    case = cases.about(name)
    for key, one in case.inputs.items():
        needs = NEEDS.get(key, {}) if not cases.of_the_record(name) else {}
        other = OTHERS[key] if key in OTHERS else another(one.value)
        assert other != one.value
        changes = needs | {key: other} | TOGETHER.get(key, {})
        assert cases.build(name, changes) != cases.build(name, needs), key


def test_every_path_and_input_of_the_table_is_used_by_some_case():
    for there, leaves in TABLES:
        paths = {path for name in there for path in cases.about(name).provenance}
        known = {key for name in there for key in cases.inputs(name)}
        assert set(leaves) == paths
        made_of = {key for one in leaves.values() for key in one}
        assert made_of | ONLY_IF_ASKED == known | ONLY_IF_ASKED


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


def test_the_four_of_the_record_come_first_and_the_units_cases_are_their_own():
    assert cases.names() == ["slow_door", "retry_flood", "capacity_lost", "late_crowd"]
    assert cases.unit_names("the_evening") == cases.names()
    assert cases.every_name() == cases.names() + EVENINGS
    assert len(set(cases.every_name())) == len(cases.every_name()) == 4 + len(set(EVENINGS))
    assert [name for name in cases.every_name() if cases.of_the_record(name)] == cases.names()
    with pytest.raises(ScenarioError, match="the_rush"):
        cases.unit_names("the_rus")


@pytest.mark.parametrize("name", EVENINGS)
def test_a_unit_s_case_says_what_it_is_and_gives_nothing_away(name):
    case = cases.about(name)
    assert case.title and case.mechanism.endswith(".")
    assert cases.get(name) == case.scenario == cases.build(name)


def test_a_unit_s_case_may_be_given_what_it_has_not_and_a_case_of_the_record_not():
    assert cases.build("the_eve", {"attempts": 5}).crowd.retries.most == 5
    assert cases.own_value("the_eve", "attempts") is None
    assert cases.own_value("the_eve", "handlers") == cases.get("the_eve").door.handlers
    with pytest.raises(ScenarioError, match="no input 'attempts'"):
        cases.build("slow_door", {"attempts": 5})
    with pytest.raises(ScenarioError, match="attempts"):
        cases.own_value("the_eve", "attempt")


@pytest.mark.parametrize(("handlers", "length_s"), [(1, 100_000), (10, 10_000), (1_000, 300)])
def test_a_steady_door_is_busy_as_asked_whatever_its_size(handlers, length_s):
    door = cases.build("the_steady_door", {"handlers": handlers, "busy": 0.5})
    assert door.crowd.arrivals.until_s == length_s
    assert door.crowd.listeners * door.door.service.mean_s / (handlers * length_s) == 0.5
    assert door.ends_s > length_s


def test_the_platform_is_one_company_in_four_units():
    for name in (
        "all_day",
        "the_announced_hour",
        "ten_bad_seconds",
        "the_restart",
        "the_cold_door",
        "the_eve",
    ):
        there = cases.get(name)
        assert there.door.handlers / there.door.service.mean_s == 1_000
        assert (there.crowd.retries.base_s, there.crowd.retries.cap_s) == (2, 300)


def test_a_cold_door_warms_up_in_equal_steps_and_is_then_as_before():
    cold, warm = cases.get("the_cold_door"), cases.get("the_restart")
    slow = cold.faults[1:]
    assert [one.at_s for one in slow] == [310, 370, 430]
    assert [one.lasts_s for one in slow] == [60, 60, 60]
    assert [one.factor for one in slow] == pytest.approx([2, 5 / 3, 4 / 3])
    assert dataclasses.replace(cold, faults=cold.faults[:1]) == warm


def test_ten_bad_seconds_stop_the_door_for_longer_than_a_client_waits():
    """The work that comes meanwhile, in seconds of the whole door, is more than a client's time-out."""
    there = cases.get("ten_bad_seconds")
    fault, crowd = there.faults[0], there.crowd
    per_second = there.door.handlers / there.door.service.mean_s
    come = fault.lasts_s * crowd.listeners / crowd.arrivals.until_s
    assert fault.handlers == there.door.handlers
    assert come / per_second > crowd.timeout_s
    assert there.door.queue_limit / per_second > crowd.timeout_s
    assert crowd.listeners / crowd.arrivals.until_s < 0.6 * per_second
    acts = cases.build("ten_bad_seconds", {"acts": {"queue_limit": 1_000}})
    assert [(one.at_s, one.what, one.to) for one in acts.controllers[0].changes] == [
        (840, "queue_limit", 1_000)
    ]
