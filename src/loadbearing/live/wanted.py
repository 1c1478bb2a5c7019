"""What the crowd may be asked to play, and the bounds within which it will: a sentence for all else."""

from __future__ import annotations

import dataclasses
import math
import pathlib

import numpy as np

from loadbearing import draws
from loadbearing.live.asking import HERE
from loadbearing.live.book import StopRule
from loadbearing.live.crowd import Ramp
from loadbearing.parts import ScenarioError
from loadbearing.run import from_plain
from loadbearing.scenario import Scenario, Weather

MOST_PEOPLE, LONGEST_S, MOST_PER_S = 20_000, 600, 2_000
NUMBERS = {
    "announced": (-math.inf, math.inf, "time.monotonic() of the announced start"),
    "port": (1, 65_535, "the port that the server said"),
    "lives_s": (0.001, 3_600, "the most seconds that the process may live"),
    "from_per_s": (0.001, MOST_PER_S, "a rate that nobody notices"),
    "to_per_s": (0.001, MOST_PER_S, "the rate of the last step"),
    "step_s": (0.1, LONGEST_S, "the seconds of one step"),
    "steps": (1, 1_000, "a whole number of steps"),
}
"""What must be a number: from, to, and what it is."""
WHOLE = ("port", "steps")


class Refused(ValueError):
    """What the crowd will not do: the field, its value, and the remedy."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """What the crowd is asked to play, checked: `evening` has the crowd that comes, `times` when, `who` its draws."""

    evening: Scenario
    seed: int
    announced: float
    port: int
    folder: pathlib.Path
    mode: str
    ramp: Ramp | None
    rule: StopRule | None
    lives_s: float
    times: list
    who: list


def asked_of(config):
    """Return what a configuration asks for; raise `Refused` with a sentence if that cannot be, or is too much."""
    names = ["announced", "port", "lives_s"]
    mode = config.get("mode", "surge")
    if mode not in ("surge", "ramp"):
        raise Refused(f"mode is {mode!r}; give 'surge' or 'ramp'.")
    host = config.get("host", HERE)
    if host != HERE:
        raise Refused(f"host is {host!r}; the crowd only ever asks this computer: leave it out.")
    numbers = {name: _number(config, name) for name in names}
    evening, seed = _evening(config)
    ramp = None
    if mode == "ramp":
        fields = [field.name for field in dataclasses.fields(Ramp)]
        ramp = Ramp(**{name: _number(config, name) for name in fields})
        _bounded("steps", ramp.steps * ramp.step_s, LONGEST_S, "seconds of steps", "fewer")
        expected = ramp.rates.sum() * ramp.step_s
        _bounded("to_per_s", expected, MOST_PEOPLE, "people in all", "a lower rate")
        evening = ramp.evening(evening, seed)
        times, who = ramp.times(seed), range(evening.crowd.listeners)
    else:
        people = evening.crowd.listeners
        _bounded("Crowd.listeners", people, MOST_PEOPLE, "people", "scenario.scaled(...)")
        times, who = draws.arrivals(evening, seed)
        times = times[times <= evening.ends_s]
    length_s = evening.length_s
    _bounded("Scenario.ends_s", length_s, LONGEST_S, "seconds after starts_s", "an earlier end")
    busiest = np.bincount(np.floor(times - evening.starts_s).astype(int), minlength=1).max()
    _bounded("Crowd.arrivals", busiest, MOST_PER_S, "people in one second", "a longer rush")
    folder = config.get("folder")
    if not isinstance(folder, str) or not pathlib.Path(folder).is_dir():
        raise Refused(f"folder is {folder!r}; give a folder that exists.")
    return Asked(
        evening=evening,
        seed=seed,
        folder=pathlib.Path(folder),
        mode=mode,
        ramp=ramp,
        rule=_rule(config),
        times=[float(time) for time in times],
        who=[int(one) for one in who],
        **numbers,
    )


def _evening(config):
    """Return (evening, seed) of a configuration."""
    try:
        seed = draws.checked_seed(config.get("seed", 1))
        evening = from_plain(config["evening"])
    except ScenarioError as error:
        raise Refused(str(error)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused(f"evening is not one ({error!r}); give to_plain(scenario).") from error
    if not isinstance(evening, Scenario):
        raise Refused(f"evening is {evening!r:.60}; give to_plain(scenario).")
    if evening.tick_s is not None:
        raise Refused(
            f"Scenario.tick_s is {evening.tick_s}; real time has no ticks: set it to None."
        )
    return (evening if evening.weather == Weather.calm() else draws.evening(evening, seed)), seed


def _number(config, name):
    """Return one number of a configuration, within its bounds."""
    least, most, what = NUMBERS[name]
    value = config.get(name)
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    if not plain or not least <= value <= most or (name in WHOLE and value != int(value)):
        bounds = "" if math.isinf(most) else f", from {least:g} to {most:,}"
        raise Refused(f"{name} is {value!r}; give {what}{bounds}.")
    return int(value) if name in WHOLE else float(value)


def _bounded(field, value, most, what, remedy):
    if value > most:
        raise Refused(
            f"{field} asks for {value:,.0f} {what}; at most {most:,} are sent: use {remedy}."
        )


def _rule(config):
    """Return the stop rule of a configuration, or None."""
    rule = config.get("stop_rule")
    if rule is None:
        return None
    names = [field.name for field in dataclasses.fields(StopRule)]
    if not isinstance(rule, dict) or not {"share"} <= {*rule} <= {*names}:
        raise Refused(
            f"stop_rule is {rule!r}; give 'share', and if you like {', '.join(names[1:])}."
        )
    given = {
        name: value for name, value in rule.items() if (name, value) != ("slower_than_s", None)
    }
    for name, value in given.items():
        least, most = (0, 1) if name == "share" else (1e-3, math.inf)
        if not (_plain(value) and least <= value <= most):
            raise Refused(
                f"stop_rule has {name} {value!r}; a share is from 0 to 1, the others are above 0."
            )
    return StopRule(**given)


def _plain(value):
    return isinstance(value, int | float) and not isinstance(value, bool)
