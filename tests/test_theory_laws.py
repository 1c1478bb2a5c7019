"""Queueing theory as an independent witness of the steady evening, without weather.

Theory speaks of Poisson arrivals and of the long run. So the number of listeners is drawn from a Poisson distribution,
they come evenly, and a warm-up is thrown away that is long against the time in which such a queue forgets how it began
(for M/M/c: 1/(sqrt(c mu) - sqrt(lambda))^2; here it is always at least ten times that). How many replications are
made, and when the two agree, is decided beforehand: see `tests.replications`.
"""

import math

import numpy as np
import pytest

from loadbearing import Patience, Retries, simulate, theory
from loadbearing.run import Moment
from tests import chains, replications
from tests.replications import door, poisson_evening, seconds_after

compare = replications.compare

SERVICE_VARIES = [0.0, 0.5, 1.0, 2.0]


def share_refused(rows):
    return rows["refused_full"].sum() / (rows["first_attempts"] + rows["retries"]).sum()


def waits(run, from_s, until_s):
    """Seconds waited by the sampled listeners who came in a window and were served, from their lives."""
    lives = run.lives
    sent, served = (lives[lives["moment"] == which] for which in (Moment.SENT, Moment.SERVED))
    sent = sent[np.isin(sent["listener"], served["listener"])]
    assert np.array_equal(sent["listener"], served["listener"])
    within = (sent["time"] >= from_s) & (sent["time"] < until_s)
    return (served["time"] - sent["time"])[within]


@pytest.mark.parametrize("cv", SERVICE_VARIES)
def test_erlang_b_refuses_the_same_share_however_services_vary(compare, cv):
    def refused(seed):
        evening = poisson_evening(8, door(10, queue_limit=0, cv=cv), seed, 8_000)
        return share_refused(seconds_after(200, evening, seed))

    compare(
        {f"Erlang B, c 10, a 8, cv {cv:g}: refused": theory.erlang_b(10, 8)}, refused, warm_up_s=200
    )


def test_erlang_c_the_queue_and_who_must_wait(compare):
    queue = theory.mmc(8, 1, 10)

    def measure(seed):
        evening = poisson_evening(8, door(10), seed, 8_000)
        run = simulate(evening, seed, sample=evening.crowd.listeners)
        rows, waited = run.seconds[200:], waits(run, 200, 7_900)
        shares = [(waited > 0).mean(), (waited > 1).mean()]
        return [rows["queue_s"].mean(), rows["busy_s"].mean(), *shares]

    expected = {
        "Erlang C, c 10, a 8: queue": queue.queue_length,
        "Erlang C, c 10, a 8: busy handlers": queue.offered_load,
        "Erlang C, c 10, a 8: who must wait": queue.probability_of_waiting,
        "Erlang C, c 10, a 8: who waits more than 1 s": queue.wait_exceeds(1),
    }
    compare(expected, measure, warm_up_s=200, width=0.05)


@pytest.mark.parametrize("rate", [10, 14])
def test_erlang_a_people_who_lose_patience(compare, rate):
    queue = theory.erlang_a(rate, 1, 10, 0.5)

    def measure(seed):
        crowd = {"patience": Patience(kind="exponential", mean_s=2)}
        evening = poisson_evening(rate, door(10, drops_dead=True), seed, 4_000, crowd=crowd)
        run = simulate(evening, seed, sample=evening.crowd.listeners)
        rows = run.seconds[200:]
        came = run.listeners["arrived"] >= 200
        must_wait = np.unique(run.lives["listener"][run.lives["moment"] == Moment.WAITING])
        return (
            rows["ran_out_of_patience"].sum() / rows["arrivals"].sum(),
            came[must_wait].sum() / came.sum(),
            rows["living_queue_s"].mean(),
            rows["joins"].mean(),
        )

    expected = {
        f"Erlang A, c 10, a {rate}, patience 2 s: leave": queue.abandoning,
        f"Erlang A, c 10, a {rate}, patience 2 s: must wait": queue.probability_of_waiting,
        f"Erlang A, c 10, a {rate}, patience 2 s: living queue": queue.queue_length,
        f"Erlang A, c 10, a {rate}, patience 2 s: throughput": queue.throughput,
    }
    compare(expected, measure, warm_up_s=200)


@pytest.mark.parametrize(("rate", "limit"), [(12, 10), (8, 5), (30, 40)])
def test_mmck_a_queue_with_a_limit(compare, rate, limit):
    queue = theory.mmck(rate, 1, 10, 10 + limit)

    def measure(seed):
        evening = poisson_evening(rate, door(10, queue_limit=limit), seed, 8_000)
        rows = seconds_after(200, evening, seed)
        return share_refused(rows), rows["joins"].mean(), rows["queue_s"].mean()

    expected = {
        f"M/M/10/{10 + limit}, a {rate}: refused": queue.blocking,
        f"M/M/10/{10 + limit}, a {rate}: throughput": queue.throughput,
        f"M/M/10/{10 + limit}, a {rate}: queue": queue.queue_length,
    }
    compare(expected, measure, warm_up_s=200)


@pytest.mark.parametrize("cv", SERVICE_VARIES)
def test_pollaczek_khinchine_variation_makes_queues(compare, cv):
    def waiting(seed):
        return seconds_after(1_000, poisson_evening(0.6, door(1, cv=cv), seed, 40_000), seed)[
            "queue_s"
        ].mean()

    queue = theory.pollaczek_khinchine(0.6, 1, cv)
    expected = {f"M/G/1, a 0.6, cv {cv:g}: queue": queue.queue_length}
    compare(expected, waiting, warm_up_s=1_000, width=0.06)


def orbit(rows):
    """How many are between two attempts at the end of each second: who has come and is neither in nor being served."""
    return np.cumsum(rows["arrivals"] - rows["joins"]) - rows["busy"]


def retrial_evening(rate, handlers, retry_rate, seed, length_s):
    """People who come back after an exponential pause until they find a free handler; there is no queue."""
    pause = 1 / retry_rate
    back = Retries(backoff="fixed", base_s=pause, cap_s=pause, jitter="exponential")
    # A round trip of a millionth of the pause: every pause is raised to it, which then changes nothing.
    crowd = {"round_trip_s": 1e-3}
    rules = door(handlers, queue_limit=0)
    return poisson_evening(rate, rules, seed, length_s, retries=back, crowd=crowd)


def test_one_server_with_retries_has_falins_orbit(compare):
    queue = theory.retrial_queue(0.5, 1, 0.25)

    def measure(seed):
        rows = simulate(retrial_evening(0.5, 1, 0.25, seed, 10_000), seed, sample=0).seconds
        attempts = (rows["first_attempts"] + rows["retries"])[500:].sum()
        return orbit(rows)[500:].mean(), attempts / rows["first_attempts"][500:].sum()

    expected = {
        "M/M/1 retrial, a 0.5, pause 4 s: orbit": queue.number_in_orbit,
        "M/M/1 retrial, a 0.5, pause 4 s: attempts": queue.attempts_per_person,
    }
    compare(expected, measure, warm_up_s=500)


def test_many_servers_with_retries_have_the_orbit_of_a_solved_chain(compare):
    # No closed form for more than two servers (Falin & Templeton 1997): a chain with at most 200 in orbit, solved.
    chain = chains.retrial(4, 1, 5, 0.5, 200)
    in_orbit = chains.mean(chain, lambda state: state[1])
    all_busy = chains.mean(chain, lambda state: state[0] == 5)
    assert chains.mean(chain, lambda state: state[1] == 200) < 1e-12

    def measure(seed):
        run = simulate(retrial_evening(4, 5, 0.5, seed, 5_000), seed, sample=0)
        here = run.listeners[(run.listeners["arrived"] >= 300) & (run.listeners["arrived"] < 4_500)]
        return orbit(run.seconds)[300:].mean(), (here["joined_attempt"] != 1).mean()

    expected = {
        "M/M/5 retrial, a 4, pause 2 s: orbit": in_orbit,
        "M/M/5 retrial, a 4, pause 2 s: refused at first": all_busy,
    }
    compare(expected, measure, warm_up_s=300)


def test_the_solved_chain_is_falins_queue_for_one_server():
    chain = chains.retrial(0.5, 1, 1, 0.25, 200)
    falin = theory.retrial_queue(0.5, 1, 0.25)
    assert chains.mean(chain, lambda state: state[1]) == pytest.approx(falin.number_in_orbit)


@pytest.mark.parametrize(("load", "length_s"), [(25, 1_000), (100, 400), (400, 200)])
def test_square_root_staffing_makes_the_same_share_wait_at_any_size(compare, load, length_s):
    servers = theory.square_root_staffing(load, beta=1)
    exact, limit = theory.erlang_c(servers, load), theory.waiting_at_beta(1)

    def must_wait(seed):
        evening = poisson_evening(load, door(int(servers)), seed, length_s)
        run = simulate(evening, seed, sample=10_000)
        return (waits(run, 60, length_s - 20) > 0).mean()

    name = f"Halfin & Whitt, R {load}, beta 1: who must wait"
    found = compare({name: exact}, must_wait, warm_up_s=60, width=0.1)
    # The limit leaves out a term of order 1/sqrt(R): .14 of it at beta 1.
    left_out = 0.15 / math.sqrt(load)
    assert 0.12 / math.sqrt(load) < exact - limit < left_out
    assert abs(found.mean() - limit) < left_out + 3 * replications.standard_error(found)[0]
