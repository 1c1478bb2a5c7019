"""A calendar of what is still to come, for the compiled engine.

An event is (time, key); the key packs (class, listener, attempt) into one whole number, so that equal times are
taken in the order of the rules by comparing one number. Events wait unsorted in the bucket of their time, an eighth
of a second wide, in chunks of 32 so that reading them runs through memory in order. When a bucket falls due it is
sorted once, by counting; what is added to it later goes into a small heap beside it. (Brown 1988, "Calendar queues".)
"""

from __future__ import annotations

import numpy as np

from loadbearing.engines._numba import njit
from loadbearing.engines.memory import bucket_at, event_at, heaped_at, short_at

BUCKETS_PER_S, FEWEST_BUCKETS, MOST_BUCKETS = 8, 64, 2**22
CHUNK_BITS = 5
CHUNK = 1 << CHUNK_BITS
MANY_IN_A_BIN = 64
LISTENER_BITS, ATTEMPT_BITS = 31, 28
KIND_SHIFT = LISTENER_BITS + ATTEMPT_BITS
WHO, WHICH = (1 << LISTENER_BITS) - 1, (1 << ATTEMPT_BITS) - 1


@njit
def packed(kind, listener, attempt):
    """Return (class, listener, attempt) as one number that sorts in that order."""
    return (np.int64(kind) << KIND_SHIFT) | (np.int64(listener) << ATTEMPT_BITS) | np.int64(attempt)


@njit
def earlier(time, key, other_time, other_key):
    """Tell whether one event comes before another: by time, then by class, listener and attempt."""
    return time < other_time or (time == other_time and key < other_key)


@njit
def has_room(s, needed):
    """Tell whether `needed` more events surely fit."""
    chunks = most_chunks(needed, s.bucket_last)
    return s.chunk_fresh + chunks <= s.chunk_room and s.near_used + needed < s.near_room


@njit
def most_chunks(events, buckets):
    """Return how many new chunks so many events can take at most: one each, or the full ones and one a bucket."""
    return min(events, (events >> CHUNK_BITS) + buckets + 2)


@njit
def schedule(s, time, key):
    """Put one event into the calendar; what would happen after the end is left out."""
    if time > s.ends:
        return
    bucket = int((time - s.starts) * s.bucket_rate)
    if bucket <= s.due:
        push(s.near, s.near_used, time, key, 0)
        s.near_used += 1
        return
    row = bucket_at(s.buckets, bucket)
    held = row.held
    row.held = held + 1
    if held & (CHUNK - 1) == 0:
        row.tail = _new_chunk(s, row.tail)
    event = event_at(s.events, (np.int64(row.tail) << CHUNK_BITS) + (held & (CHUNK - 1)))
    event.time = time
    event.key = key


@njit
def _new_chunk(s, before):
    chunk = s.chunk_free
    if chunk >= 0:
        s.chunk_free = short_at(s.chunk_after, chunk).value
    else:
        chunk = s.chunk_fresh
        s.chunk_fresh = chunk + 1
    short_at(s.chunk_after, chunk).value = before
    return chunk


@njit
def bring_due(s, time):
    """Move on to the first bucket that holds an event, or to the bucket of `time` if that comes first.

    Return 1 if a bucket was sorted, 0 if none was, and -1, staying before it, if one does not fit.
    """
    last = min(int((time - s.starts) * s.bucket_rate), s.bucket_last)
    due = s.due
    while due < last:
        due += 1
        held = bucket_at(s.buckets, due).held
        if held > s.sorted_room:
            s.due = due - 1
            return -1
        if held > 0:
            s.due = due
            _sort_bucket(s, due)
            return 1
    s.due = due
    return 0


@njit
def _bin(s, time, left_edge, rate, count):
    return min(max(int((time - left_edge) * rate), 0), count - 1)


@njit
def _sort_bucket(s, bucket):
    """Counting sort by time into as many bins as events, then insertion for what shares a bin.

    Chunks are read from the newest event back and bins filled from their ends, so events of one time keep the
    order in which they were scheduled. Where very many share a bin, wide gaps come first (Shell 1959).
    """
    row = bucket_at(s.buckets, bucket)
    count = np.int64(row.held)
    left_edge, rate = s.starts + bucket / s.bucket_rate, s.bucket_rate * count
    for at in range(count):
        short_at(s.bins, at).value = 0
    newest = count - ((count - 1) >> CHUNK_BITS << CHUNK_BITS)
    chunk, used = np.int64(row.tail), newest
    while chunk >= 0:
        for at in range(chunk << CHUNK_BITS, (chunk << CHUNK_BITS) + used):
            place = _bin(s, event_at(s.events, at).time, left_edge, rate, count)
            short_at(s.bins, place).value += 1
        chunk, used = np.int64(short_at(s.chunk_after, chunk).value), np.int64(CHUNK)
    fullest = short_at(s.bins, 0).value
    for at in range(1, count):
        fullest = max(fullest, short_at(s.bins, at).value)
        short_at(s.bins, at).value += short_at(s.bins, at - 1).value
    chunk, used = np.int64(row.tail), newest
    while chunk >= 0:
        for back in range(1, used + 1):
            event = event_at(s.events, (chunk << CHUNK_BITS) + used - back)
            place = short_at(s.bins, _bin(s, event.time, left_edge, rate, count))
            place.value -= 1
            to = event_at(s.sorted, place.value)
            to.time = event.time
            to.key = event.key
        after = np.int64(short_at(s.chunk_after, chunk).value)
        short_at(s.chunk_after, chunk).value = s.chunk_free
        s.chunk_free = chunk
        chunk, used = after, np.int64(CHUNK)
    if fullest > MANY_IN_A_BIN:
        gap = count // 2
        while gap > 1:
            _insertion_sort(s, count, gap)
            gap //= 2
    _insertion_sort(s, count, 1)
    row.tail = -1
    row.held = 0
    s.sorted_next = 0
    s.sorted_used = count


@njit
def _insertion_sort(s, count, gap):
    for at in range(gap, count):
        event = event_at(s.sorted, at)
        time, key, to = event.time, event.key, at
        while to >= gap:
            before = event_at(s.sorted, to - gap)
            if not earlier(time, key, before.time, before.key):
                break
            here = event_at(s.sorted, to)
            here.time, here.key = before.time, before.key
            to -= gap
        if to != at:
            here = event_at(s.sorted, to)
            here.time, here.key = time, key


@njit
def push(heap, used, time, key, slot):
    """Put one event on the heap at this address, which holds `used` of them."""
    at = used
    while at > 0:
        parent = (at - 1) >> 1
        above = heaped_at(heap, parent)
        if not earlier(time, key, above.time, above.key):
            break
        here = heaped_at(heap, at)
        here.time, here.key, here.slot = above.time, above.key, above.slot
        at = parent
    here = heaped_at(heap, at)
    here.time, here.key, here.slot = time, key, slot


@njit
def drop_first(heap, used):
    """Take the earliest event off the heap at this address, which then holds `used` of them."""
    last = heaped_at(heap, used)
    time, key, slot = last.time, last.key, last.slot
    at, child = np.int64(0), np.int64(1)
    while child < used:
        below = heaped_at(heap, child)
        if child + 1 < used:
            other = heaped_at(heap, child + 1)
            if earlier(other.time, other.key, below.time, below.key):
                child += 1
                below = other
        if not earlier(below.time, below.key, time, key):
            break
        here = heaped_at(heap, at)
        here.time, here.key, here.slot = below.time, below.key, below.slot
        at = child
        child = 2 * at + 1
    here = heaped_at(heap, at)
    here.time, here.key, here.slot = time, key, slot
