"""One scheduled load test in a process of its own: real Locust, used as a library, against the real door.

`python -m loadbearing.live.locust_child` reads one JSON line: `{"entry": Entry.plain, "evening": to_plain(Scenario),
"seed", "announced", "port", "folder", "stop_rule": {...} or null, "lives_s"}`. It says how it goes four times a second
and what came of it at the end, writes `crowd.jsonl` as it goes and `locust.json` at the end, and ends when its input
closes, at `lives_s`, at SIGTERM, when its stop rule says so, or when the test is over.

Locust is imported inside functions, here and nowhere else: its import alters the sockets and threads of the process.
"""

from __future__ import annotations

import collections
import json
import os
import pathlib
import signal
import sys
import time

from loadbearing.live import process
from loadbearing.live.calendar import MOST_ASKS, entry_of
from loadbearing.parts import ScenarioError
from loadbearing.run import Moment, from_plain

EVERY_S, LOOKS_S = 0.25, 0.05
"""How often it says how it goes, and how often it looks whether it should end."""
SOME = 20
"""A stop rule waits for so many asks: of fewer no share can be told."""
NOBODY_THERE = 10
"""So many asks in a row that reached nobody, and the door is taken to be gone."""
TOO_LATE_S = 0.1
"""If 1 ask in 100 went out later than this after its user wanted it, the machine was too slow."""
FOREVER_S = 3600.0


class Asks:
    """What came of every ask of a test: counted, written to `crowd.jsonl`, and watched by the stop rule."""

    def __init__(self, entry, announced, folder, stop_rule=None):
        self.entry, self.announced, self.rule = entry, announced, stop_rule
        self.file = (pathlib.Path(folder) / "crowd.jsonl").open("w", encoding="utf-8", buffering=1)
        self.counts, self.answers_s, self.late_s = collections.Counter(), [], []
        self.open, self.recent, self.in_a_row = {}, collections.deque(), 0
        self.number, self.users = 0, 0

    @property
    def now(self):
        """The time, in seconds from the announced start."""
        return time.monotonic() - self.announced

    def begins(self, meant):
        """A user asks: return the number of the ask, and when it was sent."""
        listener, sent = self.number, self.now
        self.number += 1
        self.open[listener] = sent
        self.late_s.append(max(0.0, sent - meant))
        return listener, sent

    def ended(self, listener, meant, sent, answer):
        """An ask is over. `answer`: a `Moment`, or None if nobody answered it."""
        now = self.now
        self.open.pop(listener, None)
        self.in_a_row = 0 if answer is not None else self.in_a_row + 1
        name = "lost" if answer is None else answer.name.lower()
        self.counts[name] += 1
        if answer == Moment.JOINED:
            self.answers_s.append(now - sent)
        self.recent.append((now, self.is_bad(answer, now - sent)))
        row = {"listener": listener, "attempt": 1, "meant": meant, "sent": sent}
        self.write(row | {"answered": now, "answer": None if answer is None else name})
        if answer is not None and answer != Moment.JOINED:
            self.write({"listener": listener, "given_up": now, "reason": "attempts"})

    def is_bad(self, answer, waited_s):
        """Whether an ask counts against the stop rule: refused, unanswered or too late."""
        slower = (self.rule or {}).get("slower_than_s")
        return answer != Moment.JOINED or (slower is not None and waited_s > slower)

    def write(self, row):
        """Write one row of JSON; times to the microsecond."""
        told = {key: round(one, 6) if isinstance(one, float) else one for key, one in row.items()}
        self.file.write(json.dumps(told) + "\n")

    def must_stop(self):
        """Return the sentence with which the test must stop now, or None."""
        if self.in_a_row >= NOBODY_THERE:
            return f"nobody answered {self.in_a_row} asks in a row: the door is gone"
        if self.number >= MOST_ASKS:
            return f"{self.number:,} asks are as many as one test may make"
        return self.rule_breaks() if self.rule else None

    def rule_breaks(self):
        """Return the sentence of the stop rule if in its window too many asks went wrong, or None.

        Who waits longer than `slower_than_s` already counts, though no answer has come.
        """
        window_s, allowed = self.rule.get("window_s", 2.0), self.rule["share"]
        now = self.now
        while self.recent and self.recent[0][0] < now - window_s:
            self.recent.popleft()
        slower = self.rule.get("slower_than_s")
        waiting = (
            [] if slower is None else [1 for sent in self.open.values() if now - sent > slower]
        )
        bad = sum(wrong for _, wrong in self.recent) + len(waiting)
        of = len(self.recent) + len(waiting)
        if of < SOME or bad <= allowed * of:
            return None
        return (
            f"stop rule: {bad} of the last {of} asks were refused, unanswered or too late, in {window_s:g} seconds; "
            f"{allowed:.0%} are allowed"
        )

    def progress(self):
        """Return how it goes, as one line of JSON tells it."""
        refused = sum(n for name, n in self.counts.items() if name.startswith("refused"))
        return {
            "t": round(self.now, 3),
            "sent": self.number,
            "in": self.counts["joined"],
            "refused": refused,
            "timed_out": self.counts["timed_out"],
            "lost": self.counts["lost"],
            "waiting": len(self.open),
            "late_p99_s": round(highest(self.late_s, 0.99), 4),
        }

    def verdict(self):
        """Return the entry's verdict; who has waited longer than promised counts, though no answer has come."""
        now, promise = self.now, self.entry.promise
        waiting = sum(1 for sent in self.open.values() if now - sent > promise.within_s)
        return promise.verdict(self.answers_s, sum(self.counts.values()) + waiting)


def highest(values, share):
    """Return the least of the values that at least this share of them do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)] if ordered else 0.0


# --- Locust ---------------------------------------------------------------------------------------


def user_of(asks, evening, port, seed):
    """Return the Locust user class of a test: ask, wait for the answer, think, ask again."""
    import gevent
    from locust import FastHttpUser, task
    from locust.exception import StopUser

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
            """One ask, from being sent to whatever comes of it; none begins after the test's end."""
            if asks.now >= entry.lasts_s:
                raise StopUser
            listener, sent = asks.begins(self.meant)
            answer = self.answer_to(listener)
            asks.ended(listener, self.meant, sent, answer)
            pause_s = evening.crowd.round_trip_s if answer is None else 0.0
            self.meant = asks.now + entry.thinks_s(seed, listener) + pause_s

        def wait_time(self):
            """How long the user goes on thinking, in seconds."""
            return max(0.0, self.meant - asks.now)

        def answer_to(self, listener):
            """Ask once, by way of the waiting room if it is open; return the `Moment` of it, or None for no answer."""
            answer = self.post(f"/join/{listener}/1")
            while answer is not None and answer.status_code == 202:
                line = answer.json()
                gevent.sleep(line.get("poll_s", 1.0))
                place = self.client.get(f"/line/{line['ticket']}", name="/line")
                if place.status_code != 200:
                    return None
                if place.json().get("admitted"):
                    answer = self.post(f"/join/{listener}/1?ticket={line['ticket']}")
            if answer is None:
                return Moment.TIMED_OUT
            if answer.status_code == 200:
                return Moment.JOINED
            refused = (answer.headers or {}).get("x-refused", "") if answer.status_code else ""
            return getattr(Moment, str(refused).upper(), None)

        def post(self, path):
            """Return the answer, or None when the client's time was over first; then its connection is closed."""
            with gevent.Timeout(patience_s) as over:
                answer = self.client.post(path, name="/join")
            error = getattr(answer, "error", None)
            reasons = error, getattr(error, "original", None), getattr(error, "__cause__", None)
            timed_out = any(one is over or isinstance(one, TimeoutError) for one in reasons)
            if answer.status_code == 0:
                self.client.client.clientpool.close()
            return None if timed_out else answer

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


def numbers_of(stats, entry, ended, verdict):
    """Return Locust's own statistics of a test as plain numbers, in seconds.

    Locust rounds the times above a tenth of a second to two figures before it counts them.
    """
    total = stats.total
    shares = (0.5, 0.75, 0.9, 0.95, 0.99, 1.0)
    return {
        "entry": entry.plain,
        "requests": total.num_requests,
        "failures": total.num_failures,
        "per_s": total.total_rps,
        "mean_s": total.avg_response_time / 1000,
        "worst_s": (total.max_response_time or 0) / 1000,
        "percentiles_s": {
            str(share): total.get_response_time_percentile(share) / 1000 for share in shares
        },
        "each_second": {
            str(second): count for second, count in sorted(total.num_reqs_per_sec.items())
        },
        "errors": [
            {"what": str(error.error), "times": error.occurrences}
            for error in stats.errors.values()
        ],
        "ended": ended,
        "passed": verdict.passed,
        "said": verdict.said,
    }


def play(config, entry, evening, stops):
    """Play one entry; return what came of it. `stops`: a list; a sentence in it ends the test."""
    import gevent
    from locust.env import Environment

    born, announced = time.monotonic(), config["announced"]
    asks = Asks(entry, announced, config["folder"], config.get("stop_rule"))
    user = user_of(asks, evening, config["port"], config["seed"])
    environment = Environment(user_classes=[user], shape_class=shape_of(entry))
    environment.create_local_runner()
    process.say(ready=True)
    lives_s = config.get("lives_s") or FOREVER_S

    def why_end():
        over = "its time to live is over" if time.monotonic() - born > lives_s else None
        return stops[0] if stops else over

    while asks.now < 0 and not why_end():
        gevent.sleep(min(LOOKS_S, -asks.now))
    began_s, ended = asks.now, why_end()
    if not ended:
        environment.runner.start_shape()
    told_s = -EVERY_S
    while not ended:
        gevent.sleep(LOOKS_S)
        if asks.now - told_s >= EVERY_S:
            told_s = asks.now
            process.say(**asks.progress(), users=environment.runner.user_count)
        ended = why_end() or asks.must_stop()
        answered = not asks.open or asks.now >= entry.lasts_s + entry.grace_s(evening)
        if asks.now >= entry.lasts_s and answered:
            ended = ended or "the end"
    verdict, went = asks.verdict(), asks.progress()
    leave(environment.runner)
    numbers = numbers_of(environment.stats, entry, ended, verdict)
    write_whole(pathlib.Path(config["folder"]) / "locust.json", numbers)
    asks.file.close()
    return {"ended": ended, **went, **too_slow(asks, began_s), "began_s": round(began_s, 3)} | {
        "passed": verdict.passed,
        "share": round(verdict.share, 4),
        "said": verdict.said,
    }


def leave(runner):
    """Stop all users at once; whoever still waits goes, and the connection is closed."""
    import gevent

    with gevent.Timeout(2.0, False):
        runner.quit()


def too_slow(asks, began_s):
    """Return whether this machine kept the schedule: `too_slow`, and if so why and what to do."""
    late_s = highest(asks.late_s, 0.99)
    if began_s > 1.0:
        why = f"The test began {began_s:.1f} seconds late."
    elif late_s > TOO_LATE_S:
        why = f"1 ask in 100 went out {late_s:.2f} seconds late or later."
    else:
        return {"too_slow": False}
    return {
        "too_slow": True,
        "why": f"{why} This machine was too busy: close other programs and repeat the test.",
    }


def write_whole(path, what):
    """Write a file of JSON so that it is there as a whole or not at all."""
    half = path.with_suffix(".half")
    half.write_text(json.dumps(what, indent=1), encoding="utf-8")
    half.replace(path)


def watch_parent(stops):
    """Wait, as Locust's own threads do, until the parent closes our input or is no more."""
    import gevent

    while gevent.get_hub().threadpool.apply(os.read, (sys.stdin.fileno(), 4096)):
        pass
    stops.append("its input closed")


def main():
    """Play the entry that the parent's line of JSON tells, and end."""
    config, stops = process.told(), []
    try:
        entry, evening = entry_of(config["entry"]), from_plain(config["evening"])
    except (ScenarioError, TypeError, KeyError) as error:
        process.refuse(f"The entry or the evening cannot be played: {error}")
    import gevent
    import locust  # noqa: F401

    gevent.signal_handler(signal.SIGTERM, lambda: stops.append("it was asked to end"))
    gevent.spawn(watch_parent, stops)
    process.say(**play(config, entry, evening, stops))
    # Threads that wait for the parent's input would keep the interpreter from ending.
    os._exit(0)


if __name__ == "__main__":
    main()
