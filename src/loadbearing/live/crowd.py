"""The crowd in real time: each listener as the reference engine has them, but asking a real door.

Arrivals, patience, back-off, jitter and quick reloaders are drawn as `engines.reference` draws them, so that a
prediction and what is measured share their luck. The crowd is open: nobody waits for anybody else's answer, and
whoever is due is sent off, however long the door takes.
"""

from __future__ import annotations

import asyncio
import dataclasses
import math
import types

import numpy as np

from loadbearing import draws
from loadbearing.live.asking import LOST, Asking
from loadbearing.run import REFUSALS
from loadbearing.scenario import BACKOFF_STEPS, Patience, Retries, Steady

RAMP_GAP = 201
"""The purpose of the draws that space a ramp's arrivals."""
MOST_REQUESTS = 200_000
POLL_S = 1.0


@dataclasses.dataclass(frozen=True)
class Ramp:
    """Arrivals whose rate climbs in equal steps of `step_s` seconds, from `from_per_s` to `to_per_s` in the last."""

    from_per_s: float
    to_per_s: float
    step_s: float
    steps: int

    @property
    def rates(self):
        """Arrivals a second in each step."""
        return np.linspace(self.from_per_s, self.to_per_s, self.steps)

    def rate_at(self, t):
        """Return the rate at a time, in arrivals a second."""
        return float(self.rates[min(max(int(t // self.step_s), 0), self.steps - 1)])

    def times(self, seed):
        """Return when arrivals come, in seconds from the announced start: a Poisson stream at the steps' rates.

        Exponential gaps of mean 1, stretched by the rate of the moment (Lewis & Shedler 1979, by inversion).
        """
        expected = np.append(0.0, np.cumsum(self.rates * self.step_s))
        most = math.ceil(expected[-1] + 8 * math.sqrt(expected[-1]) + 32)
        lucks = draws.uniforms(draws.key(seed, RAMP_GAP), np.arange(most))
        reached = np.cumsum([draws.exponential(luck, 1.0) for luck in lucks.tolist()])
        return np.interp(
            reached[reached < expected[-1]], expected, np.arange(self.steps + 1) * self.step_s
        )

    def evening(self, evening, seed):
        """Return the evening with this ramp for its crowd: nobody asks twice, runs out of patience or leaves."""
        crowd = dataclasses.replace(
            evening.crowd,
            listeners=len(self.times(seed)),
            arrivals=Steady(from_s=0.0, until_s=float(self.steps * self.step_s)),
            patience=Patience(),
            stays_mean_s=None,
            retries=Retries(most=1),
        )
        return dataclasses.replace(evening, crowd=crowd)


class RealCrowd:
    """Everybody who comes, as `wanted.Asked` has it; what they do is written in the book."""

    def __init__(self, asked, book):
        self.crowd, self.ends_s, self.book = asked.evening.crowd, asked.evening.ends_s, book
        self.times, self.who = asked.times, asked.who
        self.port, self.announced = asked.port, asked.announced
        self.keys = [draws.key(asked.seed, purpose) for purpose in range(draws.STAY + 1)]
        self.pauses = self.crowd.retries.pauses().tolist()
        self.timeout_s = math.inf if self.crowd.timeout_s is None else self.crowd.timeout_s
        self.loop, self.tasks, self.requests, self.staying = None, set(), 0, 0

    @property
    def now(self):
        """The time, in seconds from the announced start."""
        return self.loop.time() - self.announced

    async def until(self, time):
        """Wait until a time."""
        await asyncio.sleep(max(0.0, time - self.now))

    async def come(self):
        """Send everybody off at their time; return when nothing more can happen to anybody."""
        self.loop = asyncio.get_running_loop()
        for i, time in enumerate(self.times):
            if time > self.now:
                await self.until(time)
            task = self.loop.create_task(self.listener(i, time))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        while self.tasks or self.staying:
            await asyncio.sleep(0.05)

    async def go(self):
        """Everybody goes at once; attempts that are open stay open in the book."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    # --- one listener's evening -------------------------------------------------------------------

    async def listener(self, i, comes):
        """One listener's evening: attempts and pauses, until in, or out of them or of patience."""
        me = types.SimpleNamespace(i=i, attempts=0, patience=math.inf, asked=0.0)
        most, meant = self.crowd.retries.most, comes
        while True:
            me.attempts += 1
            came_of_it, at = await self.attempt(me, meant)
            if came_of_it == "joined":
                return self.stay(me, at)
            if came_of_it == "gave_up":
                return self.book.gave_up(i, at, "patience")
            if me.attempts == most:
                return self.book.gave_up(i, at, "attempts")
            meant = at + self.pause(me)
            await self.until(min(meant, me.patience))
            if me.patience < meant:
                return self.book.gave_up(i, me.patience, "patience")

    async def attempt(self, me, meant):
        """One attempt; return what came of it and when its client knew."""
        self.book.sent(me.i, me.attempts, meant, self.now)
        if me.attempts == 1:
            me.patience = self.now + self.patience(me.i)
        me.asked = 0.0
        try:
            came_of_it, at = await self.ask(me)
        except LOST:
            came_of_it, at = None, self.now
        self.book.answered(me.i, me.attempts, at, came_of_it)
        return came_of_it, at

    async def ask(self, me):
        """Ask the door, by way of the line if there is one; return what came of it and when."""
        path = f"/join/{me.i}/{me.attempts}"
        answer, at = await self.at_the_door(me, path)
        while answer is not None and answer != "gave_up" and answer.status == 202:
            ticket = answer.told.get("ticket")
            if not await self.stand_in_line(me, answer):
                return "gave_up", me.patience
            answer, at = await self.at_the_door(me, f"{path}?ticket={ticket}")
        if answer is None:
            return "timed_out", at
        if answer == "gave_up":
            return answer, at
        if answer.status == 200:
            return "joined", at
        refused = answer.header("x-refused")
        if refused not in REFUSALS:
            return None, at
        me.asked = _seconds(answer.header("retry-after"))
        return refused, at

    async def at_the_door(self, me, path):
        """Send a request and wait as long as a client waits; return (answer, when), None for a time-out.

        By the rules patience does not run during a service; but a client cannot see its service begin, so this one's
        does. `measured` tells such a listener as having given up at the moment at which the service began.
        """
        no_answer = self.now + self.timeout_s
        until = min(no_answer, me.patience)
        answer = await self.asking("POST", path).within(self.announced + until)
        if answer is not None:
            return answer, self.now
        return ("gave_up" if me.patience < no_answer else None), until

    async def stand_in_line(self, me, answer):
        """Ask for one's place until it is one's turn; return False if patience ends before."""
        place = answer.told
        while not place.get("admitted"):
            await self.until(min(self.now + place.get("poll_s", POLL_S), me.patience))
            fed_up = self.now >= me.patience
            asking = self.asking("DELETE" if fed_up else "GET", f"/line/{answer.told['ticket']}")
            answered = await asking.within(self.announced + self.now + self.timeout_s)
            if fed_up:
                return False
            if answered is not None and answered.status != 200:
                raise ConnectionResetError("the line does not know the ticket any more")
            place = {} if answered is None else answered.told
        return True

    def asking(self, method, path):
        """Return one more request."""
        self.requests += 1
        return Asking(self.port, method, path)

    def stay(self, me, joined):
        """Listen, and leave when the stay is over, if that is before the account ends."""
        mean_s = self.crowd.stays_mean_s
        if mean_s is None:
            return
        leaves = joined + draws.exponential(self.draw(draws.STAY, me.i, me.attempts), mean_s)
        if leaves <= self.ends_s:
            self.staying += 1
            self.loop.call_at(self.announced + leaves, self.leave, me.i, leaves)

    def leave(self, i, at):
        """A listener leaves of their own accord."""
        self.staying -= 1
        self.book.left(i, at)

    # --- how long things take, as engines.reference has it -------------------------------------------

    def draw(self, purpose, i, attempt):
        """Return the uniform number of this listener, attempt and purpose."""
        return draws.uniform(self.keys[purpose], self.who[i], attempt)

    def patience(self, i):
        """How long this listener keeps trying, in seconds of waiting."""
        rule = self.crowd.patience
        if rule.kind == "unlimited":
            return math.inf
        if rule.kind == "fixed":
            return rule.mean_s
        return draws.exponential(self.draw(draws.PATIENCE, i, 0), rule.mean_s)

    def pause(self, me):
        """How long this listener waits after an attempt that failed; a refusal may have asked for more."""
        rule, round_trip = self.crowd.retries, self.crowd.round_trip_s
        if self.draw(draws.QUICK, me.i, 0) < rule.quick_share:
            return round_trip
        drawn = self.pauses[min(me.attempts, BACKOFF_STEPS) - 1]
        if rule.jitter == "full":
            drawn = self.draw(draws.BACKOFF, me.i, me.attempts) * drawn
        elif rule.jitter == "exponential":
            drawn = draws.exponential(self.draw(draws.BACKOFF, me.i, me.attempts), drawn)
        pause = max(round_trip, drawn)
        return max(pause, me.asked) if rule.honours_retry_after else pause


def _seconds(text):
    """Return a Retry-After in seconds; 0 if there is none or it is no number."""
    try:
        return max(0.0, float(text))
    except (TypeError, ValueError):
        return 0.0
