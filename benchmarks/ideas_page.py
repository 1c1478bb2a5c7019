"""The table of `ideas.py`, for the screen and for README.md: results in, text out. Standard library only."""

from benchmarks import engine_page

BEGIN, END = "<!-- built: ideas -->", "<!-- built: ideas end -->"


def table(results):
    """Return the ideas as a Markdown table: each with the lines it costs and what it gives."""
    works = list(results["ideas"][0]["times"])
    rows = [
        [
            f"{one['name']}: {one['why']}",
            str(one["lines"]),
            *(f"{one['times'][work]:.2f}" for work in works),
        ]
        for one in sorted(results["ideas"], key=lambda one: -max(one["times"].values()))
    ]
    return engine_page.table(["idea", "lines", *(f"without it, {work}" for work in works)], rows)


def filled(text, results):
    """Return a page with the table between its two marks; raise `ValueError` if it has none."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"The page has no {BEGIN} with {END} after it: add the two lines.")
    return f"{before}{BEGIN}\n{table(results)}\n{END}{after}"
