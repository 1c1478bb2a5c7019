"""Theory: the published values, and a sentence for every wrong question."""

import doctest
import importlib
import inspect
import math
import pkgutil

import pytest

from loadbearing import theory
from loadbearing.theory import (
    amdahl,
    beta_for_waiting,
    dead_work_onset,
    dm1,
    erlang_a,
    erlang_b,
    erlang_c,
    fluid_path,
    fluid_queue,
    in_time_newest_first,
    in_time_oldest_first,
    layered_amplification,
    little,
    load_at_blocking,
    metastable_boundaries,
    metastable_state,
    mm1,
    mmc,
    mmck,
    overload,
    pollaczek_khinchine,
    pooling,
    retrial_queue,
    retry_amplification,
    scalability,
    scalability_peak,
    servers_for_blocking,
    servers_for_wait,
    servers_for_waiting,
    slow_at_least_once,
    square_root_staffing,
    swinging_load,
    waiting_at_beta,
)

ROOMS = [room.name for room in pkgutil.iter_modules(theory.__path__)]


@pytest.mark.parametrize("room", ROOMS)
def test_every_example_in_the_docstrings_is_true(room):
    module = importlib.import_module(f"loadbearing.theory.{room}")
    result = doctest.testmod(module)
    assert result.attempted >= (0 if room == "asked" else 2)
    assert result.failed == 0


def test_the_public_face_is_what_it_says():
    exported = {
        name
        for name, thing in vars(theory).items()
        if not name.startswith("_") and not inspect.ismodule(thing)
    }
    assert exported == set(theory.__all__)


# Published values, to the seven decimals printed, or exact; the sources stand in the docstrings.
PUBLISHED = {
    "M/M/1 at .8 holds 4": (mm1(0.8, 1).number_in_system, 4),
    "M/M/1 at .8 takes 5 service times": (mm1(0.8, 1).time_in_system, 5),
    "M/M/1 at .95 waits 19 service times": (mm1(0.95, 1).wait, 19),
    "B(10, 5)": (erlang_b(10, 5), 0.0183846),
    "B(5, 3)": (erlang_b(5, 3), 0.1100543),
    "C(2, 1)": (erlang_c(2, 1), 1 / 3),
    "C(3, 2)": (erlang_c(3, 2), 4 / 9),
    "C(5, 4)": (erlang_c(5, 4), 0.5541126),
    "C(14, 10)": (erlang_c(14, 10), 0.1741319),
    "M/M/1/5 p5": (mmck(0.8, 1, 1, 5).blocking, 0.0888195),
    "M/M/1/5 L": (mmck(0.8, 1, 1, 5).number_in_system, 1.8683320),
    "M/M/10/20 p20": (mmck(12, 1, 10, 20).blocking, 0.1796659),
    "M/M/10/20 throughput": (mmck(12, 1, 10, 20).throughput, 9.8440090),
    "Erlang A at 100, waiting": (erlang_a(100, 1, 100, 1).probability_of_waiting, 0.5132988),
    "Erlang A at 100, leaving": (erlang_a(100, 1, 100, 1).abandoning, 0.0398610),
    "Erlang A at 95, waiting": (erlang_a(95, 1, 100, 1).probability_of_waiting, 0.3173568),
    "Erlang A at 95, leaving": (erlang_a(95, 1, 100, 1).abandoning, 0.0201657),
    "retrial queue at .8": (retrial_queue(0.8, 1, 2).number_in_orbit, 3.2 + 1.6),
    "overload, queue": (overload(1, 2, 10, 0.7).largest_queue, 10),
    "overload, drain": (overload(1, 2, 10, 0.7).drain_time, 100 / 3),
    "overload, area": (overload(1, 2, 10, 0.7).delay_area, 650 / 3),
    "sine load, damping": (swinging_load(1, 1, 2, 1).damping, 1 / math.sqrt(5)),
    "sine load, lag": (swinging_load(1, 1, 2, 1).lag, math.atan(2) / 2),
    "sine load, lag in seconds": (swinging_load(9, 0.5, 2, 4).lag, math.atan(0.5) / 2),
    "scalability peak": (scalability_peak(0.03, 0.0001), math.sqrt(9700)),
    "scalability at 64": (scalability(64, 0.03, 0.0001, 10), 640 / (1 + 1.89 + 0.4032)),
    "Amdahl at 8": (amdahl(8, 0.05), 160 / 27),
    "Amdahl limit": (amdahl(math.inf, 0.05), 20),
    "amplification": (retry_amplification(0.9, 3), 1 + 0.9 + 0.81 + 0.729),
    "five layers of three": (layered_amplification(3, 5), 243),
    "dead work": (dead_work_onset(30, 1.2), 150),
    "hundred calls": (slow_at_least_once(0.99, 100), 1 - 0.99**100),
    "deterministic server": (pollaczek_khinchine(0.8, 1, 0).queue_length, 1.6),
    "two-phase server": (pollaczek_khinchine(0.8, 1, math.sqrt(0.5)).queue_length, 2.4),
    "admission 300,000 / 120 min": (little(number_in_system=3e5, time_in_system=120), 2500),
}


@pytest.mark.parametrize(("found", "published"), PUBLISHED.values(), ids=PUBLISHED)
def test_published_values_are_met(found, published):
    assert found == pytest.approx(published, rel=1e-12, abs=5.1e-8)


@pytest.mark.parametrize(
    ("servers", "refused", "load"),
    # Tables of Erlang's loss formula print four figures.
    [(1, 0.01, 0.0101), (5, 0.01, 1.361), (10, 0.01, 4.461), (15, 0.01, 8.108), (20, 0.01, 12.03),
     (50, 0.01, 37.90), (100, 0.01, 84.06), (10, 0.02, 5.084), (10, 0.05, 6.216)],
)  # fmt: skip
def test_the_printed_tables_of_lines_and_load_are_met(servers, refused, load):
    assert load_at_blocking(servers, refused) == pytest.approx(load, rel=5e-4)


@pytest.mark.parametrize(("load", "servers"), [(10, 14), (100, 111), (1000, 1034), (10000, 10107)])
def test_headroom_for_one_promise_shrinks_as_the_load_grows(load, servers):
    assert servers_for_waiting(load, 0.2) == servers
    assert erlang_c(servers, load) <= 0.2 < erlang_c(servers - 1, load)


def test_a_share_that_equals_the_goal_meets_it():
    assert servers_for_waiting(1, 1 / 3) == 2
    assert servers_for_waiting(0.4375, 0.4375) == 1
    assert servers_for_blocking(1, 0.5) == 1
    assert servers_for_wait(0.8, 1, 0, 0.8) == 1


def test_ten_pools_need_more_than_one():
    shared = pooling(offered_load_each=100, crowds=10, most_waiting=0.2)
    assert (shared.servers_separate, shared.servers_pooled) == (1110, 1034)
    assert shared.servers_saved == 76


@pytest.mark.parametrize(
    ("rate", "state"),
    [(0, "stable"), (299.9, "stable"), (300, "vulnerable"), (899.9, "vulnerable"),
     (900, "overloaded"), (5000, "overloaded")],
)  # fmt: skip
def test_with_dead_work_a_system_is_vulnerable_long_before_it_is_overloaded(rate, state):
    assert metastable_state(rate, capacity=900, retries=2) == state


def test_what_never_ends_is_said_to_be_infinite():
    assert dead_work_onset(30, 1) == dead_work_onset(30, 0.5) == math.inf
    assert scalability_peak(0.1, 0) == math.inf
    assert retry_amplification(1, math.inf) == math.inf
    assert amdahl(math.inf, 0) == math.inf
    assert overload(1, 2, 10, rate_after=1).drain_time == math.inf
    assert overload(1, 2, 10, rate_after=1.1).delay_area == math.inf
    assert mmc(1, 1, 2).wait_percentile(1) == math.inf


# One right question for each formula: below, each of its numbers is spoiled in turn.
RIGHT = {
    mm1: {"arrival_rate": 0.8, "service_rate": 1},
    mmc: {"arrival_rate": 8, "service_rate": 1, "servers": 10},
    pollaczek_khinchine: {"arrival_rate": 0.8, "service_rate": 1, "variation": 1},
    erlang_b: {"servers": 10, "offered_load": 8},
    erlang_c: {"servers": 10, "offered_load": 8},
    mmck: {"arrival_rate": 8, "service_rate": 1, "servers": 10, "room": 20},
    erlang_a: {"arrival_rate": 8, "service_rate": 1, "servers": 10, "abandonment_rate": 1},
    little: {"arrival_rate": 8, "time_in_system": 3},
    servers_for_blocking: {"offered_load": 8, "most_refused": 0.1},
    load_at_blocking: {"servers": 10, "refused": 0.1},
    servers_for_waiting: {"offered_load": 8, "most_waiting": 0.1},
    servers_for_wait: {"arrival_rate": 8, "service_rate": 1, "within": 2, "most_beyond": 0.1},
    square_root_staffing: {"offered_load": 8, "beta": 1},
    waiting_at_beta: {"beta": 1},
    beta_for_waiting: {"most_waiting": 0.1},
    pooling: {"offered_load_each": 8, "crowds": 3, "most_waiting": 0.1},
    retrial_queue: {"arrival_rate": 0.8, "service_rate": 1, "retry_rate": 2},
    retry_amplification: {"failure_probability": 0.5, "retries": 3},
    layered_amplification: {"tries": 3, "layers": 5},
    dead_work_onset: {"timeout": 30, "traffic_intensity": 2},
    dm1: {"arrival_rate": 0.8, "service_rate": 1},
    in_time_oldest_first: {"arrival_rate": 9, "service_rate": 1, "servers": 10, "timeout": 3},
    in_time_newest_first: {"arrival_rate": 9, "service_rate": 1, "servers": 10, "timeout": 3},
    metastable_boundaries: {"capacity": 900, "retries": 2},
    metastable_state: {"arrival_rate": 500, "capacity": 900, "retries": 2},
    scalability: {"servers": 8, "contention": 0.1, "coherency": 0.01, "rate_of_one": 5},
    scalability_peak: {"contention": 0.1, "coherency": 0.01},
    amdahl: {"processors": 8, "serial_share": 0.05},
    slow_at_least_once: {"quick_share": 0.99, "calls": 100},
    overload: {"capacity": 1, "overload_rate": 2, "overload_lasts": 10, "rate_after": 0.7},
    swinging_load: {
        "mean_arrival_rate": 9, "swing": 0.5, "angular_frequency": 2, "service_rate": 4
    },
}  # fmt: skip
COUNTED = {"servers", "room", "crowds", "layers", "calls", "retries"}
SPOILED = [
    (formula, field, wrong)
    for formula, question in RIGHT.items()
    for field in question
    for wrong in (
        math.nan, -1e9, -math.inf, "many", True, *([2.5] if field in COUNTED else []),
    )
    # Any headroom may be asked of the square-root rule, and a scaling law may be asked between.
    if (formula, field, wrong) not in {
        (square_root_staffing, "beta", -1e9), (scalability, "servers", 2.5)
    }
]  # fmt: skip


def test_every_formula_is_asked_a_wrong_question():
    formulas = {getattr(theory, name) for name in theory.__all__}
    assert {f for f in formulas if inspect.isfunction(f)} == {*RIGHT, fluid_path, fluid_queue}
    for formula, question in RIGHT.items():
        formula(**question)


@pytest.mark.parametrize(
    ("formula", "field", "wrong"), SPOILED, ids=lambda v: getattr(v, "__name__", str(v))
)
def test_a_wrong_number_is_answered_with_field_value_and_remedy(formula, field, wrong):
    with pytest.raises(ValueError) as raised:
        formula(**{**RIGHT[formula], field: wrong})
    sentence = str(raised.value)
    assert sentence.startswith((f"{field} is {wrong!r}", f"{field} is {wrong}"))
    assert "give" in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: mm1(1, 1),
        lambda: mmc(21, 2, 10),
        lambda: erlang_c(10, 10),
        lambda: pollaczek_khinchine(2, 1, 0),
        lambda: dm1(1, 1),
        lambda: retrial_queue(1, 1, 1),
        lambda: erlang_a(10, 1, 10, abandonment_rate=0),
    ],
)
def test_a_queue_that_grows_without_end_is_answered_with_what_to_do(ask):
    with pytest.raises(ValueError, match=r"grows without end\. Add servers, limit the queue"):
        ask()


def test_other_impossible_questions_are_answered_with_a_sentence():
    with pytest.raises(ValueError, match=r"room is 9, less than the 10 servers.*give 10 or more"):
        mmck(8, 1, 10, 9)
    with pytest.raises(ValueError, match=r"gives the third; 1 were given"):
        little(arrival_rate=1)
    with pytest.raises(ValueError, match=r"gives the third; 3 were given"):
        little(arrival_rate=1, number_in_system=1, time_in_system=1)
    with pytest.raises(ValueError, match=r"rates is empty"):
        fluid_queue(1, [])
    with pytest.raises(ValueError, match=r"rates\[1\] arrival rate is -2"):
        fluid_queue(1, [(5, 1), (5, -2)])
    with pytest.raises(ValueError, match=r"after one that never ends; leave out step 1"):
        fluid_queue(1, [(math.inf, 1), (5, 2)])
    with pytest.raises(ValueError, match=r"times has 3 entries and arrival_rates 2"):
        fluid_path([0, 1, 2], [1, 1], 1, 1)
    with pytest.raises(ValueError, match=r"with times that increase"):
        fluid_path([0, 0], [1, 1], 1, 1)
    with pytest.raises(ValueError, match=r"arrival_rates\[1\] is nan"):
        fluid_path([0, 1], [1, math.nan], 1, 1)
    with pytest.raises(ValueError, match=r"servers is 0\.5: give 1 or more"):
        scalability(0.5, 0.1, 0.1)
