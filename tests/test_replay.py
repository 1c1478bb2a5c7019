"""The moving crowd's data and stories, held against the run: every dot is where its life says, every word is true."""

import base64
import json
import math
import re
import zlib
from collections import Counter
from html import unescape

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadbearing import (
    Change,
    HandlersLost,
    Patience,
    Restart,
    WaitingRoom,
    Weather,
    cases,
    pictures,
    readings,
    replay,
    simulate,
)
from loadbearing.replay import Place, ReplayError, crowd_of, story
from loadbearing.replay import crowd as crowd_module
from loadbearing.replay.static import LOOK, SCRIPT
from loadbearing.run import Moment, Outcome, Reason
from loadbearing.units import clock, duration
from tests.by_hand import after, day, plan, play
from tests.dense_evenings import dense_evening
from tests.strategies import scenarios

EVERYBODY = 10**6
PAUSES = (Place.BETWEEN_ATTEMPTS, Place.ON_THE_WAY_BACK)
OUTSIDE = (*PAUSES, Place.WAITING_ROOM, Place.QUEUE, Place.DOOR)
WHERE = {
    "inside": (Place.INSIDE,),
    "outside": OUTSIDE,
    "queue": (Place.QUEUE,),
    "waiting_room": (Place.WAITING_ROOM,),
    "gave_up": (Place.GAVE_UP,),
    "left": (Place.LEFT,),
}


def lived(run, listener):
    """The recorded moments of one listener: (time, Moment), in order."""
    mine = run.lives[run.lives["listener"] == listener]
    return [(float(one["time"]), Moment(one["moment"])) for one in mine]


def place_of(life, at_s):
    """Where somebody is at a time, straight from what was recorded."""
    past = [moment for time, moment in life if time <= at_s]
    been_in = Moment.JOINED in past
    if not past:
        return Place.NOT_HERE_YET
    last = past[-1]
    if last == Moment.IN_LINE:
        return Place.WAITING_ROOM
    if last == Moment.WAITING:
        return Place.QUEUE
    if last == Moment.SERVED:
        return Place.DOOR
    if last == Moment.JOINED:
        return Place.INSIDE
    if last == Moment.LEFT or (last == Moment.GAVE_UP and been_in):
        return Place.LEFT
    if last == Moment.GAVE_UP:
        return Place.GAVE_UP
    return Place.ON_THE_WAY_BACK if been_in else Place.BETWEEN_ATTEMPTS


def everybody(scenario, seed=1):
    return simulate(scenario, seed, engine="reference", sample=EVERYBODY)


@pytest.fixture(scope="module")
def flood():
    """A small flood: refusals, time-outs, people who leave; two thousand of them followed."""
    scenario = cases.get("retry_flood").changed({"weather": Weather.calm()}).scaled(1 / 40)
    return simulate(scenario, 1, sample=2_000)


# --- where everybody is -----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios(), seed=st.integers(0, 50), at=st.lists(st.integers(-260, 1_000)))
def test_each_dot_is_where_the_listeners_life_says(scenario, seed, at):
    run = everybody(scenario, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crowd_module, "MOST_STAYS", 10**9)
        crowd = crowd_of(run)
    assert crowd.numbers.tolist() == sorted({int(one) for one in run.lives["listener"]})
    lives = {one: lived(run, one) for one in crowd.numbers.tolist()}
    moments = run.lives["time"]
    for quarter in at:
        time = quarter / 4
        if ((abs(moments - time) > 0) & (abs(moments - time) < 0.001)).any():
            continue  # the crowd knows times to a thousandth of a second
        expected = [place_of(life, time) for life in lives.values()]
        assert crowd.places(time).tolist() == expected, f"at {time}"


@pytest.mark.parametrize("number", range(24))
def test_the_counts_are_those_of_the_seconds_and_of_the_dots_when_all_are_followed(number):
    run = everybody(dense_evening(number))
    crowd = crowd_of(run)
    for second in range(run.evening.starts_s + 1, run.evening.ends_s):
        here = Counter(crowd.places(second - 0.0005).tolist())
        row = run.seconds[second - run.evening.starts_s - 1]
        assert crowd.count("inside", second) == row["inside"]
        assert crowd.count("busy", second + 0.9) == row["busy"]
        assert crowd.count("capacity", second) == row["capacity"]
        assert crowd.count("nobody_waits_for", second) == row["queue"] - row["living_queue"]
        for name, where in WHERE.items():
            counted = sum(here[place] for place in where)
            assert crowd.count(name, second) == counted, f"{name} at {second}"


def test_before_the_beginning_nobody_is_anywhere_and_after_the_end_nothing_changes(flood):
    crowd = crowd_of(flood)
    for name in crowd.counts:
        assert crowd.count(name, crowd.starts_s) == crowd.count(name, -99_999) == 0
        assert crowd.count(name, 99_999) == crowd.counts[name][-1]
    assert not crowd.places(crowd.starts_s - 1).any()
    assert (crowd.places(99_999) == crowd.places(crowd.ends_s)).all()


def test_a_scaled_room_counts_people_and_not_the_listeners_who_stand_for_them(flood):
    crowd = crowd_of(flood, each=2.5)
    for at in (0, 30, 2_520, 7_200):
        row = at - flood.evening.starts_s - 1
        for name, of_run in (
            ("inside", flood.seconds["inside"]),
            ("outside", readings.outside_over_time(flood)),
        ):
            assert crowd.count(name, at) == int(of_run[row] * 2.5 + 0.5)
    stand_for = 2.5 * len(flood.listeners) / len(crowd.numbers)
    assert f"about {stand_for:.0f} people" in crowd.caption


def test_too_many_are_thinned_evenly_and_all_are_shown_when_they_are_few(flood, monkeypatch):
    followed = sorted({int(one) for one in flood.lives["listener"]})
    assert len(crowd_of(flood, most=5_000).numbers) == len(followed)
    few = crowd_of(flood, most=100)
    ranks = [followed.index(one) for one in few.numbers.tolist()]
    steps = np.diff(ranks)
    assert len(ranks) == 100 and steps.min() >= len(followed) // 100
    assert steps.max() <= len(followed) // 100 + 1
    for dot in (0, 50, 99):
        life = lived(flood, int(few.numbers[dot]))
        assert few.places(3_000.25)[dot] == place_of(life, 3_000.25)
    monkeypatch.setattr(crowd_module, "MOST_STAYS", 2_000)
    small = crowd_of(flood)
    assert 20 < len(small.numbers) < len(followed) and len(small.place) < 3_000


def test_nobody_followed_leaves_the_counts_and_says_so():
    run = simulate(plan(listeners=3), 1, engine="reference", sample=0)
    crowd = crowd_of(run)
    assert len(crowd.numbers) == 0 and crowd.count("inside", 100) == 3
    assert "No listener" in crowd.caption and crowd.packed()
    with pytest.raises(ReplayError, match="nobody was followed; simulate with sample=2000"):
        story(run, 1)


def test_what_makes_no_sense_is_answered_by_a_sentence(flood):
    with pytest.raises(ValueError, match="each is 0: .* give a number above 0"):
        crowd_of(flood, each=0)
    with pytest.raises(ValueError, match="most is 0: .* 1 or more"):
        crowd_of(flood, most=0)


def test_most_at_once_is_the_longest_line_of_dots(flood):
    crowd = crowd_of(flood)
    times = np.unique(crowd.since_ms)[::7] / 1_000 + crowd.starts_s
    seen = max(int((crowd.places(time) == Place.QUEUE).sum()) for time in times)
    most = crowd.most_at_once(Place.QUEUE)
    assert 5 < seen <= most <= seen + 3
    by_hand = crowd_of(day("reference", listeners=9, handlers=2, service=10))
    assert by_hand.most_at_once(Place.QUEUE) == 7
    assert by_hand.most_at_once(Place.WAITING_ROOM) == 0


# --- what is sent -----------------------------------------------------------------------------------------


def unpacked(packed):
    """Read packed bytes a second way."""
    length = int.from_bytes(packed[:4], "little")
    header, at = json.loads(packed[4 : 4 + length]), 4 + -(-length // 4) * 4
    arrays = {}
    for name, kind, size in header["arrays"]:
        arrays[name] = np.frombuffer(packed, "<" + kind if kind[-1] != "1" else kind, size, at)
        at += -(-arrays[name].nbytes // 4) * 4
    assert at == len(packed)
    return header, arrays


@pytest.mark.parametrize("each", [1.0, 838.4])
def test_what_is_packed_comes_out_whole_and_is_small(flood, each):
    crowd = crowd_of(flood, each)
    packed = crowd.packed()
    header, arrays = unpacked(packed)
    assert len(crowd.numbers) >= 1_990 and len(packed) < 300_000
    for name in ("numbers", "first", "since_ms", "place"):
        assert (arrays[name] == getattr(crowd, name)).all()
    for name, values in crowd.counts.items():
        assert (np.cumsum(arrays[f"count.{name}"], dtype=np.int64) == values).all()
    assert header["places"]["GAVE_UP"] == Place.GAVE_UP
    assert header["most_at_once"]["QUEUE"] == crowd.most_at_once(Place.QUEUE)
    assert header["clock_at_zero_s"] == 20 * 3600


def test_the_sentence_says_how_many_are_where():
    run = day("reference", listeners=5, handlers=1, service=10, queue_limit=3, ends=100)
    crowd = crowd_of(run)
    # At 5 the first is served and three wait; the fifth, refused at once, comes back now and is refused again.
    assert crowd.sentence(5) == (
        "At 20:00:05, nobody is listening, 5 are outside, 3 of them in the queue, nobody has given up "
        "and nobody has left."
    )
    assert crowd.sentence(11.9) == (
        "At 20:00:11, one is listening, 4 are outside, 3 of them in the queue, nobody has given up "
        "and nobody has left."
    )  # fmt: skip
    room = WaitingRoom(admits_per_s=0.1, opens_s=0)
    line = crowd_of(day("reference", listeners=3, waiting_room=room, ends=60))
    assert "3 are outside, 2 of them in the waiting room, nobody in the queue" in line.sentence(5)


# --- stories ----------------------------------------------------------------------------------------------

ONE_BY_HAND = {
    "straight in, and stays": (
        dict(listeners=1, service=4, ends=3600), 0,
        "Simulated listener 0 came at 20:00. In at 20:00:04, 4 seconds after coming. "
        "Still listening when the evening ended at 21:00.",
    ),
    "waits, is refused, comes back": (
        dict(listeners=3, service=10, queue_limit=1, ends=100), 2,
        "Simulated listener 2 came at 20:00. Refused twice by a full queue, waited 10 seconds in the queue, "
        "in at 20:00:30, 30 seconds after coming. Still listening when the evening ended at 20:01:40.",
    ),
    "hears nothing": (
        dict(listeners=2, service=10, timeout_s=6, drops_dead=True, ends=9), 1,
        "Simulated listener 1 came at 20:00. Once left without an answer, waited 6 seconds in the queue, "
        "about to try again when the evening ended at 20:00:09.",
    ),
    "runs out of attempts": (
        dict(listeners=2, service=10, queue_limit=0, retries=after(3, most=2)), 1,
        "Simulated listener 1 came at 20:00. Refused twice by a full queue, gave up at 20:00:03, with no attempt left.",
    ),
    "runs out of patience": (
        dict(listeners=2, service=10, patience=Patience(kind="fixed", mean_s=7)), 1,
        "Simulated listener 1 came at 20:00. Waited 7 seconds in the queue, gave up at 20:00:07, out of patience.",
    ),
    "in the queue at the end": (
        dict(listeners=2, service=10, ends=8), 1,
        "Simulated listener 1 came at 20:00. Waited 8 seconds in the queue, still in the queue when the evening ended "
        "at 20:00:08.",
    ),
    "with a handler at the end": (
        dict(listeners=1, service=10, ends=8), 0,
        "Simulated listener 0 came at 20:00. With a handler when the evening ended at 20:00:08.",
    ),
    "stands in the waiting room": (
        dict(listeners=2, handlers=2, service=2, waiting_room=WaitingRoom(admits_per_s=0.05, opens_s=0), ends=60), 1,
        "Simulated listener 1 came at 20:00. Waited 20 seconds in the waiting room, in at 20:00:22, "
        "22 seconds after coming. Still listening when the evening ended at 20:01.",
    ),
    "too late": (
        dict(come=(0, 75), service=4, ends=60), 1,
        "Simulated listener 1 would have come at 20:01:15, after the evening had ended at 20:01.",
    ),
    "no seat": (
        dict(listeners=2, handlers=2, service=4, seats=1, ends=7), 1,
        "Simulated listener 1 came at 20:00. Refused once for want of a seat, about to try again when the evening "
        "ended at 20:00:07.",
    ),
    "disconnected and back": (
        dict(listeners=1, service=4, faults=[Restart(at_s=30, lasts_s=8)], ends=90), 0,
        "Simulated listener 0 came at 20:00. In at 20:00:04, 4 seconds after coming. "
        "Disconnected at 20:00:30 after listening for 26 seconds. Refused once at a shut door, in again at 20:00:44, "
        "14 seconds after the disconnection. Still listening when the evening ended at 20:01:30.",
    ),
    "disconnected again and again": (
        dict(listeners=1, service=4, faults=[Restart(at_s=at, lasts_s=0) for at in (30, 60, 90)], ends=97), 0,
        "Simulated listener 0 came at 20:00. In at 20:00:04, 4 seconds after coming. "
        "Disconnected 3 times, first at 20:00:30, in again twice, last at 20:01:09. "
        "After the last time, at 20:01:30: with a handler when the evening ended at 20:01:37.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ONE_BY_HAND)
def test_a_story_by_hand(kind):
    rules, listener, expected = ONE_BY_HAND[kind]
    assert story(day("reference", **rules), listener) == expected


def test_somebody_who_leaves_says_when():
    run = day("reference", listeners=1, service=4, stays_mean_s=20, ends=900)
    joined, left = run.listeners["joined"][0], run.listeners["left"][0]
    assert joined == 4 and left < 900
    assert story(run, 0).endswith(
        f"Left at {clock(left)} after listening for {duration(left - 4)}."
    )


def recounted(run, listener):
    """Every phrase that a story may hold, counted a second time from the recorded moments, in order."""
    life, ends = lived(run, listener), run.evening.ends_s
    nexts = [time for time, _ in life[1:]] + [ends]
    starts = [
        at for at, (_, what) in enumerate(life) if what in (Moment.ARRIVED, Moment.DISCONNECTED)
    ]
    phrases = [f"simulated listener {listener:,} came at {clock(life[0][0])}"]
    parts = [range(a, b) for a, b in zip(starts, [*starts[1:], len(life)], strict=True)]
    told = range(len(parts)) if len(parts) <= 3 else (0, len(parts) - 1)
    for which in told:
        rows, again = parts[which], which > 0
        since = life[rows[0]][0]
        before = [time for time, what in life[: rows[0]] if what == Moment.JOINED]
        if again and len(parts) <= 3:
            phrases.append(
                f"disconnected at {clock(since)} after listening for {duration(since - before[-1])}"
            )
        elif again:
            back = before[1:] + [life[at][0] for at in rows if life[at][1] == Moment.JOINED]
            phrases.append(f"disconnected {len(parts) - 1} times")
            phrases.append(f"first at {clock(life[starts[1]][0])}")
            phrases.append(f"in again {times(len(back))}, last at {clock(back[-1])}")
            if life[rows[-1]][1] in (Moment.JOINED, Moment.LEFT):
                rows = [at for at in rows if life[at][1] == Moment.LEFT]
            else:
                phrases.append(f"after the last time, at {clock(since)}:")
        phrases += of_an_effort(run, listener, life, nexts, rows, again, since)
    return phrases


def of_an_effort(run, listener, life, nexts, rows, again, since):
    ends, phrases = run.evening.ends_s, []
    kinds = Counter(life[at][1] for at in rows)
    why = {
        "full": "by a full queue",
        "budget": "by the retry budget",
        "shut": "at a shut door",
        "restart": "by a restart",
        "no_seat": "for want of a seat",
    }
    refused = [
        f"{times(kinds[Moment['REFUSED_' + kind.upper()]])} {words}"
        for kind, words in why.items()
        if kinds[Moment["REFUSED_" + kind.upper()]]
    ]
    if refused:
        phrases += ["refused", *refused]
    if kinds[Moment.TIMED_OUT]:
        phrases.append(f"{times(kinds[Moment.TIMED_OUT])} left without an answer")
    for kind, words in ((Moment.IN_LINE, "in the waiting room"), (Moment.WAITING, "in the queue")):
        waits = [nexts[at] - life[at][0] for at in rows if life[at][1] == kind]
        if waits:
            phrases.append(
                f"waited {duration(math.fsum(waits))} {words}" + " in all" * (len(waits) > 1)
            )
    joined = [life[at][0] for at in range(len(life)) if at in rows and life[at][1] == Moment.JOINED]
    if joined:
        came = "the disconnection" if again else "coming"
        phrases.append(
            f"in {'again ' * again}at {clock(joined[0])}, {duration(joined[0] - since)} after {came}"
        )
    if not len(rows):
        return phrases + last_of(run, listener, life, ends) * (life[-1][1] == Moment.JOINED)
    return phrases + last_of(run, listener, life, ends) * (rows[-1] == len(life) - 1)


def last_of(run, listener, life, ends):
    """How the evening ended, from the table of listeners and the last moment."""
    row, (time, what) = run.listeners[listener], life[-1]
    if row["outcome"] == Outcome.IN:
        return [f"still listening when the evening ended at {clock(ends)}"]
    if what == Moment.LEFT:
        stayed = duration(row["left"] - row["last_joined"])
        return [f"left at {clock(time)} after listening for {stayed}"]
    if what == Moment.GAVE_UP:
        why = "with no attempt left" if row["reason"] == Reason.ATTEMPTS else "out of patience"
        return [f"gave up at {clock(row['left'])}, {why}"]
    still = {
        Moment.IN_LINE: "still in the waiting room",
        Moment.WAITING: "still in the queue",
        Moment.SERVED: "with a handler",
    }
    return [f"{still.get(what, 'about to try again')} when the evening ended at {clock(ends)}"]


def times(number):
    return ["", "once", "twice"][number] if number < 3 else f"{number:,} times"


def nothing_untold(text, phrases):
    """Whether a text is made of these phrases in this order and of nothing else but commas, stops and "and"."""
    at, text = 0, text.lower()
    for phrase in phrases:
        gap, found, rest = text[at:].partition(phrase)
        assert found, f"{phrase!r} is not in what follows {text[:at]!r}: {text[at:]!r}"
        assert re.fullmatch(r"[ ,.]*(and )?", gap), f"{gap!r} is told of nothing: {text!r}"
        at = len(text) - len(rest)
    assert text[at:] == ".", f"{text[at:]!r} is told of nothing: {text!r}"


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=scenarios(), seed=st.integers(0, 50))
def test_every_word_of_every_story_is_true(scenario, seed):
    run = everybody(scenario, seed)
    for listener in range(len(run.listeners)):
        if run.listeners["outcome"][listener] == Outcome.AFTER_THE_END:
            assert "would have come" in story(run, listener)
        else:
            nothing_untold(story(run, listener), recounted(run, listener))


def test_stories_of_dense_evenings_are_true_and_of_every_kind(record_count):
    met = Counter()
    for number in range(120):
        run = everybody(dense_evening(number))
        for listener in sorted({int(one) for one in run.lives["listener"]}):
            told = story(run, listener)
            nothing_untold(told, recounted(run, listener))
            met.update(words for words in KINDS if words in told)
    assert set(met) == set(KINDS), sorted(set(KINDS) - set(met))
    record_count("stories recounted", sum(met.values()))


KINDS = (
    "by a full queue", "by the retry budget", "at a shut door", "by a restart", "for want of a seat",
    "left without an answer", "in the waiting room", "in the queue in all", "in again at", "Disconnected at",
    " times, first at ", "After the last time", "gave up", "out of patience", "no attempt left", "Left at",
    "Still listening", "About to try again", "till in the waiting room", "till in the queue", "with a handler",
)  # fmt: skip


def test_a_listener_who_was_not_followed_is_answered_with_the_nearest_who_was(flood):
    followed = [int(one) for one in np.unique(flood.lives["listener"])]
    with pytest.raises(ReplayError, match=f"the nearest who was is {followed[3]}"):
        story(flood, followed[3] + 1)
    for senseless in (-1, len(flood.listeners), 2.5, "7", True):
        with pytest.raises(ReplayError, match="give a whole number from 0 to"):
            story(flood, senseless)


# --- the widget and the page ------------------------------------------------------------------------------


def test_the_widget_opens_frozen_half_a_minute_in_and_says_what_it_shows(flood):
    widget = replay.MovingCrowd(flood)
    assert (widget.at_s, widget.playing, widget.picked) == (30.0, False, -1)
    assert widget.sentence == crowd_of(flood).sentence(30) and "20:00:30" in widget.sentence
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data["text/plain"] == widget.sentence == repr(widget)
    assert "application/vnd.jupyter.widget-view+json" in data
    assert replay.MovingCrowd(flood, frozen_at_s=10**6).at_s == flood.evening.ends_s
    assert replay.MovingCrowd(flood, frozen_at_s=-(10**6), intro_s=-3).intro_s == 0


def test_a_picked_listener_is_told_and_another_run_keeps_the_clock_and_tells_anew(flood):
    widget = replay.MovingCrowd(flood, frozen_at_s=600)
    number = int(crowd_of(flood).numbers[700])
    widget.picked = number
    assert widget.told == {"listener": number, "story": story(flood, number)}
    widget.at_s, before = 905.5, widget.crowd
    other = simulate(flood.scenario.changed({"door.handlers": 20}), 1, sample=2_000)
    widget.show(other, each=40)
    assert widget.at_s == 905.5 and widget.crowd != before
    assert widget.told == {"listener": number, "story": story(other, number)}
    assert widget.sentence == crowd_of(other, 40).sentence(905.5)
    widget.picked = number + 1
    assert "was not followed" in widget.told["story"]
    widget.picked = -1
    assert widget.told == {}
    widget.at_s = 5_000.0
    widget.show(play(plan(listeners=2, ends=100), "reference"))
    assert widget.at_s == 100


def test_the_page_needs_nothing_else_and_holds_every_story(flood):
    html = replay.page(flood, title="Who <came>", intro_s=10)
    assert not re.search(r"""(src|href|url|import|from)\s*[=(]?\s*["']?(https?:)?//""", html)
    assert "<title>Who &lt;came&gt;</title>" in html
    held = {
        name: zlib.decompress(base64.b64decode(re.search(f'data-{name}="([^"]*)"', html)[1]))
        for name in ("crowd", "stories")
    }
    crowd = crowd_of(flood)
    assert held["crowd"] == crowd.packed()
    stories = json.loads(held["stories"])
    assert len(stories) == len(crowd.numbers)
    assert stories[17] == story(flood, int(crowd.numbers[17]))
    assert crowd.sentence(30) in html, "without JavaScript the sentence is there"
    assert len(html) < 400_000 and replay.page(flood, title="Who <came>", intro_s=10) == html


@pytest.mark.parametrize(("asked", "at_s"), [(30.0, 30.0), (10**6, 7_200), (-(10**6), -1_200)])
def test_the_page_is_frozen_at_the_time_asked_for_within_the_evening(flood, asked, at_s):
    assert (flood.evening.starts_s, flood.evening.ends_s) == (-1_200, 7_200)
    html = replay.page(flood, frozen_at_s=asked)
    held = json.loads(unescape(re.search('data-settings="([^"]*)"', html)[1]))
    assert held["at_s"] == held["frozen_at_s"] == at_s
    assert crowd_of(flood).sentence(at_s) in html


def test_no_dot_wears_the_colour_of_a_reading_and_all_come_from_the_palette():
    palette = {pictures.PAPER, pictures.INK, pictures.GREY, pictures.PALE, pictures.MIST}
    palette |= {colour for colour, _ in pictures.OTHERS} | {"#f6f3ea"}
    script = SCRIPT.read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9a-f]{6}", script.lower())) <= {one.lower() for one in palette}
    for text in (script.lower(), LOOK.read_text(encoding="utf-8").lower()):
        assert pictures.FAILURE_READING not in text and pictures.STRESS_TEST_READING not in text


def test_shut_doors_and_lost_handlers_show_in_the_counts():
    lost = HandlersLost(at_s=10, lasts_s=30, handlers=3)
    run = day("reference", listeners=2, handlers=4, service=2, faults=[lost], ends=60,
              changes=[Change(at_s=50, what="handlers", to=6)])  # fmt: skip
    crowd = crowd_of(run)
    assert [crowd.count("capacity", at) for at in (5, 20, 45, 55)] == [4, 1, 4, 6]
    assert [crowd.count("busy", at) for at in (1, 5)] == [2, 0]
