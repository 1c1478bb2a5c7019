"""What a closed loop leaves out: the correction by hand, the published case, and the same stall met three ways."""

import dataclasses
import math

import numpy as np
import pytest

from loadbearing import simulate
from loadbearing.live import omission
from loadbearing.live.calendar import Entry, Promise
from loadbearing.live.record import ATTEMPT, PENDING
from loadbearing.run import Moment
from loadbearing.scenario import Crowd, Door, HandlersLost, Scenario, Service, Steady, Weather


def rows(*told):
    """A record: (sent, ended or nan, gone or nan, answer) of one attempt each."""
    held = []
    for listener, (sent, ended, gone, answer) in enumerate(told):
        started = sent if not math.isnan(ended) else math.nan
        held.append((listener, 1, math.nan, sent, started, ended, math.nan, gone, answer))
    return np.array(held, ATTEMPT)


NEVER = math.nan


def test_a_wait_is_until_the_answer_or_until_its_client_went():
    record = rows(
        (1.0, 1.5, NEVER, Moment.JOINED),
        (2.0, 9.0, 6.0, Moment.TIMED_OUT),
        (3.0, NEVER, NEVER, Moment.REFUSED_FULL),
        (4.0, NEVER, NEVER, PENDING),
    )
    assert omission.waits(record).tolist() == [0.5, 4.0]
    assert omission.refusals(record) == 1


def test_the_correction_by_hand():
    """Asking every second, who waited 3.5 s would have waited 2.5 and 1.5 as well; 0.5 is below the interval."""
    assert omission.corrected([0.2, 3.5], 1.0).tolist() == [0.2, 1.5, 2.5, 3.5]
    assert omission.corrected([0.2, 1.9], 1.0).tolist() == [0.2, 1.9]
    assert omission.corrected([2.0], 1.0).tolist() == [1.0, 2.0]
    assert omission.corrected([], 1.0).tolist() == []


def test_the_published_case_of_hdr_histogram():
    """Gil Tene's: 100 s of answers in 1 ms, 100 a second, then one of 100 s: 20,000 asks instead of 10,001.

    HdrHistogram's own test of `recordValueWithExpectedInterval` asks for the same numbers to its three figures.
    """
    raw = np.append(np.full(10_000, 0.001), 100.0)
    told = omission.corrected(raw, 0.01)
    assert len(told) == 20_000
    assert omission.percentile(raw, 0.9999) == 0.001
    assert omission.percentile(told, 0.5) == 0.001
    assert omission.percentile(told, 0.75) == pytest.approx(50, rel=1e-3)
    assert omission.percentile(told, 0.9) == pytest.approx(80, rel=1e-3)
    assert omission.percentile(told, 0.99999) == 100
    assert raw.mean() == pytest.approx((10_000 * 0.001 + 100) / 10_001)
    assert told.mean() == pytest.approx((0.001 + 50.005) / 2, rel=1e-6)


def test_a_percentile_is_a_wait_that_somebody_had():
    waited = [4.0, 1.0, 3.0, 2.0]
    assert [omission.percentile(waited, of) for of in (0, 0.25, 0.26, 0.5, 1)] == [1, 1, 2, 2, 4]
    assert math.isnan(omission.percentile([], 0.5))


def test_the_usual_answer_is_that_before_the_stall():
    """Two answers before the stall at 20 s, of .1 and .3 s; the one of 15 s is over after it began."""
    told = (1.0, 1.1), (2.0, 2.3), (10.0, 25.0), (30.0, 30.2)
    record = rows(*((sent, ended, NEVER, Moment.JOINED) for sent, ended in told))
    assert omission.usual_s(record, ENTRY) == pytest.approx(0.2)
    calm = dataclasses.replace(ENTRY, stalls_at_s=None)
    assert omission.usual_s(record, calm) == pytest.approx(15.6 / 4)
    assert math.isnan(omission.usual_s(rows(), ENTRY))


def test_an_interval_that_is_none_is_answered_by_a_sentence():
    with pytest.raises(ValueError, match="every_s is 0; give the seconds"):
        omission.corrected([1.0], 0)


# --- one stall, met three ways --------------------------------------------------------------------

ENTRY = Entry(
    title="a stall", users=10, lasts_s=60, think_s=0.95, stalls_at_s=20, stalls_s=20,
    promise=Promise(within_s=1),
)  # fmt: skip
DOOR = Scenario(
    crowd=Crowd(listeners=100, arrivals=Steady(from_s=0, until_s=60)),
    door=Door(handlers=50, service=Service(mean_s=0.05, cv=0)),
    weather=Weather.calm(),
    starts_s=0,
    ends_s=120,
)


def closed_loop():
    """The record by hand: ten users in step with their seconds; whoever asks in the stall is answered at its end."""
    told = []
    for user in range(ENTRY.users):
        at = user / ENTRY.users
        while at < ENTRY.lasts_s:
            ended = at + 0.05
            if 20 <= at < 40:
                ended = 40.05
            told.append((at, ended, NEVER, Moment.JOINED))
            at = ended + ENTRY.think_s
    return rows(*told)


def test_a_stall_of_a_third_of_the_test_is_met_by_a_third_of_those_who_do_not_wait():
    """By hand: 20 asks of each user before the stall, one in it, 19 after: 10 of 400 waited above a second.

    The user who asked as it began waited 20.05 s and would have asked 19 times more, the others 18 times: 191 of 581.
    Of people who come evenly, those of 19 in 60 seconds wait above a second.
    """
    record, evening = closed_loop(), ENTRY.evening(DOOR)
    met = omission.open_loop(evening, ENTRY.per_s(0.05), ENTRY.lasts_s, seed=1)
    told = omission.omission(record, ENTRY, met)
    assert told.every_s == pytest.approx(1.0)
    recorded, counted, open_one = (
        omission.late_share(one, 1.0) for one in (told.recorded, told.corrected, told.open)
    )
    assert recorded == pytest.approx(10 / 400)
    assert counted == pytest.approx(191 / 581)
    assert open_one == pytest.approx(19 / 60, abs=3 * math.sqrt(19 / 60 * 41 / 60 / 600))
    assert told.left_out == 181
    assert told.table[2][1:] == pytest.approx((20, 19.5, 19.7), abs=0.6)
    assert "181 asks were never made" in told.say()
    assert "2.5 %" in told.say()


def test_the_evening_of_a_stalled_test_has_that_stall_and_nothing_else():
    troubled = DOOR.changed({"faults": (HandlersLost(at_s=1, lasts_s=1, handlers=3),)})
    evening = ENTRY.evening(troubled)
    assert evening.faults == (HandlersLost(at_s=20, lasts_s=20, handlers=50),)
    run = simulate(evening, 1, engine="reference")
    assert run.audit() is run


def test_who_is_refused_is_in_no_percentile_of_the_open_loop():
    narrow = ENTRY.evening(DOOR).changed({"door.queue_limit": 5, "crowd.timeout_s": 4})
    met = omission.open_loop(narrow, 10, 60)
    assert len(met) < 600 - 100
    assert met.max() == pytest.approx(4, abs=1e-6)
    assert met.min() == pytest.approx(0.05, abs=1e-6)


def test_who_gave_up_was_late_however_much_was_promised():
    record = rows((0.0, 0.1, NEVER, Moment.JOINED), (0.0, NEVER, 0.5, Moment.TIMED_OUT))
    told = omission.omission(record, ENTRY, [0.1, 0.5, 0.5, 0.2], timeout_s=0.5)
    assert told.say() == (
        "As recorded, 50 % of the asks took longer than 0.5 seconds; no user missed an ask by waiting. "
        "Of people who ask without waiting for each other it is 50 %."
    )


def test_a_test_without_a_stall_left_nothing_out():
    record = rows(*((at, at + 0.05, NEVER, Moment.JOINED) for at in range(30)))
    told = omission.omission(record, ENTRY, omission.waits(record))
    assert told.left_out == 0
    assert told.say().startswith("No ask took longer than 1 second, nor would it")
    flooded = omission.omission(record, ENTRY, [0.5, 3.0])
    assert flooded.say().endswith("without waiting for each other, 50 % would wait longer.")
    slow = rows((0.0, 1.2, NEVER, Moment.JOINED), (3.0, 3.1, NEVER, Moment.JOINED))
    assert "no user missed an ask" in omission.omission(slow, ENTRY, [0.5]).say()
    nobody = omission.omission(rows(), ENTRY, [])
    assert "nothing to compare" in nobody.say()
