"""What course.toml writes into the pages: their heads, their one Next link, the maps of units.

A Markdown page keeps each such piece between two comments that no reader sees,

    <!-- built: foot -->
    ...
    <!-- built: end -->

and the builder rewrites what stands between them. In notebooks the same pieces are the first and
the last cell.
"""

import posixpath
import re

from authoring.contents import KINDS, Contents, Page, Unit

START = "START.md"
REGION = re.compile(r"<!-- built: (?!end)(?P<name>\w+) -->\n.*?<!-- built: end -->\n?", re.DOTALL)
# How each kind of page is called, and what its button promises.
CALLED = {"lesson": "lesson", "lab": "lab", "exercise": "exercise", "solution": "solution"}
PROMISE = {
    "lesson": "read the lesson",
    "lab": "play with it in the lab",
    "exercise": "try it yourself",
    "solution": "compare with the solution",
}


# What a kind of page says below its head, in every unit alike.
OPENS = {
    "solution": "One way to answer each question. Yours is as good if its check said yes. (No tables? Choose *Run All "
    "Cells* in the menu *Run*.)",
}


class PageError(ValueError):
    """A page that the builder cannot complete: file, what is wrong, remedy."""


def region(name: str, text: str) -> str:
    """A built piece of a Markdown page, with its two marks."""
    return f"<!-- built: {name} -->\n{text.strip()}\n<!-- built: end -->\n"


def with_regions(text: str, pieces: dict[str, str], where: str) -> str:
    """The page with each of its built pieces renewed; an unknown piece raises PageError."""

    def renewed(match: re.Match) -> str:
        if match["name"] not in pieces:
            raise PageError(
                f"{where}: no piece is named {match['name']!r}; this page may hold: "
                f"{', '.join(pieces)}."
            )
        return region(match["name"], pieces[match["name"]])

    if text.count("<!-- built: end -->") != len(REGION.findall(text)):
        raise PageError(
            f"{where}: a built piece is not whole; each opens and ends on its own line."
        )
    return REGION.sub(renewed, text)


def link(from_path: str, to_path: str) -> str:
    """The relative address of one page seen from another."""
    return posixpath.relpath(to_path, posixpath.dirname(from_path) or ".")


def next_link(contents: Contents, unit: Unit, kind: str) -> str:
    """The one Next link of a unit's page: lesson, lab, exercise, solution, next unit, start."""
    walk = contents.walk()
    here = walk.index((unit, kind))
    from_path = unit.path(kind)
    if here + 1 == len(walk):
        return f'[Next: back to the start]({link(from_path, START)} "Next")'
    after, after_kind = walk[here + 1]
    what = PROMISE[after_kind]
    if after is not unit:
        what = f"unit {after.number:02d}, {after.title}"
    return f'[Next: {what}]({link(from_path, after.path(after_kind))} "Next")'


def foot(next_line: str) -> str:
    """The end of a page: a rule and its one Next link."""
    return f"---\n\n**{next_line}**"


def head(unit: Unit, kind: str) -> str:
    """The top of a unit's page: number, title, kind, question, which page of the unit, minutes."""
    page = list(KINDS).index(kind) + 1
    return (
        f"# {unit.number:02d} · {unit.title}: {CALLED[kind]}\n\n"
        f"*{unit.question}* · page {page} of {len(KINDS)} · "
        f"about {unit.minutes[kind]} minutes (an estimate)"
        + (f"\n\n{OPENS[kind]}" if kind in OPENS else "")
    )


def unit_pieces(contents: Contents, unit: Unit, kind: str) -> dict[str, str]:
    """The built pieces of a unit's page; a lesson may also hold its `outcomes`."""
    pieces = {"head": head(unit, kind), "foot": foot(next_link(contents, unit, kind))}
    if kind == "lesson":
        pieces["outcomes"] = "\n".join(f"- {outcome.text}" for outcome in unit.outcomes)
    return pieces


def page_pieces(page: Page) -> dict[str, str]:
    """The built pieces of a page beside the units; its Next leads back to the start."""
    back = f'[Next: back to the start]({link(page.path, START)} "Next")'
    return {"head": f"# {page.title}", "foot": foot(back)}


def completed(text: str, pieces: dict[str, str], where: str) -> str:
    """A lesson with its head and foot in place: renewed where they stand, else added."""
    present = {match["name"] for match in REGION.finditer(text)}
    if "head" not in present:
        text = region("head", "") + "\n" + text.lstrip("\n")
    if "foot" not in present:
        text = text.rstrip("\n") + "\n\n" + region("foot", "")
    return with_regions(text, pieces, where)


def top_pieces(contents: Contents) -> dict[str, str]:
    """The built pieces of START.md and README.md: first, units, map, pages, routes."""
    first = contents.units[0]
    return {
        "first": (
            f"## [Start: unit {first.number:02d}, {first.title}]"
            f'({first.path("lesson")} "Next")\n\n'
            f"*{first.question}* · about {sum(first.minutes.values())} minutes (an estimate)"
        ),
        "units": "\n".join(_line(unit) for unit in contents.units),
        "map": _map(contents),
        "pages": "\n".join(
            f"- [{page.title}]({page.path}): {page.about}" for page in contents.pages
        ),
        "routes": "\n".join(
            f"- {route.name}: {len(route.units)} "
            f"{'unit' if len(route.units) == 1 else 'units'}, "
            f"about {contents.minutes(route.units)} minutes (an estimate)"
            for route in contents.routes
        ),
    }


def _line(unit: Unit) -> str:
    """A unit in one line, each of its pages a link."""
    pages = " · ".join(f"[{CALLED[kind]}]({unit.path(kind)})" for kind in KINDS)
    return (
        f"- **{unit.number:02d} {unit.title}** · {unit.question} "
        f"About {sum(unit.minutes.values())} minutes: {pages}"
    )


def _map(contents: Contents) -> str:
    """The table of all units: those that exist with their pages, then those to come."""
    rows = ["| unit | question | pages |", "|---|---|---|"]
    existing = {unit.number: unit for unit in contents.units}
    for number in sorted([*existing, *(planned.number for planned in contents.planned)]):
        if number in existing:
            unit = existing[number]
            pages = " · ".join(f"[{CALLED[kind]}]({unit.path(kind)})" for kind in KINDS)
            rows.append(f"| {number:02d} {unit.title} | {unit.question} | {pages} |")
        else:
            planned = next(one for one in contents.planned if one.number == number)
            rows.append(f"| {number:02d} | {planned.question} | to come |")
    return "\n".join(rows)
