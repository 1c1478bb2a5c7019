"""The door: who is taken first, how long a service takes, what a queue limit counts. By hand, in both engines."""

import numpy as np
import pytest

from loadbearing import Change, Patience, Retries
from loadbearing.run import Moment, Outcome, Reason
from tests.by_hand import ENGINES, after, day, joined, refused, sent

pytestmark = pytest.mark.parametrize("engine", ENGINES)

# ------------------------------------------------------------------------------ Who is taken first


def test_last_come_first_served_takes_the_newest(engine):
    run = day(engine, come=[0, 1, 2, 3], discipline="lifo")
    # 0-10 the first; the newest is the fourth, 10-20; then the third, 20-30; then the second, 30-40.
    assert joined(run) == [10, 40, 30, 20]


def test_who_comes_at_one_instant_comes_in_order_of_number(engine):
    assert joined(day(engine, listeners=4)) == [10, 20, 30, 40]
    assert joined(day(engine, listeners=4, discipline="lifo")) == [10, 40, 30, 20]


def test_a_full_queue_refuses_the_newcomer_whoever_is_taken_first(engine):
    for discipline in ("fifo", "lifo"):
        run = day(engine, come=[0, 1, 2], queue_limit=1, discipline=discipline)
        # The third is refused at 2 and at 7. At 10 the second is taken, 10-20; at 12 the third finds a place: 20-30.
        assert joined(run) == [10, 20, 30]
        assert sent(run, 2) == [2, 7, 12]


def test_a_discipline_that_changes_midway_decides_the_next_turn(engine):
    changes = [
        Change(at_s=15, what="discipline", to="lifo"),
        Change(at_s=25, what="discipline", to="fifo"),
    ]
    run = day(engine, come=[0, 1, 2, 3, 4], changes=changes)
    # 0-10 the first, 10-20 the second; at 20 the newest, the fifth, 20-30; at 30 the oldest again: third, fourth.
    assert joined(run) == [10, 20, 40, 50, 30]


def test_last_come_first_served_works_for_the_dead_last(engine):
    run = day(engine, come=[0, 1, 2, 9], discipline="lifo", timeout_s=8, retries=Retries(most=1))
    # The first is taken at 0 and dead at 8; second and third are dead in the queue at 9 and 10. At 10 the newest, the
    # fourth, is alive: 10-20, but its client leaves at 17. Then 20-30 and 30-40 for nobody.
    assert joined(run) == [None] * 4
    assert run.seconds["dead_services"].nonzero()[0].tolist() == [10, 20, 30, 40]
    # After its client had left, each was served for: 2 s (8-10), 3 s (17-20), 10 s, 10 s.
    assert run.seconds["dead_after_s"][[10, 20, 30, 40]].tolist() == [2, 3, 10, 10]


# ------------------------------------------------------------------------------ What the limit counts


def test_the_limit_of_the_queue_counts_the_dead_even_where_they_will_be_skipped(engine):
    for drops_dead in (False, True):
        run = day(
            engine,
            come=[0, 0, 6],
            queue_limit=1,
            drops_dead=drops_dead,
            patience=Patience(kind="fixed", mean_s=4),
        )
        # The second waits from 0 and leaves at 4; its request stays. The third is refused at 6, patience ends at 10.
        assert refused(run) == {"full": 1}
        assert run.listeners["left"].tolist()[1:] == [4, 10]
        assert run.seconds["queue"][[3, 5, 9, 10]].tolist() == [1, 1, 1, 0]
        assert run.seconds["work_s"].sum() == (10 if drops_dead else 20)


def test_the_limit_does_not_count_those_in_service(engine):
    run = day(engine, listeners=4, handlers=2, queue_limit=2)
    assert joined(run) == [10, 10, 20, 20]
    assert refused(run) == {}


def test_a_queue_of_none_still_lets_handlers_work(engine):
    run = day(engine, listeners=3, handlers=2, queue_limit=0, retries=Retries(most=1))
    assert joined(run) == [10, 10, None]
    assert run.listeners["reason"].tolist() == [Reason.NONE, Reason.NONE, Reason.ATTEMPTS]


def test_a_client_that_was_taken_at_its_last_moment_waits_for_its_answer_in_service(engine):
    run = day(engine, listeners=2, timeout_s=15, retries=after(5))
    # The second is taken at 10 and leaves at 15, five seconds into its service, which is finished at 20, dead. Its next
    # attempt, at 20, is served at once.
    assert joined(run) == [10, 30]
    assert sent(run, 1) == [0, 20]
    assert run.seconds["dead_work_s"].nonzero()[0].tolist() == [20]


# ------------------------------------------------------------------------------ How long a service takes


@pytest.mark.parametrize("cv", [0.5, 1.0, 2.0])
def test_services_have_the_mean_and_the_variation_asked_for(engine, cv):
    run = day(engine, listeners=2500, handlers=2500, service=10, cv=cv, ends=5000)
    lasted = run.listeners["joined"]
    assert lasted.mean() == pytest.approx(10, abs=5 * 10 * cv / np.sqrt(2500))
    if cv == 1.0:
        # Exponential: e^-1 last longer than the mean, e^-2 longer than twice the mean; .008 is one standard error.
        assert (lasted > 10).mean() == pytest.approx(np.exp(-1), abs=0.04)
        assert (lasted > 20).mean() == pytest.approx(np.exp(-2), abs=0.03)
    else:
        # Lognormal: the logarithm is normal with variance log(1 + cv^2) and mean log 10 less half of that.
        spread, logs = np.log(1 + cv**2), np.log(lasted)
        assert logs.mean() == pytest.approx(np.log(10) - spread / 2, abs=0.08 * np.sqrt(spread))
        assert logs.var() == pytest.approx(spread, rel=0.12)
        assert (logs > logs.mean()).mean() == pytest.approx(0.5, abs=0.04)


def test_a_fixed_service_always_takes_its_mean(engine):
    assert set(joined(day(engine, listeners=50, handlers=50, service=7.5))) == {7.5}


def test_a_later_attempt_has_a_service_of_its_own(engine):
    run = day(
        engine, listeners=200, handlers=200, seats=0, cv=1, ends=1000, retries=Retries(most=2)
    )
    # Nobody finds a seat, so each is served twice. Were both as long, they would be perfectly correlated.
    served = [np.diff(run.lives["time"][run.lives["listener"] == i]) for i in range(200)]
    kinds = run.lives["moment"][run.lives["listener"] == 0].tolist()
    first, second = (at for at, kind in enumerate(kinds) if kind == Moment.SERVED)
    lengths = np.array([(one[first], one[second]) for one in served])
    assert abs(np.corrcoef(lengths.T)[0, 1]) < 0.35
    assert (run.listeners["outcome"] == Outcome.GAVE_UP).all()


def test_contention_slows_a_service_by_how_many_are_busy_when_it_starts(engine):
    run = day(engine, listeners=4, handlers=3, contention=0.5)
    # Started as one of 1, 2, 3 busy: 1 + .5 (n - 1) times ten seconds: 10, 15, 20. That the first ends at 10 does not
    # hurry the others. The fourth starts at 10, again as one of three: 20 seconds, until 30.
    assert joined(run) == [10, 15, 20, 30]


def test_coherency_slows_a_service_by_pairs(engine):
    run = day(engine, listeners=4, handlers=3, coherency=0.25)
    # 1 + .25 n (n - 1): 1, 1.5 and 2.5 times ten seconds. The fourth starts at 10 as one of three: 25, until 35.
    assert joined(run) == [10, 15, 25, 35]


def test_contention_and_coherency_add_up(engine):
    run = day(engine, listeners=3, handlers=3, contention=0.5, coherency=0.25)
    # 1, 1 + .5 + .5 = 2, and 1 + 1 + 1.5 = 3.5 times ten seconds.
    assert joined(run) == [10, 20, 35]


def test_alone_nobody_is_slowed(engine):
    assert joined(day(engine, contention=5, coherency=5)) == [10, 20, 30]


def test_dead_work_slows_the_living(engine):
    rules = dict(come=[0, 7], handlers=2, contention=1, timeout_s=5, retries=Retries(most=1))
    run = day(engine, **rules)
    # The first is dead from 5 but busy until 10; the second starts at 7 as one of two: twice ten seconds, until 27.
    assert run.seconds["dead_work_s"][[10, 27]].tolist() == [10, 20]


def test_handlers_that_stand_idle_slow_nobody(engine):
    assert joined(day(engine, listeners=1, handlers=50, contention=1, coherency=1)) == [10]
