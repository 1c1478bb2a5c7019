"""What each picture claims is true of its run: evenings worked out by hand, and odd ones."""

import gallery
import numpy as np
import pytest

from loadbearing import Change, HandlersLost, pictures, readings
from loadbearing.pictures import Curve, Knob
from loadbearing.units import clock, duration, people, share
from tests.by_hand import after, day

MANY = 100
"""How many people each listener stands for, where that is asked."""


def one_by_one(**rules):
    """Four come at second 0 to one handler who needs ten seconds for each: in at 10, 20, 30 and 40."""
    return day("reference", **{"listeners": 4, **rules})


def refused_and_back():
    """Only one may wait: the third is refused at 0 and 5, waits from 10; the fourth at 0, 5, 10 and 15, from 20."""
    return one_by_one(queue_limit=1)


def too_slow():
    """They hang up after 15 seconds and are back 5 later: the first is in at 10, all other work is for who has gone."""
    return one_by_one(timeout_s=15, ends=200, retries=after(5))


def titles(run, each=1.0):
    return {
        "outside": pictures.inside_and_outside(run, each),
        "queue": pictures.queue_and_its_limit(run, each),
        "attempts": pictures.attempts_by_kind(run, each),
        "came": pictures.who_came_and_who_got_in(run, each),
        "load": pictures.load_and_utilization(run, each),
        "spread": pictures.time_to_join_spread(run),
    }


def test_an_evening_worked_out_by_hand():
    drawn = titles(one_by_one())
    said = {name: picture.title for name, picture in drawn.items()}
    assert said == {
        "outside": "At 20:00:01, 4 are outside and 0 in the room",
        "queue": "The queue is longest at 20:00:01: 3 requests wait",
        "attempts": "Nobody tries a second time",
        "came": "In every minute as many got in as came",
        # Forty handler seconds of work come in the first sixty seconds.
        "load": "In the minute from 20:00, work for 0.7 handlers comes; the door can do that of 1",
        "spread": "Half of those who came were in within 20 seconds",
    }
    assert drawn["outside"].sentence == (
        "In the room and outside: most are outside at 20:00:01, 4, while 0 are in; most are in, "
        "4 at 20:00:41. At the end, 20:01:40, 4 are in and 0 outside."
    )
    assert "busy 40 % of their time, at most 67 %" in drawn["load"].sentence
    assert "nine in ten within 40 seconds" in drawn["spread"].sentence


def test_heads_stand_for_many_and_shares_do_not():
    drawn = titles(one_by_one(), MANY)
    assert drawn["outside"].title == "At 20:00:01, 400 are outside and 0 in the room"
    assert drawn["queue"].title == "The queue is longest at 20:00:01: 300 requests wait"
    assert "400 first and 0 later" in drawn["attempts"].sentence
    assert "In all 400 came and 400 joined." in drawn["came"].sentence
    assert "work for 67 handlers comes; the door can do that of 100" in drawn["load"].title
    assert "busy 40 % of their time" in drawn["load"].sentence


def test_a_full_queue_is_counted_in_seconds_with_a_refusal():
    picture = pictures.queue_and_its_limit(refused_and_back(), MANY)
    # Refusals at 0, 5, 10 and 15.
    assert picture.title == "Requests meet a full queue in 4 seconds of this evening"
    assert "its limit is 100." in picture.sentence
    assert (picture.data["limit"] == 100).all() and picture.data["queue"].max() == 100
    attempts = pictures.attempts_by_kind(refused_and_back())
    assert attempts.title == "1.5 later attempts for each first one"
    assert "4 first and 6 later ones in all" in attempts.sentence


def test_work_for_those_who_have_gone_is_told():
    run = too_slow()
    picture = pictures.attempts_by_kind(run)
    assert picture.title == "7.5 later attempts for each first one; 95 % of the work is dead"
    # One handler finishes a service every ten seconds, twenty in all; only the first was of use.
    assert (
        "Services finished: 20, of them dead work, whose sender had gone: 19." in picture.sentence
    )
    assert picture.data["dead"].sum() == 19
    queue = pictures.queue_and_its_limit(run)
    assert "the sender of 11 of the 11 waiting has gone" in queue.sentence
    spread = pictures.time_to_join_spread(run)
    assert spread.title == "Fewer than half ever got in: 25 % of those who came"
    assert spread.sentence.endswith("0 % gave up and 75 % were still trying at the end.")


def test_a_limit_that_is_changed_is_drawn_and_told():
    changes = [
        Change(at_s=20, what="queue_limit", to=1),
        Change(at_s=50, what="queue_limit", to=None),
    ]
    run = one_by_one(queue_limit=2, changes=changes)
    limit = readings.queue_limit_over_time(run)
    assert limit.tolist() == [2] * 20 + [1] * 30 + [np.inf] * 50
    assert readings.queue_limit_over_time(run, 45, 52).tolist() == [1] * 5 + [np.inf] * 2
    picture = pictures.queue_and_its_limit(run)
    assert "its limit is changed, from 1 to none." in picture.sentence


def test_a_limit_changed_within_a_second_and_at_the_end_holds_from_that_second_on():
    changes = [
        Change(at_s=20.5, what="queue_limit", to=7),
        Change(at_s=100, what="queue_limit", to=9),
    ]
    limit = readings.queue_limit_over_time(one_by_one(queue_limit=2, changes=changes))
    assert limit.tolist() == [2] * 20 + [7] * 79 + [9]


def test_a_limit_far_above_the_queue_is_said_not_drawn():
    picture = pictures.queue_and_its_limit(one_by_one(queue_limit=5000))
    texts = [text.get_text() for axes in picture.figure.axes for text in axes.texts]
    assert "limit: 5,000, far above" in texts and "limit" not in texts
    assert "no limit" in [
        text.get_text() for text in pictures.queue_and_its_limit(one_by_one()).figure.axes[0].texts
    ]


def test_the_shares_of_the_spread_are_of_all_who_came():
    run = one_by_one(come=(0, 0, 0, 90), service=30, ends=100)
    # In at 30, 60 and 90; the fourth comes at 90 and is still waiting at 100.
    picture = pictures.time_to_join_spread(run)
    rows = dict(zip(picture.data["time_to_join"], picture.data["share"], strict=True))
    assert rows["10 to 60 seconds"] == 0.25  # a minute belongs to what is longer
    assert rows["1 to 5 minutes"] == 0.5
    assert rows["still trying at end"] == 0.25
    assert sum(rows.values()) == pytest.approx(1)
    texts = [text.get_text() for text in picture.figure.axes[0].texts]
    assert "← half: 1 min" in texts and not any("9 in 10" in text for text in texts)


def test_load_is_held_against_what_the_door_can_do_at_that_time():
    run = one_by_one(
        handlers=2,
        ends=180,
        come=(0, 60, 61, 62, 120),
        faults=[HandlersLost(at_s=60, lasts_s=60, handlers=1)],
    )
    picture = pictures.load_and_utilization(run)
    assert (
        picture.title
        == "In the minute from 20:01, work for 0.5 handlers comes; the door can do that of 1"
    )
    assert picture.data["can_do"] == pytest.approx([2, 1, 2])
    assert picture.data["offered_load"] == pytest.approx([10 / 60, 30 / 60, 10 / 60])
    assert picture.data["utilization"] == pytest.approx([10 / 120, 30 / 60, 10 / 120])


def test_a_mean_over_a_last_minute_cut_short_is_over_what_there_was_of_it():
    run = one_by_one(come=(0, 60, 61), ends=80)
    # Two requests of ten seconds each in the last twenty seconds.
    picture = pictures.load_and_utilization(run)
    assert picture.data["offered_load"] == pytest.approx([10 / 60, 20 / 20])
    assert picture.data["can_do"] == pytest.approx([1, 1])


def test_a_door_without_handlers_has_no_utilization():
    lost = HandlersLost(at_s=0, lasts_s=120, handlers=1)
    picture = pictures.load_and_utilization(one_by_one(ends=100, faults=[lost]))
    assert np.isnan(picture.data["utilization"]).all()
    assert picture.sentence.endswith("No handler was there.")


def test_a_last_minute_cut_short_loses_nobody():
    run = one_by_one(come=(0, 30, 70, 75), ends=80)
    picture = pictures.who_came_and_who_got_in(run)
    assert picture.data["came"].tolist() == [2, 2]
    assert picture.data["joined"].tolist() == [2, 1]  # 10 and 40; 80, the very end
    assert picture.title == "In the minute from 20:01, 2 came and 1 got in"
    assert "In all 4 came and 3 joined." in picture.sentence


def test_who_joined_again_is_not_counted_twice():
    run, each = gallery.runs()["collapse and restart"]
    picture = pictures.who_came_and_who_got_in(run, each)
    again = readings.rejoins(run)
    assert again > 0
    assert (
        f"In all 3,000 came and {people(readings.joined(run))} joined, and {again} times somebody joined again."
        in picture.sentence
    )


ODDITIES = {
    "nobody comes": {
        "outside": "Nobody came this evening",
        "queue": "No request ever waits at the door",
        "attempts": "Nobody tries to get in",
        "came": "Nobody came this evening",
        "load": "No work comes to the door",
        "spread": "Nobody came this evening",
    },
    "nobody gets in": {
        "attempts": "Nobody tries a second time",
        "spread": "Nobody gets in",
    },
    "one listener": {
        "outside": "Nobody is outside at the end of any second",
        "came": "In every minute as many got in as came",
    },
    "waiting room": {"queue": "No request ever waits at the door"},
}


@pytest.mark.parametrize("name", ODDITIES)
def test_odd_evenings_are_claimed_as_they_were(name):
    drawn = titles(*gallery.runs()[name])
    for kind, title in ODDITIES[name].items():
        assert drawn[kind].title == title


def test_a_queue_of_none_is_not_called_full():
    run, _ = gallery.runs()["nobody gets in"]
    refused_s = np.count_nonzero(run.seconds["refused_full"])
    title = pictures.queue_and_its_limit(run).title
    assert (
        title == f"Nobody may wait: requests are refused in {duration(refused_s)} of this evening"
    )


def test_an_empty_room_is_not_at_its_fullest():
    run, _ = gallery.runs()["nobody comes"]
    assert pictures.listeners_in_the_room(pictures.room(run)).title == "Nobody gets in this evening"


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        (
            {0: 1000, 300: 1000, 302: 0, 902: 990, 1500: 1000},
            "The room empties at 20:05; 99 in 100 are back at 20:15:02",
        ),
        (
            {0: 1000, 300: 1000, 302: 0, 1500: 33},
            "The room empties at 20:05; at 20:25, 3.3 % are back",
        ),
        (
            {0: 1000, 300: 1000, 350: 0, 1500: 33},
            "The room empties at 20:05; at 20:25, 3.3 % are back",
        ),
        ({0: 1000, 300: 1000, 430: 0, 1500: 990}, "The room is fullest at 20:00: 1,000"),
        ({0: 1000, 300: 1000, 302: 501, 1500: 501}, "The room is fullest at 20:00: 1,000"),
        ({0: 0, 20: 1000, 50: 1000}, "The room is fullest at 20:00:20: 1,000"),
    ],
    ids=[
        "and is back",
        "and is not",
        "not in one moment",
        "in two minutes",
        "by less than half",
        "under a minute long",
    ],
)
def test_a_room_that_empties_at_once_is_claimed_to_and_when_it_is_full_again(counts, title):
    times = np.arange(max(counts) + 1.0)
    curve = Curve(times, np.interp(times, [*counts], [*counts.values()]))
    assert pictures.listeners_in_the_room(curve).title == title


@pytest.mark.parametrize("name", gallery.ODD)
def test_what_is_claimed_of_outside_stands_in_the_series(name):
    run, each = gallery.runs()[name]
    picture = pictures.inside_and_outside(run, each)
    at = dict(zip(picture.data["seconds"], range(10**6), strict=False))
    if picture.title.startswith("At "):
        time = picture.title[3 : picture.title.index(",")]
        row = next(at[t] for t in at if clock(t) == time)
        outside, inside = picture.data["outside"][row], picture.data["inside"][row]
        verb = "is" if outside == 1 else "are"
        assert (
            picture.title
            == f"At {time}, {people(outside)} {verb} outside and {people(inside)} in the room"
        )
    assert (picture.data["outside"] == readings.outside_over_time(run) * each).all()


# --- two runs ------------------------------------------------------------------------------------


def test_two_runs_are_compared_at_the_whole_minute_that_tells_most():
    now, pinned = one_by_one(service=20, ends=180), one_by_one(ends=180)
    # At 20:01 (second 60) three are in instead of four; that is the only whole minute at which they differ.
    picture = pictures.two_runs(now, pinned, MANY, MANY)
    assert picture.title == "At 20:01, 200 fewer are in than in the pinned run"
    assert "when 200 are in the room in this run and 400 in the pinned one" in picture.sentence
    assert (
        "Time to join, half of everybody who came: 40 seconds, pinned 20 seconds"
        in picture.sentence
    )
    assert "People outside, at most: 400, pinned 400." in picture.sentence
    other_way = pictures.two_runs(pinned, now, MANY, MANY)
    assert other_way.title == "At 20:01, 200 more are in than in the pinned run"


def test_runs_that_differ_within_a_minute_only_are_compared_there():
    picture = pictures.two_runs(one_by_one(service=11), one_by_one())
    assert picture.title == "At 20:00:11, 1 fewer are in than in the pinned run"


def test_a_run_is_like_itself():
    run = one_by_one()
    title = pictures.two_runs(run, run).title
    assert title == "Both runs have equally many in the room at every moment"


def test_curves_without_a_common_moment_say_so():
    early = Curve(np.arange(0.0, 10), np.arange(10.0))
    late = Curve(np.arange(100.0, 110), np.arange(10.0))
    assert pictures.two_curves(early, late).title == "These two runs have no moment in common"


# --- many evenings -------------------------------------------------------------------------------

TIMES = np.arange(0.0, 3601, 60)


def flat(height):
    return Curve(TIMES, np.full(len(TIMES), float(height)))


def test_the_band_holds_the_lowest_the_typical_and_the_highest():
    others = [flat(height) for height in range(100, 121)]
    picture = pictures.among_other_evenings(flat(115), others)
    assert picture.title == "This evening stays within the range of the 21 others"
    for key, height in {
        "low": 100,
        "quarter": 105,
        "typical": 110,
        "three_quarters": 115,
        "high": 120,
    }.items():
        assert (picture.data[key] == height).all(), key
    assert (
        "from 100 to 120 in the room, typically 110; this evening has 115, more than 15"
        in picture.sentence
    )


def test_time_outside_the_band_is_counted():
    others = [flat(height) for height in range(100, 121)]
    away = Curve(TIMES, np.where((TIMES >= 600) & (TIMES < 1200), 130.0, 110.0))
    picture = pictures.among_other_evenings(away, others)
    assert picture.title == "For 10 minutes this evening is outside the range of the 21 others"
    below = Curve(TIMES, np.where(TIMES < 300, 90.0, 110.0))
    assert "For 5 minutes" in pictures.among_other_evenings(below, others).title


def test_a_band_of_nothing_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="others is empty; give the curves of other evenings."):
        pictures.among_other_evenings(flat(1), [])


def lucky(values, **how):
    return pictures.the_lucky_one(
        values, range(1, len(values) + 1), "Got in (share of the crowd)", share, **how
    )


def test_the_lucky_one_is_found_with_its_seed_and_its_distance():
    picture = lucky([0.2, 0.9, 0.3, 0.4, 0.1], mine=0.35)
    assert picture.title == "The luckiest of five evenings: 90 %; the typical one: 30 %"
    assert "the luckiest, seed 2, 90 %" in picture.sentence
    assert "the unluckiest, seed 5, 10 %" in picture.sentence
    # Only the lucky one itself lies above the middle between 30 and 90 %.
    assert "One of five are nearer to the luckiest" in picture.sentence
    assert picture.sentence.endswith("Yours: 35 %, luckier than three of five.")
    assert picture.data["evening"].tolist() == [5, 1, 3, 4, 2]


def test_where_less_is_luckier_the_order_turns():
    picture = pictures.the_lucky_one(
        [50.0, np.inf, 30.0, np.nan],
        [1, 2, 3, 4],
        "Half in after",
        duration,
        most_is_best=False,
        mine=np.inf,
    )
    assert (
        picture.title == "The luckiest of three evenings: 30 seconds; the typical one: 50 seconds"
    )
    assert "the unluckiest, seed 2, never" in picture.sentence
    assert picture.sentence.endswith("Yours: never, luckier than none of three.")
    assert picture.data["evening"].tolist() == [2, 1, 3]


def test_evenings_that_are_alike_have_no_lucky_one():
    assert lucky([0.5, 0.5, 0.5]).title == "The three evenings come out alike: 50 %"
    assert (
        lucky([0.1, 0.9, 0.9]).title
        == "The luckiest of three evenings is like the typical one: 90 %"
    )
    assert lucky([0.5]).title == "One evening: 50 %"


def test_luck_without_numbers_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="values holds no number"):
        lucky([np.nan])
    with pytest.raises(ValueError, match="evenings has 2 entries; give 3, one a value."):
        pictures.the_lucky_one([1, 2, 3], [1, 2], "x", share)


# --- two knobs -----------------------------------------------------------------------------------

ACROSS, UP = Knob("Handlers", [10, 20, 30]), Knob("Queue limit", [1, 2])
KNOWN = np.array([[0.1, 0.5, 0.7], [0.2, 0.6, np.nan]])


def mapped(values=KNOWN, **how):
    return pictures.two_knobs(values, ACROSS, UP, "Got in", share, **how)


def test_the_map_counts_the_settings_that_keep_the_promise():
    picture = mapped(promise=0.6, mine=(1, 1))
    assert picture.title == "The promise is kept in two of five settings, with yours"
    assert "5 of 6 settings computed, from 10 % to 70 %." in picture.sentence
    assert picture.sentence.endswith("Yours, 20 and 2: 60 %.")
    assert mapped(promise=0.6, mine=(0, 0)).title.endswith(", not with yours")
    assert mapped(promise=0.2, at_most=True).title == "The promise is kept in two of five settings"
    assert mapped(promise=0.95).title == "The promise is kept in none of five settings"


def test_what_is_not_computed_yet_keeps_no_promise():
    picture = mapped(promise=0.6, mine=(2, 1))
    assert picture.title == "The promise is kept in two of five settings"
    assert picture.sentence.endswith("Yours, 30 and 2: not computed yet.")
    assert "?" in [text.get_text() for text in picture.figure.axes[0].texts]


def test_the_outline_runs_around_the_promise_and_nothing_else():
    (axes,) = mapped(promise=0.6).figure.axes
    drawn = axes.lines[-1].get_xydata()
    ends = drawn[~np.isnan(drawn).any(axis=1)].reshape(-1, 2, 2)
    edges = {tuple(sorted(map(tuple, edge))) for edge in ends.tolist()}
    # The cells (2, 0) and (1, 1) keep it; they touch at a corner only, so each has four edges of its own.
    around = {
        tuple(sorted([(x + a, y + b), (x + c, y + d)]))
        for x, y in ((2, 0), (1, 1))
        for a, b, c, d in (
            (-0.5, -0.5, 0.5, -0.5),
            (-0.5, 0.5, 0.5, 0.5),
            (-0.5, -0.5, -0.5, 0.5),
            (0.5, -0.5, 0.5, 0.5),
        )
    }
    assert edges == around


def test_a_map_without_a_promise_says_how_far_it_reaches():
    assert mapped().title == "From 10 % to 70 % over 5 settings"
    assert mapped(np.full((2, 3), np.nan)).title == "None of the 6 settings is computed yet"
    assert mapped(np.full((2, 3), np.inf)).title == "Never, in all 6 settings"


def test_a_map_of_the_wrong_shape_is_refused_with_a_sentence():
    with pytest.raises(
        ValueError, match=r"values has the shape \(3, 2\); give 2 rows and 3 columns."
    ):
        mapped(KNOWN.T)
