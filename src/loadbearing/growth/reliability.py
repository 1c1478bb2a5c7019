"""Growth of reliability: how many faults are left, from the moments at which those found were found.

Each fault that is there is found after a time that is exponential with the rate `pace`, and is then removed. So they
come ever less often: by time t, total (1 - exp(-pace t)) of them. Jelinski & Moranda ("Software Reliability Research",
in Freiberger, ed., Statistical Computer Performance Evaluation, 1972) take the total as a fixed unknown number, Goel &
Okumoto ("Time-Dependent Error-Detection Rate Model", IEEE Transactions on Reliability R-28:206, 1979) as a Poisson one.
Both assume faults side by side. Where one fault hides the next, neither fits: the rate is flat until it is zero.
"""

from __future__ import annotations

import dataclasses
import itertools
import math

from loadbearing.parts import ScenarioError

MOST = 1e9
HALVINGS = 200


@dataclasses.dataclass(frozen=True)
class Growth:
    """What was fitted to moments: `times` of the faults found, watched `until`, both in one unit of time.

    `total`: faults in all, the known ones included, on average; infinite if the data show no growth. `pace`: the rate
    at which each fault left is found, for one unit of time; 0 if the data show no growth. `by`: whose rule.
    """

    by: str
    times: tuple
    until: float
    total: float
    pace: float

    @property
    def found(self):
        """Return how many were found."""
        return len(self.times)

    @property
    def finite(self):
        """Tell whether the data show growth: without it there is no finite estimate, which is not an error."""
        return math.isfinite(self.total)

    @property
    def left(self):
        """Return how many are left on average; infinite without growth."""
        return self.total - self.found

    @property
    def rate(self):
        """Return how many are found in a unit of time from now on: pace times left; found / until without growth."""
        return self.pace * self.left if self.finite else self.found / self.until

    def expected(self, t):
        """Return how many are found by the time t on average, from the beginning: total (1 - exp(-pace t))."""
        if not self.finite:
            return self.found * t / self.until
        return -self.total * math.expm1(-self.pace * t)

    def more(self, lasts):
        """Return how many more are found in a time that lasts so long from now on, on average."""
        if not self.finite:
            return self.rate * lasts
        return -self.left * math.expm1(-self.pace * lasts)

    def quiet(self, lasts):
        """Return the chance that none is found for so long from now on.

        Goel & Okumoto: exp(-more). Jelinski & Moranda: exp(-rate lasts), as long as a fault is left.
        """
        poisson = self.by == "Goel-Okumoto" or not self.finite
        return math.exp(-self.more(lasts) if poisson else -self.rate * lasts)

    def say(self):
        """Return in a sentence how many are left."""
        if not self.finite:
            return (
                f"{self.found} found, and the data show no growth: nothing says how many are left."
            )
        left = round(self.left)
        return (
            f"{self.found} found; about {left} left." if left else f"{self.found} found; none left."
        )


def after(gaps):
    """Return the moments of faults from the times between them, as a tuple.

    >>> after((9, 12, 11))
    (9, 21, 32)
    """
    return tuple(itertools.accumulate(gaps))


def checked(times, until=None):
    """Return (times, until) as they are used, or raise `ScenarioError`: moments that rise, watched to their end."""
    times = tuple(times)
    if not times:
        raise ScenarioError("times is empty; give the moment of at least one fault.")
    for before, now in itertools.pairwise((0, *times)):
        if not before <= now < math.inf or now == 0:
            raise ScenarioError(
                f"times holds {now} after {before}; give moments above 0 that rise."
            )
    until = times[-1] if until is None else until
    if not times[-1] <= until < math.inf:
        raise ScenarioError(
            f"until is {until}; give a moment at or after the last fault, {times[-1]}."
        )
    return times, float(until)


def goel_okumoto(times, until=None):
    """Return the `Growth` that is likeliest by Goel & Okumoto (1979), from exact moments.

    With z = pace until: 1/z - 1/(e^z - 1) = mean of the times / until, and total = found / (1 - e^-z). There is a
    finite one only if the mean lies below half of `until`. `until`: how long was watched; up to the last fault unless
    told otherwise. Raises `ScenarioError` for moments that do not rise.
    """
    times, until = checked(times, until)
    share = sum(times) / len(times) / until
    if share >= 0.5:
        return Growth("Goel-Okumoto", times, until, math.inf, 0.0)

    def too_early(z):
        mean = 1 / z - 1 / math.expm1(z) if z > 1e-5 else 0.5 - z / 12
        return mean > share

    z = _root(too_early, 1e-9, 700.0)
    return Growth("Goel-Okumoto", times, until, len(times) / -math.expm1(-z), z / until)


def jelinski_moranda(times, until=None):
    """Return the `Growth` that is likeliest by Jelinski & Moranda (1972), from exact moments.

    With W = found - sum of the times / until: 1/N + 1/(N-1) + ... + 1/(N-found+1) = found / (N - W), and
    pace = found / (until (N - W)). There is a finite N only if W > (found - 1) / 2 (Littlewood & Verrall, IEEE
    Transactions on Reliability R-30:145, 1981). N is never less than was found. `until`: as for `goel_okumoto`.
    """
    times, until = checked(times, until)
    n = len(times)
    early = n - sum(times) / until
    if early <= (n - 1) / 2:
        return Growth("Jelinski-Moranda", times, until, math.inf, 0.0)

    def too_few(total):
        return sum(1 / (total - i) for i in range(n)) > n / (total - early)

    total = _root(too_few, float(n), MOST) if too_few(n) else float(n)
    return Growth("Jelinski-Moranda", times, until, total, n / (until * (total - early)))


def _root(below, low, high):
    """Where `below` turns from true to false, by halving."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return low
