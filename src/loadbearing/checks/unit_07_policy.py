"""A policy for the eve, judged: kept on evenings not seen, at a bill near par; and the run of each wrong idea."""

from __future__ import annotations

import inspect

from loadbearing.checks.policies import (
    BOOT_S,
    FEWEST,
    NEAR_PAR,
    PRACTICE,
    STARTS_S,
    by_the_clock,
    eve,
    sweep,
    tried,
)
from loadbearing.checks.reply import AnswerError, no, not_yet, yes
from loadbearing.units import clock, duration

ORDERED_S, HOME_S, EARLY_HOME_S = -60, 240, 180
"""In time, long enough, and too soon to go: what a wrong idea's run is held against."""

HALF_AGAIN, FEWER, LONG_S = 1.5, 0.6, 900


def five_lines(answer):
    """Judge a policy that orders handlers, against the best one known."""
    _like_a_policy(answer)
    if not any(tried(answer, PRACTICE).orders):
        nothing = tried(lambda now, telemetry: None)
        return not_yet(f"This policy orders nothing: {FEWEST:,} handlers, {nothing}.")
    trial = tried(answer)
    told = f"At most {trial.peak:,} handlers: {trial}."
    queue = trial.besides.get("queue_limit")
    own = eve().door.queue_limit
    if not trial.holds and (queue is not None and queue > own):
        return _longer_queue(answer, told, own)
    if trial.holds:
        return _kept(trial, told)
    first, last = trial.peak_from_until()
    if first > ORDERED_S + BOOT_S / 2:
        return _too_late(trial, told, first)
    if last < EARLY_HOME_S:
        return _home_too_soon(trial, told, first, last)
    more = tried(by_the_clock(round(trial.peak * HALF_AGAIN), ORDERED_S, HOME_S))
    return no("too few", f"{told} Half as many handlers again, by the clock: {more}.")


def _like_a_policy(answer):
    if not callable(answer) or inspect.isclass(answer):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no policy; give the function: decide, without brackets after it."
        )
    try:
        inspect.signature(answer).bind(0, None)
    except (TypeError, ValueError):
        raise AnswerError(
            "The policy must take two things, in this order: def decide(now, telemetry):"
        ) from None


def _kept(trial, told):
    par = sweep()["par"]
    if trial.bill <= NEAR_PAR * par:
        return yes(f"{told} The best policy known costs {par:,.0f} dollars.")
    first, last = trial.peak_from_until()
    peak, which = trial.peak, f"The same {trial.peak:,} handlers"
    short = tried(by_the_clock(peak, ORDERED_S, HOME_S))
    if short.bill > NEAR_PAR * par and short.bill > trial.bill / NEAR_PAR:
        peak = round(FEWER * trial.peak)
        short, which = tried(by_the_clock(peak, ORDERED_S, HOME_S)), f"With {peak:,} handlers"
    said = (
        f"{told} The best policy known costs {par:,.0f}. {which} from {clock(ORDERED_S)} to {clock(HOME_S)} only: "
        f"{short}."
    )
    if last - first > LONG_S or first <= STARTS_S + BOOT_S:
        return no("all evening", f"{said} The rush is over within minutes; the bill is not.")
    return no("over-bought", f"{said} Look for fewer handlers, or for a shorter time.")


def _longer_queue(answer, told, own):
    """Be generous with the queue until help comes. The run: the same policy, the queue as it was."""

    def same_queue(now, telemetry):
        orders = answer(now, telemetry) or {}
        return {key: value for key, value in orders.items() if key != "queue_limit"} or None

    same = tried(same_queue)
    return no(
        "longer queue",
        f"{told} With the queue as it was, {own:,} requests, the same policy is {same}.",
    )


def _too_late(trial, told, first):
    """React to what is seen. The run: the same handlers, ordered before the hour."""
    early = tried(by_the_clock(trial.peak, ORDERED_S, HOME_S))
    return no(
        "too late",
        f"{told} It first orders them at {clock(first)}, and they take {duration(BOOT_S)} to start: the rush is half "
        f"over. Ordered at {clock(ORDERED_S)}: {early}.",
    )


def _home_too_soon(trial, told, first, last):
    """Send them home when everybody has come. The run: some minutes longer."""
    longer = tried(by_the_clock(trial.peak, first, HOME_S))
    return no(
        "home too soon",
        f"{told} It sends them home at {clock(last)}: by then most have come, but not all are in. Until "
        f"{clock(HOME_S)}: {longer}.",
    )
