"""Unit 01: the same published curve, opposite cures.

Half as many handlers again bring half the crowd behind the slow door in much sooner, and help far less in the flood. A
queue a quarter as long does nothing behind the slow door and ends the flood: what helps most on one evening helps least
on the other. (That more handlers do *nothing* in the flood is not confirmed: on 3 of 24 evenings, when fewer came or
less at once, they took more than a fifth of the time away.) The mechanism of the difference is that clients
stop waiting: if they wait as long as it takes, no work is for people who have left, and there is no flood to end.
"""

import functools

from loadbearing import cases, misfit, simulate
from loadbearing.claims import deciding_quantity
from loadbearing.labs import Knob
from loadbearing.readings import in_the_room, time_to_join_of_everybody
from loadbearing.scenario import Weather

ROOM = 0.04
MUCH_MORE, LITTLE, NEARLY_ALL = 0.3, 0.2, 0.9
UNPUBLISHED_S = 1800
TOLERANCE = 0.1


def half_in_after(name, seed, clients_leave=True, **per_cents):
    """Seconds until half of those who came are in, with settings of the door in per cent of that evening's."""
    scenario = cases.get(name)
    changes = {
        f"door.{setting}": round(scenario.value(f"door.{setting}") * per_cent / 100)
        for setting, per_cent in per_cents.items()
    }
    if not clients_leave:
        changes["crowd.timeout_s"] = None
    return time_to_join_of_everybody(
        simulate(scenario.changed(changes).scaled(ROOM), seed, sample=0)
    )


def cured_by(name, seed, clients_leave, **per_cents):
    """The part of the time to join that a cure takes away: 0 nothing, 1 all of it."""
    before = half_in_after(name, seed, clients_leave)
    return 1 - half_in_after(name, seed, clients_leave, **per_cents) / before if before else 0.0


def moment(seed, clients_leave=True):
    """Whether the cures are opposite on this evening."""
    more, shorter = {"handlers": 150}, {"queue_limit": 25}
    slow_more = cured_by("slow_door", seed, clients_leave, **more)
    slow_shorter = cured_by("slow_door", seed, clients_leave, **shorter)
    flood_more = cured_by("retry_flood", seed, clients_leave, **more)
    flood_shorter = cured_by("retry_flood", seed, clients_leave, **shorter)
    return (
        slow_more > slow_shorter + MUCH_MORE
        and flood_shorter > flood_more + MUCH_MORE
        and slow_shorter < LITTLE
        and flood_shorter > NEARLY_ALL
    )


def happens(seed):
    """The moment, with its mechanism."""
    return moment(seed)


def without(seed):
    """The moment, when clients wait as long as it takes."""
    return moment(seed, clients_leave=False)


def balance():
    """Each claim with the lowest and highest value of its deciding quantity within the ranges of the lab."""
    knob = Knob("door.handlers")
    runs = [
        evening(name, per_cent)
        for name in cases.names()
        for per_cent in (knob.least, 100, knob.most)
    ]
    found = {}
    for key in ("F1", "S10"):
        values = [deciding_quantity(key, run) for run in runs]
        found[key] = (min(values), max(values))
    found["S11"] = (min(mechanisms_left(True).values()), max(mechanisms_left(False).values()))
    return found


@functools.cache
def evening(name, per_cent=100):
    """One calm evening in a small room, with handlers in per cent."""
    scenario = cases.get(name).changed({"weather": Weather.calm()})
    handlers = round(scenario.door.handlers * per_cent / 100)
    return simulate(scenario.changed({"door.handlers": handlers}).scaled(0.05), 1, sample=0)


def mechanisms_left(with_inside_evidence):
    """How many mechanisms an outsider is left with, if each in turn were the true one.

    From outside: the published counts. With evidence from inside: also who was in the room and who was trying at 20:30,
    as a published post-mortem would tell.
    """
    left = {}
    for truth in cases.names():
        left[truth] = sum(
            misfit.met(misfit.judge(evening(name), 20))
            and (not with_inside_evidence or same_inside(evening(name), evening(truth)))
            for name in cases.names()
        )
    return left


def same_inside(one, other):
    """Whether two evenings agree, within a tenth, on who was in and who was trying at 20:30."""
    return all(
        abs(count(one) - count(other)) <= TOLERANCE * max(count(one), count(other))
        for count in (lambda run: in_the_room(run, UNPUBLISHED_S), trying)
    )


def trying(run):
    """How many had come by 20:30 and were not in."""
    rows = run.seconds[: UNPUBLISHED_S - run.evening.starts_s]
    return int(rows["arrivals"].sum() - rows["joins"].sum())
