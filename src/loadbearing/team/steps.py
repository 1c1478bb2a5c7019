"""The steps of an incident and how long each takes: from the first bad minute to the change that helps.

The values stand with the case (`cases.incidents`), each with its kind and its reason; nearly all are assumptions.
"""

from __future__ import annotations

from loadbearing.parts import part, quantity

REHEARSED = 0.5
"""How long a rehearsed step takes, of what it takes otherwise: to answer, to look, to tell, to act. An assumption.
Finding is never quicker."""

REST_AFTER = 2
"""How many calls in a shift leave nobody tired: "a maximum of two events per on-call shift" (Site Reliability
Engineering, ch. 11, O'Reilly 2016)."""


@part
class Steps:
    """How long each step takes on average, in seconds, and what sets off the alarm."""

    alert_every_s: float = quantity("how often the alarm looks", "seconds", above=0)
    alert_at: float = quantity(
        "requests that fail, of all, from which on a look is bad", "", most=1
    )
    alert_looks: int = quantity("bad looks in a row until it calls", "looks", least=1, whole=True)
    ack_s: float = quantity("from the call until somebody is at work", "seconds")
    escalates_s: float = quantity("until the next is called if nobody answers", "seconds", above=0)
    looks_s: float = quantity("the first look: what is it about", "seconds")
    finds_s: float = quantity("until somebody who knows the part has found it", "seconds")
    searches_s: float = quantity("until somebody who does not has worked it out", "seconds")
    asks_after_s: float = quantity("until those at work ask all others", "seconds")
    told_s: float = quantity("telling somebody who joins what is known", "seconds")
    page_s: float = quantity("doing what the runbook says", "seconds")
    in_vain_s: float = quantity("until one sees that it did not help", "seconds")
    acts_s: float = quantity("doing what was found", "seconds")
    handed_over: float = quantity("of a search that the next shift is handed", "", most=1)
    slower_each: float = quantity("slower for each call of the shift above two", "", most=10)
    cv: float = quantity("unevenness of each step of a person", "", most=10)


def tired(steps, called_before):
    """Return how many times as long a step takes after so many calls in the same shift.

    1 + `slower_each` for each call above two. The limit of two is published (see `REST_AFTER`); the size is an
    assumption.
    """
    return 1 + steps.slower_each * max(0, called_before - REST_AFTER)
