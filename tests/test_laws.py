"""Laws that need no formula, on random evenings: conservation, Little's law, monotony, and rooms of another size.

Each law is tried on evenings drawn from `tests.strategies`, which mix every rule. Where a law needs conditions they are
made, and a worked example shows that without them it would not hold.
"""

import collections
import dataclasses
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from loadbearing import (
    Crowd,
    ForeignLoad,
    HandlersLost,
    Patience,
    Retries,
    Scenario,
    Stage,
    Steady,
    Weather,
    cases,
    draws,
    simulate,
)
from loadbearing.run import Moment, Outcome
from tests.replications import door
from tests.strategies import ENDS, STARTS, scenarios

EVERYBODY, SEED, ROUNDING = 10**6, 3, 1e-9


def on_random_evenings(number, phases=tuple(Phase)):
    """Try a law on so many random evenings, the same each time."""
    return settings(
        max_examples=number,
        phases=phases,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


# ------------------------------------------------------------------------------------ Conservation and Little


def test_random_evenings_pass_the_audit_with_the_lives_of_everybody(record_count):
    counted = {"evenings": 0, "in line": 0, "waiting": 0, "inside": 0}

    @on_random_evenings(200)
    @given(scenario=scenarios(), seed=st.integers(0, 10**6))
    def hold(scenario, seed):
        run = simulate(scenario, seed, engine="compiled", sample=EVERYBODY).audit()
        everybody_is_where_their_life_ends(run)
        counted["evenings"] += 1
        for name, level in (
            ("in line", "waiting_room"),
            ("waiting", "queue"),
            ("inside", "inside"),
        ):
            counted[name] += bool(run.seconds[level + "_s"].sum() > 0)

    hold()
    record_count("evenings audited with every life", counted["evenings"])
    # Little's law says nothing on an empty curve: each one was there on many evenings.
    assert min(counted.values()) >= 20, counted


def everybody_is_where_their_life_ends(run):
    """At the end each listener is in exactly one place, and as many are there as the last second says."""
    lives, last = run.lives, run.seconds[-1]
    is_last = np.append(lives["listener"][1:] != lives["listener"][:-1], True)[: len(lives)]
    ended = lives["moment"][is_last]
    there = {moment: int((ended == moment).sum()) for moment in Moment}
    outcome = np.bincount(run.listeners["outcome"], minlength=len(Outcome))
    assert sum(there.values()) + outcome[Outcome.AFTER_THE_END] == len(run.listeners)
    assert there[Moment.IN_LINE] == last["waiting_room"]
    assert there[Moment.WAITING] == last["living_queue"]
    assert there[Moment.SERVED] <= last["busy"]
    assert there[Moment.JOINED] == last["inside"] == outcome[Outcome.IN]
    gone = there[Moment.LEFT] + there[Moment.GAVE_UP]
    assert gone == outcome[Outcome.LEFT] + outcome[Outcome.GAVE_UP]


# --------------------------------------------------------------------------------------------------- Monotony


@st.composite
def plain_queues(draw):
    """First come first served, and nobody who ever leaves, is refused or comes back.

    Arrivals, services, waiting room, foreign load and lost handlers are anything. Left out is what makes a service
    depend on when it starts (slowed services, contention, coherency), and what sends people away.
    """
    scenario = draw(scenarios())
    room, rules = scenario.waiting_room, scenario.door
    lost = st.builds(
        HandlersLost,
        at_s=st.integers(STARTS, ENDS).map(float),
        lasts_s=st.integers(1, 60).map(float),
        handlers=st.integers(1, rules.handlers),
    )
    foreign = [one for one in scenario.faults if isinstance(one, ForeignLoad)]
    return dataclasses.replace(
        scenario,
        crowd=dataclasses.replace(
            scenario.crowd, timeout_s=None, patience=Patience(), stays_mean_s=None
        ),
        door=dataclasses.replace(
            rules, queue_limit=None, discipline="fifo", contention=0.0, coherency=0.0
        ),
        waiting_room=room and dataclasses.replace(room, seats_aware=False),
        stage=Stage(),
        faults=foreign + draw(st.lists(lost, max_size=2)),
        controllers=(),
        # With other weather a crowd of another size would have another luck.
        weather=Weather.calm(),
    )


def joined(scenario):
    """When each listener joined, by the number that they draw by; infinite if not before the end."""
    run = simulate(scenario, SEED, sample=0)
    _, who = draws.arrivals(run.evening, SEED)
    times = np.full(len(who), np.inf)
    times[who] = np.where(np.isnan(run.listeners["joined"]), np.inf, run.listeners["joined"])
    return times


# In such a queue each start of service is the first moment at which, all before having started, a handler is free.
# By induction over the queue: with more handlers, fewer people or shorter services every start, and so every join, is
# no later. This holds person by person because everybody keeps their own luck (common random numbers).
EASIER = {
    "another handler": lambda s: s.changed({"door.handlers": s.door.handlers + 1}),
    "twice the handlers": lambda s: s.changed({"door.handlers": s.door.handlers * 2}),
    "shorter services": lambda s: s.changed({"door.service.mean_s": s.door.service.mean_s * 0.8}),
    "fewer people": lambda s: s.changed({"crowd.listeners": s.crowd.listeners * 3 // 4}),
    "no faults": lambda s: s.changed({"faults": ()}),
}


def test_in_a_plain_queue_nobody_joins_later_when_it_is_made_easier(record_count):
    sooner = collections.Counter()

    @on_random_evenings(100)
    @given(scenario=plain_queues())
    def hold(scenario):
        before = joined(scenario)
        for how, easier in EASIER.items():
            after = joined(easier(scenario))
            mine = before[: len(after)]
            assert (after <= mine + ROUNDING).all(), how
            sooner[how] += bool((after < mine - ROUNDING).any())

    hold()
    record_count("evenings compared person by person", 100 * len(EASIER))
    assert all(sooner[how] >= 10 for how in EASIER), sooner


def test_where_handlers_slow_each_other_down_more_of_them_can_hurt():
    # Coherency .5: a service of one second takes 1 s alone, 2 s as one of two, 4 s as one of three. Ten people at
    # once. Two handlers: 1, 3, 5, 7, 9 and 2, 4, 6, 8, 10. Three: 1, 5, 9, 13 and 2, 6, 10 and 4, 8, 12.
    for handlers, last in ((1, 10), (2, 10), (3, 13)):
        evening = Scenario(
            crowd=Crowd(listeners=10, arrivals=Steady(from_s=0, until_s=0)),
            door=door(handlers, cv=0, coherency=0.5),
            weather=Weather.calm(),
            starts_s=0,
            ends_s=100,
        )
        assert joined(evening).max() == last


# --------------------------------------------------------------------------------------- Rooms of another size

FULL_ROOM, FRACTION = 20_000, 0.25


def enlarged(scenario):
    """The same evening for a crowd of about 20,000, without what turns on a single person: collapse, controllers."""
    times = math.ceil(FULL_ROOM / scenario.crowd.listeners)

    def more(count):
        return None if count is None else count * times

    def larger(fault):
        if isinstance(fault, HandlersLost):
            return dataclasses.replace(fault, handlers=fault.handlers * times)
        if isinstance(fault, ForeignLoad):
            return dataclasses.replace(fault, per_s=fault.per_s * times)
        return fault

    room, rules = scenario.waiting_room, scenario.door
    return dataclasses.replace(
        scenario,
        crowd=dataclasses.replace(scenario.crowd, listeners=scenario.crowd.listeners * times),
        door=dataclasses.replace(
            rules,
            handlers=rules.handlers * times,
            queue_limit=more(rules.queue_limit),
            contention=rules.contention / times,
            coherency=rules.coherency / times**2,
        ),
        waiting_room=room and dataclasses.replace(room, admits_per_s=room.admits_per_s * times),
        stage=Stage(seats=more(scenario.stage.seats)),
        faults=[larger(fault) for fault in scenario.faults],
        controllers=(),
        weather=Weather.calm(),
    )


def shares(scenario, seed):
    """The share of the crowd in each outcome, and the share that ever joined."""
    mine = simulate(scenario, seed, sample=0).listeners
    ends = [(mine["outcome"] == outcome).mean() for outcome in Outcome]
    return np.array([*ends, (~np.isnan(mine["joined"])).mean()])


# A counterexample is not made smaller: with fewer people it would only have more dice.
@on_random_evenings(50, phases=[Phase.generate])
@given(scenario=scenarios())
def test_a_quarter_of_the_room_keeps_every_share_within_the_dice(scenario):
    assume(scenario.crowd.listeners)
    full = enlarged(scenario)
    small = full.scaled(FRACTION)
    # The share of n independent people spreads by at most .5/sqrt(n): five times that for both together.
    dice = 5 * 0.5 * math.sqrt(1 / small.crowd.listeners + 1 / full.crowd.listeners)
    assert shares(small, 2) == pytest.approx(shares(full, 1), abs=dice)


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
