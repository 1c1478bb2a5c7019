"""The announced hour read off a table: how peaked it is, when the line is longest, which test covers a launch.

Each judge runs the evening again, in a small room and average weather, as the exercise does.
"""

from __future__ import annotations

import functools

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.units import clock, parse_clock, people, share

CASE, FRACTION = "the_announced_hour", 1 / 25
CALM = dict(turnout=0.0, patience=0.0, sharpness=0.0, service=0.0)
ALL_WAIT = dict(timeout_s=None, queue_s=None, patience_s=None, starts_s=0, ends_s=600)
"""A crowd in which everybody stands in line until let in, watched for ten minutes."""

HOUR_MINUTES, MINUTE_S, STEP_S, LAST_S = 60, 60, 20, 300
AS_LONG = 0.98
"""A line of this share of the longest counts as the longest: the table is no finer."""


@functools.cache
def run_of(all_wait=False):
    """Return the announced hour in the small room, in average weather; `all_wait`: nobody stops waiting."""
    changes = CALM | (ALL_WAIT if all_wait else {})
    return simulate(cases.build(CASE, changes).scaled(FRACTION), sample=0, progress=False)


def minutes(run):
    """Return how many people came in each minute from the hour on, in the full crowd."""
    return _in_stretches(run, "arrivals", MINUTE_S)


def _in_stretches(run, flow, length_s):
    series = readings.over_time(run, flow, from_s=0)
    starts = np.arange(0, len(series), length_s)
    return np.add.reduceat(series, starts) / FRACTION


def minute_table():
    """Return the announced hour minute by minute, as text: how many came."""
    came = minutes(run_of())
    shown = 6
    lines = ["minute from   people who came"]
    lines += [f"{clock(MINUTE_S * at):<11}{people(came[at]):>18}" for at in range(shown)]
    later = came[shown:HOUR_MINUTES].sum()
    lines += [f"{'later':<11}{people(later):>18}", f"{'the hour':<11}{people(came.sum()):>18}"]
    return "\n".join(lines)


def line_table():
    """Return who came and who got in, every twenty seconds, when nobody stops waiting; the line itself is left out."""
    run = run_of(all_wait=True)
    came, joined = (_in_stretches(run, flow, STEP_S) for flow in ("arrivals", "joins"))
    lines = ["until        came     got in"]
    for at in range(LAST_S // STEP_S):
        until = time_with_seconds(STEP_S * (at + 1))
        lines.append(f"{until:<10}{people(came[at]):>7}{people(joined[at]):>11}")
    return "\n".join(lines)


def time_with_seconds(t):
    """Return a clock time with its seconds: 20:01:40."""
    return f"{clock(60 * (t // 60))}:{int(t % 60):02d}"


# --- how peaked ----------------------------------------------------------------------------------


def peak_to_mean(answer):
    """Judge how many times the mean minute of the hour its busiest minute is."""
    given, came = number(answer, "4"), minutes(run_of())
    busiest, mean = came.max(), came.sum() / HOUR_MINUTES
    right = busiest / mean
    sliding = readings.busiest_minute(run_of(), run_of().seconds["arrivals"])[0] * 60 / FRACTION
    told = f"{people(busiest)} in the busiest minute, {people(mean)} in the mean minute of the hour"
    if close(given, right) or close(given, sliding / mean):
        return yes(f"{told}: {right:.0f} times as many.")
    door = cases.get(CASE).door.handlers * MINUTE_S / cases.get(CASE).door.service.mean_s
    kept = readings.service_level(run_of(), 60)
    with_people = came[came > 0].size
    if close(given, 1 / right):
        return no(
            "upside down",
            f"That is the mean minute over the busiest. There are {told}; divide the larger by the smaller.",
        )
    if close(given, busiest / came.sum()) or close(given, 100 * busiest / came.sum()):
        return no(
            "share",
            f"That is the busiest minute's share of all who came, {share(busiest / came.sum())}. Evenly over the hour "
            f"it would be a sixtieth. Asked is how many times as many: {told}.",
        )
    if close(given, 60 * right) or close(given, right / 60):
        return no(
            "seconds and minutes",
            f"One of your numbers is per second, the other per minute. Both per minute: {told}.",
        )
    if close(given, busiest / door):
        return no(
            "the door for the mean",
            f"That is the busiest minute beside what the door can do in a minute, {people(door)}. It says that the "
            f"door falls short. Asked is how uneven the hour is: {told}.",
        )
    if _fits(given, came.sum(), door):
        return no(
            "it fits the hour",
            f"Over the whole hour the door could let in {people(HOUR_MINUTES * door)}, so {people(came.sum())} seem to "
            f"fit. Evenly spread they would; as they come, {share(kept)} are in within a minute. There are {told}.",
        )
    if any(close(given, busiest * many / came.sum(), 0.03) for many in range(2, with_people + 1)):
        return no(
            "empty minutes",
            f"You took the mean over the minutes in which people came. The hour has {HOUR_MINUTES}, and nearly all are "
            f"empty: {told}.",
        )
    return no("other", f"Divide the one by the other: there are {told}.")


def _fits(given, total, door):
    part = total / (HOUR_MINUTES * door)
    return any(close(given, one, 0.03) for one in (part, 100 * part, 1 / part))


# --- when the line is longest --------------------------------------------------------------------


def line_at(t):
    """How many people stand in line at a moment, in the full crowd, when nobody stops waiting."""
    run = run_of(all_wait=True)
    return float(readings.outside_over_time(run)[int(t) - run.evening.starts_s - 1]) / FRACTION


def longest_line(answer):
    """Judge the moment at which the line is longest, given who came and who got in."""
    try:
        if not isinstance(answer, str):
            raise ValueError
        t = parse_clock(answer.replace(".", ":"))
    except ValueError:
        given = (
            repr(answer) if isinstance(answer, str | int | float) else repr(type(answer).__name__)
        )
        raise AnswerError(
            f'This is {given}, no time of day; write one in quotes, such as "20:04:20".'
        ) from None
    if not 0 < t <= LAST_S:
        raise AnswerError(
            f"{answer} is not in the table; give a time from {time_with_seconds(STEP_S)} to "
            f"{time_with_seconds(LAST_S)}."
        )
    line = {at: line_at(at) for at in range(STEP_S, LAST_S + 1, STEP_S)}
    longest_at = max(line, key=line.get)
    there, came, joined = line_at(t), _rate("arrivals", t), _rate("joins", t)
    flows = f"At {time_with_seconds(t)} {people(came)} come each second and {people(joined)} get in"
    if there >= AS_LONG * line[longest_at]:
        return yes(
            f"{flows}: about as many come as get in, and the line has stopped growing, at {people(there)} people. "
            "Most came a minute earlier."
        )
    later = min(LAST_S, t + 20)
    if t < longest_at:
        busiest = readings.busiest_minute(run_of(True), run_of(True).seconds["arrivals"])[1]
        near = abs(t - busiest - MINUTE_S / 2) <= STEP_S
        return no(
            "a line looks like its inflow" if near else "still growing",
            f"{flows}, so the line still grows: {people(there)} stand in it, and twenty seconds later "
            f"{people(line_at(later))}. {'That is where most come. ' if near else ''}A bath is fullest when no more "
            "runs in than runs out.",
        )
    if there < 0.1 * line[longest_at]:
        return no(
            "the end of the line",
            f"By then {people(there)} stand in line: it is all but gone. Twenty seconds after the hour it was "
            f"{people(line_at(20))} and growing. When did it stop growing?",
        )
    return no(
        "already shrinking",
        f"{flows}: the line is getting shorter. {people(there)} stand in it, and twenty seconds earlier it was "
        f"{people(line_at(t - 20))}.",
    )


def _rate(flow, t):
    run = run_of(all_wait=True)
    rows = readings.over_time(run, flow, from_s=max(0, int(t) - 5), until_s=int(t) + 5)
    return float(rows.mean()) / FRACTION


# --- which test covers ---------------------------------------------------------------------------

DOOR, ROOM = 3_000, 1 / 50
LAUNCH = (1_000_000, 60)
TESTS = {"A": (8_000_000, 3600), "B": (1_200_000, 600), "C": (200_000, 10)}
"""Of the launch and of each test: how many people, evenly within how many seconds."""


@functools.cache
def in_soon(number_of_people, within_s):
    """Of so many people, evenly within so many seconds, the share in within a minute at the door of this task."""
    inputs = CALM | {"people": number_of_people, "until_s": float(within_s), "handlers": DOOR}
    evening = cases.build("all_day", inputs).scaled(ROOM)
    return readings.service_level(simulate(evening, sample=0, progress=False), 60)


def rate_of(event):
    """How many people a second an event or a test brings."""
    return event[0] / event[1]


def covering_test(answer):
    """Judge which test asks at least as much of the door as the launch will."""
    if not isinstance(answer, str) or answer.strip().upper() not in TESTS:
        given = (
            repr(answer) if isinstance(answer, str | int | float) else repr(type(answer).__name__)
        )
        raise AnswerError(f'This is {given}; write one of the three in quotes, such as "B".')
    name = answer.strip().upper()
    test, needed = TESTS[name], rate_of(LAUNCH)
    brings = (
        f"Test {name} brings {people(rate_of(test))} a second, the launch {people(needed)}. A door of {people(DOOR)} a "
        f"second: {share(in_soon(*test))} in within a minute in the test, {share(in_soon(*LAUNCH))} at the launch."
    )
    if rate_of(test) >= needed:
        return yes(f"{brings} The smallest of the three would have told you.")
    largest = test[0] == max(one[0] for one in TESTS.values())
    return no("a total is no rate" if largest else "more people than expected", brings)
