"""The judges of a line and of a rule: near par or not, and the run that answers each wrong idea."""

from __future__ import annotations

import numpy as np

from loadbearing import cases
from loadbearing.checks import unit_06_line as line
from loadbearing.checks.reply import AnswerError, no, not_yet, yes
from loadbearing.units import people, share

A_LITTLE_MORE, MUCH_FASTER = 1.25, 1.15
AS_FAST = 0.95
SOME, ALL_OF_IT, MANY = 0.9, 0.99, 5.0


def door_rate():
    """People a second that the whole door can let in on an evening of average weather."""
    held = cases.inputs("the_restart")
    return held["handlers"].value / held["service_s"].value


def line_rate(answer):
    """Judge how many people a second a line lets through."""
    rate = line.checked_rate(answer)
    trial, par = line.tried(rate), line.sweep()["line"]
    told = f"With {people(rate)} a second: {trial}."
    if trial.holds and trial.score <= line.NEAR_PAR * par["score"]:
        fast = line.tried(door_rate())
        return yes(
            f"{told} The best line known comes to {people(par['score'])} person-hours, one as fast as the door to "
            f"{people(fast.score)}, kept on {fast.kept}. A little too slow costs a little; too fast costs the evening."
        )
    if rate > MUCH_FASTER * door_rate():
        return _no_line(rate, trial, told)
    if rate >= AS_FAST * door_rate():
        return _average_door(trial, told)
    if rate > par["rate"]:
        return _lucky(trial, told, par)
    return _too_careful(rate, told, par)


def _no_line(rate, trial, told):
    """Any line makes people wait longer. The run: no line at all."""
    none = line.tried(None)
    return no(
        "no line",
        f"{told} That is hardly a line: with none at all it is {none}. More come through than the door can let in, "
        f"and {share(trial.worst.dead)} of the worst evening's work is for people who had left.",
    )


def _average_door(trial, told):
    """Exactly what the door can do. The run: the slowest evening."""
    worst = trial.worst
    return no(
        "the average door",
        f"{told} The door does that much on average. On the worst evening it is slower, a queue grows, "
        f"and {share(worst.dead)} of its work is for people who had left: {people(worst.hours)} person-hours on "
        "that evening alone.",
    )


def _lucky(trial, told, par):
    """Best on most evenings. The run: the worst of them beside par's."""
    best = line.tried(par["rate"])
    return no(
        "lucky evenings",
        f"{told} On a middling evening that is better than the best line known, {people(trial.middle)} against "
        f"{people(best.middle)}. On the worst it is {people(trial.worst.hours)} against {people(best.worst.hours)}.",
    )


def _too_careful(rate, told, par):
    """Slow is safe. The run: a quarter faster."""
    more = line.tried(min(A_LITTLE_MORE * rate, par["rate"]))
    came = cases.get("the_restart").crowd.listeners / 600
    as_before = abs(rate - came) <= 0.05 * came
    why = " So fast they came, but then nobody was waiting outside." if as_before else ""
    return no(
        "as they came" if as_before else "too careful",
        f"{told}{why} Safe, and slower than it need be: with {people(min(A_LITTLE_MORE * rate, par['rate']))} "
        f"a second it is {more}.",
    )


def following_line(answer):
    """Judge a rule that sets the line from what the door did in the last ten seconds."""
    if not callable(answer):
        kind = type(answer).__name__
        raise AnswerError(
            f"This is {kind!r}, no rule; give the function: decide, without brackets after it."
        )
    trial, said = line.tried_rule(answer)
    if said and all(rate is None for _, rate in said):
        return not_yet(f"While requests wait your rule says nothing, and the line stays: {trial}.")
    par, fixed = line.sweep()["rule"], line.sweep()["line"]
    told = f"Your rule: {trial}."
    if trial.holds and trial.score <= line.NEAR_PAR * par["score"]:
        why = (
            "It brakes to one number whatever the door does; on an evening slower than that it would be lost."
            if _fixed(said)
            else "Your rule knows no weather. It looks at what the door has just done."
        )
        return yes(
            f"{told} The best rule known: {people(par['score'])}; the best fixed number: "
            f"{people(fixed['score'])}. {why}"
        )
    return _wrong_rule(trial, said, told)


def _fixed(said):
    """Whether a rule said one and the same number each time that requests waited."""
    return len({float(rate) for _, rate in said if rate is not None}) == 1


def _wrong_rule(trial, said, told):
    """Which idea does it follow, by how much it lets through of what the door did?"""
    rates = [float(rate) for _, rate in said if rate is not None]
    some, _ = line.tried_rule(line.following(SOME))
    better = f"Nine tenths of what the door did: {some}."
    if not rates:
        return no("never asked", f"{told} Hardly anything ever waits at the door. {better}")
    if _fixed(said):
        return no(
            "a fixed number",
            f"{told} While requests wait it always says {people(rates[0])}, whatever the door does. {better}",
        )
    parts = [rate / did for did, rate in said if rate is not None and did > 0]
    part = float(np.median(parts)) if parts else 0.0
    if part >= MANY:
        return no(
            "ten seconds for one",
            f"{told} `seen.services` counts ten seconds, and the line is set in people a second: yours lets "
            f"through {part:.0f} times what the door did. {better}",
        )
    if part >= ALL_OF_IT:
        return no(
            "no room to catch up",
            f"{told} It lets through {part:.2g} times what the door did. A queue that has grown never "
            f"shrinks, and what the door did was partly for people who had left. {better}",
        )
    return no(
        "too careful" if trial.kept >= line.ENOUGH * len(line.UNSEEN) else "other",
        f"{told} It lets through {part:.2g} times what the door did. {better}",
    )
