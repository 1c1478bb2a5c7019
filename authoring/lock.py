"""Write requirements.lock and tests/wheels.toml anew (needs a network and `uv`).

Run `python -m authoring.lock` after changing a dependency. The lock names exact versions and the
hashes of their wheels, never an address; tests/wheels.toml lists which wheel file serves which
machine, so that a test can show without a network that nobody is left without one.
"""

import subprocess
import tempfile
import tomllib
from pathlib import Path

from packaging import tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ((3, 11), (3, 12), (3, 13))
# The oldest systems promised: a Linux of 2018 (glibc 2.28) and macOS 12.
GLIBC = range(28, 4, -1)
OLD_LINUX_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
MACOS = (12, 0)


def linux_platforms(machine: str) -> list[str]:
    """Wheel platform names that a glibc Linux on this machine accepts, newest first."""
    names = []
    for minor in GLIBC:
        names.append(f"manylinux_2_{minor}_{machine}")
        if minor in OLD_LINUX_NAMES:
            names.append(f"{OLD_LINUX_NAMES[minor]}_{machine}")
    return [*names, f"linux_{machine}"]


# Each supported machine: the wheel platforms it accepts and how a marker sees it.
MACHINES = {
    "Linux x86-64": (
        linux_platforms("x86_64"),
        {"sys_platform": "linux", "os_name": "posix", "platform_machine": "x86_64"},
    ),
    "Linux arm64": (
        linux_platforms("aarch64"),
        {"sys_platform": "linux", "os_name": "posix", "platform_machine": "aarch64"},
    ),
    "macOS arm64": (
        list(tags.mac_platforms(MACOS, "arm64")),
        {"sys_platform": "darwin", "os_name": "posix", "platform_machine": "arm64"},
    ),
    "macOS x86-64": (
        list(tags.mac_platforms(MACOS, "x86_64")),
        {"sys_platform": "darwin", "os_name": "posix", "platform_machine": "x86_64"},
    ),
    "Windows x86-64": (
        ["win_amd64"],
        {"sys_platform": "win32", "os_name": "nt", "platform_machine": "AMD64"},
    ),
}
SYSTEM_NAMES = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}


def accepted_tags(machine: str, python: tuple[int, int]) -> set[tags.Tag]:
    """The wheel tags that this machine with this CPython accepts."""
    platforms, _ = MACHINES[machine]
    interpreter = f"cp{python[0]}{python[1]}"
    return {
        *tags.cpython_tags(python_version=python, platforms=platforms),
        *tags.compatible_tags(python_version=python, interpreter=interpreter, platforms=platforms),
    }


def marker_environment(machine: str, python: tuple[int, int]) -> dict[str, str]:
    """What a requirement's marker sees on this machine with this CPython."""
    version = f"{python[0]}.{python[1]}"
    _, seen = MACHINES[machine]
    return seen | {
        "python_version": version,
        "python_full_version": f"{version}.9",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_system": SYSTEM_NAMES[seen["sys_platform"]],
    }


def resolve() -> list[dict]:
    """The packages that `uv` picks for every supported machine at once, with their wheels."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "pylock.toml"
        command = "uv pip compile pyproject.toml --all-extras --universal --python-version 3.11"
        command += " --fork-strategy fewest --only-binary :all: --no-emit-index-url --no-header"
        subprocess.run(
            [*command.split(), "--quiet", "--format", "pylock.toml", "--output-file", target],
            cwd=ROOT,
            check=True,
        )
        return tomllib.loads(target.read_text())["packages"]


def wheels_of(package: dict) -> dict[str, str]:
    """The file name and sha256 of each wheel that one of our Pythons can use, on any system."""
    interpreters = {f"cp{major}{minor}" for major, minor in PYTHONS}
    found = {}
    for wheel in package["wheels"]:
        name = wheel.get("name") or wheel["url"].rsplit("/", 1)[-1].replace("%2B", "+")
        for tag in parse_wheel_filename(name)[3]:
            generic = tag.interpreter.startswith("py") or tag.abi == "abi3"
            if generic or tag.interpreter in interpreters and not tag.abi.endswith("t"):
                found[name] = wheel["hashes"]["sha256"]
    return dict(sorted(found.items()))


def lock_entry(package: dict, wheels: dict[str, str]) -> str:
    """One requirement with its marker and hashes, as pip reads it."""
    marker = f" ; {package['marker']}" if "marker" in package else ""
    hashes = [f"    --hash=sha256:{value}" for value in sorted(set(wheels.values()))]
    return " \\\n".join([f"{package['name']}=={package['version']}{marker}", *hashes])


def serving(wheels: dict[str, str]) -> dict[str, str]:
    """Those wheels that serve one of the machines we promise to support."""
    accepted = set().union(*(accepted_tags(m, p) for m in MACHINES for p in PYTHONS))
    return {n: h for n, h in wheels.items() if parse_wheel_filename(n)[3] & accepted}


def main() -> None:
    """Resolve once, then write both files."""
    packages = sorted(resolve(), key=lambda package: canonicalize_name(package["name"]))
    entries, table = [], ["# Written by authoring/lock.py: wheel file = sha256, as in the lock."]
    for package in packages:
        wheels = wheels_of(package)
        entries.append(lock_entry(package, wheels))
        table += [f'"{name}" = "{value}"' for name, value in serving(wheels).items()]
    (ROOT / "requirements.lock").write_text("\n".join(entries) + "\n", encoding="utf-8")
    (ROOT / "tests" / "wheels.toml").write_text("\n".join(table) + "\n", encoding="utf-8")
    print(f"requirements.lock: {len(entries)} packages; tests/wheels.toml: {len(table) - 1} wheels")


if __name__ == "__main__":
    main()
