"""The plan lab of unit 11 and its pictures: what they show, what they settle, and that nothing is given away."""

import numpy as np
import pytest

from loadbearing import roadmap
from loadbearing.cases.roadmaps import OTHERWISE
from loadbearing.labs import Lab, Prediction, roadmaps
from loadbearing.labs.roadmaps import CASE, PLANS
from loadbearing.pictures.frontier import frontier as drawn
from loadbearing.pictures.frontier import how_often
from loadbearing.pictures.roadmap import history, of_par, own_and_others
from loadbearing.progress import Progress
from loadbearing.roadmap import PLAIN, Spend, frontier
from loadbearing.words import avoided_in


@pytest.fixture
def bench():
    return roadmaps.lab_bench()


def numbers(bench):
    return {key: one.value for key, one in bench.all_of(bench.trial()).items()}


def test_the_lab_opens_with_the_company_s_own_split_and_does_not_show_the_careful_plan(bench):
    sight = bench.opening()
    outcome = sight.trial.run
    assert (outcome.spend, outcome.company) == (Spend(3, 6, 0, 0, 1), PLAIN)
    assert not outcome.plans
    data = bench.still(sight.trial).data
    assert data["careful"].size == data["line"].size == 0
    assert "careful" not in sight.picture.sentence and "no luck" not in sight.picture.sentence
    assert of_par(frontier.compared(PLAIN).careful[1]) not in str(sight.readings)


def test_the_three_numbers_are_those_of_two_hundred_histories(bench):
    found = roadmap.many(PLAIN, roadmap.always(3, 6, 0, 0, 1), range(101, 301))
    par = roadmap.many(PLAIN, roadmap.par(PLAIN), range(101, 301))
    shown = numbers(bench)
    assert shown["carried"] == pytest.approx(found.scores.mean() / par.scores.mean())
    assert shown["bad"] == (found.outcome.share < 0.9).sum() / 200
    assert shown["last"] == pytest.approx(found.outcome.after[:, 7].mean())
    assert shown["par_bad"] == par.bad.mean()
    assert shown["par_features"] == pytest.approx(par.spend.features.mean())


def test_every_turn_of_the_slider_follows_and_says_what_is_spent(bench):
    bench.opening()
    for features in range(10):
        bench.turn("features", features)
        sight = bench.glimpse()
        assert sight is not None, "a play is quick enough to follow the slider"
        assert sum(sight.trial.run.spend) == 10
        assert f"capacity {sight.trial.run.spend.capacity}" in bench.size(sight.trial)
    assert "features 9, capacity 1." in bench.size(sight.trial)
    assert sight.readings["carried"].text.startswith("−")


@pytest.mark.parametrize("care", roadmaps.CARE)
def test_one_part_each_buys_what_it_says(bench, care):
    bench.turn("care", care)
    spend = bench.trial().run.spend
    assert bool(spend.details) == (care != "nothing")
    assert bool(spend.people) == ("people" in care or care == "all three")
    assert bool(spend.rehearsal) == ("rehearsal" in care or care == "all three")


def test_price_and_failure_are_the_company_s_and_only_theirs(bench):
    bench.turn("handlers_a_part", roadmaps.NEARLY_FREE)
    assert bench.trial().run.company == roadmap.CHEAP
    bench.reset()
    bench.turn("failure", "never forgiven")
    assert bench.trial().run.company == roadmap.DEAR
    bench.turn("compare", PLANS)
    assert bench.trial().run.company == roadmap.DEAR, "what is drawn changes no company"


def test_the_best_plans_known_are_drawn_when_asked_for(bench):
    bench.turn("compare", PLANS)
    picture = bench.still(bench.trial())
    found = frontier.compared(PLAIN)
    assert picture.data["careful"] == pytest.approx(found.careful)
    assert len(picture.data["line"]) == len(found.line)
    assert of_par(found.careful[1]) in picture.sentence


def test_the_prediction_is_settled_by_the_plays(bench):
    right, said = roadmaps.how_much_the_careful_plan_carries(bench)
    assert right == "half"
    assert of_par(frontier.compared(PLAIN).careful[1]) in said
    bench.turn("handlers_a_part", roadmaps.NEARLY_FREE)
    assert roadmaps.how_much_the_careful_plan_carries(bench)[0] == "half", (
        "as it is, wherever the knobs stand"
    )


def test_the_lab_is_made_of_all_this(tmp_path):
    options = {"half": "H", "more": "M"}
    asked = Prediction("careful", "Q?", options, roadmaps.how_much_the_careful_plan_carries)
    kept = Progress(tmp_path / "my_work" / "progress.json")
    lab = Lab([CASE], roadmaps.KNOBS, asked, "the_roadmap", kept, world=roadmaps.WORLD)
    assert lab.box and lab.panel.knobs["features"].disabled
    lab.predict("half")
    lab.settle()
    assert kept.entry("predictions", "the_roadmap/careful")["right"] == "half"
    assert not lab.panel.knobs["features"].disabled
    lab.choose(CASE)
    for title in roadmaps.WORLD.looks:
        lab.panel.closer.choice.value = title
        lab.settle()
        assert "quarter" in lab.panel.closer.shown.value


def judged(reached, bench):
    trial = bench.trial()
    return bool(reached(trial, bench.all_of(trial)))


def test_no_mission_is_reached_untouched_and_each_by_a_split_or_a_company(bench):
    missions = {
        "calm": roadmaps.as_it_is(roadmaps.none_seen),
        "few": roadmaps.as_it_is(roadmaps.few_and_much),
        "much": roadmaps.as_it_is(roadmaps.much),
        "wanted": roadmaps.half_on_features,
    }
    assert not any(judged(one, bench) for one in missions.values())
    ways = {
        "calm": {"features": 0},
        "few": {"features": 2},
        "much": {"care": roadmaps.TEAM},
        "wanted": {"failure": "forgiven"},
    }
    for key, places in ways.items():
        bench.reset()
        for path, at in places.items():
            bench.turn(path, at)
        assert judged(missions[key], bench), key
    bench.turn("handlers_a_part", roadmaps.NEARLY_FREE)
    assert not judged(missions["calm"], bench), "another company does not count"


def test_each_claim_is_decided_where_the_knobs_stand(bench):
    """By what the functions of the roadmap say of the same split, and each sentence carries its number."""
    bench.turn("features", 7)
    split, histories = Spend(7, 2, 0, 0, 1), frontier.HISTORIES
    ahead, said = roadmaps.ahead_if_growth_waits(bench)
    plain, waited = (
        roadmap.many(PLAIN, plan, histories).scores
        for plan in (roadmap.always(split), roadmap.waiting(PLAIN, split))
    )
    assert ahead == (waited > plain).mean() and f"in {(waited > plain).sum()} of 200" in said
    assert f"behind in {(waited < plain).sum()}." in said
    best, said = roadmaps.best_share_of_features(bench)
    assert best == 0.3 and "3 parts of features" in said
    worth, said = roadmaps.worth_of_more_capacity(bench)
    assert worth > 1 and f"{worth:.2f} dollars" in said
    bench.turn("handlers_a_part", roadmaps.NEARLY_FREE)
    assert roadmaps.best_share_of_features(bench)[0] > 0.5
    assert roadmaps.worth_of_more_capacity(bench)[0] < 1


# --- pictures ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows():
    return roadmap.play(PLAIN, roadmap.always(3, 6, 0, 0, 1), 17)


def test_a_roadmap_is_drawn_with_what_came_of_it(rows):
    picture = history(rows)
    assert picture.title.startswith("In quarter 6 a hidden fault kept 44 % out")
    assert picture.data["came"].tolist() == [row.came for row in rows]
    assert "bad evenings in quarter 6, 7" in picture.sentence
    assert avoided_in(picture.title) == avoided_in(picture.sentence) == []


def test_a_roadmap_is_drawn_before_it_begins_and_on_its_way(rows):
    assert history([]).title == "Eight quarters are ahead"
    some = history(rows[:3], par=rows[:3])
    assert some.title == "No bad evening in three quarters so far"
    assert len(some.data["came"]) == 3 and some.png()[:4] == b"\x89PNG"


def test_what_made_an_evening_bad_is_named(rows):
    spiked = history(rows[:5] + [rows[6]._replace(quarter=6)])
    assert "In quarter 6 a spike kept" in spiked.title
    grown = rows[5]._replace(fault=False, spike=False)
    assert "6 a door too small kept" in history([*rows[:5], grown]).title
    both = rows[5]._replace(spike=True)
    assert "6 a spike and a hidden fault kept" in history([*rows[:5], both]).title


def test_a_plan_best_in_hindsight_stands_beside_what_it_does_elsewhere():
    picture = own_and_others(1.5, [0.2, 0.9, 0.4])
    assert picture.title == "150 % of par on its own history, 40 % on a typical other one"
    assert picture.data["others"].tolist() == [0.2, 0.4, 0.9]
    with pytest.raises(ValueError, match="others is empty"):
        own_and_others(1.0, [])


def test_none_seen_and_none_possible_have_places_of_their_own():
    picture = drawn((0.8, 1.0), own=(0.0, 0.5), line=((0.3, 0.95), (0.0, 0.6)), careful=(0.0, 0.47))
    axes = picture.figure.axes[0]
    across = {round(float(x), 5) for line in axes.lines for x in np.atleast_1d(line.get_xdata())}
    assert len({x for x in across if x < 0.004}) >= 2
    labels = [one.get_text().replace("\n", " ") for one in axes.get_xticklabels()]
    assert labels[:2] == ["none possible", "none in 200"]
    assert picture.title == "50 % of par, and no bad evening"


def test_the_frontier_s_title_says_both_halves():
    line = ((0.5, 0.99), (0.3, 0.95), (0.01, 0.7))
    picture = drawn((0.8, 1.0), line=line, careful=(0.0, 0.47))
    assert picture.title == "Half as many bad evenings cost 5 %, none possible costs 53 %"


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (0, "no bad evening"),
        (0.005, "a bad evening in 200 roadmaps"),
        (1 / 3, "a bad evening in 3 roadmaps"),
        (0.5, "5 bad evenings in 10 roadmaps"),
        (1.0, "1.0 bad evenings a roadmap"),
    ],
)
def test_how_often_is_said_as_one_says_it(bad, said):
    assert how_often(bad) == said


def test_of_the_line_three_plans_are_told_and_none_where_there_is_none():
    line = ((0.7, 1.0), (0.4, 0.98), (0.3, 0.95), (0.08, 0.8), (0.05, 0.7), (0.0, 0.6), (0.0, 0.5))
    said = drawn((0.8, 1.0), line=line, careful=(0.0, 0.4)).sentence
    assert "4 bad evenings in 10 roadmaps at 98 %; a bad evening in 12 roadmaps at 80 %" in said
    assert "no bad evening at 60 %." in said and "95 %" not in said
    assert "best plans known:" not in drawn((0.0, 1.0), line=((0.0, 0.9),)).sentence


def test_what_the_careful_plan_costs_hangs_on_luck_and_hardly_anything_is_left_with_weather_alone(
    bench,
):
    """Without flops, spikes and faults nothing is kept ready for what is rare; each of them alone makes it dearer."""
    carried = {name: bench.run(CASE, {"otherwise": name}).compared.careful[1] for name in OTHERWISE}
    assert carried["only weather"] > 0.95
    assert carried["as it is"] < min(carried["no spikes"], carried["no hidden faults"]) < 0.9
    assert carried["half the growth"] > carried["as it is"]
    assert bench.run(CASE, {"otherwise": "spikes of ten"}).compared.careful[1] < 0.75
    assert "assumption" in roadmaps.LUCK.label


def test_a_mission_of_the_company_as_it_is_does_not_count_another_luck(bench):
    reached = roadmaps.as_it_is(lambda readings: True)
    bench.turn("otherwise", "only weather")
    assert not reached(bench.trial(), {})
    bench.turn("otherwise", "as it is")
    assert reached(bench.trial(), {})
