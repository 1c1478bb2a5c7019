"""The lab of the real server: its words and pictures, and what it does with the recorded rehearsal."""

import json
import math
import shutil
import threading
import time
import types
from html import escape

import numpy as np
import pytest

from authoring.unit_facts import the_real_server as facts
from loadbearing import front_page, pictures, readings
from loadbearing.labs import real_server, rehearsal_learned, rehearsal_told
from loadbearing.labs.rehearsal import RealRehearsal
from loadbearing.live.record import ATTEMPT
from loadbearing.live.rehearsal import Rehearsal, TooSlow
from loadbearing.pictures.measured import asked_per_second, forecast_and_evening
from loadbearing.progress import Progress
from loadbearing.replay import MovingCrowd
from loadbearing.run import Moment
from loadbearing.units import share


@pytest.fixture(scope="module")
def recorded():
    return real_server.recorded()


@pytest.fixture
def lab(tmp_path, monkeypatch):
    """A lab of a student who has done nothing yet."""
    monkeypatch.setenv("LOADBEARING_MY_WORK", str(tmp_path))
    made = RealRehearsal(Progress(tmp_path / "progress.json"))
    assert made.box
    return made


def shown(widget):
    return widget.layout.display != "none"


def text(lab):
    """All words that the lab shows."""
    parts = (lab.caption, lab.notice, lab.tests, lab.came, *lab.ask.children)
    return " ".join(str(one.value) for one in parts if hasattr(one, "value"))


# --- pictures -------------------------------------------------------------------------------------


def test_the_picture_of_what_was_asked_names_the_busiest_second_of_all():
    drawn = asked_per_second({"one": [1, 5, 2], "two": [7, 3]}, [2, 40, 9, 0])
    assert (
        drawn.title == "No test asked for more than 7 joins in a second; the evening asked for 40"
    )
    assert drawn.sentence.endswith("The busiest second of each test: one 5, two 7.")
    assert asked_per_second({"one": [1, 5, 2]}).title == (
        "No test asked for more than 5 joins in a second"
    )
    assert list(drawn.data["the evening"]) == [2, 40, 9, 0]


@pytest.mark.parametrize("tests", [{}, dict.fromkeys("abcde", [1])])
def test_a_picture_of_no_test_or_of_too_many_is_refused(tests):
    with pytest.raises(ValueError, match="give one to 4"):
        asked_per_second(tests)


def test_the_picture_of_the_evening_says_whether_the_forecast_held():
    times, low, high = [1, 2, 3], [0.1, 0.2, 0.3], [0.2, 0.4, 0.6]
    drawn = {
        joined: forecast_and_evening(times, low, low, high, [0.1, 0.3, joined])
        for joined in (0.5, 0.7)
    }
    assert drawn[0.5].sentence.endswith("The measured evening lies inside the forecast at the end.")
    assert drawn[0.7].sentence.endswith("The forecast missed at the end.")
    assert drawn[0.7].title == "70 % are in at 20:00:03; the forecast said 30 % to 60 %"
    before = forecast_and_evening(times, low, low, high, [])
    assert before.title == "Forecast: 30 % to 60 % are in at 20:00:03"
    meanwhile = forecast_and_evening(times, low, low, high, [0.1, 0.25])
    assert meanwhile.title == "25 % are in at 20:00:02"


# --- the recorded rehearsal -----------------------------------------------------------------------


def test_the_recorded_rehearsal_says_when_and_on_what_it_was_measured(recorded):
    assert recorded.label.startswith("Measured on ") and "cores" in recorded.label
    assert recorded.machine["date"] >= "2026-11-22"


def test_the_moment_happens_on_the_recorded_evening(recorded):
    """Every test passed, the last let in about as many as come; on the evening far fewer get in."""
    crowd = recorded.plan.evening.crowd.listeners
    assert all(one.passed for one in recorded.tests)
    assert recorded.tests[-1].joined > 0.8 * crowd
    right, said = real_server.settle(recorded.run)
    assert right == "few" and "nobody got in at all" in said


def test_the_answer_is_read_from_the_run(recorded):
    run = recorded.run
    inside = real_server.joined_share(run)[-1]
    assert inside == np.count_nonzero(~np.isnan(run.listeners["joined"])) / len(run.listeners)
    assert real_server.settle(run)[1].startswith(f"{share(inside)} of 1,600 were in at the end.")
    asked = real_server.question(recorded)
    assert f"The last test let {recorded.tests[-1].joined:,} in" in asked.question


def test_what_was_learned_is_narrower_after_ramp_and_evening_than_after_the_calendar(recorded):
    guess = rehearsal_learned.guess_of(30, 1000)
    calendar, ramp, evening = rehearsal_learned.lessons(recorded, guess)
    assert calendar.belief.wide > 3 * ramp.belief.wide
    assert calendar.bits < 1 < min(ramp.bits, evening.bits)
    assert calendar.harmed < ramp.harmed < evening.harmed
    run = recorded.run
    full = (run.seconds["queue"] > 0) & (run.seconds["busy"] == 12)
    served = run.seconds["services"][full][1:-1].mean()
    assert evening.belief.low < served < evening.belief.high


@pytest.mark.parametrize(
    "low, high", [("", "9"), ("many", "9"), ("9", "3"), ("-1", "5"), (None, 1)]
)
def test_a_guess_that_makes_no_sense_gets_a_sentence(lab, low, high):
    lab.low.value, lab.high.value = str(low), str(high)
    lab.take_recorded()
    assert "role=" in lab.notice.value and lab.found is None


def test_who_is_let_in_late_is_harmed_and_who_comes_back_soon_enough_is_not():
    """A second is promised. Worked by hand: of five, the first and the third are in within it."""
    never = math.nan
    rows = [
        # listener, attempt, in_line, sent, started, ended, skipped, gone, answer
        (0, 1, never, 0.0, 0.0, 1.0, never, never, Moment.JOINED),
        (1, 1, never, 0.0, 0.5, 1.1, never, never, Moment.JOINED),
        (2, 1, never, 5.0, never, never, never, never, Moment.REFUSED_FULL),
        (2, 2, never, 5.4, 5.5, 5.9, never, never, Moment.JOINED),
        (3, 1, never, 5.0, 5.0, 9.0, never, 7.5, Moment.TIMED_OUT),
        (4, 1, 6.0, 6.8, 6.8, 7.2, never, never, Moment.JOINED),
    ]
    assert rehearsal_learned.harmed_in(np.array(rows, ATTEMPT), within_s=1.0) == 3


@pytest.mark.parametrize("typed", ["", "much", "-1", "inf", "nan"])
def test_a_cost_that_makes_no_sense_gets_a_sentence(lab, typed):
    lab.worth.value = typed
    lab.take_recorded()
    assert "give a number of dollars" in lab.notice.value and lab.found is None


def test_what_was_learned_has_its_price_in_the_students_own_money(lab, recorded):
    lab.worth.value = "7"
    lab.take_recorded()
    lab.predict("few")
    lab.surge()
    guess = rehearsal_learned.guess_of(30, 1000)
    harmed = rehearsal_learned.lessons(recorded, guess)[-1].harmed
    assert f"{7 * harmed:,} dollars" in lab.came.value
    assert "change the decision how many machines" in lab.came.value.replace("changed", "change")


def test_the_dashboard_is_held_against_what_it_could_not_see(recorded):
    told = rehearsal_told.hidden(recorded)
    rows = recorded.evening.attempts
    gaps = {t for t, _ in recorded.dashboard.gaps}
    assert len(gaps) > 5 and told.startswith("Of all refusals and time-outs, ")
    assert len(rows) > 2_000


def test_everything_that_tells_a_simulated_evening_tells_a_measured_one(recorded):
    """Every reading, the pictures of a run, both front pages and the moving crowd."""
    run = recorded.run
    told = readings.table.readings(run).values()
    assert len(told) == len(readings.TABLE) and all(one.text for one in told)
    for draw in (
        pictures.inside_and_outside, pictures.queue_and_its_limit, pictures.attempts_by_kind,
        pictures.who_came_and_who_got_in, pictures.load_and_utilization,
    ):  # fmt: skip
        assert draw(run, 1.0).png()
    assert pictures.time_to_join(run).sentence
    pages = front_page.front_pages(run)
    assert "1,600" in front_page.as_text(pages)
    assert MovingCrowd(run, 1.0) is not None


# --- the lab --------------------------------------------------------------------------------------


def test_the_recorded_rehearsal_goes_the_same_way_as_a_real_one(lab, recorded):
    assert shown(lab.run_tests) and not shown(lab.send) and not shown(lab.halt)
    lab.take_recorded()
    assert not shown(lab.run_tests) and not shown(lab.send), "it asks before anything comes"
    assert "Go, or no go?" in text(lab) and recorded.label in text(lab)
    assert "Forecast" not in text(lab), "the forecast comes after the answer"
    lab.predict(None)
    assert "Choose one of the answers" in lab.notice.value and not shown(lab.send)
    lab.predict("all", 0.9)
    assert "Forecast" in text(lab) and lab.send.description == "Show what came"
    assert not lab.came.value
    lab.surge()
    assert "The runs say otherwise" in text(lab) and "You were 90 % sure" in text(lab)
    assert "Foreseen from the tests" in lab.came.value and "became" in lab.came.value
    kept = lab.progress.entry("predictions", "the_rehearsal/real_evening")
    assert (kept["answer"], kept["right"], kept["confidence"]) == ("all", "few", 0.9)
    lab.begin_anew()
    assert shown(lab.run_tests) and not lab.came.value


def test_a_button_that_is_not_on_show_does_nothing(lab, recorded):
    """Whoever presses it all the same, by a program or by two quick clicks, changes nothing."""
    lab.surge()
    lab.send_again("a short queue")
    lab.predict("few")
    assert not lab.came.value and not lab.notice.value and not lab.busy
    lab.take_recorded()
    lab.surge()
    assert not lab.came.value, "it asks before it shows what came"
    lab.begin_anew()
    lab.predict("few")
    assert lab.found is None and not lab.notice.value


def test_a_computer_that_is_too_slow_is_told_so_and_offered_the_recorded_evening(lab, monkeypatch):
    def slow(self):
        raise TooSlow("This computer was too busy: close other programs.")

    monkeypatch.setattr(Rehearsal, "tests", slow)
    lab.test()
    lab.settle(20)
    assert "too busy" in lab.notice.value and "take the recorded evening" in lab.notice.value
    assert shown(lab.run_tests) and shown(lab.take)


def test_a_page_opened_again_stops_what_it_had_begun_before_it_begins_anew(lab, monkeypatch):
    stopped = threading.Event()
    monkeypatch.setattr(Rehearsal, "tests", lambda self: stopped.wait(20))
    monkeypatch.setattr(Rehearsal, "ramp", lambda self: None)
    monkeypatch.setattr(Rehearsal, "stop", lambda self: stopped.set())
    lab.test()
    while lab.rehearsal is None:
        time.sleep(0.01)
    again = RealRehearsal(lab.progress)
    assert again.box and not stopped.is_set(), "opening a page stops nothing"
    again.test()
    assert stopped.is_set() and not lab.busy
    again.settle(20)


def test_a_load_that_is_ready_says_so_before_it_counts_anything(lab):
    lab._tell("test-1", {"called": "Test 1 of 3", "ready": True, "t": -1.0, "port": 1}, 0.0)
    assert "Test 1 of 3: ready to begin" in lab.doing.value
    lab._tell("test-1", {"called": "Test 1 of 3", "sent": 7, "in": 5, "t": 1.0, "port": 1}, 0.1)
    assert "Test 1 of 3: 7 asked, 5 in" in lab.doing.value


@pytest.mark.parametrize("step", ["test-1", "stall", "ramp"])
def test_a_test_is_told_in_counts_while_there_is_no_forecast_to_draw_it_over(lab, step):
    lab._tell(step, {"called": "It", "sent": 7, "in": 5, "t": 3.0, "port": 1}, 0.1)
    assert "It: 7 asked, 5 in" in lab.doing.value and not lab.picture.value


@pytest.mark.parametrize("step", ["surge", "again-2"])
def test_an_evening_is_drawn_while_it_runs_once_it_counts(lab, recorded, step):
    lab.found = recorded
    lab._tell(step, {"called": "It", "ready": True, "t": 3.0, "port": 1}, 0.0)
    assert not lab.picture.value
    lab._tell(step, {"called": "It", "sent": 7, "in": 5, "t": 3.0, "port": 1}, 0.1)
    assert "are in at 20:00:03" in lab.picture.value


def test_the_still_and_the_text_give_nothing_of_the_evening_away(lab, recorded):
    told = lab.summary()
    assert "the evening asked" not in told and "are in" not in told
    assert lab.still().title == real_server.tests_picture(recorded).title


def answered(lab, recorded, **more):
    """A rehearsal of the student's own, and the answer to its question; return its folder."""
    folder = real_server.new_folder()
    shutil.copytree(recorded.folder, folder)
    entry = dict(question="", answer="many", confidence=None, guess=[30, 1000], each=5.0) | more
    lab.progress.keep("predictions", "the_rehearsal/real_evening", **entry, folder=folder.name)
    return folder


def test_the_answer_of_a_stopped_session_comes_back(lab, recorded, tmp_path, monkeypatch):
    """A rehearsal in its folder, and the answer to its question: the lab opens where it was left."""
    answered(lab, recorded)
    again = RealRehearsal(lab.progress)
    assert again.box
    assert "You said: Two thirds or more" in text(again) and again.came.value


def test_what_is_shown_again_is_not_kept_again(lab, recorded):
    answered(lab, recorded)
    assert RealRehearsal(lab.progress).box
    kept = lab.progress.entry("predictions", "the_rehearsal/real_evening")
    assert len(kept["earlier"]) == 1, "with the right answer, once"
    assert RealRehearsal(lab.progress).box
    assert lab.progress.entry("predictions", "the_rehearsal/real_evening") == kept


@pytest.mark.parametrize(
    "ended",
    [
        None,
        {"ended": "no door", "t": 7.0, "too_slow": False},
        {"ended": "as planned", "t": 40.0, "too_slow": True},
    ],
)
def test_an_evening_that_was_broken_off_is_not_shown_as_one(lab, recorded, ended):
    """Stopped, without a server, or on a computer too slow: the crowd can be sent again."""
    said = answered(lab, recorded) / "surge" / "ended.json"
    said.unlink()
    if ended:
        said.write_text(json.dumps(ended))
    again = RealRehearsal(lab.progress)
    assert again.box and not again.came.value and again.found.evening is None
    assert "You said: Two thirds or more" in text(again)
    assert shown(again.send) and again.send.description == "Send the crowd"


def test_an_older_answer_without_guess_and_cost_comes_back_too(lab, recorded):
    folder = answered(lab, recorded)
    lab.progress.replace(
        "predictions", "the_rehearsal/real_evening", answer="few", folder=folder.name
    )
    again = RealRehearsal(lab.progress)
    assert again.box and again.came.value and not again.notice.value
    assert (again.guess.low, again.guess.high) == pytest.approx((30, 1000))


@pytest.mark.parametrize("more", [{"guess": 7}, {"each": "much"}, {"answer": "maybe"}])
def test_an_answer_that_makes_no_sense_is_told_and_the_lab_begins_anew(lab, recorded, more):
    answered(lab, recorded, **more)
    again = RealRehearsal(lab.progress)
    assert again.box and "could not be shown again" in again.notice.value
    assert shown(again.run_tests) and shown(again.take)


@pytest.mark.parametrize("name", ["", None, 3, "../rehearsals", "nowhere"])
def test_a_rehearsal_that_is_not_there_has_no_folder(lab, name):
    assert real_server.folder_of(name) is None


@pytest.mark.parametrize("step", ["test-1", "stall", "ramp"])
def test_before_there_is_a_forecast_counts_are_told_and_nothing_is_drawn(lab, step):
    told = {"t": 3.2, "sent": 50, "in": 41, "refused": 2, "timed_out": 1, "called": "One test more"}
    lab._tell(step, told, 0.4)
    assert "One test more: 50 asked, 41 in, 2 refused, 1 left" in lab.doing.value
    assert lab.so_far == [] and not lab.picture.value


def test_the_evening_is_drawn_as_it_comes(lab, recorded):
    lab.take_recorded()
    lab.foreseen = recorded.forecast
    for name in ("surge", "again-2"):
        lab.so_far = []
        lab._tell(name, {"t": 2.5, "in": 800, "called": "The evening"}, 0.1)
        assert lab.so_far == [800, 800] and "50 % are in at 20:00:02" in lab.caption.value


def test_while_something_runs_nothing_is_put_away_and_nothing_else_taken(lab):
    over = threading.Event()
    lab.thread = threading.Thread(target=over.wait)
    lab.thread.start()
    lab.found = lab
    lab.begin_anew()
    lab.take_recorded()
    assert lab.found is lab and not lab.shipped
    over.set()
    lab.settle(5)


def test_what_the_record_says_of_itself_is_shown_beside_the_forecast(lab, recorded):
    said = recorded.evening.said
    assert said, "an evening of so many attempts has some that crossed"
    lab.take_recorded()
    lab.predict("few")
    lab.surge()
    assert escape(said) in lab.came.value


def test_seconds_of_nobody_lie_between_the_first_join_and_the_last():
    run = types.SimpleNamespace(seconds={"joins": np.array([0, 0, 3, 0, 0, 1, 2, 0])})
    assert real_server.seconds_of_nobody(run) == 2
    run.seconds["joins"][:] = 0
    assert real_server.seconds_of_nobody(run) == 0


def test_what_the_text_says_of_the_recorded_evening_is_what_the_lab_shows(recorded):
    assert facts.real_share_in() in real_server.settle(recorded.run)[1]
    assert f"For {facts.real_seconds_of_nobody()} seconds" in real_server.settle(recorded.run)[1]
    assert facts.real_total_joined() in real_server.question(recorded).question
    assert real_server.recorded() is recorded, "it is read once"
