"""What the real door answers over a connection: at the door, in the line, to a dashboard, and its page."""

from __future__ import annotations

import asyncio
import math
import pathlib

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from loadbearing.live import metrics, process
from loadbearing.scenario import MOST_ATTEMPTS, MOST_LISTENERS, HandlersLost, ServiceSlowed

HERE = ("127.0.0.1", "localhost")
SCRAPE_WAITS_S = 5.0
PAGE = pathlib.Path(__file__).with_name("page.html")


class Answers:
    """Who asks what, and what they hear; `app()` is the application.

    `told`: the `Metrics` of this door. `switched_on(fault)` hears of each fault that somebody switches on; `late_s()`
    tells how late this process was just now.
    """

    def __init__(self, door, told, switched_on, late_s):
        self.door, self.metrics, self.switched_on, self.late_s = door, told, switched_on, late_s
        self.seen, self.page = set(), PAGE.read_text("utf-8")

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
        only_here = Middleware(TrustedHostMiddleware, allowed_hosts=HERE)
        return Starlette(routes=routes, middleware=[only_here])

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
            lasts_s, now = asked["lasts_s"], self.door.clock.now
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
        self.switched_on(fault)
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
        return JSONResponse(metrics.state(self.door, self.late_s()))

    async def front(self, request):
        """The page."""
        return HTMLResponse(self.page)


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


async def gone(receive):
    """Return when the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


def wrong(sentence, status=400):
    """An answer to what should not have been asked."""
    return PlainTextResponse(sentence, status)
