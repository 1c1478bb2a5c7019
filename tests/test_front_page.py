"""Front pages: every sentence is true of its run, for each of the two readings, on every kind of evening."""

import dataclasses
import doctest
import html
import html.parser
import json
import math
import re
import string
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadbearing import (
    Autoscaler,
    Change,
    ForeignLoad,
    HandlersLost,
    Patience,
    Restart,
    Retries,
    Steady,
    Timetable,
    WaitingRoom,
    cases,
    simulate,
)
from loadbearing.front_page import as_html, as_text, failure, front_pages, how_many, stress_test
from loadbearing.front_page import quantifiers as quantifier_room
from loadbearing.front_page.facts import UntrueWord, facts
from loadbearing.front_page.rounding import above, below
from loadbearing.units import duration, parse_clock
from loadbearing.words import avoided_in
from tests.by_hand import plan
from tests.recount import EVERYBODY, at_the_end_of, recount, row_before
from tests.strategies import scenarios

TABLES = ("HEADLINES", "DECKS", "CHART", "STATEMENTS", "LEAVES_OUT")
RULES = {
    rule.key: rule
    for room in (failure, stress_test)
    for table in TABLES
    for rule in getattr(room, table)
}

# ----------------------------------------------------------------------- What the words claim, by rule


def half_longer(c, used):
    return sum(wait > used["long_half"] for wait in c.waits) * 2 >= c.joined > 0


def tenth_longer(c, used):
    return sum(wait > used["long_tenth"] for wait in c.waits) * 10 >= c.joined > 0


def half_within(c, used):
    return sum(wait <= used["quick_half"] + 1e-9 for wait in c.waits) * 2 >= c.joined > 0


def half_gave_up_within(c, used):
    within = used["giving_up_half"] + 1e-9
    return sum(lasted <= within for lasted in c.patience) * 2 >= c.gave_up_n > 0


def swamped_within(c, used):
    """Some minute that ended by then had brought more work than the handlers of that minute could do."""
    ended = c.starts + c.swamped[0] + 1 - c.people[0].arrived
    return 0 < ended <= used["to_overload"] + 1e-6 < ended + 61


def everyone_in(c, used):
    return c.came > 0 and c.not_in == 0


def short_of_handlers(c, used):
    return c.fewest < c.most_handlers and c.scarce >= 60 and c.ordered == 0


def limit_met(c, used):
    return c.reached and c.came > 0


def limit_not_met(c, used):
    nobody_held_up = c.refused == c.disconnections == c.stood == 0
    return not c.reached and nobody_held_up and c.busiest_use < 0.95


def nothing_failed(c, used):
    return c.failed == c.disconnections == c.cut_time == 0


def let_in_once_each(c, used):
    return c.best_minute > 0 == c.rejoins


def measured_at_the_limit(c, used):
    own = c.foreign_n == 0 == c.rejoins
    return own and c.best_use >= 0.95 and c.best_dead < 0.1


def only_people_at_the_door(c, used):
    return c.foreign_n == 0 == c.stood


def room_came_down(c, used):
    """Every seat was taken by somebody inside when one more came: none was kept for anybody."""
    return c.collapses > 0 < c.seats <= max(c.inside) + c.disconnections and c.reserved == 0


def lost_it(c, used):
    return c.disconnected_n > 0


def the_line_at_its_most(c, used):
    return used["line_most"] >= 0.9 * max(c.line) > 0


def grew(c, used):
    return c.ordered > 0 and c.most_handlers > c.handlers


def numbers_only(c, used):
    return True


CLAIMS = {
    "f.nobody_came": lambda c, used: c.came == 0,
    "f.nobody_in": lambda c, used: c.came > 0 == c.joined,
    "f.few_of_many": lambda c, used: 0 < c.joined < c.came,
    "f.left_outside": lambda c, used: c.not_in > 0,
    "f.work_for_nobody": lambda c, used: c.dead_share > 0,
    "f.missing": short_of_handlers,
    "f.half_waited": half_longer,
    "f.no_first_click": lambda c, used: c.came > 0 == c.first_click,
    "f.missed_first": lambda c, used: c.not_first_n > 0,
    "f.at_its_limit": lambda c, used: (
        limit_met(c, used) and c.share_out < 0.02 and c.disconnections == 0
    ),
    "f.untested": limit_not_met,
    "f.nothing_broke": lambda c, used: nothing_failed(c, used) and c.not_in == 0 < c.came,
    "f.came_and_joined": numbers_only,
    "f.connection_lost": lost_it,
    "f.stood_in_line": lambda c, used: c.stood > 0,
    "f.deck_empty": lambda c, used: c.requests == 0 == c.foreign_n and c.fewest == c.most_handlers,
    "f.deck_nobody": lambda c, used: c.came == 0,
    "f.deck_nobody_in": lambda c, used: c.came > 0,
    "f.deck_wait": half_longer,
    "f.deck_outside": lambda c, used: c.came > 0,
    "f.deck_unknown": limit_not_met,
    "f.deck_all_but_a_few": lambda c, used: c.not_in > 0,
    "f.deck_plain": lambda c, used: c.came > 0,
    "f.chart": lambda c, used: used["outside_most"] >= 0.9 * max(c.outside) > 0,
    "f.chart_flat": lambda c, used: max(c.outside) == 0,
    "f.not_in_both": lambda c, used: c.gave_up_n > 0 < c.still_n,
    "f.not_in_gave_up": lambda c, used: c.gave_up_n > 0 == c.still_n,
    "f.not_in_still": lambda c, used: c.still_n > 0 == c.gave_up_n,
    "f.long_wait": lambda c, used: half_longer(c, used) and tenth_longer(c, used),
    "f.attempts": lambda c, used: c.requests > c.came,
    "f.attempts_alike": lambda c, used: c.requests > c.came,
    "f.too_few_seats": lambda c, used: c.seats < c.came and c.refused_no_seat > 0 < c.not_in,
    "f.refused": lambda c, used: c.refused_full > 0,
    "f.no_seat": lambda c, used: c.refused_no_seat > 0,
    "f.no_answer": lambda c, used: c.time_outs > 0,
    "f.dead_work": lambda c, used: c.dead_time > 0,
    "f.dead_time": lambda c, used: c.dead_time > 0,
    "f.echo_alone": lambda c, used: (
        only_people_at_the_door(c, used) and c.overload_first == 0 < c.overload and c.later > 0
    ),
    "f.echo": lambda c, used: (
        only_people_at_the_door(c, used) and 0 < c.overload_first < c.overload and c.later > 0
    ),
    "f.overload": lambda c, used: c.overload > 0,
    "f.hours_outside": lambda c, used: c.hours_outside > 0,
    "f.missing_handlers": short_of_handlers,
    "f.queue_of_the_gone": lambda c, used: (
        0 < used["dead_queue"] <= used["queue_then"] and c.foreign_n == 0
    ),
    "f.lost": lambda c, used: c.disconnections == c.disconnected_n > 0,
    "f.lost_again": lambda c, used: c.disconnections > c.disconnected_n > 0,
    "f.collapsed": lambda c, used: c.collapses > 0 < c.seats,
    "f.no_return": lambda c, used: c.no_return_n > 0,
    "f.still_out": lambda c, used: c.still_out_n > 0,
    "f.way_back": lambda c, used: lost_it(c, used) and c.time_returning > 0,
    "f.shut": lambda c, used: c.refused_shut > 0,
    "f.swept": lambda c, used: c.refused_restart > 0,
    "f.cut_work": lambda c, used: c.cut_time > 0,
    "f.budget": lambda c, used: c.refused_budget > 0 < c.later,
    "f.line": the_line_at_its_most,
    "f.line_time": lambda c, used: c.line_time > 0,
    "f.line_end": lambda c, used: c.line_end > 0,
    "f.grown_late": lambda c, used: (
        c.ordered > 0
        and c.most_handlers > used["handlers_then"]
        and c.most_handlers_at > used["outside_most_at"]
    ),
    "f.had_the_time": lambda c, used: (
        c.plain_door and c.could_serve >= c.came and c.refused_no_seat == 0 < c.joined
    ),
    "f.unproven": limit_not_met,
    "f.good_teaches_nothing": lambda c, used: nothing_failed(c, used) and c.not_in == 0 < c.came,
    "f.paid_and_idle": lambda c, used: limit_not_met(c, used) and c.utilization < 0.5,
    "f.room_for": lambda c, used: (
        limit_not_met(c, used) and c.plain_door and c.spare_minute < c.came
    ),
    "f.one_crowd": lambda c, used: c.came > 0,
    "f.empty_door": lambda c, used: c.came == 0,
    "f.served": lambda c, used: c.came > 0,
    "f.too_late": lambda c, used: c.after_the_end > 0,
    "f-.got_in": lambda c, used: c.joined > 0,
    "f-.all_got_in": everyone_in,
    "f-.held": lambda c, used: used["inside_most"] >= 0.9 * max(c.inside) > 0,
    "f-.nobody_gave_up": lambda c, used: c.gave_up_n == c.no_return_n == 0 < c.may_give_up,
    "f-.cleared": lambda c, used: 0 < used["outside_clear"] <= max(c.outside) / 100,
    "f-.all_cleared": lambda c, used: at_the_end_of(c, c.outside, used["clear_at"]) == 0,
    "f-.first_click": lambda c, used: c.first_click > 0,
    "f-.busy": let_in_once_each,
    "f-.hours_inside": lambda c, used: c.listening_hours > 0,
    "f-.worked": lambda c, used: c.services > 0,
    "f-.came_back": lambda c, used: lost_it(c, used) and c.back_n > 0,
    "f-.line": lambda c, used: c.admitted > 0,
    "f-.foreign": lambda c, used: c.foreign_share > 0,
    "f-.grew": grew,
    "f-.one_evening": numbers_only,
    "f-.built_for": numbers_only,
    "s.nobody_came": lambda c, used: c.came == 0,
    "s.room_to_spare": lambda c, used: everyone_in(c, used) and limit_not_met(c, used),
    "s.not_tested": limit_not_met,
    "s.found_fast": swamped_within,
    "s.short_handed_and_in": lambda c, used: everyone_in(c, used) and short_of_handlers(c, used),
    "s.dead_and_in": lambda c, used: everyone_in(c, used) and c.dead_time > 0,
    "s.full_and_in": lambda c, used: everyone_in(c, used) and limit_met(c, used) and c.flat_out > 0,
    "s.touched_and_in": lambda c, used: everyone_in(c, used) and limit_met(c, used),
    "s.room_came_down": lambda c, used: room_came_down(c, used) and c.disconnections > 0,
    "s.all_back": lambda c, used: c.back_n == c.disconnected_n > 1,
    "s.line_and_in": lambda c, used: everyone_in(c, used) and c.stood > 0,
    "s.rate_is_known": measured_at_the_limit,
    "s.through_a_full_door": lambda c, used: c.door_full and c.joined > 0,
    "s.seats_ran_out": lambda c, used: c.refused_no_seat > 0,
    "s.all_recorded": numbers_only,
    "s.deck_empty": lambda c, used: c.came == 0,
    "s.deck_more_than_it_could": lambda c, used: c.busiest_arrivals > c.could_minute and c.reached,
    "s.deck_within": numbers_only,
    "s.chart": lambda c, used: used["inside_most"] >= 0.9 * max(c.inside) > 0,
    "s.chart_flat": lambda c, used: max(c.inside) == 0,
    "s.everyone_in": everyone_in,
    "s.most_in": lambda c, used: c.overload > 0 < c.not_in < c.joined + 1,
    "s.clear_finding": lambda c, used: c.came > 0 == c.joined,
    "s.rate_measured": measured_at_the_limit,
    "s.rate_shown": lambda c, used: let_in_once_each(c, used) and c.best_use < 0.95,
    "s.flat_out": lambda c, used: c.reached and c.flat_out >= 60,
    "s.held": lambda c, used: c.door_full and c.refused_no_seat == 0 == c.disconnections,
    "s.held_with_ease": lambda c, used: limit_not_met(c, used) and c.refused_no_seat == 0,
    "s.seats_known": lambda c, used: c.refused_no_seat > 0 and c.door_full,
    "s.seats_were_the_limit": lambda c, used: (
        c.refused_no_seat == c.refused > 0 and not c.door_full and c.stood == 0
    ),
    "s.stayed": lambda c, used: c.gave_up_n == c.no_return_n == 0 < c.may_give_up and c.later > 0,
    "s.kept_on": lambda c, used: c.gave_up_n == 0 == c.may_give_up and c.later > 0,
    "s.few_gave_up": lambda c, used: 0 < c.gave_up_n <= 0.1 * c.came and c.no_return_n == 0,
    "s.patience_measured": lambda c, used: half_gave_up_within(c, used) and c.no_return_n == 0,
    "s.crowd_itself": lambda c, used: c.later > 0,
    "s.found_within": lambda c, used: limit_met(c, used) and swamped_within(c, used),
    "s.cleared": lambda c, used: (
        c.gave_up_n == 0 == c.disconnections and used["outside_most_at"] < used["clear_at"]
    ),
    "s.dead_work_found": lambda c, used: c.dead_time > 0,
    "s.short_handed": lambda c, used: short_of_handlers(c, used) and c.joined_scarce > 0,
    "s.room_limit": room_came_down,
    "s.back": lambda c, used: lost_it(c, used) and c.back_n > 0,
    "s.recovery": lambda c, used: c.rejoins > 0,
    "s.line": the_line_at_its_most,
    "s.budget": lambda c, used: c.refused_budget > 0,
    "s.foreign": lambda c, used: c.foreign_n > 0,
    "s.shut": lambda c, used: c.refused_shut > 0,
    "s.grew": grew,
    "s.proven_up_to": limit_not_met,
    "s.quick": half_within,
    "s.first_click": lambda c, used: c.first_click > 0,
    "s.listened": lambda c, used: c.listening_hours > 0,
    "s.crowd": lambda c, used: c.came > 0,
    "s.no_load": lambda c, used: c.came == 0,
    "s-.not_in": lambda c, used: c.not_in > 0,
    "s-.wait": half_longer,
    "s-.first_click": lambda c, used: c.came > 0,
    "s-.hours_outside": lambda c, used: c.hours_outside > 0,
    "s-.echo": lambda c, used: c.requests > c.came,
    "s-.dead_work": lambda c, used: c.dead_time > 0,
    "s-.could_not_give_up": lambda c, used: c.may_give_up == 0 == c.gave_up_n,
    "s-.refused": lambda c, used: c.refused > 0,
    "s-.time_outs": lambda c, used: c.time_outs > 0,
    "s-.lost": lost_it,
    "s-.no_return": lambda c, used: c.no_return_n > 0,
    "s-.still_out": lambda c, used: c.still_out_n > 0,
    "s-.line": lambda c, used: c.line_time > 0,
    "s-.cut_work": lambda c, used: c.cut_time > 0,
    "s-.no_handler": lambda c, used: c.most_handlers == 0,
    "s-.unknown_limit": nothing_failed,
    "s-.idle": lambda c, used: c.utilization < 1,
    "s-.finished": numbers_only,
    "s-.one_evening": numbers_only,
}

AT_A_TIME = {
    # level, the fact that says when, and where it is counted again
    "outside_most": ("outside_most_at", lambda c, t: at_the_end_of(c, c.outside, t)),
    "inside_then": ("outside_most_at", lambda c, t: at_the_end_of(c, c.inside, t)),
    "outside_clear": ("clear_at", lambda c, t: at_the_end_of(c, c.outside, t)),
    "inside_most": ("inside_most_at", lambda c, t: at_the_end_of(c, c.inside, t)),
    "dead_queue": (
        "dead_queue_at",
        lambda c, t: row_before(c, t).queue - row_before(c, t).living_queue,
    ),
    "queue_then": ("dead_queue_at", lambda c, t: row_before(c, t).queue),
    "line_most": ("line_most_at", lambda c, t: at_the_end_of(c, c.line, t)),
    "handlers_then": ("outside_most_at", lambda c, t: row_before(c, t).capacity),
}
HELD_BY_THE_CLAIM = {
    "long_half", "long_tenth", "quick_half", "giving_up_half", "to_overload",
    "outside_most_at", "inside_most_at", "dead_queue_at", "clear_at", "line_most_at",
}  # fmt: skip


def hold_to_the_run(statement, c):
    """Hold one sentence to a second count of its evening: its words, its values, and how they are printed."""
    used = statement.used
    assert CLAIMS[statement.rule](c, used), statement
    for key, value in used.items():
        if key in HELD_BY_THE_CLAIM:
            continue
        if key in ("inside_most", "outside_most") and f"{key}_at" not in used:
            level = c.inside if key == "inside_most" else c.outside
            assert value in level and value >= 0.9 * max(level), statement
        elif key == "line_most" and "line_most_at" not in used:
            assert value in c.line and value >= 0.9 * max(c.line), statement
        elif key in AT_A_TIME:
            when, counted = AT_A_TIME[key]
            assert value == counted(c, used[when]), statement
        else:
            assert value == pytest.approx(getattr(c, key), rel=1e-9, abs=1e-9), (key, statement)
    assert "".join(piece for piece, _ in statement.parts) == statement.text
    for piece, key in statement.parts:
        if key:
            assert says(piece, used[key]), (piece, key, used[key], statement)
        else:
            assert not re.search(r"\d", piece), f"a number typed by hand: {piece!r}"
    assert used


UNITS = {"seconds": 1, "second": 1, "s": 1, "minutes": 60, "minute": 60, "min": 60, "hours": 3600}
UNITS |= {"hour": 3600, "h": 3600}


def says(piece, value):
    """Whether a printed piece says this value, read back the way a reader would."""
    word = piece.lower()
    if not re.search(r"\d", word):
        return word_is_true(word, value)
    if word.endswith(" %"):
        bound, _, number = word.removesuffix(" %").rpartition(" ")
        percent = float(number) / 100
        if bound == "under":
            return 0 < value < percent
        if bound == "more than":
            return percent < value < 1
        return abs(percent - value) <= (0.00051 if "." in number else 0.0051)
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?", word):
        return abs(parse_clock(word) - value) <= 0.5
    if re.fullmatch(r"([\d.,]+ (h|min|s|hours?|minutes?|seconds?) ?)+", word):
        found = re.findall(r"([\d.,]+) (\w+)", word)
        total = sum(float(number.replace(",", "")) * UNITS[unit] for number, unit in found)
        if word.endswith(" hours") and value >= 36_000:
            return abs(total - value) <= max(1800, 0.005 * value)
        if abs(total - value) <= {True: 30, False: 0.5}[value >= 599.5] and value >= 9.95:
            return True
        if abs(total - value) <= 0.0501 and value < 9.95:
            return True
    number, _, rest = word.partition(" ")
    size = {"million": 10**6, "billion": 10**9}.get(rest.partition(" ")[0], 1)
    if word.startswith("under") or word.startswith("fewer than"):
        return 0 < value < 0.5
    said = float(number.replace(",", "")) * size
    noun = rest.removeprefix("million ").removeprefix("billion ").partition(" ")[0]
    if noun and noun not in ("people", "of"):
        assert noun.endswith("s") != (value == 1), piece
    tolerance = 0.0501 if value < 9.95 else 0.5 if value < 10_000 else 0.005 * value
    return abs(said - value) <= tolerance + 1e-9


def word_is_true(word, value):
    """Whether a word for a number is true: none, all, or a part of a crowd."""
    if word in ("nobody", "nothing", "no", "none", "never"):
        return value == 0
    if word in ("everyone", "all"):
        return value == 1
    least, most = RANGES[word]
    return least <= value <= most and value not in (0, 1)


RANGES = {
    "hardly anyone": (0, 0.01),
    "fewer than one in ten": (0, 0.1),
    "about one in ten": (0.09, 0.11),
    "more than one in ten": (0.1, 0.2),
    "about one in five": (0.18, 0.22),
    "more than one in five": (0.2, 0.25),
    "about one in four": (0.23, 0.27),
    "more than one in four": (0.25, 1 / 3),
    "about one in three": (1 / 3 - 0.02, 1 / 3 + 0.02),
    "more than one in three": (1 / 3, 0.5),
    "fewer than half": (0.33, 0.5),
    "half": (0.5, 0.5),
    "about half": (0.48, 0.52),
    "most": (0.5, 2 / 3),
    "about two in three": (2 / 3 - 0.02, 2 / 3 + 0.02),
    "more than two in three": (2 / 3, 0.75),
    "about three in four": (0.73, 0.77),
    "more than three in four": (0.75, 0.9),
    "about nine in ten": (0.89, 0.91),
    "more than nine in ten": (0.9, 1),
    "almost everyone": (0.99, 1),
}


# ------------------------------------------------------------------------------------ The evenings


def evening(listeners, *, until_s=0.0, service_s=1.0, ends_s=300, **rules):
    """A small evening: everybody comes at the start, or evenly until `until_s`; other rules as `plan` takes them."""
    rules = {"arrivals": Steady(from_s=0.0, until_s=until_s), "retries": Retries(), **rules}
    scenario = plan(listeners=listeners, service=service_s, starts=-60, ends=ends_s, **rules)
    return simulate(scenario, 1, sample=EVERYBODY)


PATIENT = Retries(backoff="fixed", base_s=20.0, cap_s=20.0, jitter="full")
THREE_TRIES = Retries(most=3, backoff="fixed", base_s=5.0, cap_s=5.0)


def extremes():
    """Evenings at the edges, by name: each is there because some page once had to be told the truth."""
    gone = HandlersLost(at_s=-60.0, lasts_s=1e4, handlers=1)
    briefly = HandlersLost(at_s=0.0, lasts_s=0.5, handlers=30)
    some = HandlersLost(at_s=60.0, lasts_s=120.0, handlers=9)
    return {
        "nobody came": evening(0),
        "nobody came in time": evening(50, until_s=1e9),
        "one person": evening(1),
        "two people, two handlers": evening(2, handlers=2),
        "nobody can get in": evening(40, faults=[gone], queue_limit=5, retries=PATIENT),
        "nobody has a seat": evening(40, seats=0, retries=THREE_TRIES),
        "all in at once": evening(60, handlers=60, service_s=0.5),
        "evenly, with room to spare": evening(200, until_s=250.0, handlers=4),
        "evenly, and few seats": evening(200, until_s=250.0, handlers=4, seats=90, retries=THREE_TRIES),
        "no refusals, a long queue": evening(100, handlers=1),
        "all work is for those who left": evening(
            60, service_s=20.0, timeout_s=5.0, retries=Retries(most=2, base_s=1.0)
        ),
        "everybody refused but one": evening(80, queue_limit=0, service_s=100.0, retries=THREE_TRIES),
        "nobody at the first attempt": evening(
            9, service_s=4.0, timeout_s=3.0, retries=PATIENT, ends_s=200
        ),
        "handlers missing": evening(
            400, until_s=200.0, handlers=10, service_s=3.0, faults=[some], ends_s=400
        ),
        "handlers missing and a long wait": evening(
            900, until_s=100.0, handlers=10, service_s=4.0, faults=[some], ends_s=900
        ),
        "impatient": evening(
            300, queue_limit=20, patience=Patience(kind="exponential", mean_s=40.0), retries=PATIENT
        ),
        "a little impatient": evening(
            300, handlers=3, queue_limit=20, retries=PATIENT,
            patience=Patience(kind="exponential", mean_s=900.0),
        ),
        "patient by nature": evening(
            300, handlers=3, queue_limit=20, retries=PATIENT, patience=Patience(kind="fixed", mean_s=1e4)
        ),
        "full for a moment": evening(30, handlers=10, service_s=2.0, queue_limit=5, retries=PATIENT),
        "far too many": evening(3000, handlers=2, queue_limit=50, retries=PATIENT),
        "late and few": evening(500, until_s=400.0, handlers=3, service_s=2.0, cv=1.0),
        "refused at times": evening(
            500, until_s=250.0, handlers=6, cv=1.0, queue_limit=0, retries=PATIENT
        ),
        "seats run out, and all try again": evening(
            200, until_s=200.0, handlers=8, seats=30, queue_limit=5, retries=Retries(base_s=1.0, cap_s=1.0)
        ),
        "shut at first": evening(
            30, handlers=30, queue_limit=0, faults=[briefly], retries=PATIENT
        ),
        "some give up, some go on": evening(
            900, queue_limit=20, patience=Patience(kind="exponential", mean_s=400.0), retries=PATIENT
        ),
        "one long service": evening(1, handlers=20, service_s=1000.0),
        "door and seats both full": evening(
            400, handlers=4, queue_limit=20, seats=100, retries=PATIENT
        ),
        "no handler and nobody": evening(0, faults=[gone]),
        "a few services for nobody": evening(
            900, until_s=290.0, handlers=8, service_s=2.0, timeout_s=14.0, cv=0.9
        ),
        "a handful does not get in": evening(
            500, until_s=299.5, handlers=8, service_s=2.0, timeout_s=9.0, cv=1.0
        ),
        "one too many": evening(
            40, until_s=100.0, handlers=3, seats=30, restart_s=5.0,
            retries=Retries(most=2, base_s=60.0, cap_s=60.0),
        ),
        "one too many, and all come back": evening(
            12, until_s=100.0, handlers=3, seats=5, restart_s=20.0, stays_mean_s=30.0, retries=PATIENT
        ),
        "one too many, again and again": evening(
            600, until_s=200.0, handlers=1, service_s=5.0, seats=8, restart_s=5.0, retries=PATIENT
        ),
        "a restart while most are outside": evening(
            400, handlers=2, service_s=4.0, faults=[Restart(at_s=100.0, lasts_s=10.0)], retries=PATIENT
        ),
        "two restarts while most are outside": evening(
            400, handlers=2, service_s=4.0, retries=PATIENT,
            faults=[Restart(at_s=100.0, lasts_s=1.0), Restart(at_s=200.0, lasts_s=1.0)],
        ),
        "a restart of long services": evening(
            30, handlers=30, service_s=90.0, faults=[Restart(at_s=80.0, lasts_s=1.0)], retries=PATIENT
        ),
        "a restart": evening(
            60, until_s=100.0, handlers=3, faults=[Restart(at_s=150.0, lasts_s=30.0)], retries=PATIENT
        ),
        "a restart that refuses nobody": evening(
            40, until_s=100.0, handlers=9, faults=[Restart(at_s=150.0, lasts_s=0.0)], retries=PATIENT
        ),
        "a restart of a busy door": evening(
            200, handlers=3, service_s=2.0, faults=[Restart(at_s=60.0, lasts_s=30.0)], retries=PATIENT
        ),
        "a restart near the end": evening(
            60, until_s=100.0, handlers=3, faults=[Restart(at_s=290.0, lasts_s=5.0)], retries=PATIENT
        ),
        "a restart that few come back from": evening(
            60, until_s=100.0, handlers=9, retries=PATIENT, patience=Patience(kind="fixed", mean_s=5.0),
            faults=[Restart(at_s=150.0, lasts_s=30.0)],
        ),
        "a waiting room": evening(
            300, until_s=100.0, handlers=4, waiting_room=WaitingRoom(admits_per_s=2.0)
        ),
        "a waiting room too slow": evening(
            300, until_s=100.0, handlers=4, waiting_room=WaitingRoom(admits_per_s=0.5)
        ),
        "a waiting room that hardly anybody notices": evening(
            20, until_s=290.0, handlers=4, waiting_room=WaitingRoom(admits_per_s=0.2)
        ),
        "a retry budget": evening(
            200, until_s=100.0, queue_limit=3, retry_budget=0.1, retries=PATIENT
        ),
        "foreign load": evening(
            100, until_s=200.0, handlers=3, faults=[ForeignLoad(at_s=0.0, lasts_s=250.0, per_s=3.0)]
        ),
        "foreign load and nobody": evening(
            0, handlers=3, faults=[ForeignLoad(at_s=0.0, lasts_s=250.0, per_s=1.0)]
        ),
        "foreign load fills the door, and nobody": evening(
            0, handlers=3, faults=[ForeignLoad(at_s=-60.0, lasts_s=360.0, per_s=4.0)]
        ),
        "foreign load and few people": evening(
            20, until_s=200.0, handlers=9, faults=[ForeignLoad(at_s=0.0, lasts_s=250.0, per_s=0.5)]
        ),
        "an autoscaler that comes late": evening(
            400, until_s=60.0, handlers=2, timeout_s=20.0, retries=PATIENT,
            controllers=[Autoscaler(target=0.5, most=12, every_s=10, lag_s=10, boot_s=60.0)],
        ),
        "more handlers in time": evening(
            100, until_s=250.0, handlers=2,
            controllers=[Timetable(changes=[Change(at_s=-30.0, what="handlers", to=4)])],
        ),
        "handlers in each other's way": evening(
            400, until_s=200.0, handlers=10, service_s=3.0, contention=0.3, retries=PATIENT
        ),
    }  # fmt: skip


@pytest.fixture(scope="session")
def evenings():
    """Runs by name: the edges, and the named cases in small rooms with three kinds of door."""
    runs = extremes()
    for name in cases.names():
        scenario = cases.get(name).scaled(0.004)
        handlers = scenario.door.handlers
        for times in (0.5, 1, 12):
            door = scenario.changed({"door.handlers": max(1, round(handlers * times))})
            runs[f"{name}, {times} times the handlers"] = simulate(door, 2, sample=EVERYBODY)
    return runs


@pytest.fixture(scope="session")
def counts(evenings):
    """Each evening counted a second time."""
    return {name: recount(run) for name, run in evenings.items()}


@pytest.fixture(scope="session")
def pages(evenings):
    """Both front pages of each evening."""
    return {name: front_pages(run) for name, run in evenings.items()}


# ------------------------------------------------------------------------------------- True of the run


def test_every_sentence_on_the_named_and_extreme_evenings_is_true(counts, pages, record_count):
    for name, c in counts.items():
        for page in pages[name]:
            for statement in page.sentences():
                hold_to_the_run(statement, c)
            for figure in page.figures:
                assert figure.value == pytest.approx(getattr(c, figure.key))
                assert says(figure.text, figure.value)
    record_count("evenings told on two front pages", len(counts))


def test_every_sentence_on_random_evenings_is_true(record_count):
    told = 0

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(scenario=scenarios(), seed=st.integers(0, 10_000))
    def tell(scenario, seed):
        nonlocal told
        run = simulate(scenario, seed, sample=EVERYBODY)
        c = recount(run)
        both = front_pages(run)
        for page in both:
            assert page.statements and len(page.leaves_out) >= 2
            for statement in page.sentences():
                hold_to_the_run(statement, c)
        assert as_html(both).count("<article") == 2
        assert both[1].deck.text in " ".join(as_text(both, width=40).split())
        told += 1

    tell()
    record_count("evenings told on two front pages", told)


def test_every_rule_has_its_claim_and_speaks_on_some_evening(pages):
    assert sorted(CLAIMS) == sorted(RULES)
    spoken = {one.rule for both in pages.values() for page in both for one in page.sentences()}
    assert sorted(set(RULES) - spoken) == []


def test_a_sentence_can_only_be_told_by_the_rule_whose_condition_holds(evenings, pages):
    for name, run in evenings.items():
        known = facts(run)
        for page in pages[name]:
            for statement in page.sentences():
                assert RULES[statement.rule].when(known), (name, statement)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.key)
def test_no_rule_types_a_number_and_every_rule_uses_a_fact(rule):
    pieces = list(string.Formatter().parse(rule.template))
    assert not re.search(r"\d", "".join(words for words, *_ in pieces))
    assert [key for _, key, *_ in pieces if key]
    assert avoided_in(rule.template) == []
    assert not re.search(r"attack|hack|guilt|blame|fault|late\b|delay", rule.template)


# -------------------------------------------------------------------------------- Two different pages


def test_two_mechanisms_with_one_curve_have_different_pages(pages):
    for reading in (0, 1):
        headlines = {
            pages[f"{name}, 1 times the handlers"][reading].headline.rule
            for name in ("slow_door", "retry_flood", "capacity_lost")
        }
        assert len(headlines) == 3


def test_changing_the_run_changes_both_pages():
    scenario = cases.get("slow_door").scaled(0.004)
    before = front_pages(simulate(scenario, 1))
    for changes in ({"door.handlers": 2}, {"door.queue_limit": 3}, {"stage.seats": 900}):
        after = front_pages(simulate(scenario.changed(changes), 1))
        for one, other in zip(before, after, strict=True):
            assert [str(s) for s in one.sentences()] != [str(s) for s in other.sentences()]
            assert one.statements != other.statements


def test_where_nobody_was_refused_no_page_speaks_of_refusals(counts, pages):
    silent = [name for name, c in counts.items() if not c.refused]
    assert len(silent) >= 5
    for name in silent:
        for page in pages[name]:
            for statement in page.sentences():
                if statement.rule != "f.good_teaches_nothing":
                    assert not re.search(
                        r"said no|somebody was refused|seats? ran out|sent .*away|found no seat",
                        str(statement),
                    )


def test_the_stress_test_page_praises_no_test_that_did_not_reach_the_limit(counts, pages):
    easy = [name for name, c in counts.items() if c.came and c.at_ease]
    assert len(easy) >= 5
    for name in easy:
        page = pages[name][1]
        said = " ".join(str(one) for one in page.sentences())
        assert page.headline.rule in ("s.room_to_spare", "s.not_tested", "s.all_recorded")
        assert not re.search(
            r"measured limit|full door|at its limit|found|was the limit", said.lower()
        )


def test_when_everything_went_well_the_failure_page_says_so_and_stays_sharp(pages):
    page = pages["evenly, with room to spare"][0]
    assert page.headline.text == "Nothing broke, and nobody can say why"
    assert any(one.rule == "f.good_teaches_nothing" for one in page.statements)
    assert "f-.all_got_in" in [one.rule for one in page.leaves_out]


def test_after_a_disaster_the_stress_test_page_has_findings(pages):
    page = pages["nobody can get in"][1]
    assert page.headline.rule == "s.found_fast"
    assert {"s.clear_finding", "s.found_within"} & {one.rule for one in page.statements}
    assert page.leaves_out[0].rule == "s-.not_in"


def test_each_page_speaks_of_a_topic_once_and_leaves_out_what_it_did_not_say(pages):
    for both in pages.values():
        for page in both:
            said = [page.deck, page.chart.caption, *page.statements]
            topics = [topic for one in said for topic in one.topic.split()]
            assert len(set(topics)) == len(topics)
            assert 2 <= len(page.leaves_out) <= 4
            assert 1 <= len(page.statements) <= 5
            assert len(page.figures) == 3
            left_out = {topic for one in page.leaves_out for topic in one.topic.split()}
            assert not left_out & {*topics, *page.headline.topic.split()}


def test_the_pages_speak_of_the_simulated_evening(pages):
    for both in pages.values():
        for page in both:
            assert page.dateline.startswith("Simulated evening, seed ")
            assert "simulated" in page.deck.text
            assert page.caveat == "a mechanism, not a reconstruction"


# ----------------------------------------------------------------------------------- Words for numbers


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0, "nobody"),
        (1e-9, "hardly anyone"),
        (0.01, "hardly anyone"),
        (0.0101, "fewer than one in ten"),
        (0.0899, "fewer than one in ten"),
        (0.09, "about one in ten"),
        (0.11, "about one in ten"),
        (0.1101, "more than one in ten"),
        (0.18, "about one in five"),
        (0.2201, "more than one in five"),
        (0.23, "about one in four"),
        (0.2701, "more than one in four"),
        (1 / 3, "about one in three"),
        (0.3534, "more than one in three"),
        (0.4, "more than one in three"),
        (0.4001, "fewer than half"),
        (0.4799, "fewer than half"),
        (0.48, "about half"),
        (0.5, "half"),
        (0.52, "about half"),
        (0.5201, "most"),
        (0.6466, "most"),
        (0.65, "about two in three"),
        (0.6867, "more than two in three"),
        (0.73, "about three in four"),
        (0.7701, "more than three in four"),
        (0.89, "about nine in ten"),
        (0.9101, "more than nine in ten"),
        (0.9899, "more than nine in ten"),
        (0.99, "almost everyone"),
        (1 - 1e-9, "almost everyone"),
        (1, "everyone"),
    ],
)
def test_the_word_for_a_share_changes_exactly_where_it_stops_being_true(share, word):
    assert how_many(share) == word


@given(st.floats(0, 1))
def test_the_word_for_any_share_is_true(share):
    assert word_is_true(how_many(share), share)


@pytest.mark.parametrize("wrong", [-0.001, 1.001, math.nan])
def test_what_is_no_share_has_no_word(wrong):
    with pytest.raises(ValueError, match=r"share is .*; a part of a crowd runs from 0 to 1"):
        how_many(wrong)


@pytest.mark.parametrize("word", ["nobody", "Nothing", "no", "everyone", "Everyone", "all"])
def test_a_word_that_the_number_does_not_bear_is_not_printed(word):
    fact = facts(extremes_once())["share_in"]
    with pytest.raises(UntrueWord, match=rf"'{word}' cannot be said of share_in, which is 0\.\d+"):
        format(fact, word)


def extremes_once():
    """An evening on which some got in and some did not."""
    return evening(30, service_s=20.0)


@given(st.floats(1e-3, 1e5))
def test_longer_than_and_within_stay_true_once_they_are_printed(seconds):
    assert below(seconds) < seconds <= above(seconds) + 1e-9
    assert above(seconds) - below(seconds) <= 60.0001
    for rounded in (below(seconds), above(seconds)):
        assert says(duration(round(rounded, 6)), rounded)


def test_every_example_in_the_docstrings_is_true():
    result = doctest.testmod(quantifier_room)
    assert result.attempted >= 2
    assert result.failed == 0


# ----------------------------------------------------------------------------------------- On paper


def test_as_text_sets_the_pages_side_by_side_within_the_width(pages):
    for both in pages.values():
        for width in (30, 60, 72, 100, 121):
            lines = as_text(both, width=width).splitlines()
            assert max(map(len, lines)) <= width
            assert lines == as_text(both, width=width).splitlines()
            assert lines[-1] == lines[-1].rstrip()


def test_as_text_holds_every_sentence_of_both_pages(pages):
    for both in pages.values():
        text = " ".join(as_text(both, width=71).split())
        for page in both:
            assert page.headline.text.upper() in text
            for one in (page.deck, page.chart.caption, *page.statements, *page.leaves_out):
                assert one.text in text


def test_a_width_too_small_for_a_page_is_answered_with_a_sentence(pages):
    with pytest.raises(ValueError, match=r"width is 29; a page needs at least 30 columns"):
        as_text(pages["one person"], width=29)


class Reader(html.parser.HTMLParser):
    """Reads a page of HTML: open and closed elements, the text, and what it points to."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text, self.points_to = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.points_to += [value for name, value in attrs if name in ("href", "src")]
        if tag not in ("line", "polygon", "polyline"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


def test_as_html_is_two_whole_articles_that_need_nothing_from_outside(pages):
    for both in pages.values():
        made = as_html(both)
        reader = Reader()
        reader.feed(made)
        assert reader.open == reader.points_to == []
        assert reader.seen.count("article") == reader.seen.count("h2") == 2
        assert "script" not in reader.seen
        assert not re.search(r"url\(|@import|https?:", made)
        assert made == as_html(both)
        text = "".join(reader.text)
        for page in both:
            for one in page.sentences():
                assert one.text in text


def test_vermilion_belongs_to_the_failure_page_and_blue_to_the_stress_test_page(pages):
    made = as_html(pages["one person"]).lower()
    assert made.count("#d55e00") == made.count("#0072b2") == 1
    assert ".lb-failure{--accent:#d55e00}" in made
    assert ".lb-stress_test{--accent:#0072b2}" in made


def test_text_is_escaped(pages):
    page = pages["one person"][0]
    parts = (("<script>&", ""), ("1 < 2", "came"))
    statement = dataclasses.replace(page.headline, text="<script>&1 < 2", parts=parts)
    made = as_html([dataclasses.replace(page, headline=statement, masthead="A & <B>")])
    assert "<script" not in made
    assert "&lt;script&gt;&amp;" in made and "1 &lt; 2" in made and "A &amp; &lt;B&gt;" in made


def test_both_charts_are_drawn_to_the_scale_of_the_whole_crowd(counts, pages):
    for name, c in counts.items():
        for page, level in zip(pages[name], (c.outside, c.inside), strict=True):
            assert page.chart.crowd == c.came
            assert page.chart.levels[1:] == tuple(level[59::60])
            assert page.chart.times == tuple(range(c.starts, c.ends + 1, 60))


MEASURE = """<script>
const found = [...document.querySelectorAll(".lb-front")].map(front => {
  const box = front.getBoundingClientRect();
  const inside = [...front.querySelectorAll("*")].map(one => one.getBoundingClientRect().right);
  const pages = [...front.querySelectorAll("article")];
  const [one, other] = pages.map(page => page.getBoundingClientRect());
  const look = getComputedStyle(pages[0]), list = getComputedStyle(front.querySelector("li"));
  return {wide: Math.max(...inside) - box.right, below: other.top - one.bottom, beside: other.left - one.right,
          paper: look.backgroundColor, ink: look.color, list: list.marginBottom};
});
document.title = JSON.stringify(found);
</script>"""
NOTEBOOK_STYLE = """<style>body{background:#111;color:#eee}
.dark p,.dark li{margin-bottom:1em;color:#eee} .dark h2{color:#eee}</style>"""


@pytest.mark.browser
def test_the_pages_stand_side_by_side_or_stacked_and_stay_paper_in_the_dark(
    chromium, pages, tmp_path
):
    both = as_html(pages["slow_door, 1 times the handlers"])
    frames = "".join(
        f'<div class="dark" style="width:{width}px">{both}</div>' for width in (368, 1160)
    )
    page = tmp_path / "pages.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8>{NOTEBOOK_STYLE}{frames}{MEASURE}", "utf-8"
    )
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1300,900"]
    shown = subprocess.run(
        [*command, "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    title = re.search(r"<title>(.*?)</title>", shown.stdout, re.DOTALL)
    narrow, broad = json.loads(html.unescape(title[1]))
    assert narrow["wide"] <= 0.5 and broad["wide"] <= 0.5, "something runs over the edge"
    assert narrow["below"] > 0 and broad["beside"] > 0 and broad["below"] < 0
    for measured in (narrow, broad):
        assert (measured["paper"], measured["ink"]) == ("rgb(251, 247, 236)", "rgb(29, 27, 24)")
        assert measured["list"] == "0px", "the notebook's own styles win"


def test_the_two_pages_of_a_flood_worked_out_on_paper():
    """Eight people at once, one handler, 10 s each, six may wait, a time-out of 25 s, three attempts.

    The first two join at 10 and 20 s. Five time out at 25, one of them in service; their requests keep the
    handler busy till 70. The eighth, refused at 0, comes back at 50 and times out in service at 75. The five
    come back at 75: two join at 90 and 100, three time out and keep the handler busy till 130. The eighth
    joins at 140; the three come back at 150, two join at 160 and 170, the last times out at 175 and gives up.
    So: 18 attempts, 1 refusal, 10 time-outs, 17 services of which 10 were for somebody who had gone. The eight bring
    80 s of work at once and the handler does 60 in a minute: too much for the minute that follows. At 75 six have come
    within a minute: 60 s of work, which is just not too much.
    """
    run = evening(
        8,
        service_s=10.0,
        queue_limit=6,
        timeout_s=25.0,
        retries=Retries(most=3, backoff="fixed", base_s=50.0, cap_s=50.0, jitter="none"),
        ends_s=180,
    )
    one, other = front_pages(run)
    assert [str(sentence) for sentence in one.sentences()] == [
        "1 person did not get in",
        "In the simulated evening half of those let in needed longer than 90 seconds; at the first attempt "
        "about one in four got in.",
        "At 20:00:01: 8 people outside, 0 in the room.",
        "1 person gave up without having got in: 13 % of all who came.",
        "At 20:00:26 the queue held 4 requests, and behind 4 of them nobody waited any more.",
        "59 % of the door's work was for people who had gone by the time it was done: 100 seconds of "
        "handlers' time that let nobody in.",
        "10 times somebody waited 25 seconds for an answer that did not come.",
        "Over the whole evening the handlers had time to serve 24 people, and 8 came: time enough, at the "
        "wrong moment.",
        "88 % of those who came did get in.",
        "By 20:03 nobody stood outside any more.",
        "At 20:03 the room held 7 listeners.",
    ]
    assert [str(sentence) for sentence in other.sentences()] == [
        "7 people got in through a door at its limit",
        "In its busiest minute the simulated evening brought 8 people to a door built for 6 a minute: nobody "
        "had to guess what happens then.",
        "At 20:03: 7 listeners in the room.",
        "88 % of those who came got in although for 1 minute work came faster than the door could do it.",
        "One finding is worth the evening: 59 % of the work was for people who had gone by the time it was "
        "done.",
        "With 7 listeners in the room nobody was refused a seat: letting people in was the limit, holding "
        "them was not.",
        "For 2 min 50 s no handler at the door was free: the load went all the way up, not to a safe part of "
        "it.",
        "The account holds 18 attempts, 10 of them second tries or later: a plan that counts heads has none "
        "of these.",
        "1 person had not got in when it ended: 13 % of all who came.",
        "At the first attempt, about one in four got in.",
        "Half of those who got in needed longer than 90 seconds.",
    ]


def test_the_sentence_on_the_echo_names_the_single_coming_first():
    """One handler with nowhere to wait: two come at 0, one of them again at 1, 2 ... 200 s.

    Each brings 200 s of work, too much for a whole minute. The first two make it one minute; all together it lasts
    from 0 until the minute after the last try is over, at 260 s.
    """
    again = Retries(backoff="immediate", jitter="none")
    run = evening(2, service_s=200.0, queue_limit=0, retries=again)
    echo = [one for one in front_pages(run)[0].statements if one.rule == "f.echo"]
    assert str(echo[0]) == (
        "Coming once, the crowd was more than the door could do for 1 minute; coming again and again, for "
        "4 min 20 s."
    )
