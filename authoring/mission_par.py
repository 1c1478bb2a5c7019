"""Find the best plan known for each mission of each lab: `python -m authoring.mission_par` writes labs/par.json.

The best plan turns the knobs least: per cents away from that evening's settings, added up. Plans are tried in that
order, every whole per cent of each knob alone and every fifth of several together, first in a small room and then,
where that comes near, with the full crowd, which decides: what a student's own run is judged by.

    python -m authoring.mission_par            search and write
    python -m authoring.mission_par --check    search and compare with what is here
"""

from __future__ import annotations

import ast
import itertools
import json
import sys
from pathlib import Path

from authoring.percent import read_percent
from authoring.searching import command
from loadbearing import readings
from loadbearing.labs import Choice, Settings, rooms
from loadbearing.labs import knobs as turning
from loadbearing.labs.missions import PAR_FILE, turned_in_all

ROOT = Path(__file__).resolve().parents[1]
SMALL = rooms.BAND_PEOPLE
STEP = 5
NEAR = 3
"""How many per cent below what a small room finds the full crowd is asked too."""


def labs():
    """Return {slug: the lab} of every lab that has missions, as its first code cell makes it."""
    found = {}
    for path in sorted((ROOT / "authoring" / "labs").glob("[0-9]*.py")):
        lab = lab_of(path.read_text(encoding="utf-8"))
        if getattr(lab, "missions", None):
            found[lab.unit] = lab
    return found


def lab_of(text):
    """Return what the first code cell of a percent file calls `lab`; None if it calls nothing so."""
    cells = (cell.source for cell in read_percent(text) if cell.cell_type == "code")
    made = {}
    exec(compile(ast.parse(next(cells)), "lab", "exec"), made)  # the course's own file
    return made.get("lab")


def plans(case, knobs):
    """Return every `Settings` to try for a case, those that turn least first; a choice is tried alone."""
    turning_knobs = [knob for knob in knobs if knob.relative]
    alone = [
        {knob.path: at}
        for knob in turning_knobs
        for at in range(knob.least, knob.most + 1)
        if at != 100
    ]
    coarse = [range(knob.least, knob.most + 1, STEP) for knob in turning_knobs]
    together = [
        dict(zip([knob.path for knob in turning_knobs], at, strict=True))
        for at in itertools.product(*coarse)
    ]
    settings = {Settings.of(case, turned) for turned in alone + together}
    settings |= {
        Settings(case).with_knob(knob, option)
        for knob in knobs
        if isinstance(knob, Choice)
        for option in knob.options
    }
    return sorted(
        settings - {Settings(case)}, key=lambda one: (turned_in_all(one), one.turned, one.chosen)
    )


def reaches(mission, settings, knobs, small):
    """Tell whether a plan reaches a mission, in a small room or with the full crowd."""
    scenario = turning.scenario_of(settings, knobs)
    trial = (
        rooms.small_trial(settings, scenario, SMALL)
        if small
        else rooms.full_trial(settings, scenario)
    )
    return mission.done(trial, readings.readings(trial.run))


def best(mission, case, knobs):
    """Return the plan that turns least among those that reach a mission with the full crowd; None if none does."""
    asked = set()
    tried = plans(case, knobs)
    for at, plan in enumerate(tried):
        if not reaches(mission, plan, knobs, small=True):
            continue
        nearly = turned_in_all(plan) - NEAR
        for one in tried[: at + 1]:
            beside = _paths(one) == _paths(plan)
            if beside and turned_in_all(one) >= nearly and one not in asked:
                asked.add(one)
                if reaches(mission, one, knobs, small=False):
                    return one
    return None


def _paths(settings):
    return [path for path, _ in settings.turned + settings.chosen]


def results(found=None):
    """Return the best plan of every mission that names none, ready to be written: {unit: {mission: {case, turned}}}."""
    pars = {}
    for unit, lab in (found or labs()).items():
        for mission in lab.missions:
            if mission.par:
                continue
            cases = [mission.case] if mission.case else lab.bench.cases
            plans = filter(None, (best(mission, case, lab.bench.knobs) for case in cases))
            if plan := min(plans, key=turned_in_all, default=None):
                told = {"case": plan.case, "turned": dict(plan.turned)}
                told |= {"chosen": dict(plan.chosen)} if plan.chosen else {}
                pars.setdefault(unit, {})[mission.key] = told
    return pars


def text(pars):
    """Return the results as the file holds them."""
    return json.dumps(pars, indent=1) + "\n"


def main(words=None):
    """The command line: search and write, or compare."""
    return command(words, "authoring.mission_par", __doc__, PAR_FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
