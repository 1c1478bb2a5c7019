"""The dashboard of the evening: what `/metrics` told every second, and what it could not tell.

`python -m loadbearing.live.telemetry` reads one JSON line `{"port", "announced", "folder", "every_s", "timeout_s",
"lives_s"}`, asks until its input closes, and writes `telemetry.jsonl`, one row a scrape. `read(folder)` reads it again.

A scrape is a request like any other: when the door is saturated it waits, and is given up after `timeout_s`. These
gaps lie just where the evening is most interesting.
"""

from __future__ import annotations

import bisect
import contextlib
import dataclasses
import http.client
import json
import math
import pathlib
import threading
import time

from prometheus_client.parser import text_string_to_metric_families

from loadbearing.live import process

EVERY_S, TIMEOUT_S = 1.0, 0.5
LIVES_S = 3600.0


class NotMetrics(ValueError):
    """An answer that is no Prometheus text."""


def samples(text):
    """Return {name with labels: value} of a page of Prometheus text; raise `NotMetrics` if it is none.

    >>> samples('# TYPE busy gauge\\nbusy 3\\nrefused_total{kind="full"} 2\\n')
    {'busy': 3.0, 'refused_total{kind="full"}': 2.0}
    """
    told = {}
    try:
        for family in text_string_to_metric_families(text):
            for one in family.samples:
                labels = ",".join(f'{key}="{value}"' for key, value in sorted(one.labels.items()))
                told[one.name + (f"{{{labels}}}" if labels else "")] = float(one.value)
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise NotMetrics(f"The answer is no Prometheus text ({error}).") from error
    return told


def scrape(port, timeout_s=TIMEOUT_S):
    """Return (bytes, {name: value}) of one scrape of 127.0.0.1; raise OSError or `NotMetrics` if there was none."""
    until = time.monotonic() + timeout_s
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        connection.request("GET", "/metrics")
        answer = connection.getresponse()
        page = answer.read()
        if answer.status != 200:
            raise OSError(f"the answer was {answer.status}")
        if time.monotonic() > until:
            raise TimeoutError("the answer came too late")
    except http.client.HTTPException as error:
        raise OSError(str(error) or type(error).__name__) from error
    finally:
        connection.close()
    return len(page), samples(page.decode("utf-8", "replace"))


def row_of(port, announced, timeout_s=TIMEOUT_S):
    """Scrape once; return the row of it: t, took_s, and either bytes and values, or why there is a gap."""
    begun = time.monotonic()
    row = {"t": round(begun - announced, 3)}
    try:
        size, values = scrape(port, timeout_s)
        row |= {"bytes": size, "values": values}
    except TimeoutError:
        row["gap"] = f"no answer within {timeout_s:g} seconds"
    except ConnectionError:
        row["gap"] = "nobody answered"
    except (OSError, NotMetrics) as error:
        row["gap"] = str(error)
    return row | {"took_s": round(time.monotonic() - begun, 4)}


class Telemetry:
    """Asks a door for its metrics every `every_s`, in a thread of its own, until stopped; use it in a `with`.

    Each scrape becomes a row in `rows`, and in `folder/telemetry.jsonl` if there is a folder. `announced`: the start by
    `time.monotonic()`; without it that of the server's own `door.json` in the folder. A scrape that its predecessor
    held up is no row, and counts as a gap when the rows are read.
    """

    def __init__(self, port, folder=None, announced=None, every_s=EVERY_S, timeout_s=TIMEOUT_S):
        self.folder = None if folder is None else pathlib.Path(folder)
        if announced is None:
            announced = json.loads((self.folder / "door.json").read_text("utf-8"))["announced"]
        self.port, self.announced = port, announced
        self.every_s, self.timeout_s = every_s, timeout_s
        self.rows, self.over = [], threading.Event()
        self.thread = threading.Thread(target=self._run, name="telemetry", daemon=True)

    @property
    def dashboard(self):
        """The `Dashboard` so far."""
        return Dashboard(tuple(self.rows), self.every_s)

    def start(self):
        """Begin to ask."""
        self.thread.start()
        return self

    def stop(self):
        """Ask no more; return the `Dashboard`."""
        self.over.set()
        if self.thread.is_alive():
            self.thread.join(self.timeout_s + 1)
        return self.dashboard

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def _run(self):
        with contextlib.ExitStack() as open_now:
            file = None
            if self.folder:
                path = self.folder / "telemetry.jsonl"
                file = open_now.enter_context(path.open("w", encoding="utf-8", buffering=1))
            while not self.over.is_set():
                row = row_of(self.port, self.announced, self.timeout_s)
                self.rows.append(row)
                if file:
                    file.write(json.dumps(row) + "\n")
                now = time.monotonic() - self.announced
                self.over.wait(self.every_s - now % self.every_s)


@dataclasses.dataclass(frozen=True)
class Dashboard:
    """What a dashboard has of an evening: its rows in order, and how far apart they were meant to be, in seconds."""

    rows: tuple
    every_s: float = EVERY_S

    @property
    def gaps(self):
        """[(t in seconds, why)] of each scrape without an answer, those held up by the one before included."""
        found, before = [], None
        for row in self.rows:
            if before is not None:
                for missed in range(1, round((row["t"] - before) / self.every_s)):
                    found.append((before + missed * self.every_s, "held up by the one before"))
            if "gap" in row:
                found.append((row["t"], row["gap"]))
            before = row["t"]
        return found

    @property
    def answered(self):
        """The rows that have values."""
        return [row for row in self.rows if "values" in row]

    @property
    def bytes(self):
        """How many bytes of telemetry came."""
        return sum(row["bytes"] for row in self.answered)

    @property
    def numbers(self):
        """How many numbers of telemetry came: rows of a table with one number each."""
        return sum(len(row["values"]) for row in self.answered)

    def series(self, name):
        """Return (times in seconds, values) of one metric by its name with labels; nan where there is a gap."""
        times = [row["t"] for row in self.rows]
        values = [row.get("values", {}).get(name, math.nan) for row in self.rows]
        return times, values

    def hid(self, times_s):
        """Return the share of moments, in seconds, after which the dashboard's next scrape was a gap; nan of none.

        What happened then is seen later as a sum, if at all: not when it happened, nor how high it rose.
        """
        asked = sorted(
            [(row["t"], False) for row in self.answered] + [(t, True) for t, _ in self.gaps]
        )
        times_s = [one for one in times_s if asked and one <= asked[-1][0]]
        blind = [asked[bisect.bisect_left(asked, (one, False))][1] for one in times_s]
        return sum(blind) / len(blind) if blind else math.nan

    def say(self):
        """Return what came and what the overload hid, in plain words."""
        asked = len(self.answered) + len(self.gaps)
        if not asked:
            return "The dashboard never asked."
        told = (
            f"The dashboard asked {asked:,} times and got {len(self.answered):,} answers: {self.numbers:,} numbers in "
            f"{self.bytes / 1000:,.0f} kilobytes."
        )
        if not self.gaps:
            return told + " Nothing was hidden from it."
        first, last = self.gaps[0][0], self.gaps[-1][0]
        missed = len(self.gaps)
        if missed == 1:
            return told + f" 1 answer never came, at {first:.0f} seconds."
        return told + f" {missed:,} never came, from {first:.0f} to {last:.0f} seconds."


def read(folder, every_s=EVERY_S):
    """Return the `Dashboard` in a folder; a last line cut off by a killed process is left out."""
    path, rows = pathlib.Path(folder) / "telemetry.jsonl", []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            rows.append(json.loads(line))
        except ValueError:
            continue
    return Dashboard(tuple(rows), every_s)


def main():
    """Scrape until the parent closes our input, or the time to live is over."""
    config, over = process.told(), threading.Event()
    process.when_parent_goes(over.set)
    wanted = ("port", "folder", "announced", "every_s", "timeout_s")
    with Telemetry(**{name: config[name] for name in wanted if name in config}) as asking:
        over.wait(config.get("lives_s", LIVES_S))
    process.say(ended="the end", said=asking.dashboard.say())


if __name__ == "__main__":
    main()
