"""What every part of a scenario is made of: named, frozen, checked fields, and errors that are sentences.

A part is a frozen dataclass with keyword-only fields. Each field is declared with `quantity` or
`choice`, which say its unit, its bounds and what `None` means. A wrong name or a wrong value raises
`ScenarioError` with the field, the value and the remedy; nothing is clipped or guessed.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import math
import numbers

LARGEST = 10**18
MADE = {}
"""Every part by its name, so that a run can be read from a file."""


class ScenarioError(ValueError):
    """A field of a scenario that makes no sense: the field, the value, the remedy."""


def quantity(
    meaning,
    unit,
    *,
    default=dataclasses.MISSING,
    least=0,
    above=None,
    most=None,
    whole=False,
    none=None,
):
    """Declare a number with its unit and bounds; `none` says what `None` means where it is allowed."""
    rule = dict(
        kind="whole" if whole else "number",
        meaning=meaning,
        unit=unit,
        least=least,
        above=above,
        most=most,
        none=none,
    )
    return dataclasses.field(default=default, metadata=rule)


def choice(meaning, options, *, default=dataclasses.MISSING):
    """Declare a field that takes one of a few words (or `True` and `False`)."""
    rule = dict(kind="choice", meaning=meaning, options=tuple(options))
    return dataclasses.field(default=default, metadata=rule)


def component(
    meaning,
    *kinds,
    default=dataclasses.MISSING,
    factory=dataclasses.MISSING,
    many=False,
    none=None,
):
    """Declare a field that holds another part, or a tuple of parts; `none` says what `None` means if allowed."""
    rule = dict(kind="parts" if many else "part", meaning=meaning, kinds=kinds, none=none)
    return dataclasses.field(default=default, default_factory=factory, metadata=rule)


def counts(meaning):
    """Declare a tuple of whole numbers, one for each stretch of time."""
    return dataclasses.field(metadata=dict(kind="counts", meaning=meaning))


def function(meaning):
    """Declare a field that holds a function."""
    return dataclasses.field(metadata=dict(kind="function", meaning=meaning))


def part(cls):
    """Make a class a frozen, keyword-only part whose wrong fields are answered by sentences."""
    cls = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
    made = cls.__init__
    names = [field.name for field in dataclasses.fields(cls)]
    needed = [
        field.name
        for field in dataclasses.fields(cls)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]

    @functools.wraps(made)
    def __init__(self, *unnamed, **given):
        if unnamed:
            raise ScenarioError(
                f"{cls.__name__} takes its fields by name: write "
                f"{cls.__name__}({names[0]}={unnamed[0]!r}) instead of {cls.__name__}({unnamed[0]!r})."
            )
        for name in given:
            if name not in names:
                raise ScenarioError(f"{cls.__name__} has no field {name!r}. {nearest(name, names)}")
        for name in needed:
            if name not in given:
                raise ScenarioError(f"{cls.__name__} needs a value for {name!r}: add {name}=...")
        made(self, **given)
        for field in dataclasses.fields(cls):
            value = checked(
                f"{cls.__name__}.{field.name}", getattr(self, field.name), field.metadata
            )
            object.__setattr__(self, field.name, value)
        self.check()

    cls.__init__ = __init__
    if not hasattr(cls, "check"):
        cls.check = lambda self: None
    MADE[cls.__name__] = cls
    return cls


def nearest(name, names):
    """A remedy for a name that does not exist: the closest ones, or all of them."""
    close = difflib.get_close_matches(str(name), names, n=2, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(map(repr, close))}?"
    return f"Choose one of: {', '.join(names)}."


def checked(where, value, rule):
    """Return the value in its plain type, or raise the sentence that says what is wrong with it."""
    if rule["kind"] == "any":
        return value
    if rule["kind"] == "choice":
        return _checked_choice(where, value, rule)
    if rule["kind"] == "counts":
        return _checked_counts(where, value)
    if rule["kind"] == "function":
        if not callable(value):
            raise ScenarioError(
                f"{where} is {value!r}; it must be a function: give its name without brackets."
            )
        return value
    if rule["kind"] == "part":
        return _checked_part(where, value, rule)
    if rule["kind"] == "parts":
        if not isinstance(value, tuple | list):
            raise ScenarioError(f"{where} is {value!r}; put its parts in a list: {where}=[...].")
        return tuple(_checked_part(f"{where}[{at}]", one, rule) for at, one in enumerate(value))
    return _checked_number(where, value, rule)


def _checked_choice(where, value, rule):
    for option in rule["options"]:
        if type(value) is type(option) and value == option:
            return value
    raise ScenarioError(
        f"{where} is {value!r}. {nearest(value, [str(o) for o in rule['options']])}"
    )


def _checked_counts(where, value):
    if isinstance(value, str) or not hasattr(value, "__len__"):
        raise ScenarioError(f"{where} is {value!r}; put the counts in a list: {where}=[...].")
    whole = []
    for at, one in enumerate(value):
        plain = one.item() if hasattr(one, "item") else one
        if isinstance(plain, bool) or not isinstance(plain, numbers.Real) or plain != plain // 1:
            raise ScenarioError(f"{where}[{at}] is {one!r}; it must be a whole number of people.")
        if plain < 0:
            raise ScenarioError(f"{where}[{at}] is {plain}; nobody can come less than zero times.")
        whole.append(int(plain))
    return tuple(whole)


def _checked_part(where, value, rule):
    if isinstance(value, rule["kinds"]) or (value is None and rule.get("none")):
        return value
    wanted = " or a ".join(kind.__name__ for kind in rule["kinds"])
    raise ScenarioError(f"{where} is {value!r}; it must be a {wanted}.")


def _checked_number(where, value, rule):
    unit = f" {rule['unit']}" if rule["unit"] else ""
    if value is None:
        if rule["none"]:
            return None
        raise ScenarioError(f"{where} is None; give a number{' of' + unit if unit else ''}.")
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise ScenarioError(
            f"{where} is {value!r}; it must be a number{' of' + unit if unit else ''}."
        )
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ScenarioError(f"{where} is {str(value)[:12]}...; that is far too large.")
    if math.isnan(value) or math.isinf(value):
        remedy = f"; write None for {rule['none']}" if rule["none"] else ""
        raise ScenarioError(f"{where} is {value}; it must be a finite number{remedy}.")
    if rule["kind"] == "whole":
        if value != int(value):
            raise ScenarioError(f"{where} is {value}; it must be a whole number of{unit}.")
        value = int(value)
    else:
        value = float(value)
    if rule["above"] is not None and not value > rule["above"]:
        raise ScenarioError(f"{where} is {value}; it must be above {rule['above']}{unit}.")
    if rule["above"] is None and rule["least"] is not None and value < rule["least"]:
        raise ScenarioError(f"{where} is {value}; it must be at least {rule['least']}{unit}.")
    if rule["most"] is not None and value > rule["most"]:
        raise ScenarioError(f"{where} is {value}; it must be at most {rule['most']}{unit}.")
    return value
