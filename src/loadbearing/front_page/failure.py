"""The failure reading at its strongest: what the door did not do, for whom, and for how long."""

from __future__ import annotations

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
    ("share_out", "not in at the end", lambda f: f.share_out >= 0.02),
    ("share_missed", "not in at the first attempt", lambda f: f.share_missed >= 0.02 > f.share_out),
    ("dead_share", "of the work for people who had gone", lambda f: f.dead_share >= 0.05),
    ("attempts_per_person", "attempts per person", lambda f: f.attempts_per_person >= 1.2),
    ("hours_outside", "hours spent outside", lambda f: f.hours_outside >= 100),
    (
        "busiest_use",
        "of handlers' time busy, busiest minute",
        lambda f: not f.reached and f.services > 0,
    ),
    ("most_attempts", "attempts by one person", lambda f: f.most_attempts > 1),
    ("failed", "attempts failed", always),
    ("came", "people in the crowd", always),
    ("services", "attempts served", lambda f: f.came > 0),
    ("not_in", "not in at the end", lambda f: f.came == 0),
)


def _swamped_by_echo(facts):
    return (
        facts.overload >= 120 and facts.overload >= 1.5 * facts.overload_first and facts.later > 0
    )


def _had_the_time(facts):
    trouble = facts.joined > 0 and (facts.share_out >= 0.02 or facts.median >= 300)
    in_time = facts.could_serve >= facts.came and facts.utilization < 0.8
    return trouble and in_time and facts.refused_no_seat == 0


def _cleared(facts):
    in_by_then = facts.outside_clear <= facts.outside_most and facts.share_gave_up <= 0.2
    return in_by_then and facts.outside_most >= 0.02 * facts.came


def _uneven(facts):
    return facts.most_attempts >= 1.5 * facts.attempts_per_person


def _missing_handlers(facts):
    return facts.scarce >= 60 and facts.fewest < 0.9 * facts.most_handlers


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
        lambda f: _missing_handlers(f) and f.median >= 120,
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
        "f.at_its_limit",
        "flat_out",
        "It held, with no handler free for {flat_out}",
        lambda f: f.reached and f.flat_out >= 10,
    ),
    Rule(
        "f.untested",
        "limit",
        "Never tested: {busiest_use} busy at most",
        lambda f: not f.reached and f.failed > 0 and f.first_click >= 0.9,
    ),
    Rule(
        "f.nothing_broke",
        "failed",
        "{failed:Nothing} broke, and nobody can say why",
        lambda f: f.failed == 0 and f.share_in == 1,
    ),
    Rule("f.came_and_joined", "headline", "{came} came, {joined} got in", always),
)

DECKS = (
    Rule(
        "f.deck_empty",
        "ready",
        "In the simulated evening the door stood open for {length} with {most_handlers:handler/handlers}, "
        "and {requests:no} request reached it.",
        lambda f: f.came == 0,
    ),
    Rule(
        "f.deck_nobody_in",
        "attempts",
        "In the simulated evening {requests:request/requests} reached the door, {attempts_per_person} for "
        "each person who came.",
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
        lambda f: not f.reached and f.services > 0,
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

STATEMENTS = (
    Rule(
        "f.not_in_both",
        "not_in gave_up",
        "When the evening ended, {not_in:person/people} had not got in: {gave_up_n} had given up, {still_n} "
        "went on trying.",
        lambda f: f.gave_up_n > 0 and f.still_n > 0,
        lambda f: 0.35 + 0.6 * min(1, 10 * f.share_out),
    ),
    Rule(
        "f.not_in_gave_up",
        "not_in gave_up",
        "{gave_up_n:person/people} gave up without having got in: {share_out} of all who came.",
        lambda f: f.gave_up_n > 0 and f.still_n == 0,
        lambda f: 0.35 + 0.6 * min(1, 10 * f.share_out),
    ),
    Rule(
        "f.not_in_still",
        "not_in",
        "{still_n:person/people} had come, went on trying, and had not got in when the evening ended: "
        "{share_out} of all who came.",
        lambda f: f.still_n > 0 and f.gave_up_n == 0,
        lambda f: 0.35 + 0.6 * min(1, 10 * f.share_out),
    ),
    Rule(
        "f.long_wait",
        "wait",
        "Half of those who got in needed longer than {long_half}, one in ten longer than {long_tenth}.",
        lambda f: f.median >= 30 and f.long_tenth > f.long_half,
        lambda f: min(0.95, 0.45 + f.median / 3600),
    ),
    Rule(
        "f.attempts",
        "attempts",
        "People tried {attempts_per_person} times on average, and one of them {most_attempts} times.",
        lambda f: f.attempts_per_person >= 1.5 and _uneven(f),
        lambda f: min(0.75, 0.2 + 0.05 * f.attempts_per_person),
    ),
    Rule(
        "f.attempts_alike",
        "attempts",
        "People tried {attempts_per_person} times on average.",
        lambda f: f.attempts_per_person >= 1.5 and not _uneven(f),
        lambda f: 0.25,
    ),
    Rule(
        "f.refused",
        "refused",
        "The queue was full, and {refused_full:time/times} the door said no.",
        lambda f: f.refused_full > 0,
        lambda f: 0.3 + 0.3 * min(1, f.refused_full / f.came / 5),
    ),
    Rule(
        "f.no_seat",
        "seats",
        "{refused_no_seat:time/times} somebody had got through the door and found every seat taken.",
        lambda f: f.refused_no_seat > 0,
        lambda f: 0.6,
    ),
    Rule(
        "f.no_answer",
        "time_outs",
        "{time_outs:time/times} somebody waited {timeout} for an answer that did not come.",
        lambda f: f.time_outs > 0,
        lambda f: 0.3 + 0.4 * min(1, f.time_outs / f.came),
    ),
    Rule(
        "f.dead_work",
        "dead_work dead_time",
        "{dead_share} of the door's work was for people who had gone by the time it was done: {dead_time} "
        "of handlers' time that let nobody in.",
        lambda f: f.dead_share >= 0.01,
        lambda f: 0.45 + 0.55 * f.dead_share,
    ),
    Rule(
        "f.dead_time",
        "dead_time",
        "{dead_time} of handlers' time went into answers for which nobody waited any more.",
        lambda f: f.dead_share >= 0.2,
        lambda f: 0.4 + 0.5 * f.dead_share,
    ),
    Rule(
        "f.echo_alone",
        "overload",
        "Coming once, the crowd was at {overload_first:no} time more than the door could do; coming again "
        "and again, it was for {overload}.",
        lambda f: _swamped_by_echo(f) and f.overload_first == 0,
        lambda f: 0.9,
    ),
    Rule(
        "f.echo",
        "overload",
        "Coming once, the crowd was more than the door could do for {overload_first}; coming again and "
        "again, for {overload}.",
        lambda f: _swamped_by_echo(f) and f.overload_first > 0,
        lambda f: 0.5 + 0.4 * (1 - f.overload_first / f.overload),
    ),
    Rule(
        "f.overload",
        "overload",
        "For {overload} more work came than all the handlers could do.",
        lambda f: f.overload >= 5,
        lambda f: min(0.7, 0.3 + f.overload / 3600),
    ),
    Rule(
        "f.hours_outside",
        "hours",
        "Added up, people spent {hours_outside:hour/hours} outside.",
        lambda f: f.hours_outside >= 2 and f.hours_outside / f.came >= 10 / 3600,
        lambda f: min(0.65, 0.2 + f.hours_outside / f.came),
    ),
    Rule(
        "f.missing_handlers",
        "handlers",
        "For {scarce} the door worked with {fewest} of {most_handlers} handlers.",
        _missing_handlers,
        lambda f: 0.85,
    ),
    Rule(
        "f.queue_of_the_gone",
        "queue",
        "At {dead_queue_at} the queue held {queue_then:request/requests}, and behind {dead_queue} of them "
        "nobody waited any more.",
        lambda f: f.dead_queue >= 0.1 * f.queue_then > 0,
        lambda f: 0.45 + 0.4 * f.dead_queue / f.queue_then,
    ),
    Rule(
        "f.had_the_time",
        "utilization",
        "Over the whole evening the handlers had time to serve {could_serve:person/people}, and {came} "
        "came: time enough, at the wrong moment.",
        _had_the_time,
        lambda f: 0.62,
    ),
    Rule(
        "f.unproven",
        "limit",
        "The busiest minute took {busiest_use} of the handlers' time; what happens above that, this "
        "evening cannot say.",
        lambda f: not f.reached and f.services > 0,
        lambda f: 0.6,
    ),
    Rule(
        "f.good_teaches_nothing",
        "evidence",
        "{refused:refusal/refusals}, {time_outs:time-out/time-outs}, {gave_up_n} who gave up: a good "
        "evening is no evidence about a bad one.",
        lambda f: f.failed == 0 and f.not_in == 0 and f.median < 30,
        lambda f: 0.7,
    ),
    Rule(
        "f.paid_and_idle",
        "utilization",
        "Over the whole evening the handlers were busy {utilization} of the time; the rest stood ready and "
        "idle.",
        lambda f: not f.reached and f.services > 0 and f.utilization < 0.5,
        lambda f: 0.4,
    ),
    Rule(
        "f.room_for",
        "spare",
        "In the tightest minute the handlers had time for {spare_minute:person/people} more, with {came} on "
        "the way: a sharper rush would have asked for it.",
        lambda f: not f.reached and f.services > 0 and f.spare_minute < f.came,
        lambda f: 0.5,
    ),
    Rule(
        "f.one_crowd",
        "crowd",
        "The whole proof is one crowd: {came:person/people}, {busiest_arrivals} of them in the busiest "
        "minute.",
        lambda f: f.came > 0,
        lambda f: 0.2,
    ),
    Rule(
        "f.empty_door",
        "services",
        "The door finished {services:service/services} in {length}: readiness without a crowd is a guess.",
        lambda f: f.came == 0,
        lambda f: 0.5,
    ),
    Rule(
        "f.served",
        "services",
        "The door finished {services:service/services} in {length}.",
        lambda f: f.came > 0,
        lambda f: 0.05,
    ),
    Rule(
        "f.too_late",
        "after_the_end",
        "{after_the_end:person/people} would have come only after the end.",
        lambda f: f.after_the_end > 0.02 * f.came,
        lambda f: 0.25,
    ),
)

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
        lambda f: f.gave_up_n == 0 and f.came > 0 and f.may_give_up > 0,
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
        lambda f: f.joined > 0,
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
