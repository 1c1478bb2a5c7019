"""The statements of the stress-test reading, each with the condition under which it is true and worth saying."""

from __future__ import annotations

from loadbearing.front_page.conditions import measured_at_the_limit, room_came_down, short_handed
from loadbearing.front_page.rules import Rule


def _at_the_limit(facts):
    return bool(facts.door_full) and facts.came > 0


STATEMENTS = (
    Rule(
        "s.everyone_in",
        "share_in",
        "{share_in:Everyone} who came got in: {joined:person/people}, the last at {last_in_at}.",
        lambda f: f.share_in == 1,
        lambda f: 0.9 if f.reached else 0.55,
    ),
    Rule(
        "s.most_in",
        "share_in",
        "{share_in} of those who came got in although for {overload} work came faster than the door could do it.",
        lambda f: 0.5 <= f.share_in < 1 and f.overload >= 5,
        lambda f: 0.5 + 0.4 * f.share_in,
    ),
    Rule(
        "s.clear_finding",
        "share_in",
        "{requests:attempt/attempts}, {joined} joined: findings are rarely so clear.",
        lambda f: f.joined == 0 and f.came > 0,
        lambda f: 0.85,
    ),
    Rule(
        "s.rate_measured",
        "best_minute",
        "In its best minute, from {best_at}, the door let in {best_minute:person/people} with its handlers "
        "{best_use} busy: a measured limit, where a plan has an estimate.",
        measured_at_the_limit,
        lambda f: 0.8,
    ),
    Rule(
        "s.rate_shown",
        "best_minute",
        "In its best minute, from {best_at}, the door let in {best_minute:person/people} with its handlers "
        "{best_use} busy: it can do that, and perhaps more.",
        lambda f: f.best_minute > 0 == f.rejoins and f.best_use < 0.95,
        lambda f: 0.5,
    ),
    Rule(
        "s.flat_out",
        "flat_out",
        "For {flat_out} no handler at the door was free: the load went all the way up, not to a safe part "
        "of it.",
        lambda f: f.reached and f.flat_out >= 60,
        lambda f: min(0.78, 0.6 + f.flat_out / 36_000),
    ),
    Rule(
        "s.held",
        "room",
        "With {inside_most:listener/listeners} in the room {refused_no_seat:nobody} was refused a seat: "
        "letting people in was the limit, holding them was not.",
        lambda f: (
            _at_the_limit(f) and f.share_in >= 0.3 and f.refused_no_seat == f.disconnections == 0
        ),
        lambda f: 0.7,
    ),
    Rule(
        "s.held_with_ease",
        "room",
        "With {inside_most:listener/listeners} in the room {refused_no_seat:nobody} was refused a seat.",
        lambda f: f.at_ease and f.inside_most > 0,
        lambda f: 0.5,
    ),
    Rule(
        "s.seats_known",
        "room",
        "With {inside_most:listener/listeners} in the room the seats ran out, {refused_no_seat:time/times}: "
        "two limits, the door's and the room's, told apart in one evening.",
        lambda f: f.refused_no_seat > 0 and f.inside_most > 0 and f.door_full,
        lambda f: 0.65,
    ),
    Rule(
        "s.seats_were_the_limit",
        "room",
        "With {inside_most:listener/listeners} in the room the seats ran out, {refused_no_seat:time/times}: "
        "holding people was the limit, letting them in was not.",
        lambda f: (
            f.refused_no_seat == f.failed - f.time_outs > 0 < f.inside_most
            and f.plain_door
            and not f.door_full
        ),
        lambda f: 0.8,
    ),
    Rule(
        "s.stayed",
        "patience",
        "People tried {attempts_per_person} times on average, and {gave_up_n:nobody} gave up: no survey "
        "measures so well how much they wanted it.",
        lambda f: (
            f.attempts_per_person >= 1.3 and f.gave_up_n == 0 == f.no_return_n and f.may_give_up > 0
        ),
        lambda f: 0.75,
    ),
    Rule(
        "s.kept_on",
        "patience",
        "People tried {attempts_per_person} times on average, one of them {most_attempts} times: that is "
        "how much they wanted it.",
        lambda f: (
            f.most_attempts > f.attempts_per_person >= 1.3 and f.gave_up_n == f.may_give_up == 0
        ),
        lambda f: 0.7,
    ),
    Rule(
        "s.few_gave_up",
        "patience",
        "People tried {attempts_per_person} times on average, and {share_gave_up} gave up: the rest wanted "
        "it that much.",
        lambda f: (
            f.attempts_per_person >= 1.3 and 0 < f.share_gave_up <= 0.1 and f.no_return_n == 0
        ),
        lambda f: 0.6,
    ),
    Rule(
        "s.patience_measured",
        "patience",
        "{gave_up_n:person/people} gave up, half of them within {giving_up_half}: how long people keep "
        "trying is now a number too.",
        lambda f: f.share_gave_up > 0.1 and f.gave_up_n >= 10 and f.no_return_n == 0,
        lambda f: 0.6,
    ),
    Rule(
        "s.crowd_itself",
        "recorded",
        "The account holds {requests:attempt/attempts}, {later} of them second tries or later: a plan that "
        "counts heads has none of these.",
        lambda f: f.later >= 0.2 * f.requests > 0,
        lambda f: 0.55,
    ),
    Rule(
        "s.found_within",
        "to_overload",
        "{to_overload} after the first arrival a single minute had brought more work than the door could do.",
        lambda f: f.reached and f.to_overload > 0,
        lambda f: 0.4 + 0.3 * (f.share_in < 0.5),
    ),
    Rule(
        "s.cleared",
        "cleared",
        "The door cleared it: from {outside_most:person/people} outside at {outside_most_at} to "
        "{outside_clear} at {clear_at}.",
        lambda f: (
            f.clear_at > 0
            and f.gave_up_n == f.disconnections == 0
            and f.outside_most >= 0.05 * f.came
        ),
        lambda f: 0.72,
    ),
    Rule(
        "s.dead_work_found",
        "dead_work",
        "One finding is worth the evening: {dead_share} of the work was for people who had gone by the time "
        "it was done.",
        lambda f: f.dead_share >= 0.05,
        lambda f: 0.5 + 0.4 * f.dead_share,
    ),
    Rule(
        "s.short_handed",
        "handlers",
        "While only {fewest} of {most_handlers} handlers were there, for {scarce}, "
        "{joined_scarce:person/people} still got in.",
        lambda f: short_handed(f) and f.joined_scarce > 0,
        lambda f: 0.77,
    ),
    Rule(
        "s.room_limit",
        "room",
        "One person more than {seats:seat/seats} brought the room down, {collapses:time/times}: "
        "that limit is a number now.",
        room_came_down,
        lambda f: 0.85,
    ),
    Rule(
        "s.back",
        "back",
        "Of {disconnected_n:person/people} who lost the connection, {back_n} got in again: the "
        "way back was tested too.",
        lambda f: f.back_n > 0,
        lambda f: 0.5 + 0.35 * f.share_back,
    ),
    Rule(
        "s.recovery",
        "recovery",
        "{recovery:time/times} within one minute the door let somebody back in: recovery is a "
        "number as well.",
        lambda f: f.recovery > 0,
        lambda f: 0.6,
    ),
    Rule(
        "s.line",
        "line",
        "At {line_most_at} {line_most:person/people} stood in line in front of the door, and cost "
        "it nothing.",
        lambda f: f.line_most > 0,
        lambda f: 0.5 + 0.3 * min(1, f.line_most / f.came),
    ),
    Rule(
        "s.budget",
        "budget",
        "{refused_budget:time/times} the retry budget kept one more try out of the queue.",
        lambda f: f.refused_budget > 0,
        lambda f: 0.55 + 0.2 * min(1, f.refused_budget / f.came),
    ),
    Rule(
        "s.foreign",
        "foreign",
        "{foreign_n:request/requests} came that belong to no listener: whoever counts requests "
        "takes them for a crowd.",
        lambda f: f.foreign_n > 0,
        lambda f: 0.45 + 0.3 * (f.foreign_share >= 0.05),
    ),
    Rule(
        "s.shut",
        "shut",
        "A restart was played through in earnest: a shut door sent "
        "{refused_shut:attempt/attempts} away.",
        lambda f: f.refused_shut > 0,
        lambda f: 0.5,
    ),
    Rule(
        "s.grew",
        "handlers",
        "The door grew from {handlers} to {most_handlers:handler/handlers}, by "
        "{most_handlers_at}: that it can grow is no longer a plan.",
        lambda f: f.ordered > 0 and f.most_handlers > f.handlers,
        lambda f: 0.74,
    ),
    Rule(
        "s.proven_up_to",
        "limit",
        "In the busiest minute its handlers were busy {busiest_use} of the time: proven up to there, and not "
        "beyond.",
        lambda f: f.at_ease and f.services > 0,
        lambda f: 0.85,
    ),
    Rule(
        "s.quick",
        "wait",
        "Half of those who got in were in within {quick_half}.",
        lambda f: f.median < 60 and f.share_in >= 0.9,
        lambda f: 0.45,
    ),
    Rule(
        "s.first_click",
        "first_click",
        "{first_click:Who} got in at the first attempt: {first_click}.",
        lambda f: f.first_click >= 0.6,
        lambda f: 0.3 + 0.3 * f.first_click,
    ),
    Rule(
        "s.listened",
        "hours_inside",
        "Together people listened for {listening_hours:hour/hours}.",
        lambda f: f.listening_hours >= 2,
        lambda f: 0.33,
    ),
    Rule(
        "s.crowd",
        "crowd",
        "{came:person/people} came, with {requests:attempt/attempts} in all.",
        lambda f: f.came > 0,
        lambda f: 0.1,
    ),
    Rule(
        "s.no_load",
        "services",
        "{requests:attempt/attempts} in {length}: a test without a crowd measures nothing.",
        lambda f: f.came == 0,
        lambda f: 0.5,
    ),
)
