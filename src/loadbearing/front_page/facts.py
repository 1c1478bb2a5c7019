"""What a front page may say of a run: each fact with its value, and the words in which it is printed.

A fact knows how to be written so that a sentence cannot claim more than the number: `{gave_up:nobody}` is the
word "nobody", and an error unless the number is 0.
"""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Callable

from loadbearing.front_page import crowd_facts, door_facts
from loadbearing.front_page.quantifiers import how_many

NONE_OF_IT = ("nobody", "no", "nothing", "none", "never")
ALL_OF_IT = ("everyone", "all")


class UntrueWord(ValueError):
    """A word that the number behind it does not bear: the word, the fact and its value."""


@dataclasses.dataclass(frozen=True)
class Fact:
    """One number of the evening, by name: its value and how it is said.

    In a template `{came}` is the number in words, `{came:person/people}` with its noun, `{share_in:who}` the
    word for a share, `{gave_up_n:nobody}` and `{share_in:everyone}` words that must be true.
    """

    key: str
    value: float
    say: Callable[[float], str]

    @property
    def text(self):
        """The number as it is printed."""
        return self.say(self.value)

    def __format__(self, form):
        if not form:
            return self.text
        if "/" in form:
            one, many = form.split("/")
            return f"{self.text} {one if self.value == 1 else many}"
        word = form.lower()
        if word == "who":
            word = how_many(self.value)
        elif not (word in NONE_OF_IT and self.value == 0 or word in ALL_OF_IT and self.value == 1):
            raise UntrueWord(f"{form!r} cannot be said of {self.key}, which is {self.value}.")
        return word[0].upper() + word[1:] if form[0].isupper() else word


class Facts(collections.UserDict):
    """Facts by key; as an attribute, the bare value, so that rules read well: `facts.share_in >= 0.5`."""

    def __getattr__(self, key):
        if key.startswith("_") or key == "data" or key not in self.data:
            raise AttributeError(key)
        return self.data[key].value


def facts(run):
    """Every fact of a run that the rules may use; nan where there is none, such as a wait of nobody."""
    found = Facts()
    for group in (*crowd_facts.GROUPS, *door_facts.GROUPS):
        for key, value, say in group(run):
            found[key] = Fact(key, value, say)
    return found
