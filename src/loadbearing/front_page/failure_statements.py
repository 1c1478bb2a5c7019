"""The statements of the failure reading, each with the condition under which it is true and worth saying."""

from __future__ import annotations

from loadbearing.front_page.conditions import nothing_failed, short_handed
from loadbearing.front_page.rules import Rule


def _swamped_by_echo(facts):
    own = facts.foreign_n == 0 == facts.admitted and facts.line_time == 0
    return (
        own
        and facts.later > 0
        and facts.overload >= 120
        and facts.overload >= 1.5 * facts.overload_first
    )


def _had_the_time(facts):
    trouble = facts.joined > 0 and (facts.share_out >= 0.02 or facts.median >= 300)
    in_time = facts.could_serve >= facts.came and facts.utilization < 0.8
    return trouble and in_time and facts.plain_door and facts.refused_no_seat == 0


def _uneven(facts):
    return facts.most_attempts >= 1.5 * facts.attempts_per_person


def _lost_strength(facts):
    return 0.5 + 0.45 * min(1, 5 * facts.disconnected_n / facts.came)


def _grew_too_late(facts):
    more = facts.ordered > 0 and facts.most_handlers > facts.handlers_then
    return more and facts.most_handlers_at > facts.outside_most_at and facts.outside_most > 0


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
        "{refused_no_seat:time/times} somebody had got through the door and found no seat free.",
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
        "For {overload} work came faster than all the handlers could do it.",
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
        short_handed,
        lambda f: 0.85,
    ),
    Rule(
        "f.queue_of_the_gone",
        "queue",
        "At {dead_queue_at} the queue held {queue_then:request/requests}, and behind {dead_queue} of them "
        "nobody waited any more.",
        lambda f: f.dead_queue >= 0.1 * f.queue_then > 0 == f.foreign_n,
        lambda f: 0.45 + 0.4 * f.dead_queue / f.queue_then,
    ),
    Rule(
        "f.lost",
        "lost",
        "{disconnected_n:person/people} who had got in lost the connection.",
        lambda f: f.disconnections == f.disconnected_n > 0,
        _lost_strength,
    ),
    Rule(
        "f.lost_again",
        "lost",
        "{disconnected_n:person/people} who had got in lost the connection, "
        "{disconnections:time/times} in all.",
        lambda f: f.disconnections > f.disconnected_n,
        _lost_strength,
    ),
    Rule(
        "f.collapsed",
        "collapse",
        "{collapses:time/times} there was one person too many, and the room came down.",
        lambda f: f.collapses > 0 and f.seats > 0,
        lambda f: 0.8,
    ),
    Rule(
        "f.no_return",
        "no_return",
        "{no_return_n:person/people} who had lost the connection gave up on coming back.",
        lambda f: f.no_return_n > 0,
        lambda f: 0.5 + 0.4 * min(1, 5 * f.no_return_n / f.came),
    ),
    Rule(
        "f.still_out",
        "still_out",
        "When the evening ended, {still_out_n:person was/people were} still trying to come back "
        "in.",
        lambda f: f.still_out_n > 0,
        lambda f: 0.5 + 0.4 * min(1, 5 * f.still_out_n / f.came),
    ),
    Rule(
        "f.way_back",
        "way_back",
        "Added up, those who had lost the connection spent {time_returning} outside again.",
        lambda f: f.disconnections > 0 and f.time_returning >= 60,
        lambda f: 0.5,
    ),
    Rule(
        "f.shut",
        "shut",
        "{refused_shut:time/times} somebody came to a door that was shut.",
        lambda f: f.refused_shut > 0,
        lambda f: 0.4 + 0.3 * min(1, f.refused_shut / f.came),
    ),
    Rule(
        "f.swept",
        "swept",
        "{refused_restart:time/times} a restart sent somebody away who waited at the door or was "
        "being served.",
        lambda f: f.refused_restart > 0,
        lambda f: 0.4 + 0.3 * min(1, f.refused_restart / f.came),
    ),
    Rule(
        "f.cut_work",
        "cut",
        "{cut_time} of handlers' work was cut off unfinished.",
        lambda f: f.cut_time >= 1,
        lambda f: 0.4 + 0.4 * f.cut_share,
    ),
    Rule(
        "f.budget",
        "budget",
        "{refused_budget:time/times} somebody who tried again was sent away because too many were "
        "trying again.",
        lambda f: f.refused_budget > 0,
        lambda f: 0.3 + 0.3 * min(1, f.refused_budget / f.came),
    ),
    Rule(
        "f.line",
        "line",
        "At {line_most_at} {line_most:person/people} stood in line in front of the door.",
        lambda f: f.line_most > 0,
        lambda f: 0.4 + 0.4 * min(1, f.line_most / f.came),
    ),
    Rule(
        "f.line_time",
        "line_time",
        "Added up, people stood {line_time} in line in front of the door.",
        lambda f: f.line_time >= 60,
        lambda f: 0.4,
    ),
    Rule(
        "f.line_end",
        "line_end",
        "When the evening ended, {line_end:person/people} still stood in line.",
        lambda f: f.line_end > 0,
        lambda f: 0.5 + 0.3 * min(1, 5 * f.line_end / f.came),
    ),
    Rule(
        "f.grown_late",
        "handlers",
        "At {outside_most_at}, with {outside_most:person/people} outside, the door had "
        "{handlers_then:handler/handlers}; it had {most_handlers} only at {most_handlers_at}.",
        _grew_too_late,
        lambda f: 0.82,
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
        lambda f: f.at_ease and f.services > 0,
        lambda f: 0.6,
    ),
    Rule(
        "f.good_teaches_nothing",
        "evidence",
        "{refused:refusal/refusals}, {time_outs:time-out/time-outs}, {gave_up_n} who gave up: a good "
        "evening is no evidence about a bad one.",
        lambda f: nothing_failed(f) and f.not_in == 0 and f.median < 30,
        lambda f: 0.7,
    ),
    Rule(
        "f.paid_and_idle",
        "utilization",
        "Over the whole evening the handlers were busy {utilization} of the time; the rest stood ready and "
        "idle.",
        lambda f: f.at_ease and f.services > 0 and f.utilization < 0.5,
        lambda f: 0.4,
    ),
    Rule(
        "f.room_for",
        "spare",
        "In the tightest minute the handlers had time for {spare_minute:person/people} more, with {came} on "
        "the way: a sharper rush would have asked for it.",
        lambda f: f.at_ease and f.services > 0 and f.plain_door and f.spare_minute < f.came,
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
