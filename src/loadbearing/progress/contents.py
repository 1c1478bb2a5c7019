"""What stands in the progress file: sections of entries, read with care, and two such files made one."""

from __future__ import annotations

import datetime
import json

from loadbearing.progress.storage import ProgressError

SCHEMA = 1
SECTIONS = (
    "predictions",
    "missions",
    "verdicts",
    "launch_sheet",
    "checks",
    "room",
    "drafts",
)
"""Of a unit: its prediction, missions done, verdicts; the launch; checks passed; a room's show of hands; what was typed
and not kept yet."""

EARLIER = "earlier"


def empty():
    """Return the contents of a file in which nothing is kept yet."""
    return {"schema": SCHEMA, **{name: {} for name in SECTIONS}}


def read(text, name):
    """Return the contents of a file's text; raise `ValueError` for a damaged one.

    A section of another version of the course is kept as it is. A file of a newer schema raises `ProgressError`.
    """
    held = json.loads(text)
    if not isinstance(held, dict):
        raise ValueError("no table")
    if type(held.get("schema")) is int and held["schema"] > SCHEMA:
        raise ProgressError(
            f"{name} was written by a newer version of this course (schema {held['schema']}; this "
            f"one knows {SCHEMA}). Update the course, or move the file away to begin a new one."
        )
    if held.get("schema") != SCHEMA:
        raise ValueError("no schema")
    return {**held, **{name: _entries(held.get(name, {})) for name in SECTIONS}}


def _entries(section):
    if not isinstance(section, dict) or not all(isinstance(one, dict) for one in section.values()):
        raise ValueError("an entry is no table")
    return dict(section)


def as_text(held):
    """Return contents as the file holds them: plain, indented, in the letters of their language."""
    return json.dumps(held, indent=1, ensure_ascii=False) + "\n"


def known(section):
    """Return the name of a section; raise `ProgressError` with the names there are for any other."""
    if section not in SECTIONS:
        raise ProgressError(
            f"There is no section {section!r}; choose one of: {', '.join(SECTIONS)}."
        )
    return section


def versions(entry):
    """Return all versions of an entry, the oldest first, each without the others."""
    earlier = entry.get(EARLIER)
    before = [one for one in earlier if isinstance(one, dict)] if isinstance(earlier, list) else []
    now = {key: value for key, value in entry.items() if key != EARLIER}
    return [part for one in before for part in versions(one)] + [now]


def at(entry):
    """Return when a version was kept, in seconds; one without a time counts as older than all others."""
    try:
        return datetime.datetime.fromisoformat(entry["at"]).timestamp()
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return float("-inf")


def merged(mine, other):
    """Return two contents as one, and how many entries are (new, replaced by a newer one, older than mine).

    The newest version of an entry stands, of equally new ones mine; every other version of either file is kept
    under `earlier`.
    """
    both, counts = dict(mine), {"new": 0, "newer": 0, "older": 0}
    for name in SECTIONS:
        both[name] = dict(mine[name])
        for key, theirs in other[name].items():
            ours = mine[name].get(key)
            both[name][key] = _newest_first([*versions(theirs), *versions(ours or {})])
            if ours is None:
                counts["new"] += 1
            elif versions(both[name][key])[-1] != versions(ours)[-1]:
                counts["newer"] += 1
            elif both[name][key] != ours:
                counts["older"] += 1
    for name, section in other.items():
        both.setdefault(name, section)
    return both, counts


def _newest_first(found):
    """One entry of several versions: the newest, and the others under `earlier` in order, each once."""
    each = []
    for one in found:
        if one and one not in each:
            each.append(one)
    *before, newest = sorted(each, key=at) or [{}]
    return {**newest, EARLIER: before} if before else newest
