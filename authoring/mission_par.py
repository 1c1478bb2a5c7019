"""Find the best plan known for each mission of each lab: `python -m authoring.mission_par` writes labs/par.json.

The best plan turns the knobs least: per cents away from that evening's settings, added up; a choice counts as 100.
Plans are tried in that order, in coarse steps, every choice with every knob; first in a small room and then, where that
reaches the mission, with the full crowd, which decides: what a student's own run is judged by. Those that turn about as
little as the first are then turned back, knob by knob, as far as the full crowd allows, and the least is kept.

    python -m authoring.mission_par            search and write
    python -m authoring.mission_par --check    search and compare with what is here
"""

from __future__ import annotations

import ast
import bisect
import itertools
import json
import math
import sys
from pathlib import Path

from authoring.percent import read_percent
from authoring.searching import command
from loadbearing import cases
from loadbearing.labs import Amount, Choice, Settings
from loadbearing.labs import knobs as turning
from loadbearing.labs.missions import PAR_FILE, turned_in_all

ROOT = Path(__file__).resolve().parents[1]
STEPS = (5, 10, 20, 25, 50)
"""Per cents between the plans that are tried; the finest step with no more than `MOST` of them."""
MOST = 1_200
NUMBERS = 30
"""Values of a number that are tried, about."""


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
    """Return (step, every `Settings` to try for a case, those that turn least first).

    Each knob stands at each `step` per cent of its range, or where it was; each choice at each of its options; in a
    world each number at some of its values too.
    """
    knobs = [knob for knob in knobs if turning.has(case, knob)]
    turned = [knob for knob in knobs if knob.relative]
    kinds = (Choice, Amount) if cases.is_world(case) else Choice
    chosen = [knob for knob in knobs if isinstance(knob, kinds)]
    for step in STEPS:
        grids = [sorted({100, *range(knob.least, knob.most + 1, step)}) for knob in turned]
        ways = [_places(knob) for knob in chosen]
        if math.prod(map(len, grids + ways)) <= MOST:
            break
    rests = {knob.path: knob.rest(case) for knob in chosen}
    tried = set()
    for at in itertools.product(*grids):
        there = dict(zip([knob.path for knob in turned], at, strict=True))
        for options in itertools.product(*ways):
            places = zip(rests, options, strict=True)
            picked = {path: option for path, option in places if option != rests[path]}
            tried.add(Settings.of(case, there, picked))
    order = sorted(
        tried - {Settings(case)}, key=lambda one: (turned_in_all(one), one.turned, one.chosen)
    )
    return step, order


def _places(knob):
    """Where a knob that is no per cent may stand: at each option, at each mark, or at numbers evenly apart."""
    if isinstance(knob, Choice):
        return list(knob.options)
    if knob.marks:
        return list(knob.marks)
    apart = knob.step * math.ceil((knob.most - knob.least) / knob.step / NUMBERS)
    many = math.floor((knob.most - knob.least) / apart) + 1
    return [knob.checked(knob.least + at * apart) for at in range(many)]


class Search:
    """The best plans of the missions of a lab. Each plan is simulated once for all of them."""

    def __init__(self, lab):
        self.lab = lab
        self._known = {}

    def reaches(self, mission, plan, small=False):
        """Tell whether a plan reaches a mission, in a small room or with the full crowd."""
        if (plan, small) not in self._known:
            trial, told = self.lab.bench.tried(plan, small)
            done = {one.key for one in self.lab.missions if one.done(trial, told)}
            self._known[plan, small] = done
        return mission.key in self._known[plan, small]

    def best(self, mission, case):
        """Return the plan that turns least among those that reach a mission with the full crowd; None if none does."""
        step, tried = plans(case, self.lab.bench.knobs)
        found, enough = [], math.inf
        for plan in tried:
            if turned_in_all(plan) >= enough:
                break
            if self.reaches(mission, plan, small=True) and self.reaches(mission, plan):
                enough = min(enough, turned_in_all(plan) + step)
                found.append(self.turned_back(mission, plan))
        return min(found, key=turned_in_all, default=None)

    def turned_back(self, mission, plan):
        """Return the plan with each knob as near to where it was as the full crowd still reaches the mission with."""
        for path, at in plan.turned:
            nearer = [
                Settings.of(plan.case, dict(plan.turned) | {path: per_cent}, dict(plan.chosen))
                for per_cent in range(100, at, -1 if at < 100 else 1)
            ]
            first = bisect.bisect_left(nearer, True, key=lambda one: self.reaches(mission, one))
            plan = [*nearer, plan][first]
        return plan


def results(found=None):
    """Return the best plan of every mission that names none, ready to be written: {unit: {mission: {case, turned}}}."""
    pars = {}
    for unit, lab in (found or labs()).items():
        search = Search(lab)
        for mission in lab.missions:
            if mission.par:
                continue
            cases = [mission.case] if mission.case else lab.bench.cases
            plans = filter(None, (search.best(mission, case) for case in cases))
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
