"""A point of the pack: all that the notebook's lab shows with the full crowd where its knobs stand, as plain data."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
from PIL import Image

from loadbearing import front_page
from loadbearing.engines import has_compiler
from loadbearing.labs import screen, stage
from loadbearing.labs.knobs import Settings
from loadbearing.labs.missions import against_par, par_of, turned_in_all
from loadbearing.labs.standing import Sight
from loadbearing.parts import ScenarioError
from loadbearing.pictures.paper import PHONE, drawn_for
from loadbearing.replay.crowd import crowd_of
from loadbearing.replay.stories import story
from loadbearing.replay.widget import SPEEDS

DOTS, DOTS_AT_FIRST = 400, 1_000
"""Listeners that move on a small screen; more of them where a lab opens, which is what everybody sees."""

PIXELS = 900
"""How wide a picture is kept: it is shown as wide as a phone."""


@dataclasses.dataclass(frozen=True, eq=False)
class Point:
    """What one point shows. `told`: the words of the screen; `shades`: its picture (rows, columns), numbers of the
    palette; `pages`: both front pages as HTML, empty where the lab has none; `done`: mission to its words and how much
    was turned; `crowd`: None, or the values of the moving crowd with `packed` (bytes) and `stories`.
    """

    told: dict
    shades: np.ndarray
    pages: str
    done: dict
    crowd: dict | None


def point(lab, settings, dots=False):
    """Return the `Point` of a lab: the full crowd, with the lab's own seed, picture and readings.

    The picture is drawn for a phone, its claim told beside it, other evenings behind it where no knob is turned.
    `dots`: keep the moving crowd too. Without the compiler of the fast engine the full crowd would take hours: that is
    refused with `ScenarioError`.
    """
    if not has_compiler():
        raise ScenarioError(
            "The pack holds full crowds, which need the compiler of the fast engine; make it on a machine that has it."
        )
    bench = lab.bench
    opens = settings == Settings(bench.cases[0])
    trial = bench.full(settings)
    if not bench.view and settings.untouched:
        bench.band(settings)
    with drawn_for(PHONE):
        picture = bench.still(trial)
    sight = Sight(trial, picture, bench.all_of(trial))
    return Point(
        told=screen.words(bench, sight) | {"claim": picture.title},
        shades=shades_of(picture.png(width=PIXELS)),
        pages=front_page.as_html(front_page.front_pages(trial.run)) if lab.pages else "",
        done=_done(lab, sight),
        crowd=_moving(trial, DOTS_AT_FIRST if opens else DOTS) if dots else None,
    )


def shades_of(png):
    """Return a picture's pixels (rows, columns) as numbers of its palette."""
    return np.asarray(Image.open(io.BytesIO(png)))


def _done(lab, sight):
    """The missions that this run ticks, with what the notebook says of each."""
    settings, knobs = sight.trial.settings, lab.bench.knobs
    return {
        one.key: {
            "told": against_par(settings, par_of(lab.unit, one), knobs),
            "turned": turned_in_all(settings),
        }
        for one in lab.missions
        if one.done(sight.trial, sight.readings)
    }


def _moving(trial, dots):
    crowd, opens_s = crowd_of(trial.run, trial.each, dots), stage.opens_at(trial.run)
    return {
        "at_s": opens_s,
        "frozen_at_s": opens_s,
        "intro_s": stage.INTRO_S,
        "speed": SPEEDS[1],
        "sentence": crowd.sentence(opens_s),
        "packed": crowd.packed(),
        "stories": [story(trial.run, one) for one in crowd.numbers.tolist()],
    }
