"""The compiler, and a cache that forgets when the sources change.

numba keys its cache on the one file that holds a function, so a helper changed in another file would leave
a stale program behind. Here the cache folder is named after the contents of all the compiled files.
"""

from __future__ import annotations

import hashlib
import os
import pathlib
import tempfile

import numba
from numba import njit as _njit

SOURCES = ("_numba.py", "compiled_draws.py", "calendar.py", "compiled.py", "../run.py")


def _cache_folder():
    here = pathlib.Path(__file__).parent
    told = hashlib.sha256()
    for name in SOURCES:
        told.update((here / name).read_bytes())
    told.update(numba.__version__.encode())
    folder = here / "__pycache__" / f"compiled-{told.hexdigest()[:16]}"
    if not os.access(here, os.W_OK):
        folder = pathlib.Path(tempfile.gettempdir()) / "loadbearing-cache" / folder.name
    return str(folder)


if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = _cache_folder()


def njit(function):
    """Compile a function, keep the program for next time, and let other threads run meanwhile."""
    return _njit(function, cache=True, nogil=True, _nrt=False)
