"""What a promise of 99.9 % leaves out, and what counted nights tell about two suppliers.

Each judge works the answer out again: minutes from the promise, nights by drawing them.
"""

from __future__ import annotations

import functools

from loadbearing import cases, contract, record
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.units import people, share

WORLD, SEED, MINUTE_S = "a_hundred_thousand_nights", 3, 60
TIMES = 2
"""The exercise prints so many times the nights of the lab."""

ROUNDED = 0.045
"""How far a share may be from the counted one: enough for whole per cents, 11 or 12."""


def available():
    """The share of time, or of nights, for which a supplier of the promise is there."""
    return 1 - cases.own_value(WORLD, "fails")


def minutes():
    """Minutes of a month of thirty days for which such a supplier may be gone."""
    return contract.minutes_gone(available())


def late_table():
    """Return how late the evening of the course began, as three reports have it: a small table."""
    late = record.fact("lateness")
    lines = [f"{'how late the evening began':<34}{'minutes':>9}"]
    for name, value in (
        ("the shortest of the reports", late.low),
        ("the one most often given", late.value),
        ("the longest", late.high),
    ):
        lines.append(f"{name:<34}{value / MINUTE_S:>9.0f}")
    return "\n".join(lines)


def promise_minutes(answer):
    """Judge the minutes of a month of thirty days that a promise of 99.9 % leaves out."""
    given, right = number(answer, "12"), minutes()
    month = f"Thirty days have {people(30 * 24 * 60)} minutes; a thousandth of them is {right:.1f}"
    if close(given, right, 0.02):
        late = record.fact("lateness")
        return yes(
            f"{month}. That evening began {late.value / MINUTE_S:.0f} minutes late. An outage as long keeps such a "
            f"promise, if it is the month's only one. One of {late.high / MINUTE_S:.0f} minutes does not. Who served "
            "that evening, and under which promise, nobody published."
        )
    day, year = (contract.minutes_gone(available(), days) for days in (1, 365))
    for error, wrong, why in (
        ("a day", day, f"That is a thousandth of one day. {month}."),
        ("a year", year, f"That is a thousandth of a year. {month}."),
        ("one more nine", right / 10, f"That is what 99.99 % leaves out. {month}."),
        ("one nine less", right * 10, f"That is what 99 % leaves out. {month}."),
        ("hours", right / 60, f"That is in hours. {month}."),
        ("seconds", right * 60, f"That is in seconds. {month}."),
        ("the time it is there", 30 * 24 * 60 - right, f"For so long it must be there. {month}."),
    ):
        if close(given, wrong, 0.02):
            return no(error, why)
    return no("other", f"{month}.")


# --- nights counted ------------------------------------------------------------------------------


@functools.cache
def nights():
    """Return the nights that the exercise prints: three suppliers, the same for everybody."""
    given = cases.values(WORLD)
    return contract.nights(
        SEED, given["fails"], given["shared"], given["suppliers"], TIMES * given["nights"]
    )


def nights_table():
    """Return how often each of two suppliers was gone, and both: a small table."""
    first, second = nights().alone[:2]
    return "\n".join(
        [
            f"{'of ' + people(nights().gone.shape[1]) + ' nights':<34}{'nights':>9}",
            f"{'the first supplier was gone on':<34}{first:>9}",
            f"{'the second supplier was gone on':<34}{second:>9}",
            f"{'both were gone on':<34}{nights().together(2):>9}",
        ]
    )


def shared_part(answer):
    """Judge the share of a supplier's nights gone that both share, in per cent."""
    given, seen = number(answer, "30"), nights()
    first, second = seen.alone[:2]
    both, all_nights = seen.together(2), seen.gone.shape[1]
    right = 100 * contract.shared_from_counts(first, second, both)
    told = (
        f"A supplier is gone on about {(first + second) / 2:.0f} nights, on {both} with the other"
    )
    if any(close(given, one, ROUNDED) for one in (right, 100 * both / first, 100 * both / second)):
        return yes(
            f"{told}: about {right:.0f} %. If they shared nothing, both would be gone on "
            f"{seen.on_paper():.1f} nights. We drew them with {share(seen.shared)}: so few nights tell no better."
        )
    if any(close(given, one, 0.03) for one in (right / 100, both / first, both / second)):
        return no("fraction", f"That is a part of one. {told}: in per cent a hundred times that.")
    if close(given, 100 * both / all_nights, 0.03) or close(given, both / all_nights, 0.03):
        return no(
            "of all nights",
            f"You divided by all nights. Asked is the share of the bad ones. {told}.",
        )
    if any(
        close(given, one, 0.03) for one in (both / (first + second), 100 * both / (first + second))
    ):
        return no(
            "both added up",
            f"You divided by {first + second}, the nights of both suppliers added. Each shared night stands in both "
            f"counts. {told}.",
        )
    if any(
        close(given, one, 0.03) for one in (both / seen.on_paper(), 100 * both / seen.on_paper())
    ):
        return no("times paper", f"That is how many times as often as on paper. {told}.")
    if close(given, both, 0.001):
        return no("a count", f"That is the count of nights, not a share of them. {told}.")
    return no("other", f"{told}. Divide the second by the first.")


def a_third(answer):
    """Judge on how many of the same nights all three suppliers would be gone."""
    given, seen = number(answer, "5"), nights()
    both, three = seen.together(2), seen.together(3)
    if not 0 <= given <= seen.gone.shape[1]:
        raise AnswerError(f"{given:g} is no number of nights out of {people(seen.gone.shape[1])}.")
    paper = seen.on_paper(3)
    told = f"We drew the third supplier too. It was gone on {seen.alone[2]} nights, and all three on {three}"
    low, high = min(both, three) - 2, max(both, three) + 1
    if low <= given <= high:
        return yes(
            f"{told}. On paper it would be {paper:.4f}. What takes two takes three: a third supplier helps on the "
            "nights of which you hardly have any."
        )
    if given <= 1:
        return no(
            "multiplied again",
            f"{told}. On paper a third makes it {paper:.4f}; but on those nights something is gone that all stand on.",
        )
    if given > high:
        return no(
            "more is worse",
            f"{told}. All three can only be gone where the first two are: {both} at most.",
        )
    return no(
        "a third less",
        f"{told}. A third supplier takes no third away: it mends only nights on which two failed each by itself.",
    )
