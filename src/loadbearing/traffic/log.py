"""A web server's access log, in the common or the combined format; each line is one request."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from loadbearing.traffic.account import BLANK, COMMENT, Aside, TrafficError, Unreadable
from loadbearing.traffic.times import Clock

OTHER_PATH = Aside("left out", "for another path")
OTHER_METHOD = Aside("left out", "by another method")
OTHER_STATUS = Aside("left out", "with another status")
NO_LOG_TIME = Aside("broken", "no time such as [12/Aug/2024:20:00:00 -0400]")
CUT_OFF = Aside("broken", "cut off before the end of the request")
NOT_TEXT = Aside("broken", "not text")

_TIME = rb"\[([0-9]{2}/[A-Za-z]{3}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4})\]"
_REQUEST = rb' "([^"\\]*+(?:\\.[^"\\]*+)*+)" ([0-9]{3}|-) [0-9-]'
_PLAIN = re.compile(rb"[^\[]*" + _TIME + _REQUEST, re.DOTALL)
_ODD = re.compile(rb".*? " + _TIME + _REQUEST, re.DOTALL)
_ONLY_A_TIME = re.compile(rb".*?" + _TIME, re.DOTALL)
_STATUS = re.compile(r"[1-5](?:[0-9]{2}|xx)", re.IGNORECASE)


def looks_like_one(lines: Sequence[bytes]) -> bool:
    """Whether more than half of these lines hold the time of an access log and, behind it, a request."""
    found = sum(1 for line in lines if _ODD.match(line) or _PLAIN.match(line))
    return found > len(lines) / 2


def parser(
    clock: Clock,
    only: Sequence[str] | str | None = None,
    methods: Sequence[str] | str | None = None,
    statuses: Sequence[int | str] | int | str | None = None,
) -> Callable[[bytes], tuple[int, int] | Aside]:
    """Return a function that reads one line: (microseconds since 1970, 1), or why it is put aside.

    `only`: paths to count, without their query; one that ends with * stands for all that begin so. `methods`: such as
    "POST". `statuses`: such as 200 or "2xx".
    """
    wanted = _wanted(only, methods, statuses)

    def parse(line: bytes) -> tuple[int, int] | Aside:
        found = _PLAIN.match(line) or _ODD.match(line)
        if not found:
            return _why_not(line)
        when, request, status = found.groups()
        if wanted and (other := wanted(request, status)):
            return other
        try:
            return clock.log(when), 1
        except Unreadable as trouble:
            return Aside("broken", str(trouble))

    return parse


def path_of(request: bytes) -> bytes:
    """Return the path that a request asks for, without host and query.

    >>> path_of(b"GET /join?room=7 HTTP/1.1"), path_of(b"GET http://example.org/join HTTP/1.1")
    (b'/join', b'/join')
    """
    target = request.split(b" ", 2)[1] if b" " in request else b""
    if b"://" in target.split(b"?", 1)[0]:
        target = b"/" + target.split(b"://", 1)[1].partition(b"/")[2]
    return target.split(b"?", 1)[0].split(b"#", 1)[0]


def paths_seen(lines: Sequence[bytes], most: int = 5) -> list[str]:
    """Return the paths that these lines ask for most often, the commonest first."""
    seen: dict[bytes, int] = {}
    for line in lines:
        if found := _PLAIN.match(line) or _ODD.match(line):
            path = path_of(found[2])
            seen[path] = seen.get(path, 0) + 1
    commonest = sorted(seen, key=lambda path: (-seen[path], path))[:most]
    return [path.decode("utf-8", "backslashreplace") for path in commonest]


def _why_not(line: bytes) -> Aside:
    if not line.strip():
        return BLANK
    if line.lstrip().startswith(b"#"):
        return COMMENT
    if _ONLY_A_TIME.match(line):
        return CUT_OFF
    return NOT_TEXT if b"\0" in line else NO_LOG_TIME


def _wanted(only, methods, statuses) -> Callable[[bytes, bytes], Aside | None] | None:
    """Return a function that says why a request is left out, or None if all are wanted."""
    paths = [
        path.encode() for path in _listed("only", only, _is_path, "'/join' or ['/join', '/api/*']")
    ]
    exact = {path for path in paths if not path.endswith(b"*")}
    begins = tuple(path[:-1] for path in paths if path.endswith(b"*"))
    by = {
        name.upper().encode()
        for name in _listed("methods", methods, str.isalpha, "'POST' or ['GET', 'POST']")
    }
    codes = [
        code.lower().encode()
        for code in _listed("statuses", statuses, _STATUS.fullmatch, "200, '2xx' or [200, 302]")
    ]
    status_begins = tuple(code.rstrip(b"x") for code in codes)

    def why_left_out(request: bytes, status: bytes) -> Aside | None:
        if paths and (path := path_of(request)) not in exact and not path.startswith(begins):
            return OTHER_PATH
        if by and request.split(b" ", 1)[0] not in by:
            return OTHER_METHOD
        if codes and not status.startswith(status_begins):
            return OTHER_STATUS
        return None

    return why_left_out if paths or by or codes else None


def _is_path(text: str) -> bool:
    return text.startswith("/") and "?" not in text and "*" not in text[:-1]


def _listed(field: str, given, fits, remedy: str) -> list[str]:
    """Return what was asked for as a list of texts, or raise a sentence; None is an empty list."""
    if given is None:
        return []
    alone = isinstance(given, str) or not isinstance(given, Collection)
    texts = [str(one) for one in ([given] if alone else given)]
    if not texts or not all(fits(text) for text in texts):
        raise TrafficError(f"{field} is {given!r}; give {remedy}.")
    return texts
