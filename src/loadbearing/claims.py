"""The claims that the course tests: whose reading makes it, what it says, what decides.

`claims.toml` is their only home.
"""

from __future__ import annotations

import dataclasses
import functools
import pathlib
import tomllib

from loadbearing.parts import ScenarioError, nearest

SOURCE = pathlib.Path(__file__).with_name("claims.toml")
READINGS = ("failure", "stress test")


@dataclasses.dataclass(frozen=True)
class Claim:
    """One sentence that a run can speak to."""

    key: str
    reading: str
    claim: str
    decides: str


@functools.cache
def claims():
    """Return every claim by key, in the order of the file."""
    with SOURCE.open("rb") as file:
        return {key: Claim(key=key, **fields) for key, fields in tomllib.load(file).items()}


def claim(key):
    """Return one claim; raise `ScenarioError` with the nearest keys for an unknown one."""
    if key not in claims():
        raise ScenarioError(f"There is no claim {key!r}. {nearest(key, list(claims()))}")
    return claims()[key]
