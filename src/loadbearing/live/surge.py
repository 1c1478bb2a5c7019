"""The crowd as a process: `python -m loadbearing.live.surge`, an open loop against the door of this computer.

It reads one JSON line, {"evening": to_plain(Scenario), "seed": 1, "announced": time.monotonic() of t = 0, "port": N,
"folder": "...", "mode": "surge" or "ramp", "stop_rule": {"share", "window_s", "slower_than_s"} or null, "lives_s": 90};
a ramp has "from_per_s", "to_per_s", "step_s" and "steps" as well. It says {"ready": true}, then about four times a
second how it goes, {"t", "sent", "in", "refused", "timed_out", "lost", "waiting", "late_p99_s"}, and at the end
{"ended": reason, ..., "too_slow", "why"}. It writes `folder/crowd.jsonl` (see `book`).

It ends at the evening's end (a ramp when its last answer has come), when its stop rule fires, when the door is gone,
when its input closes, at `lives_s` or when it is told to. `ended` is "as planned", "stop rule", "no door", "asked to
stop", "out of time" or "too many requests". What it will not do stands in `wanted`.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import math
import signal

from loadbearing.live import process
from loadbearing.live.asking import LOST, Asking
from loadbearing.live.book import Book
from loadbearing.live.crowd import MOST_REQUESTS, RealCrowd
from loadbearing.live.wanted import Refused, asked_of
from loadbearing.parts import ScenarioError

EVERY_S = 0.25


class Surge:
    """The crowd at play, from being ready to the last row. `say(**what)` hears of its progress."""

    def __init__(self, asked, say=process.say):
        self.asked, self.say = asked, say
        self.loop, self.ending = asyncio.get_running_loop(), asyncio.Event()
        self.reason = self.said = None
        self.book = Book(asked.folder, asked.rule)
        self.crowd = RealCrowd(asked, self.book)

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
            came_of_it = await asyncio.gather(*playing, return_exceptions=True)
            at = self.now
            await self.crowd.go()
            summary = self.book.close(at, self.reason or "as planned", self.said or "")
        for failed in came_of_it:
            if isinstance(failed, Exception):
                raise failed
        return summary

    async def come(self):
        """Warm up, then send everybody off."""
        await self.warm_up()
        gc.collect()
        gc.freeze()
        first = self.asked.times[0] if self.asked.times else self.now
        self.book.began_late_s = max(0.0, self.now - first)
        self.say(ready=True, listeners=len(self.asked.times), t=round(self.now, 3))
        await self.crowd.come()
        # The account is told by whole seconds; an evening that is over early ends with one.
        ends_s = self.asked.evening.ends_s if self.asked.ramp is None else math.ceil(self.now)
        await self.crowd.until(ends_s)
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
                self._end("too many requests", f"{MOST_REQUESTS:,} is the most that are sent")

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
    except (Refused, ScenarioError) as error:
        process.refuse(str(error))
    asyncio.run(main(told))
