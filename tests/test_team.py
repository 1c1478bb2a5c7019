"""The team: seven days worked by hand, closed forms, and the same incident in the evening, beside it and retold."""

import dataclasses
import math
import statistics

import numpy as np
import pytest

from loadbearing import Run, cases, draws, readings, simulate, team
from loadbearing.cases.incidents import READERS
from loadbearing.parts import ScenarioError
from loadbearing.run import DONE
from loadbearing.scenario import Weather
from loadbearing.team import formulas, money, nights, people, reviews
from loadbearing.team.incident import Incident
from loadbearing.team.luck import Luck, number_of

CALL = cases.get("the_call")
FAULT_S = cases.inputs("the_call")["fault_s"].value


def crew(steps=None, **changes):
    """The team of the call without any luck; `steps` and other fields as given."""
    own = CALL.controllers[0]
    still = dataclasses.replace(own.steps, cv=0.0, **(steps or {}))
    return dataclasses.replace(own, steps=still, **changes)


def told(one):
    """The log of an incident without luck, as {what: seconds from the fault}."""
    return {entry.what: entry.at_s for entry in nights.log_of(one, 1)}


# ------------------------------------------------------------------------------ Days by hand, from the fault on


def test_day_one_all_are_called_and_one_knows():
    # Two bad minutes: 120. At work after two more, looked for two, found after eight, acted within one.
    assert told(crew()) == {
        "alert": 120,
        "at work": 240,
        "first look": 360,
        "found": 840,
        "acted": 900,
    }
    # What happens at a look is done at the next one.
    assert nights.remedy_s(crew(), 1) == 910


def test_day_two_the_page_is_done_and_that_is_all():
    one = crew(people=team.without("D"), pages=("store",))
    assert told(one) == {"alert": 120, "at work": 240, "first look": 360, "page": 540}


def test_day_three_one_is_called_who_does_not_know():
    # E is called; after five minutes of search all others are asked: D answers after two, is told for two, finds after
    # eight.
    one = crew(people=team.of("DE"), on_call=1)
    seed = next(
        s for s in range(1, 50) if Luck(s).chance("rota", "E") < Luck(s).chance("rota", "D")
    )
    log = {entry.what: entry for entry in nights.log_of(one, seed)}
    assert {what: entry.at_s for what, entry in log.items()} == {
        "alert": 120,
        "at work": 240,
        "first look": 360,
        "all asked": 660,
        "found": 660 + 120 + 120 + 480,
        "acted": 1_440,
    }
    assert (log["at work"].who, log["found"].who) == ("E", "D")


def test_day_four_nobody_answers_in_time_and_the_next_is_called():
    # The first needs 400 seconds to answer; after 300 the next is called, who would need until 820. Both search from
    # the moment at which the first is at work.
    one = crew({"ack_s": 400.0, "finds_s": 100.0}, people=team.of("AD"), on_call=1)
    assert told(one) == {
        "alert": 120,
        "escalated": 420,
        "at work": 520,
        "first look": 640,
        "found": 740,
        "acted": 800,
    }


def test_day_five_tired_people_take_half_as_long_again():
    # Four calls before this one: two above two, a quarter each.
    assert told(crew(called_before=4)) == {
        "alert": 120,
        "at work": 300,
        "first look": 480,
        "found": 1_200,
        "acted": 1_290,
    }
    assert told(crew(called_before=2)) == told(crew())


def test_day_six_nobody_is_there():
    for one in (crew(people=()), crew(free=0.0)):
        assert told(one) == {"alert": 120}
        assert math.isinf(nights.remedy_s(one, 1))


def test_day_seven_one_bad_minute_is_no_alarm():
    one = Incident(crew(), Luck(1))
    for minute, failed in enumerate([0, 90, 0, 90, 10, 90, 90, 0]):
        one.until(60 * minute + 30)
        one.see(100, failed)
    one.until(10_000)
    # The looks at 360 and 420, the sixth and the seventh, are the first two bad ones in a row.
    assert one.log[0] == team.Entry(420, "alert", "")


def test_a_new_fault_makes_the_page_vain_and_whoever_knows_goes_on():
    # 540 the page is done, 840 it was in vain, found eight minutes later.
    one = crew(pages=("store",), new=True)
    assert told(one)["page"] == 540
    assert told(one)["in vain"] == 840
    assert told(one)["acted"] == 840 + 480 + 60
    assert nights.remedy_s(one, 1) == 1_390


def test_a_rehearsal_halves_the_short_steps_and_never_the_search():
    assert told(crew(rehearsed=True)) == {
        "alert": 120,
        "at work": 180,
        "first look": 240,
        "found": 720,
        "acted": 750,
    }


def test_at_the_end_of_a_shift_half_of_what_was_searched_is_handed_over():
    # The search began at 360 and would have ended at 840. At 600 half of it is done; half of that is handed over. The
    # relief is told for two minutes and has three quarters of eight minutes left.
    one = crew(shift_ends_s=600.0, relief=team.of("D"))
    assert told(one)["handed over"] == 600
    assert told(one)["found"] == 600 + 120 + 360
    # Relief that does not know the part has three quarters of an hour left, and the shift that knew has gone.
    one = crew(shift_ends_s=600.0, relief=team.of("AB"))
    assert told(one)["found"] == 600 + 120 + 2_700
    # A shift that ends after it was found changes nothing; one with nobody to take over does not end.
    assert told(crew(shift_ends_s=850.0, relief=team.of("A"))) == told(crew())
    assert told(crew(shift_ends_s=600.0)) == told(crew())


def test_a_shift_that_ends_before_the_search_hands_over_nothing():
    one = crew(shift_ends_s=200.0, relief=team.of("D"))
    assert told(one)["handed over"] == 360
    assert told(one)["found"] == 360 + 120 + 480


# ------------------------------------------------------------------------------ Closed forms


@pytest.mark.parametrize(
    ("changes", "minutes"),
    [
        ({}, 15),
        ({"people": team.without("FGH")}, 15),
        ({"people": team.without("D")}, 67),
        ({"people": team.without("D"), "pages": ("store",)}, 9),
        ({"people": team.without("D") + team.hired(2)}, 67),
        ({"rehearsed": True}, 12.5),
    ],
)
def test_without_luck_the_steps_add_up(changes, minutes):
    one = crew(**changes)
    assert 0 < nights.remedy_s(one, 1) - 60 * minutes <= one.every_s


@pytest.mark.parametrize("number", [1, 2, 7])
def test_the_first_of_some_is_as_soon_as_order_statistics_say(number):
    one = crew(
        {"alert_looks": 1, "alert_every_s": 1.0, "ack_s": 0.0, "looks_s": 0.0, "acts_s": 0.0},
        people=team.hired(number),
        every_s=1,
    )
    one = dataclasses.replace(one, steps=dataclasses.replace(one.steps, cv=0.3))
    seconds = nights.nights(one, range(1, 1_001))
    mean = one.steps.searches_s
    # The standard error of a median of a thousand is about 1.25 s / sqrt(1000), below one per cent here.
    assert np.median(seconds) == pytest.approx(formulas.first_of(number, mean, 0.3), rel=0.03)


def test_the_median_of_one_lognormal_is_the_known_one():
    assert formulas.first_of(1, 10.0, 0.5) == pytest.approx(10 / math.sqrt(1.25))


class Exponential(Luck):
    """Luck in which answers are exponential, everything else takes its mean, and the rota is the alphabet."""

    def lasts(self, purpose, name, mean_s, cv):
        if purpose != "answers":
            return mean_s
        return draws.exponential(self.chance(purpose, name), mean_s)

    def chance(self, purpose, name):
        return number_of(name) / 1e9 if purpose == "rota" else super().chance(purpose, name)


def test_the_first_answer_comes_as_soon_as_the_formula_says():
    one = crew({"ack_s": 300.0, "escalates_s": 200.0}, people=team.of("ABC"), on_call=1)
    waits = []
    for seed in range(1, 3_001):
        incident = Incident(one, Exponential(seed))
        incident.see(1, 1)
        incident.until(61)
        incident.see(1, 1)
        incident.until(1e5)
        log = {entry.what: entry.at_s for entry in incident.log}
        waits.append(log["at work"] - log["alert"])
    # By hand: 300 (1 - e^-2/3) + e^-2/3 150 (1 - e^-4/3) + e^-2/3 e^-4/3 100 = 146.0 + 56.7 + 13.5.
    assert formulas.first_answer(3, 300.0, 200.0) == pytest.approx(216.2, abs=0.1)
    error = statistics.stdev(waits) / math.sqrt(len(waits))
    assert abs(statistics.mean(waits) - formulas.first_answer(3, 300.0, 200.0)) < 3 * error


def test_one_who_is_called_alone_takes_the_mean_and_all_at_once_a_share_of_it():
    assert formulas.first_answer(1, 300.0, 200.0) == 300
    assert formulas.first_answer(4, 300.0, 1e-9) == pytest.approx(75)


def test_reviews_miss_what_every_reader_misses():
    found = {
        letters: reviews.found_beforehand(team.without(letters), "store", 0.6, 0.1)
        for letters in ("", "FGH", "D")
    }
    assert found[""] == pytest.approx(1 - 0.4 * 0.9**7)
    assert found["FGH"] == pytest.approx(1 - 0.4 * 0.9**4)
    assert found["D"] == pytest.approx(1 - 0.9**7)
    assert reviews.found_beforehand((), "store", 0.6, 0.1) == 0
    # Nine readers who do not know a part find about as much as one who does.
    assert 0.9**9 < 1 - READERS["knows"].value < 0.9**8


@pytest.mark.parametrize("minutes", [5, 15, 40])
def test_the_share_in_is_what_a_fluid_would_give_and_a_little_less(minutes):
    opens = {"team": None, "opens_s": FAULT_S + 60 * minutes}
    calm = cases.build("the_call", opens).changed({"weather": Weather.calm()})
    run = simulate(calm.scaled(0.1), 1, sample=0, progress=False)
    by_hand = formulas.share_in_after(calm, 60 * minutes)
    assert by_hand - 0.03 < readings.share_in(run) < by_hand + 0.005


def test_the_fluid_by_hand():
    # A line that opens at once lets everybody in; one that never opens, those before the fault: 180 of 2,400 seconds.
    assert formulas.share_in_after(CALL, 0) == pytest.approx(1.0)
    assert formulas.share_in_after(CALL, 1e9) == pytest.approx(180 / 2_400)


def test_a_lesson_beats_a_page_from_the_share_of_new_faults_on_at_which_the_pupil_is_away():
    even = formulas.break_even(0.8)
    assert even == pytest.approx(0.2)
    assert formulas.page_helps(even) == pytest.approx(formulas.lesson_helps(0.8))
    assert formulas.page_helps(0.3) < formulas.lesson_helps(0.8) < formulas.page_helps(0.1)
    assert formulas.break_even(0.8, taught=2) == pytest.approx(0.04)


def test_page_and_lesson_in_played_nights_help_as_often_as_the_formula_says():
    seven = team.without("D")
    page = crew(people=seven, pages=("store",), free=0.8)
    lesson = crew(people=team.taught(seven, "A", "store"), free=0.8)
    many, new_share = 1_000, 0.3
    luck = [Luck(seed).chance("new", "new") < new_share for seed in range(1, many + 1)]
    shares = []
    for one in (page, lesson):
        nights_in_time = [
            nights.remedy_s(dataclasses.replace(one, new=new), seed) <= 30 * 60
            for seed, new in enumerate(luck, start=1)
        ]
        shares.append(sum(nights_in_time) / many)
    # Three standard errors of a share near .75 in a thousand nights.
    assert shares[0] == pytest.approx(formulas.page_helps(new_share), abs=0.041)
    assert shares[1] == pytest.approx(formulas.lesson_helps(0.8), abs=0.041)


# ------------------------------------------------------------------------------ The evening


def evening(engine="compiled", room=0.02, seed=3, name="the_call", **changes):
    return simulate(cases.build(name, changes).scaled(room), seed, engine, sample=0, progress=False)


def test_the_first_day_by_hand_happens_in_the_evening():
    run = evening(room=0.1, cv=0.0)
    at = {entry.what: entry.at_s for entry in team.retold(run)}
    assert at == {"alert": 300, "at work": 420, "first look": 540, "found": 1_020, "acted": 1_080}
    assert [(one["time"], DONE[one["what"]]) for one in run.actions] == [(1_090, "waiting_room")]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("the_call", {}),
        ("the_call", {"team": team.without("D"), "on_call": 2}),
        ("the_call", {"team": team.without("D"), "pages": ("store",)}),
        ("the_new_fault", {"pages": ("store",)}),
        ("the_call", {"shift_ends_s": 500.0, "relief": team.of("AB"), "team": team.of("DE")}),
    ],
)
def test_both_engines_agree_and_the_retelling_is_what_the_team_did(name, changes):
    runs = [evening(engine, name=name, **changes) for engine in ("compiled", "reference")]
    assert runs[0].differences(runs[1]) == []
    for run in runs:
        run.audit()
        log = team.retold(run)
        assert log == team.retold(runs[0])
        acts = [entry for entry in log if entry.what in ("page", "acted")]
        ends, every_s = run.evening.ends_s, team.team_of(run.evening).every_s
        due = {team.acts_at(one, every_s) for one in acts if team.acts_at(one, every_s) <= ends}
        assert {one["time"] for one in run.actions} == due


def test_a_run_can_be_repeated_and_the_luck_belongs_to_the_evening():
    scenario = cases.get("the_call").scaled(0.02)
    one, two, other = (simulate(scenario, seed, sample=0, progress=False) for seed in (3, 3, 4))
    assert one.same_as(two)
    assert [entry.at_s for entry in team.retold(one)] != [e.at_s for e in team.retold(other)]
    assert scenario.controllers[0].seed is None
    assert one.evening.controllers[0].seed == 3


def test_in_a_smaller_room_the_team_sees_and_does_the_same():
    starts = [team.retold(evening(room=room))[0] for room in (0.02, 0.1)]
    assert starts[0] == starts[1]


def test_a_run_with_a_team_can_be_kept_and_read_again(tmp_path):
    run = evening(name="the_new_fault")
    again = Run.load(run.save(tmp_path / "a run.zip"))
    assert again.same_as(run)
    assert again.evening == run.evening
    assert team.retold(again) == team.retold(run)


def test_in_the_new_fault_only_whoever_finds_it_frees_the_handlers():
    run = evening(name="the_new_fault", cv=0.0, pages=("store",))
    done = [(one["time"], DONE[one["what"]]) for one in run.actions]
    assert done == [(730, "waiting_room"), (1_570, "waiting_room"), (1_570, "mended")]
    assert run.fault_ends_s(0) == 1_570
    assert run.seconds["capacity"][[1_500, 1_600]].tolist() == [2, 8]


def test_taking_somebody_away_shifts_nobody_elses_luck():
    before, after = (
        {entry.who: entry.at_s for entry in nights.log_of(one, 5) if entry.what == "found"}
        for one in (
            dataclasses.replace(CALL.controllers[0], people=team.of(letters))
            for letters in ("DE", "D")
        )
    )
    steps = dataclasses.replace(CALL.controllers[0].steps, looks_s=0.0)
    alone = dataclasses.replace(CALL.controllers[0], people=team.of("D"), steps=steps)
    log = {entry.what: entry.at_s for entry in nights.log_of(alone, 5)}
    took = Luck(5).lasts("finds", "D", steps.finds_s, steps.cv)
    assert log["found"] - log["first look"] == pytest.approx(took)
    assert set(before) == set(after) == {"D"}


# ------------------------------------------------------------------------------ The map, and money


def test_the_map_of_the_course_is_what_the_texts_say():
    everybody = team.everybody()
    assert team.names(everybody) == "ABCDEFGH"
    assert team.known_to_one(everybody) == {"store": "D"}
    assert team.who_knows(everybody, "line") == "AC"
    gaps = {k: sum(bool(team.known_to_nobody(g)) for g in team.groups(8 - k)) for k in range(1, 7)}
    assert gaps == {1: 1, 2: 8, 3: 26, 4: 48, 5: 50, 6: 28}
    assert len(team.groups(5)) == 56
    assert team.known_to_nobody(team.of("ADE")) == ()
    assert team.away_until_a_gap(everybody) == 1
    assert team.away_until_a_gap(team.taught(everybody, "A", "store")) == 2


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda: team.read_map("A x x x"), "has the marks x x x"),
        (lambda: team.read_map("A x x x . . y"), "each x or a dot"),
        (lambda: team.read_map("A x.....\nA .x...."), "two rows"),
        (lambda: team.of("AZ"), "nobody called 'Z'"),
        (lambda: team.taught(team.everybody(), "A", "stor"), "'store'"),
        (lambda: crew(people=team.of("A") + team.of("A")), "has A twice"),
        (lambda: crew(pages=("cellar",)), "Response.pages names 'cellar'"),
        (lambda: people.Person(name="", knows=()), "give a letter"),
        (lambda: team.team_of(cases.get("the_eve")), "has no team"),
        (lambda: money.loss_over_saving([0.1], 1, 1, 1, 0), "salaries saved are 0"),
    ],
)
def test_what_makes_no_sense_is_answered_by_a_sentence(act, says):
    with pytest.raises(ScenarioError, match=says):
        act()


def test_a_map_may_be_typed_with_and_without_blanks():
    assert team.read_map("D ....xx") == team.read_map("  D . . . . X x \n\n") == team.of("D")


def test_what_is_lost_for_each_dollar_saved_by_hand():
    # Half of 400,000 lost on one part of six, four evenings at a dollar: 133,333; for 120,000 saved.
    lost = [0, 0, 0, 0, 0, 0.5]
    assert money.loss_a_year(lost, 400_000, 4, 1.0) == pytest.approx(133_333.3, abs=0.1)
    assert money.loss_over_saving(lost, 400_000, 4, 1.0, 120_000) == pytest.approx(1.111, abs=1e-3)
    assert money.loss_over_saving([0.0] * 6, 400_000, 4, 1.0, 120_000) == 0


def test_an_ordinary_night_draws_each_part_and_as_many_new_faults_as_it_should():
    one = crew()
    found = [nights.by_lot(one, seed, 0.25) for seed in range(1, 1_201)]
    counts = [sum(night.part == part for night in found) for part in team.PARTS]
    # 200 each; five standard deviations of a binomial count are 65.
    assert all(abs(count - 200) < 65 for count in counts)
    assert sum(night.new for night in found) == pytest.approx(300, abs=75)


def test_the_interval_of_a_share_is_wilsons():
    good, low, high = nights.in_time(np.array([1.0] * 9 + [5.0]), 2.0)
    # Wilson's interval of 9 in 10, as published in tables: .596 to .982.
    assert (good, round(low, 3), round(high, 3)) == (0.9, 0.596, 0.982)
    assert nights.in_time(np.ones(10), 2.0)[2] == 1


def test_a_spread_names_values_that_occurred():
    assert nights.spread([1, 2, 3, 4, math.inf]) == (1, 3, math.inf)
