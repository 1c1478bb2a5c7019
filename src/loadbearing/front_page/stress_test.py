"""The stress-test reading at its strongest: what the evening asked, what held, and what is known since."""

from __future__ import annotations

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
    ("best_minute", "let in within the best minute", lambda f: f.best_minute >= 0.001 * f.came > 0),
    ("busiest_use", "of handlers' time busy, busiest minute", lambda f: f.services > 0),
    ("requests", "requests on record", always),
    ("listening_hours", "hours listened", lambda f: f.listening_hours >= 100),
    ("busiest_arrivals", "came in the busiest minute", always),
    ("could_minute", "a minute the door was built for", always),
)


def _at_the_limit(facts):
    return bool(facts.door_full) and facts.came > 0


def _measured_at_the_limit(facts):
    return facts.best_minute > 0 and facts.best_use >= 0.95 and facts.best_dead < 0.1


def _short_handed(facts):
    return facts.scarce >= 60 and facts.fewest < 0.9 * facts.most_handlers


HEADLINES = (
    Rule("s.nobody_came", "crowd", "{came:Nobody} came to test it", lambda f: f.came == 0),
    Rule(
        "s.room_to_spare",
        "headline",
        "{share_in:Everyone} got in, and the door had room to spare",
        lambda f: not f.reached and f.share_in == 1,
    ),
    Rule(
        "s.not_tested",
        "limit",
        "The limit was not met: {busiest_use} busy at most",
        lambda f: not f.reached and f.services > 0,
    ),
    Rule(
        "s.found_fast",
        "to_overload",
        "It took {to_overload} to find the limit",
        lambda f: f.share_in < 0.2 and f.to_overload > 0,
    ),
    Rule(
        "s.short_handed_and_in",
        "headline",
        "{fewest} of {most_handlers} handlers for {scarce}, and {share_in:everyone} got in",
        lambda f: _short_handed(f) and f.share_in == 1 and f.median >= 120,
    ),
    Rule(
        "s.dead_and_in",
        "dead_work",
        "{dead_share} of the work lost, and {share_in:everyone} got in",
        lambda f: f.dead_share >= 0.3 and f.share_in == 1,
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
        lambda f: _measured_at_the_limit(f) and f.share_in < 0.6 and f.refused_no_seat == 0,
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
    Rule("s.all_recorded", "requests", "{requests:request/requests}, every one on record", always),
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
        "{share_in} of those who came got in although for {overload} more work came than the door could do.",
        lambda f: 0.5 <= f.share_in < 1 and f.overload >= 5,
        lambda f: 0.5 + 0.4 * f.share_in,
    ),
    Rule(
        "s.clear_finding",
        "share_in",
        "{requests:request/requests}, {joined} joined: findings are rarely so clear.",
        lambda f: f.joined == 0 and f.came > 0,
        lambda f: 0.85,
    ),
    Rule(
        "s.rate_measured",
        "best_minute",
        "In its best minute, from {best_at}, the door let in {best_minute:person/people} with its handlers "
        "{best_use} busy: a measured limit, where a plan has an estimate.",
        _measured_at_the_limit,
        lambda f: 0.8,
    ),
    Rule(
        "s.rate_shown",
        "best_minute",
        "In its best minute, from {best_at}, the door let in {best_minute:person/people} with its handlers "
        "{best_use} busy: it can do that, and perhaps more.",
        lambda f: f.best_minute > 0 and f.best_use < 0.95,
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
        lambda f: _at_the_limit(f) and f.share_in >= 0.3 and f.refused_no_seat == 0,
        lambda f: 0.7,
    ),
    Rule(
        "s.held_with_ease",
        "room",
        "With {inside_most:listener/listeners} in the room {refused_no_seat:nobody} was refused a seat.",
        lambda f: not f.reached and f.inside_most > 0 and f.refused_no_seat == 0,
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
        lambda f: f.refused_no_seat > 0 and f.inside_most > 0 and not f.door_full,
        lambda f: 0.8,
    ),
    Rule(
        "s.stayed",
        "patience",
        "People tried {attempts_per_person} times on average, and {gave_up_n:nobody} gave up: no survey "
        "measures so well how much they wanted it.",
        lambda f: f.attempts_per_person >= 1.3 and f.gave_up_n == 0 and f.may_give_up > 0,
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
        lambda f: f.attempts_per_person >= 1.3 and 0 < f.share_gave_up <= 0.1,
        lambda f: 0.6,
    ),
    Rule(
        "s.patience_measured",
        "patience",
        "{gave_up_n:person/people} gave up, half of them within {giving_up_half}: how long people keep "
        "trying is now a number too.",
        lambda f: f.share_gave_up > 0.1 and f.gave_up_n >= 10,
        lambda f: 0.6,
    ),
    Rule(
        "s.crowd_itself",
        "recorded",
        "The account holds {requests:request/requests}, {later} of them second tries or later: a plan that "
        "counts heads has none of these.",
        lambda f: f.later >= 0.2 * f.requests > 0,
        lambda f: 0.55,
    ),
    Rule(
        "s.found_within",
        "to_overload",
        "{to_overload} after the first arrival a whole minute had brought more work than the door could do.",
        lambda f: f.reached and f.to_overload > 0,
        lambda f: 0.4 + 0.3 * (f.share_in < 0.5),
    ),
    Rule(
        "s.cleared",
        "cleared",
        "The door cleared it: from {outside_most:person/people} outside at {outside_most_at} to "
        "{outside_clear} at {clear_at}.",
        lambda f: f.clear_at > 0 and f.gave_up_n == 0 and f.outside_most >= 0.05 * f.came,
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
        lambda f: _short_handed(f) and f.joined_scarce > 0,
        lambda f: 0.77,
    ),
    Rule(
        "s.proven_up_to",
        "limit",
        "In the busiest minute its handlers were busy {busiest_use} of the time: proven up to there, and not "
        "beyond.",
        lambda f: not f.reached and f.services > 0,
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
        "{came:person/people} came, with {requests:request/requests} in all.",
        lambda f: f.came > 0,
        lambda f: 0.1,
    ),
    Rule(
        "s.no_load",
        "services",
        "{requests:request/requests} in {length}: a test without a crowd measures nothing.",
        lambda f: f.came == 0,
        lambda f: 0.5,
    ),
)

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
        "Behind the {requests:request/requests} there were {came:person/people}.",
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
        lambda f: f.failed == 0 and f.came > 0 == f.not_in,
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
        "s-.one_evening",
        "evening",
        "One evening, seed {seed}, is one measurement.",
        always,
        lambda f: 0.3,
    ),
)
