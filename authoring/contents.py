"""Read course.toml, the one table of contents, and say in which order the pages follow.

The builder, the tests and course.py take titles, minutes and order from here. A slip in the table
is a `ContentsError` whose sentence names the entry, the field and the remedy.
"""

import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path

# The four pages of a unit in the order they are read: the kind, its folder and its file ending.
KINDS = {
    "lesson": ("lessons", ".md"),
    "lab": ("notebooks", ".ipynb"),
    "exercise": ("exercises", ".ipynb"),
    "solution": ("solutions", ".ipynb"),
}


class ContentsError(ValueError):
    """course.toml says something that cannot be: the entry, the field, the remedy."""


@dataclass(frozen=True)
class Outcome:
    """What a student can do after the unit, and the id of the check that tests it."""

    text: str
    check: str


@dataclass(frozen=True)
class Unit:
    """One unit as the table gives it; `minutes` maps a kind of page to its estimate."""

    number: int
    slug: str
    title: str
    question: str
    claims: tuple[str, ...]
    needs: tuple[str, ...]
    minutes: dict[str, int]
    outcomes: tuple[Outcome, ...]

    @property
    def stem(self) -> str:
        """Its file name in every room, without the ending: `01_the_evening`."""
        return f"{self.number:02d}_{self.slug}"

    def path(self, kind: str) -> str:
        """Where its page of this kind stands, from the top folder, with forward slashes."""
        folder, ending = KINDS[kind]
        return f"{folder}/{self.stem}{ending}"


@dataclass(frozen=True)
class Planned:
    """A unit to come: its number, slug and question."""

    number: int
    slug: str
    question: str


@dataclass(frozen=True)
class Page:
    """A page beside the units, `<folder>/<slug>.md`; `minutes` is what the steps of a plan fill, else 0."""

    slug: str
    title: str
    about: str
    folder: str = "lessons"
    minutes: int = 0

    @property
    def path(self) -> str:
        """Where it stands, from the top folder."""
        return f"{self.folder}/{self.slug}.md"


@dataclass(frozen=True)
class Route:
    """A way through the course: its name and the slugs of its units."""

    name: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """The whole table: units in order, pages beside them, units to come, routes."""

    title: str
    units: tuple[Unit, ...]
    pages: tuple[Page, ...]
    planned: tuple[Planned, ...]
    routes: tuple[Route, ...]

    def unit(self, slug: str) -> Unit:
        """The unit with this slug; an unknown one is a ContentsError that lists those there are."""
        for unit in self.units:
            if unit.slug == slug:
                return unit
        known = ", ".join(unit.slug for unit in self.units)
        raise ContentsError(f"course.toml has no unit {slug!r}; it has: {known}.")

    def walk(self) -> list[tuple[Unit, str]]:
        """Every page of every unit in reading order, as (unit, kind)."""
        return [(unit, kind) for unit in self.units for kind in KINDS]

    def minutes(self, units: tuple[str, ...]) -> int:
        """The estimated minutes of these units, all their pages together."""
        return sum(sum(self.unit(slug).minutes.values()) for slug in units)


def _entry(kind: type, where: str, table: dict) -> object:
    """Build `kind` from a TOML table, refusing missing and unknown fields."""
    wanted = {field.name for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    missing, unknown = needed - table.keys(), table.keys() - wanted
    if missing:
        raise ContentsError(f"course.toml, {where}: add the field {sorted(missing)[0]!r}.")
    if unknown:
        raise ContentsError(
            f"course.toml, {where}: the field {sorted(unknown)[0]!r} is not known; "
            f"the fields are {', '.join(sorted(wanted))}."
        )
    return kind(**{key: tuple(v) if isinstance(v, list) else v for key, v in table.items()})


def _unit(table: dict) -> Unit:
    where = f"unit {table.get('slug', table.get('number', '?'))}"
    outcomes = [_entry(Outcome, f"{where}, outcomes", one) for one in table.get("outcomes", [])]
    unit = _entry(Unit, where, {**table, "outcomes": outcomes})
    if unit.minutes.keys() != KINDS.keys():
        raise ContentsError(f"course.toml, {where}: minutes needs exactly {', '.join(KINDS)}.")
    for kind, minutes in unit.minutes.items():
        if not isinstance(minutes, int) or minutes < 1:
            raise ContentsError(
                f"course.toml, {where}: minutes.{kind} is {minutes!r}; give a whole number from 1."
            )
    return unit


def read_contents(root: Path) -> Contents:
    """The table in `root/course.toml`, checked for order, doubled slugs and unknown units."""
    with (Path(root) / "course.toml").open("rb") as file:
        try:
            table = tomllib.load(file)
        except tomllib.TOMLDecodeError as slip:
            raise ContentsError(f"course.toml is not TOML: {slip}.") from slip
    contents = Contents(
        title=table.get("title", ""),
        units=tuple(_unit(one) for one in table.get("unit", [])),
        pages=tuple(_entry(Page, "page", one) for one in table.get("page", [])),
        planned=tuple(_entry(Planned, "planned", one) for one in table.get("planned", [])),
        routes=tuple(_entry(Route, "route", one) for one in table.get("route", [])),
    )
    _check(contents)
    return contents


def _check(contents: Contents) -> None:
    """Refuse what no page could be built from."""
    if not contents.units:
        raise ContentsError("course.toml lists no unit; add a [[unit]].")
    numbers = [unit.number for unit in contents.units]
    if numbers != sorted(set(numbers)):
        raise ContentsError(f"course.toml: unit numbers must rise, each once; they are {numbers}.")
    every = [*contents.units, *contents.planned]
    for field in ("number", "slug"):
        values = [getattr(one, field) for one in every]
        doubled = sorted({value for value in values if values.count(value) > 1})
        if doubled:
            raise ContentsError(
                f"course.toml: {field} {doubled[0]!r} stands twice; "
                "a unit that exists is no longer planned."
            )
    known = {unit.slug for unit in contents.units}
    for where, slugs in [(f"unit {unit.slug}, needs", unit.needs) for unit in contents.units] + [
        (f"route {route.name!r}", route.units) for route in contents.routes
    ]:
        for slug in slugs:
            if slug not in known:
                raise ContentsError(f"course.toml, {where}: there is no unit {slug!r} yet.")
