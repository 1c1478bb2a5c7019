"""Hold every case against the published counts: `python -m authoring.calibrate`.

    python -m authoring.calibrate           fit, profile, judge; write the results and the picture
    python -m authoring.calibrate --check   the same, but compare with what is here instead of writing

The inputs marked "calibrated" in cases/that_evening.py are fitted by least squares on the logarithm of the counts.
That file holds them rounded; if a fit no longer rounds to what stands there, the script says what to put in its place.
Then each input in turn is moved away and held there, while the calibrated others are fitted anew: where the
misfit stays low, the published counts cannot tell. Last, the calm evening of the full crowd is judged, and
many evenings with weather. The same bytes come out every time on Linux x86-64 with Python 3.11.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from authoring import calibration_picture, fitting
from authoring.fitting import FACTORS, UNPUBLISHED_S, significant, small_room
from loadbearing import calibration, cases, misfit
from loadbearing.engines import simulate
from loadbearing.readings import in_the_room
from loadbearing.units import clock, people

BAND_FRACTION, BAND_EVENINGS, BAND_STEP_S = 0.05, 24, 60
MANY_FRACTION, MANY_EVENINGS = 0.02, 100
WORKERS = 2


def full_evening(name):
    """Return (results, verdicts) of the calm evening of the full crowd, as cases/that_evening.py has it."""
    run = simulate(fitting.calm(name), 1, sample=0)
    verdicts = misfit.judge(run)
    return {
        "counts": {one.point.fact.key: int(one.listeners) for one in verdicts},
        "misfit": significant(misfit.worst(verdicts), 3),
        "at_2030": in_the_room(run, UNPUBLISHED_S),
    }, verdicts


def evenings(name):
    """Return how many evenings with weather meet which counts; lowest, median and highest count at 20:30."""
    room = small_room(cases.get(name), MANY_FRACTION)
    runs = [simulate(room, seed, sample=0) for seed in range(1, MANY_EVENINGS + 1)]
    verdicts = [misfit.judge(run, 1 / MANY_FRACTION) for run in runs]
    at = np.array([in_the_room(run, UNPUBLISHED_S) for run in runs]) / MANY_FRACTION
    meeting = {
        of_one[0].point.fact.key: sum(one.met for one in of_one)
        for of_one in zip(*verdicts, strict=True)
    }
    return {
        "number": MANY_EVENINGS,
        "meeting_all": sum(map(misfit.met, verdicts)),
        "meeting": meeting,
        "at_2030": [significant(number, 3) for number in (at.min(), np.median(at), at.max())],
    }


def band(name):
    """Return lowest, median and highest count at each time, over evenings with the weather of the case."""
    room = small_room(cases.get(name), BAND_FRACTION)
    runs = [simulate(room, seed, sample=0) for seed in range(1, BAND_EVENINGS + 1)]
    curves = np.array(
        [[in_the_room(run, at) / BAND_FRACTION for at in band_times()] for run in runs]
    )
    lines = {
        "low": curves.min(axis=0),
        "median": np.median(curves, axis=0),
        "high": curves.max(axis=0),
    }
    return {key: np.round(line, -1).astype(int).tolist() for key, line in lines.items()}


def band_times():
    """Return the times of the bands, in seconds from the announced start."""
    scenario = cases.get(cases.names()[0])
    return list(range(scenario.starts_s, scenario.ends_s + 1, BAND_STEP_S))


def calibrate(say=print):
    """Return everything that is found, as it is written down; `say` is told line by line."""
    names = cases.names()
    with ThreadPoolExecutor(WORKERS) as workers:
        fits = dict(zip(names, workers.map(fitting.fit, names), strict=True))
        for name in names:
            say(f"{cases.about(name).title}, fitted: {_fit_sentence(name, fits[name])}")
        along = [(name, key, fits[name]) for name in names for key in fitting.moved(name)]
        profiles = list(workers.map(lambda one: fitting.profile(*one), along))
        many = list(workers.map(evenings, names))
        bands = list(workers.map(band, names))
    found = {}
    for at, name in enumerate(names):
        full, verdicts = full_evening(name)
        found[name] = {
            "fitted": fits[name],
            **full,
            "evenings": many[at],
            "profiles": {
                key: one for (of, key, _), one in zip(along, profiles, strict=True) if of == name
            },
            "band": bands[at],
        }
        _say_case(name, found[name], verdicts, say)
    return {
        "about": "Made by python -m authoring.calibrate. Counts are listeners in the room, of the full crowd.",
        "factors": list(FACTORS),
        "band_evenings": BAND_EVENINGS,
        "band_times_s": band_times(),
        "moved": fitting.what_cannot_be_told(found),
        "cases": found,
    }


def rounds_to(value, held):
    """Return a fitted value rounded as the `Input` of cases/that_evening.py that holds it."""
    return round(value / held.step) * held.step


def _fit_sentence(name, best):
    said = []
    for key, value in best.items():
        held = cases.inputs(name)[key]
        put = rounds_to(value, held)
        change = (
            ""
            if put == held.value
            else f" (cases/that_evening.py has {held.value:,g}: put {put:,g} there)"
        )
        said.append(f"{key} {value:,.5g}{change}")
    return ", ".join(said) + "."


def _say_case(name, found, verdicts, say):
    say(f"\n{cases.about(name).title}")
    for verdict in verdicts:
        say(f"  {verdict.sentence} Misfit {verdict.misfit:.2f}.")
    many = found["evenings"]
    say(f"  {many['meeting_all']} of {many['number']} evenings with weather meet all counts.")
    say(f"  In the room at {clock(UNPUBLISHED_S)}, never published: {people(found['at_2030'])}.")
    say(
        "  Misfit as an input is moved, the calibrated others fitted anew (at most 1: all counts met)"
    )
    say(
        f"  {'times':14}"
        + "".join(f"{factor:7}" for factor in FACTORS)
        + f"  in at {clock(UNPUBLISHED_S)}"
    )
    for key, one in found["profiles"].items():
        counted = [at for at, far in zip(one["at_2030"], one["misfit"], strict=True) if far <= 1]
        say(
            f"  {key:14}"
            + "".join(f"{far:7.2f}" for far in one["misfit"])
            + f"  {people(min(counted))} to {people(max(counted))}"
        )


def written(found):
    """Return the results as text, each list on one line."""
    lines, inside = [], False
    for line in json.dumps(found, indent=1, ensure_ascii=False).splitlines():
        if inside:
            lines[-1] += (" " if lines[-1].endswith(",") else "") + line.strip()
            inside = not line.strip().startswith("]")
        else:
            lines.append(line)
            inside = line.endswith("[")
    return "\n".join(lines) + "\n"


def main(words=None):
    """Calibrate and write, or with `--check` compare; 0 if all is well."""
    parser = argparse.ArgumentParser(
        prog="python -m authoring.calibrate", description=__doc__.split("\n")[0]
    )
    parser.add_argument(
        "--check", action="store_true", help="compare with what is here, write nothing"
    )
    options = parser.parse_args(words)
    found = calibrate()
    picture = calibration_picture.profiles(found)
    found["picture"] = {"title": picture.title, "sentence": picture.sentence}
    print(f"\n{picture.sentence}")
    made = {
        calibration.FILE: written(found).encode(),
        calibration_picture.PNG: calibration_picture.png(picture),
    }
    slips = [
        f"{name}: {key} does not round to what cases/that_evening.py has."
        for name, key in disagreements(found)
    ]
    for path, content in made.items():
        if options.check and (not path.exists() or path.read_bytes() != content):
            slips.append(f"{path.name} is not what this script makes now; run it without --check.")
        elif not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    print("\n".join(["", *slips] if slips else ["", "All agrees."]))
    return 1 if slips else 0


def disagreements(found):
    """Return (case, input) for every fitted value that does not round to what cases/that_evening.py holds."""
    return [
        (name, key)
        for name, its in found["cases"].items()
        for key, value in its["fitted"].items()
        if rounds_to(value, cases.inputs(name)[key]) != cases.inputs(name)[key].value
    ]


if __name__ == "__main__":
    sys.exit(main())
