"""The log of one night, read step by step: which step cost most, and what a page would have saved.

The night is an evening like the lab's in a small room, in average weather, with the seven who are left when D has moved
to another team, two of them called first. Each judge plays it again with one thing changed.
"""

from __future__ import annotations

import functools

from loadbearing import cases, readings, simulate
from loadbearing.cases import incidents
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.parts import nearest
from loadbearing.team import remedy, retold, without
from loadbearing.units import share

CASE, SEED, ROOM, MINUTE_S = "the_call", 2, 0.1, 60
CALM = {"turnout": 0.0, "patience": 0.0, "sharpness": 0.0, "service": 0.0}
MOVED, PART, CALLED_FIRST = "D", "store", 2
HALF = 0.5
"""A counter-run halves one step."""
NEAR_MINUTES = 1.0
"""So near to what the log says, or to the night played, is right; whoever leaves the page's own time out is further."""

STEPS = {
    "alarm": ("the fault", "alert", "alert_every_s"),
    "answer": ("alert", "at work", "ack_s"),
    "first look": ("at work", "first look", "looks_s"),
    "finding": ("first look", "found", "searches_s"),
    "acting": ("found", "acted", "acts_s"),
}
"""Each step: from which line of the log to which, and the input that says how long it takes."""

TOLD = {
    "alert": "the alarm calls two people",
    "escalated": "the next is called",
    "at work": "is at work",
    "first look": "has had a first look",
    "all asked": "asks all others",
    "found": "has found it",
    "acted": "opens the line",
    "page": "has done what the page says",
}
"""A line of the log, as it is written."""

WORDS = {
    "alert": "alarm", "alarm": "alarm", "answer": "answer", "answering": "answer", "look": "first look",
    "first look": "first look", "find": "finding", "finding": "finding", "search": "finding",
    "searching": "finding", "act": "acting", "acting": "acting",
}  # fmt: skip


@functools.lru_cache(maxsize=64)
def night(halved="", pages=()):
    """Return (run, log) of the night; `halved`: the step that takes half as long; `pages`: those in the drawer."""
    changes = {
        **CALM,
        "team": without(MOVED),
        "on_call": CALLED_FIRST,
        "free": free(),
        "part": PART,
    }
    changes["pages"] = tuple(pages)
    if halved:
        key = STEPS[halved][2]
        changes[key] = HALF * cases.inputs(CASE)[key].value
    run = simulate(cases.build(CASE, changes).scaled(ROOM), SEED, sample=0, progress=False)
    return run, retold(run)


def free():
    """The chance that somebody can be reached on a night that nobody announced."""
    return incidents.ORDINARY["free"].value


def minutes_of(log, what):
    """Minutes from the fault until a line of the log, or None."""
    fault_s = cases.get(CASE).faults[0].at_s
    if what == "the fault":
        return 0.0
    return next(((one.at_s - fault_s) / MINUTE_S for one in log if one.what == what), None)


def step_minutes():
    """Return {step: minutes} of the night as it was."""
    log = night()[1]
    return {
        step: minutes_of(log, until) - minutes_of(log, since)
        for step, (since, until, _) in STEPS.items()
    }


def open_after(halved="", pages=()):
    """Minutes from the fault until the line is open."""
    log = night(halved, tuple(pages))[1]
    fault_s = cases.get(CASE).faults[0].at_s
    return (remedy(log, new=False).at_s - fault_s) / MINUTE_S


def share_in(halved="", pages=()):
    """The share of the crowd that is in by the end."""
    return readings.share_in(night(halved, tuple(pages))[0])


def night_table():
    """Return the log of the night as text."""
    lines = [f"{'minutes':>7}   what happened", f"{0:7.1f}   the {PART} stands still"]
    for one in night()[1]:
        who = f"{one.who} " if one.who else ""
        at = minutes_of([one], one.what)
        lines.append(f"{at:7.1f}   {who}{TOLD[one.what]}")
    return "\n".join([*lines, "", f"In by the end: {share(share_in())} of those who came"])


def longest_step(answer):
    """Judge which step of the night took longest."""
    step = _step_named(answer)
    took, longest = step_minutes(), max(STEPS, key=step_minutes().get)
    quicker = (
        f"With {_with(step)} at half its length the line is open after {open_after(step):.1f} minutes instead of "
        f"{open_after():.1f}, and {share(share_in(step))} are in instead of {share(share_in())}"
    )
    told = f"It took {took[step]:.1f} of {open_after():.0f} minutes. {quicker}."
    if step == longest:
        return yes(told)
    return no(step, f"{told} Another step took {took[longest]:.1f} minutes.")


def _with(step):
    return {"alarm": "the alarm", "answer": "the answer", "first look": "the first look"}.get(
        step, step
    )


def _step_named(answer):
    if not isinstance(answer, str):
        raise AnswerError(
            f"This is {type(answer).__name__!r}, no step; write one in quotes, such as 'alarm'."
        )
    step = WORDS.get(answer.strip().lower().removeprefix("the ").strip())
    if step is None:
        raise AnswerError(f"{answer!r} is no step of the night. {nearest(answer, list(STEPS))}")
    return step


def page_minutes():
    """How many minutes reading a page and doing what it says takes, on average."""
    return cases.inputs(CASE)["page_s"].value / MINUTE_S


def by_hand_saved():
    """The minutes that a page would have saved, read off the log: from the first look on it takes so many minutes."""
    return open_after() - (minutes_of(night()[1], "first look") + page_minutes())


def page_saved(answer):
    """Judge how many minutes a page for the part would have saved on this night."""
    given = number(answer, "5")
    after, saved = open_after(pages=(PART,)), by_hand_saved()
    told = (
        f"With a page in the drawer the line is open after {after:.0f} minutes instead of {open_after():.0f}, and "
        f"{share(share_in(pages=(PART,)))} are in instead of {share(share_in())}"
    )
    took = step_minutes()
    if any(abs(given - one) <= NEAR_MINUTES for one in (saved, open_after() - after)):
        alone = after - minutes_of(night(pages=(PART,))[1], "first look")
        return yes(
            f"{told}. A page takes {page_minutes():.0f} minutes on average. On this night it took {alone:.1f}."
        )
    if close(given, open_after(), 0.03):
        return no(
            "the whole night",
            f"That would be a line that opens at once. {told}. The alarm, the answer and the first look stay.",
        )
    if close(given, open_after() - page_minutes(), 0.03):
        return no(
            "the page alone",
            f"{told}. Before anybody takes the page out, the alarm must call, somebody answer and look.",
        )
    if close(given, took["finding"], 0.03):
        return no(
            "the search alone",
            f"{told}. The page takes the place of finding and acting, and needs {page_minutes():.0f} minutes itself.",
        )
    if close(given, minutes_of(night()[1], "first look") + page_minutes(), 0.06):
        return no("when it opens", f"{told}. Asked is the difference.")
    return no("other", f"{told}. Take the one from the other.")
