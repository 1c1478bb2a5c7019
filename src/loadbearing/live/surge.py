"""The crowd as a process of its own: `python -m loadbearing.live.surge`, an open loop against the door of this computer.

It reads one JSON line, {"evening": to_plain(Scenario), "seed": 1, "announced": time.monotonic() of t = 0, "port": N,
"folder": "...", "mode": "surge" or "ramp", "stop_rule": {"share", "window_s", "slower_than_s"} or null, "lives_s": 90};
a ramp has "from_per_s", "to_per_s", "step_s" and "steps" as well. It says {"ready": true}, then about four times a
second how it goes, {"t", "sent", "in", "refused", "timed_out", "lost", "waiting", "late_p99_s"}, and at the end
{"ended": reason, ..., "too_slow", "why"}. It writes `folder/crowd.jsonl` (see `book`).

It ends at the evening's end (a ramp when its last answer has come), when its stop rule fires, when the door is gone,
when its input closes, at `lives_s` or when it is told to. `ended` is "as planned", "stop rule", "no door", "asked to
stop", "out of time" or "too many requests". What it will not do is in `BOUNDS`.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import gc
import math
import pathlib
import signal

import numpy as np

from loadbearing import draws
from loadbearing.live import process
from loadbearing.live.asking import HERE, LOST, Asking
from loadbearing.live.book import Book, StopRule
from loadbearing.live.crowd import MOST_REQUESTS, Ramp, RealCrowd
from loadbearing.parts import ScenarioError
from loadbearing.run import from_plain
from loadbearing.scenario import Scenario, Weather

EVERY_S = 0.25
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
    """What this process will not do: the field, its value, and the remedy."""


# --- what it is asked to do, checked ---------------------------------------------------------------


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
        _bounded(float(ramp.steps * ramp.step_s), LONGEST_S, "steps", "seconds of steps", "fewer steps")  # fmt: skip
        expected = ramp.rates.sum() * ramp.step_s
        _bounded(expected, MOST_PEOPLE, "to_per_s", "people in all", "a lower rate or fewer steps")
        evening = ramp.evening(evening, seed)
        times, who = ramp.times(seed), range(evening.crowd.listeners)
    else:
        _bounded(evening.crowd.listeners, MOST_PEOPLE, "Crowd.listeners", "people", "scenario.scaled(...)")  # fmt: skip
        times, who = draws.arrivals(evening, seed)
        times = times[times <= evening.ends_s]
    _bounded(evening.length_s, LONGEST_S, "Scenario.ends_s", "seconds after starts_s", "an earlier end")  # fmt: skip
    in_a_second = np.bincount(np.floor(times - evening.starts_s).astype(int)) if len(times) else [0]
    _bounded(max(in_a_second), MOST_PER_S, "Crowd.arrivals", "people in a second", "fewer people, or a longer rush")  # fmt: skip
    folder = config.get("folder")
    if not isinstance(folder, str) or not pathlib.Path(folder).is_dir():
        raise Refused(f"folder is {folder!r}; give a folder that exists.")
    return Asked(
        evening=evening, seed=seed, folder=pathlib.Path(folder), mode=mode, ramp=ramp, rule=_rule(config),
        times=[float(time) for time in times], who=[int(one) for one in who], **numbers,
    )  # fmt: skip


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


def _bounded(value, most, field, what, remedy):
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
    rule = StopRule(**rule)
    for name, value, fits in (
        ("share", rule.share, _plain(rule.share) and 0 <= rule.share < 1),
        ("window_s", rule.window_s, _plain(rule.window_s) and rule.window_s > 0),
        (
            "slower_than_s",
            rule.slower_than_s,
            rule.slower_than_s is None or (_plain(rule.slower_than_s) and rule.slower_than_s > 0),
        ),  # fmt: skip
        ("least", rule.least, _plain(rule.least) and rule.least >= 1),
    ):
        if not fits:
            raise Refused(
                f"stop_rule has {name} {value!r}; share is from 0 to 1, the others are above 0."
            )
    return rule


def _plain(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


# --- playing it ------------------------------------------------------------------------------------


class Surge:
    """The crowd at play, from being ready to the last row. `say(**what)` hears of its progress."""

    def __init__(self, asked, say=process.say):
        self.asked, self.say = asked, say
        self.loop, self.ending = asyncio.get_running_loop(), asyncio.Event()
        self.reason = self.said = None
        self.book = Book(asked.folder, asked.rule)
        self.crowd = RealCrowd(
            asked.evening, asked.seed, asked.times, asked.who, asked.port, asked.announced, self.book
        )  # fmt: skip

    @property
    def now(self):
        """The time, in seconds from the announced start."""
        return self.loop.time() - self.asked.announced

    def end(self, reason, said=""):
        """Begin to end; may be called from any thread and more than once: the first reason counts."""
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._end, reason, said)

    def _end(self, reason, said):
        if not self.ending.is_set():
            self.reason, self.said = reason, said
            self.ending.set()

    async def play(self):
        """Play the crowd; return the summary that the last row of the record has too."""
        self.loop.call_later(self.asked.lives_s, self._end, "out of time", "")
        at_end = self.asked.announced + self.asked.evening.ends_s
        self.loop.call_at(at_end, self._end, "as planned", "")
        playing = [self.loop.create_task(one) for one in (self.come(), self.tell())]
        ended = self.loop.create_task(self.ending.wait())
        try:
            await asyncio.wait({ended, *playing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (ended, *playing):
                task.cancel()
            failed = [one for one in await asyncio.gather(*playing, return_exceptions=True) if isinstance(one, Exception)]  # fmt: skip
            at = self.now
            await self.crowd.go()
            summary = self.book.close(at, self.reason or "as planned", self.said or "")
        if failed:
            raise failed[0]
        return summary

    async def come(self):
        """Warm up, then send everybody off."""
        await self.warm_up()
        gc.collect()
        gc.freeze()
        self.say(ready=True, listeners=len(self.asked.times), t=round(self.now, 3))
        await self.crowd.come()
        # The account is told by whole seconds; an evening that is over early ends with one.
        await self.crowd.until(self.asked.evening.ends_s if self.asked.ramp is None else math.ceil(self.now))  # fmt: skip
        self._end("as planned", "")
        await asyncio.sleep(1)

    async def warm_up(self):
        """Ask the door for its state once, so that the first listener is sent off by what has run before."""
        try:
            await Asking(self.asked.port, "GET", "/state").within(self.loop.time() + 2.0)
        except LOST as error:
            self._end("no door", f"no door answers at port {self.asked.port} ({error})")

    async def tell(self):
        """Say how it goes, and stop when it must."""
        while True:
            await asyncio.sleep(EVERY_S)
            now = self.now
            told = self.book.progress(now)
            if self.asked.ramp is not None:
                told["per_s"] = round(self.asked.ramp.rate_at(now), 1)
            self.say(**told)
            stop = self.book.must_stop(now)
            if stop:
                self._end(stop[0], self.at_which_rate(now) + stop[1])
            elif self.crowd.requests >= MOST_REQUESTS:
                self._end("too many requests", f"{MOST_REQUESTS:,} requests are the most that are sent")  # fmt: skip

    def at_which_rate(self, now):
        """Begin a sentence with the rate of a ramp; nothing for a surge."""
        if self.asked.ramp is None:
            return ""
        return f"At {self.asked.ramp.rate_at(now):.0f} arrivals a second: "


def more_connections():
    """Allow this process as many connections at once as the system lets it have."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def main(asked):
    """Play what was asked, and end when the parent goes."""
    surge = Surge(asked)
    process.when_parent_goes(lambda: surge.end("asked to stop"))
    for name in ("SIGTERM", "SIGINT"):
        signal.signal(getattr(signal, name), lambda *_: surge.end("asked to stop"))
    process.say(**await surge.play())


if __name__ == "__main__":
    more_connections()
    try:
        told = asked_of(process.told())
    except Refused as error:
        process.refuse(str(error))
    asyncio.run(main(told))
