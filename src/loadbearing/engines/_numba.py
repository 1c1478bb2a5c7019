"""The compiler: a cache that forgets when the sources change, and rows of memory without any ceremony.

numba keys its cache on the one file that holds a function, so a helper changed in another file would leave a
stale program behind. Here the cache folder is named after the contents of all the compiled files.

Handing numba arrays from function to function costs more than the rules themselves: each array is seven numbers and a
reference count. So the engine's state is one record of numbers (`REGISTERS` in `memory`), some of which are
addresses, and `rows_of` makes the one-line reader of what stands there. `twin.Compiled` keeps the arrays alive.
"""

from __future__ import annotations

import hashlib
import os
import pathlib
import tempfile

import numba
from llvmlite import ir
from numba import njit as _njit
from numba import types
from numba.extending import intrinsic

SOURCES = (
    "_numba.py",
    "memory.py",
    "compiled_draws.py",
    "calendar.py",
    "setting_out.py",
    "compiled.py",
    "../run.py",
)


def _cache_folder():
    here = pathlib.Path(__file__).parent
    told = hashlib.sha256(numba.__version__.encode())
    for name in SOURCES:
        told.update((here / name).read_bytes())
    folder = here / "__pycache__" / f"compiled-{told.hexdigest()[:16]}"
    if not os.access(here, os.W_OK):
        folder = pathlib.Path(tempfile.gettempdir()) / "loadbearing-cache" / folder.name
    return str(folder)


if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = _cache_folder()


def njit(function):
    """Compile a function that allocates nothing, keep the program, and let other threads run meanwhile."""
    return _njit(function, cache=True, nogil=True, _nrt=False)


def folded(function):
    """Compile a function into each of its callers: for the few that nearly every event passes through."""
    return _njit(function, cache=True, nogil=True, _nrt=False, forceinline=True)


def rows_of(dtype):
    """Return a compiled reader: `row(address, index)` is the record of this dtype that stands there."""
    record = numba.from_dtype(dtype)
    size = ir.Constant(ir.IntType(64), dtype.itemsize)

    @intrinsic
    def row(context, address, index):
        def code(context, builder, signature, values):
            at = builder.add(values[0], builder.mul(values[1], size))
            return builder.inttoptr(at, context.get_value_type(record))

        return record(types.int64, types.int64), code

    return row
