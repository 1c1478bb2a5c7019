"""The load line: the largest crowd for which a promise holds, against closed forms and by hand."""

import functools
import math
from concurrent.futures import Executor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from many_evenings import Counting, Shuffled, tiny

from loadbearing import (
    Crowd,
    Door,
    Retries,
    Scenario,
    ScenarioError,
    Service,
    Steady,
    Weather,
    draws,
    readings,
    simulate,
    stress,
)
from loadbearing.stress import LoadLine, Promise
from loadbearing.stress.line import down, up
from loadbearing.stress.search import Search
from loadbearing.theory import load_at_blocking

found_line = functools.partial(stress.load_line, progress=False, engine="reference")
FEW_COME = Promise(reading="came", at_most=500)
TURNOUT_ALONE = Weather(turnout=0.3, patience=0.0, sharpness=0.0, service=0.0)


# --- the search ----------------------------------------------------------------------------------


def searched(margin, **given):
    """A finished search for the line of a margin, and how often it asked."""
    search = Search(**{"least": 1, "most": 10**6, "guess": 1000, "tolerance": 0.01, **given})
    while (crowd := search.asks) is not None:
        assert search.least <= crowd <= search.most
        assert 0 <= search.share_over < 1
        search.tell(margin(crowd))
        assert search.runs < 200, "the search must end"
    assert search.share_over == 1
    return search


@settings(deadline=None)
@given(line=st.integers(1, 10**6 - 1), guess=st.integers(1, 10**6), sharp=st.booleans())
def test_a_step_is_found_exactly_wherever_it_is(line, guess, sharp):
    def margin(crowd):
        """1 up to the line and -1 beyond, or infinitely far inside and outside."""
        return (math.inf if sharp else 1) * (1 if crowd <= line else -1)

    search = searched(margin, guess=guess, tolerance=0)
    assert (search.low, search.high) == (line, line + 1)


@settings(deadline=None)
@given(
    line=st.integers(200, 10**6 - 1),
    guess=st.integers(1, 10**6),
    power=st.sampled_from([0.2, 1, 5]),
)
def test_a_smooth_margin_is_found_within_the_tolerance(line, guess, power):
    search = searched(lambda crowd: 1 - (crowd / (line + 0.5)) ** power, guess=guess)
    assert search.low <= line < search.high
    assert search.high - search.low <= max(1, 0.01 * search.low)


def test_the_search_is_never_much_longer_than_halving_and_shorter_where_it_can_be():
    """From a guess next to the line: four outwards, then log2(.1 / .01) = 3.4 halvings and one to spare."""
    step = searched(lambda crowd: 1 if crowd <= 1060 else -1)
    assert step.runs <= 2 + 4 + 1
    exact = [
        searched(lambda crowd: 50_000.5 - crowd, guess=g, tolerance=0) for g in (45_000, 55_000)
    ]
    halved = [
        searched(lambda crowd: 1 if crowd <= 50_000 else -1, guess=g, tolerance=0)
        for g in (45_000, 55_000)
    ]
    for one, other in zip(exact, halved, strict=True):
        assert one.low == other.low == 50_000
        assert one.runs < other.runs


def test_a_line_beyond_the_range_is_left_open():
    always, never = searched(lambda crowd: 1, most=5000), searched(lambda crowd: -1, least=10)
    assert (always.low, always.high) == (5000, None)
    assert (never.low, never.high) == (None, 10)
    assert searched(lambda crowd: 1, least=7, most=7).low == 7


def test_probes_find_what_is_not_orderly():
    def margin(crowd):
        """Holds up to 1000, but not from 450 to 550."""
        return -1 if crowd > 1000 or 450 <= crowd <= 550 else 1

    search = searched(margin, probes=(0.5, 0.8, 1.25), tolerance=0)
    assert search.low == 1000
    assert search.surprises == [(500, False)]
    assert searched(lambda crowd: 1000 - crowd, probes=(0.5, 0.8, 1.25)).surprises == []


# --- the line over weather -----------------------------------------------------------------------


def test_each_evening_has_the_line_that_its_turn_out_gives():
    """At most 500 come: the line of an evening is the largest crowd that its turn-out turns into 500."""
    scenario = tiny(300).changed({"weather": TURNOUT_ALONE})
    line = found_line(scenario, FEW_COME, seeds=range(12), tolerance=0)
    factors = [draws.factor(seed, "turnout", 0.3) for seed in range(12)]
    assert max(factors) / min(factors) > 1.3
    expected = [max(n for n in range(1, 3000) if round(n * factor) <= 500) for factor in factors]
    assert line.held.tolist() == expected
    assert line.broke.tolist() == [one + 1 for one in expected]
    assert line.surprises == ()
    in_order = sorted(expected)
    assert line.crowd == in_order[1], "11 of 12 evenings are at least nine in ten; 10 are not"
    assert line.median == in_order[6]
    # 2 (1/2)^12 (1 + 12 + 66) = .039 is the chance to miss the median with the third and the tenth.
    assert line.median_interval == (in_order[2], in_order[9] + 1)


def test_in_a_smaller_room_the_crowd_is_still_that_of_the_full_room():
    scenario = tiny(300).changed({"weather": TURNOUT_ALONE})
    fifty = Promise(reading="came", at_most=50)
    small = found_line(scenario, fifty, seeds=range(8), room=0.1, tolerance=0)
    full = found_line(scenario, FEW_COME, seeds=range(8), tolerance=0)
    assert np.abs(small.held - full.held).max() <= 10 + 10


def lines(held, broke=None, evenings=0.9, most=1000, **given):
    """A load line with these lines for its evenings."""
    held = np.array(held)
    broke = held + 1.0 if broke is None else np.array(broke)
    promise = Promise(reading="share_in", at_least=0.99, evenings=evenings)
    about = dict(least=1, most=most, level=0.95, runs=5, surprises=()) | given
    return LoadLine(promise, tuple(range(len(held))), held, broke, **about)


def test_the_crowd_is_what_the_promised_share_of_evenings_bears():
    shuffled = [37, 12, 5, 40, 8] + [*range(41, 76)]
    line = lines(shuffled)
    assert line.crowd == 40, "36 of 40 evenings bear 40; only 35 bear 41"
    assert line.interval == (5, 45), "the first and the ninth of forty, see test_stress"
    assert line.median == 56 and lines(shuffled, evenings=1.0).crowd == 5


def test_the_line_is_said_in_a_sentence():
    said = lines([*range(12_345, 12_385)], most=10**6).sentence()
    assert "Up to 12,300 people can be promised that at least 99 % of those who come get in" in said
    assert "on at least 90 % of evenings" in said
    assert "40 evenings one can be 95 % sure that the line lies between 12,300 and 12,400" in said
    assert "On half of the evenings it is 12,300 or more." in said and "Beware" not in said


def test_what_was_not_found_is_said_too():
    said = lines([1000] * 40, [math.inf] * 40).sentence()
    assert said.startswith("More than 1,000 people can be promised") and "larger most=" in said
    said = lines([0] * 40, [1.0] * 40).sentence()
    assert said.startswith("Not even a crowd of 1 can be promised")
    assert "broke on 40 of 40" in said and "half" not in said
    said = lines([*range(100, 120)]).sentence()
    assert "20 evenings are too few to say how low it may be; 36 would do." in said
    assert "sure that the line lies below 106" in said
    assert "no number of evenings" in lines([*range(100, 120)], evenings=1.0).sentence()
    half_open = lines([500] * 4 + [900] * 36, [501.0] * 4 + [math.inf] * 36).sentence()
    assert "sure that the line lies above 500." in half_open
    said = lines([500] * 40, surprises=((3, 250, False), (7, 750, True))).sentence()
    assert "Beware: on evening 3 it broke for 250 though it held for 500" in said
    assert "2 such probes" in said
    said = lines([500] * 40, surprises=((7, 750, True),)).sentence()
    assert "on evening 7 it held for 750 though it broke for 501" in said


def test_a_crowd_is_rounded_to_the_safe_side():
    assert [down(n) for n in (999, 1009, 84_999, 1_239_999)] == [
        "999",
        "1,000",
        "84,900",
        "1,230,000",
    ]
    assert [up(n) for n in (999, 1009, 84_901, 1_230_001)] == [
        "999",
        "1,010",
        "85,000",
        "1,240,000",
    ]


def test_nobody_and_everybody_on_real_evenings():
    never = Promise(reading="came", at_most=0)
    line = found_line(tiny(), never, seeds=range(3), most=50, least=5)
    assert line.crowd == 0 and line.broke.tolist() == [5, 5, 5]
    line = found_line(tiny(), Promise(reading="share_in", at_least=0.0), seeds=range(3), most=50)
    assert line.crowd == 50 and "More than 50 people" in repr(line)


def test_a_promise_that_more_people_help_is_noticed():
    """Kept by crowds above 100 alone: every probe on the wrong side of the guess tells."""
    odd = Promise(reading=_broken_between, at_least=0)
    line = found_line(tiny(400).changed({"weather": Weather.calm()}), odd, seeds=range(10))
    assert (line.held > 500).all()
    assert {crowd for _, crowd, held in line.surprises if not held}
    assert all(250 <= crowd <= 320 for _, crowd, _ in line.surprises)
    assert "Beware" in line.sentence()


def _broken_between(run):
    came = len(run.listeners)
    return -1 if came > 590 or 250 <= came <= 320 else 1


# --- against theory ------------------------------------------------------------------------------


@pytest.mark.slow
def test_erlang_b_has_the_same_line():
    """Twenty handlers, no queue, one attempt, no weather: at most 5 % are refused up to Erlang's load."""
    lasts, service = 4000, 1.0
    scenario = Scenario(
        crowd=Crowd(
            listeners=50_000,
            arrivals=Steady(from_s=0, until_s=lasts),
            retries=Retries(most=1),
        ),
        door=Door(handlers=20, service=Service(mean_s=service, cv=1.0), queue_limit=0),
        weather=Weather.calm(),
        starts_s=0,
        ends_s=lasts + 60,
    )
    refused = Promise(reading="gave_up", at_most=0.05)
    line = stress.load_line(
        scenario, refused, seeds=range(20), tolerance=0.001, level=0.99, progress=False
    )
    expected = load_at_blocking(20, 0.05) / service * lasts
    low, high = line.median_interval
    assert low <= expected <= high
    assert high - low < 0.02 * expected
    assert line.crowd < line.median


def test_a_door_that_serves_one_a_second_bears_what_it_serves():
    """One handler, one second each, ninety seconds from the first arrival: 80 people by hand."""
    scenario = Scenario(
        crowd=Crowd(listeners=10, arrivals=Steady(from_s=0, until_s=1e-6)),
        door=Door(handlers=1, service=Service(mean_s=1.0, cv=0.0)),
        weather=Weather.calm(),
        starts_s=0,
        ends_s=90,
    )
    within = Promise(reading="service_level", args={"within_s": 80}, at_least=1.0)
    line = found_line(scenario, within, seeds=range(3), tolerance=0)
    assert line.held.tolist() == [80, 80, 80] and line.broke.tolist() == [81, 81, 81]
    half = Promise(reading="service_level", args={"within_s": 40}, at_least=0.5)
    assert found_line(scenario, half, seeds=[1], tolerance=0).held.tolist() == [80]


# --- who computes it, and what is kept -----------------------------------------------------------


def test_whoever_computes_it_the_line_is_the_same_and_is_kept(tmp_path):
    promise = Promise(reading="share_in", at_least=0.6)
    keep = tmp_path / "kept.jsonl"
    here = found_line(tiny(), promise, seeds=range(6))
    with Shuffled() as executor:
        there = found_line(tiny(), promise, seeds=range(6), executor=executor, keep=keep)
        assert executor.order != sorted(executor.order)
    assert here.runs == there.runs == len(keep.read_text().splitlines()) - 1
    assert here.held.tolist() == there.held.tolist()
    assert here.broke.tolist() == there.broke.tolist()

    class Refusing(Executor):
        def submit(self, *_):
            raise AssertionError("there is nothing left to run")

    again = found_line(tiny(), promise, seeds=range(6), executor=Refusing(), keep=keep)
    assert again.held.tolist() == here.held.tolist() and again.runs == here.runs


class CountingShare(Counting):
    """The share in, counted."""

    def __call__(self, run):
        """Return the share of those who came that got in."""
        self.calls.append((len(run.listeners), run.seed))
        return readings.share_in(run)


def test_an_interrupted_search_goes_on_where_it_stopped():
    share, memory = CountingShare(), {}
    promise = Promise(reading=share, at_least=0.6)
    whole = found_line(tiny(), promise, seeds=range(4))
    needed, share.calls[:] = len(share.calls), []

    def stop(over):
        assert 0 <= over <= 1
        if len(share.calls) == needed // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stress.load_line(
            tiny(), promise, seeds=range(4), engine="reference", keep=memory, progress=stop
        )
    assert len(share.calls) == len(memory) == needed // 2
    again = found_line(tiny(), promise, seeds=range(4), keep=memory)
    assert len(share.calls) == needed == again.runs, "nothing was run twice"
    assert again.held.tolist() == whole.held.tolist()


# --- promises ------------------------------------------------------------------------------------


def test_a_promise_says_what_it_promises():
    within = Promise(
        reading="service_level", args={"within_s": 1500, "until_s": 2520}, at_least=0.9
    )
    assert str(within) == (
        "at least 90 % of those who come before 20:42 are in within 25 minutes of coming, on at least 90 % of evenings"
    )
    every = Promise(reading="share_in", at_least=0.5, evenings=1, says="half of all get in")
    assert str(every) == "half of all get in, on every evening"


SAID = {
    "at most 1 % of those who come give up": dict(reading=readings.gave_up, at_most=0.01),
    "queue, at its longest, is at most 500": dict(reading="peak_queue", at_most=500),
    "90 % of those who come are in within 5 minutes of coming": dict(
        reading="time_to_join_of_everybody", args={"percentile": 90}, at_most=300
    ),
    "time to join, nine in ten of those who got in, is at most 5 minutes": dict(
        reading="time_to_join_90", at_most=300
    ),
    "time to join, percentile 75, is at most 1 minute": dict(
        reading="time_to_join", args={"percentile": 75}, at_most=60
    ),
    "utilization is at most 80 %": dict(reading="utilization", at_most=0.8),
    "broken between is at least 0": dict(reading=_broken_between, at_least=0),
    "half of all get in": dict(reading="share_in", at_least=0.5, says="half of all get in"),
}


@pytest.mark.parametrize("says", SAID)
def test_a_promise_is_said_for_one_evening(says):
    assert Promise(**SAID[says]).on_one_evening == says


def test_a_promise_holds_if_it_is_kept_on_enough_evenings():
    nine_in_ten = Promise(reading="share_in", at_least=0.5)
    assert nine_in_ten.holds(18, 20) and not nine_in_ten.holds(17, 20)
    assert nine_in_ten.holds(3, 3) and not nine_in_ten.holds(2, 3)
    # In binary numbers 0.55 of 100 is a little more than 55.
    assert Promise(reading="share_in", at_least=0.5, evenings=0.55).holds(55, 100)


def test_a_promise_is_kept_by_its_margin():
    run = simulate(tiny(), 3, "reference")
    share = readings.share_in(run)
    assert 0 < share < 1
    just = Promise(reading="share_in", at_least=share)
    assert just.read(run) == share
    assert just.margin(run) == 0 and just.kept(run)
    assert just.margin_of(share + 0.25) == pytest.approx(0.25)
    assert just.margin_of(math.nan) == -math.inf
    assert not Promise(reading="share_in", at_least=math.nextafter(share, 1)).kept(run)
    assert Promise(reading="share_in", at_most=share).kept(run)
    nobody = simulate(tiny(0), 3, "reference")
    assert just.kept(nobody), "a promise to nobody is kept"
    shut = simulate(tiny(5).changed({"door.service.mean_s": 1e6}), 3, "reference")
    assert not Promise(reading="time_to_join", at_most=1e9).kept(shut), "nobody got in"


WRONG_PROMISES = {
    "give one of them": dict(reading="share_in"),
    "Promise.at_least is 0.5 and": dict(reading="share_in", at_least=0.5, at_most=0.6),
    "There is no reading 'share_inn'": dict(reading="share_inn", at_least=0.5),
    "Promise.reading is 3": dict(reading=3, at_least=0.5),
    "which share in does not take": dict(reading="share_in", args={"within_s": 3}, at_least=0.5),
    "Promise.args is 5": dict(reading="share_in", args=5, at_least=0.5),
    "Promise.evenings is 2": dict(reading="share_in", at_least=0.5, evenings=2),
    "Promise.at_least is nan": dict(reading="share_in", at_least=math.nan),
}


@pytest.mark.parametrize("says", WRONG_PROMISES)
def test_a_promise_that_makes_no_sense_is_answered_by_a_sentence(says):
    with pytest.raises(ScenarioError) as error:
        Promise(**WRONG_PROMISES[says])
    assert says in str(error.value)


WRONG = {
    "The scenario is 7": dict(scenario=7),
    "The promise is 'share_in'": dict(promise="share_in"),
    "seeds is empty": dict(seeds=[]),
    "least is 0": dict(least=0),
    "most is 5; give a whole number of people from 9": dict(least=9, most=5),
    "most is 2.5": dict(most=2.5),
    "give at most 2,147,483,647 people": dict(most=2**40),
    "tolerance is 1": dict(tolerance=1),
    "level is 95": dict(level=95),
    "room is 0": dict(room=0),
    "executor is 'many'": dict(executor="many"),
}


@pytest.mark.parametrize("says", WRONG)
def test_what_makes_no_sense_is_answered_by_a_sentence(says):
    asked = dict(scenario=tiny(), promise=FEW_COME) | WRONG[says]
    with pytest.raises(ValueError) as error:
        found_line(asked.pop("scenario"), asked.pop("promise"), **asked)
    assert says in str(error.value) and str(error.value).endswith(".")
