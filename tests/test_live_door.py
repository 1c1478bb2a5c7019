"""The real server, in a process of its own, asked over real connections.

Times are real here: services last at least what was drawn, and a computer that is busy may only make them longer. What
came of each request is what counts; the rules themselves are held to the simulation in `test_live_rules`.
"""

import concurrent.futures
import http.client
import json
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from loadbearing import draws
from loadbearing.live.process import Child, ProcessError
from loadbearing.run import Moment, to_plain
from loadbearing.scenario import (
    Change,
    Crowd,
    Door,
    HandlersLost,
    Scenario,
    Service,
    Steady,
    Timetable,
    WaitingRoom,
    Weather,
)

GENEROUS_S = 15
LATE_S = 0.5


def evening(**changes):
    """Two handlers of .4 seconds and two places in the queue."""
    held = Scenario(
        crowd=Crowd(listeners=50, arrivals=Steady(from_s=0, until_s=10)),
        door=Door(handlers=2, service=Service(mean_s=0.4, cv=0), queue_limit=2),
        weather=Weather.calm(),
        starts_s=-10,
        ends_s=60,
    )
    return held.changed(changes)


class Server(Child):
    """A real door, and a client that asks it."""

    def __init__(self, folder, announced_in_s=0.0, lives_s=30, **changes):
        self.folder, self.announced = folder, time.monotonic() + announced_in_s
        config = dict(evening=to_plain(evening(**changes)), seed=1, announced=self.announced)
        super().__init__(
            "loadbearing.live.serve", config | {"folder": str(folder), "lives_s": lives_s}
        )
        self.port = self.first("port")["port"]
        self.crowd = concurrent.futures.ThreadPoolExecutor(60)

    def ask(self, path, method="POST", body=None, host=None, timeout_s=GENEROUS_S):
        """Return (status, headers, text) of one request, or None if the client went away after its time."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            line.request(method, path, body, headers={"Host": host} if host else {})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        except TimeoutError:
            return None
        finally:
            line.close()

    def asked(self, listener, attempt=1, **how):
        """Ask at the door without waiting for the answer; return what will hold it, once the door has the request."""
        before = self.state()["counts"]["attempts"]
        answer = self.crowd.submit(self.ask, f"/join/{listener}/{attempt}", **how)
        self.until(lambda state: state["counts"]["attempts"] > before)
        return answer

    def state(self):
        return json.loads(self.ask("/state", "GET")[2])

    def until(self, holds):
        """Wait until the state of the door is as wanted, and return it."""
        end = time.monotonic() + GENEROUS_S
        while time.monotonic() < end:
            state = self.state()
            if holds(state):
                return state
            time.sleep(0.01)
        raise AssertionError(f"the door never came to be so: {state}")

    def rows(self):
        """Return what the door wrote down, by (listener, attempt)."""
        lines = (self.folder / "door.jsonl").read_text().splitlines()
        read = [json.loads(line) for line in lines]
        return {(row["listener"], row["attempt"]): row for row in read}

    def stop(self, **how):
        code = super().stop(**how)
        self.crowd.shutdown()
        return code


@pytest.fixture
def serve(tmp_path):
    """Return what starts a server; it is stopped when the test is over."""
    started = []

    def start(**how):
        started.append(Server(tmp_path, **how))
        return started[-1]

    yield start
    for server in started:
        server.stop()


def test_handlers_then_the_queue_then_refusals(serve):
    door = serve(**{"door.retry_after_s": 2.5})
    answers = [door.asked(i) for i in range(6)]
    told = [one.result() for one in answers]
    assert [status for status, _, _ in told] == [200] * 4 + [503] * 2
    assert told[0][2] == "in" and told[0][1]["Retry-After"] is None
    # Whole seconds, as the protocol wants them, and never sooner than asked.
    assert told[4][1]["Retry-After"] == "3" and told[4][1]["x-refused"] == "refused_full"
    rows = door.rows()
    assert [rows[i, 1]["answer"] for i in range(6)] == [Moment.JOINED] * 4 + [
        Moment.REFUSED_FULL
    ] * 2
    for i in range(2):
        assert rows[i, 1]["started"] == rows[i, 1]["sent"], "a free handler takes it at once"
        assert rows[i + 2, 1]["started"] >= rows[i, 1]["ended"], "who waited longest is next"
    for i in range(4):
        lasted = rows[i, 1]["ended"] - rows[i, 1]["started"]
        assert 0.399 <= lasted < 0.4 + LATE_S
    assert door.ask("/join/0/1")[0] == 409, "an attempt is made once"


def test_services_last_as_long_as_in_the_simulation(serve):
    drawn_by = {"door.handlers": 50, "door.service.mean_s": 0.2, "door.service.cv": 1.0}
    door = serve(**drawn_by)
    for answer in [door.asked(i) for i in range(30)]:
        assert answer.result()[0] == 200
    who = draws.arrivals(evening(**drawn_by), 1)[1]
    luck = draws.key(1, draws.SERVICE)
    late = []
    for (i, attempt), row in door.rows().items():
        drawn = draws.exponential(draws.uniform(luck, int(who[i]), attempt), 0.2)
        late.append(row["ended"] - row["started"] - drawn)
    assert len(late) == 30
    assert min(late) > -0.002 and sorted(late)[15] < 0.02, "a few milliseconds, on an idle computer"


def test_who_goes_away_leaves_dead_work_behind(serve):
    door = serve()
    staying = [door.asked(i) for i in range(2)]
    going = door.asked(2, timeout_s=0.1)
    assert going.result() is None
    state = door.until(lambda state: state["counts"]["timed_out"] == 1)
    assert (state["queue"], state["living_queue"], state["busy"]) == (1, 0, 2)
    assert [one.result()[0] for one in staying] == [200, 200]
    door.until(lambda state: state["counts"]["dead_services"] == 1)
    row = door.rows()[2, 1]
    assert row["answer"] == Moment.TIMED_OUT and row["skipped"] is None
    assert row["sent"] < row["gone"] < row["started"] < row["ended"]
    assert row["ended"] - row["started"] >= 0.399, "the whole service"


def test_dead_work_can_be_skipped(serve):
    door = serve(**{"door.drops_dead": True})
    staying = [door.asked(i) for i in range(2)]
    assert door.asked(2, timeout_s=0.1).result() is None
    door.until(lambda state: state["counts"]["timed_out"] == 1)
    assert [one.result()[0] for one in staying] == [200, 200]
    door.until(lambda state: state["counts"]["skipped"] == 1)
    row = door.rows()[2, 1]
    assert row["skipped"] > row["gone"] and row["started"] is None
    assert door.state()["counts"]["services"] == 2


def test_the_head_of_the_answer_says_that_a_service_has_begun(serve):
    door = serve(**{"door.handlers": 1})
    line = http.client.HTTPConnection("127.0.0.1", door.port, timeout=GENEROUS_S)
    door.asked(0)
    line.request("POST", "/join/1/1")
    answer = line.getresponse()
    state = door.state()
    assert (answer.status, state["counts"]["joined"], state["busy"]) == (200, 1, 1)
    assert answer.read() == b"in" and door.state()["counts"]["joined"] == 2
    line.close()


def test_going_away_during_the_service_is_dead_work_too(serve):
    door = serve()
    assert door.asked(0, timeout_s=0.1).result() is None
    door.until(lambda state: state["counts"]["dead_services"] == 1)
    row = door.rows()[0, 1]
    assert row["started"] < row["gone"] < row["ended"]


def test_a_retry_beyond_the_budget_is_refused_though_a_handler_is_free(serve):
    door = serve(**{"door.retry_budget": 0.5, "door.handlers": 9})
    first = [door.asked(i) for i in range(2)]
    retries = [door.asked(i, 2) for i in range(3)]
    assert [one.result()[0] for one in first] == [200, 200]
    # Two first attempts, so a second retry is let in while only one was: 1 > .5 x 2 is not so. Two are.
    told = [one.result() for one in retries]
    assert [status for status, _, _ in told] == [200, 200, 503]
    assert told[2][1]["x-refused"] == "refused_budget"


def test_a_fault_can_be_switched_on_and_passes(serve):
    door = serve(**{"door.queue_limit": None})
    body = json.dumps({"handlers": 2, "lasts_s": 0.5})
    status, _, told = door.ask("/fault", body=body)
    told = json.loads(told)
    assert status == 200 and told["until_s"] - told["from_s"] == pytest.approx(0.5)
    assert door.state()["handlers"] == 0
    assert [one.result()[0] for one in [door.asked(i) for i in range(2)]] == [200, 200]
    assert door.rows()[0, 1]["started"] >= told["until_s"] - 0.01
    assert door.ask("/fault", body=json.dumps({"slower": 3, "lasts_s": 9}))[0] == 200
    assert door.asked(2).result()[0] == 200
    row = door.rows()[2, 1]
    assert row["ended"] - row["started"] >= 1.199
    about = json.loads((door.folder / "door.json").read_text())
    assert [one["part"] for one in about["faults"]] == ["HandlersLost", "ServiceSlowed"]
    assert "switched on" in door.first("said")["said"]


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"handlers": -1, "lasts_s": 1}', '{"handlers": 1}']
)
def test_a_fault_that_is_none_is_answered_by_a_sentence(serve_once, body):
    status, _, told = serve_once.ask("/fault", body=body)
    assert status == 400 and "send {" in told


@pytest.fixture(scope="module")
def serve_once(tmp_path_factory):
    """A server for tests that leave it as it was."""
    with Server(tmp_path_factory.mktemp("door")) as server:
        yield server


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/join/0/0", "POST", 400),
        ("/join/99999999999/1", "POST", 400),
        ("/join/Ada/1", "POST", 404),
        ("/join/0/1", "GET", 405),
        ("/join/0/1?ticket=7", "POST", 410),
        ("/line/7", "GET", 410),
        ("/line/seven", "GET", 410),
        ("/nothing", "GET", 404),
    ],
)
def test_what_should_not_be_asked_is_answered(serve_once, path, method, status):
    assert serve_once.ask(path, method)[0] == status
    assert serve_once.state()["counts"]["attempts"] == 0


def test_it_hears_nobody_beyond_this_computer(serve_once):
    heard_at = [
        one.laddr
        for one in psutil.Process(serve_once.pid).net_connections()
        if one.status == psutil.CONN_LISTEN
    ]
    assert [(one.ip, one.port) for one in heard_at] == [("127.0.0.1", serve_once.port)]
    assert serve_once.ask("/state", "GET", host="somewhere.example")[0] == 400


def test_the_page_asks_nobody_else(serve_once):
    status, headers, page = serve_once.ask("/", "GET")
    assert status == 200 and headers["Content-Type"].startswith("text/html")
    assert "//" not in page.replace("<!doctype html>", "") and "/state" in page
    for needed in ('lang="en"', "<title>", "aria-live", 'scope="row"'):
        assert needed in page


def test_the_evenings_own_agenda_is_kept(serve):
    door = serve(
        announced_in_s=2.0,
        **{
            "door.queue_limit": None,
            "faults": [HandlersLost(at_s=0, lasts_s=1, handlers=1)],
            "controllers": [Timetable(changes=[Change(at_s=2, what="handlers", to=7)])],
        },
    )
    seen = {}
    while not seen or max(seen) < 2.2:
        state = door.state()
        seen[state["t"]] = state["handlers"]
        time.sleep(0.05)
    # Near a change either may be true; away from it only one.
    assert {n for t, n in seen.items() if t < 0} == {2}
    assert {n for t, n in seen.items() if 0.1 < t < 1} == {1}
    assert {n for t, n in seen.items() if 1.1 < t < 2} == {2}
    assert seen[max(seen)] == 7


def test_the_waiting_room(serve):
    room = {"waiting_room": WaitingRoom(opens_s=-10, admits_per_s=2.0)}
    door = serve(**room)
    told = [door.ask(f"/join/{i}/1") for i in range(4)]
    assert [status for status, _, _ in told] == [202] * 4
    tickets = [json.loads(text) for _, _, text in told]
    assert tickets[0]["admitted"] is True, "the first admission is immediate"
    assert [one["place"] for one in tickets[1:]] == [1, 2, 3]
    assert all(0 < one["poll_s"] <= 5 for one in tickets[1:])
    assert door.state()["waiting_room"] == 3
    assert door.ask(f"/line/{tickets[2]['ticket']}", "DELETE")[0] == 204
    last = f"/line/{tickets[3]['ticket']}"
    assert json.loads(door.ask(last, "GET")[2])["place"] == 2, "one in front of them has left"
    assert door.ask(f"/join/3/1?ticket={tickets[3]['ticket']}")[0] == 202, "not yet their turn"
    assert door.ask(f"/join/9/1?ticket={tickets[0]['ticket']}")[0] == 410, "another one's ticket"
    end = time.monotonic() + GENEROUS_S
    while "admitted" not in json.loads(door.ask(last, "GET")[2]) and time.monotonic() < end:
        time.sleep(0.05)
    for i in (0, 3):
        assert door.ask(f"/join/{i}/1?ticket={tickets[i]['ticket']}")[0] == 200
    assert door.ask(f"/join/3/1?ticket={tickets[3]['ticket']}")[0] == 410, "a ticket is used once"
    rows = door.rows()
    assert rows[3, 1]["sent"] - rows[3, 1]["in_line"] >= 0.5, "half a second for each before"
    assert rows[3, 1]["answer"] == Moment.JOINED
    left = rows[2, 1]
    assert (left["answer"], left["sent"]) == (Moment.GAVE_UP, None) and left["gone"] > left[
        "in_line"
    ]


def test_metrics_are_prometheus_and_the_overload_hides_them(serve):
    door = serve()
    answers = [door.asked(i) for i in range(5)]
    assert door.ask("/metrics", "GET")[0] == 503, "a full queue refuses the dashboard too"
    for answer in answers:
        answer.result()
    status, headers, text = door.ask("/metrics", "GET")
    assert status == 200 and headers["Content-Type"].startswith("text/plain; version=")
    families = {one.name: one for one in text_string_to_metric_families(text)}
    value = {
        (sample.name, *sample.labels.values()): sample.value
        for family in families.values()
        for sample in family.samples
    }
    assert value["loadbearing_attempts_total",] == 5
    assert value["loadbearing_joined_total",] == 4
    assert value["loadbearing_refused_total", "full"] == 1
    assert value["loadbearing_scrapes_dropped_total",] == 1
    assert value["loadbearing_handlers",] == 2 and value["loadbearing_busy",] == 0
    assert families["loadbearing_service_seconds"].type == "histogram"
    assert value["loadbearing_service_seconds_count",] == 4
    assert 1.596 <= value["loadbearing_service_seconds_sum",] < 1.6 + 4 * LATE_S
    assert value["loadbearing_service_seconds_bucket", "0.25"] == 0
    assert value["loadbearing_service_seconds_bucket", "+Inf"] == 4


# --- how it ends -----------------------------------------------------------------------------------


def is_shut(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return True
    return False


@pytest.mark.parametrize("how", ["its input closes", "it is told to", "its time is over"])
def test_when_it_ends_the_record_is_whole_and_the_port_is_free(serve, how):
    lives_s = 2 if how == "its time is over" else 30
    door = serve(lives_s=lives_s, **{"door.service.mean_s": 20.0})
    waiting = [door.asked(i) for i in range(5)]
    if how == "its input closes":
        door.process.stdin.close()
    elif how == "it is told to":
        door.process.send_signal(signal.SIGTERM)
    assert door.wait(GENEROUS_S) == 0
    assert is_shut(door.port)
    assert door.errors() == ""
    rows = door.rows()
    assert [rows[i, 1]["answer"] for i in range(5)] == [-1] * 4 + [Moment.REFUSED_FULL]
    assert [rows[i, 1]["started"] is None for i in range(4)] == [False, False, True, True]
    said = door.first("ended")
    assert said["rows"] == 5
    for one in waiting:
        assert one.exception(GENEROUS_S) or one.result()[0] == 503


def test_a_killed_server_leaves_a_record_that_can_be_read(serve):
    door = serve()
    answers = [door.asked(i) for i in range(4)]
    for one in answers:
        one.result()
    door.process.kill()
    assert door.wait(GENEROUS_S) is not None
    assert is_shut(door.port)
    assert len(door.rows()) == 4
    assert json.loads((door.folder / "door.json").read_text())["seed"] == 1


PARENT = """
import json, sys, time
from loadbearing.live.process import Child

child = Child("loadbearing.live.serve", json.loads(sys.argv[1]))
print(child.first("port")["port"], child.pid, flush=True)
time.sleep(60)
"""


def test_when_the_parent_is_killed_nothing_is_left_but_the_record(tmp_path):
    slow = evening(**{"door.service.mean_s": 20.0})
    config = dict(evening=to_plain(slow), announced=0.0, folder=str(tmp_path), lives_s=60)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, json.dumps(config)], stdout=subprocess.PIPE
    )
    port, pid = map(int, parent.stdout.readline().split())
    door = psutil.Process(pid)
    line = socket.create_connection(("127.0.0.1", port), GENEROUS_S)
    line.sendall(b"POST /join/0/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
    assert line.recv(15) == b"HTTP/1.1 200 OK", "its service has begun"
    parent.kill()
    parent.wait()
    parent.stdout.close()
    psutil.wait_procs([door], GENEROUS_S)
    assert not door.is_running() or door.status() == psutil.STATUS_ZOMBIE
    assert is_shut(port)
    line.close()
    row = json.loads((tmp_path / "door.jsonl").read_text())
    assert (row["answer"], row["ended"]) == (-1, None) and row["started"] == row["sent"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"evening": {"part": "Scenario"}}, "Scenario needs a value for 'crowd'"),
        ({"evening": 5}, "evening is not one"),
        ({"seed": -1}, "The seed is -1"),
        ({"lives_s": 0}, "lives_s is 0"),
        ({"lives_s": 9e9}, "lives_s is 9000000000.0"),
        ({"announced": None}, "announced is None"),
    ],
)
def test_what_cannot_be_served_is_said(tmp_path, change, said):
    config = dict(
        evening=to_plain(evening()), seed=1, announced=0.0, folder=str(tmp_path), lives_s=5
    )
    with (
        Child("loadbearing.live.serve", config | change) as child,
        pytest.raises(ProcessError, match=said),
    ):
        child.first("port")
    assert child.process.returncode == 2
