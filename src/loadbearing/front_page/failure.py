"""The failure reading at its strongest: what the door did not do, for whom, and for how long."""

from __future__ import annotations

from loadbearing.front_page import failure_statements
from loadbearing.front_page.conditions import nothing_failed, short_handed
from loadbearing.front_page.rules import Rule, always

MASTHEAD = "The Reckoning"
MOTTO = "The failure reading: an evening is judged by those it left outside"
CHART_TITLE = "People outside who want in"
CHART = (
    Rule(
        "f.chart",
        "outside",
        "At {outside_most_at}: {outside_most:person/people} outside, {inside_then} in the room.",
        lambda f: f.outside_most > 0,
    ),
    Rule(
        "f.chart_flat",
        "outside",
        "{outside_most:Nobody} stood outside at the end of any second.",
        always,
    ),
)
FIGURES = (
    ("share_out", "had not got in", lambda f: f.share_out >= 0.02),
    ("share_missed", "not in at the first attempt", lambda f: f.share_missed >= 0.02 > f.share_out),
    ("dead_share", "of the work for people who had gone", lambda f: f.dead_share >= 0.05),
    ("attempts_per_person", "attempts per person", lambda f: f.attempts_per_person >= 1.2),
    ("hours_outside", "hours spent outside", lambda f: f.hours_outside >= 100),
    (
        "busiest_use",
        "of handlers' time busy, busiest minute",
        lambda f: f.at_ease and f.services > 0,
    ),
    ("disconnected_n", "lost the connection", lambda f: f.disconnected_n >= 0.02 * f.came > 0),
    ("most_attempts", "attempts by one person", lambda f: f.most_attempts > 1),
    ("failed", "attempts failed", always),
    ("came", "people in the crowd", always),
    ("services", "attempts served", lambda f: f.came > 0 == f.foreign_n),
    ("not_in", "had not got in", always),
)


def _cleared(facts):
    in_by_then = facts.outside_clear <= facts.outside_most and facts.share_gave_up <= 0.2
    return in_by_then and facts.outside_most >= 0.02 * facts.came and facts.disconnections == 0


HEADLINES = (
    Rule("f.nobody_came", "crowd", "{came:Nobody} came", lambda f: f.came == 0),
    Rule(
        "f.nobody_in",
        "share_in",
        "{came:person/people} came, {joined:nobody} got in",
        lambda f: f.joined == 0,
    ),
    Rule(
        "f.few_of_many",
        "share_in",
        "{joined} of {came:person/people} got in",
        lambda f: f.share_in <= 0.1,
    ),
    Rule(
        "f.connection_lost",
        "lost",
        "{disconnected_n:person was/people were} disconnected",
        lambda f: f.disconnected_n >= max(0.05 * f.came, f.not_in, 1),
    ),
    Rule(
        "f.too_few_seats",
        "seats",
        "{seats:seat/seats} for {came:person/people}",
        lambda f: f.refused_no_seat > max(0, f.refused_full) and f.share_out >= 0.02,
    ),
    Rule(
        "f.left_outside",
        "share_in",
        "{not_in:person/people} did not get in",
        lambda f: f.share_out >= 0.02,
    ),
    Rule(
        "f.work_for_nobody",
        "dead_work",
        "{dead_share} of the work was for people who had gone",
        lambda f: f.dead_share >= 0.3,
    ),
    Rule(
        "f.missing",
        "handlers",
        "{scarce} with {fewest} of {most_handlers} handlers",
        lambda f: short_handed(f) and f.median >= 120,
    ),
    Rule(
        "f.half_waited",
        "wait",
        "Half of those let in waited longer than {long_half}",
        lambda f: f.median >= 60,
    ),
    Rule(
        "f.no_first_click",
        "first_click",
        "{first_click:Nobody} got in at the first attempt",
        lambda f: f.first_click == 0,
    ),
    Rule(
        "f.missed_first",
        "first_click",
        "{not_first_n:person/people} missed at the first attempt",
        lambda f: f.first_click < 0.98,
    ),
    Rule(
        "f.stood_in_line",
        "line",
        "{line_most:person/people} stood in line in front of the door",
        lambda f: f.line_most >= 0.05 * f.came > 0,
    ),
    Rule(
        "f.at_its_limit",
        "flat_out",
        "It held, with no handler free for {flat_out}",
        lambda f: f.reached and f.flat_out >= 10 and f.disconnections == 0,
    ),
    Rule(
        "f.untested",
        "limit",
        "Never tested: {busiest_use} busy at most",
        lambda f: f.at_ease and f.failed > 0 and f.first_click >= 0.9,
    ),
    Rule(
        "f.nothing_broke",
        "failed",
        "{failed:Nothing} broke, and nobody can say why",
        lambda f: nothing_failed(f) and f.share_in == 1,
    ),
    Rule("f.came_and_joined", "headline", "{came} came, {joined} got in", always),
)

DECKS = (
    Rule(
        "f.deck_empty",
        "ready",
        "In the simulated evening {most_handlers:handler/handlers} stood ready for {length}, and {requests:no} "
        "request reached the door.",
        lambda f: f.came == 0 == f.foreign_n and f.fewest == f.most_handlers,
    ),
    Rule(
        "f.deck_nobody",
        "crowd_plain",
        "The simulated evening lasted {length}, and {came:nobody} came.",
        lambda f: f.came == 0,
    ),
    Rule(
        "f.deck_nobody_in",
        "attempts",
        "The simulated evening saw {requests:attempt/attempts} to get in, {attempts_per_person} for each "
        "person who came.",
        lambda f: f.joined == 0,
    ),
    Rule(
        "f.deck_wait",
        "wait first_click",
        "In the simulated evening half of those let in needed longer than {long_half}; at the first "
        "attempt {first_click:who} got in.",
        lambda f: f.median >= 60,
    ),
    Rule(
        "f.deck_outside",
        "crowd first_click",
        "{came:person/people} came to the simulated evening. At the first attempt {first_click:who} got in; "
        "at {outside_most_at}, {outside_most} stood outside.",
        lambda f: f.outside_most >= 0.05 * f.came,
    ),
    Rule(
        "f.deck_unknown",
        "limit",
        "The busiest minute of the simulated evening took {busiest_use} of the handlers' time. What the "
        "next crowd would have met, it does not tell.",
        lambda f: f.at_ease and f.services > 0,
    ),
    Rule(
        "f.deck_all_but_a_few",
        "got_in first_click",
        "Of {came:person/people} who came in the simulated evening, all but {not_in} got in, {first_click} of "
        "them all at the first attempt.",
        lambda f: f.share_in >= 0.98 and f.not_in > 0,
    ),
    Rule(
        "f.deck_plain",
        "got_in plain",
        "Of {came:person/people} who came in the simulated evening, {joined} got in, {first_click} of all "
        "at the first attempt.",
        always,
    ),
)

STATEMENTS = failure_statements.STATEMENTS

LEAVES_OUT = (
    Rule(
        "f-.got_in",
        "got_in",
        "{share_in} of those who came did get in.",
        lambda f: 0.3 <= f.share_in < 1,
        lambda f: 0.5 + 0.4 * f.share_in,
    ),
    Rule(
        "f-.all_got_in",
        "got_in",
        "{share_in:Everyone} who came did get in.",
        lambda f: f.share_in == 1,
        lambda f: 0.9,
    ),
    Rule(
        "f-.held",
        "room",
        "At {inside_most_at} the room held {inside_most:listener/listeners}.",
        lambda f: f.inside_most >= 0.05 * f.came > 0,
        lambda f: 0.7,
    ),
    Rule(
        "f-.nobody_gave_up",
        "gave_up",
        "{gave_up_n:Nobody} gave up.",
        lambda f: f.gave_up_n == 0 == f.no_return_n and f.came > 0 and f.may_give_up > 0,
        lambda f: 0.8,
    ),
    Rule(
        "f-.cleared",
        "cleared",
        "By {clear_at} no more than {outside_clear:person/people} stood outside.",
        lambda f: _cleared(f) and f.outside_clear > 0,
        lambda f: 0.75,
    ),
    Rule(
        "f-.all_cleared",
        "cleared",
        "By {clear_at} {outside_clear:nobody} stood outside any more.",
        lambda f: _cleared(f) and f.outside_clear == 0,
        lambda f: 0.75,
    ),
    Rule(
        "f-.first_click",
        "first_click",
        "{first_click:Who} got in at the first attempt.",
        lambda f: f.first_click >= 0.2,
        lambda f: 0.4 + 0.3 * f.first_click,
    ),
    Rule(
        "f-.busy",
        "best_minute",
        "In its best minute the door let in {best_minute:person/people}.",
        lambda f: f.joined > 0 == f.rejoins,
        lambda f: 0.55,
    ),
    Rule(
        "f-.hours_inside",
        "hours_inside",
        "Together people listened for {listening_hours:hour/hours}.",
        lambda f: f.listening_hours >= 2,
        lambda f: 0.45,
    ),
    Rule(
        "f-.worked",
        "effort",
        "The handlers were busy for {utilization} of the whole evening.",
        lambda f: f.services > 0 and f.utilization >= 0.3,
        lambda f: 0.4,
    ),
    Rule(
        "f-.came_back",
        "back",
        "Of {disconnected_n:person/people} who lost the connection, {back_n} got in again.",
        lambda f: f.back_n > 0,
        lambda f: 0.55 + 0.3 * f.share_back,
    ),
    Rule(
        "f-.line",
        "admitted",
        "{admitted:time/times} the line in front of the door let somebody through.",
        lambda f: f.admitted > 0,
        lambda f: 0.72,
    ),
    Rule(
        "f-.foreign",
        "foreign",
        "{foreign_share} of the services were for requests that belong to no listener.",
        lambda f: f.foreign_share > 0,
        lambda f: 0.5 + 0.35 * min(1, 4 * f.foreign_share),
    ),
    Rule(
        "f-.grew",
        "handlers",
        "During the evening the door grew from {handlers} to {most_handlers:handler/handlers}.",
        lambda f: f.ordered > 0 and f.most_handlers > f.handlers,
        lambda f: 0.72,
    ),
    Rule(
        "f-.one_evening",
        "evening",
        "All this is one evening, seed {seed}; another has other weather and other numbers.",
        always,
        lambda f: 0.3,
    ),
    Rule(
        "f-.built_for",
        "built_for",
        "The door was built for {could_minute:person/people} a minute.",
        always,
        lambda f: 0.1,
    ),
)
