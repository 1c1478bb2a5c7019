"""What the crowd writes down while it plays: every attempt, what came of it, how late it was, and when to stop.

`folder/crowd.jsonl` has one JSON row for each attempt when it is over for its client (`listener`, `attempt`, `meant`:
when it was to be sent; `sent`: when it was; `answered`: when its client knew; `answer`: the name of a `Moment` in lower
case, null if it was lost on its way, "pending" if it was open at the end), and one for each listener who gave up
(`given_up`: when, `reason`) or left (`left`: when). Times are seconds from the announced start. Its last row says
why and when it ended; a file without it was broken off.
"""

from __future__ import annotations

import collections
import dataclasses
import json
import pathlib

import numpy as np

PENDING, LOST = "pending", None
GONE_AFTER = 20
"""So many attempts lost one after the other, and the door is taken to be gone."""
LATEST_S = 0.1
"""If one attempt in a hundred was sent later than this after it was meant, the numbers are not the door's."""
RECENT = 1000


@dataclasses.dataclass(frozen=True)
class StopRule:
    """When a test is ended for the sake of those who are there: too many of them refused, lost, or too late.

    It looks at what came of attempts in the last `window_s` seconds, `slower_than_s` after they were sent at the
    latest, and fires when more than the `share` of them went wrong. Of fewer than `least` no share is told.
    """

    share: float
    window_s: float = 2.0
    slower_than_s: float | None = None
    least: int = 10

    def broken_by(self, wrong, of):
        """Return the sentence with which the rule fires, or None."""
        if of < self.least or wrong <= self.share * of:
            return None
        late = (
            "" if self.slower_than_s is None else f", or took longer than {self.slower_than_s:g} s"
        )
        return (
            f"{wrong} of {of} attempts of the last {self.window_s:g} seconds were refused, lost or timed out{late}; "
            f"the rule allows {self.share:.0%}"
        )


class Book:
    """The crowd's own record. `open`: {(listener, attempt): (meant, sent)} of attempts that nobody has answered yet."""

    def __init__(self, folder, rule=None):
        self.file = (pathlib.Path(folder) / "crowd.jsonl").open("w", encoding="utf-8", buffering=1)
        self.rule, self.counts = rule, collections.Counter()
        self.open, self.late, self.lost_in_a_row = {}, [], 0
        self.began_late_s = 0.0
        self.recent, self.counted_late = collections.deque(), set()

    def row(self, **what):
        """Write one row; times to the microsecond."""
        told = {
            name: round(one, 6) if isinstance(one, float) else one for name, one in what.items()
        }
        self.file.write(json.dumps(told) + "\n")

    def sent(self, listener, attempt, meant, now):
        """An attempt is on its way."""
        self.open[listener, attempt] = meant, now
        self.late.append(now - meant)
        self.counts["sent"] += 1

    def answered(self, listener, attempt, now, answer):
        """An attempt is over for its client. `answer`: the name of a `Moment`, or `LOST`."""
        meant, sent = self.open.pop((listener, attempt))
        self.counts[answer or "lost"] += 1
        self.lost_in_a_row = 0 if answer else self.lost_in_a_row + 1
        if (listener, attempt) in self.counted_late:
            self.counted_late.remove((listener, attempt))
        else:
            slow = self.rule and self.rule.slower_than_s is not None
            wrong = answer != "joined" or (slow and now - sent > self.rule.slower_than_s)
            self.recent.append((now, bool(wrong)))
        self.row(
            listener=listener, attempt=attempt, meant=meant, sent=sent, answered=now, answer=answer
        )

    def gave_up(self, listener, now, reason):
        """A listener gives up. `reason`: "attempts" or "patience"."""
        self.counts["listeners who gave up"] += 1
        self.row(listener=listener, given_up=now, reason=reason)

    def left(self, listener, now):
        """A listener leaves of their own accord."""
        self.row(listener=listener, left=now)

    def must_stop(self, now):
        """Return (reason, sentence) if the crowd must stop now, or None."""
        if self.lost_in_a_row >= GONE_AFTER:
            return "no door", f"{self.lost_in_a_row} attempts in a row reached no door"
        broken = self._rule_broken(now) if self.rule else None
        return broken and ("stop rule", broken)

    def _rule_broken(self, now):
        """Return the stop rule's sentence if it fires; whoever waits too long counts before they have an answer."""
        rule = self.rule
        if rule.slower_than_s is not None:
            for which, (_, sent) in self.open.items():
                if now - sent <= rule.slower_than_s:
                    break
                if which not in self.counted_late:
                    self.counted_late.add(which)
                    self.recent.append((now, True))
        while self.recent and self.recent[0][0] <= now - rule.window_s:
            self.recent.popleft()
        return rule.broken_by(sum(wrong for _, wrong in self.recent), len(self.recent))

    @property
    def so_far(self):
        """How many attempts there were and what came of them, by the words of the progress lines."""
        refused = sum(n for name, n in self.counts.items() if name.startswith("refused"))
        return {
            "sent": self.counts["sent"],
            "in": self.counts["joined"],
            "refused": refused,
            "timed_out": self.counts["timed_out"],
            "lost": self.counts["lost"],
            "waiting": len(self.open),
        }

    def progress(self, now):
        """Return how it goes; the lateness is that of the last thousand attempts."""
        recent = self.late[-RECENT:]
        return {"t": round(now, 3), **self.so_far, "late_p99_s": lateness(recent)["late_p99_s"]}

    def close(self, now, reason, said=""):
        """Write down what is open, why it ended, and close the file; return the summary as the last row tells it."""
        still = {"answered": None, "answer": PENDING}
        for (listener, attempt), (meant, sent) in self.open.items():
            self.row(listener=listener, attempt=attempt, meant=meant, sent=sent, **still)
        late = lateness(self.late)
        summary = {"ended": reason, "t": round(now, 3), **self.so_far}
        summary |= {"gave_up": self.counts["listeners who gave up"], **late, "said": said}
        # When the door has gone there is nothing that could have been measured falsely.
        slow = {"too_slow": False} if reason == "no door" else too_slow(late, self.began_late_s)
        summary |= slow
        self.row(**summary)
        self.file.close()
        return summary


def lateness(late):
    """Return how late attempts were sent, in seconds after they were meant: median, 99th percentile and worst."""
    shares = {"late_median_s": 0.5, "late_p99_s": 0.99, "late_worst_s": 1.0}
    values = (
        np.quantile(late, [*shares.values()], method="inverted_cdf") if len(late) else [0.0] * 3
    )
    return {
        name: round(max(0.0, float(value)), 6) for name, value in zip(shares, values, strict=True)
    }


def too_slow(late, began_late_s=0.0):
    """Return whether this computer was too slow to play the crowd, and if so the sentence that says why.

    `late`: what `lateness` returned. The bound is on the 99th percentile: `LATEST_S`. `began_late_s`: how long after
    the first one was meant to be sent the crowd was ready; the same bound.
    """
    if began_late_s > LATEST_S:
        why = (
            f"The crowd was ready {began_late_s:.1f} seconds after the first listener should have come. This computer "
            "was too busy: close other programs, or announce the start later, and send the crowd again."
        )
        return {"too_slow": True, "why": why}
    if late["late_p99_s"] <= LATEST_S:
        return {"too_slow": False}
    why = (
        f"One attempt in a hundred was sent {late['late_p99_s']:.2f} seconds late or later, and {LATEST_S:g} is the "
        "most that leaves the numbers to be about the door. This computer was too busy: close other programs and send "
        "the crowd again, or send a smaller one."
    )
    return {"too_slow": True, "why": why}
