"""The lock, pyproject.toml and environment.yml agree, and no machine is left without a wheel."""

import re
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name, parse_wheel_filename

from authoring.lock import MACHINES, PYTHONS, accepted_tags, marker_environment

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
AUTHORING = PROJECT["optional-dependencies"]["authoring"]
WHEELS = tomllib.loads((ROOT / "tests" / "wheels.toml").read_text(encoding="utf-8"))
LOCK_TEXT = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def read_lock() -> dict[str, tuple[Requirement, set[str]]]:
    """Each locked requirement and the hashes that pip accepts for it, by name."""
    locked = {}
    for entry in re.split(r"\n(?=\S)", LOCK_TEXT.strip()):
        first, *hashes = entry.replace("\\\n", "\n").splitlines()
        requirement = Requirement(first)
        values = {line.strip().removeprefix("--hash=sha256:") for line in hashes}
        assert canonicalize_name(requirement.name) not in locked, f"{first} is locked twice"
        locked[canonicalize_name(requirement.name)] = (requirement, values)
    return locked


LOCK = read_lock()


def locked_version(name: str) -> str:
    """The one version of a package that the lock names."""
    (pin,) = LOCK[canonicalize_name(name)][0].specifier
    assert pin.operator == "=="
    return pin.version


@cache
def wheels_by_package() -> dict[tuple[str, str], list[tuple[frozenset, str]]]:
    """Tags and hash of every listed wheel, by package and version."""
    found = {}
    for file, digest in WHEELS.items():
        name, version, _, tags = parse_wheel_filename(file)
        found.setdefault((name, str(version)), []).append((tags, digest))
    return found


def without_wheel(machine: str, python: tuple[int, int]) -> list[str]:
    """Locked packages that this machine needs and for which no locked wheel fits."""
    accepted, environment = accepted_tags(machine, python), marker_environment(machine, python)
    missing = []
    for name, (requirement, hashes) in LOCK.items():
        if requirement.marker and not requirement.marker.evaluate(environment):
            continue
        wheels = wheels_by_package().get((name, locked_version(name)), [])
        if not any(tags & accepted and digest in hashes for tags, digest in wheels):
            missing.append(name)
    return missing


@pytest.mark.parametrize("python", PYTHONS, ids=str)
@pytest.mark.parametrize("machine", MACHINES)
def test_every_locked_package_has_a_wheel_for_every_supported_machine(machine, python):
    assert without_wheel(machine, python) == []


def test_the_promised_machines_are_the_ones_tested():
    promised = {"Linux x86-64", "Linux arm64", "macOS arm64", "macOS x86-64", "Windows x86-64"}
    assert set(MACHINES) == promised
    low, high = PYTHONS[0], (PYTHONS[-1][0], PYTHONS[-1][1] + 1)
    asked = SpecifierSet(PROJECT["requires-python"])
    assert asked == SpecifierSet(f">={low[0]}.{low[1]},<{high[0]}.{high[1]}")


def test_only_intel_macs_go_without_the_compiler():
    for machine in MACHINES:
        marker = LOCK["numba"][0].marker
        assert marker.evaluate(marker_environment(machine, (3, 12))) == (machine != "macOS x86-64")


def test_a_package_without_a_fitting_wheel_would_be_noticed(monkeypatch):
    monkeypatch.setitem(LOCK, "numpy", (LOCK["numpy"][0], {"0" * 64}))
    assert without_wheel("Windows x86-64", (3, 13)) == ["numpy"]


def test_the_lock_names_hashes_and_no_address():
    assert all(hashes for _, hashes in LOCK.values())
    assert all(re.fullmatch("[0-9a-f]{64}", h) for _, hashes in LOCK.values() for h in hashes)
    assert "://" not in LOCK_TEXT and "--index" not in LOCK_TEXT and "--find" not in LOCK_TEXT


def test_what_is_installed_is_what_the_lock_names():
    for name, (requirement, _) in LOCK.items():
        if requirement.marker is None or requirement.marker.evaluate():
            assert metadata.version(name) == locked_version(name), name


def test_the_lock_holds_what_the_course_asks_for_and_nothing_else():
    asked, reached = [Requirement(line) for line in [*PROJECT["dependencies"], *AUTHORING]], set()
    for requirement in asked:
        assert requirement.specifier.contains(locked_version(requirement.name)), str(requirement)
    while asked:
        requirement = asked.pop()
        name = canonicalize_name(requirement.name)
        for extra in requirement.extras or {""}:
            if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
                continue
            if (name, extra) in reached:
                continue
            reached.add((name, extra))
            for line in metadata.requires(name) or []:
                needed = Requirement(line)
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    needed.marker = None
                    asked.append(needed)
    here = {n for n, (r, _) in LOCK.items() if r.marker is None or r.marker.evaluate()}
    assert {name for name, _ in reached} == here


def test_conda_and_binder_get_what_a_notebook_needs_in_the_locked_versions():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, nested = conda["dependencies"]
    assert python.removeprefix("python=") in [f"{major}.{minor}" for major, minor in PYTHONS]
    assert pip == "pip" and list(nested) == ["pip"]
    *lines, course = nested["pip"]
    assert course == "-e ."
    named = [Requirement(line) for line in lines]
    wanted = [Requirement(line) for line in PROJECT["dependencies"]]
    assert [(r.name, r.marker) for r in named] == [(r.name, r.marker) for r in wanted]
    assert [str(r.specifier) for r in named] == [f"=={locked_version(r.name)}" for r in named]
