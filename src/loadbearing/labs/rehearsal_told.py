"""What the lab of the real server says of a rehearsal, as HTML: its tests, its evening, and what they taught."""

from __future__ import annotations

import math
from html import escape

import numpy as np

from loadbearing import front_page
from loadbearing.labs import look, real_server, rehearsal_learned
from loadbearing.live.calendar import in_hundred
from loadbearing.live.forecast import QUANTITIES
from loadbearing.live.record import REFUSED
from loadbearing.units import duration, share

STEPS = (
    "<b>You guess</b> how much this door can do.",
    "<b>The tests run</b>: three from a calendar, one in which the door stalls, then a careful ramp. About a minute.",
    "<b>You decide</b>: go, or no go? Then the simulation says what it expects, from the tests alone.",
    "<b>The crowd comes</b>, in real time. Less than a minute.",
)


def steps():
    """Return what will happen, as a list."""
    return '<ol class="lb-steps">' + "".join(f"<li>{one}</li>" for one in STEPS) + "</ol>"


def tests_table(found):
    """Return the tests as a table: how many each let in, its best second, and its verdict."""
    heads = ("", "let in", "best second", "verdict")
    rows = [
        (
            one.title,
            f"{one.joined:,}",
            f"{one.busiest_per_s:,}",
            "passed" if one.passed else "failed",
        )
        for one in found.tests
    ]
    if found.ramp is not None:
        ramp = found.ramp
        rows.append((ramp.title, f"{ramp.joined:,}", f"{ramp.busiest_per_s:,}", found.ramp_said))
    return _table(heads, rows) + look.caption(promised(found), found.label)


def promised(found):
    """Return what each test had promised, and what it showed, in a sentence."""
    within = {one.promise.within_s for one in found.plan.tests}
    if len(within) > 1:
        return " ".join(f"{one.title}: {one.said}" for one in found.tests)
    shown = ", ".join(in_hundred(one.share) for one in found.tests)
    wanted = in_hundred(found.plan.tests[0].promise.share)
    soon = duration(within.pop())
    return f"Let in within {soon}, of 100 who asked: {shown}, test by test; {wanted} were promised."


def evening(found):
    """Return what came of the evening beside what was foreseen, and what the dashboard saw of it."""
    comparison = found.compared()
    rows = [(QUANTITIES[row.name][0], range_of(row), value_of(row)) for row in comparison.rows]
    asked = real_server.tests_picture(found, evening=True)
    told = look.sub("What the tests had asked for, and what the evening asked for")
    told += look.picture(asked) + look.caption(asked.sentence)
    told += look.sub("Foreseen from the tests, and measured")
    told += look.side_by_side(("foreseen", "measured"), rows)
    told += look.caption(f"{comparison.inside} of {len(rows)} lie within.", *comparison.why)
    if found.evening.said:
        told += look.caption(
            f"About this record of {len(found.evening.attempts):,} attempts: {found.evening.said}"
        )
    told += look.sub("What the dashboard saw")
    told += look.caption(found.dashboard.say(), hidden(found))
    return told + left_out(found)


def hidden(found):
    """Return the share of refusals and time-outs that fell where the dashboard saw nothing, as a sentence."""
    rows = found.evening.attempts
    refused = np.isin(rows["answer"], list(REFUSED))
    failed_s = np.concatenate([rows["sent"][refused], rows["gone"][~np.isnan(rows["gone"])]])
    hidden = found.dashboard.hid(failed_s.tolist())
    if math.isnan(hidden):
        return "Nobody was refused, and nobody went away."
    return f"Of all refusals and time-outs, {share(hidden)} happened while it saw nothing."


def left_out(found):
    """Return what a test leaves out whose users wait for their answer, on this rehearsal's own stalled test."""
    if found.left_out is None:
        return ""
    heads = (
        "the wait that so many did not exceed",
        "as recorded",
        "counted as if they had asked",
        "simulated: a crowd that does not wait",
    )
    rows = [
        (share(part), *(f"{one:.2f} s" for one in waits)) for part, *waits in found.left_out.table
    ]
    return (
        look.sub("What a waiting user leaves out")
        + look.caption(found.left_out.say())
        + _table(heads, rows)
    )


def door_page(port):
    """Return a line with the address of the door's own page, which shows its queue while it is open."""
    address = f"http://127.0.0.1:{port}/"
    return (
        f'<div class="lb-caption">While it is open, the door has <a href="{address}" '
        'target="_blank">a page of its own</a>: its queue, and a place in the line.</div>'
    )


def pages(run):
    """Return both front pages of the measured evening, folded."""
    pages = look.pages(front_page.as_html(front_page.front_pages(run)))
    return f"<details><summary><b>Both front pages of this evening</b></summary>{pages}</details>"


def learned(found, guess, each):
    """Return what each way to learn made of the guess, and at what price; `each`: what one harmed listener costs."""
    told = rehearsal_learned.lessons(found, guess)
    heads = ("", "a second", "let in late or not at all", "which costs", "numbers written down")
    words, bits = rehearsal_learned.said(found, told)
    return (
        look.sub(f"What became of your guess of {guess.range}")
        + _table(heads, rehearsal_learned.rows(told, each))
        + look.picture(rehearsal_learned.learned_picture(guess, told))
        + look.caption(words)
        + f"<details><summary>{look.small('In bits, for those who ask')}</summary>{look.caption(bits)}</details>"
    )


def _table(heads, rows):
    top = "".join(f"<th>{escape(one)}</th>" for one in heads)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<table class="lb-table lb-two"><tr>{top}</tr>{lines}</table>'


def range_of(row):
    """Return what was foreseen of one quantity, in words."""
    say = QUANTITIES[row.name][2]
    if math.isnan(row.range.likely):
        return "cannot be told"
    return f"{say(row.range.low)} to {say(row.range.high)}"


def value_of(row):
    """Return what was measured of one quantity, in words, with a mark where it was not foreseen."""
    if math.isnan(row.measured):
        return "nobody"
    return QUANTITIES[row.name][2](row.measured) + ("" if row.inside else " (missed)")
