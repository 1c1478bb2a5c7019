"""A calendar of what is still to come, for the compiled engine: buckets of time, and a heap for the one that is due.

An event is (time, key, slot). The key packs (class, listener, attempt) into one whole number, so that
equal times are taken in the order of the rules by comparing one number. Events wait unsorted in the bucket of
their time; when a bucket falls due its events go into a small binary heap. Brown (1988) describes calendar
queues; the heap within the due bucket is what keeps ties exact.
"""

from __future__ import annotations

import collections

import numpy as np

from loadbearing.engines._numba import njit

EVENT = np.dtype([("time", "f8"), ("key", "i8"), ("next", "i4"), ("slot", "i4")])
Calendar = collections.namedtuple("Calendar", "pool heads heap_time heap_key heap_slot marks frame")
FREE, FRESH, DUE, HEAPED = range(4)
START, END, BUCKETS_PER_S = range(3)
EVENTS_PER_BUCKET = 40
LISTENER_BITS, ATTEMPT_BITS = 31, 28


def new_calendar(room, start, end, events):
    """Return an empty calendar with room for `room` waiting events, from start to end, `events` expected in all."""
    buckets = int(min(max(events / EVENTS_PER_BUCKET, 64), 2**21))
    frame = np.array([start, end, buckets / (end - start)])
    heads = np.full(buckets + 2, -1, np.int32)
    marks = np.array([-1, 0, 0, 0], np.int64)
    return Calendar(np.empty(room, EVENT), heads, *_heap(room), marks, frame)


def with_more_room(calendar):
    """Return the same calendar with twice the room."""
    room = 2 * len(calendar.pool)
    pool = np.empty(room, EVENT)
    pool[: len(calendar.pool)] = calendar.pool
    times, keys, slots = _heap(room)
    used = calendar.marks[HEAPED]
    times[:used] = calendar.heap_time[:used]
    keys[:used] = calendar.heap_key[:used]
    slots[:used] = calendar.heap_slot[:used]
    return calendar._replace(pool=pool, heap_time=times, heap_key=keys, heap_slot=slots)


def _heap(room):
    return np.empty(room, np.float64), np.empty(room, np.int64), np.empty(room, np.int32)


@njit
def packed(kind, listener, attempt):
    """Return (class, listener, attempt) as one number that sorts in that order."""
    return (np.int64(kind) << (LISTENER_BITS + ATTEMPT_BITS)) | (
        np.int64(listener) << ATTEMPT_BITS
    ) | np.int64(attempt)


@njit
def has_room(c, needed):
    """Tell whether `needed` more events surely fit."""
    return c.marks[FRESH] + c.marks[HEAPED] + needed < len(c.pool)


@njit
def schedule(c, time, key, slot):
    """Put one event into the calendar; what would happen after the end is left out."""
    if time > c.frame[END]:
        return
    bucket = int((time - c.frame[START]) * c.frame[BUCKETS_PER_S])
    if bucket <= c.marks[DUE]:
        _push(c, time, key, slot)
        return
    at = c.marks[FREE]
    if at >= 0:
        c.marks[FREE] = c.pool[at].next
    else:
        at = c.marks[FRESH]
        c.marks[FRESH] = at + 1
    event = c.pool[at]
    event.time = time
    event.key = key
    event.slot = slot
    event.next = c.heads[bucket]
    c.heads[bucket] = at


@njit
def bring_due(c, time):
    """Move on to the first bucket that holds an event, or to the bucket of `time` if that comes first."""
    last = min(int((time - c.frame[START]) * c.frame[BUCKETS_PER_S]), len(c.heads) - 1)
    due = c.marks[DUE]
    while due < last:
        due += 1
        if c.heads[due] >= 0:
            break
    c.marks[DUE] = due
    at = c.heads[due]
    c.heads[due] = -1
    while at >= 0:
        event = c.pool[at]
        _push(c, event.time, event.key, event.slot)
        after = event.next
        event.next = c.marks[FREE]
        c.marks[FREE] = at
        at = after


@njit
def _push(c, time, key, slot):
    times, keys, slots = c.heap_time, c.heap_key, c.heap_slot
    at = c.marks[HEAPED]
    c.marks[HEAPED] = at + 1
    while at > 0:
        parent = (at - 1) >> 1
        if times[parent] < time or (times[parent] == time and keys[parent] <= key):
            break
        times[at], keys[at], slots[at] = times[parent], keys[parent], slots[parent]
        at = parent
    times[at], keys[at], slots[at] = time, key, slot


@njit
def drop_first(c):
    """Take the earliest event off the heap."""
    times, keys, slots = c.heap_time, c.heap_key, c.heap_slot
    last = c.marks[HEAPED] - 1
    c.marks[HEAPED] = last
    time, key, slot = times[last], keys[last], slots[last]
    at, child = 0, 1
    while child < last:
        other = child + 1
        if other < last and (
            times[other] < times[child] or (times[other] == times[child] and keys[other] < keys[child])
        ):
            child = other
        if time < times[child] or (time == times[child] and key <= keys[child]):
            break
        times[at], keys[at], slots[at] = times[child], keys[child], slots[child]
        at = child
        child = 2 * at + 1
    times[at], keys[at], slots[at] = time, key, slot
