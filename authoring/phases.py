"""The test suite, phase by phase, and the quick check before a commit.

Standard library only. Each phase of `test` is one run of pytest; two of them run side by side. The
closing report adds up what they ran, from pytest's own result files and from the counts that the
tests themselves recorded.
"""

import json
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from authoring.set_up import ROOT, environment
from authoring.side_by_side import Job, most_at_once, run_all

RESULTS, TESTS = ROOT / "test-output", ROOT / "tests"
CELL_SECONDS = 180
# Named in the closing report even if no test counted any.
ALWAYS_COUNTED = ("twin scenarios", "browser steps")
NBVAL = [f"--nbval-cell-timeout={CELL_SECONDS}", "-p", "no:cacheprovider"]
TEST_FILES = ("test_*.py", "*_test.py")
CLOCKS = re.compile(r"mark\.browser|\bchromium\b|\bplaywright\b|\bsocket\b|\buvicorn\b|\blocust\b")
"""What a test file says that drives a browser or serves on a port: it waits, and looks at the clock."""
SWEEPS = re.compile(r"^import sweep\b", re.MULTILINE)
COURSE = re.compile(r"\b(authoring|loadbearing\.(labs|checks|front_page|pictures|replay))\b")
"""What a test file says that is about pages, labs or checks; all others are about engines and theory."""


@dataclass(frozen=True)
class Phase:
    """One run of pytest: its title, pytest's words, and whether it lets what looks at the clock go first."""

    title: str
    words: list[str]
    gives_way: bool = True
    tells: str = "--no-header"


def phases(tests: Path = TESTS) -> list[Phase]:
    """Every phase in the order in which they begin: long ones first, so that what runs side by side ends together."""
    clocks, course, engines, sweeps = shares(tests)
    strict, lax = (
        ["--nbval", *NBVAL, "notebooks", "solutions"],
        ["--nbval-lax", *NBVAL, "exercises"],
    )
    every = [
        Phase("browsers, servers and clocks", clocks, gives_way=False),
        Phase("pages, labs and checks", course),
        Phase("engines, rules and theory", engines),
        Phase("every control of every lab", sweeps),
        Phase("notebooks and solutions, output compared", strict),
        Phase("exercises, run from top to bottom", lax),
    ]
    # Without a file named, pytest would run all of them.
    return [phase for phase in every if phase.words]


def shares(tests: Path) -> tuple[list[str], list[str], list[str], list[str]]:
    """Every test file in one of four shares: what looks at the clock, what is about the course, engines, sweeps.

    Tests that measure how late something is (`test_live_...`) and browsers stand in one share, one after the other:
    side by side they would disturb each other.
    """
    clocks, course, engines, sweeps = [], [], [], []
    for path in sorted({path for kind in TEST_FILES for path in tests.rglob(kind)}):
        text = path.read_text(encoding="utf-8")
        if path.name.startswith("test_live_") or CLOCKS.search(text):
            share = clocks
        elif SWEEPS.search(text):
            share = sweeps
        else:
            share = course if COURSE.search(text) else engines
        share.append(str(path))
    return clocks, course, engines, sweeps


def test(python: Path, options: tuple[str, ...]) -> int:
    """Run every phase, or only what pytest's own options select; 0 if all is well."""
    chosen = [Phase("chosen tests", list(options), tells="-q")] if options else phases()
    RESULTS.mkdir(exist_ok=True)
    results = [RESULTS / f"phase-{number}" for number in range(1, len(chosen) + 1)]
    # Solutions pass their checks: what that leaves behind is nobody's progress.
    with tempfile.TemporaryDirectory() as work:
        jobs = [job(python, *pair, Path(work)) for pair in zip(chosen, results, strict=True)]
        if options:
            print(f"\n=== {chosen[0].title}", flush=True)
            here = environment() | jobs[0].surroundings
            codes = [subprocess.run(jobs[0].command, cwd=ROOT, env=here).returncode]
        else:
            codes = run_all(jobs, most_at_once())
    counted, failed = [read_result(result) for result in results], []
    for phase, count, code in zip(chosen, counted, codes, strict=True):
        if code:
            failed.append(phase.title)
            # A phase that could not even begin (a room is missing) counts as one failure.
            count["failed"] = count.get("failed") or 1
    for line in [*left_out(results), *report(counted, failed)]:
        print(line)
    return 1 if failed else 0


def job(python: Path, phase: Phase, result: Path, work: Path) -> Job:
    """The run of pytest that is one phase, its results and its log kept beside the screenshots."""
    xml, counts, log = (result.with_suffix(kind) for kind in (".xml", ".json", ".log"))
    for old in (xml, counts, log):
        old.unlink(missing_ok=True)
    mine = work / result.name
    mine.mkdir()
    surroundings = {"LOADBEARING_COUNTS": str(counts), "LOADBEARING_MY_WORK": str(mine)}
    if any(word.startswith("--nbval") for word in phase.words):
        surroundings["LOADBEARING_PROGRESS"] = "off"
    command = [python, "-m", "pytest", phase.tells, f"--junitxml={xml}", *phase.words]
    return Job(phase.title, command, surroundings, log, phase.gives_way)


def read_result(result: Path) -> dict[str, int]:
    """How many tests of one phase passed, failed and were skipped, and what they counted."""
    xml, counts = result.with_suffix(".xml"), result.with_suffix(".json")
    total = json.loads(counts.read_text(encoding="utf-8")) if counts.exists() else {}
    if not xml.exists():
        return total
    root = ElementTree.parse(xml).getroot()
    suites = list(root.iter("testsuite"))
    number = {
        key: sum(int(suite.get(key, 0)) for suite in suites)
        for key in ("tests", "failures", "errors", "skipped")
    }
    total["failed"] = number["failures"] + number["errors"]
    total["skipped"] = number["skipped"]
    total["passed"] = number["tests"] - total["failed"] - total["skipped"]
    homes = [case.get("classname", "") for case in root.iter("testcase")]
    cells = [home for home in homes if home.endswith(".ipynb")]
    total["cells"], total["notebooks"] = len(cells), len(set(cells))
    return total


def left_out(results: list[Path]) -> list[str]:
    """A line for each reason why tests were skipped, with how many: a computer too slow, a program that is missing."""
    why: Counter[str] = Counter()
    for xml in (result.with_suffix(".xml") for result in results):
        if xml.exists():
            skipped = ElementTree.parse(xml).getroot().iter("skipped")
            why.update(" ".join(one.get("message", "").split()) for one in skipped)
    return [f"=== skipped, {number}: {reason}" for reason, number in sorted(why.items())]


def report(results: list[dict[str, int]], failed: list[str]) -> list[str]:
    """The closing lines: what was run, and last of all the sums."""
    total: dict[str, int] = dict.fromkeys(("notebooks", "cells", *ALWAYS_COUNTED), 0)
    total |= dict.fromkeys(("passed", "failed", "skipped"), 0)
    for result in results:
        for name, number in result.items():
            total[name] = total.get(name, 0) + number
    outcome = [f"{total.pop(name)} {name}" for name in ("passed", "failed", "skipped")]
    lines = ["", "=== ran " + ", ".join(f"{number} {name}" for name, number in total.items())]
    lines += [f"=== not well: {title}" for title in failed]
    return [*lines, ", ".join(outcome)]


def check(python: Path) -> int:
    """Style, built = source, and the tests that are neither slow nor need a browser."""
    steps = {
        "style": ["ruff", "check", "."],
        "format": ["ruff", "format", "--check", "."],
        "built = source": ["authoring.build", "--check"],
        "fast tests": ["pytest", "-q", "-m", "not slow and not browser", "tests"],
    }
    failed = []
    for title, words in steps.items():
        print(f"\n=== {title}", flush=True)
        if subprocess.run([python, "-m", *words], cwd=ROOT, env=environment()).returncode:
            failed.append(title)
    print("\nNot well: " + ", ".join(failed) if failed else "\nAll well.")
    return 1 if failed else 0
