"""Checks of unit 07: a blank is not yet, each wrong idea meets the run that follows from it."""

import functools

import numpy as np
import pytest
from house import ROOT

from loadbearing import cases, readings, simulate
from loadbearing.checks import check, details, policies
from loadbearing.checks.reply import NO, NOT_YET, YES
from loadbearing.claims import claim
from loadbearing.labs import Settings, rooms
from loadbearing.pictures.tornado import Bar, tornado
from loadbearing.progress import WORK_FOLDER, Progress
from loadbearing.scenario import Weather
from loadbearing.units import share

UNIT = "the_details"
SHEET = {"queue": 900, "join_rate": 30, "timeout": 15}
PEAK, EARLY, LATE_HOME = 1750, -60, 240


@pytest.fixture(autouse=True)
def nobodys_folder(tmp_path, monkeypatch):
    """Every test begins as a student who has kept nothing."""
    monkeypatch.setenv(WORK_FOLDER, str(tmp_path))


def ask(name, answer, **more):
    return check(f"{UNIT}.{name}", answer, **more)


# --- the eve, by hand ----------------------------------------------------------------------------


@functools.cache
def soon(seed=None, queue=5_000, **changes):
    """In within five minutes, counted from the listeners; average weather unless a seed is given."""
    scenario = cases.build("the_eve", changes).changed({"door.queue_limit": queue})
    if seed is None:
        scenario = scenario.changed({"weather": Weather.calm()})
    rows = simulate(scenario.scaled(0.04), seed or 1, sample=0, progress=False).listeners
    came = rows[rows["arrived"] <= scenario.ends_s]
    return np.mean(came["joined"] - came["arrived"] <= 300)


def middling(queue=5_000, **changes):
    return np.median([soon(seed, queue, **changes) for seed in range(501, 510)])


WRONG = {
    "the loudest": ("which_one", "quick reloaders", "the loudest", lambda: [soon(quick_share=0.04)]),
    "a size": (
        "which_one", "handlers", "a size",
        lambda: [soon(handlers=800), min(soon(timeout_s=2.5), soon(timeout_s=40.0))],
    ),
    "pauses": ("which_one", "first back-off", "pauses", lambda: []),
    "newest first alone": (
        "which_one", "newest first", "does nothing alone",
        lambda: [min(soon(), soon(discipline="lifo")), soon()],
    ),
    "seven and a half": (
        "edge", 7.5, "the worst evening",
        lambda: [middling(7_500), min(soon(seed, 7_500) for seed in range(1, 25))],
    ),
    "as it was": ("edge", 5, "before the edge", lambda: [middling(5_000)]),
    "twenty": ("edge", 20, "beyond the edge", lambda: [middling(20_000), middling(17_000)]),
    "twice": ("edge", 2, "a factor", lambda: [middling(2_000)]),
    "in requests": ("edge", 10_000, "requests", lambda: []),
    "skipping": (
        "cure", "dead work skipped", "skips the dead", lambda: [middling(20_000, drops_dead=True)],
    ),
    "fewer reloaders": ("cure", "quick reloaders", "fewer attempts", lambda: [middling(20_000)]),
    "money": ("cure", "handlers", "money", lambda: [middling(20_000, handlers=2_000)]),
    "longer pauses": ("cure", "longest back-off", "no cure", lambda: [middling(20_000)]),
    "the queue": ("cure", "queue limit", "the queue itself", lambda: [middling(20_000)]),
}  # fmt: skip


@pytest.mark.parametrize("idea", WRONG)
def test_a_wrong_reading_meets_its_own_run(idea):
    name, answer, error, shares = WRONG[idea]
    reply = ask(name, answer)
    assert (reply.verdict, reply.error) == (NO, error)
    for one in shares():
        assert share(one) in reply.said, f"{idea}: {reply.said}"


@pytest.mark.parametrize(
    ("name", "answer", "run"),
    [
        ("which_one", " Queue limit", lambda: soon(queue=20_000)),
        ("which_one", "time-out", lambda: soon(timeout_s=2.5)),
        ("edge", "10", lambda: middling(10_000)),
        ("cure", "newest first", lambda: middling(20_000, discipline="lifo")),
        ("cure", "time-out", lambda: middling(20_000, timeout_s=40.0)),
    ],
)
def test_the_right_reading_is_what_the_engine_gives(name, answer, run):
    reply = ask(name, answer)
    assert reply.verdict == YES and share(run()) in reply.said


@pytest.mark.parametrize(
    ("name", "answer"),
    [("which_one", "weather"), ("which_one", 3), ("edge", "soon"), ("edge", -2), ("edge", 90)],
)
def test_nonsense_is_answered_by_what_to_write_instead(name, answer):
    reply = ask(name, answer)
    assert (reply.verdict, reply.error) == (NO, "not an answer")


def test_far_from_the_edge_no_detail_is_right(monkeypatch):
    """The check computes: with a door four times as wide no detail would be worth checking."""
    wide = cases.build("the_eve", {"handlers": 4_000}).changed({"door.queue_limit": 5_000})
    real = cases.build
    monkeypatch.setattr(
        cases, "build", lambda name, changes: real(name, {"handlers": 4_000, **changes})
    )
    details._in_soon.cache_clear()
    try:
        assert details.scenario() == wide
        assert ask("which_one", "queue limit").verdict == NO
    finally:
        details._in_soon.cache_clear()


# --- policies ------------------------------------------------------------------------------------


def by_hand(peak, since, until):
    """(evenings on which nineteen in twenty are in soon, dollars) of so many handlers for so long."""

    def decide(now, telemetry):
        return {"handlers": peak if since <= now < until else 100}

    kept, bills = 0, []
    for seed in range(501, 521):
        room = policies.eve(decide).scaled(0.04)
        run = simulate(room, seed, sample=0, progress=False)
        rows = run.listeners[run.listeners["arrived"] <= 2400]
        kept += np.mean(rows["joined"] - rows["arrived"] <= 300) >= 0.95
        bills.append(run.seconds["capacity_s"].sum() * 25 / 60 * 0.01)
    return f"kept on {kept} of 20 evenings, for {np.mean(bills):,.0f} dollars"


def wait_and_see(now, telemetry):
    if telemetry.refused_full > 0 and now < 900:
        return {"handlers": 2_000}
    return {"handlers": 100} if telemetry.utilization < 0.5 else None


def generous(now, telemetry):
    return {"handlers": PEAK if EARLY <= now < LATE_HOME else 100, "queue_limit": 20_000}


POLICIES = {
    "wait and see": (wait_and_see, "too late", (2_000, EARLY, LATE_HOME)),
    "all evening": (lambda now, telemetry: {"handlers": 2_000}, "all evening", (2_000, EARLY, LATE_HOME)),
    "home when all have come": (
        policies.by_the_clock(2_000, EARLY, 120), "home too soon", (2_000, EARLY, LATE_HOME),
    ),
    "half as many": (policies.by_the_clock(1_000, EARLY, 300), "too few", (1_500, EARLY, LATE_HOME)),
    "a longer queue": (generous, "longer queue", (PEAK, EARLY, LATE_HOME)),
    "too much": (policies.by_the_clock(3_000, EARLY, 400), "over-bought", (3_000, EARLY, LATE_HOME)),
    "too many": (policies.by_the_clock(4_000, EARLY, LATE_HOME), "over-bought", (2_400, EARLY, LATE_HOME)),
}  # fmt: skip


@pytest.mark.parametrize("idea", POLICIES)
def test_a_wrong_policy_meets_its_own_run(idea):
    policy, error, counter = POLICIES[idea]
    reply = ask("five_lines", policy)
    assert (reply.verdict, reply.error) == (NO, error), reply.said
    assert by_hand(*counter) in reply.said


def test_a_policy_near_par_is_right_and_told_with_its_own_bill():
    reply = ask("five_lines", policies.by_the_clock(PEAK, EARLY, LATE_HOME))
    assert reply.verdict == YES and by_hand(PEAK, EARLY, LATE_HOME) in reply.said


def test_par_is_what_its_policies_give():
    found = policies.sweep()
    clock, seen = found["by_the_clock"], found["until_seen"]
    told = by_hand(clock["peak"], clock["since_s"], clock["until_s"])
    assert told == f"kept on {clock['kept']} of 20 evenings, for {clock['bill']:,.0f} dollars"
    plan = [seen[name] for name in ("peak", "since_s", "until_s", "busy")]
    trial = policies.tried(policies.until_seen(*plan))
    assert (trial.kept, round(trial.bill, 2)) == (seen["kept"], seen["bill"])
    assert found["par"] == min(clock["bill"], seen["bill"]) and trial.holds


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (1750, "no policy"),
        (lambda now: None, "decide(now, telemetry)"),
        (lambda now, telemetry: {"handlers": 50}, "order 100 to 10,000"),
        (lambda now, telemetry: {"handlers": "many"}, "whole number"),
        (lambda now, telemetry: 1750, "let it return"),
        (lambda now, telemetry: 1 / 0, "division by zero"),
        (lambda now, telemetry: {"handler": 1750}, "At 19:50:20 the policy changes 'handler'"),
        (lambda now, telemetry: {"handlers": 100 + telemetry.qeue}, "queue"),
    ],
)
def test_a_policy_that_cannot_be_run_is_answered_by_a_sentence(policy, said):
    reply = ask("five_lines", policy)
    assert (reply.verdict, reply.error) == (NO, "not an answer")
    assert said in reply.said and "Traceback" not in reply.said and "Controller" not in reply.said


def test_a_policy_that_orders_nothing_is_not_yet_one():
    assert ask("five_lines", lambda now, telemetry: None).verdict == NOT_YET
    assert "orders nothing" in repr(policies.rehearse_policy(lambda now, telemetry: None))
    assert "50 handlers" in repr(policies.rehearse_policy(lambda now, telemetry: {"handlers": 50}))


# --- the margin ----------------------------------------------------------------------------------

MARGINS = {
    "requests over seconds": (900 / 15, "requests for seconds"),
    "upside down": (15 / 30, "upside down"),
    "seconds alone": (30, "half the way"),
    "a difference": (30 - 15, "difference"),
    "anything": (7, "other"),
}


@pytest.mark.parametrize("idea", MARGINS)
def test_a_wrong_margin_is_told_which_idea_it_is(idea):
    answer, error = MARGINS[idea]
    reply = ask("margin", answer, sheet=SHEET)
    assert (reply.verdict, reply.error) == (NO, error)
    assert "Your full queue lasts 30 seconds, and a client waits 15 seconds" in reply.said


def test_a_right_margin_is_kept_and_the_courses_own_example_is_not():
    """Nine hundred requests at thirty a second last thirty seconds: twice a wait of fifteen."""
    reply = ask("margin", 2, sheet=SHEET)
    assert reply.verdict == YES and share(middling(20_000)) in reply.said
    assert Progress.here().entry("launch_sheet", UNIT)["margin"] == 2.0
    example = {"queue": 600, "join_rate": 40, "timeout": 30}
    assert "your own" in ask("margin", 0.5, sheet=example).said
    assert Progress.here().entry("launch_sheet", UNIT)["margin"] == 2.0


@pytest.mark.parametrize(
    "sheet",
    [None, {"queue": 5}, SHEET | {"seats": 3}, SHEET | {"queue": 0}, SHEET | {"queue": "x"}],
)
def test_a_sheet_that_cannot_be_read_is_answered_by_a_sentence(sheet):
    assert ask("margin", 2, sheet=sheet).verdict in (NO, NOT_YET)


# --- the lab -------------------------------------------------------------------------------------


def test_the_experiment_tries_every_detail_and_the_long_queue_does_most_harm():
    right, sentence = details.premortem()
    assert right == "queue_limit" and set(details.PREMORTEM) == set(details.DETAILS)
    assert share(soon(queue=20_000)) in sentence and share(soon()) in sentence


def test_the_claim_is_decided_by_the_largest_fall_of_one_detail():
    value, sentence = details.largest_fall()
    assert value == pytest.approx(soon() - soon(timeout_s=2.5))
    assert "time-out" in sentence and f"{round(100 * value)} points" in sentence


def test_the_verdicts_of_the_solution_are_those_of_the_runs():
    """F7 holds near the edge and fails with four times as many handlers, or with details wrong by a quarter."""
    page = (ROOT / "authoring/practice/07_the_details.py").read_text(encoding="utf-8")
    told = page[page.index("## The claim, one way to judge it") :]
    assert "*Holds when* the evening is near its edge" in told
    assert "*Fails when* the edge is far away" in told
    threshold, far = claim("F7").threshold, {"handlers": details.FAR}
    assert "From 40 % on a detail decides" in claim("F7").decides
    assert max(details.falls().values()) >= threshold > max(details.falls(base=far).values())
    assert max(details.falls(details.KNOWN_WITHIN).values()) < threshold


def test_a_mission_asks_for_the_knob_and_for_no_handler_more():
    run = simulate(details.scenario().scaled(0.01), 1, sample=0, progress=False)
    well = {"soon": readings.readings(run)["share_in"]}

    def done(turned):
        trial = rooms.Trial(Settings.of("the_eve", turned), run, 1.0)
        return details.still(0.5, "door.queue_limit", 400)(trial, well)

    assert done({"door.queue_limit": 400})
    assert not done({"door.queue_limit": 399})
    assert not done({"door.queue_limit": 400, "door.handlers": 101})


def test_a_tornado_stands_on_its_point_and_says_every_setting():
    bars = [Bar("narrow", 0.5, 0.6), Bar("wide", 0.9, 0.1), Bar("middle", 0.3, 0.5, pale=True)]
    picture = tornado(0.5, bars, "A claim", "A share")
    assert picture.data["least"].tolist() == [0.5, 0.3, 0.1]
    assert picture.sentence.endswith("wide 10 % to 90 %; middle 30 % to 50 %; narrow 50 % to 60 %.")


def test_the_ranges_decide_which_bar_is_longest():
    quarter, wide = details.the_whole_eve(1.25, 1.25), details.the_whole_eve(4, 1.25)
    assert "service time" in quarter.title and "time-out" in wide.title


@pytest.mark.parametrize(
    "changes",
    [{}, {"queue_limit": 20_000}, {"timeout_s": 2.5}, {"queue_limit": 20_000, "timeout_s": 40.0}],
)
def test_the_full_crowd_shows_what_the_small_room_said_to_a_point(changes):
    """The lab's page gives the numbers of small rooms and says that the full crowd differs by about a point."""
    run = simulate(details.scenario(changes).changed({"weather": Weather.calm()}), 1, sample=0)
    assert details.soon_of(run) == pytest.approx(details.in_soon(changes), abs=0.015)
