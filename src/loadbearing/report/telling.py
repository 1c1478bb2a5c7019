"""What the report tells of each thing that was worked out: its sentence, its table, its picture."""

from __future__ import annotations

from loadbearing.front_page import front_pages
from loadbearing.front_page.html import LEFT_OUT
from loadbearing.launch.weathers import BY_KEY
from loadbearing.report.balance import NOT_JUDGED, told_balance
from loadbearing.report.drawn import picture_of_lines, picture_of_premortem, reaches_of
from loadbearing.report.parts import Beside, Drawn, Front, Fronts, Table, Text
from loadbearing.units import people, share

EXPECTED = 1
"""Which of the three crowds, low, expected and high, is told in the table."""

NOTHING = "none of the limits tried"
STATEMENTS, LEAVES_OUT = 2, 2
"""How much of a front page stands in the report: a few statements, and what it leaves out."""


def of_lines(worked):
    """Return how many people the launch carries in each weather, and what gives way first."""
    launch = worked.launch
    rows = tuple(
        (
            one.name,
            f"{people(one.crowd)} ({reach.interval})",
            one.breaks or NOTHING,
            _kept(one.kept[EXPECTED]),
        )
        for one, reach in zip(worked.lines, reaches_of(worked), strict=True)
    )
    table = Table(
        "Load line in each weather: the largest crowd for which the promise is kept",
        (
            "Weather",
            "Load line (interval)",
            "Gives way first",
            f"In as promised, of {people(launch.expected)}",
        ),
        rows,
        (0.27, 0.27, 0.22, 0.24),
    )
    return (Text((f"The promise: {launch.promise}.",)), Drawn(picture_of_lines(worked)), table)


def _kept(found):
    """A share over several evenings: the middle one, and from the worst to the best."""
    _, middle, low, high = found
    return share(middle) if low == high else f"{share(middle)} ({share(low)} to {share(high)})"


def of_premortem(worked):
    """Return what may go wrong, the costliest first."""
    rows = tuple(
        (
            one.name,
            f"{people(one.lost[0])} ({people(one.lost[1])} to {people(one.lost[2])})",
            f"{one.cost:,.0f}",
            one.remedy,
        )
        for one in worked.premortem
    )
    table = Table(
        "Each trouble alone, on an evening as expected",
        ("Trouble", "People lost (range)", "Dollars", "What helps"),
        rows,
        (0.26, 0.22, 0.12, 0.40),
        numbers=(2,),
    )
    return (Text((worked.premortem[0].sentence,)), Drawn(picture_of_premortem(worked)), table)


def of_plan(worked):
    """Return the cheapest plan that keeps the promise, what it gives up, and the best of each kind beside it."""
    plan = worked.plan
    blocks = [Text((plan.sentence,))]
    if plan.given_up:
        gives = "; ".join(plan.given_up)
        blocks.append(Text((f"What it gives up: {gives}.",)))
    weathers = tuple(BY_KEY[key].name for key in plan.weathers)
    rows = tuple(
        (
            one.kind,
            one.said,
            f"{one.seen.price:,.0f}",
            *(_of(one.seen.kept[key]) for key in plan.weathers),
        )
        for one in plan.table
    )
    if rows:
        blocks.append(
            Table(
                "The best of each kind, and how often it kept the promise on evenings not used to choose it",
                ("Kind", "What is done", "Dollars", *(f"Kept: {name}" for name in weathers)),
                rows,
                (0.20, 0.36, 0.12, *(0.32 / len(weathers) for _ in weathers)),
                numbers=(2,),
            )
        )
    return tuple(blocks)


def _of(kept):
    """On how many evenings a promise was kept."""
    return f"{sum(kept)} of {len(kept)}"


def of_stop_rule(worked):
    """Return the stop rule, who decides, and how often it would have been right."""
    return (Text((worked.stop_rule.sentence,)),)


def of_front_pages(worked):
    """Return both front pages of the evening in short."""
    return (Fronts(tuple(_front(page) for page in front_pages(worked.run))),)


def _front(page):
    return Front(
        reading=page.reading,
        masthead=page.masthead,
        motto=page.motto,
        headline=page.headline.text,
        deck=page.deck.text,
        statements=tuple(one.text for one in page.statements[:STATEMENTS]),
        left_out_head=LEFT_OUT,
        left_out=tuple(one.text for one in page.leaves_out[:LEAVES_OUT]),
    )


def of_balance(rows, calibration):
    """Return the balance of the claims and how sure the student was; nothing if neither was given."""
    found = []
    if rows:
        found.append(Text((told_balance(rows),)))
        if any(one.verdict != NOT_JUDGED for one in rows):
            found.append(Beside(_claims_of(rows, "failure"), _claims_of(rows, "stress test")))
    if calibration:
        found.append(Text(tuple(calibration)))
    return tuple(found)


def _claims_of(rows, reading):
    """The claims of one reading, each with its verdict and the number that decided it."""
    return Table(
        f"The {reading} reading",
        ("Claim", "Our runs"),
        tuple(
            (
                f"{one.key}: {one.claim}",
                f"{one.verdict} ({one.number})" if one.number else one.verdict,
            )
            for one in rows
            if one.reading == reading
        ),
        (0.72, 0.28),
    )
