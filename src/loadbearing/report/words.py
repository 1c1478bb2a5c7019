"""Small helps with words."""

from __future__ import annotations


def capital(text):
    """Return a text as it begins a sentence.

    >>> capital("everyone at once"), capital("")
    ('Everyone at once', '')
    """
    return text[:1].upper() + text[1:]


def small(text):
    """Return a sentence as it goes on after a colon.

    >>> small("Nothing breaks.")
    'nothing breaks.'
    """
    return text[:1].lower() + text[1:]
