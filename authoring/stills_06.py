"""The picture of unit 06's lesson: two published faults, and how much longer the way back took."""

from __future__ import annotations

from loadbearing import record
from loadbearing.pictures.lasting import faults_and_ways_back

CLOUDS = (
    ("A cloud, October 2025", "aws_2025_fault", "aws_2025_lasted"),
    ("Another, June 2025", "google_2025_fixed", "google_2025_slowest_region"),
)
"""Each with the public facts that say when the fault was mended and when all was well."""


def fault_and_way_back():
    """Draw both from the public record."""
    return faults_and_ways_back(
        [
            (name, record.fact(mended).value, record.fact(well).value)
            for name, mended, well in CLOUDS
        ]
    )
