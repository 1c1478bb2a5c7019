"""Three readings of the eve: which detail to test first, where the edge is, and which other detail undoes a long queue.

Every answer meets a run of its own. Names are those of the table in the exercise, or the inputs of the case.
"""

from __future__ import annotations

from loadbearing import cases
from loadbearing.checks import details
from loadbearing.checks.details import DETAILS, FACTOR, SIZES, in_soon, middling, on_evenings
from loadbearing.checks.reply import AnswerError, no, number, yes
from loadbearing.units import duration, people, share

DECIDES = 0.4
"""From which fall on a detail decides, as in claim F7."""

HALF, STEP = 0.5, 0.85
NEAR = 0.1
"""How far below the evening as it is set one may end and still call it well again."""

LONGEST_S = 60.0
LONG_QUEUE = DETAILS["queue_limit"].turned(FACTOR)


def setting_called(answer):
    """Return the `Setting` of this name; raise the sentence that lists the names for any other."""
    known = {**DETAILS, **SIZES}
    if isinstance(answer, str):
        said = answer.strip().lower()
        for key, one in known.items():
            if said in (key, one.name):
                return one
    names = ", ".join(one.name for one in DETAILS.values())
    raise AnswerError(f"{answer!r} is none of the settings; write one in quotes: {names}.")


def fall(setting, factor=FACTOR):
    """How far the share in soon falls when a setting is wrong by a factor, whichever way is worse."""
    return in_soon() - min(details.ends(setting, factor))


def which_one(answer):
    """Judge which of the eight details to test first, if each may be wrong by a factor of four."""
    given = setting_called(answer)
    worse = min(details.ends(given))
    way = "wrong by a factor of four" if given.other is None else "chosen"
    told = f'With "{given.name}" {way}, {share(worse)} are in within five minutes'
    if given.key in SIZES:
        quarter = min(details.ends(given, details.KNOWN_WITHIN))
        detail = max(DETAILS.values(), key=fall)
        return no(
            "a size",
            f'"{given.name.capitalize()}" is a size, and you know it within a quarter: then {share(quarter)} are in '
            f"within five minutes. The {detail.name}, a detail, takes them down to {share(min(details.ends(detail)))}.",
        )
    if fall(given) >= DECIDES:
        return yes(f"{told}, and {share(in_soon())} as it is set. One line decides the evening.")
    if given.key == "quick_share":
        return no("the loudest", f"{told}, as before. Those who reload are easy to see and few.")
    if given.key in ("first_pause_s", "longest_pause_s"):
        return no(
            "pauses", f"{told}. Pauses spread the attempts; nothing here makes them come in step."
        )
    return no(
        "does nothing alone", f"{told}, and {share(in_soon())} as it is set. Try another one."
    )


def _queue(seconds):
    """The change that makes a full queue last so long at the whole door."""
    door = cases.get(details.CASE).door
    return {"queue_limit": round(seconds * door.handlers / door.service.mean_s)}


def _seconds(length):
    """A length as the table of the notebook gives it."""
    return f"{length:.4g} second{'' if length == 1 else 's'}"


def edge(answer):
    """Judge how long a full queue must last, in seconds, before fewer than half are in soon on a middling evening."""
    given = number(answer, "6")
    door = cases.get(details.CASE).door
    if given > 100:
        lasts = given * door.service.mean_s / door.handlers
        return no(
            "requests",
            f"{given:,.0f} looks like requests: a queue of so many lasts {duration(lasts)} at this door. Give seconds.",
        )
    if given <= 0 or given > LONGEST_S:
        raise AnswerError(
            f"A queue that lasts {given:g} seconds is not in the table; give seconds."
        )
    here, before = middling(_queue(given)), middling(_queue(STEP * given))
    told = f"With a queue of {_seconds(given)}, {share(here)} are in soon on a middling evening"
    waits = duration(cases.get(details.CASE).crowd.timeout_s)
    if here < HALF <= before:
        return yes(
            f"{told}, with one of {_seconds(STEP * given)} still {share(before)}. A client waits {waits}: where the "
            "queue lasts as long as a client waits, there is the edge."
        )
    if here < HALF:
        return no(
            "beyond the edge",
            f"{told}. But with one of {_seconds(STEP * given)} it is {share(before)} as well: it had tipped before.",
        )
    worst = float(on_evenings(_queue(given), range(1, 25)).min())
    if worst < HALF:
        return no(
            "the worst evening",
            f"{told}. Only on the worst of two dozen evenings it is {share(worst)}: a warning, and not yet the edge.",
        )
    if given <= FACTOR:
        return no(
            "a factor",
            f"{told}. Is your number how many times as long the queue is? Give how many seconds it lasts.",
        )
    return no("before the edge", f"{told}. The evening has not tipped yet.")


def cure(answer):
    """Judge which other detail, turned the generous way, makes the evening well again behind the long queue."""
    given = setting_called(answer)
    as_set, long = middling(), middling(LONG_QUEUE)
    if given.key == "queue_limit":
        return no(
            "the queue itself",
            f"That is the one that stays wrong tonight: {share(long)} are in soon. Find another that undoes it.",
        )
    if given.key in SIZES:
        return _bought(given, long)
    found = {way: middling({**LONG_QUEUE, **given.turned(way)}) for way in (1 / FACTOR, FACTOR)}
    best = max(found, key=found.get)
    told = (
        f'Behind the long queue, {share(long)} are in soon. With "{given.name}" changed as well, '
        f"{share(found[best])}"
    )
    if found[best] >= as_set - NEAR:
        alone = in_soon(given.turned(FACTOR))
        return yes(
            f"{told}; as everything was set, {share(as_set)}. Changed so alone, it does nothing: {share(alone)}. Two "
            "wrong settings can be right together, so a list of harmless settings holds only for the rest as it is."
        )
    if given.key == "drops_dead":
        return no(
            "skips the dead",
            f"{told}. Whoever is still there when their turn comes has waited nearly as long as they will: the door "
            "answers, and they have just gone.",
        )
    if given.key == "quick_share":
        return no("fewer attempts", f"{told}. However few reload, the queue is full all the same.")
    return no("no cure", f"{told}. It changes how often they come, not how long the queue lasts.")


def _bought(given, long):
    """A size instead of a detail: more handlers. The run: twice as many, the same long queue."""
    more = middling({**LONG_QUEUE, "handlers": 2 * cases.get(details.CASE).door.handlers})
    return no(
        "money",
        f'"{given.name.capitalize()}" is no detail. Twice as many handlers would bring {share(more)} instead of '
        f"{share(long)}, for {people(cases.get(details.CASE).door.handlers)} handlers more. One of the eight "
        "does it for nothing.",
    )
