"""The people: who knows what, who is called, how long it takes until something helps. A team acts on the evening.

`Response` is a team as a controller of the running evening; `people` are letters and what they know; `nights` plays
many incidents without an evening; `formulas` are the closed forms; `reviews` and `money` are about before and after.
"""

from loadbearing.team.incident import Entry, Incident, acts_at, remedy
from loadbearing.team.luck import Luck
from loadbearing.team.people import (
    PARTS,
    Person,
    away_until_a_gap,
    everybody,
    groups,
    hired,
    known_to_nobody,
    known_to_one,
    names,
    of,
    read_map,
    taught,
    who_knows,
    without,
)
from loadbearing.team.response import Response, retold, team_of
from loadbearing.team.steps import Steps

__all__ = [
    "PARTS",
    "Entry",
    "Incident",
    "Luck",
    "Person",
    "Response",
    "Steps",
    "acts_at",
    "away_until_a_gap",
    "everybody",
    "groups",
    "hired",
    "known_to_nobody",
    "known_to_one",
    "names",
    "of",
    "read_map",
    "remedy",
    "retold",
    "taught",
    "team_of",
    "who_knows",
    "without",
]
