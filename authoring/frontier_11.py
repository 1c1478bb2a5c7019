"""Sweep the plans of unit 11: `python -m authoring.frontier_11` writes src/loadbearing/roadmap/frontier.json.

For four companies: par, the best plan known for each of nine prices of a bad evening, the best that no luck can spoil,
and all splits of the budget that stay the same, each on the same 200 histories. Takes some seconds.

    python -m authoring.frontier_11            sweep and write
    python -m authoring.frontier_11 --check    sweep and compare with what is here
"""

from __future__ import annotations

import json
import sys

from authoring.searching import command
from loadbearing.roadmap import frontier

DIGITS = 4


def results() -> dict:
    """Return all that the sweep finds, ready to be written."""
    return {
        "histories": [frontier.HISTORIES.start, frontier.HISTORIES.stop - 1],
        "companies": {name: told(one) for name, one in frontier.COMPANIES.items()},
    }


def told(company) -> dict:
    """Return the frontier of one company as the file holds it."""
    found = frontier.compared(company)
    prices = zip(frontier.PRICES, found.line, strict=True)
    return {
        "score": round(found.score),
        "par": _rounded(found.par),
        "line": [[price, *_rounded(plan)] for price, plan in prices],
        "careful": _rounded(found.careful),
        "others": [[*spend, *_rounded(plan)] for spend, plan in found.others.items()],
    }


def _rounded(plan):
    return [round(one, DIGITS) for one in plan]


def text(found: dict) -> str:
    """Return the results as the file holds them: one company's plans of a kind a line."""
    companies = [
        f" {json.dumps(name)}: {{\n{_rows(its)}\n }}" for name, its in found["companies"].items()
    ]
    return (
        f'{{\n"histories": {json.dumps(found["histories"])},\n"companies": {{\n'
        + ",\n".join(companies)
        + "\n}\n}\n"
    )


def _rows(its):
    return ",\n".join(f"  {json.dumps(key)}: {json.dumps(one)}" for key, one in its.items())


def main(words: list[str] | None = None) -> int:
    """The command line: sweep and write, or compare."""
    return command(words, "authoring.frontier_11", __doc__, frontier.FILE, lambda: text(results()))


if __name__ == "__main__":
    sys.exit(main())
