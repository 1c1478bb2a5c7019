"""The evening obeys laws that know nothing of it: queueing theory, Little's law, conservation, monotony.

Theory speaks of Poisson arrivals in steady state and without weather. So the number of listeners is drawn from a
Poisson distribution, they come evenly, a warm-up is thrown away, and the mean of independent replications must lie
within three standard errors of the closed form.
"""

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from loadbearing import (
    Crowd,
    Door,
    Patience,
    Retries,
    Scenario,
    Service,
    Steady,
    Weather,
    cases,
    simulate,
    theory,
)
from tests.strategies import scenarios

WARM_UP_S, LENGTH_S, REPLICATIONS = 200, 2200, 16


def window(rate, door, seed, **crowd):
    """Return the seconds of one replication after its warm-up, and the run."""
    people = int(np.random.default_rng([seed, 5]).poisson(rate * LENGTH_S))
    scenario = Scenario(
        crowd=Crowd(
            listeners=people,
            arrivals=Steady(from_s=0, until_s=LENGTH_S),
            **{"retries": Retries(most=1), **crowd},
        ),
        door=door,
        weather=Weather.calm(),
        starts_s=0,
        ends_s=LENGTH_S,
    )
    return simulate(scenario, seed, sample=0).seconds[WARM_UP_S:]


def agree(name, expected, measured):
    """Hold a closed form against replications: three standard errors, and an interval worth having."""
    measured = np.array(measured)
    error = measured.std(ddof=1) / np.sqrt(len(measured))
    print(
        f"{name}: theory {expected:.5f}, simulated {measured.mean():.5f}, standard error {error:.5f}"
    )
    assert error < 0.1 * expected, f"{name}: too few replications to say anything"
    assert abs(measured.mean() - expected) < 3 * error, (
        f"{name}: theory {expected}, simulated {measured.mean()}, standard error {error}"
    )


def replicate(measure):
    return [measure(seed) for seed in range(1, REPLICATIONS + 1)]


def door(handlers, mean_s=1.0, cv=1.0, **rules):
    return Door(handlers=handlers, service=Service(mean_s=mean_s, cv=cv), **rules)


def test_erlang_b_the_share_refused_without_a_queue():
    def refused(seed):
        rows = window(8, door(10, queue_limit=0), seed)
        return rows["refused_full"].sum() / rows["first_attempts"].sum()

    agree("Erlang B, 10 handlers, 8 erlang", theory.erlang_b(10, 8), replicate(refused))


@pytest.mark.parametrize("cv", [0.0, 2.0])
def test_erlang_b_does_not_care_how_services_vary(cv):
    def refused(seed):
        rows = window(8, door(10, queue_limit=0, cv=cv), seed)
        return rows["refused_full"].sum() / rows["first_attempts"].sum()

    agree(f"Erlang B, cv {cv}", theory.erlang_b(10, 8), replicate(refused))


def test_erlang_c_the_queue_without_a_limit():
    def waiting(seed):
        return window(8, door(10), seed)["queue_s"].mean()

    queue = theory.mmc(8, 1, 10)
    agree("Erlang C, mean queue", queue.queue_length, replicate(waiting))


def test_mmck_a_queue_with_a_limit():
    def both(seed):
        rows = window(12, door(10, queue_limit=10), seed)
        return rows["refused_full"].sum() / rows["first_attempts"].sum(), rows["joins"].mean()

    measured = np.array(replicate(both))
    queue = theory.mmck(12, 1, 10, 20)
    agree("M/M/10/20, share refused", queue.blocking, measured[:, 0])
    agree("M/M/10/20, throughput", queue.throughput, measured[:, 1])


def test_erlang_a_people_who_lose_patience():
    def both(seed):
        patience = Patience(kind="exponential", mean_s=2)
        rows = window(10, door(10, drops_dead=True), seed, patience=patience)
        return rows["gave_up"].sum() / rows["arrivals"].sum(), rows["living_queue_s"].mean()

    measured = np.array(replicate(both))
    queue = theory.erlang_a(10, 1, 10, 0.5)
    agree("Erlang A, share who give up", queue.abandoning, measured[:, 0])
    agree("Erlang A, mean queue", queue.queue_length, measured[:, 1])


@pytest.mark.parametrize("cv", [0.0, 0.5, 1.0])
def test_pollaczek_khinchine_variation_makes_queues(cv):
    def waiting(seed):
        return window(0.7, door(1, cv=cv), seed)["queue_s"].mean()

    queue = theory.pollaczek_khinchine(0.7, 1, cv)
    agree(f"M/G/1, cv {cv}", queue.queue_length, replicate(waiting))


def test_a_single_server_with_retries_has_falins_orbit():
    # The orbit is who has come and is neither in nor being served: counted from people, not from a formula.
    def orbit(seed):
        people = int(np.random.default_rng([seed, 5]).poisson(0.5 * LENGTH_S))
        scenario = Scenario(
            crowd=Crowd(
                listeners=people,
                arrivals=Steady(from_s=0, until_s=LENGTH_S),
                round_trip_s=1e-3,
                retries=Retries(backoff="fixed", base_s=4, cap_s=4, jitter="exponential"),
            ),
            door=door(1, queue_limit=0),
            weather=Weather.calm(),
            starts_s=0,
            ends_s=LENGTH_S,
        )
        rows = simulate(scenario, seed, sample=0).seconds
        here = np.cumsum(rows["arrivals"] - rows["joins"]) - rows["busy"]
        return here[WARM_UP_S:].mean()

    queue = theory.retrial_queue(0.5, 1, 0.25)
    agree("M/M/1 retrial queue, orbit", queue.number_in_orbit, replicate(orbit))


def test_dead_work_takes_over_when_theory_says():
    # Half as much again as the door can do, first come first served, no end to the queue: who joins after
    # T / (rho - 1) will have left when served, a time-out later. Before that most services still help.
    timeout, intensity = 300, 1.5
    rows = window(100 * intensity, door(100), 1, timeout_s=timeout)
    onset = theory.dead_work_onset(timeout, intensity) + timeout - WARM_UP_S
    early, late = rows[: int(onset) - 50], rows[int(onset) + 50 :]
    assert early["dead_services"].sum() < 0.02 * early["services"].sum()
    assert late["dead_services"].sum() > 0.98 * late["services"].sum()


def test_a_fluid_overload_builds_and_drains_as_newell_says():
    # 200 a second for 100 s against 100 handlers of one second, then nobody: the queue grows to 100 x 100 and is
    # empty 100 s later.
    surge = Scenario(
        crowd=Crowd(
            listeners=20_000, arrivals=Steady(from_s=0, until_s=100), retries=Retries(most=1)
        ),
        door=door(100),
        weather=Weather.calm(),
        starts_s=0,
        ends_s=400,
    )
    queue = simulate(surge, 1, sample=0).seconds["queue"]
    expected = theory.overload(100, 200, 100, 0)
    assert queue.max() == pytest.approx(expected.largest_queue, rel=0.03)
    assert np.flatnonzero(queue)[-1] - 100 == pytest.approx(expected.drain_time, rel=0.03)


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios())
def test_every_random_evening_passes_the_audit(scenario):
    simulate(scenario, 3, engine="compiled", sample=10).audit()


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios())
def test_more_handlers_never_hurt_a_queue_that_nobody_leaves(scenario):
    patient = dataclasses.replace(
        scenario,
        crowd=dataclasses.replace(
            scenario.crowd, timeout_s=None, patience=Patience(), stays_mean_s=None
        ),
        door=dataclasses.replace(scenario.door, queue_limit=None),
        faults=(),
        controllers=(),
        tick_s=None,
    ).changed({"stage.seats": None})
    more = patient.changed({"door.handlers": patient.door.handlers + 1})
    one, two = (simulate(each, 3, sample=0).listeners["joined"] for each in (patient, more))
    joined = ~np.isnan(one)
    assert (np.sort(two[joined]) <= np.sort(one[joined]) + 1e-9).all()


@pytest.mark.parametrize("name", cases.names())
def test_a_smaller_room_tells_nearly_the_same_evening(name):
    calm = cases.get(name).changed({"weather": Weather.calm()})
    rooms = {}
    for fraction in (0.05, 0.2):
        rows = simulate(calm.scaled(fraction), 1, sample=0).seconds
        rooms[fraction] = rows["inside"][1200 + 2520] / fraction
    assert rooms[0.05] == pytest.approx(rooms[0.2], rel=0.08)


def test_everybody_at_one_instant_costs_no_more_than_everybody_in_a_rush():
    def refused(arrivals):
        retries = Retries(most=3, backoff="fixed", base_s=5, cap_s=5, jitter="none")
        crowd = Crowd(listeners=200_000, arrivals=arrivals, retries=retries)
        scenario = Scenario(
            crowd=crowd, door=door(1, queue_limit=0), weather=Weather.calm(), starts_s=0, ends_s=60
        )
        return simulate(scenario, 1, sample=0).audit().seconds["refused_full"].sum()

    # Sorting equal times one by one would take minutes here; it must end, with the right count.
    assert refused(Steady(from_s=0, until_s=0)) >= 3 * 200_000 - 200
