"""The picture of unit 08's lesson: when a fault was seen, understood and remedied, in four public cases."""

from __future__ import annotations

from loadbearing import record
from loadbearing.pictures.answered import KNOWN, REMEDY, SEEN, seen_known_remedied

CASES = (
    ("A shop's sale, 2018", {REMEDY: "prime_day_cut"}),
    (
        "A cloud provider, 2025",
        {SEEN: "google_2025_triage", KNOWN: "google_2025_cause_found", REMEDY: "google_2025_fixed"},
    ),
    ("A message service, 2021", {SEEN: "slack_detected"}),
    ("A forum, 2023", {REMEDY: "reddit_lasted"}),
    ("The course's evening, 2024", {}),
)
"""Each with the public facts that say when it was seen, understood and remedied."""


def seen_known_remedied_in_public():
    """Draw all of them from the public record."""
    return seen_known_remedied(
        [
            (name, {what: float(record.fact(key).value) for what, key in told.items()})
            for name, told in CASES
        ]
    )
