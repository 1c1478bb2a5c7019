"""What the game of the roadmap says: the last quarter in plain words, the next one, the score, the other histories."""

from __future__ import annotations

from html import escape

from loadbearing import roadmap
from loadbearing.labs import look
from loadbearing.pictures import roadmap as drawn
from loadbearing.pictures.paper import number
from loadbearing.units import people, share

STYLE = """<style>
.lb-sheet .lb-quarter { font-size: 14px; line-height: 1.45; margin: 0 0 8px; }
.lb-sheet .lb-quarter ul { margin: 2px 0 0; padding-left: 20px; }
.lb-sheet .lb-bad { font-weight: 700; }
.lb-sheet .lb-spends { max-width: none; font-variant-numeric: tabular-nums; }
.lb-sheet .lb-spends th { text-align: right; padding: 3px 8px 3px 0; font-weight: 600; }
.lb-sheet .lb-spends td { text-align: right; }
.lb-scroll { overflow-x: auto; }
</style>"""


def most(company):
    """Return the most parts of each kind that a quarter's budget can hold; nobody is let in without capacity."""
    return (company.budget - 1, company.budget, 1, 1, 1)


def picture(playing):
    """Return the picture of the history so far."""
    return drawn.history(playing.rows, quarters=playing.company.quarters)


def shocks(company, row):
    """Return what luck brought in a quarter, as plain sentences; the release is always told."""
    said = [_release(row)]
    if row.spike:
        said.append(f"A clip went round: {number(round(company.spike))} times as many came.")
    if row.fault:
        acts = (
            "A team was on call and mended it within minutes."
            if row.spend.people
            else "Nobody was on call."
        )
        said.append(f"A fault that nobody had seen made every join take twice as long. {acts}")
    return said


def _release(row):
    grew = row.grown / row.audience - 1
    if not row.spend.features:
        return "Nothing was released."
    if grew == 0:
        return "The release left people cold: it brought nobody."
    more = f"it made the audience {drawn.of_par(grew)} larger"
    return (
        f"People loved the release: {more}."
        if row.release > 1
        else f"The release was liked: {more}."
    )


def evening_said(row):
    """Return what the evening of a quarter came to, in a sentence or two."""
    in_time = (
        f"{people(row.came)} came, and {share(row.share)} of them were in within five minutes."
    )
    lost = row.grown - row.after
    if row.share >= roadmap.BAD:
        return in_time
    return f"{in_time} A bad evening: {people(lost)} people will not come again."


def stands(playing):
    """Return how the roadmap stands, in a sentence; empty before the first quarter."""
    if not playing.spends:
        return ""
    said, so_far = _carried(playing.rows), playing.against_par()
    if not playing.over:
        said = said.replace("Carried", "Carried so far")
    return said + (
        f". That is {drawn.of_par(so_far)} of par on the same luck." if so_far is not None else "."
    )


def _carried(rows):
    total = roadmap.total(rows)
    return f"Carried: {'−' if total < 0 else ''}{people(abs(total))}"


def others_said(playing):
    """Return how the plan fared on the other histories, in a few sentences."""
    shares, bad = playing.on_others
    own, mean = playing.against_par(), drawn.of_par(shares.mean())
    said = f"On {len(shares)} other histories this plan carries {mean} of par on average"
    said += f", from {drawn.of_par(shares.min())} to {drawn.of_par(shares.max())}. "
    said += f"Bad evenings a roadmap: {bad.mean():.1f}."
    if own is not None:
        said = f"On its own history this plan carries {drawn.of_par(own)} of par. {said}"
    if playing.back:
        steps = "once" if playing.back == 1 else f"{playing.back} times"
        said += (
            f" You went back {steps}: then you knew what was coming. Nobody knows it on the others."
        )
    return said


def last_quarter(playing):
    """Return what the last quarter brought, as HTML; before the first, what there is to know."""
    if not playing.rows:
        return (
            f'<div class="lb-quarter">Luck {playing.luck}: a history that nobody knows yet.</div>'
        )
    row, at = playing.rows[-1], playing.quarter
    lines = [*shocks(playing.company, row), evening_said(row)]
    bad = ' class="lb-bad"' if row.share < roadmap.BAD else ""
    said = "".join(f"<li>{escape(line)}</li>" for line in lines[:-1])
    said += f"<li{bad}>{escape(lines[-1])}</li>"
    title = look.sub(f"Quarter {at}, luck {playing.luck}")
    return f'{title}<div class="lb-quarter" role="status"><ul>{said}</ul></div>'


def next_quarter(playing):
    """Return the heading over the counters, or what can be done when all is played."""
    if playing.over:
        said = "Play this plan on other histories, go back a quarter, or take another luck."
        return f'{look.sub("All eight quarters are played")}<div class="lb-quarter">{said}</div>'
    said = (
        f"{people(playing.audience)} people would come, before this quarter's release. One part of capacity is "
        f"{people(playing.company.handlers_a_part)} handlers."
    )
    title = look.sub(f"Quarter {playing.quarter + 1} of {playing.company.quarters}")
    return f'{title}<div class="lb-quarter">{escape(said)}</div>'


def evening_shown(quarter, row):
    """Return the heading over the moving crowd, in a sentence."""
    return f"The evening of quarter {quarter}: {people(row.came)} came, {share(row.share)} were in within five minutes"


def others(playing):
    """Return how the plan fared on other histories, as HTML: the picture, and both plans of this history, folded."""
    own = playing.against_par()
    dots = "" if own is None else look.picture(drawn.own_and_others(own, playing.on_others[0]))
    said = others_said(playing)
    return (
        f"{look.sub('The same plan on other histories')}{dots}{look.result(said)}"
        f"<details><summary>Your spending, and what the best plan known did on this luck</summary>"
        f"{_spends('You', playing.rows)}{_spends('The best plan known', playing.best_rows)}</details>"
    )


def _spends(who, rows):
    """Parts, evening and audience of each quarter as a table."""
    heads = (
        "",
        "features",
        "capacity",
        "rehearsal",
        "people",
        "details",
        "came",
        "in within 5 minutes",
    )
    top = "".join(f"<th>{one}</th>" for one in heads)
    body = "".join(
        f"<tr><td>Q{at}</td>"
        + "".join(f"<td>{one}</td>" for one in (*row.spend, people(row.came), share(row.share)))
        + "</tr>"
        for at, row in enumerate(rows, 1)
    )
    bad = roadmap.bad(rows)
    evenings = "evening" if bad == 1 else "evenings"
    title = f"{who}. {_carried(rows)}, {number(bad)} bad {evenings}"
    table = f'<table class="lb-table lb-spends"><tr>{top}</tr>{body}</table>'
    return f'<div class="lb-scroll">{look.small(title)}{table}</div>'


def parts_of(kept, playing, usual):
    """Return how the counters stood when they were written down; anything that is no such thing is `usual`."""
    tops = most(playing.company)
    try:
        parts = tuple(int(one) for one in kept["parts"])
        fits = len(parts) == len(tops) and sum(parts) <= playing.company.budget
        return (
            parts
            if fits and all(0 <= one <= top for one, top in zip(parts, tops, strict=True))
            else usual
        )
    except (KeyError, TypeError, ValueError):
        return usual
