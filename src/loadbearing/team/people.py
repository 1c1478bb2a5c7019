"""The people who may be on the call: letters, and which parts of the machine each of them knows.

They differ in nothing but what they know, and nobody is quicker than anybody else. A map is typed: one row for each
person, one mark for each part.
"""

from __future__ import annotations

import dataclasses
import itertools

from loadbearing.parts import ScenarioError, nearest, part

PARTS = ("sign-in", "door", "line", "sound", "count", "store")
"""The parts of the machine that somebody may know."""

EIGHT = """
A  x x x . . .
B  x x . x . .
C  . . x x . .
D  . . . . x x
E  . x . x x .
F  x . . . x .
G  x x . . . .
H  . . . x x .
"""
"""Eight people and what they know, in the order of `PARTS`. An assumption: nobody published such a map."""

KNOWN_TO_NEARLY_ALL = ("sign-in", "count")
"""What somebody knows who is new: the parts that most others know as well."""


def _words(meaning):
    return dataclasses.field(metadata=dict(kind="any", meaning=meaning))


@part
class Person:
    """Somebody who may be on the call: a name, and the parts that they know."""

    name: str = _words("what they are called")
    knows: tuple = _words("the parts that they know")

    def check(self):
        if not isinstance(self.name, str) or not self.name.strip():
            raise ScenarioError(f"Person.name is {self.name!r}; give a letter or a name.")
        object.__setattr__(self, "knows", checked_parts("Person.knows", self.knows))


def checked_parts(where, parts):
    """Return names of parts as a tuple, in the order of `PARTS`; raise `ScenarioError` for one that does not exist."""
    if isinstance(parts, str):
        parts = (parts,)
    for one in parts:
        if one not in PARTS:
            raise ScenarioError(f"{where} names {one!r}. {nearest(one, PARTS)}")
    return tuple(one for one in PARTS if one in set(parts))


def read_map(text):
    """Return the people of a typed map: in each row a name, then a mark for each part; "x" means: knows it.

    Raises `ScenarioError` with the row for one that has too few or too many marks, or a mark that is neither x nor
    a dot, and for a name that stands twice.

    >>> read_map("D  . . . . x x")
    (Person(name='D', knows=('count', 'store')),)
    """
    people = []
    for row in filter(None, map(str.strip, str(text).splitlines())):
        name, *marks = row.split()
        if len(marks) == 1:
            marks = list(marks[0])
        if len(marks) != len(PARTS) or not set("".join(marks).lower()) <= {"x", "."}:
            raise ScenarioError(
                f"The row {row!r} has the marks {' '.join(marks) or 'none'}; after the name give {len(PARTS)}, each "
                f"x or a dot, for {', '.join(PARTS)}."
            )
        if name in names(people):
            raise ScenarioError(f"{name} has two rows in the map; give each person one.")
        knows = [one for one, mark in zip(PARTS, marks, strict=True) if mark.lower() == "x"]
        people.append(Person(name=name, knows=knows))
    return tuple(people)


def everybody():
    """Return the eight people of the course, in the order of the alphabet."""
    return read_map(EIGHT)


def names(people):
    """Return the names of some people, one after the other: "ABC"."""
    return "".join(one.name for one in people)


def of(letters, people=None):
    """Return those of some people (the eight, unless given) who are named; raise `ScenarioError` for an unknown name.

    >>> names(of("A, D and E".replace("and", "")))
    'ADE'
    """
    people = everybody() if people is None else people
    known = [one.name for one in people]
    wanted = [one for one in str(letters) if not one.isspace() and one != ","]
    for one in wanted:
        if one not in known:
            raise ScenarioError(f"There is nobody called {one!r}. {nearest(one, known)}")
    return tuple(one for one in people if one.name in wanted)


def without(letters, people=None):
    """Return some people (the eight, unless given) without those who are named."""
    people = everybody() if people is None else people
    away = of(letters, people)
    return tuple(one for one in people if one not in away)


def hired(number):
    """Return so many new people, N1 and so on: they know what most know, and nothing else."""
    return tuple(Person(name=f"N{at}", knows=KNOWN_TO_NEARLY_ALL) for at in range(1, number + 1))


def taught(people, letter, part):
    """Return these people after one of them has been taught one part."""
    pupil = of(letter, people)
    return tuple(
        Person(name=one.name, knows=(*one.knows, part)) if one in pupil else one for one in people
    )


def who_knows(people, part):
    """Return the names of those who know a part: "ABC"; raise `ScenarioError` for a part that does not exist."""
    (part,) = checked_parts("The part", part)
    return names(one for one in people if part in one.knows)


def known_to_nobody(people):
    """Return the parts that none of these people know, in the order of `PARTS`."""
    return tuple(part for part in PARTS if not who_knows(people, part))


def known_to_one(people):
    """Return {part: name} of the parts that hang on one person."""
    found = {part: who_knows(people, part) for part in PARTS}
    return {part: letters for part, letters in found.items() if len(letters) == 1}


def groups(number, people=None):
    """Return every way to choose so many of some people (the eight, unless given): a list of tuples of `Person`."""
    return list(itertools.combinations(everybody() if people is None else people, number))


def away_until_a_gap(people):
    """Return how many must be away, at least, until some part is known to nobody: the truck factor.

    The least number of people who know one part, over all parts (Avelino et al. 2016 call it so; theirs is reckoned
    from who wrote which file). 0 if some part is known to nobody already.
    """
    return min(sum(part in one.knows for one in people) for part in PARTS)
