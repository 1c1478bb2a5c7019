"""Unit 10: two suppliers of 99.9 % are gone on the same night, far more often than on paper; a third changes nothing.

A hundred thousand nights. Each of three suppliers keeps its promise: it is gone on about a hundred of them. Multiplied
on paper, the first two would both be gone on a tenth of a night. They are gone on about ten, and on most of these the
third is gone as well. The mechanism: one failure in ten is of something that all stand on. With nothing shared the
paper is right.

By hand: nights with both gone are Poisson with mean 10.1, so fewer than 3 have a chance of .0026; without, with mean
.1, 3 or more have one of .00015. A supplier's own count is binomial with a standard deviation of 10.

Not confirmed: how much real suppliers share. Nobody publishes it; one in ten is an assumption, and the lab has a knob.
Any shared part larger than a supplier's own chance of failing breaks the product, so better suppliers break it sooner.
A second candidate was rejected: that a second supplier fails because the first one did, and its people come over. On
simulated evenings the weather was wider than that edge, at every size tried.
"""

from loadbearing import contract

FAILS, SHARED = 0.001, 0.1
NIGHTS, PAPER_TIMES = 100_000, 30
LEAST, MOST = 60, 140
"""Nights gone between which a supplier keeps "99.9 %": the mean and four standard deviations to either side."""


def moment(seed, shared):
    """All keep their promise; the first two are gone together far more often than on paper; the third helps little."""
    seen = contract.nights(seed, FAILS, shared, suppliers=3, nights=NIGHTS)
    kept = all(LEAST <= nights <= MOST for nights in seen.alone)
    both, three = seen.together(2), seen.together(3)
    return kept and both >= PAPER_TIMES * seen.on_paper() and three >= both / 2


def happens(seed):
    """The moment, with one failure in ten shared."""
    return moment(seed, SHARED)


def without(seed):
    """The same if the suppliers share nothing."""
    return moment(seed, 0.0)


def balance():
    """S7's deciding quantity for one event and for twenty-four, the ends of the lab's knob."""
    ends = [contract.owning_against_hiring(contract.world(events=events)) for events in (1, 24)]
    return {"S7": (min(ends), max(ends))}
