"""The tables of `slider.py`, for the screen and for slider.md: results in, text out. Standard library only."""

import re

from benchmarks.engine_page import table

BEGIN, END = "<!-- built: slider -->", "<!-- built: slider end -->"
BUDGETS = (
    ("while dragging, median", "drag", "median", 100, "ms"),
    ("while dragging, 95 in 100", "drag", "p95", 200, "ms"),
    ("full crowd after letting go, longest", "full_s", "most", 2, "s"),
)
"""What the design asks for: what, in which series, which of its numbers, how much at most, and the unit."""


def number(value):
    """Return milliseconds or seconds as they are read: 7.4, 84, 1.8."""
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}"


def row(name, held):
    """Return the cells of one series."""
    cells = [number(held[key]) for key in ("least", "median", "p95", "most")]
    return [name, str(held["number"]), *cells]


def tables(results):
    """Return the conditions and every table as Markdown."""
    kept = [
        [what, f"<= {most} {unit}", f"{number(results[series][key])} {unit}",
         "yes" if results[series][key] <= most else "no"]
        for what, series, key, most, unit in BUDGETS
    ]  # fmt: skip
    load = results.get("load")
    busy = (
        f" Other programs were running too (about {load:.1f} wanted a core)."
        if load is not None and load > 1
        else ""
    )
    heads = ["least", "median", "95 in 100", "most"]
    return "\n\n".join([
        f"Measured on {results['date']}.{busy} {results['changed']} of {results['pictures']} pictures changed pixels;"
        " a knob moved by less than a step may leave them as they are.",
        "### Budgets of the picture",
        table(["budget", "should be", "is", "kept"], kept),
        "### From input to changed pixels",
        table(
            ["moved by", "moves", *(f"{one}, ms" for one in heads)],
            [row("mouse, dragged", results["drag"]), row("one key at a time", results["keys"])],
        ),
        "### From letting go to the full crowd",
        table(["", "times", *(f"{one}, s" for one in heads)], [row("let go", results["full_s"])]),
        "### Where the time goes, for each picture",
        table(
            ["part", "pictures", *(f"{one}, ms" for one in heads)],
            [row(name, held) for name, held in results["parts"].items()],
        ),
    ]) + "\n"  # fmt: skip


def filled(text, results):
    """Return a page with the tables between its two marks; raise `ValueError` if it has none."""
    between = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if not between.search(text):
        raise ValueError(f"The page has no {BEGIN} with {END} after it: add the two lines.")
    return between.sub(lambda _: f"{BEGIN}\n{tables(results)}{END}", text, count=1)
