"""One history of the roadmap, read as a table: what a bad evening cost the audience, and what made it bad."""

from __future__ import annotations

import functools

from loadbearing import roadmap
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.units import people, share

SEED, SPLIT, QUARTER = 17, (3, 6, 0, 0, 1), 6
"""The history of the exercise, what is spent in every quarter of it, and the quarter that is asked about."""

CAUSES = ("fault", "spike", "growth")
MANY_PER_HANDLER = 1.25


@functools.cache
def history():
    """Return the history of the exercise: a list of `roadmap.Row`."""
    return roadmap.play(roadmap.PLAIN, roadmap.always(*SPLIT), SEED)


def row(quarter=QUARTER):
    """Return one quarter of it."""
    return history()[quarter - 1]


def per_handler(one):
    """How many people came for each handler that was rented."""
    return one.came / (one.spend.capacity * roadmap.PLAIN.handlers_a_part)


def table():
    """Return the history as text; what luck brought is left out, as in most reports."""
    heads = (
        ("", 4),
        ("audience", 10),
        ("after the", 12),
        ("came", 10),
        ("people for", 13),
        ("in within", 12),
        ("audience", 13),
    )
    more = (
        ("", 4),
        ("before", 10),
        ("release", 12),
        ("", 10),
        ("a handler", 13),
        ("5 minutes", 12),
        ("afterwards", 13),
    )
    lines = ["".join(f"{text:>{wide}}" for text, wide in line) for line in (heads, more)]
    for one in history():
        lines.append(
            f"{'Q' + str(one.quarter):>4}{people(one.audience):>10}{people(one.grown):>12}{people(one.came):>10}"
            f"{people(per_handler(one)):>13}{share(one.share):>12}{people(one.after):>13}"
        )
    return "\n".join(lines)


def lost():
    """By how many people the audience is smaller after the quarter asked about than if all had been in."""
    return row().grown - row().after


def lost_audience(answer):
    """Judge by how many people the audience is smaller than if everybody had been in."""
    given, right, one = number(answer, "12_000"), lost(), row()
    nobody_away = roadmap.quarter(
        roadmap.company({"stays_away": 0.0}), one.spend, SEED, QUARTER, one.audience
    )
    told = f"If everybody had been in, {people(nobody_away.after)} would come next time. It is {people(one.after)}"
    if close(given, right, 0.02):
        last = history()[-1]
        return yes(
            f"{told}: {people(right)} fewer. The audience grew all the same in that quarter, by "
            f"{people(one.after - one.audience)}, so no chart shows a dent. At the end it is {people(last.after)}."
        )
    out = one.came * (1 - one.share)
    if any(close(given, missing, 0.02) for missing in (out, one.grown * (1 - one.share))):
        gone = roadmap.quarter(
            roadmap.company({"stays_away": 1.0}), one.spend, SEED, QUARTER, one.audience
        )
        return no(
            "everybody is gone for good",
            f"So many were not in. If all of them stayed away for ever, {people(gone.after)} would come next time. "
            f"{told}: half of them forgive. How many fewer is that?",
        )
    if close(-given, right, 0.02):
        return no(
            "the larger from the smaller",
            f"That is how far below it lies, so it is {people(right)} fewer. {told}. Write it without the minus.",
        )
    if given <= 0 or close(given, one.after - one.audience, 0.03):
        return no(
            "the growth is forgotten",
            f"From the quarter before it is {people(one.after - one.audience)} more, not fewer. But this quarter's "
            f"release had brought {people(one.grown - one.audience)}. {told}. How many fewer is that?",
        )
    if close(given, 1 - one.share, 0.03) or close(given, 100 * (1 - one.share), 0.03):
        return no(
            "a share is no number of people",
            f"That is the share who were not in. Asked are people. {told}. How many fewer is that?",
        )
    turned_out = one.came - one.after
    if close(given, turned_out, 0.01):
        return no(
            "who came for who would come",
            f"That is how many came, less the audience afterwards. Not everybody comes each time, and some bring "
            f"others. {told}. How many fewer is that?",
        )
    return no(
        "other",
        f"With {people(given)} fewer, {people(one.grown - given)} would come next time. {told}."
        if 0 < given < 1e9
        else f"{told}. How many fewer is that?",
    )


def bad_quarter(answer):
    """Judge what made the evening bad: a fault, a spike or growth."""
    if not isinstance(answer, str) or answer.strip().lower() not in CAUSES:
        raise AnswerError(
            f"This is {answer!r}, none of the three; write one of "
            f"{', '.join(repr(one) for one in CAUSES)}."
            if isinstance(answer, str | int | float)
            else f"This is {type(answer).__name__!r}, no word; write one such as 'spike'."
        )
    given, one = answer.strip().lower(), row()
    fine = next(
        other
        for other in history()
        if per_handler(other) > per_handler(one) and other.share >= roadmap.BAD
    )
    held = (
        f"In quarter {fine.quarter} there were {people(per_handler(fine))} people for each handler, and "
        f"{share(fine.share)} were in"
    )
    without = roadmap.play(roadmap.company({"fault": 0.0}), roadmap.always(*SPLIT), SEED, QUARTER)[
        -1
    ]
    if given == "fault":
        return yes(
            f"{held}. In quarter {QUARTER} it was {people(per_handler(one))}, and {share(one.share)} were in. So it "
            f"was not the crowd. Without the hidden fault: {share(without.share)} in."
        )
    if given == "spike":
        spike = next(other for other in history() if other.spike and other.share < roadmap.BAD)
        return no(
            "every bad evening is a spike",
            f"In quarter {spike.quarter} it was a spike: {people(per_handler(spike))} people for each handler. In "
            f"quarter {QUARTER} it was {people(per_handler(one))}; the same crowd without what else happened: "
            f"{share(without.share)} in.",
        )
    return no(
        "grown too large",
        f"{held}: more people for each handler, and no trouble. The same crowd in quarter {QUARTER}, without what else "
        f"happened: {share(without.share)} in. So size was not it. What else can happen to a door?",
    )
