"""Traffic: every line is counted or put aside with a reason, times land in their bins, memory stays bounded."""

import datetime as dt
import gzip
import pathlib
import re
import tracemalloc
import zoneinfo
from collections import Counter

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings

from loadbearing import Crowd, Door, Scenario, ScenarioError, Service, Weather, simulate, traffic
from loadbearing.scenario import LONGEST_S, MOST_TABLE_POINTS
from loadbearing.traffic import TrafficError
from loadbearing.traffic.bins import Bins

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
EVENING = dt.datetime(2024, 8, 12, 20, tzinfo=NEW_YORK)
EVENING_S = int(EVENING.timestamp())


@pytest.fixture
def file(tmp_path):
    """Write lines, text or bytes to a file and return its path."""

    def write(content, name="file.txt"):
        if isinstance(content, list):
            content = "".join(f"{line}\n" for line in content)
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def log_line(
    at, request="GET /join?room=7 HTTP/1.1", status=200, client="203.0.113.9", tail="", offset=None
):
    """A line of an access log at `at` seconds since 1970, as a server in New York writes it."""
    zone = NEW_YORK if offset is None else dt.timezone(dt.timedelta(minutes=offset))
    when = dt.datetime.fromtimestamp(at, zone).strftime("%d/%b/%Y:%H:%M:%S %z")
    return f'{client} - - [{when}] "{request}" {status} 512{tail}'


COMBINED = ' "https://example.org/\\"x" "Mozilla/5.0 (X11; \\"M\\")"'


def people_by_time(seen):
    """The counts of some traffic: beginning of each bin that has anyone, in seconds since 1970."""
    begins = seen.begins.timestamp()
    return {
        begins + seen.bin_s * at: int(number) for at, number in enumerate(seen.counts) if number
    }


def whole_account(seen):
    """Every line of the file, by what became of it."""
    lines = seen.lines
    return (
        lines.counted
        + lines.blank
        + lines.comments
        + lines.header
        + lines.left_out_in_all
        + lines.broken_in_all
    )


# --- what goes in comes out -----------------------------------------------------------------------


def naive(text):
    return lambda at: dt.datetime.fromtimestamp(at, NEW_YORK).strftime(text)


WRITTEN = {
    "ISO with offset": lambda at: dt.datetime.fromtimestamp(at, NEW_YORK).isoformat(),
    "ISO in UTC": lambda at: f"{dt.datetime.fromtimestamp(at, dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
    "ISO far away": lambda at: dt.datetime.fromtimestamp(
        at, dt.timezone(dt.timedelta(hours=5, minutes=45))
    ).isoformat(" "),
    "ISO without zone": naive("%Y-%m-%d %H:%M:%S"),
    "ISO with a fraction": naive("%Y-%m-%dT%H:%M:%S.250"),
    "ISO run together": naive("%Y%m%dT%H%M%S"),
    "slashes": naive("%Y/%m/%d %H:%M:%S"),
    "day first": naive("%d.%m.%Y %H:%M:%S"),
    "UTC in letters": lambda at: f"{dt.datetime.fromtimestamp(at, dt.UTC):%Y-%m-%d %H:%M:%S} UTC",
    "seconds since 1970": str,
    "seconds with a fraction": lambda at: f"{at}.75",
    "thousandths since 1970": lambda at: str(1000 * at + 999),
    "as in a log": naive("[%d/%b/%Y:%H:%M:%S"),
    "as in a log, with offset": naive("[%d/%b/%Y:%H:%M:%S %z]"),
}
AROUND = {
    "alone": lambda when, n: when,
    "first column": lambda when, n: f"{when},row {n}",
    "behind a name": lambda when, n: f'"Ms. {n}, guest";{when};x',
    "in quotation marks": lambda when, n: f'"{when}"\t"said ""{n}"""',
}
TIMES = st.lists(st.integers(EVENING_S - 3600, EVENING_S + 7200), min_size=1, max_size=60)
NOISE = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["", "# note", "soon", "  "])))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    times=TIMES,
    noise=NOISE,
    written=st.sampled_from(sorted(WRITTEN)),
    around=st.sampled_from(sorted(AROUND)),
    width=st.sampled_from([0.5, 1, 2, 60, 900]),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_stamps_written_in_any_way_are_read_back_into_the_same_bins(
    file, times, noise, written, around, width, ending
):
    lines = [AROUND[around](WRITTEN[written](at), n) for n, at in enumerate(times)]
    for place, text in noise:
        lines.insert(place % (len(lines) + 1), text)
    path = file("".join(line + ending for line in ["when", *lines]))
    column = {"behind a name": 2}.get(around, 1)
    seen = traffic.read_stamps(path, bin_s=width, time_zone="America/New_York", time_column=column)
    fraction = {"with a fraction": 0.75, "ISO with a fraction": 0.25}
    part = next((part for end, part in fraction.items() if written.endswith(end)), 0)
    part = 0.25 if written == "ISO with a fraction" else part
    part = 0.999 if written.startswith("thousandths") else part
    assert people_by_time(seen) == Counter((at + part) // width * width for at in times)
    kinds = Counter(text.strip() for _, text in noise)
    assert (seen.lines.blank, seen.lines.comments) == (kinds[""], kinds["# note"])
    assert seen.lines.broken_in_all == kinds["soon"]
    assert whole_account(seen) == seen.lines.read == len(lines) + 1
    steps = np.diff(times)
    assert seen.out_of_order == np.count_nonzero(steps < 0)
    assert seen.back_s == max(0, -min(steps, default=0))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(times=TIMES, noise=NOISE, combined=st.booleans(), offset=st.sampled_from([-240, 0, 345]))
def test_a_log_is_read_back_into_the_same_bins(file, times, noise, combined, offset):
    tail = COMBINED if combined else ""
    lines = [log_line(at, tail=tail, offset=offset) for at in times]
    for place, text in noise:
        lines.insert(place % (len(lines) + 1), text)
    seen = traffic.read_log(file(lines), bin_s=1)
    assert people_by_time(seen) == Counter(times)
    assert seen.first.utcoffset() == dt.timedelta(minutes=offset)
    assert seen.offsets == {60 * offset: len(times)}
    assert whole_account(seen) == seen.lines.read == len(lines)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    counts=st.lists(st.integers(0, 3000), min_size=2, max_size=50).filter(any),
    width=st.sampled_from([1, 5, 60, 3600]),
    shape=st.sampled_from(
        [("{:,}", ",", '"'), ("{}", ";", ""), ("{},0", ";", ""), ("{}.0", "\t", "")]
    ),
    order=st.randoms(use_true_random=False),
)
@example([1, 0], 1, ("{}", ";", ""), None)
def test_a_table_of_counts_is_read_back_row_by_row_in_any_order(file, counts, width, shape, order):
    number, delimiter, quote = shape
    rows = [
        f"{WRITTEN['ISO in UTC'](EVENING_S + width * at)}{delimiter}{quote}{number.format(n)}{quote}"
        for at, n in enumerate(counts)
    ]
    if order:
        order.shuffle(rows)
    seen = traffic.read(file([f"time{delimiter}people", *rows]), bin_s=width)
    assert seen.kind == "counts"
    assert seen.counts.tolist() == counts
    assert (seen.begins.timestamp(), seen.bin_s) == (EVENING_S, width)
    assert (seen.rows.missing, seen.rows.overlapping, seen.rows.off_grid) == (0, 0, 0)


def test_the_same_file_packed_gives_equal_traffic(file):
    lines = [log_line(EVENING_S + at % 97, tail=COMBINED) for at in range(5000)] + ["torn [12/Au"]
    text = "".join(f"{line}\n" for line in lines).encode()
    plain = traffic.read(file(text, "a.log"))
    # Two packed pieces in one file are one file, as when logs of two days are put together.
    packed = gzip.compress(text[:50_000]) + gzip.compress(text[50_000:])
    assert traffic.read(file(packed, "b.log.gz")) == plain
    assert plain.people == 5000
    assert traffic.read(file(text + b"\n", "c.log")) != plain


# --- kinds and columns are found ------------------------------------------------------------------

MINUTES = ["2024-08-12 20:00", "2024-08-12 20:01", "2024-08-12 20:02"]
FOUND = {
    "named count": (["Timestamp,Requests", *(f"{one},5" for one in MINUTES)], "counts", 15),
    "no header": ([f"{one};5" for one in MINUTES], "counts", 15),
    "vague name on a grid": (["time,value", *(f"{one},5" for one in MINUTES)], "counts", 15),
    "numbers that name somebody": (["time,user_id", *(f"{one},5" for one in MINUTES)], "stamps", 3),
    "not on a grid": (
        ["1723507200,17", "1723507201,12", "1723507207,17", "1723507216,3"],
        "stamps",
        4,
    ),
    "fractions behind a comma": ([f"{one}:07,023" for one in MINUTES], "stamps", 3),
    "date and time apart": (
        ["date,time", *(one.replace(" ", ",") for one in MINUTES)],
        "stamps",
        3,
    ),
    "date beside a full time": (
        ["date,ts", *(f"2024-08-12,{EVENING_S + n}.5" for n in (0, 3, 4))],
        "stamps",
        3,
    ),
    "separator named": (["sep=|", "when|people", *(f"{one}|5" for one in MINUTES)], "counts", 15),
    "byte order mark": (["\ufefftime\tpeople", *(f"{one}\t5" for one in MINUTES)], "counts", 15),
    "days": (["day,people", "2024-08-12,3", "2024-08-13,4"], "counts", 7),
    "small numbers named as times": (["seconds,people", "0,3", "1,4", "2,0"], "counts", 7),
    "log": ([log_line(EVENING_S, client="2001:db8::9")], "log", 1),
    "log of several hosts": (["example.org:80 " + log_line(EVENING_S)], "log", 1),
    "log with brackets in a name": (
        [log_line(EVENING_S).replace("- - [", "- ann [x] [")],
        "log",
        1,
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_kind_and_columns_are_found_from_the_content(file, case):
    lines, kind, people = FOUND[case]
    seen = traffic.read(file(lines))
    assert (seen.kind, seen.people) == (kind, people)
    assert whole_account(seen) == seen.lines.read == len(lines)
    assert not seen.broken


@pytest.mark.parametrize("column", ["Joined at", "joined_at", 2])
def test_a_column_is_named_or_numbered(file, column):
    path = file(["made,Joined at,n", "2024-08-12 19:00:00,2024-08-12 20:00:01,4"])
    seen = traffic.read(path, time_column=column, count_column="N", bin_s=1)
    assert (seen.first.isoformat(), seen.people) == ("2024-08-12T20:00:01+00:00", 4)


def test_a_founder_is_asked_where_nobody_can_tell(file):
    path = file(["time,foo", *(f"{one},5" for one in MINUTES)])
    with pytest.raises(
        TrafficError, match=r"kind='counts' with count_column='foo', or kind='stamp"
    ):
        traffic.read(path)
    assert traffic.read(path, kind="counts").people == 15
    assert traffic.read(path, kind="stamps").people == 3


def test_the_mark_of_thousands_is_told_from_the_decimal_mark(file):
    rows = [f"{MINUTES[0]};1.234", f"{MINUTES[1]};12"]
    unclear = traffic.read(file(["time;people", *rows]), bin_s=60)
    assert unclear.broken == {"a count that is not a whole number": 1}
    assert traffic.read(file(["time;people", *rows]), bin_s=60, decimal=",").people == 1246
    told = traffic.read(file(["time;people", *rows, f"{MINUTES[2]};3,0"]))
    assert told.people == 1249
    assert "A dot within a count separates thousands." in told.report()


def test_a_format_of_ones_own_is_followed(file):
    path = file(["when", "8/12/2024 8:00:09 PM", "8/13/2024 12:00:09 AM"])
    with pytest.raises(TrafficError, match=r"time_format='%m/%d/%Y %H:%M'"):
        traffic.read(path)
    seen = traffic.read(path, time_format="%m/%d/%Y %I:%M:%S %p", time_zone=NEW_YORK)
    assert seen.first == EVENING + dt.timedelta(seconds=9)
    assert seen.last - seen.first == dt.timedelta(hours=4)


# --- lines that are not counted -------------------------------------------------------------------

GOOD_ROW = "2024-08-12 20:00:00,7"
BROKEN_ROWS = {
    "soon,7": "no time that can be read",
    "2024-02-30 20:00:00,7": "no time that can be read",
    "2024-08-12 20:00:61,7": "no time that can be read",
    "nan,7": "no time that can be read",
    f"{'9:' * 40},7": "no time that can be read",
    "20:00:00,7": "a time of day without a date",
    "1850-01-01 20:00:00,7": "a year before 1900 or after 2199",
    "9999-12-31 23:59:59-23:00,7": "a year before 1900 or after 2199",
    "0001-01-01 00:00:00+23:00,7": "a year before 1900 or after 2199",
    "99999999999999999999,7": "a year before 1900 or after 2199",
    "2040-08-12 20:00:00,7": "far from the rest",
    "2024-08-12 20:00:00": "fewer columns than the others",
    "2024-08-12 20:00:00,": "no count",
    "2024-08-12 20:00:00,many": "no count",
    "2024-08-12 20:00:00,1e3": "no count",
    "2024-08-12 20:00:00,-3": "a count below zero",
    "2024-08-12 20:00:00,2.5": "a count that is not a whole number",
    "2024-08-12 20:00:00,99999999999": "a count larger than any crowd",
    '2024-08-12 20:00:00,"7': "a quotation mark that is not closed",
    "\0\0\0": "not text",
    "2024-08-12 20:00:00,7" + " " * 70_000: "longer than 65,536 bytes",
    "x" * 1_000_000: "longer than 65,536 bytes",
}


@pytest.mark.parametrize("line", BROKEN_ROWS, ids=lambda line: BROKEN_ROWS[line][:30])
def test_a_broken_row_is_named_with_its_number_and_its_reason(file, line):
    later = GOOD_ROW.replace(":00,", ":01,")
    seen = traffic.read(file(["time,people", *[GOOD_ROW] * 3, line, later]), bin_s=1)
    assert seen.broken == {BROKEN_ROWS[line]: 1}
    assert [(one.line, one.reason) for one in seen.examples] == [(5, BROKEN_ROWS[line])]
    assert len(seen.examples[0].piece) <= 64 and seen.examples[0].piece.isprintable()
    assert (seen.people, whole_account(seen)) == (28, 6)
    shown = f"- {BROKEN_ROWS[line]}: 1 line; line 5 '{seen.examples[0].piece}'"
    assert shown in seen.report()


AT = log_line(EVENING_S)
BROKEN_LOG_LINES = {
    AT[:20]: "no time such as [12/Aug/2024:20:00:00 -0400]",
    "(nothing to see)": "no time such as [12/Aug/2024:20:00:00 -0400]",
    AT[:50]: "cut off before the end of the request",
    AT[: AT.index('" 200')]: "cut off before the end of the request",
    AT[: AT.index("200") + 2]: "cut off before the end of the request",
    AT.replace("12/Aug", "32/Aug"): "no time that can be read",
    AT.replace(":20:00:00", ":24:00:00"): "no time that can be read",
    AT.replace(":00 -", ":61 -"): "no time that can be read",
    AT.replace("-0400", "-0460"): "no time that can be read",
    AT.replace("2024", "1824"): "a year before 1900 or after 2199",
    "\0" * 40: "not text",
}


@pytest.mark.parametrize("line", BROKEN_LOG_LINES)
def test_a_broken_line_of_a_log_is_named_with_its_reason(file, line):
    seen = traffic.read(file([AT, AT, line, AT]))
    assert seen.broken == {BROKEN_LOG_LINES[line]: 1}
    assert (seen.examples[0].line, seen.people) == (3, 3)


@pytest.mark.parametrize(
    "line",
    [
        log_line(EVENING_S, client="2001:db8::9"),
        log_line(EVENING_S, request="-", status=408),
        log_line(EVENING_S, request="\\x16\\x03\\x01", status=400),
        log_line(EVENING_S, request='GET /\\"quoted\\" HTTP/1.1'),
        log_line(EVENING_S, request="GET /" + "a" * 30_000),
        log_line(EVENING_S, tail=' "-" "M\\"ller").. [12/Aug/2024:20:00:00'),
        "\0" * 500 + AT,
        AT.replace(" 512", " -"),
        AT.replace("- - [", "- john doe ["),
    ],
    ids=range(9),
)
def test_an_odd_line_of_a_log_is_still_a_request(file, line):
    seen = traffic.read(file([AT, AT, line]))
    assert people_by_time(seen) == {EVENING_S: 3}


def test_a_browser_named_in_latin_1_breaks_nothing(file):
    latin = log_line(EVENING_S, tail=' "-" "Müller"').encode("latin-1")
    assert traffic.read(file(latin + b"\n" + AT.encode())).people == 2


def test_of_many_broken_lines_the_first_three_of_each_reason_are_shown_without_the_client(file):
    lines = [AT, *[AT[:50]] * 40, *[AT[:20]] * 30, *[AT] * 90]
    seen = traffic.read(file(lines))
    assert sum(seen.broken.values()) == 70
    assert [one.line for one in seen.examples] == [2, 3, 4, 42, 43, 44]
    assert "203.0.113.9" not in seen.report()
    assert "Broken and not counted: 70 lines of 161." in seen.report()


@pytest.mark.parametrize(
    "first", ["32.08.2024 20:00:00;7", "n/a;7", "-;-1", "2024-08-12 25:00:00;7"]
)
def test_a_broken_first_row_is_broken_and_no_header(file, first):
    seen = traffic.read_counts(file([first, *(f"{one};5" for one in MINUTES)]))
    assert (sum(seen.broken.values()), seen.lines.header, seen.people) == (1, 0, 15)


def test_a_header_that_comes_again_is_a_header(file):
    day = ["time,people", *(f"{one},5" for one in MINUTES)]
    seen = traffic.read(file(day + [one.replace("12 20", "12 21") for one in day]))
    assert (seen.lines.header, seen.people, seen.broken) == (2, 30, {})


def test_a_record_over_two_lines_is_broken_twice_and_not_put_together(file):
    rows = ["time,note", "2024-08-12 20:00:01,a", '2024-08-12 20:00:02,"b', 'c"', GOOD_ROW]
    seen = traffic.read(file(rows))
    assert seen.broken == {"a quotation mark that is not closed": 2}
    assert seen.people == 2


def test_requests_for_other_things_are_left_out_and_counted_as_such(file):
    requests = {
        "GET /join?room=7 HTTP/1.1": 200,
        "POST /join HTTP/1.1": 200,
        "POST http://example.org/join HTTP/1.1": 503,
        "GET /joint HTTP/1.1": 200,
        "GET /api/v1/session HTTP/1.1": 302,
        "-": 408,
    }
    path = file([log_line(EVENING_S, one, status) for one, status in requests.items()])

    def counted(**wishes):
        seen = traffic.read(path, **wishes)
        assert whole_account(seen) == 6
        return seen.people, seen.lines.left_out

    assert counted() == (6, {})
    assert counted(only="/join") == (3, {"for another path": 3})
    assert counted(only=["/join", "/api/*"]) == (4, {"for another path": 2})
    assert counted(methods="post") == (2, {"by another method": 4})
    assert counted(statuses="2xx") == (3, {"with another status": 3})
    assert counted(statuses=[200, 302]) == (4, {"with another status": 2})
    assert counted(only="/join", methods=["POST"], statuses=200) == (
        1,
        {"for another path": 3, "by another method": 1, "with another status": 1},
    )
    report = traffic.read(path, only="/join").report()
    assert "Left out: 3 lines (3 for another path)." in report
    assert "Requests are not people" in report


def test_a_stretch_can_be_asked_for_and_the_rest_is_left_out(file):
    path = file([log_line(EVENING_S + at) for at in range(-100, 100)])
    seen = traffic.read(path, start="2024-08-12 20:00", until=EVENING + dt.timedelta(seconds=30))
    assert people_by_time(seen) == {EVENING_S + at: 1 for at in range(30)}
    assert seen.lines.left_out == {"outside the stretch asked for": 170}


# --- clocks, zones and order ----------------------------------------------------------------------


def test_times_without_a_zone_are_read_in_the_zone_given_and_said_to_be(file):
    rows = ["when", "2024-08-12 20:00:00"]
    assert traffic.read(file(rows)).first.timestamp() == EVENING_S - 4 * 3600
    seen = traffic.read(file(rows), time_zone="America/New_York")
    assert (seen.first, seen.unzoned, seen.offsets) == (EVENING, 1, {})
    assert "1 line without a time zone, read in America/New_York" in seen.report()
    assert traffic.read(file(rows), time_zone="-04:00").first == EVENING


def test_offsets_are_followed_line_by_line_and_listed(file):
    rows = ["2024-08-12T20:00:00-04:00", "2024-08-12T20:00:00-05:00", "2024-08-13T00:00:00Z"]
    seen = traffic.read(file(rows))
    assert people_by_time(seen) == {EVENING_S: 2, EVENING_S + 3600: 1}
    assert seen.offsets == {-18_000: 1, -14_400: 1, 0: 1}
    assert "names 3 UTC offsets" in seen.report()


def test_an_hour_that_comes_twice_is_the_first_and_one_that_never_comes_is_broken(file):
    rows = ["2024-11-03 00:59:59", "2024-11-03 01:30:00", "2024-11-03 02:00:00"]
    seen = traffic.read(file(rows), time_zone=NEW_YORK)
    midnight = dt.datetime(2024, 11, 3, 4, tzinfo=dt.UTC).timestamp()
    # Between 00:59:59 and 02:00:00 of that night lie two hours and a second.
    assert [*people_by_time(seen)] == [midnight + 3599, midnight + 5400, midnight + 10_800]
    assert seen.twice == 1
    assert "1 line in an hour that comes twice" in seen.report()
    rows = ["2025-03-09 01:59:59", "2025-03-09 02:30:00", "2025-03-09 03:00:00"]
    seen = traffic.read(file(rows), time_zone=NEW_YORK)
    assert seen.last - seen.first == dt.timedelta(hours=1, seconds=1)
    assert (seen.last.timestamp() - seen.first.timestamp(), len(seen.counts)) == (1, 2)
    assert seen.broken == {"an hour that does not exist because clocks go forward": 1}


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    wall=st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2060, 1, 1)),
    zone=st.sampled_from(
        ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Tokyo"]
    ),
    near=st.booleans(),
)
@example(dt.datetime(2024, 3, 31, 2), "Europe/Berlin", False)
@example(dt.datetime(2024, 3, 31, 3), "Europe/Berlin", False)
@example(dt.datetime(2024, 11, 3, 1), "America/New_York", False)
@example(dt.datetime(2024, 4, 7, 1, 45), "Australia/Lord_Howe", False)
def test_a_wall_clock_is_read_as_the_zone_database_says(file, wall, zone, near):
    zone = zoneinfo.ZoneInfo(zone)
    if near:
        wall = dt.datetime(2024, 11, 3) + (wall - dt.datetime(1950, 1, 1)) / 110_000
    wall = wall.replace(fold=0)
    written = wall.isoformat()
    true = wall.replace(tzinfo=zone)
    exists = true.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == wall
    # The second line is there so that something can be read whatever becomes of the first.
    path = file([written, f"{(true + dt.timedelta(hours=3)).astimezone(dt.UTC).isoformat()}"])
    seen = traffic.read(path, time_zone=zone)
    assert bool(seen.broken) != exists
    if exists:
        assert seen.first.timestamp() == true.timestamp()


def test_a_leap_second_is_counted_in_the_second_before(file):
    rows = ["2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "2017-01-01T00:00:00Z"]
    leap = dt.datetime(2016, 12, 31, 23, 59, 59, tzinfo=dt.UTC).timestamp()
    seen = traffic.read(file(rows))
    assert (people_by_time(seen), seen.leap) == ({leap: 2, leap + 1: 1}, 1)
    seen = traffic.read(file([AT.replace("20:00:00", "19:59:60"), AT]))
    assert (people_by_time(seen), seen.leap) == ({EVENING_S - 1: 1, EVENING_S: 1}, 1)


def test_times_before_1970_are_times(file):
    seen = traffic.read(file(["1969-07-20 20:17:40", "1969-07-20 20:17:41.5"]))
    assert [*people_by_time(seen)] == [-14182940, -14182939]
    assert [*people_by_time(traffic.read(file(["t", "-0.5", "-2"])))] == [-2, -1]


def test_lines_that_go_back_are_counted_in_their_bins_and_said(file):
    path = file([log_line(EVENING_S + at) for at in (0, 9, 5, 12, 2, 3)])
    seen = traffic.read(path)
    assert (seen.out_of_order, seen.back_s) == (2, 10)
    assert "2 lines earlier than the line before, by 10 seconds at most" in seen.report()
    assert [*people_by_time(seen)] == [EVENING_S + at for at in (0, 2, 3, 5, 9, 12)]
    newest_first = traffic.read(file([log_line(EVENING_S - at) for at in range(5)]))
    assert "from the newest line to the oldest" in newest_first.report()


def test_whole_minutes_are_spread_over_their_minute(file):
    rows = ["when", *["2024-08-12 20:00"] * 3, "2024-08-12 20:01"]
    seen = traffic.read(file(rows))
    assert (seen.bin_s, seen.counts.tolist()) == (60, [3, 1])
    asked = traffic.read(file(rows), bin_s=1)
    assert (asked.bin_s, len(asked.counts)) == (1, 61)
    assert "everybody seems to come at once" in asked.report()
    mixed = traffic.read(file([*rows, "2024-08-12 20:01:30"]))
    assert mixed.bin_s == 1


# --- bins, weeks and gaps -------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "width"), [(1, 1), (2, 2), (6.9, 8)])
def test_bins_double_until_they_fit_and_nobody_is_lost(file, days, width):
    step = 61
    times = [EVENING_S + at for at in range(0, int(days * 86_400), step)]
    seen = traffic.read(file([str(at) for at in reversed(times)]))
    assert seen.bin_s == width
    assert len(seen.counts) <= MOST_TABLE_POINTS
    assert people_by_time(seen) == Counter(at // width * width for at in times)
    assert seen.people == len(times)
    assert ("would have been too many" in seen.report()) == (width > 1)


def test_one_line_far_away_is_named_and_the_rest_keeps_its_bins(file):
    rows = [log_line(EVENING_S + at) for at in range(50)]
    for place, wrong in ((0, "1971"), (20, "2040"), (50, "2140")):
        seen = traffic.read(file([*rows[:place], AT.replace("2024", wrong), *rows[place:]]))
        assert seen.broken == {"far from the rest": 1}
        assert seen.examples[0].line == place + 1
        assert (seen.bin_s, len(seen.counts), seen.people) == (1, 50, 50)
        assert seen.out_of_order == 0


def test_of_a_long_file_the_busiest_week_is_kept_and_said(file):
    # A line an hour for 30 days; from day 12 on, for five days, three more an hour.
    hours = range(30 * 24)
    times = [EVENING_S + 3600 * hour for hour in hours]
    times += [at + k for at in times[12 * 24 : 17 * 24] for k in (1, 2, 3)]
    seen = traffic.read(file(sorted(map(str, times))))
    begins, ends = (moment.timestamp() for moment in seen.week)
    assert ends - begins == LONGEST_S
    assert begins <= times[12 * 24] and times[17 * 24 - 1] < ends
    assert seen.people == sum(begins <= at < ends for at in times)
    assert seen.broken == {"far from the rest": len(times) - seen.people}
    assert "covers more than a week" in seen.report()
    part = traffic.read(
        file(sorted(map(str, times))), start=begins_text(times[0]), until=begins_text(times[48])
    )
    assert part.people == 48 and not part.broken


def begins_text(at):
    return dt.datetime.fromtimestamp(at, dt.UTC).isoformat()


def test_a_hole_in_a_steady_stream_is_found_and_chance_makes_none(file):
    dice = np.random.default_rng(5)
    times = EVENING_S + np.sort(dice.uniform(0, 3600, 1800))
    steady = traffic.read(file([f"{at:.3f}" for at in times]))
    assert steady.gaps == () and steady.gaps_found == 0
    # With half a person a second, 100 seconds expect 50 people, in about 39 different seconds.
    kept = times[(times < EVENING_S + 1500) | (times >= EVENING_S + 1600)]
    holed = traffic.read(file([f"{at:.3f}" for at in kept]))
    (gap,) = holed.gaps
    assert gap.begins.timestamp() == int(kept[kept < EVENING_S + 1500].max()) + 1
    assert 100 <= gap.lasts_s <= 110
    assert "Nobody came in 1 stretch" in holed.report()


def test_many_holes_are_counted_and_the_ten_longest_are_shown(file):
    times = [at for block in range(15) for at in range(1000 * block, 1000 * block + 900 - block)]
    seen = traffic.read(file([str(EVENING_S + at) for at in times]))
    assert seen.gaps_found == 14
    assert [gap.lasts_s for gap in seen.gaps] == [100 + block for block in range(4, 14)]


@pytest.mark.parametrize(("before", "after", "found"), [(25, 25, 1), (25, 15, 0), (15, 25, 0)])
def test_an_empty_stretch_is_a_gap_only_between_two_busy_ones(file, before, after, found):
    times = [*range(-before, 0), *range(30, 30 + after)]
    seen = traffic.read(file([str(EVENING_S + at) for at in times]))
    assert (seen.gaps_found, len(seen.gaps)) == (found, found)


def test_rows_that_overlap_or_are_missing_are_counted(file):
    minutes = [0, 1, 2, 2, 3, 7, 8, 8.75]
    rows = [f"{EVENING_S + int(60 * at)},10" for at in minutes]
    seen = traffic.read(file(["t,people", *rows]))
    assert seen.counts.tolist() == [10, 10, 20, 10, 0, 0, 0, 10, 10, 10]
    rows = seen.rows
    assert (rows.row_s, rows.off_grid, rows.overlapping, rows.missing) == (60, 1, 1, 3)
    assert rows.longest_missing.begins == EVENING + dt.timedelta(minutes=4)
    assert rows.longest_missing.lasts_s == 180
    report = seen.report()
    for said in ("1 row beginning in between", "1 row for a stretch", "3 stretches without a row"):
        assert said in report


@settings(max_examples=200, deadline=None)
@given(
    chunks=st.lists(
        st.lists(st.tuples(st.integers(-500, 500), st.integers(0, 9)), max_size=8), max_size=8
    ),
    width=st.integers(1, 7),
    phase=st.integers(-9, 9),
    most=st.integers(2, 40),
)
def test_bins_hold_everybody_whatever_comes_in_which_chunk(chunks, width, phase, most):
    second = 10**6
    bins = Bins(width * second, phase * second, most=most)
    for chunk in chunks:
        bins.add([at * second for at, _ in chunk], [people for _, people in chunk])
    everybody = [one for chunk in chunks for one in chunk]
    wide = bins.width // second
    # Twice as long as often as it took, and not once more.
    assert wide in [width << doubled for doubled in range(12)]
    expected = Counter()
    for at, people in everybody:
        expected[(at - phase % width) // wide] += people
    origin = (bins.begins // second - phase % width) // wide
    found = {origin + at: int(people) for at, people in enumerate(bins.counts) if people}
    assert found == {at: people for at, people in expected.items() if people}
    assert len(bins.counts) <= most
    if everybody and wide > width:
        places = [(at - phase % width) // (wide // 2) for at, _ in everybody]
        assert max(places) - min(places) + 1 > most
    times = [at for at, _ in everybody]
    assert bins.back == sum(after < before for before, after in zip(times, times[1:], strict=False))


# --- the file itself ------------------------------------------------------------------------------

REFUSED = {
    "empty": ("", r"path is 'file.txt'; it is empty"),
    "blank": ("\n \n\n", r"blank or comments; give one with data"),
    "only names": ("time,people\n", r"time_column is None, and no column can be read as a time"),
    "nobody": ("time,people\n1723507200,0\n1723507201,0\n", r"all of its 2 counts are 0"),
    "UTF-16": ("time\n2024-08-12 20:00\n".encode("utf-16"), r"UTF-16 or UTF-32. Save it as UTF-8"),
    "UTF-16 without mark": ("t\n2024-08-12 20:00\n".encode("utf-16-be"), r"UTF-16 or UTF-32"),
    "UTF-32": ("t\n2024-08-12 20:00\n".encode("utf-32"), r"UTF-16 or UTF-32"),
    "spreadsheet": (
        b"PK\x03\x04" + bytes(90),
        r"a zip archive or a spreadsheet; unpack it, or save",
    ),
    "rubbish": (np.random.default_rng(1).bytes(9000), r"it is not text. Give a table"),
    "old line ends": ("t\r2024-08-12 20:00\r2024-08-12 20:01\r", r"carriage returns alone\). Save"),
    "packed nothing": (gzip.compress(b""), r"it is empty"),
    "packed and cut at once": (
        gzip.compress(b"t\n1\n")[:12],
        r"ends before it should, in its first line. Fetch it",
    ),
    "only dates": (
        "2024-08-12\n2024-08-13\n",
        r"none of its 2 lines .* a date without a time of day",
    ),
    "one row": ("time,people\n2024-08-12 20:00,3\n", r"bin_s is None, .* give bin_s, in seconds"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_without_traffic_is_refused_with_a_remedy(file, case):
    content, says = REFUSED[case]
    with pytest.raises(TrafficError, match=says):
        traffic.read(file(content))


def test_a_path_that_leads_to_no_file_is_refused(file, tmp_path):
    with pytest.raises(TrafficError, match=r"nope.csv'; there is no such file in .*Check name"):
        traffic.read(tmp_path / "nope.csv")
    with pytest.raises(TrafficError, match=r"that is a folder. Give a file in it"):
        traffic.read(tmp_path)
    for wrong in (None, 3, "a\0b"):
        with pytest.raises(TrafficError, match=r"path is"):
            traffic.read(wrong)
    assert issubclass(TrafficError, ScenarioError)


WISHES = {
    "kind is 'lgo'. Did you mean 'log'": dict(kind="lgo"),
    "bin_s is 0; give": dict(bin_s=0),
    "bin_s is nan; give": dict(bin_s=float("nan")),
    "bin_s is '1'; give": dict(bin_s="1"),
    "time_zone is 'Mars/X'; give": dict(time_zone="Mars/X"),
    "until is '2024-08-12 19:00'; it must lie after start": dict(
        start="2024-08-12 20:00", until="2024-08-12 19:00"
    ),
    "until is '2024-08-30 19:00', more than seven days": dict(
        start="2024-08-12 20:00", until="2024-08-30 19:00"
    ),
    "start is 'soon', no time that can be read; give": dict(start="soon"),
    "start is '2025-03-09 02:30', an hour that does not exist": dict(
        start="2025-03-09 02:30", time_zone="America/New_York"
    ),
    "outside the stretch asked for. Its first time is 2024-08-12 20:00:00-04:00": dict(
        start="2025-01-01 00:00"
    ),
    "only is 'join'; give": dict(only="join"),
    "only is 7; give": dict(only=7),
    "no line is for '/jion'. Its first lines ask for '/join'": dict(only="/jion"),
    "statuses is 99; give": dict(statuses=99),
    "methods is []; give": dict(methods=[]),
    "decimal is ';'; give": dict(decimal=";"),
    "time_column is 1, but the file is an access log": dict(time_column=1),
    "time_format is '%Q'": dict(time_format="%Q"),
}


@pytest.mark.parametrize("says", WISHES)
def test_a_wish_that_makes_no_sense_is_refused_with_a_remedy(file, says):
    with pytest.raises(TrafficError) as refusal:
        traffic.read(file([AT, AT]), **WISHES[says])
    assert says in str(refusal.value)


def test_a_wish_for_another_kind_of_file_is_refused(file):
    path = file(["time,people,room", *(f"{one},5,x" for one in MINUTES)])
    with pytest.raises(TrafficError, match=r"only is '/join', but the file is a table"):
        traffic.read(path, only="/join")
    with pytest.raises(TrafficError, match=r"count_column is 'people', but .*kind='counts'"):
        traffic.read(path, kind="stamps", count_column="people")
    with pytest.raises(
        TrafficError, match=r"'poeple'; the file has no such column. Did you mean 'peo"
    ):
        traffic.read(path, count_column="poeple")
    with pytest.raises(TrafficError, match=r"time_column is 4; the file has columns 1 to 3"):
        traffic.read(path, time_column=4)
    with pytest.raises(
        TrafficError, match=r"2 columns could hold the counts; name one of: 'time', "
    ):
        traffic.read_counts(file(["time,a,b", *(f"{one},5,6" for one in MINUTES)]))


@pytest.mark.parametrize("damage", ["cut", "scrambled"])
def test_of_a_damaged_gzip_file_the_readable_part_is_read_and_the_break_is_said(file, damage):
    dice = np.random.default_rng(2)
    lines = [
        log_line(EVENING_S + at // 50, client=f"203.0.113.{dice.integers(256)}")
        for at in range(20_000)
    ]
    packed = gzip.compress("".join(f"{line}\n" for line in lines).encode())
    half = len(packed) // 2
    packed = packed[:half] if damage == "cut" else packed[:half] + bytes(200) + packed[half + 200 :]
    seen = traffic.read(file(packed))
    whole = seen.lines.counted
    assert 1000 < whole < 20_000
    assert seen.counts.tolist()[:10] == [50] * 10
    assert seen.broke_off
    assert whole_account(seen) == seen.lines.read
    assert "The gzip file is damaged" in seen.report()
    if damage == "cut":
        assert seen.lines.read == whole + 1
        assert f"it ends before it should after line {whole:,}" in seen.report()
        assert seen.broken == {"where the gzip file breaks off": 1}


FRAGMENTS = st.sampled_from(
    [
        b"2024-08-12 20:00:0",
        b"2024-08-12",
        b"20:00:60",
        b"1723507200",
        b"-1",
        b"1,234",
        b"time",
        b"people",
        b"#",
        b"sep=;",
        b";",
        b",",
        b"\t",
        b'"',
        b"'",
        b"\r",
        b"\0",
        b"\xff\xfe",
        b"\xc2\xa0",
        b" ",
        b"+23:59",
        b"W01",
        AT.encode(),
        AT[:60].encode(),
        b"[12/Aug/2024:20:00:00 -0400] ",
        b"9" * 30,
    ]
)
LINES = st.lists(
    st.lists(st.one_of(FRAGMENTS, st.binary(max_size=3)), max_size=5).map(b"".join), max_size=12
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    good=st.sampled_from(
        [
            [],
            [b"time,people", b"2024-08-12 20:00,3", b"2024-08-12 20:05,7"],
            [b"2024-08-12T20:00:05Z;1", b"2024-08-12T20:00:07Z;4", b"2024-08-12T20:00:09Z;5"],
            [b"1723507200", b"1723507201.5"],
            [AT.encode()] * 3,
        ]
    ),
    lines=LINES,
    kind=st.sampled_from([None, None, "counts", "stamps", "log"]),
    zone=st.sampled_from([None, "Europe/Berlin"]),
    width=st.sampled_from([None, 0.1, 1, 86_400]),
    last=st.sampled_from([b"", b"\n"]),
)
def test_whatever_a_file_holds_every_line_is_accounted_for_or_a_sentence_says_why_not(
    file, good, lines, kind, zone, width, last
):
    path = file(b"\n".join(good + lines) + last)
    try:
        seen = traffic.read(path, kind=kind, time_zone=zone, bin_s=width)
    except TrafficError as refusal:
        assert str(refusal).rstrip().endswith((".", "?")) and len(str(refusal)) < 600
        return
    content = path.read_bytes()
    assert seen.lines.read == content.count(b"\n") + (not content.endswith(b"\n"))
    assert whole_account(seen) == seen.lines.read
    assert seen.arrivals().people == seen.people > 0
    assert seen.report().replace("\n", "").isprintable()


# --- arrivals -------------------------------------------------------------------------------------


def test_the_start_is_a_time_of_day_a_text_a_datetime_or_the_busiest_minute(file):
    path = file([log_line(EVENING_S + at) for at in (-600, -1, 70, 75, 80, 300)])
    seen = traffic.read(path)
    for start in ("20:00", "2024-08-12 20:00", "2024-08-13T00:00Z", EVENING):
        assert seen.arrivals(start).from_s == -600
    assert seen.busiest_minute == EVENING + dt.timedelta(minutes=1)
    assert seen.busiest_people == 3
    assert seen.arrivals().from_s == -660
    assert seen.arrivals("19:45").from_s == 300
    with pytest.raises(TrafficError, match=r"starts_at is '2023-08-12 20:00', more than a week"):
        seen.arrivals("2023-08-12 20:00")
    with pytest.raises(TrafficError, match=r"starts_at is '16:00', more than an hour .*time_zone"):
        seen.arrivals("16:00")
    with pytest.raises(TrafficError, match=r"starts_at is '25:00'; give a time from '00:00'"):
        seen.arrivals("25:00")
    with pytest.raises(TrafficError, match=r"starts_at is 5; give a datetime or a text"):
        seen.arrivals(5)


def test_a_time_of_day_that_comes_more_than_once_must_name_its_day(file):
    seen = traffic.read(file([str(EVENING_S - 3600), str(EVENING_S + 90_000)]), time_zone=NEW_YORK)
    with pytest.raises(
        TrafficError, match=r"2 times. Give the day too: '2024-08-12 20:00' or '2024"
    ):
        seen.arrivals("20:00")
    assert seen.arrivals("2024-08-13 20:00").from_s == -3600 - 86_400
    # Half past six comes once while the traffic lasts, on the second day, 23 and a half hours after the first line.
    assert seen.arrivals("18:30").from_s == -84_600


def test_arrivals_hold_everybody_or_the_stretch_asked_for(file):
    seen = traffic.read(file([log_line(EVENING_S + at) for at in range(-50, 50)]))
    whole = seen.arrivals("20:00")
    assert (whole.from_s, whole.bin_s, whole.people) == (-50, 1, seen.people)
    part = seen.arrivals("20:00", from_s=-10, until_s=5)
    assert (part.from_s, part.counts) == (-10, (1,) * 15)
    with pytest.raises(TrafficError, match=r"nobody came between them.*between -50 and 50 seconds"):
        seen.arrivals("20:00", from_s=60)


def test_a_crowd_arrives_as_the_traffic_did(file):
    dice = np.random.default_rng(4)
    counts = dice.integers(20, 400, 120)
    rows = [f"{EVENING_S + at},{number}" for at, number in enumerate(counts)]
    seen = traffic.read(file(["t,people", *rows]), time_zone=NEW_YORK)
    crowd = Crowd(listeners=seen.people, arrivals=seen.arrivals("20:00"), timeout_s=5)
    evening = Scenario(
        crowd=crowd,
        door=Door(handlers=10_000, service=Service(mean_s=0.1)),
        weather=Weather.calm(),
        starts_s=0,
        ends_s=300,
    )
    run = simulate(evening, seed=3)
    came = run.seconds["arrivals"][:120]
    assert came.sum() == counts.sum() == len(run.listeners)
    # Each listener draws a second on its own: chi-square with 119 degrees of freedom, sd sqrt(238).
    distance = ((came - counts) ** 2 / counts).sum()
    assert abs(distance - 119) < 5 * np.sqrt(2 * 119)


# --- what is handed out ---------------------------------------------------------------------------


def test_traffic_cannot_be_changed_and_shows_itself(file):
    seen = traffic.read(file([AT, "<b>&", AT, AT], "my.log"))
    with pytest.raises(ValueError, match="read-only"):
        seen.counts[0] = 5
    with pytest.raises(AttributeError):
        seen.kind = "counts"
    assert repr(seen) == (
        "Traffic('my.log', 3 requests in 1 bin of 1 s from 2024-08-12 20:00:00-04:00)"
    )
    page = seen._repr_html_()
    assert "&lt;b&gt;&amp;" in page and "<b>" not in page
    assert page.count("<p>") == len(seen.report().splitlines())


@pytest.mark.parametrize("kind", ["counts", "stamps", "log"])
def test_the_three_explicit_functions_read_their_kind(file, kind):
    path = file([AT] if kind == "log" else ["time,x", *(f"{one},5" for one in MINUTES)])
    explicit = {
        "counts": traffic.read_counts,
        "stamps": traffic.read_stamps,
        "log": traffic.read_log,
    }[kind]
    assert explicit(path).kind == kind
    assert explicit(path) == traffic.read(path, kind=kind)


# --- memory ---------------------------------------------------------------------------------------


def write_log(path, lines):
    """Write a log of an hour with that many lines, a thousand different ones at a time; every hundredth is broken."""
    with path.open("wb") as out:
        for block in range(0, lines, 1000):
            at = EVENING_S + 3600 * block // lines
            text = "".join(
                "torn [12/Aug\n" if n % 100 == 99 else log_line(at, f"GET /{n} HTTP/1.1") + "\n"
                for n in range(1000)
            )
            out.write(text.encode())


def test_one_endless_line_is_not_held_in_memory(file):
    path = file(f"{AT}\n{'x' * 30_000_000}\n{AT}\n{'y' * 5_000_000}")
    tracemalloc.start()
    seen = traffic.read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (seen.people, seen.broken) == (2, {"longer than 65,536 bytes": 2})
    assert peak < 8 * 2**20


@pytest.mark.slow
def test_memory_does_not_grow_with_the_length_of_the_file(tmp_path):
    peaks = {}
    for lines in (100_000, 1_000_000):
        path = tmp_path / "long.log"
        write_log(path, lines)
        if not peaks:
            traffic.read(path)
        tracemalloc.start()
        seen = traffic.read(path)
        _, peaks[lines] = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (seen.people, seen.lines.broken_in_all) == (lines * 99 // 100, lines // 100)
    assert peaks[1_000_000] < 1.2 * peaks[100_000]
    assert peaks[1_000_000] < 16 * 2**20


def test_what_the_page_tells_founders_to_do_works(tmp_path, monkeypatch):
    page = (pathlib.Path(__file__).parents[1] / "lessons/your_traffic.md").read_text("utf-8")
    lines = [
        f"10.0.0.{at % 250} - - [12/Aug/2024:{19 + at // 3600:02d}:{at // 60 % 60:02d}:{at % 60:02d} -0400] "
        f'"GET {"/join" if at % 3 else "/style.css"} HTTP/1.1" 200 512'
        for at in range(0, 7200, 5)
    ]
    (tmp_path / "access.log").write_text("\n".join(lines) + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    names = {}
    for code in re.findall(r"```python\n(.*?)```", page, re.S):
        exec(code, names)
    asked = sum("GET /join" in line for line in lines)
    assert names["mine"].people == asked
    assert names["run"].seconds["arrivals"].sum() == asked
    assert names["arrivals"].first_s == -3600 + 5
