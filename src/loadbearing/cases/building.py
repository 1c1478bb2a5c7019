"""From the inputs of a case to its scenario."""

from __future__ import annotations

import dataclasses

from loadbearing.scenario import (
    Change,
    Crowd,
    Door,
    ForeignLoad,
    HandlersLost,
    Patience,
    Restart,
    Retries,
    Rush,
    Scenario,
    Service,
    ServiceSlowed,
    Stage,
    Steady,
    Timetable,
    WaitingRoom,
    Weather,
)
from loadbearing.team import Response, Steps

STEPS = tuple(field.name for field in dataclasses.fields(Steps))
TEAM = ("pages", "rehearsed", "on_call", "free", "called_before", "part", "new")
TEAM += ("shift_ends_s", "relief")
"""What a case says of its team beside the people: how long each step takes, and what else a `Response` has."""

LEAVES = {
    "crowd.arrivals.doors_s": ("doors_s",),
    "crowd.arrivals.early_share": ("early_birds", "at_the_start", "latecomers"),
    "crowd.arrivals.mean_s": ("gathering_s",),
    "crowd.arrivals.late_share": ("early_birds", "at_the_start", "latecomers"),
    "crowd.stays_mean_s": ("stays_s",),
    "crowd.timeout_s": ("timeout_s",),
    "crowd.round_trip_s": ("round_trip_s",),
    "crowd.retries.base_s": ("first_pause_s",),
    "crowd.retries.cap_s": ("longest_pause_s",),
    "crowd.retries.quick_share": ("quick_share",),
    "door.handlers": ("handlers",),
    "door.service.mean_s": ("service_s",),
    "door.service.cv": ("service_cv",),
    "door.contention": ("contention",),
    "door.coherency": ("coherency",),
    "faults.0.at_s": ("fault_s",),
    "weather.turnout": ("turnout",),
    "weather.patience": ("patience",),
    "weather.sharpness": ("sharpness",),
    "weather.service": ("service",),
    "starts_s": ("starts_s",),
}
"""Which inputs make which number of every scenario; more stands with the cases."""

MAY_HAVE = {
    "people": None, "from_s": 0.0, "closed": False,
    "busy": None, "seen": None, "watched_s": 0.0, "patience_s": None, "attempts": None,
    "queue_s": None, "drops_dead": False, "discipline": "fifo", "retry_budget": None,
    "retry_after_s": None, "honours": True, "backoff": "exponential", "jitter": "full",
    "seats": None, "when_full": "refuse", "shut_s": None, "fault_s": None, "fault_lasts_s": None,
    "share_left": None, "share_lost": None, "slower": None, "restart_lasts_s": None,
    "cold": None, "warms_up_s": 0.0, "foreign_per_s": None, "admits_per_s": None, "opens_s": 0.0,
    "acts_s": None, "acts": None,
    "mended_queue_s": None, "controllers": (),
}  # fmt: skip
"""Inputs that a case may have and most do not: no limit, no such fault, nobody who acts.

`people` come evenly from `from_s` to `until_s`; without them a rush gathers. `closed`: they are sent by a closed load
generator, whose next request waits for an answer: evenly still, and never faster than the full door answers. `busy`
and `seen` make a steady door: this share of its handlers' time is asked for, and it is watched until so many services
could have been given, at least for `watched_s`.
`acts`: {setting of the door: new value}, done at `acts_s`.
`cold`: how many times as long a service takes right after the restart; over `warms_up_s` it is as before, in steps.
"""

WARM_STEPS = 3
"""In how many equal steps a cold door warms up."""

CLOSED_PACE = 0.95
"""How fast a closed load generator keeps a door busy, of what the door could do when all its handlers are at work."""

BEFORE_THE_END = 1.2
"""A steady door is watched for a fifth longer than people come, so that its queue is gone."""


def scenario_of(values):
    """Return the scenario of these inputs, name to value; what is left out is as in `MAY_HAVE`."""
    v = MAY_HAVE | values
    if v["busy"] is not None and v["people"] is None:
        v |= _steady(v)
    room = v["admits_per_s"]
    return Scenario(
        crowd=_crowd(v),
        door=_door(v),
        waiting_room=None if room is None else WaitingRoom(admits_per_s=room, opens_s=v["opens_s"]),
        stage=Stage(seats=v["seats"], when_full=v["when_full"], restart_s=v["shut_s"]),
        faults=_faults(v),
        controllers=_acts(v) + _team(v) + tuple(v["controllers"]),
        weather=Weather(**{key: v[key] for key in ("turnout", "patience", "sharpness", "service")}),
        starts_s=int(v["starts_s"]),
        ends_s=int(v["ends_s"]),
    )


def requests(values, seconds):
    """Return how many waiting requests the whole door works off in so many seconds."""
    return round(seconds * values["handlers"] / values["service_s"])


def full_rate(values):
    """Return how many people a second the door lets in when all its handlers are at work.

    Gunther's Universal Scalability Law at as many as there are handlers (2007).
    """
    others = values["handlers"] - 1
    slower = 1 + values["contention"] * others + values["coherency"] * values["handlers"] * others
    return values["handlers"] / (values["service_s"] * slower)


def _closed_s(v):
    """Over how many seconds a closed load generator sends everybody, at least."""
    return v["people"] / (CLOSED_PACE * full_rate(v))


def _steady(v):
    """Who comes to a steady door, and until when: as long as its handlers could give `seen` services, or longer."""
    length = max(v["seen"] * v["service_s"] / v["handlers"], v["watched_s"])
    return {
        "people": v["busy"] * v["handlers"] * length / v["service_s"],
        "until_s": length,
        "ends_s": round(BEFORE_THE_END * length),
    }


def _crowd(v):
    if v["people"] is None:
        people = v["early_birds"] + v["at_the_start"] + v["latecomers"]
        arrivals = Rush(
            doors_s=v["doors_s"],
            early_share=v["early_birds"] / people,
            mean_s=v["gathering_s"],
            late_share=v["latecomers"] / people,
            until_s=v["until_s"],
        )
    else:
        until = max(v["until_s"], v["from_s"] + _closed_s(v)) if v["closed"] else v["until_s"]
        people, arrivals = v["people"], Steady(from_s=v["from_s"], until_s=until)
    mean = v["patience_s"]
    return Crowd(
        listeners=round(people),
        arrivals=arrivals,
        patience=Patience() if mean is None else Patience(kind="exponential", mean_s=mean),
        stays_mean_s=v["stays_s"],
        timeout_s=v["timeout_s"],
        round_trip_s=v["round_trip_s"],
        retries=Retries(
            most=v["attempts"],
            backoff=v["backoff"],
            jitter=v["jitter"],
            base_s=v["first_pause_s"],
            cap_s=max(v["first_pause_s"], v["longest_pause_s"]),
            quick_share=v["quick_share"],
            honours_retry_after=v["honours"],
        ),
    )


def _door(v):
    left = 1.0 if v["share_left"] is None else v["share_left"]
    return Door(
        handlers=round(v["handlers"]),
        service=Service(mean_s=v["service_s"], cv=v["service_cv"]),
        queue_limit=None if v["queue_s"] is None else requests(v, v["queue_s"] * left),
        discipline=v["discipline"],
        drops_dead=v["drops_dead"],
        contention=v["contention"],
        coherency=v["coherency"],
        retry_after_s=v["retry_after_s"],
        retry_budget=v["retry_budget"],
    )


def _faults(v):
    """Every fault that the inputs name; without `fault_s` there is none."""
    at, lasts, handlers = v["fault_s"], v["fault_lasts_s"], round(v["handlers"])
    if at is None:
        return ()
    found = []
    if v["share_left"] is not None:
        lost = handlers - round(v["handlers"] * v["share_left"])
        found.append(HandlersLost(at_s=at, lasts_s=v["acts_s"] - at, handlers=lost))
    if v["share_lost"] is not None:
        lost = round(v["handlers"] * v["share_lost"])
        found.append(HandlersLost(at_s=at, lasts_s=lasts, handlers=lost))
    if v["slower"] is not None:
        found.append(ServiceSlowed(at_s=at, lasts_s=lasts, factor=v["slower"]))
    if v["restart_lasts_s"] is not None:
        found.append(Restart(at_s=at, lasts_s=v["restart_lasts_s"]))
        found += [ServiceSlowed(at_s=s, lasts_s=lasts, factor=f) for s, lasts, f in warming(v)]
    if v["foreign_per_s"] is not None:
        found.append(ForeignLoad(at_s=at, lasts_s=lasts, per_s=v["foreign_per_s"]))
    return tuple(found)


def warming(values):
    """Return the steps in which a door warms up after its restart: (begins at second, seconds, times as long).

    A door that comes back warm has none. `values`: a case's inputs, name to value.
    """
    v = MAY_HAVE | values
    if v["cold"] is None:
        return []
    lasts, begins = v["warms_up_s"] / WARM_STEPS, v["fault_s"] + v["restart_lasts_s"]
    more = (v["cold"] - 1) / WARM_STEPS
    return [(begins + step * lasts, lasts, v["cold"] - step * more) for step in range(WARM_STEPS)]


def _acts(v):
    """What somebody changes at the door at `acts_s`."""
    acts = dict(v["acts"] or {})
    if v["mended_queue_s"] is not None:
        acts |= {"queue_limit": requests(v, v["mended_queue_s"]), "drops_dead": True}
    if not acts:
        return ()
    at = v["acts_s"]
    return (Timetable(changes=[Change(at_s=at, what=what, to=to) for what, to in acts.items()]),)


def _team(v):
    """The team of a case that has one: the people on the call, and what they do about the fault."""
    if v.get("team") is None:
        return ()
    return (
        Response(
            people=v["team"],
            steps=Steps(**{key: v[key] for key in STEPS}),
            every_s=v["team_looks_s"],
            **{key: v[key] for key in TEAM},
        ),
    )
