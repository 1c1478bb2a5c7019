"""Reading the plans beforehand: which faults would have been found by whom, before there was an evening."""

from __future__ import annotations


def found_beforehand(people, part, knows, other):
    """Return the chance that a planted fault of a part is found if all of these people read the plans, each alone.

    `knows`, `other`: the chance that one reader finds it, who knows the part and who does not. Independent readers:
    1 - (1 - knows)^k (1 - other)^(n - k).
    """
    missed = 1.0
    for one in people:
        missed *= 1 - (knows if part in one.knows else other)
    return 1 - missed
