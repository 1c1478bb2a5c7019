"""Everything that the compiled engine remembers, by name: one record of registers, and the rows it points to."""

from __future__ import annotations

import numpy as np

from loadbearing.engines._numba import rows_of
from loadbearing.run import LIFE, LISTENER

RARELY, OFTEN, AT_TIMES = (
    ("joined", "last_joined", "arrived", "first_sent"),
    (("left", "f8"), ("patience", "f8"), ("attempts", "i4"), ("effort", "i4"), ("who", "i4")),
    ("joined_attempt", "times_disconnected", "outcome", "reason"),
)
MINE = np.dtype(
    [(name, LISTENER[name]) for name in RARELY]
    + list(OFTEN)
    + [("before", "i4"), ("after", "i4"), ("slot", "i4"), ("state", "u1"), ("flags", "u1")]
    + [(name, LISTENER[name]) for name in AT_TIMES],
    align=True,
)
"""One listener. What every attempt touches stands together, so that memory brings it at once. Until somebody has gone,
`left` holds when their last request was sent. `flags`: is this life sampled, is a seat reserved?"""
SAMPLED, RESERVED = 1, 2
EVENT = np.dtype([("time", "f8"), ("key", "i8")])
HEAPED = np.dtype([("time", "f8"), ("key", "i8"), ("slot", "i8")])
BUCKET = np.dtype([("tail", "i4"), ("held", "i4")])
SLOT = np.dtype([("start", "f8"), ("left", "f8")])
FOREIGN = np.dtype([("time", "f8"), ("service", "f8")])
WHOLE, SHORT, REAL = (np.dtype([("value", kind)]) for kind in ("i8", "i4", "f8"))

ADDRESSES = {
    "listeners": MINE,
    "pauses": REAL,
    "ring": WHOLE,
    "services": HEAPED,
    "slots": SLOT,
    "slot_free": SHORT,
    "counts": WHOLE,
    "areas": REAL,
    "lives": LIFE,
    "events": EVENT,
    "chunk_after": SHORT,
    "buckets": BUCKET,
    "sorted": EVENT,
    "bins": SHORT,
    "near": HEAPED,
    "foreign": FOREIGN,
    "firsts": REAL,
    "let_in": REAL,
}
"""Each array of the engine and what one of its rows holds."""

WHOLES = [
    "present",
    "busy",
    "queue_limit",
    "drops_dead",
    "lifo",
    "seats",
    "collapses",
    "honours",
    "has_room",
    "room_open",
    "seats_aware",
    "line_first",
    "line_last",
    "now_reserved",
    "watches_budget",
    "firsts_start",
    "firsts_used",
    "firsts_mask",
    "let_in_start",
    "let_in_used",
    "let_in_mask",
    "foreign_next",
    "foreign_coming",
    "uneven",
    "most",
    "exponential_patience",
    "jitter",
    "coming",
    "next_arrival",
    "ring_mask",
    "ring_start",
    "queued",
    "clock_first",
    "clock_last",
    "free_slots",
    "now_inside",
    "capacity",
    "seconds",
    "lives_used",
    "lives_room",
    "services_used",
    "handled",
    "seen",
    "chunk_free",
    "chunk_fresh",
    "chunk_room",
    "bucket_last",
    "due",
    "sorted_next",
    "sorted_used",
    "sorted_room",
    "near_used",
    "near_room",
    "row_counts",
    "row_areas",
]
REALS = [
    "round_trip",
    "timeout",
    "service_mean",
    "service_cv",
    "stays_mean",
    "patience_mean",
    "quick_share",
    "tick",
    "starts",
    "ends",
    "now",
    "bucket_rate",
    "row_after",
    "row_ends",
    "slowed",
    "contention",
    "coherency",
    "retry_after",
    "budget",
    "shut_until",
    "restart_s",
    "admits_gap",
    "last_admission",
    "admission",
]
KEYS = ("key_patience", "key_service", "key_service_angle", "key_backoff", "key_quick", "key_stay")

REGISTERS = np.dtype(
    [(name, "i8") for name in ADDRESSES]
    + [(name, "i8") for name in WHOLES]
    + [(name, "f8") for name in REALS]
    + [(name, "u8") for name in KEYS]
)

listener_at = rows_of(MINE)
event_at = rows_of(EVENT)
heaped_at = rows_of(HEAPED)
bucket_at = rows_of(BUCKET)
slot_at = rows_of(SLOT)
whole_at = rows_of(WHOLE)
short_at = rows_of(SHORT)
real_at = rows_of(REAL)
foreign_at = rows_of(FOREIGN)
life_at = rows_of(LIFE)
