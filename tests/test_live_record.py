"""What a real door writes down is told in the same columns as a simulated evening, and obeys the same laws."""

import math

import numpy as np
import pytest

from loadbearing.engines import Simulation
from loadbearing.live.record import ATTEMPT, PENDING, REFUSED, Unusable, run_of
from loadbearing.run import Moment, Outcome
from loadbearing.scenario import (
    Change,
    Crowd,
    Door,
    HandlersLost,
    Patience,
    Retries,
    Rush,
    Scenario,
    Service,
    Timetable,
    WaitingRoom,
)


def evening(**changes):
    """A small evening with everything that a record can tell: time-outs, patience, refusals, dead work, leavers."""
    held = Scenario(
        crowd=Crowd(
            listeners=400,
            arrivals=Rush(doors_s=-60, early_share=0.1, mean_s=8, late_share=0.1, until_s=120),
            patience=Patience(kind="exponential", mean_s=40),
            stays_mean_s=60,
            timeout_s=4,
            retries=Retries(most=5, base_s=2, cap_s=20, quick_share=0.2),
        ),
        door=Door(handlers=6, service=Service(mean_s=0.5, cv=1), queue_limit=60, retry_budget=2),
        starts_s=-60,
        ends_s=180,
    )
    return held.changed(changes)


class Watched:
    """A simulated evening, and what a real door and its clients would have written down of it."""

    def __init__(self, scenario, seed):
        simulation = Simulation(scenario, seed, "reference", sample=10**6)
        self.rows, engine = {}, simulation.engine
        account, queue, clock = engine.account, engine.door.queue, engine.clock
        started, served, next_one = account.started, account.served, queue.next

        def start(request):
            started(request)
            self.row(request)["started"] = clock.now

        def serve(request):
            served(request)
            self.row(request)["ended"] = clock.now

        def take():
            request = next_one()
            if request.left is not None and engine.door.drops_dead:
                self.row(request)["skipped"] = clock.now
            return request

        account.started, account.served, queue.next = start, serve, take
        simulation.advance(10**9)
        self.run = simulation.run()
        self.given_up, self.left = {}, {}
        for listener, attempt, time, moment in self.run.lives.tolist():
            self.hear(listener, attempt, time, Moment(moment))

    def row(self, request):
        return self.held(request.listener, request.attempt)

    def held(self, listener, attempt):
        blank = dict.fromkeys(ATTEMPT.names, math.nan) | {"answer": PENDING}
        blank |= {"listener": listener, "attempt": attempt}
        return self.rows.setdefault((listener, attempt), blank)

    def hear(self, listener, attempt, time, moment):
        """A moment of a life, as its client or its door would have written it down."""
        if moment == Moment.ARRIVED:
            return
        row = self.held(listener, attempt)
        if moment in (Moment.IN_LINE, Moment.SENT):
            row["in_line" if moment == Moment.IN_LINE else "sent"] = time
        elif moment in REFUSED or moment in (Moment.JOINED, Moment.TIMED_OUT):
            row["answer"] = moment
            if moment == Moment.TIMED_OUT:
                row["gone"] = time
        elif moment == Moment.LEFT:
            self.left[listener] = time
        elif moment == Moment.GAVE_UP:
            mine = self.run.listeners[listener]
            self.given_up[listener] = (time, mine["reason"])
            if row["answer"] == PENDING:
                row["answer"], row["gone"] = moment, time

    @property
    def attempts(self):
        return np.array([tuple(self.rows[key].values()) for key in sorted(self.rows)], ATTEMPT)


LINE = {"waiting_room": WaitingRoom(opens_s=20, admits_per_s=9)}
EVENINGS = {
    "plain": {},
    "dead work is skipped": {"door.drops_dead": True},
    "a line": LINE,
    "handlers lost": {"faults": (HandlersLost(at_s=10, lasts_s=30, handlers=4),)},
    "no limit, no patience": {"door.queue_limit": None, "crowd.patience": Patience()},
    "more handlers, then fewer": {
        "controllers": (
            Timetable(
                changes=[
                    Change(at_s=20, what="handlers", to=9),
                    Change(at_s=60, what="handlers", to=4),
                ]
            ),
        )
    },
    "slowed by company": {"door.contention": 0.1, "door.coherency": 0.01},
}


@pytest.mark.parametrize("changes", EVENINGS.values(), ids=EVENINGS)
@pytest.mark.parametrize("seed", range(1, 4))
def test_a_record_of_a_simulated_evening_is_told_as_that_evening_was(changes, seed):
    watched = Watched(evening(**changes), seed)
    told = run_of(
        watched.run.evening,
        watched.attempts,
        watched.given_up,
        watched.left,
        actions=watched.run.actions.tolist(),
    )
    assert told.audit() is told
    assert not told.differences(watched.run, tables=("listeners", "lives"))
    for name in told.seconds.dtype.names:
        assert told.seconds[name] == pytest.approx(watched.run.seconds[name], abs=1e-6), name


def test_everything_that_a_record_can_tell_happens_on_these_evenings():
    kinds, seconds = set(), {}
    for changes in EVENINGS.values():
        run = Watched(evening(**changes), 1).run
        kinds |= {*run.lives["moment"].tolist()}
        for name in ("dead_services", "ran_out_of_patience", "leavers", "admitted", "gave_up"):
            seconds[name] = seconds.get(name, 0) + run.seconds[name].sum()
    assert min(seconds.values()) > 5, seconds
    for moment in (Moment.REFUSED_FULL, Moment.REFUSED_BUDGET, Moment.TIMED_OUT, Moment.LEFT):
        assert moment in kinds, moment.name


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"attempt": 3}, "does not begin with attempt 1"),
        ({"sent": math.nan}, "neither reached the door"),
        ({"answer": 99}, "an answer that there is not"),
        ({"started": 1.0}, "was served before it was sent"),
        ({"ended": 1.0}, "was served to the end before it began"),
        ({"gone": 3.0}, "does not fit"),
        ({"sent": 900.0, "started": 901.0, "ended": 902.0}, "outside the evening"),
        ({"listener": 1}, "number them by their arrival"),
    ],
)
def test_a_row_that_cannot_have_been_is_named(change, said):
    row = dict.fromkeys(ATTEMPT.names, math.nan) | {
        "listener": 0, "attempt": 1, "sent": 2.0, "started": 2.5, "ended": 3.0, "answer": Moment.JOINED,
    }  # fmt: skip
    good = np.array([tuple(row.values())], ATTEMPT)
    assert run_of(evening(), good).listeners["outcome"].tolist() == [Outcome.IN]
    with pytest.raises(Unusable, match=said):
        run_of(evening(), np.array([tuple((row | change).values())], ATTEMPT))
