"""The real door keeps the rules of the simulated one: the same requests at the same times come to the same end.

Its event loop runs here on a clock that jumps to the next thing to happen, so that an evening of minutes takes no time
and nothing depends on the speed of this computer.
"""

import asyncio
import functools
import heapq
import math

import numpy as np
import pytest
from test_live_record import LINE, Watched, evening

from loadbearing import draws
from loadbearing.live.door import RealDoor, Unservable, check
from loadbearing.live.line import SOONEST_S, Standing
from loadbearing.live.record import ATTEMPT, run_of
from loadbearing.run import Moment
from loadbearing.scenario import (
    Change,
    ForeignLoad,
    HandlersLost,
    Patience,
    Restart,
    Service,
    ServiceSlowed,
    Stage,
    Timetable,
    WaitingRoom,
)

EXACTLY = 1e-5


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop whose time jumps to the next thing to happen; `now` is its clock."""

    def __init__(self, now):
        self.now = now
        super().__init__()
        waits = self._selector.select
        self._selector.select = lambda timeout=None: self.jump(timeout, waits)

    def jump(self, timeout, waits):
        self.now += timeout or 0.0
        return waits(0)

    def time(self):
        return self.now


def on_the_door(scenario, seed, steps):
    """Run a real door by a jumping clock; `steps(door)` gives (when, what to do). Return the door and what it wrote."""
    loop = JumpingLoop(float(scenario.starts_s))
    written = []

    async def whole_evening():
        door = RealDoor(scenario, seed, loop, written.append)
        keeping = asyncio.ensure_future(door.keep())
        await asyncio.sleep(0)
        agenda = [(when, at, act) for at, (when, act) in enumerate(steps(door))]
        heapq.heapify(agenda)
        while agenda:
            when, _, act = heapq.heappop(agenda)
            if when > loop.now:
                await asyncio.sleep(when - loop.now)
            act()
        await asyncio.sleep(max(0.0, scenario.ends_s - loop.now))
        keeping.cancel()
        await door.end()
        return door

    try:
        return loop.run_until_complete(whole_evening()), written
    finally:
        loop.close()


def same_requests(watched):
    """Return what puts the requests of a simulated evening before the real door, each at its own time.

    Whoever is let through the line is at the door at once, as in the simulation: nobody is far away.
    """

    def steps(door):
        here, let_through = {}, door.line.admit

        def admit():
            one = door.line.tickets[door.line.waiting[0]]
            let_through()
            door.line.through(one)
            here[one.listener, one.attempt] = door.ask(one.listener, one.attempt, one.in_line)

        def stand(listener, attempt):
            one = door.line.stand(listener, attempt)
            here.setdefault((listener, attempt), one)

        def ask(listener, attempt):
            here[listener, attempt] = door.ask(listener, attempt)

        def leave(listener, attempt):
            one = here[listener, attempt]
            (door.line.leave if isinstance(one, Standing) else door.go)(one)

        door.line.admit = admit
        for row in watched.attempts:
            mine = int(row["listener"]), int(row["attempt"])
            if math.isnan(row["in_line"]):
                yield row["sent"], functools.partial(ask, *mine)
            else:
                yield row["in_line"], functools.partial(stand, *mine)
            if not math.isnan(row["gone"]):
                yield row["gone"], functools.partial(leave, *mine)

    return steps


EVENINGS = {
    "plain": {},
    "dead work is skipped": {"door.drops_dead": True},
    "last come, first served": {"door.discipline": "lifo"},
    "no limit, no patience": {"door.queue_limit": None, "crowd.patience": Patience()},
    "no budget, lognormal services": {
        "door.retry_budget": None,
        "door.service": Service(mean_s=0.5, cv=0.7),
    },
    "handlers lost": {"faults": (HandlersLost(at_s=10, lasts_s=30, handlers=4),)},
    "all handlers lost, twice at one time": {
        "faults": (
            HandlersLost(at_s=8, lasts_s=20, handlers=4),
            HandlersLost(at_s=10, lasts_s=10, handlers=4),
        )
    },
    "services slowed": {
        "faults": (
            ServiceSlowed(at_s=5, lasts_s=30, factor=2),
            ServiceSlowed(at_s=10, lasts_s=30, factor=1.5),
        )
    },
    "a line": LINE,
    "a timetable": {
        "controllers": [
            Timetable(
                changes=[
                    Change(at_s=8, what="drops_dead", to=True),
                    Change(at_s=16, what="queue_limit", to=30),
                    Change(at_s=18, what="discipline", to="lifo"),
                    Change(at_s=20, what="handlers", to=9),
                    Change(at_s=21, what="retry_budget", to=0.1),
                    Change(at_s=40, what="handlers", to=3),
                ]
            )
        ]
    },
    "a line that opens, slows down and closes": {
        "waiting_room": WaitingRoom(opens_s=None, admits_per_s=9),
        "controllers": [
            Timetable(
                changes=[
                    Change(at_s=5, what="waiting_room", to=True),
                    Change(at_s=15, what="admits_per_s", to=3),
                    Change(at_s=40, what="waiting_room", to=False),
                ]
            )
        ],
    },
}


@pytest.mark.parametrize("changes", EVENINGS.values(), ids=EVENINGS)
@pytest.mark.parametrize("seed", (1, 2))
def test_the_same_requests_come_to_the_same_end(changes, seed):
    watched = Watched(evening(**changes), seed)
    door, written = on_the_door(watched.run.evening, seed, same_requests(watched))
    expected = watched.attempts
    assert len(written) == len(expected)
    found = np.sort(
        np.array([tuple(getattr(one, name) for name in ATTEMPT.names) for one in written], ATTEMPT),
        order=["listener", "attempt"],
    )
    for name in ("in_line", "sent", "started", "ended", "skipped", "gone"):
        one, two = found[name], expected[name]
        assert np.array_equal(np.isnan(one), np.isnan(two)), name
        assert one == pytest.approx(two, abs=EXACTLY, nan_ok=True), name
    # The door cannot know why a client at the door went: that is the client's word.
    at_the_door = (expected["answer"] == Moment.GAVE_UP) & ~np.isnan(expected["sent"])
    expected["answer"][at_the_door] = Moment.TIMED_OUT
    assert found["answer"].tolist() == expected["answer"].tolist()


def test_what_these_evenings_are_there_for_happens_on_them():
    seen = {}
    for name, changes in EVENINGS.items():
        rows = Watched(evening(**changes), 1).attempts
        seen[name] = {Moment(one).name for one in rows["answer"] if one >= 0}
        seen[name] |= {"SKIPPED"} if not np.isnan(rows["skipped"]).all() else set()
        seen[name] |= {"IN_LINE"} if not np.isnan(rows["in_line"]).all() else set()
    assert {"JOINED", "TIMED_OUT", "REFUSED_BUDGET", "REFUSED_FULL"} <= seen["plain"]
    assert "SKIPPED" in seen["dead work is skipped"] & seen["a timetable"]
    assert "IN_LINE" in seen["a line"] & seen["a line that opens, slows down and closes"]
    assert "REFUSED_FULL" not in seen["no limit, no patience"]


def test_the_record_of_a_real_evening_is_told_as_the_simulated_one_was():
    watched = Watched(evening(), 1)
    _, written = on_the_door(watched.run.evening, 1, same_requests(watched))
    rows = np.array([tuple(getattr(one, n) for n in ATTEMPT.names) for one in written], ATTEMPT)
    rows = np.sort(rows, order=["listener", "attempt"])
    # The door cannot know why a client went: that is the client's word.
    rows["answer"] = watched.attempts["answer"]
    told = run_of(watched.run.evening, rows, watched.given_up, watched.left).audit()
    for name in ("joins", "dead_services", "refused_full", "refused_budget", "time_outs"):
        assert told.seconds[name].tolist() == watched.run.seconds[name].tolist(), name


# --- what the simulation does not have -------------------------------------------------------------


def alone(**changes):
    """A door with services of one second, and one listener who need not come."""
    return evening(
        **{"crowd.listeners": 1, "door.service": Service(mean_s=1, cv=0), "door.retry_budget": None}
        | changes
    )


def at_once(people):
    """Everybody comes at 0 seconds."""
    return lambda door: [(0.0, lambda i=i: door.ask(i, 1)) for i in range(people)]


def times(written, name):
    return sorted(round(getattr(one, name), 3) for one in written)


@pytest.mark.parametrize(
    ("contention", "ended"),
    [
        (0.0, [1, 1, 1, 1]),
        # Half a second each under the lock, one after the other, then half a second side by side.
        (0.5, [1, 1.5, 2, 2.5]),
        (1.0, [1, 2, 3, 4]),
    ],
)
def test_what_only_one_can_hold_is_held_by_one(contention, ended):
    scenario = alone(**{"door.handlers": 4, "door.contention": contention})
    _, written = on_the_door(scenario, 1, at_once(4))
    assert times(written, "ended") == ended


def test_agreeing_with_others_takes_longer_the_more_they_are():
    # Nobody else, one, two others are busy when it begins: 0, .1 and .2 seconds under the lock before the one second.
    scenario = alone(**{"door.handlers": 3, "door.coherency": 0.1})
    _, written = on_the_door(scenario, 1, at_once(3))
    assert times(written, "ended") == [1, 1.1, 1.3]


def test_the_lock_lets_through_what_the_law_says_for_many_handlers():
    """With many busy handlers, served per second tends to 1 / (mean x contention): Amdahl's limit."""
    scenario = alone(**{"door.handlers": 60, "door.contention": 0.1, "door.queue_limit": None})
    _, written = on_the_door(scenario, 1, at_once(600))
    ended = [one.ended for one in written if 10 < one.ended <= 40]
    assert len(ended) / 30 == pytest.approx(1 / (1.0 * 0.1), rel=0.02)


@pytest.mark.parametrize(
    ("handlers", "least", "most"), [(4, 1.0, 1.1), (12, 1.15, 1.4), (40, 3.6, 4.2)]
)
def test_a_lock_costs_little_before_the_knee_and_all_that_the_law_says_beyond(
    handlers, least, most
):
    """Of ten seconds in a hundred under the lock: handlers queue for it only as it fills, at 1 / .1 of them.

    The law of the simulation, 1 + .1 (n - 1), says 1.3, 2.1 and 4.9: it is what they would wait if all came to the
    lock at the same moment, each time. Far beyond the knee a service takes n x .1, where the two meet.
    """
    scenario = alone(**{"door.handlers": handlers, "door.contention": 0.1, "ends_s": 60})
    scenario = scenario.changed(
        {"door.queue_limit": None, "door.service": Service(mean_s=1, cv=0.5)}
    )
    _, written = on_the_door(scenario, 1, at_once(60 * handlers))
    timed = [one for one in written if one.started > 10 and one.ended < 55]
    lasted = [one.ended - one.started for one in timed]
    alone_s = [door_s(one) for one in timed]
    assert least <= np.mean(lasted) / np.mean(alone_s) <= most


def door_s(one):
    """What a service of the evening above lasts when it is alone, in seconds."""
    luck = [
        draws.uniform(draws.key(1, purpose), one.listener, one.attempt)
        for purpose in (draws.SERVICE, draws.SERVICE_ANGLE)
    ]
    return draws.service(1, 0.5, *luck)


def test_a_fault_that_is_switched_on_passes():
    scenario = alone(**{"door.handlers": 3, "door.queue_limit": None})

    def steps(door):
        yield 0.0, lambda: door.break_down(handlers=2, lasts_s=2.5)
        yield from at_once(6)(door)

    _, written = on_the_door(scenario, 1, steps)
    # One handler until 2.5 seconds, then three.
    assert times(written, "started") == [0, 1, 2, 2.5, 2.5, 3]

    def slow(door):
        yield 0.0, lambda: door.break_down(slower=2, lasts_s=1)
        yield from at_once(4)(door)

    _, written = on_the_door(scenario, 1, slow)
    assert times(written, "ended") == [2, 2, 2, 3]


def test_listeners_beyond_the_crowd_have_luck_of_their_own():
    scenario = evening(**{"crowd.listeners": 3, "door.handlers": 50})
    _, written = on_the_door(scenario, 1, at_once(40))
    assert len({round(one.ended - one.started, 6) for one in written}) == 40


def test_a_scrape_waits_behind_the_crowd_and_costs_no_handler():
    scenario = alone(**{"door.handlers": 1, "door.queue_limit": 3})
    heard = {}

    def scrape(door, name, within_s):
        async def ask():
            came = await door.turn(within_s)
            heard[name] = came, round(door.clock.now)

        door.tasks.add(asyncio.ensure_future(ask()))

    def steps(door):
        yield -0.5, lambda: scrape(door, "nobody here", 5)
        yield from at_once(3)(door)
        yield 0.1, lambda: scrape(door, "two wait", 5)
        yield 0.1, lambda: scrape(door, "impatient", 1)
        yield 0.2, lambda: door.ask(3, 1)
        yield 0.3, lambda: scrape(door, "full", 5)

    _, written = on_the_door(scenario, 1, steps)
    assert heard == {
        "nobody here": (True, 0),
        "two wait": (True, 2),
        "impatient": (False, 1),
        "full": (False, 0),
    }
    assert times(written, "ended") == [1, 2, 3, 4]


def test_what_is_open_at_the_end_is_written_down_as_pending():
    scenario = alone(**{"door.handlers": 1, "ends_s": 1}).changed({"door.service.mean_s": 50.0})
    _, written = on_the_door(scenario, 1, at_once(3))
    assert [(one.answer, math.isnan(one.ended)) for one in written] == [(-1, True)] * 3
    assert [math.isnan(one.started) for one in written] == [False, True, True]


def test_who_leaves_the_line_in_silence_is_forgotten():
    scenario = alone(**{"waiting_room": WaitingRoom(opens_s=-60, admits_per_s=0.01)})

    def steps(door):
        for i in range(3):
            yield 0.0, lambda i=i: door.line.said(door.line.stand(i, 1))
        yield 10.0, lambda: door.line.said(door.line.tickets[3])
        yield 19.0, lambda: door.line.forget_the_silent()
        yield 21.0, lambda: door.line.forget_the_silent()

    door, written = on_the_door(scenario, 1, steps)
    gone = {one.listener: one.gone for one in written}
    # The first was let through at once and never came; the second never asked again; the third did.
    assert gone[0] == pytest.approx(19) and gone[1] == pytest.approx(21) and math.isnan(gone[2])


def test_who_is_let_through_learns_of_it_soon_without_asking_often():
    room = WaitingRoom(opens_s=-60, admits_per_s=100)
    scenario = alone(waiting_room=room, ends_s=60, **{"door.handlers": 100})
    asked, let_through, learned = [], {}, {}

    def steps(door):
        admit = door.line.admit

        def noted():
            let_through[door.line.tickets[door.line.waiting[0]].listener] = door.clock.now
            admit()

        async def client(i):
            one = door.line.stand(i, 1)
            while "admitted" not in (told := door.line.said(one)):
                asked.append(i)
                await asyncio.sleep(told["poll_s"])
            learned[i] = door.clock.now
            door.line.through(one)

        door.line.admit = noted
        for i in range(1000):
            yield i / 500, lambda i=i: door.tasks.add(asyncio.ensure_future(client(i)))

    on_the_door(scenario, 1, steps)
    late = np.array([learned[i] - let_through[i] for i in range(1000)])
    assert late.min() >= 0 and late.max() <= SOONEST_S + EXACTLY
    assert late.mean() < 0.05 and len(asked) < 4 * 1000


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"faults": (Restart(at_s=1, lasts_s=1),)}, "has Restart"),
        ({"faults": (ForeignLoad(at_s=1, lasts_s=1, per_s=1),)}, "has ForeignLoad"),
        ({"stage": Stage(seats=5)}, "Stage.seats is 5"),
        ({"door.handlers": 20_000}, "Door.handlers is 20,000"),
        ({"tick_s": 0.1}, "tick_s is 0.1"),
    ],
)
def test_what_the_real_door_cannot_keep_is_said(changes, said):
    with pytest.raises(Unservable, match=said):
        check(evening(**changes))
    check(evening())
