"""Five formulas of a steady door beside a run of it: what each says, and what the run shows."""

from __future__ import annotations

import dataclasses
import html
import math
from collections.abc import Callable

import ipywidgets as widgets
import numpy as np

from loadbearing import readings
from loadbearing.labs import look
from loadbearing.labs.steady import SETTLED, busy_and_wait, expected_of
from loadbearing.pictures.waits import number_of_times
from loadbearing.run import Moment
from loadbearing.theory import queues, staffing
from loadbearing.units import share

OVERLOADED = "more comes than it can do"


def share_of_time(one):
    """Return a share in per cent; above all of it too, where more work comes than can be done.

    >>> share_of_time(0.95), share_of_time(1.1)
    ('95 %', '110 %')
    """
    return share(one) if one <= 1 else f"{100 * one:.0f} %"


@dataclasses.dataclass(frozen=True)
class Line:
    """One formula: its name, its words, what it says and what the run shows, as numbers and as text."""

    name: str
    words: str
    says: float
    shows: float
    say: Callable = share_of_time

    @property
    def texts(self):
        """The two numbers in words."""
        return tuple(
            OVERLOADED if math.isnan(one) else self.say(one) for one in (self.says, self.shows)
        )


def number_there(count):
    """Return a mean number of people in words.

    >>> number_there(20.04), number_there(9.5), number_there(950.2)
    ('20.0', '9.5', '950')
    """
    return f"{count:,.0f}" if count >= 100 else f"{count:.3g}" if count < 10 else f"{count:.1f}"


def lines_of(run):
    """Return the five lines of a steady door's run, in the order in which the unit speaks of them.

    Utilization; Little's law (1961); Erlang's delay formula (1917), as the share who wait and as the mean wait, with
    the factor of Pollaczek (1930) and Khinchine (1932) for uneven services; square-root staffing (Halfin and Whitt,
    1981). What is not defined is nan.
    """
    door, crowd = run.evening.door, run.evening.crowd
    length = crowd.arrivals.until_s - crowd.arrivals.from_s
    work = crowd.listeners * door.service.mean_s / length
    spare = door.handlers - work
    waits, busy_and_waited = _share_who_waited(run), busy_and_wait(run)
    there, expected_there = _there(run)
    root = spare / math.sqrt(work) if work else math.nan
    delay = queues.erlang_c(door.handlers, work) if spare > 0 else math.nan
    limit = staffing.waiting_at_beta(root) if spare > 0 else math.nan
    return (
        Line("Utilization", "work / handlers", work / door.handlers, busy_and_waited[0]),
        Line("Little", "people there = people a second x their time", expected_there, there, number_there),
        Line("Erlang", "share who must wait", delay, waits),
        Line("Erlang", "mean wait, in service times", expected_of(run), busy_and_waited[1], number_of_times),
        Line("Square root", f"handlers = work + {root:.2f} x root of work: who must wait", limit, waits),
    )  # fmt: skip


def _window(run):
    arrivals = run.evening.crowd.arrivals
    begins = arrivals.from_s + SETTLED * (arrivals.until_s - arrivals.from_s)
    return int(math.ceil(begins)), int(arrivals.until_s)


def _there(run):
    """(people waiting or served, as counted each second; people a second times the time each took)."""
    begins, until = _window(run)
    rows = readings.seconds_of(run, begins, until)
    counted = (rows["queue_s"].sum() + rows["busy_s"].sum()) / (until - begins)
    mine = readings.people_of(run, begins, until)
    took = mine["joined"] - mine["arrived"]
    rate = len(mine) / (until - begins)
    return float(counted), float(rate * np.nanmean(took)) if len(mine) else math.nan


def _share_who_waited(run):
    """Of the people whose whole evening was written down, the share who did not go straight to a handler."""
    moments = run.lives["moment"]
    came = np.count_nonzero(moments == Moment.ARRIVED)
    return np.count_nonzero(moments == Moment.WAITING) / came if came else math.nan


class Formulas:
    """The formulas beside the run that a lab shows, as a small table that follows it, under the lab's own knobs."""

    HEAD = ("formula", "in words", "it says", "the run shows")

    def __init__(self, lab):
        self.lab, self.table = lab, widgets.HTML()
        if lab.panel is not None:
            lab.settle()
        self.look(lab.sight or lab.open())
        lab.cards.append(self)

    def look(self, sight):
        """Hold the formulas against this run: the lab calls it with each full one."""
        self.told = self.lab.bench.told(sight.trial.settings)
        self.lines = lines_of(sight.trial.run)
        self.table.value = self._shown()

    @property
    def box(self):
        """The lab's knobs once more, the same ones, and the table below them."""
        if self.lab.panel is None:
            _ = self.lab.box
        knobs = widgets.VBox(list(self.lab.panel.knobs.values()), layout={"max_width": "420px"})
        top = widgets.HTML(look.head("Do the formulas say what the run shows?", "Formulas"))
        box = widgets.VBox([top, knobs, self.table])
        box.add_class("lb-sheet")
        return box

    def rows(self):
        """Return the table as rows of texts, its head first."""
        return [self.HEAD, *((one.name, one.words, *one.texts) for one in self.lines)]

    def __repr__(self):
        rows = self.rows()
        wide = [max(len(row[at]) for row in rows) for at in range(len(self.HEAD))]
        said = [
            "  ".join(cell.ljust(n) for cell, n in zip(row, wide, strict=True)).rstrip()
            for row in rows
        ]
        return "\n".join([f"{self.told}.", *said])

    def _shown(self):
        head, *rows = [[html.escape(cell) for cell in row] for row in self.rows()]
        top = "".join(f"<th>{one}</th>" for one in head)
        body = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for row in rows)
        table = f'<table class="lb-table lb-two"><tr>{top}</tr>{body}</table>'
        return f"<p>{html.escape(self.told)}.</p>{table}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {**self.box._repr_mimebundle_(), "text/plain": repr(self)}
