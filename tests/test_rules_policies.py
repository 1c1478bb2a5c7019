"""Policies: when they are asked, what they see, and what comes of their answers. By hand, in both engines."""

import pytest

from loadbearing import Change, HandlersLost, Policy, Timetable, WaitingRoom
from loadbearing.engines import PolicyError
from tests.by_hand import ENGINES, day, done, joined, plan, play, times

pytestmark = pytest.mark.parametrize("engine", ENGINES)


def watched(engine, every_s=10, lag_s=0, answers=(), **rules):
    """Return (run, seen): a day on which a policy notes (now, telemetry) and gives these answers by their time."""
    seen, told = [], dict(answers)

    def decide(now, telemetry):
        seen.append((now, telemetry))
        return told.get(now)

    policy = Policy(decide=decide, every_s=every_s, lag_s=lag_s, boot_s=rules.pop("boot_s", 0))
    return day(engine, controllers=[policy, *rules.pop("others", [])], **rules), seen


# ------------------------------------------------------------------------------ What it sees, and when


def test_a_policy_is_asked_every_so_often_from_one_interval_after_the_beginning(engine):
    _, seen = watched(engine, ends=40)
    # The last moment of the evening belongs to it.
    assert [(now, t.from_s, t.until_s) for now, t in seen] == [
        (10, 0, 10),
        (20, 10, 20),
        (30, 20, 30),
        (40, 30, 40),
    ]


def test_a_policy_sees_what_was_some_time_ago_and_nothing_before_there_is_something(engine):
    _, seen = watched(engine, lag_s=20, ends=50)
    assert [(now, t.from_s, t.until_s) for now, t in seen] == [
        (30, 0, 10),
        (40, 10, 20),
        (50, 20, 30),
    ]


def test_an_account_that_begins_earlier_is_looked_at_from_its_own_beginning(engine):
    asked = []
    policy = Policy(decide=lambda now, telemetry: asked.append(now), every_s=40)
    play(plan(controllers=[policy]).changed({"starts_s": -30}), engine)
    assert asked == [10, 50, 90]


def test_the_dashboard_shows_flows_of_the_interval_and_levels_at_its_end_and_on_average(engine):
    _, seen = watched(engine, ends=20)
    (_, first), (_, second) = seen
    # 0-10: three come, one is served, two wait. That the first joins at 10 belongs to the next interval.
    assert (first.arrivals, first.first_attempts, first.joins, first.services) == (3, 3, 0, 0)
    assert (first.busy, first.queue, first.inside, first.capacity) == (1, 2, 0, 1)
    assert (first.busy_mean, first.queue_mean, first.inside_mean) == (1, 2, 0)
    assert (first.work_s, first.utilization) == (0, 1)
    # 10-20: one joins and sits there for ten seconds, one is served, one waits.
    assert (second.arrivals, second.joins, second.services) == (0, 1, 1)
    assert (second.busy, second.queue, second.inside) == (1, 1, 1)
    assert (second.busy_mean, second.queue_mean, second.inside_mean) == (1, 1, 1)
    assert (second.work_s, second.dead_work_s, second.utilization) == (10, 0, 1)


def test_averages_weigh_levels_by_how_long_they_lasted(engine):
    _, seen = watched(engine, listeners=2, service=4, ends=10)
    telemetry = seen[0][1]
    # Busy 0-8, one waits 0-4, one inside from 4 and two from 8: 4 + 2 x 2 person-seconds in ten seconds.
    assert telemetry.busy_mean == pytest.approx(0.8)
    assert telemetry.queue_mean == pytest.approx(0.4)
    assert telemetry.inside_mean == pytest.approx(0.8)
    assert (telemetry.busy, telemetry.queue, telemetry.inside) == (0, 0, 2)


def test_utilization_is_busy_time_of_the_time_of_handlers_present_or_still_busy(engine):
    fault = HandlersLost(at_s=5, lasts_s=30, handlers=2)
    run, seen = watched(engine, listeners=4, handlers=2, faults=[fault], every_s=20, ends=60)
    # 0-20: two present, then two still busy, until 10: 20 of 20. 20-40: back at 35, and busy: 10 of 10. 40-60: two are
    # busy until 45: 10 of 40.
    assert joined(run) == [10, 10, 45, 45]
    assert [t.utilization for _, t in seen] == [1, 1, 0.25]
    _, seen = watched(
        engine, listeners=0, handlers=1, faults=[HandlersLost(at_s=0, lasts_s=90, handlers=1)]
    )
    assert seen[0][1].utilization == 0


def test_settings_are_those_of_the_moment_without_any_lag(engine):
    changes = [
        Change(at_s=12, what="queue_limit", to=7),
        Change(at_s=12, what="discipline", to="lifo"),
    ]
    room = WaitingRoom(admits_per_s=2, opens_s=15)
    rules = dict(others=[Timetable(changes=changes)], retry_after_s=30, waiting_room=room)
    _, seen = watched(engine, lag_s=10, ends=20, **rules)
    settings = seen[0][1].settings
    assert (seen[0][0], seen[0][1].until_s) == (20, 10)
    assert settings == {
        "handlers": 1,
        "queue_limit": 7,
        "discipline": "lifo",
        "drops_dead": False,
        "retry_after_s": 30,
        "retry_budget": None,
        "waiting_room": True,
        "admits_per_s": 2,
    }


def test_a_rate_below_one_is_shown_as_it_is_and_in_full(engine):
    for fraction in (1, 0.1):
        seen = []
        policy = Policy(
            decide=lambda now, t, s=seen: s.append(t.settings["admits_per_s"]), every_s=10
        )
        room = WaitingRoom(admits_per_s=0.25)
        play(
            plan(listeners=30, controllers=[policy], waiting_room=room, ends=10).scaled(fraction),
            engine,
        )
        assert seen == [pytest.approx(0.25)]


def test_memory_is_empty_at_first_kept_all_evening_and_nobody_elses(engine):
    kept = {"one": [], "two": []}

    def counting(name):
        def decide(now, telemetry):
            telemetry.memory["times"] = telemetry.memory.get("times", 0) + 1
            kept[name].append(telemetry.memory["times"])

        return decide

    policies = [
        Policy(decide=counting("one"), every_s=10),
        Policy(decide=counting("two"), every_s=20),
    ]
    for _ in range(2):
        day(engine, controllers=policies, ends=40)
    assert kept == {"one": [1, 2, 3, 4] * 2, "two": [1, 2] * 2}


# ------------------------------------------------------------------------------ What comes of its answers


def test_none_leaves_everything_as_it_is(engine):
    run, _ = watched(engine)
    assert done(run) == []
    assert joined(run) == [10, 20, 30]
    run, _ = watched(engine, answers={10: {}})
    assert done(run) == []


def test_an_answer_acts_at_its_moment(engine):
    run, _ = watched(engine, answers={5: {"handlers": 2, "queue_limit": 9}}, every_s=5, listeners=4)
    # From 5 on there are two handlers: the second is served 5-15, the third 10-20, the fourth 15-25.
    assert joined(run) == [10, 15, 20, 25]
    assert done(run) == [(5, 0, "handlers", 2), (5, 0, "queue_limit", 9), (5, 0, "serving", 2)]


def test_new_handlers_serve_when_they_have_started(engine):
    run, seen = watched(engine, answers={5: {"handlers": 2}}, every_s=5, boot_s=7, listeners=4)
    # Ordered at 5, serving from 12: 10-20 the second, 12-22 the third, 20-30 the fourth.
    assert joined(run) == [10, 20, 22, 30]
    assert done(run) == [(5, 0, "handlers", 2), (12, 0, "serving", 2)]
    # The dashboard shows those that serve, not those that have been ordered.
    assert [t.settings["handlers"] for _, t in seen][:3] == [1, 1, 2]


def test_what_has_been_ordered_is_not_ordered_again(engine):
    answers = {5: {"handlers": 2}, 10: {"handlers": 2}, 15: {"handlers": 3}}
    run, _ = watched(engine, answers=answers, every_s=5, boot_s=20)
    assert [one for one in done(run) if one[2] == "serving"] == [
        (25, 0, "serving", 2),
        (35, 0, "serving", 3),
    ]


def test_handlers_can_be_sent_away_before_they_have_started(engine):
    rules = dict(every_s=10, boot_s=15)
    run, _ = watched(
        engine, answers={10: {"handlers": 3}, 20: {"handlers": 1}}, listeners=4, **rules
    )
    # Two were to serve from 25 on, and never did.
    assert joined(run) == [10, 20, 30, 40]
    run, _ = watched(
        engine, answers={10: {"handlers": 4}, 20: {"handlers": 2}}, listeners=5, **rules
    )
    # Of three that were starting one is left, and serves from 25: 25-35 the fourth, 30-40 the fifth.
    assert joined(run) == [10, 20, 30, 35, 40]


def test_of_several_orders_all_can_be_sent_away(engine):
    answers = {5: {"handlers": 2}, 10: {"handlers": 3}, 15: {"handlers": 1}}
    run, _ = watched(engine, answers=answers, every_s=5, boot_s=20)
    # One serves all evening; those that were to serve from 25 and from 30 on never do.
    assert joined(run) == [10, 20, 30]
    assert [one for one in done(run) if one[2] == "serving"] == []


def test_more_are_sent_away_than_are_starting(engine):
    answers = {5: {"handlers": 5}, 10: {"handlers": 1}}
    run, _ = watched(engine, answers=answers, every_s=5, boot_s=20, handlers=3, listeners=5)
    # Three are busy until 10 and two starting; at 10 one is left: the fourth 10-20, the fifth 20-30.
    assert joined(run) == [10, 10, 10, 20, 30]


def test_a_waiting_room_can_be_opened_and_paced(engine):
    answers = {
        5: {"waiting_room": True, "admits_per_s": 0.1},
        15: {"admits_per_s": 0.5},
        20: {"waiting_room": False},
    }
    room = WaitingRoom(admits_per_s=0, opens_s=None)
    come = [0, 6, 6, 6, 6, 6, 6]
    run, _ = watched(engine, answers=answers, every_s=5, come=come, handlers=9, waiting_room=room)
    # Straight in at 0; the first admission at 6, the next not before 16; from 15 on every two seconds: 15 is past
    # 6 + 2, so 15, 17, 19; the last two go to the door when the room closes.
    assert times(run, "first_sent") == [0, 6, 15, 17, 19, 20, 20]


def test_all_who_are_asked_at_one_moment_see_the_same_and_the_last_listed_wins(engine):
    seen = []

    def says(handlers):
        def decide(now, telemetry):
            seen.append((now, telemetry.settings["handlers"]))
            return {"handlers": handlers}

        return Policy(decide=decide, every_s=10)

    run = day(engine, listeners=4, controllers=[says(3), says(2)], ends=20)
    assert seen == [(10, 1), (10, 1), (20, 2), (20, 2)]
    assert [one[1:] for one in done(run) if one[2] == "serving"] == [(1, "serving", 2)]
    # From 10 on two: the second and, the first being done, the third.
    assert joined(run) == [10, 20, 20, None]
    run = day(engine, listeners=4, controllers=[says(2), says(3)], ends=20)
    assert joined(run) == [10, 20, 20, 20]


def test_of_a_timetable_and_a_policy_the_last_listed_wins(engine):
    one = Timetable(changes=[Change(at_s=10, what="queue_limit", to=1)])
    two = Policy(decide=lambda now, telemetry: {"queue_limit": 2}, every_s=10)
    for controllers, limit in (([one, two], 2), ([two, one], 1)):
        assert done(day(engine, controllers=controllers, ends=10))[-1][3] == limit


def test_in_a_smaller_room_a_policy_sees_and_answers_in_full_numbers(engine):
    seen = []

    def decide(now, telemetry):
        seen.append(
            (now, telemetry.arrivals, telemetry.queue, telemetry.queue_mean, telemetry.busy)
        )
        seen.append({name: telemetry.settings[name] for name in ("handlers", "queue_limit")})
        return {"handlers": 30, "queue_limit": 500, "retry_after_s": 40} if now == 10 else None

    full = plan(listeners=40, handlers=10, queue_limit=200, controllers=[Policy(decide=decide)])
    run = play(full.scaled(0.1), engine)
    # Four people and one handler stand for forty and ten.
    assert seen[:2] == [(10, 40, 30, 30, 10), {"handlers": 10, "queue_limit": 200}]
    # Thirty handlers are three in the room: the first is served until 10, two more from 10, and the fourth, too.
    assert joined(run) == [10, 20, 20, 20]
    assert done(run) == [
        (10, 0, "handlers", 3),
        (10, 0, "queue_limit", 50),
        (10, 0, "retry_after_s", 40),
        (10, 0, "serving", 3),
    ]
    assert seen[3] == {"handlers": 30, "queue_limit": 500}
    assert seen[2][4] == 30


# ------------------------------------------------------------------------------ Answers that make no sense

WRONG = {
    "a setting that nobody can change": ({"seats": 5}, ["'seats'", "Choose one of"]),
    "a typo": ({"queue_limt": 5}, ["'queue_limt'", "Did you mean 'queue_limit'"]),
    "a value that cannot be": ({"handlers": -1}, ["handlers is -1", "at least 0"]),
    "half a handler": ({"handlers": 1.5}, ["handlers is 1.5", "whole number"]),
    "no word of the list": ({"discipline": "filo"}, ["'filo'", "'fifo'"]),
    "yes as a number": ({"drops_dead": 1}, ["drops_dead is 1", "True"]),
    "a number and not a dictionary": (5, ["answered 5", "dictionary"]),
    "a list and not a dictionary": (
        [("handlers", 2)],
        ["answered [('handlers', 2)]", "dictionary"],
    ),
    "a waiting room that is not there": (
        {"waiting_room": True},
        ["no waiting room", "WaitingRoom("],
    ),
    "a rate of a room that is not there": (
        {"admits_per_s": 1},
        ["no waiting room", "WaitingRoom("],
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_answer_gets_a_sentence(engine, what):
    answer, parts = WRONG[what]
    with pytest.raises(PolicyError) as caught:
        watched(engine, answers={20: answer}, others=[Timetable(changes=[])])
    said = str(caught.value)
    # Which one, when, what, and what to do.
    assert said.startswith("Controller 0, at 20 seconds, ")
    assert said.endswith((".", "?"))
    for one in parts:
        assert one in said, said


def test_a_policy_that_fails_gets_a_sentence_with_its_own_error_behind_it(engine):
    def decide(now, telemetry):
        return {"handlers": 1 / 0}

    calm = Policy(decide=lambda now, telemetry: None)
    with pytest.raises(
        PolicyError, match="Controller 1, at 10 seconds, failed with ZeroDivisionError"
    ) as caught:
        day(engine, controllers=[calm, Policy(decide=decide)])
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_reading_that_does_not_exist_is_named_with_the_nearest_that_does(engine):
    policy = Policy(decide=lambda now, telemetry: {"queue_limit": telemetry.time_out})
    with pytest.raises(PolicyError, match="Telemetry has no 'time_out'. Did you mean 'time_outs'"):
        day(engine, controllers=[policy])


def test_what_the_last_listed_wants_is_all_that_is_ordered(engine):
    # At 10 the first wants one handler, the second, listed later, four as there are; new ones take a minute. None go.
    wants_one = Timetable(changes=[Change(at_s=10, what="handlers", to=1)])
    wants_four = Policy(decide=lambda now, telemetry: {"handlers": 4}, every_s=10, boot_s=60)
    run = day(engine, listeners=8, handlers=4, controllers=[wants_one, wants_four], ends=40)
    assert joined(run) == [10] * 4 + [20] * 4
