"""A plan in words: what is done, how often that kept the promise, and what it would cost without the sentence."""

from __future__ import annotations

from loadbearing.launch.measures import dollars, said
from loadbearing.launch.weathers import BY_KEY


def sentence(plan):
    """Return a `Plan` in words: three or four sentences."""
    return " ".join(filter(None, (_what(plan), _kept(plan), _without(plan), _budget(plan))))


def _what(plan):
    where = "in every weather that was ticked" if len(plan.weathers) > 1 else _in(plan.weathers[0])
    if not plan.keeps:
        return (
            f"No set of these measures keeps the promise {where}. The nearest is {said(plan.chosen)}, for "
            f"{dollars(plan.price)}."
        )
    if not plan.chosen:
        return f"The promise is kept as things stand, {where}: nothing need be done."
    return f"The cheapest plan that keeps the promise {where} is {said(plan.chosen)}, for {dollars(plan.price)}."


def _in(weather):
    return f"in the weather “{BY_KEY[weather].name}”"


def _kept(plan):
    counts = [f"{sum(kept)} ({BY_KEY[key].name})" for key, kept in plan.seen.kept.items()]
    did = "It did so" if plan.keeps and plan.chosen else "It was kept"
    return f"{did} on {_listed(counts)} of {plan.seen.evenings} evenings that were not used to choose it."


def _without(plan):
    if not plan.keeps or not plan.has_a_sentence:
        return ""
    if plan.without is None:
        return "Without a sentence in the invitation no set of these measures is enough."
    return f"Without the sentence the cheapest is {plan.without.said}, for {dollars(plan.without.seen.price)}."


def _budget(plan):
    if plan.in_the_budget:
        return ""
    return f"That is more than the budget of {dollars(plan.launch.budget)}."


def _listed(words):
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
