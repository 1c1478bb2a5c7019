"""Plans of a class: steps of so many minutes, in the order of the page, that fill the time promised in course.toml.

A step is a heading with its minutes; the builder writes before it when it begins, counted from the start of the class:

    ## 0:05 · Two texts · 6 minutes

A heading of the first rank after the title begins a new day, and the clock with it:

    # Day two: people

A plan is the one page where minutes are typed: they stand in these headings and nowhere else.
"""

import re

from authoring.pages import PageError

STEP = re.compile(
    r"^## (?:\d+:\d\d · )?(?P<title>[^\d\n]+?) · (?P<minutes>\d+) minutes?$", re.MULTILINE
)

DAY = re.compile(r"^# (?P<day>Day .+)$", re.MULTILINE)


def clock(minutes: int) -> str:
    """A time since the start of the class, in hours and minutes.

    >>> clock(95)
    '1:35'
    """
    return f"{minutes // 60}:{minutes % 60:02d}"


def days(text: str) -> list[tuple[str, str]]:
    """The days of a plan: the heading of each and its text; a plan without such headings is one day without a name."""
    starts = [*DAY.finditer(text)]
    if not starts:
        return [("", text)]
    ends = [one.start() for one in starts[1:]] + [len(text)]
    return [(one["day"], text[one.end() : end]) for one, end in zip(starts, ends, strict=True)]


def steps(text: str) -> list[tuple[str, str, int]]:
    """The steps of a plan: when each begins, counted from the start of its day, its title, its minutes."""
    found = []
    for _, day in days(text):
        begun = 0
        for match in STEP.finditer(day):
            found.append((clock(begun), match["title"], int(match["minutes"])))
            begun += int(match["minutes"])
    return found


def timed(text: str, minutes: int, where: str) -> str:
    """The page with the beginning of each step renewed; steps that do not fill the time raise PageError."""
    filled = sum(step[2] for step in steps(text))
    if filled != minutes:
        raise PageError(
            f"{where}: its steps take {filled} minutes, course.toml promises {minutes}; change one of them."
        )
    begins = iter(steps(text))

    def renewed(match: re.Match) -> str:
        begin, title, long = next(begins)
        return f"## {begin} · {title} · {long} {'minute' if long == 1 else 'minutes'}"

    return STEP.sub(renewed, text)


def table(text: str) -> str:
    """The steps as a table: when, what, how long; the name of each day stands above its steps."""
    rows = []
    for day, its in days(text):
        rows += [f"| | **{day}** | |"] if day else []
        rows += [f"| {begin} | {title} | {long} |" for begin, title, long in steps(its)]
    return "\n".join(["| from | what | minutes |", "|--:|---|--:|", *rows])
