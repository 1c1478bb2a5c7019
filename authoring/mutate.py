"""Put faults into a copy of the course, one at a time, and demand that a test notices each.

    python -m authoring.mutate                 all of authoring/mutations.toml
    python -m authoring.mutate --only NAME     those whose name contains NAME
    python -m authoring.mutate --jobs 2        two at a time

A mutation is killed if its tests fail and their output names the place (`says`). One that survives,
or whose text no longer stands exactly once in its file, makes the command fail.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 900
LAST_LINES = 15


class MutationError(ValueError):
    """An entry of mutations.toml that cannot be tried: its name and the remedy."""


@dataclass(frozen=True)
class Mutation:
    """One fault: where, what, and the tests that must fail and say so."""

    name: str
    file: str
    find: str
    replace: str
    tests: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Verdict:
    """What became of one mutation."""

    mutation: Mutation
    killed: bool
    seconds: float
    why: str


def read_mutations(root: Path = ROOT) -> list[Mutation]:
    """The entries of authoring/mutations.toml, each with all its fields and a name of its own."""
    with Path(root, "authoring", "mutations.toml").open("rb") as file:
        entries = tomllib.load(file).get("mutation", [])
    wanted = {field.name for field in fields(Mutation)}
    found = []
    for entry in entries:
        name = entry.get("name", "without a name")
        if entry.keys() != wanted:
            raise MutationError(f"mutation {name!r} needs exactly the fields {sorted(wanted)}.")
        if not entry["tests"] or not entry["says"]:
            raise MutationError(f"mutation {name!r} needs tests and the words that they must say.")
        if any(name == other.name for other in found):
            raise MutationError(f"mutation {name!r} stands twice; give each its own name.")
        found.append(Mutation(**{**entry, "tests": tuple(entry["tests"])}))
    return found


def mutated(root: Path, mutation: Mutation) -> str:
    """The text of the file with the fault in it; raises MutationError if it does not fit."""
    path = root / mutation.file
    if not path.is_file():
        raise MutationError(f"mutation {mutation.name!r}: there is no file {mutation.file}.")
    text = path.read_text(encoding="utf-8")
    count = text.count(mutation.find)
    if count != 1:
        raise MutationError(
            f"mutation {mutation.name!r}: its text stands {count} times in {mutation.file}; "
            "it must stand there once."
        )
    if mutation.find == mutation.replace:
        raise MutationError(f"mutation {mutation.name!r} changes nothing.")
    return text.replace(mutation.find, mutation.replace)


# --- trying --------------------------------------------------------------------------------------


def copy_of(root: Path, to: Path) -> Path:
    """A copy of everything that git knows or would add, as it is now, times of change included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, to / name)
    return to


def environment(tree: Path) -> dict[str, str]:
    """An environment in which `import loadbearing` means the copy, in pytest and in its kernels."""
    kept = {
        k: v for k, v in os.environ.items() if k not in ("LOADBEARING_COUNTS", "PYTEST_ADDOPTS")
    }
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join([str(tree / "src"), str(tree)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LOADBEARING_MUTATION": "1",
    }


def demand_own_package(tree: Path) -> None:
    """Refuse to go on if the copy's tests would import another folder's package."""
    asked = "import loadbearing; print(loadbearing.__file__)"
    answer = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tree,
        env=environment(tree),
        capture_output=True,
        text=True,
    ).stdout.strip()
    if not answer.startswith(str(tree)):
        raise MutationError(f"the copy in {tree} would test {answer or 'nothing'}, not itself.")


def run_tests(tree: Path, tests: Iterable[str]) -> tuple[int, str]:
    """The exit code and output of pytest over these tests in a copy, up to the first failure."""
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests],
            cwd=tree,
            env=environment(tree),
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return 1, f"no end after {SECONDS} s"
    return ran.returncode, ran.stdout + ran.stderr


def demand_sound(tree: Path, mutations: list[Mutation]) -> None:
    """Refuse to go on if a test fails without any fault: it would seem to kill everything."""
    every = dict.fromkeys(mutation.tests for mutation in mutations)
    options = {tests for tests in every if any(word.startswith("-") for word in tests)}
    plain = dict.fromkeys(word for tests in every if tests not in options for word in tests)
    for tests in filter(None, [tuple(plain), *sorted(options)]):
        code, output = run_tests(tree, tests)
        if code:
            last = "\n".join(output.splitlines()[-LAST_LINES:])
            raise MutationError(f"without any fault, {' '.join(tests)} does not pass:\n{last}")


def attempt(tree: Path, mutation: Mutation) -> Verdict:
    """Put the fault into the copy, run its tests there, take the fault out again."""
    path = tree / mutation.file
    before, stamp = path.read_bytes(), path.stat()
    began = time.monotonic()
    path.write_text(mutated(tree, mutation), encoding="utf-8", newline="\n")
    try:
        code, output = run_tests(tree, mutation.tests)
    finally:
        path.write_bytes(before)
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    killed, why = judged(code, output, mutation)
    return Verdict(mutation, killed, time.monotonic() - began, why)


def judged(code: int, output: str, mutation: Mutation) -> tuple[bool, str]:
    """Whether a run of pytest killed the mutation, and if not, why.

    Only a failing test counts: no tests found, or a copy that cannot be imported, is no kill.
    """
    last = "\n".join(output.splitlines()[-LAST_LINES:])
    if code == 0:
        return False, "every test passed"
    if code != 1:
        return False, f"pytest could not run its tests (exit code {code}):\n{last}"
    if mutation.says not in output:
        return False, f"a test failed but did not say {mutation.says!r}:\n{last}"
    return True, ""


def try_all(root: Path, mutations: list[Mutation], jobs: int) -> list[Verdict]:
    """Try each mutation in one of `jobs` copies; printed as they end."""
    for mutation in mutations:
        mutated(root, mutation)
    with tempfile.TemporaryDirectory() as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            tree = Path(folder, f"copy-{number}").resolve()
            demand_own_package(copy_of(root, tree))
            trees.put(tree)
        demand_sound(tree, mutations)

        def one(mutation: Mutation) -> Verdict:
            tree = trees.get()
            try:
                verdict = attempt(tree, mutation)
            finally:
                trees.put(tree)
            word = "killed  " if verdict.killed else "SURVIVED"
            print(f"{word} {verdict.seconds:6.1f} s  {mutation.name}", flush=True)
            if not verdict.killed:
                print(f"         {verdict.why}", flush=True)
            return verdict

        with ThreadPoolExecutor(jobs) as workers:
            return list(workers.map(one, mutations))


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 if every mutation chosen was killed."""
    parser = argparse.ArgumentParser(
        prog="python -m authoring.mutate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", default="", metavar="NAME", help="those whose name contains NAME")
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time")
    chosen = parser.parse_args(arguments)
    try:
        mutations = [one for one in read_mutations() if chosen.only in one.name]
        if not mutations:
            raise MutationError(f"no mutation's name contains {chosen.only!r}.")
        verdicts = try_all(ROOT, mutations, max(1, chosen.jobs))
    except MutationError as slip:
        print(slip, file=sys.stderr)
        return 1
    survived = [verdict.mutation.name for verdict in verdicts if not verdict.killed]
    print(f"{len(verdicts) - len(survived)} of {len(verdicts)} mutations killed.")
    for name in survived:
        print(f"survived: {name}")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
