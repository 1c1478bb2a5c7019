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
  refuses it, and what does not come to its turn within `SCRAPE_WAITS_S` is dropped. So an overload hides itself, as
  it does where metrics and visitors share a server.
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
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from loadbearing import draws
from loadbearing.live import metrics, process
from loadbearing.live.door import RealClock, RealDoor, Unservable, check
from loadbearing.live.record import ATTEMPT
from loadbearing.parts import ScenarioError
from loadbearing.run import from_plain, to_plain
from loadbearing.scenario import MOST_ATTEMPTS, MOST_LISTENERS, HandlersLost, ServiceSlowed

HOST, BACKLOG = "127.0.0.1", 2048
LONGEST_LIFE_S = 3_600
SCRAPE_WAITS_S = 5.0
TICK_S = 0.1
PAGE = pathlib.Path(__file__).with_name("page.html")


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
        self.seen, self.faults, self.port = set(), [], None
        self.late_s = self.latest_s = 0.0
        self.loop, self.ending, self.reason = asyncio.get_running_loop(), asyncio.Event(), None
        self.page = PAGE.read_text("utf-8")

    # --- answers ----------------------------------------------------------------------------------

    async def join(self, request):
        """One attempt at the door, or in the line in front of it."""
        listener, attempt = (request.path_params[name] for name in ("listener", "attempt"))
        if listener > MOST_LISTENERS or not 1 <= attempt <= MOST_ATTEMPTS:
            return wrong(f"Attempt {attempt} of listener {listener}; attempts begin with 1.")
        ticket, in_line = request.query_params.get("ticket"), math.nan
        if ticket is not None:
            one = self.standing(ticket)
            if one is None or (one.listener, one.attempt) != (listener, attempt):
                return wrong(f"Ticket {ticket} is not held for this attempt.", 410)
            if not one.admitted:
                return JSONResponse(self.door.line.said(one), 202)
            self.door.line.through(one)
            in_line = one.in_line
        elif (listener, attempt) in self.seen:
            return wrong(f"Attempt {attempt} of listener {listener} was here before.", 409)
        self.seen.add((listener, attempt))
        if ticket is None and self.door.line.is_open:
            return JSONResponse(self.door.line.said(self.door.line.stand(listener, attempt)), 202)
        return self.at_the_door(self.door.ask(listener, attempt, in_line))

    def at_the_door(self, asked):
        """Return what answers an attempt at the door: a refusal now, or an answer that waits for its service."""
        if not asked.answered.done():
            return Waiting(self.door, asked)
        headers = {"x-refused": asked.answer.name.lower()}
        if self.door.retry_after:
            headers["Retry-After"] = str(math.ceil(self.door.retry_after))
        return PlainTextResponse("refused", 503, headers)

    def standing(self, ticket):
        """Return who holds this ticket, or None."""
        return self.door.line.tickets.get(int(ticket)) if ticket.isdecimal() else None

    async def place(self, request):
        """A client in the line asks for its place, or leaves."""
        one = self.standing(request.path_params["ticket"])
        if one is None:
            return wrong("This ticket is no longer held; stand in line again.", 410)
        if request.method == "DELETE":
            self.door.line.leave(one)
            return Response(status_code=204)
        return JSONResponse(self.door.line.said(one))

    async def fault(self, request):
        """Switch a fault on, for a while."""
        try:
            asked = await request.json()
            lasts_s, now = asked["lasts_s"], self.clock.now
            if "handlers" in asked:
                fault = HandlersLost(at_s=now, lasts_s=lasts_s, handlers=asked["handlers"])
                self.door.break_down(handlers=fault.handlers, lasts_s=lasts_s)
            else:
                fault = ServiceSlowed(at_s=now, lasts_s=lasts_s, factor=asked["slower"])
                self.door.break_down(slower=fault.factor, lasts_s=lasts_s)
        except (ValueError, KeyError, TypeError) as error:
            return wrong(
                f'This is no fault ({error}); send {{"handlers": 5, "lasts_s": 10}} or '
                '{"slower": 2, "lasts_s": 10}.'
            )
        self.faults.append(fault)
        self.write_about()
        what = f"{fault.handlers} handlers lost" if "handlers" in asked else "services slowed"
        process.say(said=f"A fault was switched on: {what} for {lasts_s:g} seconds.", t=now)
        return JSONResponse({"from_s": now, "until_s": now + lasts_s})

    async def scrape(self, request):
        """The metrics, when their turn has come."""
        if not await self.door.turn(SCRAPE_WAITS_S):
            self.door.counts["scrapes_dropped"] += 1
            return PlainTextResponse("overloaded", 503)
        return Response(self.metrics.text(), media_type=metrics.CONTENT_TYPE)

    async def state(self, request):
        """What the page and the lab show."""
        return JSONResponse(metrics.state(self.door, self.late_s))

    async def front(self, request):
        """The page."""
        return HTMLResponse(self.page)

    # --- from beginning to end --------------------------------------------------------------------

    def app(self):
        """Return the application: who answers what."""
        routes = [
            Route("/join/{listener:int}/{attempt:int}", self.join, methods=["POST"]),
            Route("/line/{ticket}", self.place, methods=["GET", "DELETE"]),
            Route("/fault", self.fault, methods=["POST"]),
            Route("/metrics", self.scrape),
            Route("/state", self.state),
            Route("/", self.front),
        ]
        only_here = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
        return Starlette(routes=routes, middleware=[only_here])

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
        server = Quiet(settings(self.app(), self.config["lives_s"]))
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


class Waiting:
    """The answer to an attempt that a handler takes now or later; its client may go before.

    The head of the answer goes out when the service begins: from then on a client's patience does not run.
    """

    def __init__(self, door, asked):
        self.door, self.asked = door, asked

    async def __call__(self, scope, receive, send):
        """Send the answer in its two parts, as far as the client waits for it."""
        leaving, asked = asyncio.ensure_future(gone(receive)), self.asked
        try:
            await first_of(asked.taken, leaving)
            if asked.taken.done() and not asked.taken.cancelled():
                await send(HEAD)
                await first_of(asked.answered, leaving)
                if asked.answered.done() and not asked.answered.cancelled():
                    return await send({"type": "http.response.body", "body": b"in"})
            if leaving.done():
                return self.door.go(asked)
            if asked.taken.cancelled():
                return await PlainTextResponse("the door has closed", 503)(scope, receive, send)
        finally:
            leaving.cancel()


HEAD = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/plain"), (b"content-length", b"2")],
}


async def first_of(coming, leaving):
    """Wait for what is to come, or for the client to go."""
    if not coming.done():
        await asyncio.wait({coming, leaving}, return_when=asyncio.FIRST_COMPLETED)


class Quiet(uvicorn.Server):
    """A server that leaves signals to us."""

    def capture_signals(self):
        """Take over no signal."""
        return contextlib.nullcontext()


async def gone(receive):
    """Return when the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


def wrong(sentence, status=400):
    """An answer to what should not have been asked."""
    return PlainTextResponse(sentence, status)


def listening():
    """Return a socket that listens at a free port of this computer, and hears nobody else."""
    one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    one.bind((HOST, 0))
    one.listen(BACKLOG)
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
        backlog=BACKLOG,
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
