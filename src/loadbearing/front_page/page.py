"""What a front page is, and how one is put together from the rules of a reading."""

from __future__ import annotations

import dataclasses

import numpy as np

from loadbearing import readings as read
from loadbearing.front_page import failure, stress_test
from loadbearing.front_page.facts import facts
from loadbearing.front_page.rules import Statement, first_that_holds, strongest

SAID = 5
LEFT_OUT = 3
FIGURES = 3
MINUTE = 60
CAVEAT = "a mechanism, not a reconstruction"


@dataclasses.dataclass(frozen=True)
class Chart:
    """A small picture for a page: a level at each whole minute, and a sentence that says what it shows.

    `crowd` is how many came: the height of both charts, so that the two pages draw to one scale.
    """

    title: str
    crowd: int
    times: tuple
    levels: tuple
    caption: Statement


@dataclasses.dataclass(frozen=True)
class Figure:
    """One large number of a page: which fact, its value, how it is printed, and what it is."""

    key: str
    value: float
    text: str
    label: str


@dataclasses.dataclass(frozen=True)
class Page:
    """One front page: `reading` is "failure" or "stress_test"; every sentence is a `Statement`."""

    reading: str
    masthead: str
    motto: str
    dateline: str
    caveat: str
    headline: Statement
    deck: Statement
    statements: tuple
    leaves_out: tuple
    chart: Chart
    figures: tuple

    def sentences(self):
        """Every sentence of the page that speaks of the run, from the headline to what it leaves out."""
        return (self.headline, self.deck, self.chart.caption, *self.statements, *self.leaves_out)


def front_pages(run):
    """The two front pages of a run: (failure page, stress-test page), made of the same facts."""
    known = facts(run)
    outside, inside = read.outside_over_time(run), read.over_time(run, "inside")
    return (
        _page("failure", failure, run, known, outside),
        _page("stress_test", stress_test, run, known, inside),
    )


def _page(reading, rules, run, known, level):
    headline = first_that_holds(rules.HEADLINES, known)
    taken = set(headline.topic.split())
    *decks, plain = rules.DECKS
    news = [rule for rule in decks if not taken & set(rule.topic.split())]
    deck = first_that_holds([*news, plain], known)
    caption = first_that_holds(rules.CHART, known)
    statements = strongest(rules.STATEMENTS, known, SAID, besides=(headline, deck, caption))
    said = (headline, deck, caption, *statements)
    printed = {key for statement in said for key in statement.used}
    holding = [one for one in rules.FIGURES if one[2](known)]
    figures = sorted(holding, key=lambda one: one[0] in printed)[:FIGURES]
    return Page(
        reading=reading,
        masthead=rules.MASTHEAD,
        motto=rules.MOTTO,
        dateline=f"Simulated evening, seed {run.seed}",
        caveat=CAVEAT,
        headline=headline,
        deck=deck,
        statements=statements,
        leaves_out=strongest(rules.LEAVES_OUT, known, LEFT_OUT, besides=said),
        chart=_chart(run, rules.CHART_TITLE, level, caption),
        figures=tuple(
            Figure(key, known[key].value, known[key].text, label) for key, label, _ in figures
        ),
    )


def _chart(run, title, level, caption):
    """The level at the start, when nobody is anywhere, and at each whole minute."""
    times = run.seconds["second"] + 1
    minutes = np.flatnonzero(times % MINUTE == 0)
    return Chart(
        title=title,
        crowd=read.came(run),
        times=(run.evening.starts_s, *times[minutes].tolist()),
        levels=(0, *level[minutes].tolist()),
        caption=caption,
    )
