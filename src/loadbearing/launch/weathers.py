"""The weathers of a launch: what an evening may bring, from the calm one to reloading crowds."""

from __future__ import annotations

import dataclasses
import functools
import math

import numpy as np

from loadbearing.launch.first_line import GAMMA_90, SERVICE_S
from loadbearing.launch.invited import invited
from loadbearing.parts import ScenarioError, nearest
from loadbearing.scenario import (
    Crowd,
    Door,
    Measured,
    Patience,
    Retries,
    Rush,
    Scenario,
    Service,
    ServiceSlowed,
    Stage,
    WaitingRoom,
)

ROOM, LEAST_ROOM, MOST_RELOADS = 8_000, 1_000, 1_000_000
"""People of the small room in which a launch is played, unless fewer come; fewer where each of them may reload so
often that the room would be at it for seconds."""

LARGEST_ROOM = 24_000
"""People of the room of a door that is slow for its crowd: in a smaller one it would have a single handler, slower
than the client is patient, and a queue of a few, and look worse than it is."""

LINE_PART = 0.9
"""How much of the door a line in front of it lets through."""

FIRST_UNSEEN = 1_001

ROUND_TRIP_S, FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 2.0, 60.0
"""Clients as they are: a second to and fro, pauses that double from two seconds to a minute."""

NEARLY_ALL, SLOW_EVENING = 0.999, 1.25
"""The account waits for all but one in a thousand, a quarter as long again as usual."""


def evenings(number):
    """Return the seeds of so many evenings, those on which lines are found and plans are chosen."""
    return range(1, number + 1)


def unseen(number):
    """Return the seeds of so many other evenings, those on which plans and rules are tried."""
    return range(FIRST_UNSEEN, FIRST_UNSEEN + number)


@dataclasses.dataclass(frozen=True)
class LaunchWeather:
    """A weather: its name, what happens in one sentence, and the lines of the sheet that it rests on."""

    key: str
    name: str
    sentence: str
    assumptions: tuple = ()


WEATHERS = (
    LaunchWeather("calm", "an ordinary evening", "Nothing breaks, and people come as expected."),
    LaunchWeather("at_once", "everyone at once", "The whole crowd comes within minutes of the hour.", ("at_once",)),
    LaunchWeather("fault", "a fault at the worst minute",
                  "Part of the door fails in the busiest minute; somebody who knows it acts.",
                  ("fault_share", "minutes_to_act")),
    LaunchWeather("knowledge", "nobody there knows the part",
                  "The same part fails, and nobody there knows it: it lasts longer.",
                  ("fault_share", "minutes_unknown")),
    LaunchWeather("reloads", "refused people reload at once",
                  "Whoever is refused, or waits too long, reloads at once.",
                  ("reload_after", "reload_takes")),
)  # fmt: skip
BY_KEY = {one.key: one for one in WEATHERS}


def room_of(a_launch, weather):
    """Return how many people the small room of a launch holds in this weather."""
    if not _reloading(a_launch, weather):
        overloaded = a_launch.expected > 2 * 60 * a_launch.within * a_launch.join_rate
        one_handler = a_launch.expected / (SERVICE_S * a_launch.join_rate)
        return ROOM if overloaded else int(min(max(ROOM, one_handler), LARGEST_ROOM))
    reloads = 60 * a_launch.patience / a_launch.reload_takes
    return int(min(max(MOST_RELOADS / reloads, LEAST_ROOM), ROOM))


def evening(a_launch, weather="calm", crowd=None, changes=None, people=None, whole=True):
    """Return the `Scenario` of a launch in a weather, with `crowd` people (those expected, if not given).

    It is a small room of at most `people` (`room_of`, if not given): crowd, door, queue and seats are smaller in the
    same measure. `changes`: path -> value, as of `Scenario.changed`, in that room. `whole`: as of `in_room`.
    Raises `ScenarioError`.
    """
    crowd = a_launch.expected if crowd is None else crowd
    people = room_of(a_launch, weather) if people is None else people
    fraction = min(1.0, people / max(crowd, 1))
    return in_room(a_launch, weather, crowd * fraction, fraction, whole).changed(changes or {})


def in_room(a_launch, weather, listeners, fraction, whole=True):
    """Return the evening in a room of this fraction, with so many listeners in that room.

    Not `whole`: the account ends when the promise of the last to come has run out, and not when their patience has.
    """
    if weather not in BY_KEY:
        raise ScenarioError(f"There is no weather {weather!r}. {nearest(weather, list(BY_KEY))}")
    usual = _arrivals(a_launch, weather)
    arrivals = invited(a_launch, usual)
    starts_s = math.floor(min(0.0, arrivals.first_s))
    rate = a_launch.join_rate * fraction
    # One handler works for so long that its rate, times the handlers, is the door's join rate.
    handlers = max(1, round(rate * SERVICE_S))
    return Scenario(
        crowd=Crowd(
            listeners=max(1, round(listeners)),
            arrivals=arrivals,
            patience=Patience(kind="fixed", mean_s=60.0 * a_launch.patience),
            timeout_s=_timeout_s(a_launch, weather),
            round_trip_s=a_launch.reload_takes if _reloading(a_launch, weather) else ROUND_TRIP_S,
            retries=_retries(a_launch, weather),
        ),
        door=Door(
            handlers=handlers,
            service=Service(mean_s=handlers / rate),
            queue_limit=math.ceil(a_launch.queue * fraction),
        ),
        waiting_room=(
            WaitingRoom(admits_per_s=LINE_PART * rate, opens_s=float(starts_s))
            if a_launch.line
            else None
        ),
        stage=Stage(seats=max(1, round(a_launch.hold * fraction))),
        faults=_faults(a_launch, weather, usual),
        starts_s=starts_s,
        ends_s=_ends_s(a_launch, arrivals, whole),
    )


def _arrivals(a_launch, weather):
    within_s = 60.0 * a_launch.within
    if weather == "at_once":
        within_s = min(within_s, 60.0 * a_launch.at_once)
    elif a_launch.arrivals is not None:
        return a_launch.arrivals
    return Rush(doors_s=0.0, early_share=0.0, mean_s=2 * within_s / GAMMA_90)


def _reloading(a_launch, weather):
    return weather == "reloads" and not a_launch.pauses


def _timeout_s(a_launch, weather):
    if _reloading(a_launch, weather):
        return min(a_launch.timeout, a_launch.reload_after)
    return a_launch.timeout


def _retries(a_launch, weather):
    if _reloading(a_launch, weather):
        return Retries(backoff="immediate", jitter="none")
    return Retries(base_s=FIRST_PAUSE_S, cap_s=LONGEST_PAUSE_S)


def _faults(a_launch, weather, usual):
    minutes = {"fault": a_launch.minutes_to_act, "knowledge": a_launch.minutes_unknown}.get(weather)
    if minutes is None:
        return ()
    if a_launch.on_call:
        minutes = min(minutes, a_launch.minutes_on_call)
    if not minutes or not a_launch.fault_share:
        return ()
    factor = 1 / (1 - a_launch.share("fault_share"))
    at_s, lasts_s = worst_minute_s(usual), 60.0 * minutes
    return (ServiceSlowed(at_s=at_s, lasts_s=lasts_s, factor=factor),)


@functools.lru_cache(maxsize=32)
def worst_minute_s(arrivals):
    """Return when the minute begins in which most people come, in whole seconds from the start."""
    times, share = arrivals.table()
    begins = np.arange(math.floor(times[0]), max(times[0], times[-1] - 60) + 1)
    came = np.interp(begins + 60, times, share) - np.interp(begins, times, share)
    return float(begins[int(np.argmax(came))])


def _ends_s(a_launch, arrivals, whole):
    """When the account ends: on a slow evening too the last have come, and their time has run out."""
    times, share = arrivals.table()
    come_s = max(0.0, float(np.interp(NEARLY_ALL, share, times)))
    if not isinstance(arrivals, Measured):
        come_s *= SLOW_EVENING
    stay = a_launch.patience + a_launch.promise_minutes if whole else a_launch.promise_minutes
    return math.ceil(come_s + 60 * stay) + 1
