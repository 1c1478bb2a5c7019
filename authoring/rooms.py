"""What the builder asks the package for: public facts, input numbers, pages written from data."""

import datetime

from authoring.numbers import NumberError, shown_number
from loadbearing import cases, record, words
from loadbearing.parts import ScenarioError
from loadbearing.units import duration, people, share

# Pages that the package writes from its own data, by their slug in course.toml.
WRITTEN = {"glossary": words.glossary_markdown, "fact_sheet": record.sheet_markdown}


def input_number(path: str) -> str:
    """An input number by case and field: `slow_door.door.handlers`; of a world by input: `a_season.events`."""
    name, _, fields = path.partition(".")
    try:
        if cases.is_world(name):
            return shown_number(cases.own_value(name, fields))
        value = cases.get(name)
    except ScenarioError as slip:
        raise NumberError(f"case:{path}: {slip}") from slip
    for field in fields.split("."):
        if not hasattr(value, field):
            raise NumberError(f"case:{path}: {type(value).__name__} has no field {field!r}.")
        value = getattr(value, field)
    return shown_number(value)


def public_fact(path: str) -> str:
    """A public fact by key, alone or with a field.

    Alone it is the figure (915,000; 42 minutes; 100,000 to 120,000), or else the moment. Fields:
    `low`, `high`, `clock` (20:42), `day` (12 August 2024), `sentence`, `source`.

    >>> public_fact("listeners_at_2042"), public_fact("listeners_at_2042.clock")
    ('915,000', '20:42')
    """
    key, _, field = path.partition(".")
    try:
        found = record.fact(key)
    except record.UnknownFact as slip:
        raise NumberError(f"record:{path}: {slip}") from slip
    if field in ("", "low", "high"):
        return _figure(found, field or "value", path)
    if field in ("clock", "day"):
        return _moment(found.at, field, path)
    if field in ("sentence", "source"):
        return found.sentence if field == "sentence" else found.cite()
    raise NumberError(f"record:{path}: a fact has low, high, clock, day, sentence and source.")


def _figure(found: record.Fact, field: str, path: str) -> str:
    said = {"seconds": duration, "share": share}.get(found.unit, _count)
    figure = getattr(found, field)
    if figure is not None:
        return said(figure)
    if field == "value" and None not in (found.low, found.high):
        return f"{said(found.low)} to {said(found.high)}"
    if field == "value" and found.at is not None:
        return _moment(found.at, "clock", path)
    raise NumberError(f"record:{path}: the fact gives no such figure; see record.toml.")


def _count(figure: float) -> str:
    return people(figure) if figure == int(figure) else format(figure, "g")


def _moment(at: datetime.date | None, field: str, path: str) -> str:
    if isinstance(at, datetime.datetime) and field == "clock":
        return at.strftime("%H:%M")
    if at is None:
        raise NumberError(f"record:{path}: the fact gives no moment; see record.toml.")
    return f"{at.day} {at.strftime('%B %Y')}"
