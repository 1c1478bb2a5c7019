"""The picture of unit 11's lesson: what came over what was prepared for, in three public cases."""

from __future__ import annotations

from loadbearing import record
from loadbearing.pictures.prepared import prepared_and_came

CASES = (
    ("A game's launch,\nover its worst case", "pokemon_go_expected", "pokemon_go_got"),
    ("A cricket match,\nover what was built", "hotstar_2019_prepared", "hotstar_2019_got"),
    ("A cricket final, over\nthe match before", "hotstar_2023_before", "hotstar_2023_got"),
)
"""Each with the public facts that say what was prepared for, and what came."""


def prepared_and_came_in_public():
    """Draw all three from the public record."""
    rows = [
        (name, record.fact(prepared).value, record.fact(came).value)
        for name, prepared, came in CASES
    ]
    return prepared_and_came(rows)
