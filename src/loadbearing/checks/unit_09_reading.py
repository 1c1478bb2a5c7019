"""The calendar of scheduled tests read as rates, and a load generator that waits.

Each judge runs the tests and the evening again, in a room of one twenty-fifth and average weather.
"""

from __future__ import annotations

import functools

import numpy as np

from loadbearing import cases, readings, simulate
from loadbearing.cases import rehearsals
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.units import duration, people, share

EVENING, TEST, ROOM, MINUTE_S = "the_real_evening", "the_scheduled_test", 1 / 25, 60
CALM = {"turnout": 0.0, "patience": 0.0, "sharpness": 0.0, "service": 0.0}
SMALLER = 0.5
"""The door of the second question has so many of the handlers."""


# --- the calendar --------------------------------------------------------------------------------


def tests():
    """Return the calendar: number to (title, people, seconds)."""
    return {
        name: (title, round(number_of.value), seconds.value)
        for name, (title, number_of, seconds) in rehearsals.TESTS.items()
    }


def rate_of(name):
    """How many people a second a test brings."""
    _, number_of, seconds = tests()[name]
    return number_of / seconds


def highest_rate():
    """The highest join rate tested, in people a second."""
    return max(rate_of(name) for name in tests())


@functools.lru_cache(maxsize=64)
def answered(name, part=1.0):
    """Return the share of a test's requests that are answered in time, at a door with this part of the handlers."""
    _, number_of, seconds = tests()[name]
    handlers = cases.inputs(TEST)["handlers"].value
    changes = {"people": number_of, "until_s": seconds, "ends_s": int(seconds) + MINUTE_S}
    if part != 1.0:
        few = round(part * handlers)
        # A door of fewer handlers is as much slower when all of them are at work.
        slower = cases.inputs(TEST)["coherency"].value * handlers * (handlers - 1)
        changes |= {"handlers": few, "coherency": slower / (few * (few - 1))}
    run = simulate(cases.build(TEST, changes).scaled(ROOM), sample=0, progress=False)
    return readings.service_level(run, rehearsals.PROMISE_S.value, 0, int(seconds))


def passes(name, part=1.0):
    """Tell whether a test is passed at a door with this part of the handlers."""
    return answered(name, part) >= rehearsals.PASSES_AT.value


def report():
    """Return the reports of all tests as text; people a second are left out, as reports leave them out."""
    lines = [f"{'':<4}{'test':<28}{'people':>10}   {'within':<14}{'answered':>17}   verdict"]
    for name, (title, number_of, seconds) in tests().items():
        verdict = "passed" if passes(name) else "failed"
        lines.append(
            f"{name:<4}{title:<28}{people(number_of):>10}   {duration(seconds):<14}{share(answered(name)):>17}   "
            f"{verdict}"
        )
    return "\n".join(lines)


def _fine(part):
    return f"{100 * part:.1f} %"


@functools.cache
def evening():
    """Return the run of the evening in the small room, in average weather."""
    return simulate(cases.build(EVENING, CALM).scaled(ROOM), sample=0, progress=False)


def lived_rate():
    """How many people a second came in the busiest minute of the evening."""
    return readings.busiest_minute(evening(), evening().seconds["arrivals"])[0] / ROOM


def evening_table():
    """Return the first minutes of the evening as text: who came, and who got in."""
    run = evening()
    lines = [f"{'minute':<10}{'people who came':>17}{'people let in':>17}"]
    for minute in range(4):
        window = dict(from_s=MINUTE_S * minute, until_s=MINUTE_S * (minute + 1))
        came, let_in = readings.came(run, **window), readings.count(run, "joins", **window)
        lines.append(f"{minute + 1:<10}{people(came / ROOM):>17}{people(let_in / ROOM):>17}")
    soon = readings.service_level(run, 5 * MINUTE_S)
    busiest = f"The busiest sixty seconds: {people(MINUTE_S * lived_rate())} people came"
    return "\n".join([*lines, "", busiest, f"In within five minutes of coming: {share(soon)}"])


def coverage(answer):
    """Judge the highest join rate tested over the highest lived, in per cent."""
    given, tested, lived = number(answer, "70"), highest_rate(), lived_rate()
    right = 100 * tested / lived
    told = f"the fastest test brought {people(tested)} a second, the evening's busiest minute {people(lived)}"
    by_the_clock = readings.came(evening(), 0, MINUTE_S) / ROOM / MINUTE_S
    if close(given, right, 0.05) or close(given, 100 * tested / by_the_clock, 0.02):
        return yes(
            f"{told[0].upper()}{told[1:]}: {right:.0f} %. All tests were passed, and "
            f"{share(readings.service_level(evening(), 5 * MINUTE_S))} were in within five minutes."
        )
    came = readings.came(evening()) / ROOM
    largest = max(number_of for _, number_of, _ in tests().values())
    if any(close(given, one, 0.03) for one in (100 * largest / came, largest / came)):
        return no(
            "a total is no rate",
            f"That is people over people: {people(largest)} over {people(came)}. They came to the test within half an "
            f"hour, and to the evening within minutes: {told}.",
        )
    if close(given, right / 100, 0.05):
        return no(
            "fraction", f"That is a part of one. In per cent it is a hundred times that: {told}."
        )
    if any(close(given, one, 0.05) for one in (1e4 / right, 100 / right)):
        return no("upside down", f"That is the evening over the test. Turn it over: {told}.")
    same = next(rate_of(name) for name in tests() if tests()[name][1] == round(came, -3))
    if any(close(given, one, 0.05) for one in (100 * same / lived, same / lived)):
        return no(
            "the test of the total",
            f"That test brought as many people as the evening, at {people(same)} a second. Another was faster: {told}.",
        )
    door = readings.busiest_minute(evening(), evening().seconds["joins"])[0] / ROOM
    if any(
        close(given, 100 * one / lived, 0.03) for one in (door, cases.get(EVENING).door.handlers)
    ):
        return no(
            "the door for the test",
            f"You took what the door can do, or should. Asked is what was ever tried: {told}.",
        )
    if any(close(given, one, 0.03) for one in (6000 * tested / lived, 100 * tested / (60 * lived))):
        return no(
            "seconds and minutes", f"One of your numbers is a minute's. Both a second: {told}."
        )
    return no(
        "other",
        f"With {given:.3g} % the fastest test would have brought {people(given * lived / 100)} a second. But {told}."
        if 0 < given < 1e6
        else f"Divide the one rate by the other: {told}.",
    )


def telling_test(answer):
    """Judge which test would have failed at a door of half the size, so that its pass says something."""
    name = _test_named(answer)
    if name is None:
        raise AnswerError(
            f"This is {answer!r}, no test of the calendar; write its number, such as 3."
        )
    title, number_of, seconds = tests()[name]
    there = (
        f"Test {name}, {title}, at half the door: {_fine(answered(name, SMALLER))} answered in time"
    )
    if not passes(name, SMALLER):
        others = [one for one in tests() if one != name and not passes(one, SMALLER)]
        also = f" Test {', '.join(others)} too." if others else " No other test would."
        return yes(f"{there}. It would have failed. So its pass tells the two doors apart.{also}")
    full = f"At the whole door: {_fine(answered(name))}. Its report reads the same, so it cannot tell the doors apart"
    if number_of == round(readings.came(evening()) / ROOM, -3):
        return no(
            "as many as the evening",
            f"{there}. {full}. It brings as many people as the evening, at {people(rate_of(name))} a second.",
        )
    if name == "7":
        return no(
            "many people",
            f"{there}. {full}. {people(number_of)} people are {people(rate_of(name))} a second.",
        )
    return no("light", f"{there}. {full}. It brings {people(rate_of(name))} a second.")


def _test_named(answer):
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        kind = type(answer).__name__
        raise AnswerError(
            f"This is {kind!r}, no test of the calendar; write its number, such as 3."
        )
    text = (
        answer.strip().lower().removeprefix("test").strip()
        if isinstance(answer, str)
        else f"{answer:g}"
    )
    return text if text in tests() else None


# --- a load generator that waits -----------------------------------------------------------------

WATCHED_S, EVERY_S, ANSWER_S = 300, 1.0, 0.1
STOPS_S, STOPPED_S = 119.5, 20.0
LONG_S = 1.0
"""A test of five minutes: one request a second, each answered in a tenth of a second, but for a stop of twenty seconds.
Whoever waits longer than a second waits long."""


def answered_at(asked_s):
    """Return when the door answers a request of this moment: after the stop, if it comes within it."""
    inside = STOPS_S <= asked_s < STOPS_S + STOPPED_S
    return (STOPS_S + STOPPED_S if inside else asked_s) + ANSWER_S


@functools.cache
def as_people_come():
    """Return the waits of people who come one a second, whatever the door does, in seconds."""
    asked = np.arange(0.0, WATCHED_S, EVERY_S)
    return np.array([answered_at(t) - t for t in asked])


@functools.cache
def as_recorded():
    """Return the waits that a closed load generator records: it asks again when the last answer is there."""
    waits, t = [], 0.0
    while t < WATCHED_S:
        waits.append(answered_at(t) - t)
        t = max(t + EVERY_S, t + waits[-1] + EVERY_S - ANSWER_S)
    return np.array(waits)


def percentile(waits, at):
    """The wait that this share of the requests did not exceed, in seconds: a wait that was met."""
    return float(np.percentile(waits, at, method="inverted_cdf"))


def waiting_report():
    """Return the load generator's report as text."""
    waits = as_recorded()
    rows = {
        "requests sent": f"{len(waits)}",
        "answered within a second": f"{np.count_nonzero(waits <= LONG_S)}",
        **{f"{at} in 100 within": f"{percentile(waits, at):.1f} s" for at in (50, 90, 95, 99)},
        "longest wait": f"{waits.max():.1f} s",
    }
    return "\n".join(f"{text:<26}{value:>8}" for text, value in rows.items())


def left_out(answer):
    """Judge how many of those who come one a second would have waited longer than a second."""
    given = number(answer, "5")
    met, recorded = as_people_come(), as_recorded()
    right, written = (int(np.count_nonzero(one > LONG_S)) for one in (met, recorded))
    told = (
        f"{people(right)} of {len(met)} wait longer than a second; 95 in 100 are answered within "
        f"{percentile(met, 95):.1f} seconds, and the report says {percentile(recorded, 95):.1f}"
    )
    if abs(given - right) <= 2:
        return yes(
            f"{told[0].upper()}{told[1:]}. While the door stood still, the load generator stood still too. It left out "
            f"{len(met) - len(recorded)} requests, the very ones that would have waited."
        )
    if given == written:
        return no(
            "as recorded",
            f"That is what the load generator wrote down. It asked once and then waited {recorded.max():.1f} seconds "
            f"for its answer. People do not wait for each other: meanwhile {len(met) - len(recorded)} more came.",
        )
    if given == 0:
        return no(
            "the average is fine",
            f"In a stop of {duration(STOPPED_S)} one comes every second: {told}.",
        )
    if close(given, 100 * right / len(met), 0.05):
        return no("per cent", f"That is in per cent. Asked is how many: {told}.")
    if given in (len(met), len(recorded)):
        return no(
            "everybody",
            f"Most came before the stop or after it, and were answered at once: {told}.",
        )
    return no(
        "other",
        f"One comes every second, and the stop lasts {duration(STOPPED_S)}. Who comes at its "
        f"beginning waits longest: {told}.",
    )
