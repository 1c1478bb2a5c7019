"""Each verdict that a solution states is the one that the runs give: deciding quantity, threshold, direction.

The words are read where they stand, whether a tag holds them or not. Runs are calm evenings in a room of one twentieth;
their deciding quantities are counted a second time, from the table of listeners.
"""

import functools
import re

import numpy as np
import pytest
from house import ROOT

from authoring.numbers import TAG
from loadbearing import Weather, cases, record, simulate
from loadbearing.claims import claim, deciding_quantity
from loadbearing.units import share
from tests.moments.the_evening import mechanisms_left

PAGES = [
    *sorted((ROOT / "lessons").glob("*.md")),
    *sorted((ROOT / "authoring").glob("labs/*.py")),
    *sorted((ROOT / "authoring").glob("practice/*.py")),
]
FIRST = "01_the_evening.py"
VERDICT = re.compile(r"\b(holds|fails|keeps it|does not|not always)\b", re.IGNORECASE)
ITALIC = re.compile(r"(?<!\*)\*(holds|fails)( when)?\*(?!\*)", re.IGNORECASE)
SAID = {"holds": True, "fails": False, "keeps it": True, "does not": False, "not always": True}
IN_WORDS = {1: "one", 4: "four"}
HOLDS = {
    "F1": ("Below {} it holds, above it fails.", lambda value, threshold: value < threshold),
    "S10": ("keeps its promise from {} on.", lambda value, threshold: value >= threshold),
    "S11": (
        "With more than {} left, an outsider does not know why.",
        lambda value, threshold: value <= threshold,
    ),
}
"""Which way a claim goes, with the words of `decides` that say so."""


def prose(path, heading=""):
    """The text of a page from a heading on, as a reader sees it, in one line."""
    text = re.sub(r"^# ?", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    at = text.index(heading)
    return " ".join(TAG.sub(lambda tag: tag["shown"], text[at:]).split())


@functools.cache
def verdicts():
    """The end of the first solution, where the three claims are judged."""
    return prose(ROOT / "authoring" / "practice" / FIRST, "The three claims")


def stated(pattern):
    """The verdict that stands where this pattern has its group: true if the claim is said to hold."""
    found = re.findall(pattern, verdicts())
    assert len(found) == 1, f"{pattern!r} stands {len(found)} times among the verdicts of {FIRST}"
    return SAID[found[0].lower()]


@functools.cache
def evening(name, handlers=1.0, queue=1.0):
    """A calm evening in a room of one twentieth, with so many times its handlers and its queue."""
    door = cases.get(name).door
    changes = {"weather": Weather.calm(), "door.handlers": round(door.handlers * handlers)}
    if queue != 1:
        changes["door.queue_limit"] = round(door.queue_limit * queue)
    return simulate(cases.get(name).changed(changes).scaled(0.05), 1, sample=0)


def counted(key, run):
    """The deciding quantity of a claim, counted from the table of listeners."""
    came = run.listeners[run.listeners["arrived"] <= run.evening.ends_s]
    if key == "F1":
        return np.count_nonzero(came["joined"] - came["arrived"] <= 300) / len(came)
    return np.count_nonzero(came["joined_attempt"] == 1) / len(came)


def holds(key, value):
    """Whether a claim holds with this value, and that `claims.toml` says this way round."""
    threshold = claim(key).threshold
    words, rule = HOLDS[key]
    said = "one" if key == "S11" else share(threshold)
    assert words.format(said) in claim(key).decides, f"{key} is decided the other way by now"
    return rule(value, threshold)


def brings_more_than_it_lets_in(run):
    """Whether the busiest minute brought more people than the door could let in within a minute."""
    minutes = (run.listeners["arrived"] - run.evening.starts_s) // 60
    door = run.evening.door
    return np.bincount(minutes.astype(int)).max() > door.handlers * 60 / door.service.mean_s


FEWER = ("slow_door", "retry_flood", "capacity_lost")
STATED = [
    *(("F1", r"\*(\w+) when\* the door lets in fewer than come", (name,)) for name in FEWER),
    (
        "F1",
        r"\*(\w+) when\* it has half as many handlers again, and a short queue",
        ("retry_flood", 1.5, 0.25),
    ),
    ("S10", r"the late crowd's door (keeps it|does not)", ("late_crowd",)),
    ("S10", r"the slow door (keeps it|does not)", ("slow_door",)),
]
SHORT = r"A short queue alone is (not always) enough"
HOLDING = r"For \*holding\* them it (holds|fails): by the later counts"
PUBLISHED, HERE = r"\*(\w+) when\* a post-mortem is published", r"\*(\w+)\* here: "


@pytest.mark.parametrize(("key", "pattern", "settings"), STATED)
def test_a_verdict_is_the_one_of_its_evening(key, pattern, settings):
    run = evening(*settings)
    value = counted(key, run)
    assert deciding_quantity(key, run) == pytest.approx(value, abs=1e-9)
    assert stated(pattern) == holds(key, value), f"{key}, {settings}: {value:.3f}"


def test_the_door_lets_in_fewer_than_come_on_three_evenings_of_four():
    four = (*FEWER, "late_crowd")
    assert tuple(name for name in four if brings_more_than_it_lets_in(evening(name))) == FEWER


def test_a_short_queue_alone_is_not_always_enough():
    """F1 still holds in the flood with a quarter of its queue, though far more are in within five minutes."""
    assert stated(SHORT) == holds("F1", counted("F1", evening("retry_flood", 1, 0.25)))


def test_holding_a_million_fails_as_a_claim_by_the_published_count():
    published = [point.fact.value for point in record.listener_points()]
    assert "the room held more than a million" in verdicts()
    assert stated(HOLDING) == (max(published) <= 1_000_000)


@pytest.mark.parametrize(
    ("inside", "pattern", "told"),
    [(True, PUBLISHED, "would leave {} mechanism of four"), (False, HERE, "here: {} remain.")],
)
def test_the_reference_for_the_trade_is_judged_by_the_mechanisms_left(inside, pattern, told):
    left = set(mechanisms_left(inside).values())
    assert len(left) == 1
    assert stated(pattern) == holds("S11", *left)
    assert told.format(IN_WORDS[left.pop()]) in verdicts()


def judged_apart(page):
    """Whether a test of the unit itself holds what its practice states to its runs."""
    named = (f"test_{kind}_{page.name[:2]}.py" for kind in ("verdicts", "checks"))
    own = [ROOT / "tests" / name for name in named]
    return page.parent.name == "practice" and any(
        one.is_file() and "verdict" in one.read_text(encoding="utf-8") for one in own
    )


def test_no_verdict_is_stated_that_no_run_is_asked_about():
    """Every word of a verdict at the end of the solution is in one of the patterns above, and none stands elsewhere."""
    asked = {pattern for _, pattern, _ in STATED} | {SHORT, HOLDING, PUBLISHED, HERE}
    assert len(VERDICT.findall(verdicts())) == len(asked)
    for page in PAGES:
        if judged_apart(page):
            continue
        judged = verdicts() if page.name == FIRST and page.parent.name == "practice" else ""
        assert len(ITALIC.findall(prose(page))) == len(ITALIC.findall(judged)), page
