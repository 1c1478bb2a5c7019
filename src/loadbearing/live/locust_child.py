"""One scheduled load test in a process of its own: real Locust, used as a library, against the real door.

`python -m loadbearing.live.locust_child` reads one JSON line: `{"entry": Entry.plain, "evening": to_plain(Scenario),
"seed", "announced", "port", "folder", "stop_rule": {...} or null, "lives_s"}`. It says how it goes four times a second
and what came of it at the end, writes `crowd.jsonl` as it goes and `locust.json` at the end, and ends when its input
closes, at `lives_s`, at SIGTERM, when its stop rule says so, or when the test is over.

Locust is imported inside functions, here and nowhere else: its import alters the sockets and threads of the process.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import signal
import sys
import time

from loadbearing.live import process
from loadbearing.live.book import Book, StopRule
from loadbearing.live.calendar import MOST_ASKS, Verdict, entry_of
from loadbearing.parts import ScenarioError
from loadbearing.run import Moment, from_plain

EVERY_S, LOOKS_S = 0.25, 0.05
"""How often it says how it goes, and how often it looks whether it should end."""
LATE_START = 0.25
"""A test that begins later than this share of its length is no test of what the calendar says."""
FOREVER_S = 3600.0
PLANNED = "as planned"
LOST_PAUSE_S = 0.1
"""How long a user waits at least after an ask that reached nobody."""


class Asks:
    """Every ask of a test: each is a new listener, numbered as they are sent, and stands in the `Book`."""

    def __init__(self, entry, announced, folder, stop_rule=None):
        self.entry, self.announced = entry, announced
        self.book = Book(folder, stop_rule)
        self.answers_s, self.number, self.users = [], 0, 0

    @property
    def now(self):
        """The time, in seconds from the announced start."""
        return time.monotonic() - self.announced

    def begins(self, meant):
        """A user asks: return the number of the ask. `meant`: when the user was to ask."""
        listener = self.number
        self.number += 1
        self.book.sent(listener, 1, meant, self.now)
        return listener

    def ended(self, listener, answer):
        """An ask is over. `answer`: a `Moment`, or None if nobody answered it."""
        now = self.now
        _, sent = self.book.open[listener, 1]
        self.book.answered(listener, 1, now, None if answer is None else answer.name.lower())
        if answer == Moment.JOINED:
            self.answers_s.append(now - sent)
        elif answer is not None:
            self.book.gave_up(listener, now, "attempts")

    def must_stop(self):
        """Return (reason, sentence) if the test must stop now, or None."""
        if self.number >= MOST_ASKS:
            return "too many requests", f"{MOST_ASKS:,} requests are the most that are sent"
        return self.book.must_stop(self.now)

    def verdict(self, reason):
        """Return the entry's verdict; who has waited longer than promised counts, though no answer has come.

        `reason`: why the test ended. One that was cut short has not passed, whatever came of it until then.
        """
        now, promise = self.now, self.entry.promise
        waiting = sum(1 for _, sent in self.book.open.values() if now - sent > promise.within_s)
        asks = self.number - len(self.book.open) + waiting
        verdict = promise.verdict(self.answers_s, asks)
        if reason == PLANNED:
            return verdict
        said = f"not passed: the test was cut short after {now:.1f} of {self.entry.lasts_s:g} seconds ({reason})."
        return Verdict(False, verdict.share, said)


# --- Locust ---------------------------------------------------------------------------------------


def user_of(asks, evening, port, seed):
    """Return the Locust user class of a test: ask, wait for the answer, think, ask again."""
    import gevent
    from locust import FastHttpUser, task

    entry, patience_s = asks.entry, evening.crowd.timeout_s or FOREVER_S

    class Listener(FastHttpUser):
        """One user: never two asks at a time."""

        host = f"http://127.0.0.1:{port}"
        network_timeout = patience_s
        connection_timeout = patience_s

        def on_start(self):
            """Before the first ask a user thinks for a part of the usual time, so that they do not begin in step."""
            asks.users += 1
            first_s = entry.thinks_s(seed, MOST_ASKS + asks.users) - entry.think_s / 2
            self.meant = max(asks.now, 0.0) + first_s
            gevent.sleep(first_s)

        @task
        def ask(self):
            """One ask, from being sent to whatever comes of it; after the test's end users wait to be stopped."""
            if asks.now >= entry.lasts_s:
                gevent.sleep(FOREVER_S)
            listener = asks.begins(self.meant)
            answer = self.answer_to(listener)
            asks.ended(listener, answer)
            pause_s = LOST_PAUSE_S if answer is None else 0.0
            self.meant = asks.now + entry.thinks_s(seed, listener) + pause_s

        def wait_time(self):
            """How long the user goes on thinking, in seconds."""
            return max(0.0, self.meant - asks.now)

        def answer_to(self, listener):
            """Ask once, by way of the waiting room if it is open; return the `Moment` of it, or None for no answer."""
            answer = self.post(f"/join/{listener}/1")
            while getattr(answer, "status_code", 0) == 202:
                line = answer.json()
                gevent.sleep(line.get("poll_s", 1.0))
                place = self.client.get(f"/line/{line['ticket']}", name="/line")
                if place.status_code != 200:
                    return None
                if place.json().get("admitted"):
                    answer = self.post(f"/join/{listener}/1?ticket={line['ticket']}")
            if answer is None or answer is Moment.TIMED_OUT:
                return answer
            if answer.status_code == 200:
                return Moment.JOINED
            return getattr(Moment, str(answer.headers.get("x-refused", "")).upper(), None)

        def post(self, path):
            """Return the answer; `Moment.TIMED_OUT` if the client's time was over first; None if it was lost.

            The head of a 200 comes when the service begins, so only the whole body tells that somebody is in. Without a
            whole answer the connection is closed, which is how the door hears that its client has gone.
            """
            asked, answer = time.monotonic(), None
            with contextlib.suppress(gevent.Timeout), gevent.Timeout(patience_s):
                answer = self.client.post(path, name="/join")
            status = 0 if answer is None else answer.status_code
            if status and (status != 200 or answer.content == b"in"):
                return answer
            self.client.client.clientpool.close()
            return Moment.TIMED_OUT if time.monotonic() - asked >= patience_s else None

    return Listener


def shape_of(entry):
    """Return the load shape of a test: its users, started at its pace, for as long as it lasts."""
    from locust import LoadTestShape

    class Shape(LoadTestShape):
        """As many users as the calendar says; the test itself says when it is over."""

        def tick(self):
            """Users wanted now, and how many begin a second."""
            return entry.users, entry.spawn_per_s

    return Shape()


def numbers_of(stats, asks, ended, verdict):
    """Return Locust's own statistics of a test as plain numbers, in seconds from the announced start.

    Locust rounds the times above a tenth of a second to two figures before it counts them; failures are refusals,
    time-outs and lost asks. Each second has the number of requests that ended in it.
    """
    total, zero = stats.total, time.time() - asks.now
    shares = (0.5, 0.75, 0.9, 0.95, 0.99, 1.0)
    return {
        "entry": asks.entry.plain,
        "requests": total.num_requests,
        "failures": total.num_failures,
        "per_s": total.total_rps,
        "mean_s": total.avg_response_time / 1000,
        "worst_s": (total.max_response_time or 0) / 1000,
        "percentiles_s": {
            str(share): total.get_response_time_percentile(share) / 1000 for share in shares
        },
        "each_second": {
            str(round(second - zero)): count
            for second, count in sorted(total.num_reqs_per_sec.items())
        },
        "answers": dict(asks.book.counts),
        "ended": ended,
        "passed": verdict.passed,
        "share": verdict.share,
        "said": verdict.said,
    }


def play(config, entry, evening, stops):
    """Play one entry; return what came of it. `stops`: a list; a reason in it ends the test."""
    import gevent
    from locust.env import Environment

    born = time.monotonic()
    rule = config.get("stop_rule")
    asks = Asks(entry, config["announced"], config["folder"], rule and StopRule(**rule))
    user = user_of(asks, evening, config["port"], config["seed"])
    environment = Environment(user_classes=[user], shape_class=shape_of(entry))
    runner, lives_s = environment.create_local_runner(), config.get("lives_s") or FOREVER_S
    process.say(ready=True, t=round(asks.now, 3))

    def why_end():
        if not stops and time.monotonic() - born > lives_s:
            stops.append("out of time")
        return (stops[0], "") if stops else None

    while asks.now < 0 and not why_end():
        gevent.sleep(min(LOOKS_S, -asks.now))
    began_s, told_s, over = max(asks.now, 0.0), -EVERY_S, why_end()
    if not over:
        runner.start_shape()
    while not over:
        gevent.sleep(LOOKS_S)
        if asks.now - told_s >= EVERY_S:
            told_s = asks.now
            process.say(**asks.book.progress(told_s), users=runner.user_count)
        over = why_end() or asks.must_stop() or as_planned(asks, evening)
    leave(runner)
    verdict, ended_s = asks.verdict(over[0]), asks.now
    summary = asks.book.close(ended_s, *over) | began_late(began_s, entry)
    numbers = numbers_of(environment.stats, asks, over[0], verdict)
    write_whole(pathlib.Path(config["folder"]) / "locust.json", numbers)
    return summary | {
        "passed": verdict.passed,
        "share": round(verdict.share, 4),
        "verdict": verdict.said,
    }


def as_planned(asks, evening):
    """Return (`PLANNED`, "") when the test's time is over and every answer has come, or cannot come any more."""
    rest_s = asks.now - asks.entry.lasts_s
    if rest_s >= 0 and (not asks.book.open or rest_s > asks.entry.grace_s(evening)):
        return PLANNED, ""
    return None


def leave(runner):
    """Stop all users at once; whoever still waits goes, and the connection is closed."""
    import gevent

    with gevent.Timeout(2.0, False):
        runner.quit()


def began_late(began_s, entry):
    """Return what a test that began late has to say: a dictionary, with the sentence if it was much too late."""
    told = {"began_s": round(began_s, 3)}
    if began_s > LATE_START * entry.lasts_s:
        told |= {
            "too_slow": True,
            "why": f"The test {entry.title!r} began {began_s:.1f} seconds late, and lasts only {entry.lasts_s:g}. "
            "This computer was too busy: close other programs and repeat the test.",
        }
    return told


def write_whole(path, what):
    """Write a file of JSON so that it is there as a whole or not at all."""
    half = path.with_suffix(".half")
    half.write_text(json.dumps(what, indent=1), encoding="utf-8")
    half.replace(path)


def port_of(config):
    """Return the port of the door; raise `ScenarioError` if it can be none. The address is always this computer."""
    port = config.get("port")
    if not isinstance(port, int) or not 1 <= port <= 65_535:
        raise ScenarioError(f"port is {port!r}; give the number that the server said.")
    return port


def watch_parent(stops):
    """Wait, as Locust's own threads do, until the parent closes our input or is no more."""
    import gevent

    while gevent.get_hub().threadpool.apply(os.read, (sys.stdin.fileno(), 4096)):
        pass
    stops.append("asked to stop")


def main():
    """Play the entry that the parent's line of JSON tells, and end."""
    config, stops = process.told(), []
    try:
        entry, evening = entry_of(config["entry"]), from_plain(config["evening"])
        port_of(config)
        StopRule(**(config.get("stop_rule") or {"share": 0}))
    except ScenarioError as error:
        process.refuse(str(error))
    except (TypeError, KeyError) as error:
        process.refuse(
            f"The entry, the evening or the stop rule is not one ({error}); give Entry.plain, to_plain(...)."
        )
    import gevent
    import locust  # noqa: F401

    gevent.signal_handler(signal.SIGTERM, lambda: stops.append("asked to stop"))
    gevent.spawn(watch_parent, stops)
    process.say(**play(config | {"seed": config.get("seed", 1)}, entry, evening, stops))
    # Threads that wait for the parent's input would keep the interpreter from ending.
    os._exit(0)


if __name__ == "__main__":
    main()
