"""The balance of the claims: of each what the student's own runs said, from the verdicts that were kept."""

from __future__ import annotations

import collections
import dataclasses
import math

from loadbearing.claims import claims
from loadbearing.progress.contents import at

NOT_JUDGED = "not judged"
VERDICTS = {"holds": "holds", "fails": "fails", "undecided": "cannot be decided"}
"""How a kept verdict is said in the balance."""


@dataclasses.dataclass(frozen=True)
class Row:
    """One claim in the balance: its key, whose reading makes it, what it says, the verdict and its number.

    `verdict`: "holds", "fails", "cannot be decided" or "not judged". `number`: the deciding quantity in words, or ""
    where none was kept. `because`: the student's reason, or "". `unit`: the unit that judged it last, or "".
    """

    key: str
    reading: str
    claim: str
    verdict: str = NOT_JUDGED
    number: str = ""
    because: str = ""
    unit: str = ""


def balance(verdicts):
    """Return a `Row` for every claim of the course, in its order.

    `verdicts`: that section of the progress file, {"unit/claim": entry}. Of a claim judged in two units the later
    verdict stands; an entry that somebody damaged counts as not judged.
    """
    latest = {}
    for name, entry in (verdicts or {}).items():
        unit, _, key = str(name).rpartition("/")
        if key in claims() and _readable(entry):
            before = latest.get(key)
            if before is None or at(entry) >= at(before[1]):
                latest[key] = unit, entry
    return tuple(_row(one, *latest.get(one.key, ("", None))) for one in claims().values())


def _readable(entry):
    """Whether an entry of the file is a verdict."""
    return isinstance(entry, dict) and VERDICTS.get(str(entry.get("verdict"))) is not None


def _row(claim, unit, entry):
    """One claim, judged in this unit or in none."""
    row = Row(claim.key, claim.reading, claim.claim)
    if entry is None:
        return row
    because = entry.get("because")
    return dataclasses.replace(
        row,
        verdict=VERDICTS[entry["verdict"]],
        number=_number(claim, entry),
        because=because if isinstance(because, str) else "",
        unit=unit,
    )


def _number(claim, entry):
    """The deciding quantity that was kept with a verdict, in words; "" where there is none."""
    evidence = entry.get("evidence")
    decided = evidence.get("decided") if isinstance(evidence, dict) else None
    value = decided.get("value") if isinstance(decided, dict) else None
    known = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return claim.say(value) if known else ""


def told_balance(rows):
    """Return the balance in a sentence: how many claims hold, fail, cannot be decided, and were not judged.

    >>> told_balance(balance({"the_flood/F2": {"verdict": "holds"}}))
    'Of 24 claims 1 holds, 0 fail, 0 cannot be decided, and 23 were not judged.'
    """
    counted = collections.Counter(one.verdict for one in rows)
    holds, fails, left = counted["holds"], counted["fails"], counted[NOT_JUDGED]
    unsaid = f"{left or 'none'} {'was' if left < 2 else 'were'} not judged"
    return (
        f"Of {len(rows)} claims {holds} {'holds' if holds == 1 else 'hold'}, "
        f"{fails} {'fails' if fails == 1 else 'fail'}, {counted['cannot be decided']} cannot be decided, and {unsaid}."
    )
