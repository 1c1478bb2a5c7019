"""The scheduled load tests of a team's calendar: what each does, what it promises, and whether it kept it.

A scheduled test is a closed loop: so many users, each of whom asks, waits for the answer, thinks, and asks again. So
a door that slows down is asked less often, which is what a crowd does not do.
"""

from __future__ import annotations

import dataclasses
import math

from loadbearing import draws
from loadbearing.parts import ScenarioError, component, part, quantity
from loadbearing.scenario import HandlersLost, Patience, Scenario, Steady
from loadbearing.units import duration

MOST_USERS, LONGEST_S, MOST_ASKS, MOST_PER_S = 1_000, 600.0, 200_000, 2_000.0
THINKING = 201
"""The purpose of the draws of thinking times."""
AT_ONCE_PER_S = 100.0
"""How many users Locust starts in a second before it warns that it may not keep up."""


@part
class Promise:
    """What a scheduled test must show to pass: such a share of its asks answered within so many seconds."""

    share: float = quantity("asks let in soon enough", "", default=0.99, above=0, most=1)
    within_s: float = quantity("soon enough", "seconds", default=1.0, above=0)

    def verdict(self, answers_s, asks):
        """Return the `Verdict` on a test: seconds of each ask that was let in, and how many asks there were."""
        soon = sum(1 for one in answers_s if one <= self.within_s)
        share = soon / asks if asks else 0.0
        passed = asks > 0 and share >= self.share
        if not asks:
            return Verdict(False, 0.0, "failed: nobody asked.")
        said = (
            f"{'passed' if passed else 'failed'}: {in_hundred(share)} in 100 asks were answered within "
            f"{duration(self.within_s)}; {in_hundred(self.share)} were promised."
        )
        return Verdict(passed, share, said)


@dataclasses.dataclass(frozen=True)
class Verdict:
    """Whether a test passed, the share of its asks answered in time, and the sentence that says so."""

    passed: bool
    share: float
    said: str


def in_hundred(share):
    """Return a share as a number in a hundred, to tenths, never rounded up: a promise of 99 is not kept by 98.96.

    >>> in_hundred(0.9896), in_hundred(0.99), in_hundred(1)
    ('98.9', '99', '100')
    """
    return f"{math.floor(share * 1000 + 1e-9) / 10:g}"


@part
class Entry:
    """A scheduled load test: `users` who each wait for an answer, think about `think_s`, and ask again.

    With `stalls_at_s` every handler is gone from then on for `stalls_s`: a fault on purpose, to see what the test
    shows of it.
    """

    title: str = dataclasses.field(metadata=dict(kind="any", meaning="what the calendar calls it"))
    users: int = quantity("users", "users", least=1, most=MOST_USERS, whole=True)
    lasts_s: float = quantity("how long it lasts", "seconds", above=0, most=LONGEST_S)
    think_s: float = quantity("how long a user thinks, on average", "seconds", default=0.0)
    spawn_per_s: float = quantity(
        "users who begin in a second", "users", default=AT_ONCE_PER_S, above=0, most=AT_ONCE_PER_S
    )
    promise: Promise = component("what it must show", Promise, factory=Promise)
    stalls_at_s: float | None = quantity(
        "when every handler goes", "seconds", default=None, none="no stall"
    )
    stalls_s: float = quantity("how long they stay away", "seconds", default=0.0)

    def check(self):
        if not isinstance(self.title, str) or not self.title.strip():
            raise ScenarioError(
                f"Entry.title is {self.title!r}; give the test a name such as 'smoke test'."
            )
        if self.users / self.spawn_per_s > self.lasts_s:
            raise ScenarioError(
                f"Entry.spawn_per_s is {self.spawn_per_s:g}; so {self.users} users are not all there before the test "
                f"ends after {self.lasts_s:g} seconds. Start more of them a second, or let it last longer."
            )

    @property
    def plain(self):
        """This entry as plain dictionaries and numbers, for a line of JSON; `entry_of` reads it again."""
        return dataclasses.asdict(self)

    def interval_s(self, answer_s):
        """Return how often one user asks when an answer takes `answer_s`, in seconds."""
        return self.think_s + answer_s

    def per_s(self, answer_s):
        """Return how many asks a second this test makes when an answer takes `answer_s` seconds.

        The interactive response time law, N / (Z + R) (Denning & Buzen 1978, Computing Surveys 10:225).
        """
        return self.users / self.interval_s(answer_s)

    def thinks_s(self, seed, listener):
        """Return how long a user thinks after the ask of this number: evenly from half of `think_s` to three halves."""
        luck = draws.uniform(draws.key(seed, THINKING), listener, 0)
        return self.think_s * (0.5 + luck)

    def evening(self, evening: Scenario) -> Scenario:
        """Return the evening that the door keeps during this test: the same door; no crowd but the test's users.

        Each ask counts as a listener of one attempt without a limit to their patience. What would go wrong or be done
        on the evening itself is left out; a stall of the test is put in. The account ends when the last ask must have
        been answered, or timed out.
        """
        handlers, stall = evening.door.handlers, ()
        if self.stalls_at_s is not None:
            stall = (HandlersLost(at_s=self.stalls_at_s, lasts_s=self.stalls_s, handlers=handlers),)
        asks = self.lasts_s * self.per_s(max(evening.door.service.mean_s, 1e-3))
        return evening.changed(
            {
                "crowd.listeners": math.ceil(asks),
                "crowd.arrivals": Steady(from_s=0, until_s=self.lasts_s),
                "crowd.patience": Patience(),
                "crowd.stays_mean_s": None,
                "crowd.retries.most": 1,
                "faults": stall,
                "controllers": (),
                "starts_s": 0,
                "ends_s": math.ceil(self.lasts_s + self.grace_s(evening)) + 1,
            }
        )

    def grace_s(self, evening: Scenario) -> float:
        """Return how long after its end a test waits for answers still to come, in seconds."""
        longest = self.stalls_s + 20 * evening.door.service.mean_s + 1
        return longest if evening.crowd.timeout_s is None else evening.crowd.timeout_s


def entry_of(plain):
    """Return the `Entry` that `Entry.plain` described; its fields are checked again."""
    held = dict(plain)
    if isinstance(held.get("promise"), dict):
        held["promise"] = Promise(**held["promise"])
    return Entry(**held)


def users_for(per_s, think_s, answer_s):
    """Return how many users make `per_s` asks a second, each thinking `think_s` and waiting `answer_s`: X (Z + R)."""
    return max(1, math.ceil(per_s * (think_s + answer_s) - 1e-9))


def calendar(evening: Scenario, lasts_s=10.0, think_s=0.5, within_s=1.0):
    """Return the entries that a team would schedule before this evening: smoke test, average day, the total.

    The total is as many joins as the evening has listeners, spread evenly over the evening's length: of these, the
    share that falls into the test. An average day has a quarter of that. `lasts_s`: how long each test lasts;
    `think_s`: how long its users think; `within_s`: what it promises.
    """
    answer_s, promise = evening.door.service.mean_s, Promise(within_s=within_s)
    total_per_s = evening.crowd.listeners / (evening.ends_s - max(evening.starts_s, 0))

    def entry(title, per_s):
        users = min(users_for(per_s, think_s, answer_s), MOST_USERS)
        return Entry(title=title, users=users, lasts_s=lasts_s, think_s=think_s, promise=promise)

    return (
        entry("smoke test", 1 / (think_s + answer_s)),
        entry("average day", total_per_s / 4),
        entry("the total", total_per_s),
    )
