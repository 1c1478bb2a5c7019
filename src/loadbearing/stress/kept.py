"""Numbers that are done are kept: one line each, written at once, so that no interruption loses any.

A kept file is a memory of evenings, whichever sweep or search asked for them: it may hold those of several. Each line
knows by a fingerprint what its numbers belong to, so nothing is used where it is not true. Two that run at the same
time need two files.
"""

from __future__ import annotations

import json
import os
import pathlib
import time

from loadbearing.stress.errors import StressError

HEADER = b'{"kept by": "loadbearing.stress", "format": 1}\n'
SYNC_S = 1.0


class Kept:
    """The numbers known so far: {fingerprint of an evening: {fingerprint of a measure: number}}.

    `where`: a path of a file, a dictionary of your own, or None to keep nothing. Lines are handed to the system as
    soon as they are known and forced onto the disk once a second and at the end.
    """

    def __init__(self, where=None):
        self.known = where if isinstance(where, dict) else {}
        self.active = where is not None
        self.path, self._file = None, None
        if self.active and not isinstance(where, dict):
            self.path = _checked_path(where)
            self.known = _read(self.path)
            self._file = self.path.open("ab")
            if not self._file.tell():
                self._file.write(HEADER)
                self._file.flush()
        self._synced = time.monotonic()

    def find(self, key, measures):
        """Return the numbers of these measures on one evening, or None if any is missing."""
        known = self.known.get(key, {})
        return tuple(known[one] for one in measures) if known.keys() >= {*measures} else None

    def add(self, key, measures, values, about):
        """Keep the numbers of one evening; `about` is a dictionary for whoever reads the file."""
        if not self.active:
            return
        held = dict(zip(measures, values, strict=True))
        self.known[key] = {**self.known.get(key, {}), **held}
        if self._file is None:
            return
        line = json.dumps({"key": key, **about, "values": held}, ensure_ascii=False)
        self._file.write(line.encode() + b"\n")
        self._file.flush()
        if time.monotonic() - self._synced >= SYNC_S:
            self._sync()

    def close(self):
        """Force everything onto the disk and close the file."""
        if self._file is not None:
            self._sync()
            self._file.close()
            self._file = None

    def _sync(self):
        os.fsync(self._file.fileno())
        self._synced = time.monotonic()


def _checked_path(where):
    try:
        path = pathlib.Path(where)
    except TypeError:
        raise StressError(
            f"keep is {where!r}; give the path of a file such as 'sweep.jsonl', a dictionary, or None."
        ) from None
    if path.is_dir():
        raise StressError(f"keep is {path}, a folder; name a file in it, such as sweep.jsonl.")
    if not path.parent.is_dir():
        raise StressError(f"keep is {path}; its folder does not exist: make it first.")
    return path


def _read(path):
    """Return what a file knows, after cutting off a last line that was only half written."""
    written = path.read_bytes() if path.exists() else b""
    whole = written[: written.rfind(b"\n") + 1]
    if not (written.startswith(HEADER) or HEADER.startswith(written)):
        raise StressError(
            f"keep is {path}, a file that no sweep has written; give another path. Nothing was changed in it."
        )
    if len(whole) < len(written):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    known = {}
    for number, line in enumerate(whole.splitlines()[1:], start=2):
        try:
            entry = json.loads(line)
            known.setdefault(entry["key"], {}).update(entry["values"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise StressError(
                f"keep is {path}, and line {number} of it is damaged; delete that line, and its evening is run again."
            ) from None
    return known
