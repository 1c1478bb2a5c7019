"""What a report rests on: the numbers that were given, every assumption with its reason, the method, its limits."""

from __future__ import annotations

from loadbearing.launch import lines
from loadbearing.launch.questions import BY_KEY
from loadbearing.launch.weathers import (
    FIRST_PAUSE_S,
    LARGEST_ROOM,
    LONGEST_PAUSE_S,
    ROOM,
    WEATHERS,
)
from loadbearing.report.parts import Items, Table, Text
from loadbearing.report.words import capital, small
from loadbearing.units import duration, people

NO_LIMIT = "none"


def value_of(line, value):
    """Return the value of a line of the sheet in its unit; a line that holds nothing says so."""
    if value is None:
        return NO_LIMIT
    if line.words:
        return str(value)
    said = f"{value:,.9g}"
    return f"{said} {line.unit}".strip()


def of_launch(launch):
    """Return the numbers that were given, and every assumption that stood for one that was not."""
    own = tuple(
        (BY_KEY[key].question, value_of(BY_KEY[key], getattr(launch, key))) for key in launch.own
    )
    assumed = tuple(
        (line.question, value_of(line, value), reason)
        for line, value, reason in launch.assumptions()
    )
    tables = [Table("Our own numbers", ("Question", "Answer"), own, (0.7, 0.3), small=True)]
    if assumed:
        tables.append(
            Table(
                "Assumptions: not ours yet; each may be replaced by a number of our own",
                ("Question", "Assumption", "Reason"),
                assumed,
                (0.45, 0.13, 0.42),
                small=True,
            )
        )
    if launch.arrivals is not None:
        tables.insert(0, Text((FROM_TRAFFIC,)))
    return tuple(tables)


FROM_TRAFFIC = (
    "People come as in our own traffic, in every weather but the one in which everyone comes at once; only there the "
    "minutes count within which nine in ten come."
)


def of_method(worked):
    """Return how the numbers were found, and what they leave out."""
    return (
        Text(
            (
                PLAYED,
                f"Each load line was found on {lines.EVENINGS} evenings with their own luck. {SMALL_ROOM}",
            )
        ),
        Items(tuple(f"{capital(one.name)}: {small(one.sentence)}" for one in WEATHERS)),
        Text(("What is left out:",)),
        Items(LEFT_OUT),
    )


PLAYED = (
    "Every number comes from playing this launch in a simulation, person by person: they come, ask at the door, wait, "
    "try again, get in or leave. It shows what could happen, and is no forecast."
)
SMALL_ROOM = (
    f"The room was a small one, of at most {people(ROOM)} people, with door, queue and places smaller in the same "
    f"measure; for a door that is slow for its crowd, {people(LARGEST_ROOM)}. The interval assumes no form "
    "of luck, and is that of this room. The weathers:"
)
LEFT_OUT = (
    "One door and one room stand for the whole launch. What lies behind them, such as payments or the servers of "
    "others, is left out.",
    "The only fault is a door that slows down. Lost data, wrong prices and bad news are other troubles.",
    "Intervals tell what luck does. They do not tell how far our own numbers and the assumptions are off.",
    "Nobody who is in leaves again, so places inside are a total. Refused people pause for about "
    f"{duration(FIRST_PAUSE_S)} at first and for up to {duration(LONGEST_PAUSE_S)} later. How many come, and how fast "
    "the door is, varies from evening to evening.",
    "Only a rehearsal at the real door shows what that door can do.",
)
