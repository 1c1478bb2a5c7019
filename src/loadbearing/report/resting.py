"""What a report rests on: the numbers that were given, every assumption with its reason, the method, its limits."""

from __future__ import annotations

from loadbearing.launch.questions import BY_KEY
from loadbearing.report.parts import Items, Table, Text

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
    tables = [Table("Our own numbers", ("Question", "Answer"), own, (0.7, 0.3))]
    if assumed:
        tables.append(
            Table(
                "Assumptions: not ours yet; each may be replaced by a number of our own",
                ("Question", "Assumption", "Reason"),
                assumed,
                (0.42, 0.16, 0.42),
            )
        )
    return tuple(tables)


def of_method(worked):
    """Return how the numbers were found, and what they leave out."""
    return (
        Text(
            (
                "Every number above was found by playing the launch in a simulation, listener by listener.",
            )
        ),
        Items(
            (
                "One door and one room stand for the whole launch. What lies behind them is left out.",
            )
        ),
    )
