"""A student's own door, judged: it runs in small rooms beside the engine's, and must agree to the last bit."""

from __future__ import annotations

import functools
import inspect
import linecache
import pathlib
import traceback

import numpy as np

import loadbearing
from loadbearing import cases, readings, simulate
from loadbearing.checks.reply import AnswerError, no, not_yet, yes
from loadbearing.run import HAPPENED, AuditError
from loadbearing.scenario import Change, Timetable, Weather
from loadbearing.units import people, share

SMALL, LARGE = 1 / 500, 1 / 10
ENDS_S, SOMEONE_ACTS_S = 600, 300
PARTS = ("ask", "serve", "work", "take_next")


def room(fraction, skips, acts=False):
    """Return the flood's first ten minutes in a small room; `acts`: someone has the door skip halfway."""
    act = Timetable(changes=[Change(at_s=SOMEONE_ACTS_S, what="drops_dead", to=True)])
    changes = {
        "weather": Weather.calm(),
        "ends_s": ENDS_S,
        "controllers": (act,) if acts else (),
        "door.drops_dead": skips,
    }
    return cases.retry_flood().changed(changes).scaled(fraction)


@functools.cache
def known(fraction, skips, acts=False):
    """Return the run of the engine's own door in such a room."""
    return simulate(room(fraction, skips, acts), sample=0, progress=False)


def joined(run, fraction):
    """How many people a second get in during the second five minutes, in the full crowd."""
    return readings.goodput(run, SOMEONE_ACTS_S, ENDS_S) / fraction


def skipping_door(answer):
    """Judge a door that should skip every request whose client has gone, and change nothing else."""
    _like_a_door(answer)
    try:
        mine = simulate(room(SMALL, False), door=answer, sample=0, progress=False)
        acted = simulate(room(SMALL, False, acts=True), door=answer, sample=0, progress=False)
    except Exception as slip:  # the student's own code: whatever it raises becomes a sentence
        raise AnswerError(_told_error(slip)) from None
    plain, skipping = known(SMALL, False), known(SMALL, True)
    if mine.same_as(plain, HAPPENED) and acted.same_as(known(SMALL, False, acts=True), HAPPENED):
        return not_yet(_unchanged(plain))
    if mine.same_as(plain, HAPPENED):
        return _only_when_told(acted, plain)
    if mine.same_as(skipping, HAPPENED):
        return (
            _right(plain, skipping)
            if acted.same_as(skipping, HAPPENED)
            else _until_told(acted, skipping)
        )
    return _other(mine, plain, skipping)


def _like_a_door(answer):
    if not inspect.isclass(answer):
        kind = type(answer).__name__
        raise AnswerError(
            f"This is {kind!r}, no door; give the class: Door, without brackets after it."
        )
    missing = [part for part in PARTS if not callable(getattr(answer, part, None))]
    if missing:
        raise AnswerError(
            f"{answer.__name__} has no {missing[0]}; run the cell with the whole door again."
        )


def _unchanged(plain):
    dead = share(readings.dead_work_share(plain, 0))
    return f"This door does what it did before: {dead} of its work is for people who have left."


def _right(plain, skipping):
    """The line does what it should; the run that matters is the larger room, where it hardly helps."""
    dead = readings.dead_work_share(known(LARGE, True), 0)
    return yes(
        f"In the small room your door lets in {people(joined(skipping, SMALL))} people a second instead of "
        f"{people(joined(plain, SMALL))}, counted for the full crowd. In a room fifty times as large the same "
        f"line lets in {people(joined(known(LARGE, True), LARGE))}, and {share(dead)} of the work is still in "
        "vain: whoever is still there when their turn comes has waited nearly as long as they will. A small "
        "test praised what a crowd does not feel."
    )


def _only_when_told(acted, plain):
    """The setting decides alone, or nothing does: until someone acts, no request is skipped."""
    services, wanted = _late_services(acted), _late_services(known(SMALL, False, acts=True))
    return no(
        "only when told",
        f"{_unchanged(plain)} Once someone sets `drops_dead` it finishes {people(services)} joins where that "
        f"evening's door finishes {people(wanted)}. The line must ask about the client, and nothing else.",
    )


def _late_services(run):
    """How many joins were finished after someone acted."""
    return int(run.seconds["services"][-(ENDS_S - SOMEONE_ACTS_S) :].sum())


def _until_told(acted, skipping):
    services, wanted = _late_services(acted), _late_services(skipping)
    return no(
        "or for and",
        "It skips as it should, until someone also sets `drops_dead`, as happens at half past eight: then "
        f"your door finishes {people(services)} joins where {people(wanted)} are possible. The line must ask "
        "about the client alone.",
    )


def _other(mine, plain, skipping):
    """A door that is neither: which idea does it follow?"""
    limit, longest = room(SMALL, False).door.queue_limit, readings.peak(mine, "queue")[0]
    if longest > limit:
        return no(
            "longer queue",
            f"By your door's own count {people(longest)} requests wait where {people(limit)} may, and it lets in "
            f"{people(joined(mine, SMALL))} people a second; with only the marked line changed, "
            f"{people(joined(skipping, SMALL))}.",
        )
    told = (
        f"{people(_first_joins(mine))} of {people(readings.came(mine))} get in, against "
        f"{people(_first_joins(plain))} before and {people(_first_joins(skipping))} with only the marked line changed"
    )
    # Whoever waits has a request in the queue, unless it was taken out unserved.
    if (mine.seconds["living_queue"] > mine.seconds["queue"]).any():
        more = _first_joins(mine) > _first_joins(skipping)
        surprise = (
            " That is more: a queue of people about to leave is worse than none. But"
            if more
            else ""
        )
        return no(
            "skips the living",
            f"Your door skips people who are still there: {told}.{surprise or ' And'} the task was to skip those "
            "who have gone.",
        )
    try:
        mine.audit()
    except AuditError as slip:
        return no("loses count", f"Your door loses count: {slip} Change only the marked line.")
    return no("something else", f"Your door does something else as well: {told}.")


def _first_joins(run):
    return int(np.count_nonzero(~np.isnan(run.listeners["joined"])))


def _told_error(slip):
    """An exception of a student's door in a sentence, with the line of theirs that it came from."""
    while slip.__cause__ is not None:
        slip = slip.__cause__
    ours = pathlib.Path(loadbearing.__file__).parent
    frames = [
        frame
        for frame in traceback.extract_tb(slip.__traceback__)
        if ours not in pathlib.Path(frame.filename).parents
        and "site-packages" not in frame.filename
    ]
    what = f"{type(slip).__name__}, {slip}" if str(slip) else type(slip).__name__
    if not frames:
        return f"Your door stopped: {what}. Run the cell with the whole door again, and change one line."
    line = linecache.getline(frames[-1].filename, frames[-1].lineno).strip()
    shown = f" (`{line}`)" if line else ""
    return f"Your door stopped in line {frames[-1].lineno} of its cell{shown}: {what}."
