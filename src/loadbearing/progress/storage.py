"""One file, written whole or not at all, by one kernel at a time; what goes wrong is a sentence."""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
import tempfile
import time

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

LOCK_FILE = ".progress.lock"
UNFINISHED = ".progress-*.json"
"""How the file is called while it is being written; what a crash leaves of it is swept away at the next writing."""

WAIT_S, AGAIN_S = 10.0, 0.02
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
NO_LOCKS_HERE = {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS}


class ProgressError(ValueError):
    """Something about the progress file that needs the student: what, where, the remedy."""


def explained(error, path):
    """Return an `OSError` as a `ProgressError` with a sentence: what could not be done, where, and the remedy."""
    if error.errno in NO_ROOM:
        why = "the disk is full. Free some space"
    elif error.errno in NOT_ALLOWED:
        why = "this folder is read-only. Copy the course to a folder of your own"
    elif error.errno in (errno.ENOTDIR, errno.EEXIST):
        why = f"{path.parent} is a file and no folder. Move it away"
    else:
        why = f"{error.strerror or error}. Look whether the folder is there"
    return ProgressError(
        f"{path} could not be written: {why} and try again; what stands on the screen stays there."
    )


@contextlib.contextmanager
def locked(path):
    """Hold the lock file beside `path` while its block runs; other kernels wait, ten seconds at most."""
    try:
        file = (path.parent / LOCK_FILE).open("a+b")
    except OSError as error:
        raise explained(error, path) from error
    with file:
        held = _take(file, path)
        try:
            yield
        finally:
            if held:
                _give_back(file)


def _take(file, path):
    """Wait for the lock; return False on a disk that has no locks at all."""
    until = time.monotonic() + WAIT_S
    while True:
        try:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        except OSError as error:
            if error.errno in NO_LOCKS_HERE:
                return False
            if time.monotonic() > until:
                raise ProgressError(
                    f"{path.name} has been in use by another window for {WAIT_S:.0f} seconds; "
                    "close the other one, or try again."
                ) from None
        time.sleep(AGAIN_S)


def _give_back(file):
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_UN)
    else:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)


def written_whole(path, text):
    """Replace the file at `path` by this text, under the lock: a crash leaves the old file or the new one."""
    try:
        for left in path.parent.glob(UNFINISHED):
            left.unlink(missing_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".progress-", suffix=".json")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            pathlib.Path(name).replace(path)
        except BaseException:
            pathlib.Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise explained(error, path) from error


def new_name(path):
    """Return a name beside the file that nothing has yet."""
    for number in range(1, 10_000):
        aside = path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")
        if not aside.exists():
            return aside
    raise ProgressError(f"{path.parent} holds thousands of damaged files; delete some of them.")


def set_aside(path):
    """Return the damaged files that were set aside beside this one, in order."""
    return sorted(path.parent.glob(f"{path.stem}-damaged-*{path.suffix}"))
