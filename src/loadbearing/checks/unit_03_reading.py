"""Two steady doors, read: how long one waits in a line of known length, and what one shared queue is worth."""

from __future__ import annotations

import functools

from loadbearing import cases, readings, simulate
from loadbearing.checks.reply import close, no, number, yes
from loadbearing.labs.steady import SETTLED
from loadbearing.scenario import Weather

CASE = "the_steady_door"
ONE, TEN = 1, 10
SEED = 1
NEAR = 0.02
"""How near an answer must be to what the run shows."""


@functools.lru_cache(maxsize=8)
def steady_door(handlers):
    """Return the run of a steady door with so many handlers, busy as the case has it, in average weather."""
    scenario = cases.build(CASE, {"handlers": handlers}).changed({"weather": Weather.calm()})
    return simulate(scenario, SEED, sample=0, progress=False)


def counted(run):
    """Return what an outsider counts at a steady door: people a second, in line and being served on average."""
    arrivals = run.evening.crowd.arrivals
    begins = round(arrivals.from_s + SETTLED * (arrivals.until_s - arrivals.from_s))
    rows = readings.seconds_of(run, begins, int(arrivals.until_s))
    return {
        "people a second": float(rows["arrivals"].mean()),
        "in line": float(rows["queue_s"].mean()),
        "being served": float(rows["busy_s"].mean()),
    }


def wait_of(handlers):
    """Return the mean wait in seconds: those in line over those who come in a second (Little, 1961)."""
    there = counted(steady_door(handlers))
    return there["in line"] / there["people a second"]


def little(answer):
    """Judge how long one person waits on average at the door with ten handlers, in seconds."""
    given = number(answer, "0.5")
    there, right = counted(steady_door(TEN)), wait_of(TEN)
    rate, line, served = there.values()
    told = f"{rate:.2f} people come a second and {line:.1f} stand in line"
    if close(given, right, NEAR):
        return yes(f"{told}: each waits {right:.2f} seconds on average.")
    if close(given, rate / line, NEAR):
        return no(
            "upside down",
            f"{told}. If each waited {given:.2f} seconds, a line of {given * rate:.1f} people would stand "
            "there. Divide the other way round.",
        )
    if close(given, (line + served) / rate, NEAR):
        return no(
            "service counted too",
            f"{given:.2f} seconds is wait and service together: you counted the {served:.1f} people who are "
            f"being served. In line alone are {line:.1f}.",
        )
    if close(given, line / TEN, NEAR):
        return no(
            "handlers for people",
            f"You divided by {TEN} handlers. A wait follows from who comes, and {rate:.2f} people come a second.",
        )
    if close(given, line * rate, NEAR):
        return no(
            "multiplied",
            f"You multiplied. With a wait of {given:.0f} seconds, {given * rate:,.0f} people would stand in "
            f"line; there are {line:.1f}.",
        )
    if close(given, wait_of(ONE), NEAR):
        return no(
            "other door",
            f"That is the wait at the door with one handler. At the other, {told}.",
        )
    plural = "" if given == 1 else "s"
    return no(
        "other",
        f"With a wait of {given:.3g} second{plural}, {given * rate:,.3g} people would stand in line; "
        f"there are {line:.1f}.",
    )


def shared_queue(answer):
    """Judge how many times as long people wait at ten doors with one handler as at one door with ten."""
    given = number(answer, "2.5")
    apart, shared = wait_of(ONE), wait_of(TEN)
    right = apart / shared
    told = f"{apart:.1f} seconds against {shared:.2f}"
    if close(given, right, 2 * NEAR):
        return yes(
            f"{told}: {right:.0f} times as long, with the same people and the same ten handlers. Behind one "
            "queue, a free handler takes whoever is next. Behind ten, it may stand idle beside a full line."
        )
    if close(given, 1 / right, 2 * NEAR):
        return no(
            "upside down",
            f"{given:.2g} is the shared door's wait over the other's. Asked is the other way round: {told}.",
        )
    if close(given, 1, NEAR):
        return no(
            "same share",
            f"Both are equally busy, and still: {told}. How busy the handlers are does not say how long people wait.",
        )
    if close(given, TEN, NEAR):
        return no(
            "as many as handlers",
            f"Ten times the handlers is not ten times less wait: {told}. Divide the two waits.",
        )
    lines = counted(steady_door(ONE))["in line"] / counted(steady_door(TEN))["in line"]
    if close(given, lines, 2 * NEAR):
        return no(
            "lines for waits",
            f"{given:.2f} is one line over the other, {lines * counted(steady_door(TEN))['in line']:.1f} people "
            f"against {counted(steady_door(TEN))['in line']:.1f}. Ten times as many come to the second: {told}.",
        )
    if close(given, apart - shared, NEAR):
        return no("difference", f"That is the difference in seconds. Divide: {told}.")
    return no("other", f"The waits are {told}. Divide the first by the second.")
