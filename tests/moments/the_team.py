"""Unit 08: three fewer cost nothing, one other costs most of the crowd; a page beats two hires, until the fault is new.

A part stands still for a minute; the flood after it stays until somebody opens the line. Who finds that out, and when,
is the team's affair. Without F, G and H the line opens as soon as with all eight: others know what they know. Without
D, the only one who knows the part, it opens half an hour later, and hardly anybody gets in. A one-page runbook brings
back what D knew; two hires do not. With a fault that nobody has seen the page is done in vain. Mechanism: who knows a
part finds it in minutes, the others work it out in an hour. If all find as fast, none of it happens.

(Not confirmed: that D is the one who matters. Another part might have failed; which one is known only afterwards.)
"""

import functools

from loadbearing import cases, readings, simulate
from loadbearing.cases.incidents import MONEY
from loadbearing.team import PARTS, hired
from loadbearing.team import without as gone
from loadbearing.team.money import loss_over_saving

ROOM = 0.1
FLAT, CLIFF, PAGE_BEATS, NO_BETTER = 0.1, 0.2, 0.2, 0.05
PAGE = {"pages": ("store",)}
NO_D, NO_FGH = {"team": gone("D")}, {"team": gone("FGH")}
HIRES = {"team": gone("D") + hired(2)}


@functools.lru_cache(maxsize=64)
def _run(name, seed, changes):
    return readings.share_in(
        simulate(cases.build(name, dict(changes)).scaled(ROOM), seed, sample=0, progress=False)
    )


def share_in(seed, name="the_call", **changes):
    """The share of the crowd who are in, on one evening in a small room, with some inputs of the case changed."""
    return _run(name, seed, tuple(sorted(changes.items())))


def flat_then_cliff(seed, **changes):
    """Whether three fewer change hardly anything, and one other changes much."""
    full = share_in(seed, **changes)
    three, one = (share_in(seed, **changes, **away) for away in (NO_FGH, NO_D))
    return abs(full - three) <= FLAT and full - one >= CLIFF


def page_over_hires(seed, name="the_call"):
    """The share in with a page for the part, less the share in with two hires; D is away both times."""
    return share_in(seed, name, **NO_D, **PAGE) - share_in(seed, name, **HIRES)


def happens(seed):
    """Flat, cliff; the page beats the hires, and no longer does where the fault is new."""
    known, new = page_over_hires(seed), page_over_hires(seed, "the_new_fault")
    return flat_then_cliff(seed) and known >= PAGE_BEATS and new <= NO_BETTER


def without(seed):
    """The same evening where those who do not know the part find it as fast as those who do."""
    finds_s = cases.inputs("the_call")["finds_s"].value
    return flat_then_cliff(seed, searches_s=finds_s)


def balance():
    """F6, from cutting those whom others can stand in for to cutting D where such evenings are many and dear."""
    money = {key: one.value for key, one in MONEY.items()}
    crowd = cases.get("the_call").crowd.listeners

    def ratio(away, evenings, value):
        lost = [
            max(0.0, share_in(1, part=part) - share_in(1, part=part, team=gone(away)))
            for part in PARTS
        ]
        return loss_over_saving(lost, crowd, evenings, value, len(away) * money["salary"])

    return {"F6": (ratio("FGH", 1, 0.1), ratio("D", 12, 10.0))}
