"""One clause to ask for, and what a second supplier is worth: each played over a season, or over all nights."""

from __future__ import annotations

import functools
import math

from loadbearing import contract
from loadbearing.cases import contracts
from loadbearing.checks.plans import money
from loadbearing.checks.reply import AnswerError, no, not_yet, yes

ASKED = ("99.99", "money_back", "stand_by", "logs")
"""The four clauses of the exercise: keys of `contract.CLAUSES`."""

ANSWERS = {
    "99.99": "99.99",
    "99.99 %": "99.99",
    "money back": "money_back",
    "stand-by": "stand_by",
    "logs": "logs",
}
"""What may be written, and which clause it names."""

IDEAS = {
    "99.99": ("another nine", "The bad nights become a tenth; but they were a thousandth."),
    "money_back": ("money back", "The bill comes back; the people of that night do not."),
    "stand_by": ("one more supplier", "It is paid at every event and needed on nearly none."),
}


@functools.cache
def saved():
    """Return {key: dollars} that each clause saves over the season of the question."""
    return contract.clause_saves(contract.world(events=contracts.CLAUSE_EVENTS.value))


def said(key):
    """Return what a clause saves, in words."""
    dollars = saved()[key]
    return (
        f"saves {money(dollars)}" if dollars >= 0 else f"costs {money(-dollars)} more than it saves"
    )


def clause(answer):
    """Judge which of four clauses saves most over six events."""
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        answer = str(answer)
    if not isinstance(answer, str) or answer.strip().lower().rstrip(".") not in ANSWERS:
        given = repr(answer if isinstance(answer, str) else type(answer).__name__)
        raise AnswerError(f"This is {given}; write one of {', '.join(map(repr, ANSWERS))}.")
    key = ANSWERS[answer.strip().lower().rstrip(".")]
    best = max(ASKED, key=saved().get)
    table = "; ".join(f"{contract.CLAUSES[one]} {said(one)}" for one in ASKED if one != key)
    if key == best:
        return yes(
            f"Over {contracts.CLAUSE_EVENTS.value} events {contract.CLAUSES[key]} save {money(saved()[key])}: the "
            f"fault is found, and a full limit shows the crowd. For comparison: {table}. At 99.9 % hardly anything "
            "about the bad nights matters."
        )
    error, why = IDEAS[key]
    return no(
        error,
        f"{contract.CLAUSES[key].capitalize()} {said(key)} over {contracts.CLAUSE_EVENTS.value} events. {why} "
        f"{contract.CLAUSES[best].capitalize()} save {money(saved()[best])}.",
    )


# --- a second supplier ---------------------------------------------------------------------------

EXAMPLE = dict(people=100_000, worth=0.25, fails=0.001, shared=0.1, retainer=1_300)
"""What the exercise's own cell prints."""

PROBES = (
    EXAMPLE,
    dict(people=100_000, worth=0.25, fails=0.05, shared=0.1, retainer=1_300),
    dict(people=100_000, worth=0.25, fails=0.05, shared=1.0, retainer=1_300),
    dict(people=20_000, worth=2.0, fails=0.1, shared=0.5, retainer=700),
)
"""What a function is tried with: the example, worse suppliers, one that stands on the other, a small event."""


def exactly(people, worth, fails, shared, retainer):
    """Dollars that a second supplier is worth an event, from the chances that one and that both are gone."""
    return people * worth * (fails - contract.all_gone(fails, shared, 2)) - retainer


WRONG = {
    "forgets what they share": lambda people, worth, fails, shared, retainer: people * worth * fails - retainer,
    "squared": lambda people, worth, fails, shared, retainer: people * worth * fails**2 - retainer,
    "the shared part": lambda people, worth, fails, shared, retainer: people * worth * fails * shared - retainer,
    "forgets its price": lambda people, worth, fails, shared, retainer: people * worth * fails * (1 - shared),
    "every night": lambda people, worth, fails, shared, retainer: people * worth * (1 - shared) - retainer,
}  # fmt: skip
WHY = {
    "forgets what they share": "Where one stands on the other it helps on no night, and yours still counts them.",
    "squared": "It helps on nights on which one is gone, not only where both would be.",
    "the shared part": "On shared nights both are gone. It helps on the others: 1 - shared.",
    "forgets its price": "It asks for its retainer at every event.",
    "every night": "It helps only on nights on which the first is gone: times fails.",
}


def second_supplier(answer):
    """Judge a function that says what a second supplier is worth an event."""
    if not callable(answer):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no function; run the cell of the function first."
        )
    given = [_tried(answer, probe) for probe in PROBES]
    if all(one is None for one in given):
        return not_yet("The function returns nothing yet: put one line in place of the dots.")
    right = [contract.worth_of_a_second(**probe) for probe in PROBES]
    exact = [exactly(**probe) for probe in PROBES]
    if any(_same(given, one) for one in (right, exact)):
        return yes(
            f"At one night in a thousand it is worth {_dollars(exact[0])} an event. At one in twenty, "
            f"{_dollars(exact[1])}; and if it stands on the first, {_dollars(exact[2])}. Ask whom your supplier "
            "stands on."
        )
    worst = max(range(len(PROBES)), key=lambda at: _off(given[at], exact[at]))
    probe = PROBES[worst]
    counter = (
        f"With fails = {probe['fails']:g} and shared = {probe['shared']:g} yours says {_dollars(given[worst])}. "
        f"Over all nights there are it is {_dollars(exact[worst])}."
    )
    for idea, wrong in WRONG.items():
        if _same(given, [wrong(**one) for one in PROBES]):
            return no(idea, f"{counter} {WHY[idea]}")
    return no(
        "other",
        f"{counter} People, times worth, times the nights on which it helps, less the retainer.",
    )


def _tried(function, probe):
    """What the student's function returns: a number, None, or the sentence that says what went wrong."""
    try:
        found = function(**probe)
    except Exception as slip:
        raise AnswerError(f"Your function stopped with {type(slip).__name__}: {slip}.") from None
    if found is None or found is ...:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        raise AnswerError(f"Your function returned {found!r}; return a number of dollars.")
    return float(found)


def _same(given, other):
    return all(
        one is not None and math.isclose(one, two, rel_tol=1e-6, abs_tol=1e-6)
        for one, two in zip(given, other, strict=True)
    )


def _off(one, other):
    return math.inf if one is None else abs(one - other)


def _dollars(value):
    if value is None:
        return "nothing"
    return f"{'minus ' if round(value) < 0 else ''}{money(abs(value))}"
