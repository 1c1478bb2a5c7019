"""A launch that was worked out, in five sentences: the claims first, each with its numbers and how sure they are."""

from __future__ import annotations

from loadbearing.launch.measures import dollars, said
from loadbearing.launch.questions import LINES
from loadbearing.launch.telling import EXPECTED, carried, sure
from loadbearing.units import duration, people, share


def summary(worked):
    """Return five sentences of a `Worked`: load line, dearest trouble, plan, stop rule, what is assumed."""
    return [
        _line(worked.launch, worked.lines[0]),
        _trouble(worked.premortem[0], worked.lines[0]),
        _plan(worked.plan),
        _rule(worked.stop_rule),
        _assumed(worked.launch),
    ]


def _line(a_launch, line):
    expected, within = people(a_launch.expected), duration(60 * a_launch.promise_minutes)
    _, median, least, most = line.kept[EXPECTED]
    as_promised = f"{share(median)} of them are in within {within}"
    between = "" if least == most else f" ({share(least)} to {share(most)})"
    then = f"{expected} are expected, and {as_promised}{between}."
    if line.crowd == 0:
        return f"On an ordinary evening no crowd can be promised this; {then}"
    return f"On an ordinary evening this launch carries {carried(a_launch, line)} people{sure(line)}; {then}"


def _trouble(one, line):
    breaks = f"; on an ordinary evening {line.breaks} gives way first" if line.breaks else ""
    middle, least, most = one.lost
    if not most:
        return f"Nothing that was tried keeps anybody from being in as promised{breaks}."
    return (
        f"What costs most is “{one.name}”: {people(middle)} of {people(one.crowd)} people are not in as promised "
        f"({people(least)} to {people(most)}), worth {dollars(one.cost)}{breaks}."
    )


def _plan(plan):
    kept = f"kept the promise on {plan.seen.worst} of {plan.seen.evenings} evenings that were not used to choose it"
    if not plan.chosen and plan.keeps:
        return f"No plan is needed: the launch as it is {kept}."
    which = "The cheapest plan is" if plan.keeps else "No plan keeps the promise; the nearest is"
    return f"{which} {said(plan.chosen)}, for {dollars(plan.price)}: it {kept}."


def _rule(rule):
    if rule.minute is None:
        return rule.sentence
    alarms, one = rule.tally.false_alarms, rule.tally
    when, later = duration(60 * rule.minute), duration(60 * rule.postpone)
    return (
        f"If fewer than {share(rule.below)} are in {when} after the start, {rule.decides} moves it by {later}: that "
        f"caught {one.caught} of {one.bad} bad evenings, with {alarms} false alarm{'' if alarms == 1 else 's'} on "
        f"{one.good} good ones."
    )


def _assumed(a_launch):
    own, of = len(a_launch.own), len(LINES)
    return (
        f"Of the {of} numbers behind this {own} are the founder's own and {of - own} are assumptions, each named with "
        "its reason."
    )
