"""The dashboard: what it reads, what it keeps, and what it knows it has missed."""

import contextlib
import http.client
import http.server
import json
import math
import threading
import time

import pytest

from loadbearing.live import telemetry
from loadbearing.live.process import Child
from loadbearing.live.telemetry import Dashboard, Telemetry
from loadbearing.run import to_plain
from loadbearing.scenario import Crowd, Door, Scenario, Service, Steady, Weather

PAGE = '# HELP busy Handlers.\n# TYPE busy gauge\nbusy 3\n# TYPE lost counter\nlost_total{kind="a"} 2\n'


class FakeDoor(http.server.ThreadingHTTPServer):
    """A door that answers every question in the same way, after `waits_s`."""

    daemon_threads = True

    def __init__(self, page=PAGE, status=200, waits_s=0.0):
        self.page, self.status, self.waits_s = page, status, waits_s
        super().__init__(("127.0.0.1", 0), Answers)

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    @property
    def port(self):
        return self.server_address[1]


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(self.server.waits_s)
        with contextlib.suppress(OSError):
            self.send_response(self.server.status)
            self.end_headers()
            self.wfile.write(self.server.page.encode())

    def log_message(self, *_):
        """Say nothing."""


def row_at(door, timeout_s=0.3):
    return telemetry.row_of(door.port, time.monotonic() - 5, timeout_s)


def test_a_scrape_is_the_numbers_of_the_page_and_its_size():
    with FakeDoor() as door:
        row = row_at(door)
    assert row["values"] == {"busy": 3.0, 'lost_total{kind="a"}': 2.0}
    assert row["bytes"] == len(PAGE)
    assert row["t"] == pytest.approx(5, abs=0.2)


@pytest.mark.parametrize(
    ("door", "said"),
    [
        (dict(waits_s=0.6), "no answer within 0.3 seconds"),
        (dict(status=503), "the answer was 503"),
        (dict(page="busy three\n"), "The answer is no Prometheus text"),
    ],
)
def test_what_is_no_answer_is_a_gap_that_says_why(door, said):
    with FakeDoor(**door) as one:
        row = row_at(one)
    assert said in row["gap"]
    assert "values" not in row


def test_a_door_that_has_gone_is_a_gap():
    with FakeDoor() as door:
        pass
    assert row_at(door)["gap"] == "nobody answered"


def test_it_asks_every_so_often_keeps_the_rows_and_stops(tmp_path):
    with FakeDoor() as door:
        asking = Telemetry(door.port, tmp_path, time.monotonic(), every_s=0.1).start()
        time.sleep(0.75)
        kept = asking.stop()
        count = len(kept.rows)
        time.sleep(0.25)
    assert 5 <= count <= 9
    assert len(asking.rows) == count, "it went on after it was stopped"
    assert not kept.gaps or count < 8
    assert telemetry.read(tmp_path, every_s=0.1) == kept
    times, busy = kept.series("busy")
    assert busy == [3.0] * count
    assert times == sorted(times)


def row(t, gap=None):
    return {"t": t, "gap": gap} if gap else {"t": t, "bytes": 100, "values": {"busy": t, "q": 0}}


def test_gaps_are_counted_by_hand():
    """At 2 no answer; the one at 4 never happened because that at 3 took so long."""
    kept = Dashboard((row(0.0), row(1.0), row(2.0, "no answer"), row(3.0), row(5.0)))
    assert kept.gaps == [(2.0, "no answer"), (4.0, "held up by the one before")]
    assert (kept.bytes, kept.numbers) == (400, 8)
    assert str(kept.series("busy")) == "([0.0, 1.0, 2.0, 3.0, 5.0], [0.0, 1.0, nan, 3.0, 5.0])"
    assert kept.say() == (
        "The dashboard asked 6 times and got 4 answers: 8 numbers in 0 kilobytes. "
        "2 never came, from 2 to 4 seconds."
    )
    assert "Nothing was hidden" in Dashboard((row(0.0), row(1.0))).say()
    assert "1 answer never came, at 1 second" in Dashboard((row(0.0), row(1.0, "why"))).say()
    assert "never asked" in Dashboard(()).say()


def test_what_happened_before_a_gap_was_hidden_by_hand():
    """Scrapes at 0, 1, 3 and 5; gaps at 2 and 4: hidden is what happened after 1 up to 2, and after 3 up to 4."""
    kept = Dashboard((row(0.0), row(1.0), row(2.0, "no answer"), row(3.0), row(5.0)))
    assert kept.hid([0.5, 1.0, 1.5, 2.0, 2.5, 3.5, 4.5, 5.0]) == 3 / 8
    assert kept.hid([1.5, 7.0]) == 1.0, "after the last scrape nobody asked"
    assert math.isnan(kept.hid([])) and math.isnan(Dashboard(()).hid([1.0]))


def test_a_file_broken_off_is_read_up_to_its_last_whole_line(tmp_path):
    assert telemetry.read(tmp_path).rows == ()
    whole = [row(0.0), row(1.0, "no answer")]
    text = "".join(json.dumps(one) + "\n" for one in whole)
    (tmp_path / "telemetry.jsonl").write_text(text + '{"t": 2.0, "by', encoding="utf-8")
    assert telemetry.read(tmp_path).rows == (*whole,)


# --- the real door --------------------------------------------------------------------------------


def ask(port, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", path, body)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_an_overload_hides_itself_from_its_own_dashboard(tmp_path):
    """Two handlers and a queue of one: while no handler is there somebody waits in it, and no scrape is answered."""
    evening = Scenario(
        crowd=Crowd(listeners=1, arrivals=Steady(from_s=0, until_s=3)),
        door=Door(handlers=2, service=Service(mean_s=0.05, cv=0), queue_limit=1),
        weather=Weather.calm(),
        starts_s=0,
        ends_s=60,
    )
    announced = time.monotonic()
    config = dict(evening=to_plain(evening), announced=announced, folder=str(tmp_path), lives_s=60)
    with Child("loadbearing.live.serve", config) as server:
        asked = config | {"port": server.first("port")["port"], "every_s": 0.2, "timeout_s": 0.15}
        with Child("loadbearing.live.telemetry", asked) as asking:
            until(lambda: telemetry.read(tmp_path).answered)
            assert ask(asked["port"], "/fault", '{"handlers": 2, "lasts_s": 1.5}') == 200
            from_s = time.monotonic() - announced
            assert ask(asked["port"], "/join/0/1") == 200
            until_s = time.monotonic() - announced
            until(lambda: telemetry.read(tmp_path).answered[-1]["t"] > until_s)
            asking.process.stdin.close()
            assert asking.wait(10) == 0
            said = asking.first("said")["said"]
    kept = telemetry.read(tmp_path, every_s=0.2)
    meanwhile = [(from_s + until_s) / 2, until_s - 0.3]
    assert kept.hid(meanwhile) == 1.0, kept.gaps
    assert kept.hid([kept.rows[0]["t"] - 1]) == 0.0
    last = kept.answered[-1]["values"]
    names = ("attempts_total", "joined_total", "handlers", "queue")
    assert [last[f"loadbearing_{name}"] for name in names] == [1, 1, 2, 0]
    assert said == kept.say() and "never came" in said


def until(true, within_s=10.0):
    """Wait until something is so."""
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.05)


def test_it_ends_by_itself_when_its_time_is_over(tmp_path):
    with FakeDoor() as door:
        config = dict(port=door.port, announced=time.monotonic(), folder=str(tmp_path), lives_s=0.4)
        with Child("loadbearing.live.telemetry", config) as asking:
            assert asking.wait(10) == 0
    assert telemetry.read(tmp_path).answered
