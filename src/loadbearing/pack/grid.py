"""The grid of a lab: every place where its knobs may stand in the pack, and what a page must know of them."""

from __future__ import annotations

import itertools

from loadbearing.labs import knobs as turning
from loadbearing.labs import panel
from loadbearing.labs.amounts import Choice
from loadbearing.labs.knobs import Settings, case_mechanism, case_title
from loadbearing.labs.predict import CONFIDENCE, STAYS_OPEN
from loadbearing.pack.stops import STOPS
from loadbearing.parts import ScenarioError


def positions(lab, stops=None):
    """Return the `Settings` of every point of a lab, case after case, the last knob turning fastest.

    `stops`: a `Stops`, that of the lab's unit unless given. A case whose own place is not on the grid raises
    `ScenarioError`, and so does what makes no sense for a knob.
    """
    found = []
    for case in lab.bench.cases:
        its = stops_of(lab, case, stops)
        for at in itertools.product(*its.values()):
            places = dict(zip((knob.path for knob in its), at, strict=True))
            found.append(turning.settings_of(case, places, lab.bench.knobs))
    return found


def stops_of(lab, case, stops=None):
    """Return knob -> where it may stand in a case, in the lab's order; only knobs that the grid turns there."""
    named = (stops or STOPS[lab.unit]).cases.get(case, {})
    known = {knob.path: knob for knob in lab.bench.knobs}
    for path in named:
        if path not in known:
            raise ScenarioError(
                f"{lab.unit} has no knob {path!r} for its grid; name one of: {', '.join(known)}."
            )
    found = {
        knob: tuple(map(knob.checked, named[path])) for path, knob in known.items() if path in named
    }
    for knob, places in found.items():
        if knob.rest(case) not in places:
            raise ScenarioError(
                f"{knob.label} stands at {knob.rest(case)} in {case_title(case)}; put that among its stops."
            )
    return found


def with_dots(lab, stops=None):
    """Return the `Settings` of the points that keep the moving crowd: every case at rest, and those that are named."""
    stops = stops or STOPS[lab.unit]
    named = [turning.settings_of(case, places, lab.bench.knobs) for case, places in stops.dots]
    return [Settings(case) for case in lab.bench.cases] + named


def described(lab, stops=None):
    """Return what a page must know of a lab's cases and knobs, as plain data (see `page`)."""
    bench, first, told = lab.bench, 0, []
    for case in bench.cases:
        its = stops_of(lab, case, stops)
        told.append(
            {
                "name": case,
                "title": case_title(case),
                "mechanism": case_mechanism(case),
                "kicker": f"This {bench.thing}",
                "knobs": [bench.knobs.index(knob) for knob in its],
                "stops": [list(places) for places in its.values()],
                "rest": [places.index(knob.rest(case)) for knob, places in its.items()],
                "comes_to": [
                    [knob.comes_to(case, at) for at in places] for knob, places in its.items()
                ],
                "first": first,
            }
        )
        first += len(list(itertools.product(*its.values())))
    at = positions(lab, stops).index(Settings(bench.cases[0]))
    return {
        "thing": bench.thing,
        "tab": bench.tab,
        "heading": panel.over_the_knobs(bench),
        "asks": panel.asks_for_a_case(bench),
        "knobs": [_knob(lab, knob, stops) for knob in bench.knobs],
        "cases": told,
        "opens": {"case": bench.cases[0], "point": at},
        "missions": [{"key": one.key, "text": one.text} for one in lab.missions],
    }


def _knob(lab, knob, stops):
    """One knob, with every place where it may stand in any case."""
    told = {"path": knob.path, "label": knob.label}
    if isinstance(knob, Choice):
        return told | {"kind": "choice", "options": list(knob.options)}
    its = [stops_of(lab, case, stops).get(knob, ()) for case in lab.bench.cases]
    places = sorted(set(itertools.chain(*its)))
    return told | {"kind": "knob", "shown": knob.shown, "spoken": knob.spoken, "stops": places}


def settled(lab):
    """Return the prediction with its answer, from the experiment of the lab itself, as plain data."""
    asked = lab.prediction
    right, sentence = asked.settle(lab.bench)
    return {
        "key": asked.key,
        "question": asked.question,
        "options": [{"key": key, "text": text} for key, text in asked.options.items()],
        "confidence": list(CONFIDENCE),
        "right": right,
        "sentence": sentence,
        "compared": {
            key: [asked.compared(key, right, sentence, sure) for sure in CONFIDENCE.values()]
            for key in asked.options
        },
        "play": STAYS_OPEN,
        "shows": asked.shows,
    }
