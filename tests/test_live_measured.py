"""The records of door and crowd, written by hand, are laid together as the rules of the evening have it."""

import json
import math

import numpy as np
import pytest

from loadbearing.live import measured
from loadbearing.live.record import PENDING, Unusable
from loadbearing.run import Moment, Outcome, Reason, to_plain
from loadbearing.scenario import (
    Crowd,
    Door,
    HandlersLost,
    Patience,
    Scenario,
    Service,
    ServiceSlowed,
    Steady,
    Weather,
)

EVENING = Scenario(
    crowd=Crowd(
        listeners=9,
        arrivals=Steady(from_s=0, until_s=5),
        patience=Patience(kind="fixed", mean_s=9),
        stays_mean_s=20,
        timeout_s=2,
    ),
    door=Door(handlers=2, service=Service(mean_s=1), queue_limit=5),
    weather=Weather.calm(),
    starts_s=0,
    ends_s=10,
)
AS_PLANNED = {"ended": "as planned", "t": 10.0, "too_slow": False, "said": ""}
IN, OUT, FULL = int(Moment.JOINED), int(Moment.TIMED_OUT), int(Moment.REFUSED_FULL)


def at_the_door(listener, attempt, sent, answer, **times):
    """A row as the door writes it."""
    row = dict.fromkeys(("in_line", "started", "ended", "skipped", "gone"))
    return row | {"listener": listener, "attempt": attempt, "sent": sent, "answer": answer} | times


def of_the_crowd(listener, attempt, sent, answered, answer, meant=None):
    """A row as the crowd writes it."""
    return {
        "listener": listener,
        "attempt": attempt,
        "meant": sent if meant is None else meant,
        "sent": sent,
        "answered": answered,
        "answer": answer,
    }


@pytest.fixture
def written(tmp_path):
    """Write both records down; return what was measured."""

    def write(door, crowd, end=AS_PLANNED, torn="", **about):
        about = {"evening": to_plain(EVENING), "seed": 3, "faults": [], "actions": []} | about
        (tmp_path / "door.json").write_text(json.dumps(about))
        for name, rows in (("door", door), ("crowd", crowd + ([end] if end else []))):
            text = "".join(json.dumps(row) + "\n" for row in rows)
            (tmp_path / f"{name}.jsonl").write_text(text + torn)
        return measured.read(tmp_path)

    return write


def test_who_was_let_in_refused_and_timed_out(written):
    found = written(
        [
            at_the_door(0, 1, 1.01, IN, started=1.01, ended=2.0),
            at_the_door(1, 1, 1.02, OUT, started=1.02, ended=4.5, gone=3.03),
            at_the_door(2, 1, 1.03, FULL),
            at_the_door(2, 2, 5.0, IN, started=5.0, ended=6.0),
        ],
        [
            of_the_crowd(0, 1, 1.0, 2.01, "joined"),
            of_the_crowd(1, 1, 1.0, 3.0, "timed_out"),
            {"listener": 1, "given_up": 3.0, "reason": "attempts"},
            of_the_crowd(2, 1, 1.02, 1.05, "refused_full", meant=1.0),
            of_the_crowd(2, 2, 4.99, 6.01, "joined"),
            {"listener": 0, "left": 8.0},
        ],
    )
    run = found.run().audit()
    assert run.listeners["outcome"].tolist() == [Outcome.LEFT, Outcome.GAVE_UP, Outcome.IN]
    assert run.listeners["attempts"].tolist() == [1, 1, 2]
    assert run.listeners["reason"].tolist() == [Reason.NONE, Reason.ATTEMPTS, Reason.NONE]
    # The time-out runs from when the door received the request; nobody gives up before it is over.
    assert run.listeners["left"][:2].tolist() == [8.0, 3.02]
    assert run.seconds["dead_work_s"].sum() == pytest.approx(4.5 - 1.02)
    assert found.complete and found.moved_s == 0 and not found.gaps and found.said == ""
    assert found.waits.tolist() == pytest.approx([0.99, 1.0])
    assert found.lateness["late_worst_s"] == pytest.approx(0.02)
    assert found.lateness["journey_worst_s"] == pytest.approx(0.02)
    assert run.seed == 3


def test_an_answer_that_crossed_with_a_time_out_was_dead_work(written):
    found = written(
        [
            at_the_door(0, 1, 1.0, IN, started=1.0, ended=2.99),
            at_the_door(0, 2, 5.0, IN, started=5.0, ended=6.0),
        ],
        [of_the_crowd(0, 1, 0.9, 2.9, "timed_out"), of_the_crowd(0, 2, 5.0, 6.0, "joined")],
    )
    run = found.run().audit()
    assert run.seconds["time_outs"].sum() == run.seconds["dead_services"].sum() == 1
    assert found.attempts["ended"][0] == found.attempts["gone"][0] == 3.0
    assert found.moved_s == pytest.approx(0.01)
    assert "10.0 milliseconds" in found.said


def test_a_refusal_that_crossed_with_a_time_out_stays_a_refusal(written):
    crowd = [of_the_crowd(0, 1, 0.9, 2.9, "timed_out")]
    run = written([at_the_door(0, 1, 1.0, FULL)], crowd).run().audit()
    assert run.seconds["refused_full"].sum() == 1 and run.seconds["time_outs"].sum() == 0


@pytest.mark.parametrize("started", [1.0, 1.5])
def test_who_gave_up_during_a_service_gave_up_as_it_began(written, started):
    found = written(
        [at_the_door(0, 1, 1.0, OUT, started=started, ended=4.0, gone=2.0)],
        [
            of_the_crowd(0, 1, 1.0, 2.0, "gave_up"),
            {"listener": 0, "given_up": 2.0, "reason": "patience"},
        ],
    )
    run = found.run().audit()
    assert run.listeners["reason"].tolist() == [Reason.PATIENCE]
    assert run.listeners["left"][0] == pytest.approx(started)
    assert run.seconds["dead_services"].sum() == 1
    assert found.gaps == {"given up during their service": 1}


def test_who_gave_up_in_the_line_never_came_to_the_door(written):
    found = written(
        [at_the_door(0, 1, None, int(Moment.GAVE_UP), in_line=1.0, gone=3.02)],
        [
            of_the_crowd(0, 1, 1.0, 3.0, "gave_up"),
            {"listener": 0, "given_up": 3.0, "reason": "patience"},
        ],
    )
    assert found.attempts["gone"].tolist() == [3.0]
    assert math.isnan(found.attempts["sent"][0])


def test_listeners_and_attempts_are_numbered_as_the_door_met_them(written):
    found = written(
        [
            at_the_door(7, 1, 2.0, IN, started=2.0, ended=3.0),
            at_the_door(4, 2, 3.5, IN, started=3.5, ended=4.0),
        ],
        [
            of_the_crowd(4, 1, 1.0, 1.1, None),
            of_the_crowd(4, 2, 3.4, 4.0, "joined"),
            of_the_crowd(7, 1, 2.0, 3.0, "joined"),
        ],
    )
    assert found.who.tolist() == [7, 4]
    assert found.attempts[["listener", "attempt"]].tolist() == [(0, 1), (1, 1)]
    assert found.gaps == {"lost on the way to the door": 1}
    assert found.run().audit().listeners["arrived"].tolist() == [2.0, 3.5]


def test_nobody_asks_again_before_the_attempt_before_is_over(written):
    # Half a second on the way to the door, and hardly any the next time.
    found = written(
        [
            at_the_door(0, 1, 1.5, OUT, gone=3.0),
            at_the_door(0, 2, 3.2, IN, started=3.2, ended=4.0),
        ],
        [of_the_crowd(0, 1, 1.0, 3.0, "timed_out"), of_the_crowd(0, 2, 3.1, 4.0, "joined")],
    )
    run = found.run().audit()
    # The second attempt is later as a whole, so that its service lasts as long as it did.
    assert found.attempts["sent"].tolist() == [1.5, 3.5]
    assert run.listeners["joined"] == pytest.approx([4.3])
    assert found.moved_s == pytest.approx(0.3) and "300.0 milliseconds" in found.said


def test_the_crowd_that_goes_away_at_the_end_has_not_timed_out(written):
    found = written(
        [
            at_the_door(0, 1, 1.0, IN, started=1.0, ended=2.0),
            at_the_door(1, 1, 4.0, OUT, gone=4.6),
        ],
        [of_the_crowd(0, 1, 1.0, 2.0, "joined"), of_the_crowd(1, 1, 4.0, None, "pending")],
        end={"ended": "stop rule", "t": 4.5, "said": "At 9 arrivals a second: enough"},
    )
    assert found.attempts["answer"].tolist() == [IN, PENDING]
    run = found.run().audit()
    assert run.evening.ends_s == found.until_s == 4
    assert run.listeners["outcome"].tolist() == [Outcome.IN, Outcome.STILL_TRYING]
    assert found.complete and "stop rule (At 9 arrivals a second: enough)" in found.said


def test_what_a_killed_door_took_along_is_told_from_the_crowds_side(written):
    crowd = [of_the_crowd(i, 1, 1.0 + i / 100, 3.0 + i / 100, "timed_out") for i in range(4)]
    crowd += [of_the_crowd(4, 1, 2.0, 2.5, "joined"), of_the_crowd(5, 1, 3.5, 4.4, None)]
    crowd += [of_the_crowd(6, 1, 4.5, 4.5, None)]
    gone = {"ended": "no door", "t": 4.6, "too_slow": False}
    door = [at_the_door(4, 1, 2.0, IN, started=2.0, ended=4.2)]
    found = written(door, crowd, gone, torn='{"listener": 3, "att')
    run = found.run().audit()
    assert not found.complete and found.until_s == 4 and "up to second 4" in found.said
    assert found.gaps["under way when the door's record broke off"] == 5
    # One handler was busy with the fifth listener: of the five that were taken along, one was in service.
    assert run.seconds["busy"][-1] == 2 and run.seconds["queue"][-1] == 4
    assert run.seconds["time_outs"].sum() == 4


def test_of_what_was_sent_to_a_killed_door_no_more_can_have_been_there_than_found_room(written):
    # Two in service and five in the queue: the eighth and the ninth were still on their way.
    crowd = [of_the_crowd(i, 1, 1.0 + i / 100, 4.5, None) for i in range(9)]
    crowd += [of_the_crowd(9, 1, 0.5, 4.2, "joined")]
    gone = {"ended": "no door", "t": 4.6, "too_slow": False}
    found = written([at_the_door(9, 1, 0.5, IN, started=0.5, ended=4.2)], crowd, gone)
    run = found.run().audit()
    assert run.seconds["busy"][-1] == 2 and run.seconds["queue"][-1] == 5
    assert found.gaps["under way when the door's record broke off"] == 6
    assert found.gaps["on their way to a door that broke off"] == 3


def test_a_crowd_that_was_killed_leaves_what_both_wrote_down(written):
    found = written(
        [
            at_the_door(0, 1, 1.0, IN, started=1.0, ended=2.0),
            at_the_door(1, 1, 2.0, OUT, started=2.0, ended=4.0, gone=3.3),
        ],
        [of_the_crowd(0, 1, 1.0, 2.0, "joined"), of_the_crowd(2, 1, 3.2, 3.2, None)],
        end=None,
    )
    assert not found.complete and found.until_s == 3
    run = found.run().audit()
    assert run.listeners["outcome"].tolist() == [Outcome.IN, Outcome.STILL_TRYING]


def test_faults_that_were_switched_on_by_hand_belong_to_the_evening(written):
    faults = [
        HandlersLost(at_s=3.0, lasts_s=4.0, handlers=1),
        ServiceSlowed(at_s=1.0, lasts_s=2.0, factor=2.0),
    ]
    found = written(
        [at_the_door(0, 1, 1.0, IN, started=1.0, ended=2.0)],
        [of_the_crowd(0, 1, 1.0, 2.0, "joined")],
        faults=[to_plain(one) for one in faults],
    )
    run = found.run().audit()
    assert run.evening.faults == tuple(faults)
    assert run.seconds["capacity"].tolist() == [2, 2, 2, 1, 1, 1, 1, 2, 2, 2]


def test_a_server_too_busy_to_take_requests_is_told(written):
    def on_the_way(slow, of):
        door = [at_the_door(i, 1, 1.0 + 0.3 * (i < slow), FULL) for i in range(of)]
        crowd = [of_the_crowd(i, 1, 1.0, 1.4, "refused_full") for i in range(of)]
        return written(door, crowd)

    slow, well = on_the_way(2, 100), on_the_way(1, 100)
    assert slow.too_slow and "0.30 seconds or longer on its way" in slow.said
    assert not well.too_slow and well.lateness["journey_worst_s"] == pytest.approx(0.3)


def test_requests_that_never_reached_the_door_are_the_longest_of_journeys(written):
    def lost(some, of):
        door = [at_the_door(i, 1, 1.0, FULL) for i in range(some, of)]
        crowd = [of_the_crowd(i, 1, 1.0, 3.0, "timed_out") for i in range(some)]
        crowd += [of_the_crowd(i, 1, 1.0, 1.1, "refused_full") for i in range(some, of)]
        return written(door, crowd)

    many, few = lost(2, 100), lost(1, 100)
    assert many.too_slow and "Of 100 requests 2 never reached the door" in many.said
    assert not few.too_slow and "never reached" not in few.said


def test_a_folder_without_a_record_and_a_record_without_an_evening_are_told(written, tmp_path):
    with pytest.raises(Unusable, match="holds no record of a door"):
        measured.read(tmp_path)
    with pytest.raises(Unusable, match="tells no evening: measure again"):
        written([], [], end=None).run()
    late = written([], [of_the_crowd(0, 1, 1.0, 1.0, None)] * 3)
    assert len(late.attempts) == 0 and np.isnan(late.lateness["late_p99_s"]) == np.False_
