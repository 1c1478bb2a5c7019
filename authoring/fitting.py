"""How a case is fitted to the published counts, and how its misfit changes along each input.

Everything runs in a small room, with the same luck in every trial: what changes between two trials comes from
the inputs alone.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import least_squares

from loadbearing import cases, misfit, record
from loadbearing.engines import simulate
from loadbearing.readings import in_the_room
from loadbearing.scenario import Weather

FIT = {"fraction": 0.05, "seeds": (1, 2)}
PROFILE = {"fraction": 0.02, "seeds": (1,)}
CLOSE_FIT, CLOSE_PROFILE = 0.02, 0.05
"""When a fit may stop: every count this close to the middle of its range, in tolerances."""

FACTORS = (0.25, 0.5, 0.71, 0.8, 0.9, 1.0, 1.1, 1.25, 1.41, 2.0, 4.0)
"""How far an input is moved away: it is multiplied by each of these."""

MOVED = (
    "early_birds",
    "latecomers",
    "handlers",
    "at_the_start",
    "gathering_s",
    "stays_s",
    "timeout_s",
    "queue_s",
    "share_left",
    "acts_s",
)
"""The inputs that are moved, where a case has them: the calibrated ones, and assumptions that might matter."""

DIGITS = 6
UNPUBLISHED_S = 1800
"""20:30, for which no count was published."""

REACH = (0.15, 7.0)
STEPS = (0.03, 0.08)
"""How far apart the trials stand from which a slope is read: if the first gets stuck, the second goes on."""


def small_room(scenario, fraction):
    """Return the scenario scaled, with the speed of its door kept exactly where handlers are fewest.

    Handlers are whole: a twentieth of 222 is 11.1. What rounding takes from the fewest that are ever there is
    given back to the speed of each. Raises `ValueError` for a scenario with more than one fault.
    """
    if len(scenario.faults) > 1:
        raise ValueError(f"There are {len(scenario.faults)} faults; small_room knows one at most.")
    lost = sum(fault.handlers for fault in scenario.faults)
    wanted = (scenario.door.handlers - lost) * fraction
    fewest = max(1, round(wanted))
    slower = fewest / wanted
    handlers = max(fewest, round(scenario.door.handlers * fraction * slower))
    changes = {
        "door.handlers": handlers,
        "door.service.mean_s": scenario.door.service.mean_s * slower,
    }
    if scenario.faults:
        changes["faults.0.handlers"] = handlers - fewest
    return scenario.scaled(fraction).changed(changes)


def calm(name, changes=None):
    """Return a case without weather, with some of its inputs changed."""
    return cases.build(name, changes).changed({"weather": Weather.calm()})


def moments():
    """Return the published moments in seconds, and after them the unpublished one."""
    return [*(point.t for point in record.listener_points()), UNPUBLISHED_S]


def counts(scenario, fraction, seeds):
    """Return the listeners in the room at all `moments`, of the full crowd: the mean over seeds."""
    room = small_room(scenario, fraction)
    runs = (simulate(room, seed, sample=0) for seed in seeds)
    return np.mean([[in_the_room(run, at) / fraction for at in moments()] for run in runs], axis=0)


def distances(listeners):
    """Return for each count how far its logarithm is from the middle of the range, in tolerances.

    For fitting only: it is smooth everywhere. Whether a count is met, `misfit` decides.
    """
    ends = np.log([point.bounds for point in record.listener_points()])
    middle, half = ends.mean(axis=1), (ends[:, 1] - ends[:, 0]) / 2
    return (np.log(np.maximum(listeners, 1.0)) - middle) / half


def worst_misfit(listeners):
    """Return the largest distance of the counts from their published ranges, in tolerances."""
    points = record.listener_points()
    return misfit.worst([misfit.Verdict(*pair) for pair in zip(points, listeners, strict=True)])


def calibrated(name):
    """Return the names of the inputs of a case that are calibrated."""
    return [key for key, one in cases.inputs(name).items() if one.kind == "calibrated"]


def moved(name):
    """Return the inputs of a case along which its misfit is drawn."""
    return [key for key in MOVED if key in cases.inputs(name)]


def fitted(name, start, held, close, room):
    """Return (the best values found, the counts they give at all moments) for some free inputs.

    `start`: where the free inputs begin, name to value; `held`: inputs that stay as given; `close`: when to stop;
    `room`: the fraction and the seeds.
    """
    tried = {}

    # Rounded before they are tried: what is written down gives the very same evening again.
    def values(factors):
        return {key: significant(start[key] * by) for key, by in zip(start, factors, strict=True)}

    def residuals(factors):
        if tuple(factors) not in tried:
            tried[tuple(factors)] = counts(calm(name, held | values(factors)), **room)
        return distances(tried[tuple(factors)][:-1])

    def far(factors):
        return np.abs(residuals(factors)).max()

    def enough(intermediate_result):
        if far(intermediate_result.x) < close:
            raise StopIteration

    best = np.ones(len(start))
    for step in STEPS:
        if far(best) < close:
            break
        best = least_squares(
            residuals,
            best,
            bounds=REACH,
            diff_step=step,
            max_nfev=8,
            xtol=1e-3,
            ftol=1e-3,
            gtol=1e-3,
            callback=enough,
        ).x
    return values(best), tried[tuple(best)]


def fit(name):
    """Return the calibrated inputs of a case, fitted from what cases/that_evening.py has: name to value."""
    start = {key: cases.inputs(name)[key].value for key in calibrated(name)}
    return fitted(name, start, {}, CLOSE_FIT, FIT)[0]


def profile_point(name, key, value, start):
    """Return (the others, counts) with one input held at a value and the calibrated others fitted anew."""
    others = {one: start[one] for one in calibrated(name) if one != key}
    return fitted(name, others, {key: value}, CLOSE_PROFILE, PROFILE)


def profile(name, key, best):
    """Return the profile of the misfit along one input: lists in the order of `FACTORS`.

    `best`: the fitted inputs. Each point starts from what its neighbour nearer to the middle has found.
    """
    centre = best.get(key, cases.inputs(name)[key].value)
    middle = FACTORS.index(1.0)
    found = {middle: profile_point(name, key, centre, best)}
    for step in (-1, 1):
        at = middle + step
        while 0 <= at < len(FACTORS):
            value = significant(centre * FACTORS[at])
            found[at] = profile_point(name, key, value, found[at - step][0])
            at += step
    rows = [found[at] for at in range(len(FACTORS))]
    return {
        "value": [significant(centre * factor) for factor in FACTORS],
        "misfit": [significant(worst_misfit(listeners[:-1]), 3) for _, listeners in rows],
        "at_2030": [significant(listeners[-1], 3) for _, listeners in rows],
        "others": {one: [others[one] for others, _ in rows] for one in rows[0][0]},
    }


def what_cannot_be_told(found):
    """Return what all profiles say together, of the settings that meet every published count.

    `settings`: how many inputs were moved; `half_or_double`: of these, with how many at half or at double; `at_2030`:
    least and most in the room then; `crowd`: least and most people who wanted in.
    """
    half, double = FACTORS.index(0.5), FACTORS.index(2.0)
    profiles = [
        (name, key, one) for name, its in found.items() for key, one in its["profiles"].items()
    ]
    loose, at, crowds = 0, [], []
    for name, key, one in profiles:
        loose += min(one["misfit"][half], one["misfit"][double]) <= 1
        meets = [point for point, far in enumerate(one["misfit"]) if far <= 1]
        at += [one["at_2030"][point] for point in meets]
        crowds += [_crowd(name, key, one, point) for point in meets]
    return {
        "settings": len(profiles),
        "half_or_double": loose,
        "at_2030": [min(at), max(at)],
        "crowd": [significant(min(crowds), 3), significant(max(crowds), 3)],
    }


def _crowd(name, key, profile, point):
    """Return how many people wanted in at one point of a profile."""
    others = {other: values[point] for other, values in profile["others"].items()}
    return cases.build(name, others | {key: profile["value"][point]}).crowd.listeners


def significant(number, digits=DIGITS):
    """Return a number rounded to some significant digits, whole if it is: the same bytes every time."""
    rounded = float(f"{number:.{digits}g}")
    return int(rounded) if rounded == int(rounded) else rounded
