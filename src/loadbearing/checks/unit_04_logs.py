"""Three logs with equally many requests a second: a crowd, a flood of the platform's own making, foreign load.

The flood is `ten_bad_seconds` as it is. The other two are platforms large enough for so many requests: at one of them
each comes from another person, at the other most belong to nobody. Each judge counts its logs from such runs.
"""

from __future__ import annotations

import dataclasses
import functools

from loadbearing import cases, readings, simulate
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.units import people, share

CASE = "ten_bad_seconds"
FROM_S, UNTIL_S = 660, 960
"""The five minutes of the logs: from 20:11 to 20:16, when the ten seconds are over."""

CALM = {"turnout": 0.0, "patience": 0.0, "sharpness": 0.0, "service": 0.0}
FLOOD_ROOM, CROWD_ROOM, FOREIGN_ROOM = 0.04, 0.004, 0.01
SPARE = 1.2
"""The two large platforms have a fifth more handlers than they need."""

FOREIGN, FLOOD, CROWD = "A", "B", "C"
"""Under which letter each log is shown."""

ROWS = {
    1: "requests for each client",
    2: "requests that are answered",
    3: "handlers busy",
    4: "answers that let somebody in",
}
"""The rows of the second table, by number."""

TELLING = 0.5
"""Shares that differ by so much tell two logs apart."""


@dataclasses.dataclass(frozen=True)
class Log:
    """Five minutes in front of a door, counted for the full crowd.

    `requests`, `clients`: how many; `retries`: requests of people who tried before; `answered`, `busy`, `let_in`:
    shares (of the requests, of the handlers' time, of the answers).
    """

    requests: float
    clients: float
    retries: float
    answered: float
    busy: float
    let_in: float

    @property
    def a_second(self):
        """Requests a second."""
        return self.requests / (UNTIL_S - FROM_S)

    @property
    def a_client(self):
        """Requests for each client."""
        return self.requests / self.clients

    def row(self, at):
        """A row of the second table as a number."""
        return {1: self.a_client, 2: self.answered, 3: self.busy, 4: self.let_in}[at]

    def told(self, at):
        """A row of the second table as it is written."""
        return f"{self.a_client:.1f}" if at == 1 else share(self.row(at))


@functools.cache
def logs():
    """Return the three logs by letter."""
    flood = counted(cases.build(CASE, CALM), FLOOD_ROOM)
    rate = round(flood.a_second, -1)
    large = {**CALM, "handlers": round(SPARE * rate), "timeout_s": 5.0, "ends_s": UNTIL_S + 60}
    until = cases.get(CASE).crowd.arrivals.until_s
    crowd = {**large, "fault_s": None, "people": round(rate * until)}
    own = cases.get(CASE).crowd.listeners / until
    lasts = {"fault_lasts_s": 600.0, "share_lost": None}
    foreign = {**large, **lasts, "foreign_per_s": rate - own}
    return {
        FOREIGN: counted(cases.build(CASE, foreign), FOREIGN_ROOM),
        FLOOD: flood,
        CROWD: counted(cases.build(CASE, crowd), CROWD_ROOM),
    }


def counted(scenario, room):
    """Return the log of a scenario in a room of this share; each foreign request has a client of its own."""
    run = simulate(scenario.scaled(room), sample=0, progress=False)
    rows = readings.seconds_of(run, FROM_S, UNTIL_S)
    retries, foreign = (int(rows[name].sum()) for name in ("retries", "foreign_requests"))
    requests = int(rows["first_attempts"].sum()) + retries + foreign
    outside = int(readings.outside_over_time(run)[FROM_S - run.evening.starts_s - 1])
    services = int(rows["services"].sum())
    return Log(
        requests=requests / room,
        clients=(int(rows["arrivals"].sum()) + outside + foreign) / room,
        retries=retries / room,
        answered=min(1.0, services / requests),
        busy=readings.utilization(run, FROM_S, UNTIL_S),
        let_in=int(rows["joins"].sum()) / max(1, services),
    )


def from_outside():
    """Return the first table as text: what a line in front of the door can count."""
    return _table(
        {
            "requests a second": lambda log: people(log.a_second),
            "requests in five minutes": lambda log: people(log.requests),
            "different clients": lambda log: people(log.clients),
        }
    )


def from_inside():
    """Return the second table as text: its rows numbered."""
    return _table({f"{at} {text}": functools.partial(Log.told, at=at) for at, text in ROWS.items()})


def _table(rows):
    lines = [f"{'20:11 to 20:16':<32}" + "".join(f"{f'log {letter}':>14}" for letter in logs())]
    for text, say in rows.items():
        lines.append(f"{text:<32}" + "".join(f"{say(log):>14}" for log in logs().values()))
    return "\n".join(lines)


def _each(say):
    return "; ".join(f"log {letter}: {say(log)}" for letter, log in logs().items())


def whose_load(answer):
    """Judge which log is the flood: the one whose few clients ask again and again."""
    given = answer.strip().upper().removeprefix("LOG").strip() if isinstance(answer, str) else ""
    seconds = _each(lambda log: f"{people(log.a_second)} a second")
    if given in ("NONE", "ALL"):
        return no(
            "equal totals",
            f"Requests a second cannot tell: {seconds}. Another line of the table can.",
        )
    if given not in logs():
        raise AnswerError(
            f'This is {answer!r}, no log; write its letter in quotes, such as "D".'
            if isinstance(answer, str)
            else f"This is {type(answer).__name__!r}, no log; write its letter in quotes."
        )
    log = logs()[given]
    told = (
        f"log {given} has {people(log.requests)} requests from {people(log.clients)} clients, "
        f"{log.a_client:.1f} for each"
    )
    if given == FLOOD:
        return yes(f"It is: {told}. The requests a second said nothing: {seconds}.")
    named = "foreign load" if given == FOREIGN else "a crowd"
    return no(
        named,
        f"A flood is made of clients that ask again. But {told}: hardly anybody asks twice. Compare "
        f"{_each(lambda log: f'{people(log.clients)} clients')}.",
    )


def requests_a_client(answer):
    """Judge how many requests each client of the flood sent in the five minutes."""
    given, flood = number(answer, "2.5"), logs()[FLOOD]
    right = flood.a_client
    told = f"{people(flood.requests)} requests from {people(flood.clients)} clients"
    if close(given, right, 0.05):
        return yes(
            f"{told}: {right:.1f} for each, in five minutes. In the other two logs it is "
            f"{logs()[CROWD].a_client:.1f}."
        )
    if close(given, 1 / right, 0.05):
        return no("upside down", f"That is clients for each request. Turn it over: {told}.")
    if close(given, flood.a_second, 0.02):
        return no(
            "a rate",
            f"{people(given)} is how many requests come in a second, and the crowd's log has as many: "
            f"{people(logs()[CROWD].a_second)}. For each client: {told}.",
        )
    if close(given, flood.a_second / flood.clients, 0.05) or close(given, right * 60 / 300, 0.02):
        return no(
            "another stretch of time",
            f"Clients and requests must be of the same five minutes: {told}.",
        )
    if close(given, flood.retries / flood.clients, 0.02):
        return no(
            "later attempts only",
            f"{people(flood.retries)} of the requests are later attempts. The first ones count too: {told}.",
        )
    if close(given, 100 * right, 0.05):
        return no("per cent", f"That is per cent. Asked is how many for each client: {told}.")
    if any(close(given, log.a_client, 0.05) for log in logs().values()):
        return no(
            "another log",
            f"That is one request a client, as in a log where nobody asks again. In the flood: {told}.",
        )
    if given <= 0:
        return no("out of range", f"Every client in the log sent at least one request: {told}.")
    return no(
        "other",
        f"With {given:.3g} for each, {people(flood.clients)} clients would have sent "
        f"{people(given * flood.clients)} requests. The log has {people(flood.requests)}.",
    )


def evidence_inside(answer):
    """Judge which row tells the crowd from the foreign load."""
    given = number(answer, "5")
    if given not in ROWS:
        raise AnswerError(f"There is no row {given:g}; give the number of a row, from 1 to 4.")
    crowd, foreign = logs()[CROWD], logs()[FOREIGN]
    at = int(given)
    told = f"{ROWS[at]}: {crowd.told(at)} in log {CROWD}, {foreign.told(at)} in log {FOREIGN}"
    if abs(crowd.row(at) - foreign.row(at)) >= TELLING:
        return yes(
            f"{told[0].upper()}{told[1:]}. Only the platform itself can count who got in. From outside "
            "the two are alike."
        )
    why = {
        1: "One request for each client looks like good manners. Here the crowd and the foreign load share it",
        2: "Both platforms are large enough to answer. An answer does not say to whom",
        3: "Both doors are busy. Busy does not say for whom",
    }[at]
    return no(ROWS[at], f"{why}. {told[0].upper()}{told[1:]}.")
