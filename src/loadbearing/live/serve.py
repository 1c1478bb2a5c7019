"""The real door as a server of its own: `python -m loadbearing.live.serve`, on this computer only.

It reads one JSON line, {"evening": to_plain(Scenario), "seed": 1, "announced": time.monotonic() of t = 0,
"folder": "...", "lives_s": 90}, listens on 127.0.0.1 at a free port and says {"port": N}. It ends when its input
closes, after `lives_s` seconds or when it is told to; then it says {"ended": why, ...}. Other lines are events:
{"said": "..."}.

- `POST /join/{listener}/{attempt}`: 200 "in", whose head is sent when the service begins and whose body when it has
  ended; 503 with the header x-refused and, if the scenario has it, Retry-After (whole seconds, rounded up); 202 with
  a ticket while the waiting room is open. Whoever closes the connection has gone. 503 without x-refused: the door
  has closed for good.
- `GET /line/{ticket}`: the place in the line and when to ask again, or {"admitted": true}: then POST with ?ticket=...
  `DELETE /line/{ticket}`: leave the line. 410: the ticket is no longer held.
- `POST /fault`: {"handlers": n, "lasts_s": s} or {"slower": f, "lasts_s": s}.
- `GET /metrics`: Prometheus text. A scrape stands in the same queue as everybody and costs no handler: a full queue
  refuses it, and what does not come to its turn within `answers.SCRAPE_WAITS_S` is dropped. So an overload hides
  itself, as it does where metrics and visitors share a server.
- `GET /state`: JSON at any time. `GET /`: a page that shows it.

`folder/door.jsonl` gets one row for each attempt when nothing more can happen to it, with the fields of
`record.ATTEMPT`; null is never. `folder/door.json` says which evening it was and which faults were switched on.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import math
import os
import pathlib
import signal
import socket
import time

import uvicorn

from loadbearing import draws
from loadbearing.live import metrics, process
from loadbearing.live.answers import Answers
from loadbearing.live.door import RealClock, RealDoor, Unservable, check
from loadbearing.live.record import ATTEMPT
from loadbearing.parts import ScenarioError
from loadbearing.run import from_plain, to_plain

HOST, CONNECTIONS_WAIT = "127.0.0.1", 2048
LONGEST_LIFE_S = 3_600
TICK_S = 0.1


class Record:
    """What the door writes down: a row for each attempt, at once, so that a killed server leaves all but the last."""

    def __init__(self, folder):
        self.path = pathlib.Path(folder) / "door.jsonl"
        self.file = self.path.open("w", encoding="utf-8", buffering=1)
        self.rows = 0

    def write(self, one):
        """Write one attempt down; never is null."""
        row = {name: _plain(getattr(one, name)) for name in ATTEMPT.names}
        self.file.write(json.dumps(row) + "\n")
        self.rows += 1


def _plain(value):
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6)
    return int(value)


class Service:
    """The server: its door, its answers, and how it ends."""

    def __init__(self, evening, config):
        self.evening, self.config = evening, config
        self.folder = pathlib.Path(config["folder"])
        self.clock = RealClock(config["announced"])
        self.record = Record(self.folder)
        self.metrics = metrics.Metrics()
        self.door = RealDoor(
            evening, config["seed"], self.clock, self.record.write, self.metrics.services.observe
        )
        self.metrics.watch(self.door)
        self.answers = Answers(
            self.door, self.metrics, self.switched_on, late_s=lambda: self.late_s
        )
        self.faults, self.port = [], None
        self.late_s = self.latest_s = 0.0
        self.loop, self.ending, self.reason = asyncio.get_running_loop(), asyncio.Event(), None

    def end(self, reason):
        """Begin to end; may be called from any thread, and twice: the first reason counts."""
        with contextlib.suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._end, reason)

    def _end(self, reason):
        self.reason = self.reason or reason
        self.ending.set()

    async def look_after(self):
        """Watch how late this process is with what it means to do; write down what was done; forget the silent."""
        done = 0
        while True:
            meant = time.monotonic() + TICK_S
            await asyncio.sleep(TICK_S)
            late_s = time.monotonic() - meant
            self.late_s = max(late_s, 0.9 * self.late_s)
            self.latest_s = max(self.latest_s, late_s)
            self.door.line.forget_the_silent()
            if len(self.door.control.actions) != done:
                done = len(self.door.control.actions)
                self.write_about()

    async def run(self):
        """Serve until something ends it; then write down what is open and close the record."""
        sockets = [listening()]
        self.port = sockets[0].getsockname()[1]
        self.write_about()
        server = Quiet(settings(self.answers.app(), self.config["lives_s"]))
        serving = asyncio.ensure_future(server.serve(sockets=sockets))
        helpers = [asyncio.ensure_future(one) for one in (self.door.keep(), self.look_after())]
        while not server.started and not serving.done():
            await asyncio.sleep(0.005)
        process.say(port=self.port)
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.ending.wait(), self.config["lives_s"])
        for helper in helpers:
            helper.cancel()
        # Whoever is cut off in the middle of an answer is no error.
        logging.getLogger("uvicorn.error").disabled = True
        await self.door.end()
        self.record.file.close()
        self.write_about()
        server.should_exit = server.force_exit = True
        await serving
        reason = self.reason or f"{self.config['lives_s']:g} seconds are over"
        process.say(ended=reason, rows=self.record.rows, worst_late_s=round(self.latest_s, 4))

    def switched_on(self, fault):
        """Somebody has switched a fault on."""
        self.faults.append(fault)
        self.write_about()

    def write_about(self):
        """Write what this record is of."""
        about = dict(
            evening=to_plain(self.evening),
            seed=self.config["seed"],
            announced=self.config["announced"],
            port=self.port,
            pid=os.getpid(),
            faults=[to_plain(fault) for fault in self.faults],
            actions=[[float(one) for one in action] for action in self.door.control.actions],
            worst_late_s=round(self.latest_s, 4),
            scrapes_dropped=self.door.counts["scrapes_dropped"],
        )
        part = self.folder / "door.json.part"
        part.write_text(json.dumps(about, indent=1), "utf-8")
        part.replace(self.folder / "door.json")


class Quiet(uvicorn.Server):
    """A server that leaves signals to us."""

    def capture_signals(self):
        """Take over no signal."""
        return contextlib.nullcontext()


def listening():
    """Return a socket that listens at a free port of this computer, and hears nobody else."""
    one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    one.bind((HOST, 0))
    one.listen(CONNECTIONS_WAIT)
    return one


def settings(app, lives_s):
    """Return how uvicorn serves: quietly, and without closing connections that rest between two requests."""
    return uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        timeout_keep_alive=math.ceil(lives_s) + 1,
    )


def more_connections():
    """Allow this process as many connections at once as the system lets it have."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def read(config):
    """Return (evening, config), checked; end with a sentence if something in it cannot be."""
    try:
        evening = from_plain(config["evening"])
        config["seed"] = draws.checked_seed(config.get("seed", 1))
        evening = draws.evening(evening, config["seed"])
        check(evening)
    except (Unservable, ScenarioError) as error:
        process.refuse(str(error))
    except (KeyError, TypeError, AttributeError) as error:
        process.refuse(f"evening is not one ({error!r}); give to_plain(scenario).")
    for name, least, most in (
        ("announced", -math.inf, math.inf),
        ("lives_s", 0, LONGEST_LIFE_S),
    ):
        value = config.get(name)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not least < value <= most
        ):
            process.refuse(f"{name} is {value!r}; give a number of seconds up to {most:,}.")
    folder = config.get("folder")
    if not isinstance(folder, str) or not pathlib.Path(folder).is_dir():
        process.refuse(f"folder is {folder!r}; give a folder that exists.")
    return evening, config


async def main(evening, config):
    """Serve one evening."""
    service = Service(evening, config)
    # What stands now stands to the end: looking for what could be thrown away would only make the door pause.
    gc.freeze()
    process.when_parent_goes(lambda: service.end("its input closed"))
    for name in ("SIGTERM", "SIGINT"):
        signal.signal(getattr(signal, name), lambda *_: service.end("it was told to end"))
    await service.run()


if __name__ == "__main__":
    more_connections()
    asyncio.run(main(*read(process.told())))
