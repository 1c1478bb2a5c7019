"""Readings of disconnections, restarts, waiting rooms, slow and foreign services: on paper, and on any evening."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadbearing import Change, Restart, ServiceSlowed, Timetable, WaitingRoom, simulate
from loadbearing import readings as room
from loadbearing.readings import readings
from loadbearing.run import LEVELS, Moment, Outcome
from tests.paper import NEVER, again_after, evening, written_by_hand
from tests.recount import EVERYBODY, recount
from tests.strategies import scenarios

# ------------------------------------------------------------------------- On paper: out and in again


@pytest.fixture(scope="module")
def two_come_back():
    """Two at 0, two handlers, ten seconds each; a restart at 20 shuts the door for 5 s; everybody tries after 7 s.

    Both are in at 10 and lose the connection at 20. At 27 the door is open again: both are served 27-37.
    """
    restart = Restart(at_s=20.0, lasts_s=5.0)
    return evening(2, ends_s=60, handlers=2, faults=[restart], retries=again_after(7.0))


def test_whoever_loses_the_connection_got_in_at_the_first_click_all_the_same(two_come_back):
    run = two_come_back
    assert run.listeners["attempts"].tolist() == [2, 2]
    assert room.share_in(run) == room.first_click_success(run) == 1.0
    assert room.time_to_join(run, 100) == 10.0
    assert room.service_level(run, 10) == 1.0
    assert (room.joined(run), room.rejoins(run), room.count(run, "joins")) == (2, 2, 4)
    assert room.goodput(run) == 2 / 60
    assert room.attempts_per_person(run) == room.attempt_amplification(run) == 2.0


def test_the_room_is_full_just_before_a_restart_and_empty_after_it(two_come_back):
    run = two_come_back
    at = {t: room.in_the_room(run, t) for t in (10, 11, 20, 20.9, 21, 37, 38, 60)}
    assert at == {10: 0, 11: 2, 20: 2, 20.9: 2, 21: 0, 37: 0, 38: 2, 60: 2}
    assert room.outside_over_time(run).tolist() == [2] * 10 + [0] * 10 + [2] * 17 + [0] * 23
    assert room.returning_over_time(run).tolist() == [0] * 20 + [2] * 17 + [0] * 23
    assert room.peak(run, "returning") == (2, 21.0)
    assert room.time_outside(run) == 2 * 10 + 2 * 17
    assert room.time_returning(run) == 2 * 17


def test_who_lost_the_connection_and_who_came_back(two_come_back):
    run = two_come_back
    assert (room.disconnected(run), room.count(run, "disconnected")) == (2, 2)
    assert (room.came_back(run), room.did_not_return(run)) == (1.0, 0.0)
    assert room.on_their_way_back(run) == room.still_trying(run) == room.left(run) == 0.0
    assert room.rejoins_over_time(run).tolist() == [0] * 37 + [2] + [0] * 22
    table = readings(run)
    assert table["came_back"].text == "100 %"
    assert table["recovery"].value == 2 / 60
    assert table["disconnections"].text == "2"
    assert table["peak_returning"].applies and not table["peak_in_line"].applies


@pytest.fixture(scope="module")
def three_swept_away():
    """Three at 0, one handler, ten seconds each, one attempt only; a restart at 15.

    One is in at 10 and is disconnected: the one attempt is used up. Two is in service, three waits: refused.
    """
    return evening(
        3, ends_s=60, faults=[Restart(at_s=15.0, lasts_s=1.0)], retries=again_after(1.0, most=1)
    )


def test_who_gives_up_after_having_been_in_did_not_return_and_is_no_loss_of_the_first_kind(
    three_swept_away,
):
    run = three_swept_away
    assert room.share_in(run) == pytest.approx(1 / 3)
    assert room.gave_up(run) == pytest.approx(2 / 3)
    assert room.left(run) == room.still_trying(run) == 0.0
    assert (room.disconnected(run), room.did_not_return(run), room.came_back(run)) == (1, 1.0, 0.0)
    assert room.outside_over_time(run).tolist() == [3] * 10 + [2] * 5 + [0] * 45
    assert room.time_outside(run) == 10 + 15 + 15
    assert room.time_returning(run) == 0.0


def test_a_restart_refuses_whoever_is_there_and_cuts_the_work_off(three_swept_away):
    run = three_swept_away
    by_kind = room.refused_by_kind(run)
    assert {kind: times for kind, times in by_kind.items() if times} == {"refused_restart": 2}
    assert room.refused(run) == 2
    assert room.cut_work_share(run) == pytest.approx(5 / 15)
    assert room.dead_work_share(run) == 0.0
    assert room.utilization(run) == pytest.approx(15 / 60)
    assert room.collapses(run) == 0


def test_one_too_many_is_a_collapse_and_a_refusal():
    # Two handlers, one seat: at 10 one sits down and the other is one too many. The door opens again at 12; the one
    # who was in comes back at 11 (shut) and 12, the other too: at 22 there is one too many again, and so at 34.
    full = dict(seats=1, when_full="collapse", restart_s=2.0)
    run = evening(2, ends_s=40, handlers=2, **full, retries=again_after(1.0))
    assert room.collapses(run) == room.count(run, "refused_no_seat") == 3
    assert room.collapses(run, 0, 22) == 1
    assert (room.disconnected(run), room.count(run, "disconnected")) == (1, 3)
    assert room.refused_by_kind(run)["refused_shut"] == 6
    assert readings(run)["collapses"].text == "3"


def test_the_outcomes_of_a_restart_by_hand():
    """Six people: in, left, never in and gone, never in and trying, not returned, on the way back."""
    run = written_by_hand(
        [
            (0.0, 1.0, NEVER, 1, Outcome.IN),
            (0.0, 1.0, 3.0, 1, Outcome.LEFT),
            (0.0, NEVER, 3.0, 2, Outcome.GAVE_UP),
            (0.0, NEVER, NEVER, 2, Outcome.STILL_TRYING),
            (0.0, 1.0, 6.0, 3, Outcome.LEFT),
            (0.0, 1.0, NEVER, 3, Outcome.STILL_TRYING),
        ]
    )
    run.listeners["times_disconnected"][4:] = 1
    run.listeners["joined_attempt"][4:] = 1
    run.listeners["reason"][[2, 4]] = 1
    assert room.share_in(run) == pytest.approx(4 / 6)
    shares = (room.gave_up(run), room.still_trying(run), room.left(run))
    assert shares == pytest.approx((1 / 6, 1 / 6, 1 / 6))
    assert room.first_click_success(run) == pytest.approx(4 / 6)
    assert (room.did_not_return(run), room.on_their_way_back(run)) == (0.5, 0.5)
    assert math.isnan(room.came_back(run, 5, 10))
    assert readings(run)["came_back"].text == "0 %"


# ---------------------------------------------------------------------------- On paper: the waiting room


def test_a_waiting_room_holds_the_crowd_back_and_littles_law_gives_the_time_in_line():
    # One is let through every ten seconds: at 0, 10, 20. Each is served at once, for five seconds.
    run = evening(3, ends_s=60, service_s=5.0, waiting_room=WaitingRoom(admits_per_s=0.1))
    assert room.times_in_line(run).tolist() == [0, 10, 20]
    assert room.time_in_line(run) == 10.0
    assert math.isnan(room.time_in_line(run, 30, 60))
    assert room.admission_rate(run) == 3 / 60
    assert room.peak(run, "waiting_room") == (2, 1.0)
    load = room.offered_load_over_time(run)
    assert {t: load[t] for t in np.flatnonzero(load)} == {0: 5.0, 10: 5.0, 20: 5.0}
    assert room.offered_load_over_time(run, of="first")[0] == 15.0
    assert (room.attempts(run, 0, 1), room.requests(run, 0, 1)) == (3, 1)
    assert (room.attempts(run), room.requests(run)) == (3, 3)
    table = readings(run)
    assert (table["time_in_line"].text, table["peak_in_line"].text) == ("10 seconds", "2")
    assert table["admitted"].applies


def test_a_waiting_room_that_closes_sends_everybody_to_the_door_at_once():
    closes = Timetable(changes=[Change(at_s=5.0, what="waiting_room", to=False)])
    line = WaitingRoom(admits_per_s=0.1)
    run = evening(3, ends_s=60, service_s=5.0, waiting_room=line, controllers=[closes])
    requests = room.requests_over_time(run)
    assert {t: requests[t] for t in np.flatnonzero(requests)} == {0: 1, 5: 2}
    assert room.times_in_line(run).tolist() == [0, 5, 5]
    assert room.requests_are_known(run)


def test_what_a_timetable_planned_before_the_evening_comes_before_the_opening_if_it_is_earlier():
    def requests(*closes_at_s):
        changes = [Change(at_s=at, what="waiting_room", to=False) for at in closes_at_s]
        line = WaitingRoom(admits_per_s=0.0, opens_s=-10.0)
        run = evening(3, ends_s=60, waiting_room=line, controllers=[Timetable(changes=changes)])
        return room.requests(run)

    # Closed at -20, opened at -10: open. Closed at -5: closed, and all three go straight to the door.
    assert (requests(-20.0), requests(-5.0), requests(-20.0, -10.0)) == (0, 3, 3)


def test_nobody_is_let_through_by_a_waiting_room_of_rate_zero_and_the_words_say_so():
    run = evening(3, ends_s=60, waiting_room=WaitingRoom(admits_per_s=0.0))
    assert room.time_in_line(run) == math.inf
    assert readings(run)["time_in_line"].text == "nobody was let through"
    assert room.requests(run) == 0 and room.attempts(run) == 3
    assert room.times_in_line(run).tolist() == [60, 60, 60]
    assert readings(evening(3, ends_s=60))["time_in_line"].text == "nobody stood in line"


# ------------------------------------------------------------------------------ On paper: slow and foreign


def test_slow_services_bring_more_work_for_as_long_as_the_fault_lasts():
    # Three times as long from 2.5 to 4.5, twice as long from 4 to 6: from 4 to 4.5 six times.
    slow = [
        ServiceSlowed(at_s=2.5, lasts_s=2.0, factor=3.0),
        ServiceSlowed(at_s=4.0, lasts_s=2.0, factor=2.0),
    ]
    run = written_by_hand([], faults=slow)
    run.seconds["first_attempts"][[1, 3, 5]] = 4
    assert room.slowdown_over_time(run).tolist() == [1, 1, 2, 3, 4, 2, 1, 1, 1, 1]
    assert room.offered_load_over_time(run).tolist() == [0, 4, 0, 12, 0, 8, 0, 0, 0, 0]


def test_a_fault_that_lasts_over_the_ends_of_the_account_slows_all_of_it():
    run = written_by_hand([], faults=[ServiceSlowed(at_s=-5.0, lasts_s=50.0, factor=3.0)])
    assert room.slowdown_over_time(run).tolist() == [3] * 10


def test_handlers_that_are_in_each_others_way_are_worth_fewer():
    # Contention a half: n / (1 + (n-1)/2) = 1, 4/3, 3/2. In between on a line.
    run = written_by_hand([], contention=0.5)
    assert room.worth(run, [0, 1, 2, 3]) == pytest.approx([0, 1, 4 / 3, 3 / 2])
    assert room.worth(run, 2.5) == pytest.approx((4 / 3 + 3 / 2) / 2)
    # Coherency one: two do 2 / (1+2) of one's work, so at best one of them works.
    assert room.worth(written_by_hand([], coherency=1.0), [1, 2, 9]).tolist() == [1, 1, 1]
    assert room.worth(written_by_hand([]), [1, 2, 9.5]).tolist() == [1, 2, 9.5]
    run.seconds["capacity_s"] = 3
    assert room.can_do_over_time(run).tolist() == [1.5] * 10
    # Two requests a second bring 2 erlang: too much at last, though there are three handlers.
    run.seconds["first_attempts"] = 2
    assert room.overload_s(run) == 0
    run.seconds["first_attempts"] = 10
    # A minute has 90; nine seconds bring no more than that, ten do.
    assert room.overloaded_over_time(run).tolist() == [False] * 9 + [True]


def test_foreign_requests_bring_work_that_is_never_dead_and_lets_nobody_in():
    run = written_by_hand([(0.0, 1.0, NEVER, 1, Outcome.IN)])
    for name, number in dict(
        first_attempts=1, foreign_requests=3, services=4, foreign_services=3, work_s=4.0
    ).items():
        run.seconds[name][0] = number
    assert room.foreign_share(run) == 0.75
    assert math.isnan(room.foreign_share(run, 1, 10))
    assert room.dead_work_share(run) == 0.0
    load = {of: room.offered_load_over_time(run, of=of)[0] for of in room.series.OFFERED}
    assert load == {"all": 4.0, "people": 1.0, "first": 1.0, "foreign": 3.0}
    assert (room.throughput(run), room.goodput(run)) == (0.4, 0.1)
    assert (room.requests(run), room.refused(run)) == (1, 0)
    assert readings(run)["foreign_share"].text == "75 %"


# ---------------------------------------------------------------------------------- On paper: promises


def test_a_promise_is_judged_only_where_its_time_was_up_before_the_evening_was():
    people = [
        (0.0, 0.5, NEVER, 1, Outcome.IN),
        (5.0, NEVER, NEVER, 1, Outcome.STILL_TRYING),
        (7.0, 10.0, NEVER, 1, Outcome.IN),
        (8.0, 8.5, NEVER, 1, Outcome.IN),
        (9.0, NEVER, NEVER, 1, Outcome.STILL_TRYING),
    ]
    run = written_by_hand(people)
    # Three seconds: who came at 0, 5 and 7 can be judged, at 8 and 9 not, in or not.
    assert room.service_level(run, 3) == pytest.approx(2 / 3)
    assert room.service_level(run, 0) == 0.0
    assert room.service_level(run, 10) == 1.0
    assert math.isnan(room.service_level(run, 10.5))
    assert readings(run)["service_level"].text == "nobody came early enough"


# -------------------------------------------------------------------------------------- On any evening

random_evenings = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@random_evenings
@given(scenario=scenarios(), seed=st.integers(0, 1000), cut=st.integers(-59, 239))
def test_readings_of_any_evening_are_consistent_with_each_other(scenario, seed, cut):
    run = simulate(scenario, seed)
    people = room.came(run)
    if people:
        shares = (room.share_in(run), room.gave_up(run), room.still_trying(run))
        assert sum(shares) == pytest.approx(1.0)
        assert room.first_click_success(run) <= shares[0]
        assert room.left(run) <= shares[0]
        levels = [room.service_level(run, within, until_s=180) for within in (0, 1, 10, 60)]
        assert levels == sorted(levels) or math.isnan(levels[0])
        assert room.attempt_amplification(run) == pytest.approx(room.attempts_per_person(run))
    if room.joined(run):
        times = [room.time_to_join(run, p) for p in (10, 50, 90, 100)]
        assert times == sorted(times)
        assert all(
            room.time_to_join_of_everybody(run, p) >= t
            for p, t in zip((10, 50, 90, 100), times, strict=True)
        )
    lost = room.disconnected(run)
    if lost:
        back = room.came_back(run) + room.did_not_return(run) + room.on_their_way_back(run)
        assert back >= 1 - 1e-9
    trying = room.still_trying(run) * people if people else 0
    returning = room.on_their_way_back(run) * lost if lost else 0
    assert room.outside_over_time(run)[-1] == round(trying + returning)
    assert room.returning_over_time(run)[-1] == round(returning)
    assert room.goodput(run) * run.evening.length_s == pytest.approx(room.joined(run))
    assert room.goodput(run) <= room.throughput(run) + 1e-12
    assert not room.utilization(run) > 1 + 1e-9
    for part in (room.dead_work_share, room.cut_work_share, room.foreign_share):
        assert not part(run) > 1 + 1e-9, part
    assert room.requests(run) <= room.attempts(run)
    for read in (room.came, room.joined, room.requests, room.refused, room.overload_s,
                 room.attempts, room.rejoins, room.collapses, room.disconnected):  # fmt: skip
        assert read(run, None, cut) + read(run, cut, None) == read(run)
    for reading in readings(run).values():
        assert reading.text and "nan" not in reading.text and "inf" not in reading.text.split()


@random_evenings
@given(scenario=scenarios(), seed=st.integers(0, 1000), t=st.integers(-60, 240))
def test_readings_of_any_evening_agree_with_a_second_count_life_by_life(scenario, seed, t):
    run = simulate(scenario, seed, sample=EVERYBODY)
    c = recount(run)
    assert (room.came(run), room.joined(run)) == (c.came, c.joined)
    for read, counted in (
        (room.share_in, c.share_in),
        (room.gave_up, c.share_gave_up),
        (room.first_click_success, c.first_click),
        (room.attempts_per_person, c.attempts_per_person),
        (room.time_to_join, c.median),
        (room.came_back, c.share_back),
    ):
        assert read(run) == pytest.approx(counted, nan_ok=True), read
    for read, counted in (
        (room.attempts, c.requests),
        (room.refused, c.refused),
        (room.disconnected, c.disconnected_n),
        (room.rejoins, c.rejoins),
        (room.collapses, c.collapses),
    ):
        assert read(run) == counted, read
    assert room.refused_by_kind(run) == {
        kind: getattr(c, kind) for kind in room.refused_by_kind(run)
    }
    assert room.count(run, "time_outs") == c.time_outs
    assert room.count(run, "admitted") == c.admitted
    assert room.count(run, "did_not_return") == c.no_return_n
    assert room.outside_over_time(run).tolist() == c.outside
    assert room.over_time(run, "inside").tolist() == c.inside
    assert room.over_time(run, "waiting_room").tolist() == c.line
    assert room.first_joins_over_time(run).tolist() == c.first_joins
    assert room.in_the_room(run, t) == (c.inside[t - c.starts - 1] if t > c.starts else 0)
    assert room.time_outside(run) == pytest.approx(c.hours_outside * 3600, abs=1e-6)
    assert room.time_returning(run) == pytest.approx(c.time_returning, abs=1e-6)
    if room.requests_are_known(run):
        assert room.requests_over_time(run).tolist() == c.sent
        assert room.overload_s(run) == c.overload
    assert (room.requests_over_time(run) <= c.sent).all()
    assert room.overload_s(run, of="first") == c.overload_first
    assert room.can_do_over_time(run).tolist() == pytest.approx(c.can_do)
    for within in (0, 5, 60):
        judged = [one for one in c.people if one.arrived + within <= c.ends]
        kept = sum(one.joined - one.arrived <= within for one in judged)
        level = room.service_level(run, within)
        assert level == (kept / len(judged) if judged else pytest.approx(math.nan, nan_ok=True))


@random_evenings
@given(scenario=scenarios(), seed=st.integers(0, 1000))
def test_littles_law_holds_under_every_curve(scenario, seed):
    """The area under each curve of people is the time that they spent there, by everybody's own life."""
    run = simulate(scenario, seed, sample=EVERYBODY)
    c, rows = recount(run), run.seconds
    for curve, name in (
        ("inside", "inside"),
        ("living_queue", "waiting"),
        ("waiting_room", "line"),
    ):
        spent = sum(
            min(until, c.ends) - since for one in c.people for since, until in getattr(one, name)
        )
        assert rows[curve + "_s"].sum() == pytest.approx(spent, abs=1e-6), curve
    if c.admitted and not any(one.line and one.gave_up == one.line[-1][1] for one in c.people):
        mean = c.line_time / c.admitted
        assert room.time_in_line(run) == pytest.approx(mean, abs=1e-6)
        assert room.times_in_line(run).sum() == pytest.approx(c.line_time, abs=1e-6)
    # Handlers are busy for clients who are there, for those who have gone, and for requests of nobody.
    there = sum(min(until, c.ends) - since for one in c.people for since, until in one.service)
    busy = rows["busy_s"].sum()
    assert busy >= there - 1e-6
    if rows["busy"][-1] == 0:
        assert busy == pytest.approx(rows["work_s"].sum() + rows["cut_work_s"].sum(), abs=1e-6)
        if not c.foreign_n and not c.cut_time:
            assert busy == pytest.approx(there + rows["dead_after_s"].sum(), abs=1e-6)
    assert room.utilization(run) * rows["capacity_s"].sum() == pytest.approx(
        busy, abs=1e-6
    ) or math.isnan(room.utilization(run))


@random_evenings
@given(scenario=scenarios(), seed=st.integers(0, 1000))
def test_no_curve_ever_falls_below_zero(scenario, seed):
    run = simulate(scenario, seed)
    for name in LEVELS:
        assert (room.over_time(run, name) >= 0).all()
    for series in (room.outside_over_time, room.returning_over_time, room.rejoins_over_time,
                   room.requests_over_time, room.first_joins_over_time):  # fmt: skip
        assert (series(run) >= 0).all(), series
    assert (room.returning_over_time(run) <= room.outside_over_time(run)).all()


def test_the_moments_of_a_life_are_those_that_a_second_count_knows():
    assert {moment.name for moment in Moment} == {
        "ARRIVED", "IN_LINE", "ADMITTED", "SENT", "WAITING", "SERVED", "REFUSED_FULL",
        "REFUSED_BUDGET", "REFUSED_SHUT", "REFUSED_RESTART", "REFUSED_NO_SEAT", "TIMED_OUT",
        "JOINED", "DISCONNECTED", "LEFT", "GAVE_UP",
    }  # fmt: skip
