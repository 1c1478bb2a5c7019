"""What a student leaves behind, in one file they can read: predictions, missions, verdicts, launch sheet, checks.

The file is `my_work/progress.json` in the course's folder and stays on this computer. Every entry is written
under a lock onto what the file holds at that moment, and the file is replaced whole: several kernels at once
lose nothing, and a crash leaves the old file or the new one. A damaged file is set aside, never overwritten.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import datetime
import os
import pathlib

from loadbearing.progress import contents, storage
from loadbearing.progress.contents import SCHEMA, SECTIONS, versions
from loadbearing.progress.storage import ProgressError

__all__ = [
    "SCHEMA",
    "SECTIONS",
    "WORK_FOLDER",
    "Progress",
    "ProgressError",
    "versions",
    "work_folder",
]

FOLDER, FILE = "my_work", "progress.json"
WORK_FOLDER = "LOADBEARING_MY_WORK"
"""The environment variable that names another folder: while pages are built and tested nobody's own is touched."""

MOST_BYTES = 20_000_000
DAMAGED = (ValueError, TypeError, AttributeError, RecursionError)


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
        found = self.everything()[contents.known(section)].get(key)
        return copy.deepcopy(found)

    def everything(self):
        """Return all sections as plain dictionaries; a damaged file is set aside first and counts as empty."""
        if not self.path.exists():
            return contents.empty()
        try:
            return self._read()
        except DAMAGED as error:
            if isinstance(error, ProgressError):
                raise
        with storage.locked(self.path):
            # Another kernel may have set it aside, or written a good one, in the meantime.
            return self._read_or_set_aside()

    def keep(self, section, key, **entry):
        """Keep an entry, with the time; what stood under the key before is kept under `earlier`.

        Raises `ProgressError` with a sentence where nothing can be written.
        """
        contents.known(section)
        with self._writing() as held:
            before = held[section].get(key)
            entry["at"] = _now()
            if before:
                entry["earlier"] = [*before.pop("earlier", []), before]
            held[section][key] = entry

    def replace(self, section, key, **entry):
        """Keep an entry, with the time, in place of what stood there: for counts that are typed one by one."""
        contents.known(section)
        with self._writing() as held:
            held[section][key] = {**entry, "at": _now()}

    def drop(self, section, key):
        """Take an entry out of the file, all its versions; nothing is written where there is none."""
        if contents.known(section) and self.entry(section, key) is None:
            return
        with self._writing() as held:
            held[section].pop(key, None)

    def text(self):
        """Return everything kept as the text of a file, to be carried to another computer."""
        return contents.as_text(self.everything())

    def export(self, to):
        """Write a copy of the file to a path, for another computer; raise `ProgressError` if that is taken."""
        to = pathlib.Path(to)
        if to.exists():
            raise ProgressError(f"{to} is there already; name a file that is not.")
        try:
            to.write_text(self.text(), encoding="utf-8", newline="\n")
        except OSError as error:
            raise storage.explained(error, to) from error
        return to

    def bring_in(self, text, name="The file"):
        """Add what another computer kept, from the text (or bytes) of its file; return in a sentence what came of it.

        Of an entry that both hold the newest version stands and the others are kept under `earlier`. A file that
        cannot be read raises `ProgressError`, and nothing changes.
        """
        if len(text) > MOST_BYTES:
            raise ProgressError(f"{name} is too large to be a file of this course; choose another.")
        try:
            text = text.decode("utf-8") if isinstance(text, bytes) else text
            other = contents.read(text, name)
        except DAMAGED as error:
            if isinstance(error, ProgressError):
                raise
            raise ProgressError(
                f"{name} could not be read, so nothing was changed. Choose the file that was saved "
                f"from this course; it is called {FILE} unless you gave it another name."
            ) from error
        with self._writing() as held:
            both, counts = contents.merged(held, other)
            held.clear(), held.update(both)
        return _told(counts, name)

    def delete(self):
        """Delete everything kept, damaged files that were set aside too; nothing happens if nothing is."""
        if not self.path.parent.is_dir():
            return
        with storage.locked(self.path):
            try:
                for one in (self.path, *storage.set_aside(self.path)):
                    one.unlink(missing_ok=True)
            except OSError as error:
                raise storage.explained(error, self.path) from error

    def files(self):
        """Return the files that `delete` would delete."""
        return [one for one in (self.path, *storage.set_aside(self.path)) if one.exists()]

    @contextlib.contextmanager
    def _writing(self):
        """Hold the lock while a block changes what the file holds, then write that whole."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage.explained(error, self.path) from error
        with storage.locked(self.path):
            held = self._read_or_set_aside()
            yield held
            storage.written_whole(self.path, contents.as_text(held))

    def _read(self):
        return contents.read(self._text_of_file(), self.path)

    def _text_of_file(self):
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return contents.as_text(contents.empty())
        except OSError as error:
            raise ProgressError(
                f"{self.path} could not be opened ({error.strerror or error}); look who may read it, "
                "or move it away to begin a new one."
            ) from error

    def _read_or_set_aside(self):
        """Read under the lock; a damaged file moves to a new name, and this is said."""
        try:
            return self._read()
        except DAMAGED as error:
            if isinstance(error, ProgressError):
                raise
        aside = storage.new_name(self.path)
        try:
            self.path.replace(aside)
        except OSError as error:
            raise storage.explained(error, self.path) from error
        self.notices.append(
            f"{self.path.name} could not be read and was set aside as {aside.name}; a new one begins."
        )
        return contents.empty()


def _now():
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


def _told(counts, name):
    """In a sentence what bringing in a file came to."""
    if not any(counts.values()):
        return f"{name} holds nothing that was not here already."
    said = []
    if counts["new"]:
        said.append(f"{counts['new']} {_entry(counts['new'])} came in")
    if counts["newer"]:
        said.append(f"{counts['newer']} newer than here {_stands(counts['newer'])} now")
    if counts["older"]:
        said.append(f"{counts['older']} older than here {_was(counts['older'])} put behind yours")
    return f"{name}: {'; '.join(said)}. Nothing was lost: every earlier version is kept."


def _entry(number):
    return "entry" if number == 1 else "entries"


def _stands(number):
    return "stands" if number == 1 else "stand"


def _was(number):
    return "was" if number == 1 else "were"
