"""How a page is written: rules, each a condition on the facts and a sentence, ranked, best first.

A rule whose condition fails is silent, so a page never says what the run does not show. The sentence names the
facts it uses; they are printed from the run, and kept beside the sentence for whoever wants to check it.
"""

from __future__ import annotations

import dataclasses
import string
from collections.abc import Callable

from loadbearing.front_page.facts import Facts


def always(facts):
    """A condition that every run meets."""
    return True


@dataclasses.dataclass(frozen=True)
class Rule:
    """When to say something, how strongly it speaks (0 to 1), and the sentence with its facts in braces.

    A page speaks of each topic once: `topic` holds one or more of them, as words.
    """

    key: str
    topic: str
    template: str
    when: Callable[[Facts], bool] = always
    strength: Callable[[Facts], float] = lambda facts: 0.5


@dataclasses.dataclass(frozen=True)
class Statement:
    """One sentence of a page: its text, the facts it used with their values, and the rule that wrote it.

    `parts` is the same text in pieces, each with the key of the fact it prints, or with "".
    """

    text: str
    used: dict
    rule: str
    topic: str
    parts: tuple

    def __str__(self):
        return self.text


def written(rule, facts):
    """Return the `Statement` that a rule makes of the facts; a word that is not true raises `UntrueWord`."""
    parts, used = [], {}
    for words, key, form, _ in string.Formatter().parse(rule.template):
        if words:
            parts.append((words, ""))
        if key:
            parts.append((format(facts[key], form), key))
            used[key] = facts[key].value
    first, key = parts[0]
    parts[0] = (first[0].upper() + first[1:], key)
    text = "".join(piece for piece, _ in parts)
    return Statement(text=text, used=used, rule=rule.key, topic=rule.topic, parts=tuple(parts))


def first_that_holds(rules, facts):
    """Return the statement of the first rule whose condition holds; the last rule must hold always."""
    return written(next(rule for rule in rules if rule.when(facts)), facts)


def strongest(rules, facts, most, besides=()):
    """Return at most `most` statements of rules that hold, strongest first, one to a topic.

    `besides`: statements whose topics are taken already.
    """
    taken = {topic for statement in besides for topic in statement.topic.split()}
    found = []
    holding = [rule for rule in rules if rule.when(facts)]
    for rule in sorted(holding, key=lambda rule: -rule.strength(facts)):
        topics = set(rule.topic.split())
        if not topics & taken and len(found) < most:
            taken |= topics
            found.append(written(rule, facts))
    return tuple(found)
