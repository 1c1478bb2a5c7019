"""Your own traffic: read counts, time stamps or an access log, see what was read, and let them arrive.

>>> import pathlib, tempfile
>>> from loadbearing import traffic
>>> with tempfile.TemporaryDirectory() as folder:
...     file = pathlib.Path(folder, "joins.csv")
...     _ = file.write_text("time,people\\n20:00 soon,7\\n2024-08-12 20:00,30\\n2024-08-12 20:01,90\\n")
...     seen = traffic.read(file, time_zone="America/New_York")
>>> seen
Traffic('joins.csv', 120 people in 2 bins of 60 s from 2024-08-12 20:00:00-04:00)
>>> seen.broken
{'no time that can be read': 1}
>>> seen.arrivals(starts_at="20:00")
Measured(from_s=0.0, bin_s=60.0, counts=<120 people in 2 stretches>)

`Crowd(listeners=seen.people, arrivals=seen.arrivals(starts_at="20:00"))` is then a crowd that comes as yours did.
"""

from loadbearing.traffic.account import Example, Lines, TrafficError
from loadbearing.traffic.measured import Empty, RowsOfCounts, Traffic
from loadbearing.traffic.reading import read, read_counts, read_log, read_stamps

__all__ = [
    "Empty",
    "Example",
    "Lines",
    "RowsOfCounts",
    "Traffic",
    "TrafficError",
    "read",
    "read_counts",
    "read_log",
    "read_stamps",
]
