"""The stress-test reading at its strongest: what the evening asked, what held, and what is known since."""

from __future__ import annotations

from loadbearing.front_page import stress_test_statements
from loadbearing.front_page.conditions import (
    measured_at_the_limit,
    nothing_failed,
    room_came_down,
    short_handed,
)
from loadbearing.front_page.rules import Rule, always

MASTHEAD = "The Proving Ground"
MOTTO = "The stress-test reading: an evening is judged by what it taught"
CHART_TITLE = "Listeners in the room"
CHART = (
    Rule(
        "s.chart",
        "chart",
        "At {inside_most_at}: {inside_most:listener/listeners} in the room.",
        lambda f: f.inside_most > 0,
    ),
    Rule(
        "s.chart_flat",
        "chart",
        "{inside_most:Nobody} was in the room at the end of any second.",
        always,
    ),
)
FIGURES = (
    ("share_in", "got in", lambda f: f.share_in >= 0.5),
    (
        "best_minute",
        "let in within the best minute",
        lambda f: f.best_minute >= 0.001 * f.came > 0 == f.rejoins,
    ),
    ("busiest_use", "of handlers' time busy, busiest minute", lambda f: f.services > 0),
    ("requests", "attempts on record", always),
    ("listening_hours", "hours listened", lambda f: f.listening_hours >= 100),
    ("busiest_arrivals", "came in the busiest minute", always),
    ("could_minute", "a minute the door was built for", always),
)


HEADLINES = (
    Rule("s.nobody_came", "crowd", "{came:Nobody} came to test it", lambda f: f.came == 0),
    Rule(
        "s.room_to_spare",
        "headline",
        "{share_in:Everyone} got in, and the door had room to spare",
        lambda f: f.at_ease and f.share_in == 1,
    ),
    Rule(
        "s.not_tested",
        "limit",
        "The limit was not met: {busiest_use} busy at most",
        lambda f: f.at_ease and f.services > 0,
    ),
    Rule(
        "s.found_fast",
        "to_overload",
        "It took {to_overload} to find the limit",
        lambda f: f.share_in < 0.2 and f.to_overload > 0,
    ),
    Rule(
        "s.room_came_down",
        "room",
        "{seats:seat/seats}, and one person more brought the room down",
        lambda f: room_came_down(f) and f.disconnections > 0,
    ),
    Rule(
        "s.all_back",
        "lost back",
        "{disconnected_n:person/people} lost the connection, and {share_back:everyone} came back",
        lambda f: f.share_back == 1 and f.disconnected_n >= max(0.05 * f.came, 2),
    ),
    Rule(
        "s.short_handed_and_in",
        "headline",
        "{fewest} of {most_handlers} handlers for {scarce}, and {share_in:everyone} got in",
        lambda f: short_handed(f) and f.share_in == 1 and f.median >= 120,
    ),
    Rule(
        "s.dead_and_in",
        "dead_work",
        "{dead_share} of the work lost, and {share_in:everyone} got in",
        lambda f: f.dead_share >= 0.3 and f.share_in == 1,
    ),
    Rule(
        "s.line_and_in",
        "line",
        "{line_most:person/people} stood in line, and {share_in:everyone} got in",
        lambda f: f.line_most >= max(0.05 * f.came, 1) and f.share_in == 1,
    ),
    Rule(
        "s.full_and_in",
        "flat_out",
        "At its limit for {flat_out}, and {share_in:everyone} got in",
        lambda f: f.reached and f.share_in == 1 and f.flat_out >= 60,
    ),
    Rule(
        "s.touched_and_in",
        "share_in",
        "It met its limit, and {share_in:everyone} got in",
        lambda f: f.reached and f.share_in == 1,
    ),
    Rule(
        "s.rate_is_known",
        "best_minute",
        "Now it is a number: {best_minute:person/people} a minute",
        lambda f: measured_at_the_limit(f) and f.share_in < 0.6 and f.refused_no_seat == 0,
    ),
    Rule(
        "s.through_a_full_door",
        "joined",
        "{joined:person/people} got in through a door at its limit",
        lambda f: f.door_full and f.joined > 0 and f.refused_full >= f.refused_no_seat,
    ),
    Rule(
        "s.seats_ran_out",
        "headline",
        "{inside_most:listener/listeners} in the room, and the seats ran out",
        lambda f: f.refused_no_seat > 0 and f.inside_most > 0,
    ),
    Rule("s.all_recorded", "requests", "{requests:attempt/attempts}, every one on record", always),
)

DECKS = (
    Rule(
        "s.deck_empty",
        "ready",
        "The simulated door was built for {could_minute:person/people} a minute. {came:Nobody} asked.",
        lambda f: f.came == 0,
    ),
    Rule(
        "s.deck_more_than_it_could",
        "busiest_arrivals",
        "In its busiest minute the simulated evening brought {busiest_arrivals:person/people} to a door "
        "built for {could_minute} a minute: nobody had to guess what happens then.",
        lambda f: f.reached and f.busiest_arrivals > f.could_minute,
    ),
    Rule(
        "s.deck_within",
        "busiest_arrivals",
        "In its busiest minute the simulated evening brought {busiest_arrivals:person/people} to a door "
        "built for {could_minute} a minute.",
        always,
    ),
)

STATEMENTS = stress_test_statements.STATEMENTS

LEAVES_OUT = (
    Rule(
        "s-.not_in",
        "share_out",
        "{not_in:person/people} had not got in when it ended: {share_out} of all who came.",
        lambda f: f.not_in > 0,
        lambda f: 0.7 + 0.3 * f.share_out,
    ),
    Rule(
        "s-.wait",
        "wait",
        "Half of those who got in needed longer than {long_half}.",
        lambda f: f.median >= 60,
        lambda f: min(0.9, 0.6 + f.median / 3600),
    ),
    Rule(
        "s-.first_click",
        "first_click",
        "At the first attempt, {first_click:who} got in.",
        lambda f: f.first_click < 0.7 and f.joined > 0,
        lambda f: 0.5 + 0.3 * (1 - f.first_click),
    ),
    Rule(
        "s-.hours_outside",
        "hours_outside",
        "Added up, people spent {hours_outside:hour/hours} outside.",
        lambda f: f.hours_outside >= 2 and f.hours_outside / f.came >= 10 / 3600,
        lambda f: min(0.7, 0.5 + f.hours_outside / f.came),
    ),
    Rule(
        "s-.echo",
        "recorded_people",
        "Behind the {requests:attempt/attempts} there were {came:person/people}.",
        lambda f: f.requests >= 1.5 * f.came > 0,
        lambda f: 0.62,
    ),
    Rule(
        "s-.dead_work",
        "dead_work",
        "{dead_share} of the door's work was for people who had gone by the time it was done.",
        lambda f: f.dead_share >= 0.01,
        lambda f: 0.7 + 0.2 * f.dead_share,
    ),
    Rule(
        "s-.could_not_give_up",
        "patience_assumed",
        "{may_give_up:Nobody} in this scenario can give up: that they all went on trying was assumed, not "
        "found.",
        lambda f: f.may_give_up == 0 and f.attempts_per_person >= 1.3,
        lambda f: 0.78,
    ),
    Rule(
        "s-.refused",
        "refused",
        "{refused:time/times} somebody was refused.",
        lambda f: f.refused > 0,
        lambda f: 0.5,
    ),
    Rule(
        "s-.time_outs",
        "time_outs",
        "{time_outs:time/times} somebody waited {timeout} for an answer that did not come.",
        lambda f: f.time_outs > 0,
        lambda f: 0.55,
    ),
    Rule(
        "s-.lost",
        "lost",
        "{disconnections:time/times} somebody who had got in lost the connection.",
        lambda f: f.disconnections > 0,
        lambda f: 0.6 + 0.3 * min(1, 5 * f.disconnected_n / f.came),
    ),
    Rule(
        "s-.no_return",
        "no_return",
        "{no_return_n:person/people} who had lost the connection gave up on coming back.",
        lambda f: f.no_return_n > 0,
        lambda f: 0.6 + 0.3 * min(1, 5 * f.no_return_n / f.came),
    ),
    Rule(
        "s-.still_out",
        "still_out",
        "When the evening ended, {still_out_n:person was/people were} still trying to come back "
        "in.",
        lambda f: f.still_out_n > 0,
        lambda f: 0.6 + 0.3 * min(1, 5 * f.still_out_n / f.came),
    ),
    Rule(
        "s-.line",
        "line_time",
        "Added up, people stood {line_time} in line in front of the door.",
        lambda f: f.line_time >= 60,
        lambda f: 0.45,
    ),
    Rule(
        "s-.cut_work",
        "cut",
        "{cut_time} of handlers' work was cut off unfinished.",
        lambda f: f.cut_time >= 1,
        lambda f: 0.55 + 0.35 * f.cut_share,
    ),
    Rule(
        "s-.no_handler",
        "handlers",
        "{most_handlers:handler/handlers} stood at the door.",
        lambda f: f.most_handlers == 0,
        lambda f: 0.5,
    ),
    Rule(
        "s-.unknown_limit",
        "unknown_limit",
        "{failed:Nothing} failed, so nothing was learned about failing.",
        lambda f: nothing_failed(f) and f.came > 0 == f.not_in,
        lambda f: 0.6,
    ),
    Rule(
        "s-.idle",
        "utilization",
        "Over the whole evening the handlers were busy {utilization} of the time.",
        lambda f: f.utilization < 0.8,
        lambda f: 0.4,
    ),
    Rule(
        "s-.finished",
        "finished",
        "The door finished {services:service/services} in {length}.",
        always,
        lambda f: 0.05,
    ),
    Rule(
        "s-.one_evening",
        "evening",
        "One evening, seed {seed}, is one measurement.",
        always,
        lambda f: 0.3,
    ),
)
