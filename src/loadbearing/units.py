"""Time, people and shares, and the plain words in which the course writes them.

Time is held in one unit only: seconds from the announced start. On the evening in question
t = 0 is 20:00. Everything else (minutes, clock times, spoken durations) is made here, at the
edge, so that no other room converts.

Every function refuses what it cannot say honestly, with a sentence: the field, the value and
what to give instead.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["clock", "duration", "hours", "minutes", "parse_clock", "people", "share", "span"]

SECONDS_A_DAY = 86_400
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_PEOPLE_SCALES = ((10**9, "billion"), (10**6, "million"))


def minutes(n: float) -> float:
    """Seconds in `n` minutes.

    >>> minutes(42)
    2520.0
    """
    return 60.0 * _number("minutes", n)


def hours(n: float) -> float:
    """Seconds in `n` hours.

    >>> hours(1.5)
    5400.0
    """
    return 3600.0 * _number("hours", n)


def clock(t: float, starts_at: str = "20:00") -> str:
    """The time on the wall, `t` seconds after the announced start; seconds only if there are any.

    Rounded to the nearest second. Times before the start and after midnight are fine.

    >>> clock(18 * 60), clock(30), clock(-20 * 60), clock(7 * 3600)
    ('20:18', '20:00:30', '19:40', '03:00')
    """
    whole = _nearest(_number("t", t)) + _seconds_of_day("starts_at", starts_at)
    of_day = whole % SECONDS_A_DAY
    text = f"{of_day // 3600:02d}:{of_day // 60 % 60:02d}"
    return f"{text}:{of_day % 60:02d}" if of_day % 60 else text


def parse_clock(text: str, starts_at: str = "20:00") -> float:
    """Seconds from the announced start to a time on the wall: the nearest such time, either side.

    So with a start at 20:00, 19:40 is twenty minutes before it and 03:00 is seven hours after.

    >>> parse_clock("20:42"), parse_clock("19:40"), parse_clock("20:00:30"), parse_clock("03:00")
    (2520.0, -1200.0, 30.0, 25200.0)
    """
    difference = _seconds_of_day("text", text) - _seconds_of_day("starts_at", starts_at)
    half_a_day = SECONDS_A_DAY // 2
    return float((difference + half_a_day) % SECONDS_A_DAY - half_a_day)


def people(n: float) -> str:
    """A head-count as one would say it: exact below ten thousand, three figures above.

    >>> people(1_318_000), people(102_400), people(915_000), people(9_412), people(1)
    ('1.32 million', '102,000', '915,000', '9,412', '1')
    >>> people(0.2)
    'fewer than 1'
    """
    number = _number("people", n)
    if number < 0:
        raise ValueError(f"people is {n}: a head-count cannot be negative; give 0 or more.")
    if 0 < number < 0.5:
        return "fewer than 1"
    if _nearest(number) < 10_000:
        return f"{_nearest(number):,}"
    rounded = _three_figures(number)
    for size, name in _PEOPLE_SCALES:
        if rounded >= size:
            return f"{_plain(Decimal(rounded) / size)} {name}"
    return f"{rounded:,}"


def duration(seconds: float) -> str:
    """A length of time in the words one would say aloud.

    Tenths below ten seconds, seconds below ten minutes, whole minutes from there on.

    >>> duration(2520), duration(4320), duration(41), duration(200), duration(7200)
    ('42 minutes', '1 h 12 min', '41 seconds', '3 min 20 s', '2 hours')
    >>> duration(0.25), duration(4.24), duration(60)
    ('0.25 seconds', '4.2 seconds', '1 minute')
    """
    number = _number("duration", seconds)
    if number < 0:
        raise ValueError(
            f"duration is {seconds}: a length of time cannot be negative; "
            "for a moment before the start use clock()."
        )
    if 0 < number < 0.01:
        return "under 0.01 seconds"
    if number < 1:
        return _count(_rounded(number, "0.01"), "second")
    if number < 9.95:
        return _count(_rounded(number, "0.1"), "second")
    whole = _nearest(number)
    if whole < 600:
        return _minutes_and_seconds(whole)
    return _hours_and_minutes(_nearest(number / 60))


def share(x: float) -> str:
    """A part of a whole as a percentage that never claims all or none unless it is so.

    `x` runs from 0 to 1. Tenths are shown below ten and from 99 per cent on, where they matter.

    >>> share(0.17), share(0.042), share(0.995), share(1), share(0)
    ('17 %', '4.2 %', '99.5 %', '100 %', '0 %')
    >>> share(0.99996), share(0.0004)
    ('more than 99.9 %', 'under 0.1 %')
    """
    number = _number("share", x)
    if not 0 <= number <= 1:
        raise ValueError(
            f"share is {x}: a part of a whole runs from 0 to 1; divide the part by the whole."
        )
    if number in (0, 1):
        return f"{int(number * 100)} %"
    if number > 0.999:
        return "more than 99.9 %"
    if number < 0.001:
        return "under 0.1 %"
    # Decided on the value itself, so that .0996 is 10 % and .9896 is 99 %, never "9.96".
    tenths = number < 0.0995 or number >= 0.99
    return f"{_plain(_rounded(number * 100, '0.1' if tenths else '1'))} %"


def span(low: float, high: float) -> str:
    """From a number to another, in as few figures as let one see how far they are apart; two at least.

    >>> span(512.3, 8968), span(2314, 2702), span(2441, 2463), span(0.084, 1.2)
    ('510 to 9,000', '2,300 to 2,700', '2,441 to 2,463', '0.084 to 1.2')
    >>> span(500, 500)
    '500'
    """
    ends = sorted((_number("low", low), _number("high", high)))
    apart = ends[1] - ends[0]
    coarsest = Decimal(repr(apart / 3)).adjusted() if apart else 99
    said = []
    for end in ends:
        exponent = min(coarsest, Decimal(repr(end)).adjusted() - 1)
        said.append(
            _plain(Decimal(repr(end)).quantize(Decimal((0, (1,), exponent)), ROUND_HALF_UP))
        )
    return said[0] if said[0] == said[1] else " to ".join(said)


def _number(field: str, value: float) -> float:
    """`value` as a float, or a sentence."""
    try:
        if isinstance(value, (bool, str, bytes)):
            raise TypeError
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{field} is {value!r}: give a number.") from None
    if not math.isfinite(number):
        raise ValueError(
            f"{field} is {value}: give a finite number, "
            "or say in words what never happened (nan) or never ends (inf)."
        )
    return number


def _seconds_of_day(field: str, text: str) -> int:
    """Seconds since midnight of a time such as 20:42 or 20:00:30."""
    found = _CLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    parts = [int(part or 0) for part in found.groups()] if found else [24, 0, 0]
    if parts[0] > 23 or parts[1] > 59 or parts[2] > 59:
        raise ValueError(
            f"{field} is {text!r}: give a time between 00:00 and 23:59:59, such as '20:42'."
        )
    return parts[0] * 3600 + parts[1] * 60 + parts[2]


def _rounded(number: float, step: str) -> Decimal:
    """`number` to the step, halves away from zero, as a reader would round the printed figure."""
    return Decimal(repr(number)).quantize(Decimal(step), rounding=ROUND_HALF_UP)


def _nearest(number: float) -> int:
    """The nearest whole number, a half counting as up."""
    return math.floor(number + 0.5)


def _three_figures(number: float) -> int:
    """The number to three figures, as a whole number."""
    exponent = Decimal(repr(number)).adjusted() - 2
    return int(Decimal(repr(number)).scaleb(-exponent).quantize(1, ROUND_HALF_UP) * 10**exponent)


def _plain(number: Decimal) -> str:
    """A decimal without trailing zeros and never in powers of ten."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _count(number: Decimal | int, noun: str) -> str:
    """The number with its noun, in the plural unless it is exactly one."""
    return f"{_plain(Decimal(number))} {noun}{'' if number == 1 else 's'}"


def _minutes_and_seconds(whole: int) -> str:
    """Below ten minutes: seconds still matter."""
    if whole % 60 == 0 and whole:
        return _count(whole // 60, "minute")
    if whole < 120:
        return _count(whole, "second")
    return f"{whole // 60} min {whole % 60} s"


def _hours_and_minutes(whole_minutes: int) -> str:
    """From ten minutes on: seconds no longer matter."""
    if whole_minutes < 60:
        return _count(whole_minutes, "minute")
    if whole_minutes % 60 == 0:
        return _count(whole_minutes // 60, "hour")
    return f"{whole_minutes // 60} h {whole_minutes % 60} min"
