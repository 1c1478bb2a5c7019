"""What a student leaves behind, in one file they can read: predictions, verdicts, launch sheet, checks passed.

The file is `my_work/progress.json` in the course's folder and stays on this computer. Every entry is written
under a lock onto what the file holds at that moment, and the file is replaced whole: several kernels at once
lose nothing, and a crash leaves the old file or the new one. A damaged file is set aside, never overwritten.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import datetime
import json
import os
import pathlib
import tempfile

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

SCHEMA = 1
SECTIONS = ("predictions", "verdicts", "launch_sheet", "checks")
FOLDER, FILE = "my_work", "progress.json"
WORK_FOLDER = "LOADBEARING_MY_WORK"
"""The environment variable that names another folder: while pages are built and tested nobody's own is touched."""


class ProgressError(ValueError):
    """Something about the progress file that needs the student: what, where, the remedy."""


def work_folder():
    """Return the folder for a student's own files: `my_work` beside the nearest `course.toml`, or here."""
    if os.environ.get(WORK_FOLDER):
        return pathlib.Path(os.environ[WORK_FOLDER])
    here = pathlib.Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "course.toml").is_file():
            return folder / FOLDER
    return here / FOLDER


@dataclasses.dataclass
class Progress:
    """The progress file at `path`; `notices` holds sentences the student should see (a file set aside)."""

    path: pathlib.Path
    notices: list = dataclasses.field(default_factory=list)

    @classmethod
    def here(cls):
        """Return the progress of the student who sits at this computer."""
        return cls(work_folder() / FILE)

    def entry(self, section, key):
        """Return what is kept under this key as a dictionary, or None."""
        found = self.everything()[_known(section)].get(key)
        return copy.deepcopy(found)

    def everything(self):
        """Return all sections as plain dictionaries; a damaged file is set aside first and counts as empty."""
        if not self.path.exists():
            return _empty()
        try:
            return self._read()
        except (ValueError, TypeError, AttributeError) as error:
            if isinstance(error, ProgressError):
                raise
        with self._locked():
            # Another kernel may have set it aside, or written a good one, in the meantime.
            return self._read_or_set_aside()

    def keep(self, section, key, **entry):
        """Keep an entry, with the time; what stood under the key before is kept under `earlier`."""
        _known(section)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._locked():
            held = self._read_or_set_aside()
            before = held[section].get(key)
            entry["at"] = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
            if before:
                entry["earlier"] = [*before.pop("earlier", []), before]
            held[section][key] = entry
            self._write(held)

    def export(self, to):
        """Write a copy of the file to a path, for another computer; raise `ProgressError` if that is taken."""
        to = pathlib.Path(to)
        if to.exists():
            raise ProgressError(f"{to} is there already; name a file that is not.")
        to.write_text(_as_text(self.everything()), encoding="utf-8")
        return to

    def delete(self):
        """Delete everything kept; nothing happens if nothing is."""
        if self.path.parent.is_dir():
            with self._locked():
                self.path.unlink(missing_ok=True)

    def _read(self):
        held = json.loads(self.path.read_text(encoding="utf-8"))
        if isinstance(held.get("schema"), int) and held["schema"] > SCHEMA:
            raise ProgressError(
                f"{self.path} was written by a newer version of this course (schema {held['schema']}; this "
                f"one knows {SCHEMA}). Update the course, or move the file away to begin a new one."
            )
        if held.get("schema") != SCHEMA:
            raise ValueError("no schema")
        return {"schema": SCHEMA, **{name: _entries(held.get(name, {})) for name in SECTIONS}}

    def _read_or_set_aside(self):
        """Read under the lock; a damaged file moves to a new name, and this is said."""
        try:
            return self._read() if self.path.exists() else _empty()
        except ProgressError:
            raise
        except (ValueError, TypeError, AttributeError):
            aside = _new_name(self.path)
            self.path.replace(aside)
            self.notices.append(
                f"{self.path.name} could not be read and was set aside as {aside.name}; a new one begins."
            )
            return _empty()

    def _write(self, held):
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".progress-", suffix=".json")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(_as_text(held))
                file.flush()
                os.fsync(file.fileno())
            pathlib.Path(name).replace(self.path)
        except BaseException:
            pathlib.Path(name).unlink(missing_ok=True)
            raise

    @contextlib.contextmanager
    def _locked(self):
        """Hold the lock file beside the progress file; other kernels wait."""
        with (self.path.parent / ".progress.lock").open("a+b") as file:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX)
            else:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                if not fcntl:
                    file.seek(0)
                    msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)


def _empty():
    return {"schema": SCHEMA, **{name: {} for name in SECTIONS}}


def _entries(section):
    if not all(isinstance(one, dict) for one in section.values()):
        raise ValueError("an entry is no table")
    return dict(section)


def _as_text(held):
    return json.dumps(held, indent=1, ensure_ascii=False) + "\n"


def _known(section):
    if section not in SECTIONS:
        raise ProgressError(
            f"There is no section {section!r}; choose one of: {', '.join(SECTIONS)}."
        )
    return section


def _new_name(path):
    """A name beside the file that nothing has yet."""
    for number in range(1, 10_000):
        aside = path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")
        if not aside.exists():
            return aside
    raise ProgressError(f"{path.parent} holds thousands of damaged files; delete some of them.")
