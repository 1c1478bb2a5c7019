"""What an evening's number depends on, written down: so that a kept number is used again only where it is true.

A number belongs to the scenario, the seed, the engine, the measure, and the package's own rules. Functions are known
by their code, their defaults, what they enclose, and the numbers, texts and functions that they read from their file.
What lies further away (a table in memory, a file, an installed library) is not followed: after changing such a thing
use a new file.
"""

from __future__ import annotations

import dataclasses
import dis
import functools
import hashlib
import json
import pathlib
import pickle
import sysconfig
import types

from loadbearing.stress.errors import StressError

PLAIN = (type(None), bool, int, str)
FOLLOWED = (*PLAIN, float, tuple, types.FunctionType, functools.partial)


@functools.cache
def rules():
    """Return a fingerprint of this package: an update may change what happens on an evening or how it is read."""
    home = pathlib.Path(__file__).parents[1]
    held = hashlib.sha256()
    for path in sorted(home.rglob("*.py")):
        held.update(path.name.encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return held.hexdigest()


def fingerprint(*things):
    """Return 32 hexadecimal digits that differ whenever one of these things differs.

    Raises `StressError` for a thing that cannot be told from another of its kind.
    """
    written = json.dumps(_identity(things, set()))
    return hashlib.sha256(written.encode()).hexdigest()[:32]


def _identity(thing, seen):
    """Plain lists and texts that say what a thing is; a function already `seen` is only named."""
    if isinstance(thing, PLAIN):
        return [type(thing).__name__, str(thing)]
    if isinstance(thing, float):
        return ["float", thing.hex()]
    if isinstance(thing, tuple | list):
        return [_identity(one, seen) for one in thing]
    if isinstance(thing, dict):
        return ["dict", _identity(list(thing.items()), seen)]
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = [getattr(thing, field.name) for field in dataclasses.fields(thing)]
        return [_name(type(thing)), _identity([*fields, _methods(thing)], seen)]
    if isinstance(thing, functools.partial):
        return ["partial", _identity((thing.func, thing.args, thing.keywords), seen)]
    if isinstance(thing, types.MethodType):
        return ["method", _identity((thing.__func__, thing.__self__), seen)]
    if isinstance(thing, types.FunctionType):
        return [_name(thing), _function(thing, seen)]
    if isinstance(thing, types.CodeType):
        return _code(thing, seen)
    if isinstance(thing, type | types.BuiltinFunctionType):
        return _name(thing)
    try:
        written = pickle.dumps(thing, protocol=4)
    except Exception as error:
        raise StressError(
            f"keep cannot tell one {type(thing).__name__} from another ({error}); give a function of the top "
            "level of a file, or leave out keep=."
        ) from error
    held = hashlib.sha256(written).hexdigest()
    return [_name(type(thing)), held, _identity(_methods(thing), seen)]


def _name(thing):
    return f"{thing.__module__}:{thing.__qualname__}"


def _methods(thing):
    """The functions of an object's class, where the object itself is called."""
    named = sorted(vars(type(thing)).items()) if callable(thing) else []
    return [one for _, one in named if isinstance(one, types.FunctionType)]


def _function(function, seen):
    if (
        function in seen
        or function.__module__.split(".")[0] == "loadbearing"
        or _installed(function)
    ):
        return "by its name"
    seen.add(function)
    enclosed = [cell.cell_contents for cell in function.__closure__ or ()]
    known = [function.__code__, function.__defaults__, function.__kwdefaults__, enclosed]
    return _identity([*known, _read_from_outside(function)], seen)


def _installed(function):
    """Whether a function comes with Python or with an installed library."""
    homes = [sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")]
    return function.__code__.co_filename.startswith((*homes, "<frozen"))


def _read_from_outside(function):
    """The numbers, texts and functions that a function takes from its file, by name.

    What it also sets there, such as a counter, is its own affair.
    """
    steps = [step for code in _codes(function.__code__) for step in dis.get_instructions(code)]
    names = {step.argval for step in steps if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    names -= {step.argval for step in steps if step.opname in ("STORE_GLOBAL", "DELETE_GLOBAL")}
    found = [(name, function.__globals__.get(name)) for name in sorted(names)]
    return [(name, value) for name, value in found if isinstance(value, FOLLOWED)]


def _codes(code):
    """A function's code and that of the functions written inside it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield from _codes(one)


def _code(code, seen):
    named = (*PLAIN, float, tuple, types.CodeType)
    consts = [one if isinstance(one, named) else _written(one) for one in code.co_consts]
    return [code.co_code.hex(), code.co_names, code.co_varnames, _identity(consts, seen)]


def _written(constant):
    """A constant of another kind as text, a set of constants in a fixed order."""
    return sorted(map(repr, constant)) if isinstance(constant, frozenset) else repr(constant)
