"""What the report tells of each thing that was worked out: its sentence, its table, its picture."""

from __future__ import annotations

from loadbearing.front_page import front_pages
from loadbearing.front_page.html import LEFT_OUT
from loadbearing.launch.plans import NEAREST, NO_SENTENCE, NOTHING, PLAN
from loadbearing.launch.telling import carried
from loadbearing.launch.watching import bad_below
from loadbearing.launch.weathers import BY_KEY
from loadbearing.report.balance import NOT_JUDGED, told_balance
from loadbearing.report.drawn import picture_of_lines, picture_of_premortem, reaches_of
from loadbearing.report.parts import Beside, Drawn, Front, Fronts, Table, Text
from loadbearing.report.words import capital
from loadbearing.units import clock, people, share

EXPECTED = 1
"""Which of the three crowds, low, expected and high, is told in the table."""

NO_LIMIT = "none of the limits tried"
CALIBRATION = "How sure we were before our runs, and how often we were right:"
WEATHER = "A weather is what the evening may bring; each is described at the end."
BOTH = (
    "The same simulated evening told twice: the crowd expected, nothing breaks, and nothing of the plan is done. Each "
    f"page is true, and says what it leaves out. On their clocks the start was announced for {clock(0)}."
)
MANY = 4
"""So many weathers need narrower columns."""

STATEMENTS, LEAVES_OUT = 2, 2
"""How much of a front page stands in the report: a few statements, and what it leaves out."""


def of_lines(worked):
    """Return how many people the launch carries in each weather, and what gives way first."""
    launch = worked.launch
    rows = tuple(
        (
            capital(one.name),
            f"{carried(launch, one)} ({reach.interval})",
            one.breaks or NO_LIMIT,
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
    return (
        Text((f"The promise: {launch.promise}.", WEATHER)),
        Drawn(picture_of_lines(worked)),
        table,
    )


def _kept(found):
    """A share over several evenings: the middle one, and from the worst to the best."""
    _, middle, low, high = found
    return share(middle) if low == high else f"{share(middle)} ({share(low)} to {share(high)})"


def of_premortem(worked):
    """Return what may go wrong, the costliest first; what keeps nobody out is only named."""
    harmful = [one for one in worked.premortem if one.lost[2]]
    harmless = [one.name for one in worked.premortem if not one.lost[2]]
    blocks = [Text((worked.premortem[0].sentence,))]
    if harmful:
        rows = tuple(
            (capital(one.name), _people(one.lost), f"{one.cost:,.0f}", one.remedy)
            for one in harmful
        )
        table = Table(
            "Each trouble tried alone; what an ordinary evening loses is in every row",
            ("Trouble", "Not in as promised (range)", "Dollars", "What helps"),
            rows,
            (0.25, 0.24, 0.11, 0.40),
            numbers=(2,),
        )
        blocks += [Drawn(picture_of_premortem(worked)), table]
    if harmless:
        blocks.append(Text((f"Tried, and everybody is in as promised: {'; '.join(harmless)}.",)))
    return tuple(blocks)


def _people(found):
    """A number of people over several evenings: the middle one, and from the least to the most."""
    middle, least, most = found
    return f"{people(middle)} ({people(least)} to {people(most)})"


def of_plan(worked):
    """Return the cheapest plan, what it gives up, and the best of each kind beside it."""
    plan = worked.plan
    blocks = [Text((plan.sentence,))]
    if plan.given_up:
        blocks.append(Text((f"What is given up: {'; '.join(plan.given_up)}.",)))
    names = tuple(BY_KEY[key].name for key in plan.weathers)
    rows = tuple(
        (
            _done(one),
            f"{one.seen.price:,.0f}",
            *(str(sum(one.seen.kept[key])) for key in plan.weathers),
        )
        for one in plan.table
    )
    if rows:
        blocks.append(
            Table(
                f"The promise was kept on how many of {plan.seen.evenings} evenings not used to choose, by weather",
                ("What is done", "Dollars", *names),
                rows,
                (0.52, 0.12, *(0.36 / len(names) for _ in names))
                if len(names) < MANY
                else (0.39, 0.10, *(0.51 / len(names) for _ in names)),
                numbers=tuple(range(1, 2 + len(names))),
            )
        )
    return tuple(blocks)


def _done(row):
    """What is done in a row of the table; where the row has a name of its own, this stands first."""
    named = row.kind in (NOTHING, NO_SENTENCE, PLAN, NEAREST)
    said = f"{row.kind}: {row.said}" if named else row.said
    return capital(said)


def of_stop_rule(worked):
    """Return the stop rule, who decides, and how often it would have been right."""
    below = share(bad_below(worked.launch))
    bad = f"A bad evening is one on which fewer than {below} are in as promised."
    with_plan = ("The rule is for the evening with the plan.",) if worked.plan.chosen else ()
    return (Text((worked.stop_rule.sentence, bad, *with_plan)),)


def of_front_pages(worked):
    """Return both front pages of the evening in short."""
    said = [BOTH]
    if worked.each > 1:
        said.append(f"Of this large crowd they count one person for every {worked.each:,.1f}.")
    return (Text(tuple(said)), Fronts(tuple(_front(page) for page in front_pages(worked.run))))


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
        found.append(
            Text(
                (
                    f"Two opposite readings of one public evening make {len(rows)} claims.",
                    told_balance(rows),
                )
            )
        )
        if any(one.verdict != NOT_JUDGED for one in rows):
            found.append(Beside(_claims_of(rows, "failure"), _claims_of(rows, "stress test")))
    if calibration:
        found.append(Text((CALIBRATION, *calibration)))
    return tuple(found)


def _claims_of(rows, reading):
    """The claims of one reading, each with its verdict and the number that decided it."""
    return Table(
        f"The {reading} reading",
        ("Claim", "Verdict (number)"),
        tuple(
            (
                f"{one.key}: {one.claim}",
                f"{one.verdict} ({one.number})" if one.number else one.verdict,
            )
            for one in rows
            if one.reading == reading
        ),
        (0.68, 0.32),
        small=True,
    )
