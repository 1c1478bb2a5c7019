"""The numbers that unit 08 states, each computed where it is said."""

from __future__ import annotations

from loadbearing import record


def _year_of(event):
    return str(record.events()[event].date)[:4]


def team_forum_year():
    """The year of the forum's long evening."""
    return _year_of("reddit")


def team_sale_year():
    """The year of the shop's yearly sale."""
    return _year_of("prime_day")
