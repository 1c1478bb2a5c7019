"""Random evenings for property tests: every rule of the first cut, continuous and on a grid."""

from __future__ import annotations

import math

import hypothesis.strategies as st

from loadbearing import (
    Change,
    Crowd,
    Door,
    HandlersLost,
    Patience,
    Retries,
    Rush,
    Scenario,
    Service,
    Stage,
    Steady,
    Timetable,
    Weather,
)

STARTS, ENDS = -60, 240


def seconds(least, most):
    """Times on a quarter-second grid, often a few whole seconds: shrinking ends at readable numbers, ties abound."""
    quarters = st.integers(int(least * 4), int(most * 4)).map(lambda count: count / 4)
    first = math.ceil(least)
    return st.one_of(st.integers(first, min(first + 4, int(most))).map(float), quarters)


def arrivals():
    """Steady or announced, from everybody at one instant to all evening long."""
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
    return st.one_of(steady, rush)


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
        quick_share=draw(st.sampled_from([0.0, 0.3, 1.0])),
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
    """From one slow handler to many, with a queue of none, some or no limit."""
    return st.builds(
        Door,
        handlers=st.integers(1, 6),
        service=st.builds(
            Service, mean_s=seconds(0.25, 20), cv=st.sampled_from([0.0, 0.5, 1.0, 2.0])
        ),
        queue_limit=st.one_of(st.none(), st.integers(0, 20)),
        drops_dead=st.booleans(),
    )


def changes():
    """Every setting that a timetable may change."""
    at = seconds(STARTS - 30, ENDS + 10)
    return st.one_of(
        st.builds(Change, at_s=at, what=st.just("handlers"), to=st.integers(0, 9)),
        st.builds(
            Change,
            at_s=at,
            what=st.just("queue_limit"),
            to=st.one_of(st.none(), st.integers(0, 20)),
        ),
        st.builds(Change, at_s=at, what=st.just("drops_dead"), to=st.booleans()),
    )


def scenarios():
    """Whole evenings of five minutes."""
    fault = st.builds(
        HandlersLost,
        at_s=seconds(STARTS - 30, ENDS),
        lasts_s=seconds(0, 120),
        handlers=st.integers(0, 6),
    )
    timetable = st.builds(Timetable, changes=st.lists(changes(), max_size=4))
    return st.builds(
        Scenario,
        crowd=crowds(),
        door=doors(),
        stage=st.builds(Stage, seats=st.one_of(st.none(), st.integers(0, 30))),
        faults=st.lists(fault, max_size=3),
        controllers=st.lists(timetable, max_size=2),
        weather=st.sampled_from([Weather.calm(), Weather()]),
        starts_s=st.just(STARTS),
        ends_s=st.just(ENDS),
        tick_s=st.sampled_from([None, None, 0.25, 1.0, 5.0]),
    )
