"""Theory: every closed form against a second method that shares no step with it."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp
from scipy.stats import poisson

from loadbearing.theory import (
    amdahl,
    beta_for_waiting,
    erlang_a,
    erlang_b,
    erlang_c,
    fluid_path,
    fluid_queue,
    load_at_blocking,
    metastable_boundaries,
    mm1,
    mmc,
    mmck,
    overload,
    pollaczek_khinchine,
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

EXACT = 1e-11
rates = st.fractions(Fraction(1, 20), 50, max_denominator=40)
servers = st.integers(1, 12)


def holds_for(*asked, max_examples=100):
    """Test with the same drawn questions each time, however busy the machine."""
    settled = settings(max_examples=max_examples, deadline=None, derandomize=True)
    return lambda test: settled(given(*asked)(test))


def chain(births, deaths):
    """Probabilities of a birth-death chain in exact arithmetic."""
    weights = [Fraction(1)]
    for birth, death in zip(births, deaths, strict=True):
        weights.append(weights[-1] * birth / death)
    total = sum(weights)
    return [weight / total for weight in weights]


def erlang_a_chain(arrival_rate, service_rate, c, abandonment_rate, states):
    """Probability of waiting and mean queue of M/M/c+M by solving its balance equations."""
    n = np.arange(states)
    leave = np.minimum(n, c) * service_rate + np.maximum(n - c, 0) * abandonment_rate
    balance = np.diag(-(arrival_rate + leave))
    balance[0, 0] = -arrival_rate
    balance[-1, -1] = -leave[-1]
    balance += np.diag(np.full(states - 1, arrival_rate), -1) + np.diag(leave[1:], 1)
    balance[0] = 1
    p = np.linalg.solve(balance, np.eye(states)[0])
    return p[c:].sum(), p @ np.maximum(n - c, 0)


# ---------------------------------------------------------------- queues


@holds_for(rates, rates, servers, st.integers(0, 30))
def test_a_limited_room_agrees_with_exact_arithmetic(arrivals, service, c, more):
    room = c + more
    p = chain([arrivals] * room, [service * min(n, c) for n in range(1, room + 1)])
    found = mmck(float(arrivals), float(service), c, room)
    assert found.probabilities == pytest.approx([float(x) for x in p], rel=1e-9, abs=1e-300)
    assert found.blocking == pytest.approx(float(p[-1]), rel=1e-9)
    waiting = sum(max(n - c, 0) * x for n, x in enumerate(p))
    assert found.queue_length == pytest.approx(float(waiting), rel=1e-9)
    inside = sum(n * x for n, x in enumerate(p))
    assert found.number_in_system == pytest.approx(float(inside), rel=1e-9)
    assert found.throughput == pytest.approx(float(arrivals * (1 - p[-1])), rel=1e-9)


@holds_for(rates, servers)
def test_a_room_without_a_line_is_erlang_b(load, c):
    assert mmck(float(load), 1, c, c).blocking == pytest.approx(erlang_b(c, load), rel=EXACT)


@holds_for(servers, st.floats(0.05, 0.95))
def test_an_endless_room_is_erlang_c(c, intensity):
    load = intensity * c
    line = math.ceil(-40 / math.log(intensity))
    endless, queue = mmck(load, 1, c, c + line), mmc(load, 1, c)
    assert endless.queue_length == pytest.approx(queue.queue_length, rel=1e-9)
    assert endless.probability_of_waiting == pytest.approx(erlang_c(c, load), rel=1e-9)


@holds_for(st.integers(1, 200), rates)
def test_erlang_b_agrees_with_exact_sums(c, load):
    terms = [Fraction(1)]
    for n in range(1, c + 1):
        terms.append(terms[-1] * load / n)
    assert erlang_b(c, float(load)) == pytest.approx(float(terms[-1] / sum(terms)), rel=EXACT)


@holds_for(
    st.integers(1, 200), st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=200)
)
def test_erlang_c_agrees_with_exact_sums(c, intensity):
    load = c * intensity
    terms = [Fraction(1)]
    for n in range(1, c + 1):
        terms.append(terms[-1] * load / n)
    line = terms[-1] / (1 - intensity)
    exact = line / (sum(terms[:-1]) + line)
    assert erlang_c(c, float(load)) == pytest.approx(float(exact), rel=1e-10)


@pytest.mark.parametrize("c", [10_000, 100_000])
def test_erlang_b_holds_for_very_many_servers(c):
    for load in (0.9 * c, c - math.sqrt(c), c, 1.1 * c):
        poisson_ratio = poisson.pmf(c, load) / poisson.cdf(c, load)
        assert erlang_b(c, load) == pytest.approx(poisson_ratio, rel=1e-8)


@holds_for(st.integers(1, 60), st.floats(0.1, 100), st.floats(1.0001, 3))
def test_more_load_or_fewer_servers_never_refuse_or_delay_fewer(c, load, more):
    assert erlang_b(c, load) < erlang_b(c, load * more)
    assert erlang_b(c + 1, load) < erlang_b(c, load)
    if load * more < c:
        assert erlang_b(c, load) <= erlang_c(c, load) <= erlang_c(c, load * more)


@holds_for(st.integers(1, 40), st.floats(0.1, 0.99), st.floats(0, 10))
def test_the_tail_of_a_wait_integrates_to_its_mean(c, intensity, t):
    queue = mmc(intensity * c, 1, c)
    spare = c * (1 - intensity)
    area, _ = quad(queue.wait_exceeds, 0, 60 / spare, epsabs=0, epsrel=1e-11, limit=200)
    assert area == pytest.approx(queue.wait, rel=1e-8)
    assert queue.wait_exceeds(t) <= queue.time_in_system_exceeds(t) + 1e-15


@pytest.mark.parametrize(
    ("arrivals", "c"), [(0.8, 1), (1, 2), (1.5, 2), (4, 5), (30, 32), (2.5, 3)]
)
def test_the_tail_of_the_time_in_system_integrates_to_its_mean(arrivals, c):
    queue = mmc(arrivals, 1, c)
    area, _ = quad(queue.time_in_system_exceeds, 0, 400, epsrel=1e-11, limit=400)
    assert area == pytest.approx(queue.time_in_system, rel=1e-8)
    assert queue.time_in_system_exceeds(0) == 1
    # Where wait and service end at the same rate, the formula takes its limit smoothly.
    near = mmc(arrivals * (1 + 1e-9), 1, c).time_in_system_exceeds(2)
    assert queue.time_in_system_exceeds(2) == pytest.approx(near, rel=1e-7)


def test_one_server_alone_leaves_times_in_system_exponential():
    queue = mm1(0.8, 1)
    for t in (0, 1, 5, 50):
        assert queue.time_in_system_exceeds(t) == pytest.approx(math.exp(-0.2 * t), rel=1e-12)


@holds_for(st.integers(1, 40), st.floats(0.1, 0.99), st.floats(0, 0.999))
def test_a_percentile_of_the_wait_is_exceeded_by_the_rest(c, intensity, share):
    queue = mmc(intensity * c, 1, c)
    t = queue.wait_percentile(share)
    if t == 0:
        assert queue.probability_of_waiting <= 1 - share
    else:
        assert queue.wait_exceeds(t) == pytest.approx(1 - share, rel=1e-9)


@holds_for(st.floats(0.05, 0.95), st.floats(0, 5))
def test_an_uneven_server_waits_as_the_residual_service_says(intensity, variation):
    # By hand: W = lambda E[S^2] / (2 (1 - rho)), from the work an arrival finds.
    second_moment = 1 + variation**2
    wait = intensity * second_moment / (2 * (1 - intensity))
    assert pollaczek_khinchine(intensity, 1, variation).wait == pytest.approx(wait, rel=1e-12)


# ---------------------------------------------------------------- impatience


@pytest.mark.parametrize(
    ("arrivals", "service", "c", "leaving", "states"),
    [
        (8, 1, 10, 0.5, 200),
        (12, 1, 10, 0.5, 200),
        (12, 1, 10, 0.01, 1500),
        (0.95, 1, 1, 0.001, 1500),
        (40, 2, 3, 7, 200),
        (3, 0.1, 30, 0.05, 400),
        (100, 1, 90, 0.1, 900),
        (5, 1, 1, 100, 60),
    ],
)
def test_impatience_agrees_with_solved_balance_equations(arrivals, service, c, leaving, states):
    waiting, queue = erlang_a_chain(arrivals, service, c, leaving, states)
    found = erlang_a(arrivals, service, c, leaving)
    assert found.probability_of_waiting == pytest.approx(waiting, rel=1e-9)
    assert found.queue_length == pytest.approx(queue, rel=1e-9)


@holds_for(rates, servers, st.fractions(Fraction(1, 5), 20, max_denominator=20), max_examples=40)
def test_impatience_agrees_with_exact_arithmetic(arrivals, c, leaving):
    states = c + 400
    deaths = [min(n, c) + max(n - c, 0) * leaving for n in range(1, states + 1)]
    weights = [1.0]
    for death in deaths:
        weights.append(weights[-1] * float(arrivals / death))
    total = math.fsum(weights)
    queue = math.fsum((n - c) * w for n, w in enumerate(weights) if n > c) / total
    found = erlang_a(float(arrivals), 1, c, float(leaving))
    assert found.probability_of_waiting == pytest.approx(math.fsum(weights[c:]) / total, rel=1e-9)
    assert found.queue_length == pytest.approx(queue, rel=1e-9)


@holds_for(st.floats(0.1, 400), st.integers(1, 400))
def test_patience_as_long_as_service_makes_the_number_poisson(load, c):
    found = erlang_a(load, 1, c, 1)
    assert found.number_in_system == pytest.approx(load, rel=1e-9)
    waiting = poisson.sf(c - 1, load)
    assert found.probability_of_waiting == pytest.approx(waiting, rel=1e-8, abs=1e-300)


@pytest.mark.parametrize("c", [10_000, 40_000])
@pytest.mark.parametrize("intensity", [0.98, 1, 1.02])
def test_the_number_is_poisson_for_very_many_servers_too(c, intensity):
    found = erlang_a(7 * intensity * c, 7, c, 7)
    expected = poisson.sf(c - 1, intensity * c)
    assert found.probability_of_waiting == pytest.approx(expected, rel=1e-8)
    assert found.number_in_system == pytest.approx(intensity * c, rel=1e-9)


@pytest.mark.parametrize(("arrivals", "c"), [(0.8, 1), (8, 10), (99, 100), (9_900, 10_000)])
def test_patience_without_end_is_erlang_c(arrivals, c):
    patient = mmc(arrivals, 1, c)
    for leaving in (1e-13, 0):
        found = erlang_a(arrivals, 1, c, leaving)
        assert found.probability_of_waiting == pytest.approx(patient.probability_of_waiting, 1e-7)
        assert found.queue_length == pytest.approx(patient.queue_length, rel=1e-7)


def test_the_averages_of_each_queue_belong_together():
    limited = mmck(12, 2, 5, 20)
    assert limited.utilization == pytest.approx(limited.throughput / 10, rel=1e-12)
    assert limited.number_in_system == pytest.approx(limited.throughput * limited.time_in_system)
    assert limited.time_in_system == pytest.approx(limited.wait + 1 / 2)
    patient = mmc(8, 1, 10)
    assert patient.utilization == pytest.approx(0.8)
    assert patient.number_in_system == pytest.approx(patient.queue_length + 8)
    leaving = erlang_a(12, 1, 10, 0.5)
    assert leaving.throughput == pytest.approx(12 * (1 - leaving.abandoning))
    assert leaving.wait * 12 == pytest.approx(leaving.queue_length)
    conditional = leaving.abandoning_if_waiting * leaving.probability_of_waiting
    assert conditional == pytest.approx(leaving.abandoning)
    assert erlang_a(1e-3, 1, 1000, 1).abandoning_if_waiting == 0
    # Every later attempt comes from the orbit, at the retry rate of each who is in it.
    back = retrial_queue(0.5, 1, 3)
    assert back.number_in_system == pytest.approx(back.number_in_orbit + 0.5)
    assert back.attempts_per_person == pytest.approx(1 + 3 * back.number_in_orbit / 0.5)


@pytest.mark.parametrize(("arrivals", "c"), [(8, 10), (12, 10), (10_500, 10_000)])
def test_no_patience_at_all_is_erlang_b(arrivals, c):
    found = erlang_a(arrivals, 1, c, 1e12)
    assert found.abandoning == pytest.approx(erlang_b(c, arrivals), rel=1e-6)


@pytest.mark.parametrize("leaving", [1e-3, 0.05, 1, 20])
@pytest.mark.parametrize("intensity", [0.99, 1, 1.001, 1.3])
def test_impatience_with_ten_thousand_servers_agrees_with_summed_logarithms(intensity, leaving):
    c, load = 10_000, 10_000 * intensity
    n = np.arange(1, int(c + max(0, load - c) / leaving + 12 * math.sqrt(load / leaving)))
    deaths = np.minimum(n, c) + leaving * np.maximum(n - c, 0)
    logs = np.concatenate([[0], np.cumsum(np.log(load / deaths))])
    p = np.exp(logs - logs.max())
    p /= p.sum()
    found = erlang_a(load, 1, c, leaving)
    assert found.probability_of_waiting == pytest.approx(p[c:].sum(), rel=1e-7)
    assert found.queue_length == pytest.approx(p[1:] @ np.maximum(n - c, 0), rel=1e-7)
    assert found.throughput == pytest.approx(p[1:] @ np.minimum(n, c), rel=1e-7)


@pytest.mark.parametrize("leaving", [1e-14, 1e-10, 1e-6])
def test_a_line_of_very_patient_people_at_full_load_reaches_its_limit(leaving):
    # Half a bell curve of variance lambda/theta: its mean is sqrt(2 lambda / (pi theta)).
    limit = math.sqrt(2 * 100 / (math.pi * leaving))
    assert erlang_a(100, 1, 100, leaving).queue_length == pytest.approx(limit, abs=20)
    crowded = erlang_a(150, 1, 100, leaving)
    assert crowded.probability_of_waiting == 1
    assert crowded.queue_length == pytest.approx(50 / leaving, rel=1e-12)


@pytest.mark.parametrize("leaving", [1e-8, 1e-4, 1e-2, 1, 30])
@pytest.mark.parametrize("c", [1, 3, 100, 10_000])
def test_the_line_weighs_the_same_summed_and_in_closed_form(leaving, c, monkeypatch):
    summed = erlang_a(c, 1, c, leaving)
    monkeypatch.setattr("loadbearing.theory.impatience.MOST_TERMS", 0)
    closed = erlang_a(c, 1, c, leaving)
    assert closed.probability_of_waiting == pytest.approx(summed.probability_of_waiting, rel=1e-9)
    assert closed.queue_length == pytest.approx(summed.queue_length, rel=1e-9)


@pytest.mark.parametrize("leaving", [1e-12, 1e-6, 1e-3, 0.1, 5])
def test_the_two_ways_to_weigh_the_line_agree_where_they_meet(leaving):
    below, at, above = (erlang_a(load, 1, 100, leaving) for load in (100 - 1e-9, 100, 100 + 1e-9))
    assert below.queue_length == pytest.approx(at.queue_length, rel=1e-3)
    assert above.queue_length == pytest.approx(at.queue_length, rel=1e-3)
    assert below.queue_length < above.queue_length
    middle = (below.queue_length + above.queue_length) / 2
    assert at.queue_length == pytest.approx(middle, rel=1e-6)


# ---------------------------------------------------------------- staffing


@holds_for(st.floats(0, 300), st.floats(0.001, 0.9))
def test_the_least_number_of_servers_is_enough_and_one_fewer_is_not(load, goal):
    few = servers_for_blocking(load, goal)
    assert erlang_b(few, load) <= goal * (1 + 1e-11)
    assert few == 0 or erlang_b(few - 1, load) > goal
    many = servers_for_waiting(load, goal)
    assert erlang_c(many, load) <= goal * (1 + 1e-11)
    assert many - 1 <= load or erlang_c(many - 1, load) > goal


@holds_for(st.floats(0.1, 200), st.floats(0.001, 0.9), st.floats(0, 3))
def test_the_least_number_of_servers_keeps_a_promised_wait(load, goal, within):
    least = servers_for_wait(load, 1, within, goal)
    assert mmc(load, 1, least).wait_exceeds(within) <= goal * (1 + 1e-11)
    assert least - 1 <= load or mmc(load, 1, least - 1).wait_exceeds(within) > goal


@holds_for(st.integers(1, 400), st.floats(1e-6, 0.99))
def test_the_load_at_a_share_refused_gives_that_share_back(c, refused):
    assert erlang_b(c, load_at_blocking(c, refused)) == pytest.approx(refused, rel=1e-10)


@pytest.mark.parametrize("beta", [0.1, 0.5, 1, 2])
def test_square_root_staffing_reaches_its_limit(beta):
    load = 1_000_000
    c = math.ceil(square_root_staffing(load, beta))
    exact_beta = (c - load) / math.sqrt(load)
    assert erlang_c(c, load) == pytest.approx(waiting_at_beta(exact_beta), rel=4e-3)


@holds_for(st.floats(1e-9, 0.999999))
def test_beta_is_found_again_from_the_share_who_wait(share):
    assert waiting_at_beta(beta_for_waiting(share)) == pytest.approx(share, rel=1e-9)


def test_without_spare_capacity_everybody_waits_and_with_a_lot_nobody():
    assert waiting_at_beta(0) == 1
    assert waiting_at_beta(50) == 0


# ---------------------------------------------------------------- retries


@pytest.mark.parametrize(("arrivals", "retry"), [(0.5, 1), (0.7, 3), (0.3, 0.2)])
def test_the_retrial_queue_agrees_with_solved_balance_equations(arrivals, retry):
    most = 220  # in orbit; state 2 n + busy
    rate = np.zeros((2 * most, 2 * most))
    for n in range(most):
        idle, busy = 2 * n, 2 * n + 1
        rate[idle, busy] += arrivals
        rate[busy, idle] += 1
        if n:
            rate[idle, busy - 2] += n * retry
        if n + 1 < most:
            rate[busy, busy + 2] += arrivals
    balance = (rate - np.diag(rate.sum(axis=1))).T
    balance[0] = 1
    p = np.linalg.solve(balance, np.eye(2 * most)[0])
    found = retrial_queue(arrivals, 1, retry)
    assert found.number_in_orbit == pytest.approx(p @ np.repeat(np.arange(most), 2), rel=1e-8)
    assert found.utilization == pytest.approx(p[1::2].sum(), rel=1e-8)


def test_instant_retries_make_the_retrial_queue_a_line():
    assert retrial_queue(0.8, 1, 1e12).wait == pytest.approx(mm1(0.8, 1).wait, rel=1e-9)


@holds_for(st.floats(0, 1), st.integers(0, 60))
def test_amplification_is_the_sum_of_the_chances_of_another_try(p, retries):
    assert retry_amplification(p, retries) == pytest.approx(
        math.fsum(p**k for k in range(retries + 1)), rel=1e-12
    )


@holds_for(st.floats(0.001, 0.999999), st.integers(0, 1000))
def test_amplification_grows_with_retries_up_to_its_limit(p, retries):
    assert retry_amplification(p, retries) <= retry_amplification(p, retries + 1)
    assert retry_amplification(p, retries) <= retry_amplification(p, math.inf) * (1 + 1e-12)


@holds_for(st.floats(1, 1e6), st.integers(0, 20))
def test_without_retries_nothing_is_vulnerable(capacity, retries):
    vulnerable, overloaded = metastable_boundaries(capacity, retries)
    assert overloaded == capacity
    assert vulnerable * (1 + retries) == pytest.approx(capacity)


# ---------------------------------------------------------------- transients


@holds_for(st.floats(0.5, 5), st.floats(0.1, 3), st.floats(0.1, 50), st.floats(0.05, 0.99))
def test_an_overload_follows_the_two_triangles(capacity, excess, lasts, after):
    hump = overload(capacity, capacity * (1 + excess), lasts, capacity * after)
    queue = capacity * excess * lasts
    drain = queue / (capacity * (1 - after))
    assert hump.largest_queue == pytest.approx(queue, rel=1e-9)
    assert hump.drain_time == pytest.approx(drain, rel=1e-9)
    assert hump.delay_area == pytest.approx(queue * (lasts + drain) / 2, rel=1e-9)
    assert hump.longest_wait == pytest.approx(excess * lasts, rel=1e-9)


def test_a_queue_that_fills_twice_bends_where_it_should():
    twice = fluid_queue(10, [(60, 15), (60, 4), (30, 20), (30, 10), (math.inf, 5)])
    assert twice.points == ((0, 0), (60, 300), (110, 0), (120, 0), (150, 300), (180, 300), (240, 0))
    assert twice.empty_at == 240
    assert twice.drain_time == 180, "counted from the first of two equal peaks"
    assert twice.delay_area == 300 * (60 + 50) / 2 + 300 * 30 / 2 + 300 * 30 + 300 * 60 / 2


def test_a_queue_drains_after_the_last_step_and_without_load_stays_empty():
    assert fluid_queue(10, [(5, 0)], queue_at_start=100).empty_at == 10
    quiet = fluid_queue(10, [(60, 9)])
    assert (quiet.largest_queue, quiet.drain_time, quiet.empty_at, quiet.delay_area) == (0, 0, 0, 0)


@holds_for(
    st.lists(st.tuples(st.integers(1, 20), st.integers(0, 30)), min_size=1, max_size=6),
    max_examples=30,
)
def test_a_fluid_queue_agrees_with_counting_in_small_steps(steps):
    found = fluid_queue(10, steps)
    t = np.arange(0, sum(lasts for lasts, _ in steps), 0.01)
    arrivals = np.concatenate([np.full(lasts * 100, rate) for lasts, rate in steps])
    flow = np.concatenate([[0], np.cumsum((arrivals - 10) * 0.01)])
    queue = (flow - np.minimum.accumulate(flow))[:-1]
    knots, values = zip(*found.points, strict=True)
    assert np.interp(t, knots, values) == pytest.approx(queue, abs=1e-6)


def test_a_fluid_path_follows_the_exact_solutions():
    times = np.linspace(0, 30, 61)
    ramp = 2.0 * times
    # Nobody short of a server: x' = 2t - x/3, from empty.
    exact = pytest.approx(6 * times - 18 * (1 - np.exp(-times / 3)), rel=1e-9, abs=1e-9)
    assert fluid_path(times, ramp, 1 / 3, servers=1e4) == exact
    # Leaving as fast as being served: the same path, however few the servers.
    assert fluid_path(times, ramp, 1 / 3, servers=5, abandonment_rate=1 / 3) == exact
    # Always overloaded: x - c relaxes to (lambda - c mu)/theta.
    flat = fluid_path(times, np.full(61, 50.0), 1, 20, 0.1, number_at_start=20)
    assert flat == pytest.approx(20 + 300 * (1 - np.exp(-times / 10)), rel=1e-9)


def test_a_fluid_path_without_leaving_is_the_fluid_queue():
    steps = fluid_queue(100, [(10, 200), (math.inf, 70)])
    times = np.array([0, 10, 10 + 1e-9, 25, 43, 44, 60])
    path = fluid_path(times, [200.0, 200, 70, 70, 70, 70, 70], 100, 1, number_at_start=1)
    line = np.interp(times, *zip(*steps.points, strict=True))
    assert path[:5] - 1 == pytest.approx(line[:5], abs=1e-6)
    assert path[-1] == pytest.approx(0.7, rel=1e-9), "drained: what is left is being served"


@holds_for(
    st.lists(st.floats(0, 30), min_size=3, max_size=6),
    st.floats(0.2, 2),
    st.floats(1, 20),
    st.sampled_from([0, 1e-5, 0.05, 1, 4]),
    st.floats(0, 40),
    max_examples=25,
)
def test_a_fluid_path_agrees_with_a_general_solver(rates, service, servers, leaving, start):
    times = np.arange(len(rates)) * 3.0

    def change(t, x):
        arriving = np.interp(t, times, rates)
        return arriving - service * np.minimum(x, servers) - leaving * np.maximum(x - servers, 0)

    solved = solve_ivp(
        change, (0, times[-1]), [start], t_eval=times, rtol=1e-9, atol=1e-9, max_step=0.05
    )
    found = fluid_path(times, rates, service, servers, leaving, start)
    assert found == pytest.approx(solved.y[0], rel=1e-5, abs=1e-5)
    halves = np.arange(2 * len(rates) - 1) * 1.5
    finer = fluid_path(halves, np.interp(halves, times, rates), service, servers, leaving, start)
    assert finer[::2] == pytest.approx(found, rel=1e-9, abs=1e-9), "the grid must not matter"


@pytest.mark.parametrize(("omega", "mu"), [(0.1, 1), (1, 1), (5, 0.5), (2 * math.pi / 86400, 0.01)])
def test_a_swinging_load_agrees_with_its_integral(omega, mu):
    day = swinging_load(40, 0.6, omega, mu)
    for t in np.linspace(0, 2 * math.pi / omega, 7):
        # Busy at t: those who came u ago and are still being served.
        exact, _ = quad(
            lambda u, t=t: 40 * (1 + 0.6 * math.sin(omega * (t - u))) * math.exp(-mu * u),
            0, 50 / mu, epsrel=1e-11, limit=500,
        )  # fmt: skip
        assert day.load_at(t) == pytest.approx(exact, rel=1e-8)
    peak = (math.pi / 2) / omega + day.lag
    assert day.load_at(peak) == pytest.approx(day.mean_load + day.amplitude, rel=1e-12)


# ---------------------------------------------------------------- scaling


@holds_for(st.floats(0, 0.5), st.floats(1e-6, 0.1))
def test_throughput_peaks_where_the_law_says(contention, coherency):
    peak = scalability_peak(contention, coherency)
    if peak > 1.01:
        best = scalability(peak, contention, coherency)
        assert best >= scalability(peak * 1.01, contention, coherency)
        assert best >= scalability(max(1, peak * 0.99), contention, coherency)


def test_where_every_call_is_slow_every_request_is_slow():
    assert slow_at_least_once(0, 3) == 1
    assert slow_at_least_once(0, 0) == slow_at_least_once(1, 3) == slow_at_least_once(0.5, 0) == 0


@holds_for(st.integers(1, 10_000), st.floats(0, 1))
def test_without_coherency_the_scalability_law_is_amdahls(n, serial):
    assert scalability(n, serial, 0) == pytest.approx(amdahl(n, serial), rel=1e-12)
