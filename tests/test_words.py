"""Words: one home for every term, label and definition, and for the words we avoid."""

import dataclasses
import doctest
import re

import pytest

from loadbearing import words as room
from loadbearing.run import FLOWS, LEVELS, WORK
from loadbearing.scenario import (
    CONTROLLERS,
    FAULTS,
    Measured,
    Rush,
    Scenario,
    Several,
    WaitingRoom,
)
from loadbearing.words import Word, avoided, avoided_in, glossary_markdown, word, words

PROMISED = """
    join_rate hold recovery response dead_work quick_reloaders crowd disconnected listener back_off
    jitter full_jitter time_out round_trip patience waiting_room admission handler seats stage
    weather evening first_click_success goodput offered_load utilization lateness time_to_join
    listeners_in_the_room drops_dead queue_limit early_birds latecomers doors_open calibrated misfit
    profile assumption public_record model_output verification validation attempt_amplification
    premortem load_line launch_sheet band throughput wait queue headroom knee metastable_failure
    time_to_recover time_to_provision service_level retry_budget traffic_intensity arrival_rate
    time_in_line returning came_back did_not_return rejoins cut_work foreign_load foreign_services
    reserved shut restart collapse sweep promise margin probe interval measured_arrivals gap
    access_log policy setting
""".split()  # noqa: SIM905 - a list of eighty strings reads worse

FIELDS_OF_A_SCENARIO = {
    "crowd.listeners": "crowd",
    "crowd.arrivals.mean_s": "rush_mean",
    "crowd.patience.mean_s": "patience",
    "crowd.timeout_s": "time_out",
    "crowd.round_trip_s": "round_trip",
    "crowd.retries.quick_share": "quick_reloaders",
    "door.handlers": "handler",
    "door.service.mean_s": "service_time",
    "door.queue_limit": "queue_limit",
    "door.drops_dead": "drops_dead",
    "door.retry_after_s": "retry_after",
    "stage.seats": "seats",
    "faults.0.handlers": "handlers_lost",
    "faults.0.lasts_s": "fault_lasts",
    "weather.service": "weather",
    "waiting_room.admits_per_s": "admission",
    "waiting_room.opens_s": "opens",
    "stage.restart_s": "shut",
    "faults.0.factor": "slowed",
    "faults.0.per_s": "foreign_load",
    "controllers.0.target": "target",
    "controllers.0.least": "fewest_handlers",
    "controllers.0.most": "most_handlers",
    "controllers.0.every_s": "looks",
    "crowd.retries.most": "attempts",
    "crowd.retries.honours_retry_after": "honours_retry_after",
    "crowd.patience.kind": "patience_kind",
    "crowd.arrivals.bin_s": "stretch",
    "crowd.arrivals.counts": "counted",
    "crowd.arrivals.groups": "groups",
    "crowd.arrivals.groups.0.weight": "group_size",
    "crowd.arrivals.groups.0.arrivals.mean_s": "rush_mean",
    "controllers.0.changes.0.what": "setting",
    "controllers.0.changes.0.to": "new_value",
    "controllers.0.decide": "policy",
    "controllers.0.room": "room_share",
}


def paths_of(part, before=""):
    """Every path at which a field of this part, or of a part that it can hold, stands."""
    for field in dataclasses.fields(part):
        yield before + field.name
        many = field.metadata["kind"] == "parts"
        for kind in field.metadata.get("kinds", ()):
            yield from paths_of(kind, f"{before}{field.name}.{'0.' if many else ''}")


EVERY_PATH = sorted(set(paths_of(Scenario)))


def test_every_example_in_the_docstrings_is_true():
    result = doctest.testmod(room)
    assert result.attempted >= 4
    assert result.failed == 0


@pytest.mark.parametrize("key", PROMISED)
def test_every_word_that_the_course_relies_on_is_defined(key):
    assert word(key).key == key


@pytest.mark.parametrize(("path", "key"), FIELDS_OF_A_SCENARIO.items())
def test_a_field_of_a_scenario_finds_its_word(path, key):
    assert word(path) is word(key)


def test_the_paths_reach_every_part_of_a_scenario():
    assert {*FIELDS_OF_A_SCENARIO} < {*EVERY_PATH}
    steps = {step for path in EVERY_PATH for step in path.split(".")}
    for kind in (*FAULTS, *CONTROLLERS, Measured, Rush, Several, WaitingRoom):
        assert {field.name for field in dataclasses.fields(kind)} <= steps


@pytest.mark.parametrize("path", EVERY_PATH)
def test_every_field_of_every_part_of_a_scenario_finds_a_word(path):
    assert word(path).slider


@pytest.mark.parametrize("column", [*FLOWS, *LEVELS, *WORK])
def test_every_column_of_a_run_finds_a_word(column):
    assert word(column).axis


@pytest.mark.parametrize("entry", words().values(), ids=lambda entry: entry.key)
def test_every_word_says_what_it_is_in_one_plain_sentence(entry):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", entry.key)
    assert entry.definition[0].isupper()
    assert re.search(r"[.?]$", entry.definition)
    assert not re.search(r"[.?!] [A-Z]", entry.definition), "more than one sentence"
    assert len(entry.definition.split()) <= 40
    assert not re.search(r"[α-ω]", entry.definition), "Greek belongs in the symbol"
    assert avoided_in(entry.definition) == []


@pytest.mark.parametrize("entry", words().values(), ids=lambda entry: entry.key)
def test_every_word_has_a_label_for_an_axis_and_for_a_slider(entry):
    for label in (entry.axis, entry.slider):
        assert label[0].isupper()
        assert len(label) <= 60
        assert avoided_in(label) == []


def test_a_label_is_made_from_name_and_unit_unless_one_is_given():
    made = Word(key="k", name="time to join", definition="D.", group="G", unit="seconds")
    assert made.axis == made.slider == "Time to join (seconds)"
    given = Word(key="k", name="n", definition="D.", group="G", unit="u", axis="A", slider="S")
    assert (given.axis, given.slider) == ("A", "S")


def test_no_name_key_or_field_stands_for_two_words():
    names = [entry.name for entry in words().values()]
    assert len(set(names)) == len(names)
    fields = [name for entry in words().values() for name in entry.fields]
    assert len(set(fields)) == len(fields)
    others = {name: entry.key for entry in words().values() for name in entry.fields}
    assert [name for name in others if name in words() and name != others[name]] == []


def test_a_word_is_never_given_as_a_word_not_to_use_for_itself():
    for entry in words().values():
        assert entry.name not in entry.instead_of
        assert len(set(entry.instead_of)) == len(entry.instead_of)


def test_words_cannot_be_changed_by_those_who_read_them():
    with pytest.raises(AttributeError):
        word("queue").name = "line"
    with pytest.raises(TypeError):
        words()["queue"] = word("wait")


def test_an_unknown_word_is_answered_with_near_misses():
    with pytest.raises(ValueError, match=r"word is 'utilisation': .*did you mean 'utilization'"):
        word("utilisation")
    with pytest.raises(KeyError, match=r"queue_limit"):
        word("door.queue_limmit")
    with pytest.raises(ValueError, match=r"word is 'crowd.arrivals.men_s'"):
        word("crowd.arrivals.men_s")


@pytest.mark.parametrize("wrong", ["", "xyzzyplugh"])
def test_a_key_near_to_nothing_is_answered_with_a_sentence(wrong):
    with pytest.raises(ValueError, match=r"word is .*no such word is defined; see words.toml\."):
        word(wrong)


@pytest.mark.parametrize("wrong", [None, 3, ("queue",)])
def test_a_key_that_is_not_text_is_answered_with_a_sentence(wrong):
    with pytest.raises(ValueError, match=r"word is .*: give the key as text"):
        word(wrong)


def test_the_glossary_holds_every_word_once_with_its_own_anchor():
    page = glossary_markdown()
    for entry in words().values():
        assert page.count(f"\n### {entry.name}\n\n{entry.definition}\n") == 1
        assert f"in code `{entry.key}`" in page
    assert page.count("\n### ") == len(words())
    assert page.endswith(".*\n") or page.endswith(".\n")


def test_the_glossary_is_the_same_each_time_and_sorted_within_its_groups():
    assert glossary_markdown() == glossary_markdown()
    for section in glossary_markdown().split("\n## ")[1:]:
        names = re.findall(r"^### (.*)$", section, re.MULTILINE)
        assert names == sorted(names, key=str.casefold)
        assert names


@pytest.mark.parametrize(
    "text",
    [
        "a thundering herd",
        "they were thrown out",
        "kicked him off",
        "the backlog",
        "Hammering",
        "hammerers",
        "a retry storm",
        "the attackers",
        "an embarrassing delay",
    ],
)
def test_words_that_the_course_avoids_are_found(text):
    assert len(avoided_in(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["The crowd came back.", "Sheperds", "mobile", "thrown into the queue", "throughout", "attack"],
)
def test_words_that_only_look_like_them_are_left_alone(text):
    assert avoided_in(text) == []


def test_the_finding_names_line_reason_and_remedy_in_the_order_of_the_text():
    assert avoided_in("fine\nthe backlog\nthe herd") == [
        "line 2: 'backlog' is avoided (it names three different things); write 'queue'.",
        "line 3: 'herd' is avoided (people are not cattle); write 'crowd'.",
    ]


def test_what_is_to_be_written_instead_is_not_itself_avoided():
    assert len(avoided()) >= 8
    for entry in avoided():
        assert avoided_in(entry.write) == []
