"""The test suite, phase by phase, and the quick check before a commit.

Standard library only. Each phase of `test` is one run of pytest; the closing report adds up what
they ran, from pytest's own result files and from the counts that the tests themselves recorded.
"""

import json
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from authoring.set_up import ROOT, environment

RESULTS = ROOT / "test-output"
CELL_SECONDS = 180
# Named in the closing report even if no test counted any.
ALWAYS_COUNTED = ("twin scenarios", "browser steps")
NBVAL = [f"--nbval-cell-timeout={CELL_SECONDS}", "-p", "no:cacheprovider"]
PHASES = {
    "the package, the house and the browser": ["tests"],
    "notebooks and solutions, output compared": ["--nbval", *NBVAL, "notebooks", "solutions"],
    "exercises, run from top to bottom": ["--nbval-lax", *NBVAL, "exercises"],
}


def test(python: Path, options: tuple[str, ...]) -> int:
    """Run every phase, or only what pytest's own options select; 0 if all is well."""
    chosen = {"chosen tests": list(options)} if options else PHASES
    RESULTS.mkdir(exist_ok=True)
    failed, results = [], []
    for number, (title, words) in enumerate(chosen.items(), start=1):
        print(f"\n=== {number} of {len(chosen)}: {title}", flush=True)
        result = RESULTS / f"phase-{number}"
        ended_well = run_phase(python, words, result) == 0
        results.append(read_result(result))
        if not ended_well:
            failed.append(title)
            # A phase that could not even begin (a room is missing) counts as one failure.
            results[-1]["failed"] = results[-1].get("failed") or 1
    for line in report(results, failed):
        print(line)
    return 1 if failed else 0


def run_phase(python: Path, words: list[str], result: Path) -> int:
    """One run of pytest, its results kept beside the screenshots."""
    xml, counts = result.with_suffix(".xml"), result.with_suffix(".json")
    for old in (xml, counts):
        old.unlink(missing_ok=True)
    command = [python, "-m", "pytest", "-q", f"--junitxml={xml}", *words]
    # Solutions pass their checks: what that leaves behind is nobody's progress.
    with tempfile.TemporaryDirectory() as work:
        surroundings = {"LOADBEARING_COUNTS": str(counts), "LOADBEARING_MY_WORK": work}
        if any(word.startswith("--nbval") for word in words):
            surroundings["LOADBEARING_PROGRESS"] = "off"
        return subprocess.run(command, cwd=ROOT, env=environment() | surroundings).returncode


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
