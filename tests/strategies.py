"""Random evenings for property tests: every rule, continuous and on a grid."""

from __future__ import annotations

import math

import hypothesis.strategies as st

from loadbearing import (
    Autoscaler,
    Change,
    Crowd,
    Door,
    ForeignLoad,
    Group,
    HandlersLost,
    Measured,
    Patience,
    Policy,
    Restart,
    Retries,
    Rush,
    Scenario,
    Service,
    ServiceSlowed,
    Several,
    Stage,
    Steady,
    Timetable,
    WaitingRoom,
    Weather,
)

STARTS, ENDS = -60, 240


def seconds(least, most):
    """Times on a quarter-second grid, often a few whole seconds: shrinking ends at readable numbers, ties abound."""
    quarters = st.integers(int(least * 4), int(most * 4)).map(lambda count: count / 4)
    first = math.ceil(least)
    return st.one_of(st.integers(first, min(first + 4, int(most))).map(float), quarters)


def shapes():
    """Steady, announced or measured, from everybody at one instant to all evening long."""
    steady = st.tuples(seconds(STARTS, 100), seconds(0, 150)).map(
        lambda t: Steady(from_s=t[0], until_s=t[0] + t[1])
    )
    rush = st.builds(
        Rush,
        doors_s=seconds(STARTS, 0),
        early_share=st.sampled_from([0.0, 0.1, 0.5]),
        mean_s=seconds(0.25, 60),
        late_share=st.sampled_from([0.0, 0.2, 0.5]),
        until_s=seconds(1, 300),
    )
    measured = st.builds(
        Measured,
        from_s=seconds(STARTS, 100),
        bin_s=seconds(0.25, 20),
        counts=st.lists(st.integers(0, 5), min_size=1, max_size=8).filter(any),
    )
    return st.one_of(steady, rush, measured)


def arrivals():
    """One shape, or several groups of people with one each."""
    group = st.builds(Group, weight=st.sampled_from([0.5, 1.0, 3.0]), arrivals=shapes())
    several = st.builds(Several, groups=st.lists(group, min_size=1, max_size=3))
    return st.one_of(shapes(), shapes(), several)


def patience():
    """Unlimited, fixed or exponential."""
    limited = st.builds(
        Patience, kind=st.sampled_from(["fixed", "exponential"]), mean_s=seconds(0.25, 200)
    )
    return st.one_of(st.just(Patience()), limited)


@st.composite
def retries(draw):
    """Every kind of back-off and jitter, with and without quick reloaders and a limit."""
    base = draw(seconds(0.25, 20))
    return Retries(
        most=draw(st.one_of(st.none(), st.integers(1, 6))),
        backoff=draw(st.sampled_from(["immediate", "fixed", "exponential"])),
        base_s=base,
        cap_s=base + draw(seconds(0, 60)),
        jitter=draw(st.sampled_from(["none", "full", "exponential"])),
        quick_share=draw(st.sampled_from([0.0, 0.0, 0.3, 1.0])),
        honours_retry_after=draw(st.booleans()),
    )


def crowds():
    """Up to 60 people with every habit."""
    return st.builds(
        Crowd,
        listeners=st.integers(0, 60),
        arrivals=arrivals(),
        patience=patience(),
        stays_mean_s=st.one_of(st.none(), seconds(0.25, 300)),
        timeout_s=st.one_of(st.none(), seconds(0.25, 30)),
        round_trip_s=seconds(0.25, 3),
        retries=retries(),
    )


def doors():
    """From one slow handler to many, with a queue of none, some or no limit, and everything that a door can do."""
    return st.builds(
        Door,
        handlers=st.integers(1, 6),
        service=st.builds(
            Service, mean_s=seconds(0.25, 20), cv=st.sampled_from([0.0, 0.5, 1.0, 2.0])
        ),
        queue_limit=st.one_of(st.none(), st.integers(0, 20)),
        discipline=st.sampled_from(["fifo", "lifo"]),
        drops_dead=st.booleans(),
        contention=st.sampled_from([0.0, 0.0, 0.1, 0.5]),
        coherency=st.sampled_from([0.0, 0.0, 0.01, 0.2]),
        retry_after_s=st.one_of(st.none(), seconds(0, 30)),
        retry_budget=st.one_of(st.none(), st.sampled_from([0.0, 0.1, 0.5, 1.0])),
    )


def waiting_rooms():
    """None, or one that opens by itself or not, with a rate from nobody to many."""
    room = st.fixed_dictionaries(
        dict(
            admits_per_s=st.sampled_from([0.0, 0.1, 0.5, 1.0, 3.0, 50.0]),
            opens_s=st.one_of(st.none(), seconds(STARTS, 100)),
            seats_aware=st.booleans(),
        )
    )
    return st.one_of(st.none(), room)


def stages():
    """No limit, seats that run out, or seats that bring the stage down when they do."""
    refusing = st.builds(Stage, seats=st.one_of(st.none(), st.integers(0, 30)))
    collapsing = st.builds(
        Stage,
        seats=st.integers(0, 15),
        when_full=st.just("collapse"),
        restart_s=st.one_of(st.just(0.0), seconds(0.25, 60)),
    )
    return st.one_of(refusing, refusing, collapsing)


def faults():
    """Every kind of fault, beginning before, within or after the account."""
    when = dict(at_s=seconds(STARTS - 20, ENDS + 5), lasts_s=seconds(0, 100))
    return st.one_of(
        st.builds(HandlersLost, **when, handlers=st.integers(0, 6)),
        st.builds(ServiceSlowed, **when, factor=st.sampled_from([0.5, 1.5, 3.0])),
        st.builds(Restart, **when),
        st.builds(ForeignLoad, **when, per_s=st.sampled_from([0.0, 0.05, 0.3, 2.0])),
    )


TOLD = {
    "handlers": st.integers(0, 8),
    "queue_limit": st.one_of(st.none(), st.integers(0, 20)),
    "discipline": st.sampled_from(["fifo", "lifo"]),
    "drops_dead": st.booleans(),
    "retry_after_s": st.one_of(st.none(), seconds(0, 30)),
    "retry_budget": st.one_of(st.none(), st.sampled_from([0.0, 0.2, 1.0])),
    "waiting_room": st.booleans(),
    "admits_per_s": st.sampled_from([0.0, 0.2, 1.0, 20.0]),
}


@st.composite
def changes(draw, room):
    """One change of whatever can be changed; the waiting room only where there is one."""
    names = [one for one in TOLD if room or one not in ("waiting_room", "admits_per_s")]
    what = draw(st.sampled_from(names))
    return Change(at_s=draw(seconds(STARTS - 20, ENDS + 5)), what=what, to=draw(TOLD[what]))


def shed_when_long(now, telemetry):
    """A short queue while many time out, a long one else."""
    return {"queue_limit": 2 if telemetry.time_outs > telemetry.joins else 15}


def restless(now, telemetry):
    """Change something else every time, and remember how often."""
    times = telemetry.memory["times"] = telemetry.memory.get("times", 0) + 1
    answers = [
        {"discipline": "lifo", "drops_dead": True},
        None,
        {"handlers": telemetry.settings["handlers"] + 1, "retry_after_s": 5},
        {"retry_budget": 0.2 if telemetry.retries else None},
        {"discipline": "fifo", "handlers": max(1, telemetry.settings["handlers"] - 2)},
    ]
    return answers[times % len(answers)]


def gatekeeper(now, telemetry):
    """Open the waiting room while the queue is long, and let through what has joined lately."""
    if telemetry.settings["admits_per_s"] is None:
        return {"queue_limit": 3}
    return {
        "waiting_room": telemetry.queue_mean > 1,
        "admits_per_s": 0.2 + telemetry.joins / (telemetry.until_s - telemetry.from_s),
    }


@st.composite
def controllers(draw, room):
    """A timetable, an autoscaler or a policy, with every lag."""
    if draw(st.booleans()):
        return Timetable(changes=draw(st.lists(changes(room), max_size=4)))
    looks = dict(
        every_s=draw(st.sampled_from([1, 5, 10, 60])),
        lag_s=draw(st.sampled_from([0, 0, 5, 30])),
        boot_s=draw(st.sampled_from([0.0, 0.0, 7.25, 60.0])),
    )
    if draw(st.booleans()):
        return Autoscaler(target=draw(st.sampled_from([0.3, 0.7, 1.0])), most=8, **looks)
    return Policy(decide=draw(st.sampled_from([shed_when_long, restless, gatekeeper])), **looks)


@st.composite
def scenarios(draw):
    """Whole evenings, each with some of everything."""
    room = draw(waiting_rooms())
    stage = draw(stages())
    if room and room["seats_aware"] and stage.seats is None:
        stage = Stage(seats=draw(st.integers(0, 30)))
    return Scenario(
        crowd=draw(crowds()),
        door=draw(doors()),
        waiting_room=WaitingRoom(**room) if room else None,
        stage=stage,
        faults=draw(st.lists(faults(), max_size=3)),
        controllers=draw(st.lists(controllers(room), max_size=2)),
        weather=draw(st.sampled_from([Weather.calm(), Weather()])),
        starts_s=STARTS,
        ends_s=ENDS,
        tick_s=draw(st.sampled_from([None, None, 0.25, 1.0, 5.0])),
    )
