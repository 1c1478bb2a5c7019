"""What was asked, checked: every formula refuses a wrong input with the same kind of sentence."""

from __future__ import annotations

import math


def number(field: str, value: float) -> float:
    """`value` as a finite float, or a sentence."""
    try:
        if isinstance(value, (bool, str, bytes)):
            raise TypeError
        found = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{field} is {value!r}: give a number.") from None
    if not math.isfinite(found):
        raise ValueError(f"{field} is {value}: give a finite number.")
    return found


def positive(field: str, value: float) -> float:
    """`value` as a float above 0."""
    found = number(field, value)
    if found <= 0:
        raise ValueError(f"{field} is {value}: give a number above 0.")
    return found


def not_negative(field: str, value: float) -> float:
    """`value` as a float of 0 or more."""
    found = number(field, value)
    if found < 0:
        raise ValueError(f"{field} is {value}: give 0 or more.")
    return found


def whole(field: str, value: int, least: int = 1) -> int:
    """`value` as a whole number of at least `least`; 100.0 counts as whole, 2.5 does not."""
    found = number(field, value)
    if found != math.floor(found) or found < least:
        raise ValueError(f"{field} is {value}: give a whole number of {least} or more.")
    return int(value)


def share(field: str, value: float) -> float:
    """`value` as a float from 0 to 1, both included."""
    found = number(field, value)
    if not 0 <= found <= 1:
        raise ValueError(f"{field} is {value}: give a share from 0 to 1.")
    return found


def target(field: str, value: float) -> float:
    """`value` as a float strictly between 0 and 1: a goal that can be reached and missed."""
    found = number(field, value)
    if not 0 < found < 1:
        raise ValueError(f"{field} is {value}: give a share above 0 and below 1, such as 0.01.")
    return found


def stable(arrival_rate: float, service_rate: float, servers: int) -> None:
    """A sentence if more work comes than the servers complete: then no steady state exists."""
    if arrival_rate >= service_rate * servers:
        raise ValueError(
            f"arrival_rate is {arrival_rate:g}, but {servers} server{'s'[: servers != 1]} at "
            f"service_rate {service_rate:g} complete only {service_rate * servers:g}: the queue "
            "grows without end. Add servers, limit the queue (mmck) or let people leave (erlang_a)."
        )
