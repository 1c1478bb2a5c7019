"""Theory as an independent witness of what happens when too many come: fluid queues, doors that slow themselves down,
dead work, states that stay bad, and what a waiting room and an autoscaler make of it. No weather.

How many replications are made, and when the two agree, is decided beforehand: see `tests.replications`.
"""

import math

import numpy as np
import pytest
from scipy import stats

from loadbearing import (
    Autoscaler,
    HandlersLost,
    Retries,
    WaitingRoom,
    simulate,
    theory,
)
from loadbearing.run import DONE
from tests import chains, replications
from tests.replications import at_least, door, poisson_evening, seconds_after

compare = replications.compare


# --------------------------------------------------------------------------------------- A surge, as a fluid


def surge(seed, size, lasts_s=100):
    """Twice as many as one quick handler can serve, for a while, then nobody: (largest queue, time to drain)."""
    evening = poisson_evening(2 * size, door(1, 1 / size), seed, lasts_s, ends_s=3 * lasts_s)
    run = simulate(evening, seed, sample=0)
    return run.seconds["queue"].max(), np.nanmax(run.listeners["joined"]) - lasts_s


def test_a_surge_builds_and_drains_as_newell_says_and_better_the_larger_it_is(compare):
    fluid = {size: theory.overload(size, 2 * size, 100, 0) for size in (25, 400)}
    found = {}
    for size, queue in fluid.items():
        expected = {
            f"fluid, {200 * size:,} people: largest queue": queue.largest_queue,
            f"fluid, {200 * size:,} people: time to drain": queue.drain_time,
        }
        found[size] = compare(expected, lambda seed, n=size: surge(seed, n), warm_up_s=0)
    # Arrivals and services are two Poisson processes, so the queue of N spreads by sqrt(3 N), of N itself by 1/sqrt(N):
    # sixteen times the crowd, a quarter of the error. Variances of normal samples are compared by Fisher's F.
    for of in (0, 1):
        small, large = (found[size][:, of] / found[size][:, of].mean() for size in (25, 400))
        ratio = 16 * large.var(ddof=1) / small.var(ddof=1)
        low, high = stats.f.interval(0.997, len(large) - 1, len(small) - 1)
        assert low < ratio < high
        assert large.std(ddof=1) < small.std(ddof=1) / 2


@pytest.mark.parametrize("handlers", [100])
def test_many_handlers_fill_up_overflow_and_drain_as_the_fluid_path_says(compare, handlers):
    # 200 a second for 30 s, 50 afterwards, against 100 handlers of one second: the handlers fill first.
    path = theory.fluid_path(
        [0, 10, 20, 30, 30 + 1e-9, 40, 50], [200, 200, 200, 200, 50, 50, 50], 1, handlers
    )

    def present(seed):
        # Two crowds, one after the other, are one Poisson process whose rate changes.
        counts = [200 * 30, 50 * 20]
        people = np.random.default_rng([seed, 7]).poisson(counts)
        evening = poisson_evening(1, door(handlers), seed, 30, ends_s=50).changed(
            {
                "crowd.listeners": int(people.sum()),
                "crowd.arrivals": replications.in_turn((0, 30, people[0]), (30, 50, people[1])),
            }
        )
        rows = simulate(evening, seed, sample=0).seconds
        return (rows["queue"] + rows["busy"])[[9, 19, 29, 39, 49]]

    times = (10, 20, 30, 40, 50)
    expected = dict(
        zip((f"fluid path, present at {t} s" for t in times), path[[1, 2, 3, 5, 6]], strict=True)
    )
    compare(expected, present, warm_up_s=0, width=0.03)


# ------------------------------------------------------------------- Doors that slow themselves down (scalability)

CONTENTION, COHERENCY = 0.05, 0.002


def saturated(handlers, cv, seed, length_s=600):
    """Services a second while there is always a queue.

    The law gives the rate of n servers at work; the door fixes each service's length by the n that are busy when it
    starts. Under saturation both are the same: a service starts only when another ends, with all handlers busy.
    """
    evening = poisson_evening(
        3 * handlers,
        door(handlers, cv=cv, contention=CONTENTION, coherency=COHERENCY),
        seed,
        length_s,
    )
    rows = seconds_after(length_s // 6, evening, seed)
    assert rows["queue"].min() > 0
    return rows["services"].mean()


@pytest.mark.parametrize("handlers", [1, 4, 22, 80])
def test_a_saturated_door_scales_by_the_universal_law(compare, handlers):
    law = theory.scalability(handlers, CONTENTION, COHERENCY)
    expected = {f"scalability, {handlers} handlers: throughput": law}
    compare(expected, lambda seed: saturated(handlers, 1.0, seed), warm_up_s=100, width=0.02)


def test_a_saturated_door_without_dice_scales_exactly_and_peaks_where_the_law_says():
    peak = theory.scalability_peak(CONTENTION, COHERENCY)
    found = {n: saturated(n, 0.0, 1) for n in (1, 4, 10, 16, 22, 28, 40, 80)}
    for handlers, throughput in found.items():
        # Services end at even distances; in a window of 500 s each handler's last may or may not fall.
        law = theory.scalability(handlers, CONTENTION, COHERENCY)
        assert throughput == pytest.approx(law, abs=handlers / 500)
    assert max(found, key=found.get) == round(peak) == 22


def test_a_door_with_free_handlers_is_as_quick_as_each_service_began(compare):
    # Not a birth-death chain: a service stays as slow as it began, so the chain remembers how each one under way began.
    slower = [1 + 0.5 * (n - 1) + 0.2 * n * (n - 1) for n in (1, 2, 3)]
    chain = chains.slowed_by_company(1.2, [1 / times for times in slower], 3)

    def measure(seed):
        rules = door(3, contention=0.5, coherency=0.2, queue_limit=3)
        rows = seconds_after(200, poisson_evening(1.2, rules, seed, 20_000), seed)
        refused = rows["refused_full"].sum() / rows["first_attempts"].sum()
        return refused, rows["busy_s"].mean(), rows["queue_s"].mean()

    def busy(state):
        return sum(state[:-1])

    expected = {
        "slowed by company, 3 handlers: refused": chains.mean(chain, lambda s: s[-1] == 3),
        "slowed by company, 3 handlers: busy": chains.mean(chain, busy),
        "slowed by company, 3 handlers: queue": chains.mean(chain, lambda s: s[-1]),
    }
    compare(expected, measure, warm_up_s=200)


# ------------------------------------------------------------------------------------------------- Dead work


def in_time(rate, handlers, timeout_s, discipline, seed, length_s):
    """(share of those who come that get in, share of services that were for somebody still there)."""
    rules, crowd = door(handlers, discipline=discipline), {"timeout_s": timeout_s}
    evening = poisson_evening(rate, rules, seed, length_s, crowd=crowd)
    run = simulate(evening, seed, sample=0)
    arrived = run.listeners["arrived"]
    here = run.listeners[(arrived >= 200) & (arrived < length_s - timeout_s)]
    rows = run.seconds[200:]
    return (~np.isnan(here["joined"])).mean(), 1 - rows["dead_services"].sum() / rows[
        "services"
    ].sum()


@pytest.mark.parametrize(("rate", "order"), [(9, "oldest"), (9, "newest"), (15, "newest")])
def test_the_share_served_in_time_depends_on_who_is_taken_first(compare, rate, order):
    formula, discipline = {
        "oldest": (theory.in_time_oldest_first, "fifo"),
        "newest": (theory.in_time_newest_first, "lifo"),
    }[order]
    expected = formula(rate, 1, 10, 3)
    # Of what comes, min(rate, 10) a second is served some day.
    compare(
        {
            f"{order} first, c 10, a {rate}, time-out 3 s: get in": expected,
            f"{order} first, c 10, a {rate}, time-out 3 s: useful": expected * rate / min(rate, 10),
        },
        lambda seed: in_time(rate, 10, 3, discipline, seed, 4_000),
        warm_up_s=200,
    )


def test_first_come_first_served_under_overload_dead_work_takes_over_when_theory_says(compare):
    # One handler of a hundredth of a second, so that a wait is almost a fluid; half as much again as it can do.
    timeout, intensity, size = 30, 1.5, 100
    onset = theory.dead_work_onset(timeout, intensity)

    def first_in_vain(seed):
        evening = poisson_evening(
            size * intensity, door(1, 1 / size), seed, 200, crowd={"timeout_s": timeout}
        )
        run = simulate(evening, seed, sample=0)
        listeners, rows = run.listeners, run.seconds
        first = listeners["arrived"][np.isnan(listeners["joined"])].min()
        # Who joined the line then is served a time-out later, and from then on the work is for people who have left.
        late = rows[math.ceil(first + timeout) + 10 :]
        early = rows[: math.floor(first + timeout)]
        assert early["dead_services"].sum() == 0
        assert late["dead_services"].sum() > 0.99 * late["services"].sum()
        return first

    # The wait grows as a random walk: by Wald's equation the first passage is late by no more than a service or two.
    expected = {f"dead work, time-out {timeout} s, a {intensity}: onset": onset}
    compare(expected, first_in_vain, warm_up_s=0, width=0.03)


# ------------------------------------------------------------------------------------- States that stay bad

CAPACITY, LATER_ATTEMPTS, SEEDS = 100, 2, range(1, 25)
LOWER, UPPER = theory.metastable_boundaries(CAPACITY, LATER_ATTEMPTS)
TRIGGER = [HandlersLost(at_s=100, lasts_s=40, handlers=90)]


def ends_badly(rate, faults, seed, length_s=1_500):
    """Is at the end most work for people who have left? And how many attempts does each then make?

    What the formula assumes: first come first served, no end to the queue, every request served though its client has
    left, a time-out and two later attempts. The trigger leaves a queue of more than two time-outs behind.
    """
    crowd = {"timeout_s": 10, "round_trip_s": 1}
    retries = Retries(most=1 + LATER_ATTEMPTS, backoff="fixed", base_s=1, cap_s=1, jitter="full")
    evening = poisson_evening(
        rate, door(CAPACITY), seed, length_s, crowd=crowd, retries=retries, faults=faults
    )
    rows = simulate(evening, seed, sample=0).seconds[-200:]
    attempts = (rows["first_attempts"] + rows["retries"]).sum() / rows["first_attempts"].sum()
    return rows["dead_services"].sum() > rows["services"].sum() / 2, attempts


@pytest.mark.parametrize(
    ("rate", "faults", "badly"),
    [
        (0.84 * LOWER, TRIGGER, False),
        (0.95 * LOWER, TRIGGER, False),
        (1.05 * LOWER, TRIGGER, True),
        (0.6 * UPPER, TRIGGER, True),
        (0.6 * UPPER, [], False),
        (0.95 * UPPER, [], False),
        (1.05 * UPPER, [], True),
    ],
)
def test_a_trigger_that_ends_leaves_a_bad_state_only_between_the_boundaries(
    rate, faults, badly, record_count
):
    ends = [ends_badly(rate, faults, seed) for seed in SEEDS]
    record_count("replications", len(ends))
    as_foretold = sum(bad == badly for bad, _ in ends)
    # Clopper and Pearson: with 24 of 24 the share is at least .76, surely more than half.
    assert at_least(as_foretold, len(ends)) > 0.5
    for bad, attempts in ends:
        # Where every attempt fails everybody makes them all; where none fails, one.
        expected = theory.retry_amplification(float(bad), LATER_ATTEMPTS)
        assert attempts == pytest.approx(expected, rel=0.05)
    state = theory.metastable_state(rate, CAPACITY, LATER_ATTEMPTS)
    assert state == (
        "overloaded" if badly and not faults else "vulnerable" if badly or not faults else "stable"
    )


def test_when_every_attempt_fails_alike_they_multiply_as_the_sum_says(compare):
    # Pauses a hundred times as long as a service make attempts independent of one another: then the share refused is
    # Erlang B at the load of first and later attempts together, and that is a fixed point.
    refused = 0.5
    for _ in range(200):
        refused = theory.erlang_b(10, 12 * theory.retry_amplification(refused, 2))

    def measure(seed):
        pause = Retries(most=3, backoff="fixed", base_s=100, cap_s=100, jitter="exponential")
        rules = door(10, queue_limit=0)
        rows = seconds_after(1_000, poisson_evening(12, rules, seed, 5_000, retries=pause), seed)
        attempts = (rows["first_attempts"] + rows["retries"]).sum()
        return rows["refused_full"].sum() / attempts, attempts / rows["first_attempts"].sum()

    expected = {
        "long pauses, c 10, a 12: refused": refused,
        "long pauses, c 10, a 12: attempts": theory.retry_amplification(refused, 2),
    }
    compare(expected, measure, warm_up_s=1_000, width=0.02)


# ---------------------------------------------------------------------------- A waiting room, and an autoscaler


def paced(rate, admits, handlers, seed, length_s=20_000):
    """The account behind a waiting room in front of exponential services of one second."""
    evening = poisson_evening(
        rate, door(handlers), seed, length_s, waiting_room=WaitingRoom(admits_per_s=admits)
    )
    return seconds_after(1_000, evening, seed)


@pytest.mark.parametrize(("handlers", "admits"), [(1, 0.8), (4, 3.4)])
def test_behind_a_busy_waiting_room_people_come_evenly(compare, handlers, admits):
    must_wait, wait = chains.paced(admits, 1, handlers, most=250)
    if handlers == 1:
        assert theory.dm1(admits, 1).queue_length == pytest.approx(admits * wait)

    def measure(seed):
        rows = paced(1.5 * admits, admits, handlers, seed)
        assert rows["waiting_room"].min() > 0
        assert rows["admitted"].mean() == pytest.approx(admits, abs=2 / len(rows))
        return rows["queue_s"].mean(), rows["busy_s"].mean()

    name = f"waiting room, D/M/{handlers}, a {admits}"
    expected = {f"{name}: queue": admits * wait, f"{name}: busy handlers": admits}
    compare(expected, measure, warm_up_s=1_000)


@pytest.mark.parametrize(("comes", "admits"), [(3, 5), (6, 4), (8, 7)])
def test_throughput_is_the_narrowest_of_crowd_waiting_room_and_door(compare, comes, admits):
    expected = {f"waiting room, c 5: {comes} come, {admits} let in": min(comes, admits, 5)}

    def joins(seed):
        return paced(comes, admits, 5, seed, 4_000)["joins"].mean()

    compare(expected, joins, warm_up_s=1_000, width=0.02)


@pytest.mark.parametrize("at_first", [40, 72, 400])
def test_an_autoscaler_under_a_constant_load_settles_at_load_over_target(at_first):
    # 71 services that outlast the evening: a load of 71 to the last digit, and 71 / .7 is 101.4.
    # Old news about both, how many served and how busy they were, still names the right number.
    scaler = Autoscaler(target=0.7, every_s=15, lag_s=30, boot_s=20)
    evening = poisson_evening(1, door(at_first, mean_s=10_000, cv=0), 1, 1, ends_s=900).changed(
        {"crowd.listeners": 71, "controllers": [scaler]}
    )
    rows = simulate(evening, 1, sample=0).audit().seconds
    assert set(rows["capacity"][600:]) == {math.ceil(71 / 0.7)} == {102}
    assert set(rows["busy"][600:]) == {71}


def test_an_autoscaler_under_a_random_load_keeps_load_over_target_on_average(compare):
    # Utilization over 60 s varies, so the ceiling is half a handler above load / target on average.
    scaler = Autoscaler(target=0.7, every_s=60, lag_s=0, boot_s=0)

    def handlers(seed):
        evening = poisson_evening(200, door(280), seed, 1_800, controllers=[scaler])
        run = simulate(evening, seed, sample=0)
        ordered = run.actions[run.actions["what"] == DONE.index("handlers")]
        assert (np.abs(ordered["to"][3:] - 200 / 0.7) < 30).all()
        return run.seconds["capacity"][300:].mean()

    compare(
        {"autoscaler, a 200, target 0.7: handlers": 200 / 0.7 + 0.5},
        handlers,
        warm_up_s=300,
        width=0.004,
    )
