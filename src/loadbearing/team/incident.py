"""One incident as a SimPy model: alarm, call, answer, first look, runbook, search, hand-over, and what is done.

Everybody at work searches on their own; the first to find acts. Whoever knows the part finds it, the others work it
out. Nobody guesses wrong, and nobody makes it worse.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import simpy

from loadbearing.team.steps import REHEARSED, tired

OPENS_THE_LINE = {"waiting_room": True}
MENDS_IT = {"waiting_room": True, "mended": 0}
"""What helps with a fault that is over and has left a flood behind, and with one that is not over. The fault is the
first of the evening."""


class Entry(NamedTuple):
    """One line of the log: when, in seconds; what; who, or nobody."""

    at_s: float
    what: str
    who: str


class Incident:
    """What a team does about one fault.

    `team`: a `Response`; `luck`: has `chance(purpose, name)` and `lasts(purpose, name, mean_s, cv)`. `see` hands it
    what the dashboard shows, `until` runs it; `log` holds what happened so far, `orders` the changes not yet made.
    """

    def __init__(self, team, luck, starts_s=0.0):
        self.team, self.luck = team, luck
        self.env = simpy.Environment(starts_s)
        self.log, self.orders = [], []
        self.asked = self.failed = 0
        self.found, self.shift, self.knows_it = self.env.event(), 1, False
        self.slow = tired(team.steps, team.called_before)
        self.quick = self.slow * (REHEARSED if team.rehearsed else 1.0)
        self.env.process(self._watch())

    def see(self, asked, failed):
        """Take in one more interval: how many requests came, and how many of them failed."""
        self.asked += asked
        self.failed += failed

    def until(self, now):
        """Run up to a moment, in seconds, and return what is to be changed: setting to value; empty if nothing is."""
        self.env.run(until=now)
        changes = {}
        while self.orders:
            changes |= self.orders.pop(0)
        return changes

    def _say(self, what, person=None):
        self.log.append(Entry(self.env.now, what, person.name if person else ""))

    def _lasts(self, purpose, person, mean_s, short=False):
        """How long a step of somebody takes; the short steps are those that a rehearsal halves."""
        mean_s *= self.quick if short else self.slow
        return self.luck.lasts(purpose, person.name, mean_s, self.team.steps.cv)

    def _watch(self):
        steps, bad, before = self.team.steps, 0, (0, 0)
        while bad < steps.alert_looks:
            yield self.env.timeout(steps.alert_every_s)
            asked, failed = self.asked - before[0], self.failed - before[1]
            before = self.asked, self.failed
            bad = bad + 1 if asked and failed / asked >= steps.alert_at else 0
        self._say("alert")
        yield from self._respond()

    def _respond(self):
        team, steps = self.team, self.team.steps
        rota = sorted(team.people, key=lambda one: self.luck.chance("rota", one.name))
        rota = [one for one in rota if self.luck.chance("free", one.name) < team.free]
        if not rota:
            return
        first = len(rota) if team.on_call is None else team.on_call
        called, others = rota[:first], rota[first:]
        leader = yield from self._called(called, others)
        self._say("at work", leader)
        yield self.env.timeout(self._lasts("looks", leader, steps.looks_s, short=True))
        self._say("first look", leader)
        if team.part in team.pages:
            yield self.env.timeout(self._lasts("page", leader, steps.page_s))
            self._order("page", leader, OPENS_THE_LINE)
            if not team.new:
                return
            yield self.env.timeout(steps.in_vain_s)
            self._say("in vain", leader)
        yield from self._search_all(called, others, leader)
        finder = self.found.value
        self._say("found", finder)
        yield self.env.timeout(self._lasts("acts", finder, steps.acts_s, short=True))
        self._order("acted", finder, MENDS_IT if team.new else OPENS_THE_LINE)

    def _called(self, called, others):
        """Call some, then one more each time nobody has answered; return who is at work first."""
        answered = self.env.event()
        for one in called:
            self.env.process(self._answer(one, answered))
        while not answered.triggered and others:
            yield self.env.any_of([answered, self.env.timeout(self.team.steps.escalates_s)])
            if not answered.triggered:
                called.append(others.pop(0))
                self._say("escalated", called[-1])
                self.env.process(self._answer(called[-1], answered))
        if not answered.triggered:
            yield answered
        return answered.value

    def _answer(self, person, answered):
        yield self.env.timeout(self._lasts("answers", person, self.team.steps.ack_s, short=True))
        if not answered.triggered:
            answered.succeed(person)

    def _search_all(self, called, others, leader):
        """Let all who are at work search, ask the others after a while, and hand over at the end of the shift."""
        steps = self.team.steps
        for one in called:
            self.env.process(self._search(one))
        if self.team.shift_ends_s is not None and self.team.relief:
            self.env.process(self._hand_over(called, leader, self.env.now))
        if others:
            yield self.env.any_of([self.found, self.env.timeout(steps.asks_after_s)])
            if not self.found.triggered and self.shift == 1:
                self._say("all asked", leader)
                for one in others:
                    comes = self._lasts("answers", one, steps.ack_s, short=True)
                    self.env.process(self._search(one, comes + steps.told_s * self.quick))
        yield self.found

    def _search(self, person, later_s=0.0, left=1.0):
        """Somebody searches; `left`: what is left of the search when they begin."""
        shift = self.shift
        yield self.env.timeout(later_s + left * self._lasts("finds", person, self._mean_s(person)))
        if not self.found.triggered and self.shift == shift:
            self.found.succeed(person)

    def _mean_s(self, person):
        steps = self.team.steps
        return steps.finds_s if self.team.part in person.knows else steps.searches_s

    def _hand_over(self, called, leader, began_s):
        """At the end of the shift others take over: they are told, and are handed part of the search."""
        yield self.env.timeout(max(0.0, self.team.shift_ends_s - self.env.now))
        if self.found.triggered:
            return
        self.shift = 2
        self._say("handed over", leader)
        best_s = self.slow * min(map(self._mean_s, called))
        done = min(1.0, (self.env.now - began_s) / best_s) if best_s else 1.0
        for one in self.team.relief:
            left = 1 - self.team.steps.handed_over * done
            self.env.process(self._search(one, self.team.steps.told_s * self.quick, left))

    def _order(self, what, person, changes):
        self._say(what, person)
        self.orders.append(changes)


def remedy(log, new):
    """Return the entry of a log that helped, or None: the page if the fault is known, else what was done when found."""
    helped = ("acted",) if new else ("page", "acted")
    return next((one for one in log if one.what in helped), None)


def acts_at(entry, every_s):
    """Return when a controller that looks every so often makes the change of an entry: at the first look after it."""
    return every_s * (math.floor(entry.at_s / every_s) + 1)


STEPS = {
    "alert": "alarm",
    "at work": "answer",
    "first look": "first look",
    "page": "page",
    "in vain": "page in vain",
    "found": "finding",
    "acted": "acting",
}
"""What each entry of a log ends, in the words of the course."""


def stretches(log, fault_s, ends_s):
    """Return the steps of a log as (name, began, ended, who), in seconds, in order of time.

    They follow one another from the fault on; a step that was not over by `ends_s` ends there, and what comes after the
    remedy of a known fault is left out.
    """
    found, began = [], fault_s
    for entry in log:
        if entry.what not in STEPS or entry.at_s > ends_s:
            continue
        found.append((STEPS[entry.what], began, entry.at_s, entry.who))
        began = entry.at_s
    over = found and found[-1][0] in ("acting", "page")
    if not over:
        known = {name for name, *_ in found}
        follows = "alarm" if not found else "answer" if known == {"alarm"} else "finding"
        if "finding" in known:
            follows = "acting"
        elif known == {"alarm", "answer"}:
            follows = "first look"
        found.append((follows, began, ends_s, ""))
    return found
