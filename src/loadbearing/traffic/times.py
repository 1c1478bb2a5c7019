"""Times as files write them, turned into whole microseconds since 1970 (UTC), which bins can share exactly."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections import Counter

from loadbearing.traffic.account import TrafficError, Unreadable

SECOND = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND
QUARTER = 15 * MINUTE
LEAST_BIN, MOST_BIN = SECOND // 10, DAY
EPOCH = dt.datetime(1970, 1, 1)
EPOCH_UTC = EPOCH.replace(tzinfo=dt.UTC)
MOST_KEPT, MOST_CHARACTERS = 10_000, 64

NO_TIME = "no time that can be read"
DATE_ALONE = "a date without a time of day"
TIME_ALONE = "a time of day without a date"
NO_SUCH_HOUR = "an hour that does not exist because clocks go forward"

# Not from the calendar module, which speaks the language of the machine.
_MONTHS = b"jan feb mar apr may jun jul aug sep oct nov dec".split()
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(?:[.,][0-9]{0,12})?")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|(?:19|20|21)[0-9]{6}|[0-9]{4}-?W[0-9]{2}(?:-?[0-9])?"
)
_RUN_TOGETHER = re.compile(r"((?:19|20|21)[0-9]{6})([0-9]{6})")
_OF_A_LOG = re.compile(
    r"\[?([0-9]{2}/[A-Za-z]{3}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2})(?: ([+-][0-9]{4}))?\]?"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:,? +(.*))?")
_LOOSE = re.compile(
    r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[T ] *([0-9]{1,2})(:.*?)? ?(Z|UTC|GMT|[+-][0-9:]{2,6})?)?"
)
_TIME_OF_DAY = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?")
_LEAP = re.compile(r"(.*[0-9]{2}:[0-9]{2}):60(?![0-9])(.*)")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2}):?([0-9]{2})?")
_EPOCH_UNITS = ((10**11, SECOND), (10**14, 1000), (10**17, 1))


def microseconds(moment: dt.datetime) -> int:
    """Return microseconds since 1970: of a time with a zone in UTC, of one without on its own wall."""
    past = moment - (EPOCH if moment.tzinfo is None else EPOCH_UTC)
    return (past.days * 86_400 + past.seconds) * SECOND + past.microseconds


EARLIEST, LATEST = microseconds(dt.datetime(1900, 1, 1)), microseconds(dt.datetime(2200, 1, 1))
"""Times before and after are taken for mistakes."""


def moment(at: int, zone: dt.tzinfo) -> dt.datetime:
    """Return the time with its zone, `at` microseconds since 1970."""
    return (EPOCH_UTC + dt.timedelta(microseconds=at)).astimezone(zone)


def zone_of(value: str | dt.tzinfo) -> dt.tzinfo:
    """Return the time zone of a name or of an offset.

    >>> zone_of("-04:00")
    datetime.timezone(datetime.timedelta(days=-1, seconds=72000))
    """
    if isinstance(value, dt.tzinfo):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if text.upper() in ("UTC", "GMT", "Z"):
        return dt.UTC
    if found := _OFFSET.fullmatch(text):
        sign = -1 if found[1] == "-" else 1
        minutes = sign * (60 * int(found[2]) + int(found[3] or 0))
        if abs(minutes) < 24 * 60:
            return dt.timezone(dt.timedelta(minutes=minutes))
    try:
        return zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise TrafficError(
            f"time_zone is {value!r}; give a name such as 'America/New_York', an offset such as '-04:00', or 'UTC'."
        ) from None


def zone_name(zone: dt.tzinfo) -> str:
    """Return a zone as one writes it: America/New_York, UTC, UTC-04:00."""
    if isinstance(zone, dt.timezone):
        return offset_name(round(zone.utcoffset(None).total_seconds()))
    return str(zone)


def offset_name(seconds: int) -> str:
    """Return an offset in seconds east of UTC as one writes it.

    >>> offset_name(-14_400), offset_name(20_700), offset_name(0)
    ('UTC-04:00', 'UTC+05:45', 'UTC')
    """
    if not seconds:
        return "UTC"
    hours, rest = divmod(abs(seconds), 3600)
    odd = f":{rest % 60:02d}" if rest % 60 else ""
    return f"UTC{'-' if seconds < 0 else '+'}{hours:02d}:{rest // 60:02d}{odd}"


class Clock:
    """Reads the times of one file and keeps account of what it had to decide.

    `zone` is for times that carry none. `dates` allows a date alone, which then means its midnight.
    """

    def __init__(
        self, zone: dt.tzinfo = dt.UTC, time_format: str | None = None, dates: bool = False
    ) -> None:
        self.zone, self.time_format, self.dates = zone, time_format, dates
        self.unzoned = self.twice = self.leap = 0
        self._offsets: Counter[int] = Counter()
        self._log_offsets: Counter[bytes] = Counter()
        self._log_times: dict[bytes, int] = {}
        self._plain_quarters: dict[int, int] = {}

    def stamp(self, text: str) -> int:
        """Return the microseconds since 1970 of a time stamp; raise `Unreadable` with the reason.

        ISO 8601 with or without zone, seconds (or thousandths and so on, by size) since 1970, the time of an access
        log, 31.12.2024 20:00, or `time_format` as `strptime` takes it.
        """
        text = text.strip()
        if len(text) > MOST_CHARACTERS:
            raise Unreadable(NO_TIME)
        if self.time_format:
            return self._instant(self._by_format(text))
        if "." in text[1:3] and (found := _DAY_FIRST.fullmatch(text)):
            day, month, year, rest = found.groups()
            text = f"{year}-{month:0>2}-{day:0>2} {rest or ''}".rstrip()
        if text[4:5] == "-" and (len(text) > 10 or self.dates):
            try:
                read = dt.datetime.fromisoformat(text)
            except ValueError:
                return self._otherwise(text)
            return self._instant(read)
        return self._otherwise(text)

    def log(self, text: bytes) -> int:
        """Return the microseconds since 1970 of a log's time, such as b"12/Aug/2024:20:00:00 -0400"."""
        at = self._log_times.get(text)
        if at is None:
            at = self._new_log_time(text)
        self._log_offsets[text[21:]] += 1
        return at

    @property
    def offsets(self) -> dict[int, int]:
        """How many times carried which UTC offset, in seconds east, in order."""
        found = Counter(self._offsets)
        for text, number in self._log_offsets.items():
            found[_offset_of_log(text)] += number
        return dict(sorted(found.items()))

    def _by_format(self, text: str) -> dt.datetime:
        try:
            return dt.datetime.strptime(text, self.time_format)
        except ValueError:
            raise Unreadable(NO_TIME) from None

    def _otherwise(self, text: str) -> int:
        """Read what is not plain ISO 8601 with dashes: rarer, so it may take longer."""
        if _NUMBER.fullmatch(text):
            if found := _RUN_TOGETHER.fullmatch(text):
                text = f"{found[1]}T{found[2]}"
            elif not _DATE.fullmatch(text):
                return _since_1970(text)
        if _DATE.fullmatch(text) and not self.dates:
            raise Unreadable(DATE_ALONE)
        if _TIME_OF_DAY.fullmatch(text):
            raise Unreadable(TIME_ALONE)
        if ":60" in text and (found := _LEAP.fullmatch(text)):
            read = self._otherwise(f"{found[1]}:59{found[2]}")
            self.leap += 1
            return read
        if found := _OF_A_LOG.fullmatch(text):
            if found[2]:
                return self.log(f"{found[1]} {found[2]}".encode())
            return self._local(_wall_of_log(found[1].encode()))
        if found := _LOOSE.fullmatch(text):
            year, month, day, hour, rest, zone = found.groups()
            if hour is None and not self.dates:
                raise Unreadable(DATE_ALONE)
            zone = "+00:00" if zone in ("Z", "UTC", "GMT") else zone or ""
            hour = f"T{int(hour):02d}{rest or ''}{zone}" if hour is not None else ""
            text = f"{year}-{int(month):02d}-{int(day):02d}{hour}"
        try:
            read = dt.datetime.fromisoformat(text)
        except ValueError:
            raise Unreadable(NO_TIME) from None
        return self._instant(read)

    def _instant(self, read: dt.datetime) -> int:
        if read.tzinfo is None:
            return self._local(microseconds(read))
        offset = read.utcoffset()
        self._offsets[offset.days * 86_400 + offset.seconds] += 1
        return microseconds(read)

    def _local(self, wall: int) -> int:
        """Return what the wall of `zone` shows in UTC; of an hour that comes twice, the first."""
        if not EARLIEST <= wall < LATEST:
            return wall
        quarter = wall // QUARTER
        offset = self._plain_quarters.get(quarter)
        if offset is None:
            first, second = self._both_offsets(wall)
            if first < second:
                raise Unreadable(NO_SUCH_HOUR)
            self.twice += first > second
            offset = first
            begins, ends = quarter * QUARTER, (quarter + 1) * QUARTER - 1
            if {*self._both_offsets(begins), *self._both_offsets(ends)} == {first}:
                _keep(self._plain_quarters, quarter, offset)
        self.unzoned += 1
        return wall - offset

    def _both_offsets(self, wall: int) -> tuple[int, int]:
        """Return the offset at a wall time in microseconds, before and after a change of clocks if one is near."""
        naive = EPOCH + dt.timedelta(microseconds=wall)
        before = naive.replace(tzinfo=self.zone).utcoffset()
        after = naive.replace(tzinfo=self.zone, fold=1).utcoffset()
        return before // dt.timedelta(microseconds=1), after // dt.timedelta(microseconds=1)

    def _new_log_time(self, text: bytes) -> int:
        leap = text[18:20] == b"60"
        wall = _wall_of_log(text[:18] + b"59" if leap else text[:20])
        at = wall - _offset_of_log(text[21:]) * SECOND
        self.leap += leap
        return at if leap else _keep(self._log_times, text, at)


def _wall_of_log(text: bytes) -> int:
    """Return what b"12/Aug/2024:20:00:00" shows, in microseconds since 1970 on that wall."""
    try:
        month = _MONTHS.index(text[3:6].lower()) + 1
        day, year, hour, minute, second = (
            int(text[part])
            for part in (slice(2), slice(7, 11), slice(12, 14), slice(15, 17), slice(18, 20))
        )
        return microseconds(dt.datetime(year, month, day, hour, minute, second))
    except ValueError:
        raise Unreadable(NO_TIME) from None


def _offset_of_log(text: bytes) -> int:
    """Return an offset such as b"-0400" in seconds east of UTC."""
    hours, minutes = int(text[1:3]), int(text[3:5])
    if hours > 23 or minutes > 59:
        raise Unreadable(NO_TIME)
    return (-60 if text[:1] == b"-" else 60) * (60 * hours + minutes)


def _keep(kept: dict, key, value):
    """Remember a value for a key, forgetting all the others once they are too many."""
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[key] = value
    return value


def _since_1970(text: str) -> int:
    """Read a number as seconds, thousandths, millionths or billionths since 1970, by its size."""
    number = text.replace(",", ".")
    whole, _, decimals = number.partition(".")
    size = abs(int(whole))
    for limit, unit in _EPOCH_UNITS:
        if size < limit:
            part = int((decimals or "0").ljust(12, "0")) * unit // 10**12
            return int(whole) * unit + (-part if number.startswith("-") else part)
    return int(whole) // 1000


def read_moment(field: str, value: str | dt.datetime, zone: dt.tzinfo) -> int:
    """Return the microseconds since 1970 of a moment that the founder gives, read in `zone` if it carries none."""
    clock = Clock(zone)
    try:
        at = clock.stamp(value.isoformat() if isinstance(value, dt.datetime) else value)
    except (Unreadable, AttributeError, TypeError) as trouble:
        why = f", {trouble}" if isinstance(trouble, Unreadable) else ""
        raise TrafficError(
            f"{field} is {value!r}{why}; give a datetime or a text such as '2024-08-12 20:00'."
        ) from None
    if not EARLIEST <= at < LATEST:
        raise TrafficError(f"{field} is {value!r}; give a time between the years 1900 and 2199.")
    return at
