"""Sweeps: same numbers whoever computes them and whatever stops them on the way."""

import concurrent.futures
import functools
import io
import json
import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
import types
from pathlib import Path

import numpy as np
import pytest
from many_evenings import Counting, Shuffled, logged, mean_arrival, odd_numbers, share_in, tiny

from loadbearing import Policy, readings, simulate, stress
from loadbearing.bar import Bar
from loadbearing.stress import intervals
from loadbearing.stress.identity import fingerprint
from loadbearing.stress.jobs import Batch, work
from loadbearing.stress.sweeping import measures_of

TESTS = Path(__file__).parent
HANDLERS = {"door.handlers": [1, 2, 3]}
swept = functools.partial(stress.sweep, progress=False, engine="reference")
BOTH = {"in": share_in, "arrival": mean_arrival}


@pytest.fixture(scope="module")
def processes():
    """Two processes that begin with nothing of ours, as on Windows and macOS."""
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as executor:
        yield executor


# --- what a sweep is -----------------------------------------------------------------------------


def test_every_number_is_that_of_its_own_scenario_and_evening():
    over = {"door.handlers": [1, 3], "crowd.timeout_s": [5.0, 9.0]}
    found = swept(tiny(), BOTH, [4, 2], over=over)
    assert found["in"].shape == found["arrival"].shape == (4, 2)
    at = 0
    for handlers in (1, 3):
        for timeout in (5.0, 9.0):
            scenario = tiny().changed({"door.handlers": handlers, "crowd.timeout_s": timeout})
            for evening, seed in enumerate((4, 2)):
                run = simulate(scenario, seed, "reference")
                assert found["in"][at, evening] == share_in(run)
                assert found["arrival"][at, evening] == mean_arrival(run)
            assert found.settings[at] == {"door.handlers": handlers, "crowd.timeout_s": timeout}
            at += 1
    assert found.labels[1] == "door.handlers 1, crowd.timeout_s 9.0"


def test_a_seed_is_the_same_evening_for_every_scenario():
    found = swept(tiny(200), "came", range(6), over=HANDLERS)
    assert len({*found["came"][0]}) > 1
    assert (found["came"] == found["came"][0]).all()


def test_scenarios_come_as_one_as_a_list_or_by_name():
    few, many = tiny(10), tiny(30)
    calls = [few, [few, many], {"few": few, "many": many}]
    labels = [swept(one, "came", [1]).labels for one in calls]
    assert labels == [("scenario",), ("scenario 1", "scenario 2"), ("few", "many")]


def test_values_may_have_names_and_fields_may_change_together():
    over = {("door.handlers", "door.queue_limit"): {"small": (1, 0), "large": (3, 9)}}
    found = swept(tiny(), share_in, [1, 2], over=over)
    assert found.settings == ({"door.handlers": "small"}, {"door.handlers": "large"})
    large = tiny().changed({"door.handlers": 3, "door.queue_limit": 9})
    assert (found["share_in"][1] == swept(large, share_in, [1, 2])["share_in"][0]).all()


def test_a_sweep_in_a_smaller_room_runs_the_smaller_room():
    found = swept(tiny(400), "came", range(4), room=0.1)
    assert (found["came"] == swept(tiny(40), "came", range(4))["came"]).all()


def test_readings_go_by_their_names_in_the_table_too():
    run = simulate(tiny(), 3, "reference")
    names = ["share_in", "peak_queue", "time_to_join_90"]
    found = swept(tiny(), names, [3])
    table = readings.readings(run)
    assert [found[name][0, 0] for name in names] == [table[name].value for name in names]


def test_a_sweep_tells_its_means_and_intervals():
    values = np.array([[1.0, 2.0, 3.0, 6.0], [3.0, 4.0, 5.0, 8.0]])
    found = stress.Sweep(("a", "b"), ({}, {}), (1, 2, 3, 4), {"m": values})
    assert found.mean().tolist() == [3.0, 5.0]
    low, high = found.interval()
    assert (1 <= low[0] < 3 < high[0] <= 6) and (high - low)[0] == pytest.approx((high - low)[1])
    assert [one.tolist() for one in found.against("a")] == [[0, 2], [0, 2], [0, 2]]
    assert found.rows()[5] == {"scenario": "b", "seed": 2, "m": 4.0}
    lines = found.table().splitlines()
    assert lines[0].split() == ["scenario", "m"] and lines[1].startswith("a         3 [")
    assert "4 evenings" in lines[3] and "95%" in lines[3]
    with pytest.raises(stress.StressError, match="There is no measure 'n'"):
        found.mean("n")
    with pytest.raises(stress.StressError, match="There is no scenario 'c'"):
        found.against("c")


def test_what_was_found_cannot_be_changed():
    found = swept(tiny(), "came", [1])
    with pytest.raises(ValueError, match="read-only"):
        found["came"][0, 0] = 5


def test_without_pandas_the_frame_says_what_to_do(monkeypatch):
    found = swept(tiny(), "came", [1, 2], over=HANDLERS)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="needs pandas"):
        found.frame()
    monkeypatch.setitem(sys.modules, "pandas", types.SimpleNamespace(DataFrame=list))
    assert [row["door.handlers"] for row in found.frame()] == [1, 1, 2, 2, 3, 3]


# --- intervals -----------------------------------------------------------------------------------


def test_the_interval_of_a_mean_agrees_with_students_t_where_both_are_right():
    """Two hundred equally spaced numbers: nearly normal means, so t and resampling must nearly agree."""
    values = np.linspace(0, 1, 200)
    low, high = intervals.of_the_mean(values)
    half = 1.972 * values.std(ddof=1) / np.sqrt(200)  # t with 199 degrees of freedom, 97.5 %
    assert low == pytest.approx(0.5 - half, abs=0.006)
    assert high == pytest.approx(0.5 + half, abs=0.006)


def test_the_interval_of_a_share_stays_a_share():
    low, high = intervals.of_the_mean(np.array([1.0] * 9 + [0.2]))
    assert 0.2 <= low < 0.92 < high <= 1


def test_an_interval_of_one_evening_or_with_a_number_that_is_none_is_none():
    assert np.isnan(intervals.of_the_mean(np.array([[3.0]]))).all()
    assert np.isnan(intervals.of_the_mean(np.array([3.0, np.nan, 4.0]))).all()


@pytest.mark.parametrize(
    ("evenings", "share", "expected"),
    # Tables of the sign test: 2 of 10, 6 of 20 and 18 of 50 for the median. For a tenth of 40,
    # .9^40 = .0148 is below .025, and .0148 + 40 (.1) .9^39 = .0805 above.
    [
        (10, 0.5, (2, 9)),
        (20, 0.5, (6, 15)),
        (50, 0.5, (18, 33)),
        (40, 0.1, (1, 9)),
        (20, 0.05, (0, 4)),
    ],
)
def test_ranks_of_a_quantile_are_those_of_the_tables(evenings, share, expected):
    assert intervals.ranks(evenings, share) == expected


def test_ranks_hold_the_quantile_as_often_as_they_say():
    """Uniform evenings: how often [X(r), X(s)] holds the .2 quantile, counted over 2,000 samples."""
    low, high = intervals.ranks(30, 0.2, 0.9)
    samples = np.sort(np.random.default_rng(1).uniform(size=(2000, 30)), axis=1)
    held = (samples[:, low - 1] <= 0.2) & (samples[:, high - 1] >= 0.2)
    assert held.mean() >= 0.9 - 3 * np.sqrt(0.09 / 2000)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.25, 0.5, 0.8])
def test_so_many_evenings_are_needed_and_no_fewer(share):
    needed = intervals.evenings_needed(share)
    enough, few = intervals.ranks(needed, share), intervals.ranks(needed - 1, share)
    assert enough[0] >= 1 and enough[1] <= needed
    assert few[0] == 0 or few[1] == needed


# --- whoever computes it -------------------------------------------------------------------------


def test_in_this_process_in_others_and_in_shuffled_order_the_numbers_are_the_same(processes):
    seeds = range(12)
    here = swept(tiny(), BOTH, seeds, over=HANDLERS)
    assert here["arrival"].std() > 0
    there = swept(tiny(), BOTH, seeds, over=HANDLERS, executor=processes)
    shuffled = Shuffled()
    with shuffled:
        anyhow = swept(tiny(), BOTH, seeds, over=HANDLERS, executor=shuffled)
    assert shuffled.order != sorted(shuffled.order), "the executor must have mixed them up"
    assert here.same_as(there) and here.same_as(anyhow)


def test_one_changed_bit_is_not_the_same():
    found = swept(tiny(), mean_arrival, [1, 2])
    values = found["mean_arrival"].copy()
    values[0, 1] = np.nextafter(values[0, 1], np.inf)
    assert not found.same_as(
        stress.Sweep(found.labels, found.settings, found.seeds, {"mean_arrival": values})
    )


def test_only_so_many_batches_are_on_their_way():
    with Shuffled() as executor:
        found = swept(tiny(), mean_arrival, range(60), executor=executor, in_flight=4)
        assert found["mean_arrival"].shape == (1, 60)
        assert 2 <= executor.most <= 4


def test_short_jobs_travel_together():
    with Shuffled() as executor:
        swept(tiny(2), mean_arrival, range(400), executor=executor, in_flight=4)
        assert executor.given < 200


# --- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["this process", "an executor"])
def test_a_failing_evening_is_named_and_the_others_are_kept(tmp_path, by):
    keep = tmp_path / "kept.jsonl"
    measure = Counting(fails_at=((2, 3),))
    with Shuffled() as executor:
        call = functools.partial(
            swept,
            tiny(),
            seeds=range(6),
            over=HANDLERS,
            keep=keep,
            executor=executor if by == "an executor" else None,
        )
        with pytest.raises(stress.EveningFailed) as failed:
            call(measure={"arrival": measure})
        done = len(measure.calls) - 1
        says = str(failed.value)
        assert says.startswith("Evening 3 of 'door.handlers 2' failed: RuntimeError: the door fell")
        assert f"{done} evenings are done and kept in {keep}" in says
        assert "many_evenings.py" in failed.value.__notes__[0]
        mended = Counting()
        found = call(measure={"arrival": mended})
    assert len(mended.calls) == 18 - done and (2, 3) in mended.calls
    assert found.same_as(swept(tiny(), {"arrival": mean_arrival}, range(6), over=HANDLERS))


def test_a_failing_evening_takes_none_of_its_batch_with_it():
    fails_at, memory = {(1, seed) for seed in range(200, 260, 3)}, {}
    measure = Counting(fails_at=fails_at)
    with Shuffled(workers=1) as executor, pytest.raises(stress.EveningFailed):
        swept(tiny(2), measure, range(400), executor=executor, in_flight=1, keep=memory)
    assert len(memory) == len({*measure.calls} - fails_at)


def test_without_a_file_a_failure_says_what_would_have_kept_the_rest():
    with pytest.raises(stress.EveningFailed, match=r"3 evenings are done and lost; with keep="):
        swept(tiny(), Counting(fails_at=((1, 3),)), range(6))


@pytest.mark.parametrize("wrong", [lambda run: "many", lambda run: None, lambda run: [1, 2]])
def test_a_measure_that_gives_no_number_is_named(wrong):
    with pytest.raises(stress.EveningFailed, match="waits came to .* must give one number"):
        swept(tiny(), {"waits": wrong}, [1])


def test_what_cannot_be_sent_to_a_process_is_named_with_a_remedy(processes):
    helpless = tiny().changed({"controllers": (Policy(decide=lambda now, seen: None),)})
    with pytest.raises(stress.EveningFailed, match=r"'alone' cannot be sent .*top level of a file"):
        swept({"alone": helpless}, "came", [1], executor=processes)
    with pytest.raises(stress.EveningFailed, match="cannot be sent to another process"):
        swept(tiny(), {"came": lambda run: 1}, [1], executor=processes)
    assert swept(tiny(), "came", [1], executor=processes)["came"][0, 0] > 0


def test_an_executor_whose_worker_died_is_named_and_the_rest_is_kept(tmp_path):
    class Dying(Shuffled):
        def submit(self, function, /, *args):
            if self.given < 5:
                return super().submit(function, *args)
            future = concurrent.futures.Future()
            future.set_exception(concurrent.futures.BrokenExecutor("it was killed"))
            return future

    keep = tmp_path / "kept.jsonl"
    with Dying() as executor, pytest.raises(stress.EveningFailed) as failed:
        swept(tiny(), mean_arrival, range(9), executor=executor, keep=keep)
    assert "The executor failed" in str(failed.value) and "it was killed" in str(failed.value)
    assert f"{len(keep.read_text().splitlines()) - 1} evening" in str(failed.value)


def test_an_executor_that_was_shut_down_is_named():
    class Shutting(Shuffled):
        def submit(self, function, /, *args):
            future = concurrent.futures.Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    with Shutting() as executor, pytest.raises(stress.EveningFailed, match="it was shut down"):
        swept(tiny(), mean_arrival, range(9), executor=executor)


WRONG = {
    "seeds is 5": dict(seeds=5),
    "seeds is empty": dict(seeds=[]),
    "seeds holds 2 twice": dict(seeds=[1, 2, 2]),
    "The seed is -1": dict(seeds=[-1]),
    "There is no reading 'shares_in'. Did you mean 'share_in'": dict(measure="shares_in"),
    "measure is 3": dict(measure=3),
    "measure is empty": dict(measure={}),
    "measure holds two of the same name": dict(measure=["came", "came"]),
    "scenarios is empty": dict(scenarios=[]),
    "scenario 2 is 7": dict(scenarios=[tiny(), 7]),
    "scenarios is 7": dict(scenarios=7),
    "over changes one scenario": dict(scenarios=[tiny()], over=HANDLERS),
    "over is 7": dict(over=7),
    "over['door.handlers'] is 7": dict(over={"door.handlers": 7}),
    "over['door.handlers'] is empty": dict(over={"door.handlers": []}),
    "over holds door.handlers 2 twice": dict(over={"door.handlers": [2, 2]}),
    "over cannot be laid out at door.handlers 0: Door.handlers": dict(over={"door.handlers": [0]}),
    "Did you mean 'handlers'": dict(over={"door.handler": [2]}),
    "executor is 4": dict(executor=4),
    "in_flight is 0": dict(in_flight=0),
    "There is no engine 'fast'": dict(engine="fast"),
    "progress is 'yes'": dict(progress="yes"),
    "The fraction is 2": dict(room=2),
    "keep is 3": dict(keep=3),
    "its folder does not exist": dict(keep="nowhere/at/all.jsonl"),
}


@pytest.mark.parametrize("says", WRONG)
def test_what_makes_no_sense_is_answered_by_a_sentence(says):
    asked = dict(scenarios=tiny(), measure="came", seeds=[1]) | WRONG[says]
    with pytest.raises(ValueError) as error:
        swept(asked.pop("scenarios"), **asked)
    assert says in str(error.value)
    assert str(error.value).endswith((".", "?"))


# --- what is kept --------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["a file", "a dictionary"])
def test_what_is_kept_is_not_run_again(tmp_path, where):
    keep = tmp_path / "kept.jsonl" if where == "a file" else {}
    first, again, more = Counting(), Counting(), Counting()
    found = swept(tiny(), {"arrival": first}, range(5), keep=keep)
    assert found.same_as(swept(tiny(), {"arrival": again}, range(5), keep=keep))
    swept(tiny(), {"renamed": more}, range(7), keep=keep)
    assert (len(first.calls), len(again.calls), more.calls) == (5, 0, [(1, 5), (1, 6)])


def test_every_number_comes_back_from_the_file_to_the_last_bit(tmp_path):
    keep = tmp_path / "kept.jsonl"
    found = swept(tiny(), odd_numbers, range(8), keep=keep)
    again = swept(tiny(), odd_numbers, range(8), keep=keep)
    assert np.isnan(found["odd_numbers"][0, 0]) and np.signbit(found["odd_numbers"][0, 3])
    assert found.same_as(again)


def test_a_half_written_last_line_costs_its_own_evening_alone(tmp_path):
    keep = tmp_path / "kept.jsonl"
    found = swept(tiny(), {"m": Counting()}, range(5), keep=keep)
    whole = keep.read_bytes()
    for cut in (1, 7, len(whole.splitlines()[-1])):
        keep.write_bytes(whole[:-cut])
        measure = Counting()
        assert swept(tiny(), {"m": measure}, range(5), keep=keep).same_as(found)
        assert measure.calls == [(1, 4)]
        assert keep.read_bytes() == whole
    keep.write_bytes(whole[:20])
    assert swept(tiny(), {"m": Counting()}, range(5), keep=keep).same_as(found)
    assert keep.read_bytes() == whole


def test_a_damaged_line_and_a_strange_file_are_refused_and_left_alone(tmp_path):
    keep = tmp_path / "kept.jsonl"
    swept(tiny(), mean_arrival, range(3), keep=keep)
    lines = keep.read_text().splitlines()
    keep.write_text("\n".join([*lines[:2], "{nonsense", *lines[2:]]) + "\n")
    with pytest.raises(stress.StressError, match="line 3 of it is damaged"):
        swept(tiny(), mean_arrival, range(3), keep=keep)
    strange = tmp_path / "letter.txt"
    strange.write_text("Dear all,")
    with pytest.raises(stress.StressError, match="no sweep has written"):
        swept(tiny(), mean_arrival, range(3), keep=strange)
    assert strange.read_text() == "Dear all,"
    with pytest.raises(stress.StressError, match="a folder"):
        swept(tiny(), mean_arrival, range(3), keep=tmp_path)


def test_one_file_serves_several_sweeps_and_mixes_nothing_up(tmp_path):
    keep = tmp_path / "kept.jsonl"
    slow, quick = tiny(), tiny(timeout_s=9.0)
    for scenario in (slow, quick):
        for measure in (
            mean_arrival,
            share_in,
            functools.partial(readings.service_level, within_s=1),
        ):
            expected = swept(scenario, {"m": measure}, range(3))
            assert swept(scenario, {"m": measure}, range(3), keep=keep).same_as(expected)
    assert len(keep.read_text().splitlines()) == 1 + 2 * 3 * 3
    about = json.loads(keep.read_text().splitlines()[1])
    assert (about["scenario"], about["seed"]) == ("'scenario'", 0)


LIMIT = 1.0


def _above(run, limit=2.0):
    return LIMIT + limit


def _made(limit):
    def measure(run):
        return limit

    return measure


def test_a_changed_function_is_another_function(monkeypatch):
    was = fingerprint(_above)
    assert fingerprint(_above) == was
    monkeypatch.setitem(globals(), "LIMIT", 3.0)
    assert fingerprint(_above) != was
    monkeypatch.setitem(globals(), "LIMIT", 1.0)
    assert fingerprint(_above) == was
    monkeypatch.setattr(_above, "__defaults__", (5.0,))
    assert fingerprint(_above) != was
    assert fingerprint(_made(1)) != fingerprint(_made(2))
    first, second = (lambda run: 1), (lambda run: 2)
    assert fingerprint(first) != fingerprint(second)
    one, two = (functools.partial(_above, limit=k) for k in (1, 2))
    assert fingerprint(one) != fingerprint(two)
    assert fingerprint(1) != fingerprint(1.0) != fingerprint("1")


def test_a_changed_helper_is_noticed(monkeypatch):
    outer = types.FunctionType(_above.__code__, {"LIMIT": _made(1)}, "outer")
    other = types.FunctionType(_above.__code__, {"LIMIT": _made(2)}, "outer")
    for one in (outer, other):
        one.__module__ = "somewhere"
    assert fingerprint(outer) != fingerprint(other)


def test_a_changed_object_that_is_called_is_noticed():
    def made(answer, held):
        class Measure:
            def __init__(self, held):
                self.held = held

            def __call__(self, run):
                return answer + self.held

            def __reduce__(self):
                return (int, (self.held,))

        return Measure(held)

    assert fingerprint(made(1, 0)) == fingerprint(made(1, 0))
    assert fingerprint(made(1, 0)) != fingerprint(made(1, 5))
    assert fingerprint(made(1, 0)) != fingerprint(made(2, 0))


def test_what_cannot_be_told_apart_is_not_kept(tmp_path):
    measure = functools.partial(_above, limit=threading.Lock())
    with pytest.raises(stress.StressError, match="cannot tell one lock from another"):
        swept(tiny(), {"m": measure}, [1], keep=tmp_path / "kept.jsonl")


# --- interruptions -------------------------------------------------------------------------------


def test_an_interrupted_sweep_goes_on_where_it_stopped(tmp_path):
    keep = tmp_path / "kept.jsonl"
    first, second = Counting(fails_at=((2, 1),), error=KeyboardInterrupt), Counting()
    with pytest.raises(KeyboardInterrupt) as stopped:
        swept(tiny(), {"arrival": first}, range(4), over=HANDLERS, keep=keep)
    assert "5 evenings are done and kept" in stopped.value.__notes__[0]
    found = swept(tiny(), {"arrival": second}, range(4), over=HANDLERS, keep=keep)
    assert len(first.calls) == 6 and len(second.calls) == 7
    assert {*first.calls} & {*second.calls} == {(2, 1)}
    assert found.same_as(swept(tiny(), {"arrival": mean_arrival}, range(4), over=HANDLERS))


def test_an_interrupted_worker_hands_over_what_it_had_done():
    memory, measure = {}, Counting(fails_at=((2, 1),), error=KeyboardInterrupt)
    with Shuffled(workers=1) as executor:
        with pytest.raises(KeyboardInterrupt):
            swept(tiny(), {"m": measure}, range(20), over=HANDLERS, keep=memory, executor=executor)
        assert len(memory) == len(measure.calls) - 1
        again = Counting()
        swept(tiny(), {"m": again}, range(20), over=HANDLERS, keep=memory, executor=executor)
    assert len(again.calls) == 60 - len(measure.calls) + 1
    half = Counting(fails_at=((1, 3),), error=KeyboardInterrupt)
    outcomes, _ = work(Batch([(tiny(), seed) for seed in range(6)], {"m": half}, "reference"))
    assert len(outcomes) == 3


SCRIPT = """
    import multiprocessing, signal, sys
    from concurrent.futures import ProcessPoolExecutor
    from many_evenings import Shuffled, logged, tiny
    from loadbearing import stress

    def look(share):
        if share > 0.3 and sys.argv[2] == "stop":
            sys.argv[2] = "stopped"
            signal.raise_signal(signal.SIGINT)

    def main(executor=None):
        stress.sweep(tiny(), logged, range(25), over={"door.handlers": [1, 2, 3, 4]}, keep=sys.argv[3],
                     executor=executor, engine="reference", progress=look, in_flight=6)

    if __name__ == "__main__":
        # Whoever started the tests in the background may have had interrupts ignored from there on.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if sys.argv[1] == "this process":
            main()
        elif sys.argv[1] == "processes":
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(2, mp_context=context) as executor:
                main(executor)
        else:
            with Shuffled() as executor:
                main(executor)
"""


@pytest.mark.parametrize("by", ["this process", "processes", "shuffled threads"])
def test_a_real_interrupt_loses_nothing_and_nothing_is_run_twice(tmp_path, by):
    script, log, keep = tmp_path / "script.py", tmp_path / "log.txt", tmp_path / "kept.jsonl"
    script.write_text(textwrap.dedent(SCRIPT))
    path = os.pathsep.join([str(TESTS), *filter(None, sys.path)])
    environment = {**os.environ, "PYTHONPATH": path, "LOADBEARING_TEST_LOG": str(log)}

    def run(how):
        command = [sys.executable, str(script), by, how, str(keep)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    stopped = run("stop")
    assert stopped.returncode != 0 and "KeyboardInterrupt" in stopped.stderr, stopped.stderr
    called, kept = log.read_text().splitlines(), keep.read_text().splitlines()[1:]
    assert 30 <= len(kept) < 100, "it must have stopped on the way"
    assert len(called) == len(kept), "what was measured is kept"
    again = run("go on")
    assert again.returncode == 0, again.stderr
    called = log.read_text().splitlines()
    assert len(called) == len({*called}) == 100, "every evening was run once, in all"
    os.environ["LOADBEARING_TEST_LOG"] = str(log)
    found = swept(tiny(), logged, range(25), over={"door.handlers": [1, 2, 3, 4]}, keep=keep)
    assert len(log.read_text().splitlines()) == 100
    assert (found["logged"] == swept(tiny(), mean_arrival, range(25))["mean_arrival"]).all()


def test_a_function_of_a_notebook_is_answered_by_a_sentence():
    """What new processes cannot import, because it was typed where they are not."""
    script = """
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor
        from many_evenings import tiny
        from loadbearing import stress
        def typed(run):
            return 1
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as executor:
            try:
                stress.sweep(tiny(), typed, [1], executor=executor, engine="reference")
            except stress.EveningFailed as failed:
                print(failed)
    """
    path = os.pathsep.join([str(TESTS), *filter(None, sys.path)])
    told = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "cannot be sent to another process" in told.stdout, told.stderr
    assert "typed" in told.stdout and "import them from there" in told.stdout


# --- how far it is -------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A screen that somebody sees."""

    def isatty(self):
        return True


def shown(stream, moments):
    """What is on the screen after the shares were shown at these moments, in seconds."""
    now = iter([0.0, *(at for at, _ in moments)])
    bar = Bar(True, stream, clock=lambda: next(now), stays=True)
    for _, share in moments:
        bar.show(share, f"{round(share * 80)} of 80 evenings")
    bar.close()
    return stream.getvalue()


def test_the_bar_is_one_line_that_appears_after_a_second():
    assert shown(Terminal(), [(0.5, 0.1), (0.9, 0.2)]) == ""
    said = shown(Terminal(), [(0.5, 0.1), (2.0, 0.25), (2.1, 0.3), (8.0, 1.0)])
    lines = said.split("\r")
    assert len(lines) == 3 and said.count("\n") == 1
    assert (
        lines[1].rstrip() == " 25 % |#####...............| 20 of 80 evenings, about 6 seconds to go"
    )
    assert lines[2].rstrip() == "100 % |####################| 80 of 80 evenings"
    assert len(lines[2].rstrip("\n")) == len(lines[1]), "nothing of the longer line is left"


def test_nobody_watching_is_told_nothing():
    assert shown(io.StringIO(), [(2.0, 0.5)]) == ""


def test_in_a_notebook_the_bar_is_seen(monkeypatch):
    monkeypatch.setattr("builtins.__IPYTHON__", True, raising=False)
    assert "50 %" in shown(io.StringIO(), [(2.0, 0.5)])


def test_a_function_is_told_the_share():
    told, kept = [], {}
    swept(tiny(), "came", range(4), over=HANDLERS, progress=told.append)
    assert told == sorted(told) and told[-1] == 1 and len(told) == 12
    told.clear()
    with Shuffled() as executor:
        swept(tiny(), "came", range(4), keep=kept, executor=executor, progress=told.append)
    assert told[-1] == 1
    told.clear()
    swept(tiny(), "came", range(4), keep=kept, progress=told.append)
    assert told == [1], "all was known: that is told too"


def test_a_measure_is_known_by_its_name():
    names = [
        *measures_of([share_in, "came", functools.partial(readings.service_level, within_s=5)])
    ]
    assert names == ["share_in", "came", "service_level"]
