"""Unit 11: the best plan after which no luck makes a bad evening carries about half of what the best plan known does.

Both are solved backwards over eight quarters, with all luck summed. On each history the careful plan has no bad evening
and finishes below nine tenths of par. The mechanism: nobody knows beforehand. Who must survive the hidden fault, the
threefold crowd and the slow day at once keeps capacity for many times the crowd in every quarter, and has little left
for features. If the luck of the same history is known before the budget is spent, the best plan without a bad evening
carries nearly all of what the best plan does.

The half that keeps it honest: nearly safe costs little. A bad evening in four roadmaps, where par has eight in ten,
costs a twentieth (`authoring/frontier_11.py`).

Not confirmed: that par is ahead of a plan that merely had no bad evening in the histories seen, on every history. Nor
that caution is dear everywhere: where capacity is twenty times cheaper the careful plan carries more than nine tenths.
Where failure is dear enough, par itself hardly has a bad evening.
"""

import functools

from loadbearing import roadmap
from loadbearing.labs import roadmaps

BELOW = 0.9


@functools.cache
def played(seed, known):
    """(par's rows, the careful plan's rows) of one history; `known`: both know its luck beforehand."""
    company, luck = roadmap.PLAIN, seed if known else None
    plans = (
        (roadmap.best(company, known=luck), roadmap.best(company, roadmap.NEVER, known=luck))
        if known
        else (roadmap.par(company), roadmap.careful(company))
    )
    return tuple(roadmap.play(company, plan, seed) for plan in plans)


def below_par(seed, known=False):
    """Whether the careful plan has no bad evening and finishes below par."""
    par, careful = played(seed, known)
    return roadmap.bad(careful) == 0 and roadmap.total(careful) < BELOW * roadmap.total(par)


def happens(seed):
    """The plan without a single bad evening finishes below par."""
    return below_par(seed)


def without(seed):
    """The same history, when its luck is known beforehand: nothing is kept ready for what does not come."""
    return below_par(seed, known=True)


def balance():
    """Each claim with the lowest and highest value of its deciding quantity where the knobs of the lab may stand."""
    bench = roadmaps.lab_bench()
    decided = {
        "F5": roadmaps.ahead_if_growth_waits,
        "F8": roadmaps.best_share_of_features,
        "F9": roadmaps.worth_of_more_capacity,
    }
    found = {key: [] for key in decided}
    for places in (
        {},
        {"features": 1},
        {"features": 8},
        {"handlers_a_part": roadmaps.NEARLY_FREE},
    ):
        bench.reset()
        for path, at in places.items():
            bench.turn(path, at)
        for key, decide in decided.items():
            found[key].append(decide(bench)[0])
    return {key: (min(many), max(many)) for key, many in found.items()}
