"""One request of one client, on a connection of its own.

Every attempt opens its own connection, as every phone does, and closes it when its client goes: that is how a door
hears that nobody waits any more. Only this computer is ever asked. Measured on two shared cores beside the server:
.5 ms of processor time an attempt, 970 attempts a second with 99 in 100 sent within 1.3 ms; geventhttpclient needed as
much, httpx four times as much and fell behind at 600 a second.
"""

from __future__ import annotations

import asyncio
import json
import math

import h11

HERE = "127.0.0.1"
LOST = (OSError, h11.ProtocolError)
"""What can go wrong on the way: nobody there, a connection cut, an answer that is none."""


class Answer:
    """What came back: `status`, `headers` by their names in lower case, and `body`, all as they came."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def told(self):
        """The body as JSON tells it; an empty dictionary if it tells nothing."""
        try:
            told = json.loads(self.body)
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}

    def header(self, name):
        """Return one header as text, or None."""
        value = self.headers.get(name.encode())
        return None if value is None else value.decode("latin-1")


class Asking(asyncio.Protocol):
    """One request on its way: `answer = await Asking(port, "POST", "/join/7/1").within(until)`."""

    def __init__(self, port, method, path):
        self.port, self.method, self.path = port, method, path
        self.loop = asyncio.get_running_loop()
        self.answer, self.transport = self.loop.create_future(), None
        self.connection = h11.Connection(h11.CLIENT)
        self.status, self.headers, self.body = 0, {}, []

    async def within(self, until):
        """Return the `Answer`, or None if the client went before it came; then the connection is closed.

        `until`: when the client goes, a time of the running loop's clock, or infinity. Raises one of `LOST` if the
        request was lost on its way.
        """
        timer = self.loop.call_at(until, self.go) if until < math.inf else None
        connecting = self.loop.create_task(
            self.loop.create_connection(lambda: self, HERE, self.port)
        )
        connecting.add_done_callback(self._connected)
        try:
            answer = await self.answer
            return answer if self.loop.time() <= until else None
        finally:
            self.go()
            if timer is not None:
                timer.cancel()

    def go(self):
        """The client goes: the connection is closed at once, whatever was on its way."""
        if not self.answer.done():
            self.answer.set_result(None)
        if self.transport is not None:
            self.transport.abort()

    # --- what the loop calls ----------------------------------------------------------------------

    def _connected(self, connecting):
        """There is a connection, or none."""
        if not connecting.cancelled() and connecting.exception() is not None:
            self._fail(connecting.exception())

    def connection_made(self, transport):
        """The connection stands: the request goes out, if its client is still there."""
        self.transport = transport
        if self.answer.done():
            transport.abort()
            return
        headers = [("host", HERE), ("content-length", "0"), ("connection", "close")]
        request = h11.Request(method=self.method, target=self.path, headers=headers)
        transport.write(self.connection.send(request) + self.connection.send(h11.EndOfMessage()))

    def data_received(self, data):
        """Some of the answer has come."""
        try:
            self.connection.receive_data(data)
            while not self.answer.done() and self._heard(self.connection.next_event()):
                pass
        except h11.ProtocolError as error:
            self._fail(error)

    def eof_received(self):
        """The door has nothing more to say."""
        self.data_received(b"")

    def connection_lost(self, error):
        """The connection is gone; without a whole answer the request is lost."""
        self._fail(error or ConnectionResetError("closed without an answer"))

    def _heard(self, event):
        """Take in one part of the answer; return whether there may be more of it."""
        if isinstance(event, h11.Response):
            self.status, self.headers = event.status_code, dict(event.headers)
        elif isinstance(event, h11.Data):
            self.body.append(bytes(event.data))
        elif isinstance(event, h11.EndOfMessage):
            self.answer.set_result(Answer(self.status, self.headers, b"".join(self.body)))
        elif isinstance(event, h11.ConnectionClosed):
            self._fail(ConnectionResetError("closed without an answer"))
        else:
            return False
        return True

    def _fail(self, error):
        if not self.answer.done():
            self.answer.set_exception(error)
