"""The scenario file: a launch as readable text, and back; what is damaged or foreign is answered by a sentence."""

from __future__ import annotations

import json

from loadbearing.launch.questions import MOST_PEOPLE
from loadbearing.launch.sheet import Launch, checked
from loadbearing.parts import ScenarioError
from loadbearing.scenario import Measured

WHAT, VERSION, MOST_LETTERS = "a launch, for Load-Bearing", 1, 2_000_000
LONGEST_S = 172_800.0
"""The longest traffic of a file: two days."""


def as_text(a_launch):
    """Return a launch as the text of a file: JSON, a line for each line of the sheet that was filled in."""
    held = {"what": WHAT, "version": VERSION, "sheet": dict(a_launch.typed)}
    if a_launch.arrivals is not None:
        traffic = a_launch.arrivals
        held["traffic"] = {
            "from_s": traffic.from_s,
            "bin_s": traffic.bin_s,
            "people": " ".join(map(str, traffic.counts)),
        }
    return json.dumps(held, indent=2, ensure_ascii=False) + "\n"


def from_text(text) -> Launch:
    """Return the launch that a file's text (or bytes) holds; raise `ScenarioError` with a sentence if it holds none."""
    held = _parsed(text)
    if not isinstance(held, dict) or held.get("what") != WHAT:
        raise ScenarioError(
            "This file holds no launch. Choose a file that was saved from this page, or fill in the form."
        )
    version = held.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise ScenarioError(f"The file's version is {version!r}, which is none; save it anew.")
    if version > VERSION:
        raise ScenarioError(
            f"The file's version is {version}, newer than this course, which reads up to {VERSION}; "
            "fetch the newer course, or fill in the form."
        )
    sheet = held.get("sheet")
    if not isinstance(sheet, dict):
        raise ScenarioError("The file has no sheet in it; save it anew, or fill in the form.")
    for key, value in sheet.items():
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ScenarioError(f"The file's line {key!r} is {value!r:.40}; give a number.")
    return checked(sheet, _traffic(held.get("traffic")))


def _parsed(text):
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = ""
    if len(text) > MOST_LETTERS:
        raise ScenarioError(
            f"The file has {len(text):,} letters, too many for a launch; choose one that was saved from this page."
        )
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ScenarioError(
            "This file cannot be read as a launch. Choose a file that was saved from this page, or fill in the form."
        ) from None


def _traffic(held):
    if held is None:
        return None
    try:
        counts = tuple(int(one) for one in held["people"].split())
        found = Measured(from_s=held["from_s"], bin_s=held["bin_s"], counts=counts)
        if sum(counts) > MOST_PEOPLE or abs(found.from_s) + found.bin_s * len(counts) > LONGEST_S:
            raise ScenarioError(
                f"It is longer than two days, or holds more than {MOST_PEOPLE:,} people."
            )
        return found
    except (KeyError, TypeError, AttributeError, ValueError) as slip:
        why = str(slip) if isinstance(slip, ScenarioError) else "a part of it is missing"
        raise ScenarioError(
            f"The file's traffic cannot be read: {why} Read your traffic again, or take that part out."
        ) from None
