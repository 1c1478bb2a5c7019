"""The life of one attempt, on days that a reader can work out by hand, in both engines.

Here and in every `test_rules_...`: what must happen was worked out on paper, from the rules.
"""

import numpy as np
import pytest

from loadbearing import HandlersLost, Patience, Retries, Steady
from loadbearing.run import Moment, Outcome, Reason
from tests.by_hand import ENGINES, after, day, moments, refused, sent

pytestmark = pytest.mark.parametrize("engine", ENGINES)


def test_first_come_first_served(engine):
    run = day(engine)
    # One handler, ten seconds each: 0-10, 10-20, 20-30.
    assert list(run.listeners["joined"]) == [10, 20, 30]
    assert list(run.listeners["attempts"]) == [1, 1, 1]
    assert run.seconds["queue"][[0, 9, 10, 20]].tolist() == [2, 2, 1, 0]
    assert run.seconds["busy_s"].sum() == 30
    assert run.seconds["queue_s"].sum() == 10 + 20


def test_two_handlers_serve_two_at_once(engine):
    assert list(day(engine, handlers=2).listeners["joined"]) == [10, 10, 20]


def test_a_full_queue_refuses_and_a_refusal_comes_back_after_its_pause(engine):
    run = day(engine, queue_limit=1)
    # The third is refused at 0, 5; at 10 the queue has just emptied (the service end comes first), and it waits.
    assert list(run.listeners["joined"]) == [10, 20, 30]
    assert list(run.listeners["attempts"]) == [1, 1, 3]
    assert run.seconds["refused_full"].sum() == 2
    assert np.flatnonzero(run.seconds["refused_full"]).tolist() == [0, 5]


def test_no_queue_at_all_serves_only_who_finds_a_free_handler(engine):
    run = day(engine, queue_limit=0, listeners=2)
    # The second is refused at 0 and 5; at 10 the handler is free.
    assert list(run.listeners["joined"]) == [10, 20]
    assert list(run.listeners["attempts"]) == [1, 3]


def test_dead_work_a_client_who_left_still_costs_a_whole_service(engine):
    run = day(engine, listeners=2, timeout_s=12, retries=Retries(most=1))
    # The second leaves at 12, in the middle of its service (10-20): dead, eight seconds after it left.
    assert run.listeners["joined"][0] == 10
    assert np.isnan(run.listeners["joined"][1])
    assert run.listeners["outcome"][1] == Outcome.GAVE_UP
    assert run.listeners["reason"][1] == Reason.ATTEMPTS
    assert run.listeners["left"][1] == 12
    assert run.seconds["dead_work_s"].sum() == 10
    assert run.seconds["dead_after_s"].sum() == 8
    assert run.seconds["work_s"].sum() == 20


def test_a_request_keeps_its_place_after_its_client_has_gone(engine):
    rules = dict(timeout_s=12, retries=Retries(backoff="fixed", base_s=1, cap_s=1, jitter="none"))
    run = day(engine, listeners=3, service=20, ends=70, **rules)
    # 0-20 the first, but it left at 12; 20-40 and 40-60 serve the dead requests of second and third.
    # Everybody is back at 13 and every 13 seconds after, and behind their own dead requests.
    assert np.isnan(run.listeners["joined"]).all()
    assert run.seconds["dead_work_s"].sum() == 60
    assert run.seconds["time_outs"].sum() == 3 * 5


def test_dropping_dead_work_frees_the_handler_at_once(engine):
    rules = dict(timeout_s=12, retries=Retries(backoff="fixed", base_s=13, cap_s=13, jitter="none"))
    kept = day(engine, listeners=3, service=10, ends=60, **rules)
    dropped = day(engine, listeners=3, service=10, ends=60, drops_dead=True, **rules)
    # Kept: 0-10 first joins; 10-20 second, dead from 12; 20-30 the third's dead request; second and third are back
    # at 25: 30-40 second, dead from 37; 40-50 third's dead request; back at 50: 50-60 second joins.
    assert kept.listeners["joined"][0] == 10
    assert kept.listeners["joined"][1] == 60
    assert kept.seconds["dead_work_s"].sum() == 40
    # Dropped: at 20 the third's request is skipped at no cost; back at 25: 25-35 second joins, 35-45 third (dead
    # from 37); back at 50: 50-60 third joins.
    assert dropped.listeners["joined"].tolist() == [10, 35, 60]
    assert dropped.seconds["dead_work_s"].sum() == 20


def test_a_service_that_ends_exactly_at_the_time_out_succeeds(engine):
    assert day(engine, listeners=1, timeout_s=10).listeners["joined"][0] == 10


def test_patience_acts_at_once_while_waiting(engine):
    run = day(engine, listeners=2, patience=Patience(kind="fixed", mean_s=4))
    # The first is in service from 0 on, where patience stands still; the second waits and leaves at 4.
    assert run.listeners["joined"][0] == 10
    assert run.listeners["left"][1] == 4
    assert run.listeners["reason"][1] == Reason.PATIENCE
    assert run.seconds["dead_work_s"].sum() == 10
    assert run.seconds["queue"][[3, 4, 9]].tolist() == [1, 1, 1]
    assert run.seconds["living_queue"][[3, 4]].tolist() == [1, 0]


def test_patience_stands_still_during_service_and_goes_on_after_it(engine):
    run = day(
        engine,
        listeners=1,
        timeout_s=6,
        patience=Patience(kind="fixed", mean_s=7),
        retries=Retries(backoff="fixed", base_s=5, cap_s=5, jitter="none"),
    )
    # In service 0-6, time-out; pause 6-11 (5 of 7 seconds gone); the handler still works for its dead request until
    # 10; in service 11-17, time-out; pause from 17, and patience ends at 19.
    assert run.listeners["left"][0] == 19
    assert run.listeners["attempts"][0] == 2


def test_pauses_grow_to_their_cap(engine):
    run = day(
        engine,
        listeners=2,
        service=60,
        queue_limit=0,
        retries=Retries(base_s=2, cap_s=8, jitter="none"),
    )
    # The second is refused at 0; pauses 2, 4, 8, 8 ...: back at 2, 6, 14, ... 54 and, the handler free since 60, 62.
    sent = run.lives[(run.lives["listener"] == 1) & (run.lives["moment"] == Moment.SENT)]
    assert sent["time"].tolist() == [0, 2, 6, 14, 22, 30, 38, 46, 54, 62]


def test_no_pause_is_shorter_than_a_round_trip_and_quick_reloaders_take_just_that(engine):
    slow = Retries(backoff="immediate", jitter="none")
    quick = Retries(base_s=50, cap_s=50, jitter="none", quick_share=1.0)
    for retries in (slow, quick):
        run = day(engine, listeners=2, queue_limit=0, round_trip_s=3, retries=retries)
        # The second is refused at 0, 3, 6, 9 and finds the handler free at 12.
        assert run.listeners["attempts"].tolist() == [1, 5]
        assert run.listeners["joined"].tolist() == [10, 22]


def test_attempts_are_used_up_at_the_last_failure(engine):
    run = day(
        engine,
        listeners=2,
        service=50,
        queue_limit=0,
        retries=Retries(most=3, backoff="fixed", base_s=5, cap_s=5, jitter="none"),
    )
    assert run.listeners["attempts"].tolist() == [1, 3]
    assert run.listeners["left"][1] == 10
    assert run.listeners["reason"][1] == Reason.ATTEMPTS


def test_a_full_stage_refuses(engine):
    run = day(engine, listeners=2, service=10, seats=1, ends=30)
    # The first sits from 10 on; the second is served at 20 and finds no seat; back at 25, in service until 35.
    assert run.listeners["joined"][0] == 10
    assert np.isnan(run.listeners["joined"][1])
    assert run.seconds["refused_no_seat"].sum() == 1
    assert run.listeners["attempts"].tolist() == [1, 2]
    assert run.listeners["outcome"].tolist() == [Outcome.IN, Outcome.STILL_TRYING]


def test_a_leaver_frees_a_seat(engine):
    run = day(engine, listeners=2, service=10, seats=1, stays_mean_s=20, ends=900)
    left = run.listeners["left"][0]
    # The second is served at 20 and again every 15 seconds (10 of service, 5 of pause) until the seat is free.
    served = 20 + 15 * np.arange(60)
    assert run.listeners["joined"][1] == served[served >= left][0]


def test_stays_end_and_are_counted_as_left(engine):
    run = day(engine, listeners=200, handlers=200, service=1, stays_mean_s=10, ends=500)
    stay = run.listeners["left"] - run.listeners["joined"]
    assert (run.listeners["outcome"] == Outcome.LEFT).all()
    assert stay.mean() == pytest.approx(10, rel=0.25)
    assert run.seconds["inside"][-1] == 0
    assert run.seconds["inside_s"].sum() == pytest.approx(stay.sum())


def test_lost_handlers_finish_what_they_do_and_come_back(engine):
    fault = HandlersLost(at_s=5, lasts_s=30, handlers=2)
    run = day(engine, listeners=4, handlers=2, faults=[fault])
    # Two are served 0-10 although their handlers are lost at 5; nobody works until 35; then two more, 35-45.
    assert run.listeners["joined"].tolist() == [10, 10, 45, 45]
    assert run.seconds["busy"][[4, 9, 10, 34, 35]].tolist() == [2, 2, 0, 0, 2]
    assert run.seconds["capacity"][[4, 9, 10, 34, 35]].tolist() == [2, 2, 0, 0, 2]


def test_losses_add_up_and_end_one_by_one(engine):
    faults = [
        HandlersLost(at_s=0, lasts_s=20, handlers=1),
        HandlersLost(at_s=0, lasts_s=40, handlers=1),
    ]
    run = day(engine, listeners=3, handlers=2, faults=faults)
    # Nobody serves before 20; one handler from 20: 20-30, 30-40; two from 40: 40-50.
    assert run.listeners["joined"].tolist() == [30, 40, 50]


def test_losing_more_than_there_are_leaves_none(engine):
    run = day(engine, faults=[HandlersLost(at_s=0, lasts_s=50, handlers=99)])
    assert run.listeners["joined"].tolist() == [60, 70, 80]


def test_a_fault_that_follows_another_without_a_gap_leaves_none(engine):
    faults = [
        HandlersLost(at_s=20, lasts_s=30, handlers=1),
        HandlersLost(at_s=0, lasts_s=20, handlers=1),
    ]
    for order in (faults, faults[::-1]):
        assert day(engine, faults=order).listeners["joined"].tolist() == [60, 70, 80]


def test_what_happens_exactly_at_the_end_happens_and_later_arrivals_are_set_apart(engine):
    run = day(engine, listeners=1, ends=10)
    assert run.listeners["joined"][0] == 10
    late = day(engine, listeners=40, handlers=40, arrivals=Steady(from_s=0, until_s=40), ends=20)
    after = late.listeners["arrived"] > 20
    assert after.any()
    assert (late.listeners["outcome"][after] == Outcome.AFTER_THE_END).all()
    assert late.seconds["arrivals"].sum() == (~after).sum()


def test_nobody_comes(engine):
    run = day(engine, listeners=0)
    assert len(run.listeners) == 0
    assert run.seconds["arrivals"].sum() == 0
    assert len(run.lives) == 0


def test_one_handler_for_a_crowd_at_one_instant_serves_them_in_order(engine):
    run = day(engine, listeners=2000, service=0.5, ends=2000)
    assert run.listeners["joined"].tolist() == [0.5 * (i + 1) for i in range(2000)]


def test_a_sampled_life_tells_the_whole_evening(engine):
    run = day(engine, listeners=2, queue_limit=0, stays_mean_s=5)
    told = run.lives[run.lives["listener"] == 1]
    assert [Moment(moment).name for moment in told["moment"]] == [
        "ARRIVED",
        "SENT",
        "REFUSED_FULL",
        "SENT",
        "REFUSED_FULL",
        "SENT",
        "SERVED",
        "JOINED",
        "LEFT",
    ]
    assert told["time"][:-1].tolist() == [0, 0, 0, 5, 5, 10, 10, 20]
    assert told["attempt"].tolist() == [0, 1, 1, 2, 2, 3, 3, 3, 3]


def test_who_has_unlimited_patience_tries_until_the_end(engine):
    run = day(engine, listeners=2, service=1000, queue_limit=0)
    # The second is refused at 0, 5, 10 ... 100, the last moment of the evening.
    assert run.listeners["attempts"].tolist() == [1, 21]
    assert run.listeners["outcome"].tolist() == [Outcome.STILL_TRYING] * 2
    assert run.listeners["reason"].tolist() == [Reason.NONE] * 2


def test_patience_acts_in_the_middle_of_a_pause(engine):
    run = day(
        engine,
        listeners=2,
        queue_limit=0,
        retries=after(50),
        patience=Patience(kind="fixed", mean_s=20),
    )
    # The second is refused at 0 and would be back at 50; its patience ends at 20.
    assert moments(run, 1, Moment.GAVE_UP) == [20]
    assert run.listeners["reason"][1] == Reason.PATIENCE
    assert run.listeners["attempts"][1] == 1


def test_patience_goes_on_after_a_service_that_ends_without_a_seat(engine):
    run = day(engine, listeners=1, seats=0, patience=Patience(kind="fixed", mean_s=7))
    # In service 0-10, no seat; pause 10-15 (5 of 7 seconds gone); in service 15-25, no seat; patience ends at 27.
    assert refused(run) == {"no_seat": 2}
    assert moments(run, 0, Moment.GAVE_UP) == [27]


def test_exponential_patience_has_the_mean_asked_for(engine):
    run = day(
        engine,
        listeners=1001,
        service=5000,
        ends=1000,
        patience=Patience(kind="exponential", mean_s=30),
    )
    # The first is served all evening, the others wait until their patience ends. A thousand exponential times of mean
    # 30 have a mean within 30 / sqrt(1000) = .95 of it, give or take; e^-1 of them are longer than the mean.
    waited = run.listeners["left"][1:]
    assert (run.listeners["reason"][1:] == Reason.PATIENCE).all()
    assert waited.mean() == pytest.approx(30, abs=4)
    assert (waited > 30).mean() == pytest.approx(np.exp(-1), abs=0.06)


def test_full_jitter_stays_below_the_capped_pause_and_exponential_jitter_has_it_as_its_mean(engine):
    third = {}
    for jitter in ("full", "exponential"):
        retries = Retries(most=4, base_s=8, cap_s=20, jitter=jitter)
        run = day(
            engine,
            listeners=401,
            service=5000,
            ends=1000,
            queue_limit=0,
            retries=retries,
            round_trip_s=0.01,
        )
        third[jitter] = np.array([np.diff(sent(run, i))[2] for i in range(1, 401)])
    # The third pause is min(20, 8 x 4) = 20. Full: uniform between 0 and 20. Exponential: mean 20, not capped again.
    assert third["full"].max() <= 20
    assert third["full"].mean() == pytest.approx(10, abs=1.5)
    assert third["exponential"].mean() == pytest.approx(20, abs=5)
    assert (third["exponential"] > 20).mean() == pytest.approx(np.exp(-1), abs=0.12)


def test_a_jittered_pause_is_raised_to_a_round_trip_too(engine):
    retries = Retries(most=2, backoff="fixed", base_s=2, cap_s=2, jitter="full")
    rules = dict(listeners=201, service=5000, queue_limit=0, retries=retries, round_trip_s=1.5)
    run = day(engine, **rules)
    pauses = np.array([np.diff(sent(run, i))[0] for i in range(1, 201)])
    # Uniform between 0 and 2: three quarters are raised to 1.5, give or take sqrt(200 x .75 x .25) = 6.
    assert pauses.min() == 1.5
    assert pauses.max() <= 2
    assert (pauses == 1.5).sum() == pytest.approx(150, abs=30)


def test_a_share_of_the_crowd_are_quick_reloaders_all_evening(engine):
    rules = dict(listeners=201, service=5000, queue_limit=0, round_trip_s=3)
    run = day(engine, retries=after(20, quick_share=0.3), **rules)
    pauses = [set(np.diff(sent(run, i)).tolist()) for i in range(1, 201)]
    # Whoever is quick is quick after each failure: 60 of 200, give or take sqrt(200 x .3 x .7) = 6.5.
    assert {frozenset(one) for one in pauses} == {frozenset({3.0}), frozenset({20.0})}
    assert pauses.count({3.0}) == pytest.approx(60, abs=32)
