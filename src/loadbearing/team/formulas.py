"""What can be said about a response without playing it: the closed forms that the model is held against."""

from __future__ import annotations

import math
import statistics


def first_of(number, mean, cv):
    """Return the median of the first of so many lognormal times with this mean and coefficient of variation.

    The first of n is later than t with (1 - F(t))^n; so F = 1 - .5^(1/n), and t = exp(mu + sigma z) with z its normal
    quantile (order statistics: David & Nagaraja 2003, ch. 2).
    """
    spread = math.log(1 + cv * cv)
    z = statistics.NormalDist().inv_cdf(1 - 0.5 ** (1 / number))
    return mean * math.exp(math.sqrt(spread) * z - spread / 2)


def first_answer(number, mean_s, every_s):
    """Return the mean time, in seconds, until the first answer, if one more is called every `every_s` seconds.

    Answers are exponential with mean `mean_s`; `number` can be called. While i + 1 have been called somebody answers at
    rate (i + 1) / m; so E = m sum_i prod_{j<=i} exp(-j a / m) (1 - exp(-(i + 1) a / m)) / (i + 1), the last stretch
    without an end.
    """
    total, unanswered = 0.0, 1.0
    for called in range(1, number + 1):
        ends = 1.0 if called == number else -math.expm1(-called * every_s / mean_s)
        total += unanswered * mean_s * ends / called
        unanswered *= math.exp(-called * every_s / mean_s)
    return total


def share_in_after(scenario, seconds):
    """Return the share who are in if the line opens so many seconds after the first fault, and nobody gets in before.

    The fluid limit of an evening of `Steady` arrivals with exponential patience, and a line faster than they come:
    outside when it opens, n = lambda theta (1 - exp(-R / theta)); the line is empty theta ln(1 + n / ((r - lambda)
    theta)) seconds later (from dn/dt = lambda - r - n / theta). Runs, which have a door behind the line and clients
    that come back late, end up to two points lower. Where it opens long after the last has come, or never, a run ends
    higher: the flood goes as people leave, and the door works again for those who are still there.
    """
    crowd, fault_s, ends = scenario.crowd, scenario.faults[0].at_s, scenario.ends_s
    last = crowd.arrivals.until_s
    rate = crowd.listeners / (last - crowd.arrivals.from_s)
    line, patience = scenario.waiting_room.admits_per_s, crowd.patience.mean_s
    opens = min(fault_s + seconds, ends)
    inside = rate * (fault_s - crowd.arrivals.from_s)
    outside = rate * patience * -math.expm1(-(min(opens, last) - fault_s) / patience)
    outside *= math.exp(-max(0.0, opens - last) / patience)
    now = opens
    if now < last:
        empty = patience * math.log1p(outside / ((line - rate) * patience))
        if now + empty <= last:
            inside += line * empty + rate * (last - now - empty)
            return inside / crowd.listeners
        inside += line * (last - now)
        more = (line - rate) * patience
        outside = (outside + more) * math.exp(-(last - now) / patience) - more
        now = last
    empty = min(patience * math.log1p(outside / (line * patience)), ends - now)
    return (inside + line * empty) / crowd.listeners


def page_helps(new_share):
    """Return the chance that the page of the part that failed helps: it does for known faults, and for no new one."""
    return 1 - new_share


def lesson_helps(free, taught=1):
    """Return the chance that at least one of those who were taught the part can be reached: 1 - (1 - free)^taught."""
    return 1 - (1 - free) ** taught


def break_even(free, taught=1):
    """Return from which share of new faults on a lesson helps more often than a page: (1 - free)^taught."""
    return (1 - free) ** taught
