"""The tables of `engine.py`, for the screen and for README.md: results in, text out. Standard library only."""

import re

BEGIN, END = "<!-- built: engine -->", "<!-- built: end -->"
NAMES = dict(
    compiled="compiled engine",
    reference="reference engine",
    simpy="SimPy",
    salabim="salabim",
    ciw="Ciw",
)

AGREEMENT_HEADS = ("attempts", "unanswered", "joins")
QUIET = 0.5
"""Programs that want a core: with fewer, the machine has nothing else to do."""

BUDGETS = (
    (
        "compiled engine against SimPy, events a second, at equal size",
        ">=",
        150,
        "times",
        lambda results: _speed(results, "simpy")["times_as_fast"]["median"],
    ),
    (
        "time for each event, 10 M listeners against 1 M",
        "<=",
        3,
        "times",
        lambda results: _largest(results)["time_per_event"]["median"],
    ),
    (
        "memory above import, for each listener",
        "<=",
        120,
        "bytes",
        lambda results: max(row["bytes_per_listener"] or 0 for row in results["growth"]),
    ),
    (
        "slowest named evening, full crowd",
        "<=",
        2,
        "s",
        lambda results: max(row["evening_s"]["median"] for row in results["cases"]),
    ),
    (
        "programs compiled after set-up",
        "<=",
        0,
        "",
        lambda results: max(row["compiled"] for row in results["cases"]),
    ),
)
"""What the design asks for: what, which way, how much, its unit, and where to read it in the results."""


def _speed(results, engine):
    return next(row for row in results["speed"] if row["engine"] == engine)


def _largest(results):
    return max(results["growth"], key=lambda row: row["listeners"])


def number(value):
    """Return a number with three digits that mean something: 1,234,567 as 1.23 M."""
    if value == 0:
        return "0"
    if abs(value) >= 10**6:
        return f"{value / 10**6:.3g} M"
    if abs(value) >= 10**4:
        return f"{value / 10**3:.3g} k"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def spread(held, unit=""):
    """Return a median with the lowest and the highest of the rounds."""
    return f"{number(held['median'])}{unit} ({number(held['low'])} to {number(held['high'])})"


def agreement_row(row):
    """Return the cells of one comparison of an engine with the compiled one."""
    pairs = zip(row["theirs"], row["ours"], strict=True)
    return [
        NAMES[row["engine"]],
        row["work"],
        f"{row['listeners']:,}",
        str(row["evenings"]),
        *(f"{theirs:.3f} against {ours:.3f}" for theirs, ours in pairs),
        f"{row['apart']:.1f}",
        "yes" if row["agrees"] else "no",
    ]


def speed_row(row):
    """Return the cells of one engine's speed."""
    return [
        NAMES[row["engine"]],
        row["work"],
        f"{row['listeners']:,}",
        spread(row["evening_s"], " s"),
        spread(row["events_per_s"]),
        spread(row["times_as_fast"]) if row["engine"] != "compiled" else "1",
    ]


def growth_row(row):
    """Return the cells of one size of the crowd."""
    held = row["bytes_per_listener"]
    return [
        f"{row['listeners']:,}",
        f"{100 * row['joined']:.1f} %",
        f"{row['events']:.2f}",
        spread(row["evening_s"], " s"),
        spread(row["events_per_s"]),
        spread(row["time_per_event"]),
        f"{held:.0f} bytes" if held else "",
    ]


def start_rows(start):
    """Return the cells of a start without and with compiled programs."""
    return [
        ["nothing compiled yet", f"{number(start['cold_s'])} s"],
        ["after set-up", spread(start["warm_s"], " s")],
    ]


def case_row(row):
    """Return the cells of one named evening."""
    return [
        row["name"],
        f"{row['listeners']:,}",
        spread(row["evening_s"], " s"),
        str(row["compiled"]),
    ]


def budget_rows(results):
    """Return the cells of every budget: what, how far it should reach, what was measured, and whether it is kept."""
    rows = []
    for what, way, reach, unit, read in BUDGETS:
        if what.startswith("compiled") and not any(
            r["engine"] == "simpy" for r in results["speed"]
        ):
            continue
        found = read(results)
        kept = found >= reach if way == ">=" else found <= reach
        unit = " " + unit if unit else ""
        rows.append(
            [what, f"{way} {reach}{unit}", f"{number(found)}{unit}", "yes" if kept else "no"]
        )
    return rows


def agreement_line(row):
    """Return one comparison as a line for the screen."""
    return "  ".join(agreement_row(row))


def speed_line(row):
    """Return one engine's speed as a line for the screen."""
    return "  ".join(speed_row(row))


def growth_line(row):
    """Return one size of the crowd as a line for the screen."""
    return "  ".join(growth_row(row))


def start_line(start):
    """Return both starts as a line for the screen."""
    return "; ".join(": ".join(row) for row in start_rows(start))


def case_line(row):
    """Return one named evening as a line for the screen."""
    return "  ".join(case_row(row))


def table(heads, rows):
    """Return a Markdown table; every column but the first is set to the right."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


SECTIONS = (
    (
        "Budgets",
        ["budget", "should be", "is", "kept"],
        budget_rows,
    ),
    (
        "The same work first",
        ["engine", "work", "listeners", "evenings", *AGREEMENT_HEADS, "apart", "agrees"],
        lambda results: [agreement_row(row) for row in results["agreement"]],
    ),
    (
        "Side by side",
        [
            "engine",
            "work",
            "listeners",
            "an evening",
            "events a second",
            "compiled is x times as fast",
        ],
        lambda results: [speed_row(row) for row in results["speed"]],
    ),
    (
        "Growth",
        [
            "listeners",
            "joined",
            "events a listener",
            "an evening",
            "events a second",
            "time an event",
            "memory a listener",
        ],
        lambda results: [growth_row(row) for row in results["growth"]],
    ),
    (
        "From starting Python to a first evening",
        ["state", "time"],
        lambda results: start_rows(results["start"]),
    ),
    (
        "The named evenings, full crowd",
        ["evening", "listeners", "time", "programs compiled"],
        lambda results: [case_row(row) for row in results["cases"]],
    ),
)
"""Every table: its heading, its columns, and its rows."""


def conditions(results):
    """Return the sentences that say when and where the results were measured."""
    libraries = ", ".join(
        f"{NAMES.get(name, name)} {at}" for name, at in results["versions"].items()
    )
    said = f"Measured on {results['date']}: {results['processor']}; {libraries}."
    if results["load"] is not None and results["load"] > QUIET:
        said += (
            f" Other programs were running too ({number(results['load'])} wanted a core just before), so read the"
            " ratios, not the seconds."
        )
    return said


def tables(results):
    """Return the conditions and every table as Markdown."""
    parts = [conditions(results)]
    for heading, heads, rows in SECTIONS:
        parts += [f"### {heading}", table(heads, rows(results))]
    return "\n\n".join(parts) + "\n"


def filled(text, results):
    """Return a page with the tables between its two marks; raise `ValueError` if it has none."""
    between = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if not between.search(text):
        raise ValueError(f"The page has no {BEGIN} with {END} after it: add the two lines.")
    return between.sub(lambda _: f"{BEGIN}\n{tables(results)}{END}", text, count=1)
