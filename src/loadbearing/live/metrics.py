"""What the real door tells its dashboard: metrics as Prometheus reads them, and the state for its own page."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from loadbearing.run import REFUSALS

CONTENT_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Upper edges of the histogram's buckets, in seconds."""

COUNTED = {
    "attempts": "Attempts that the door received",
    "joined": "Attempts that were answered with a way in",
    "timed_out": "Attempts whose client went away without an answer",
    "dead_services": "Services that ended when their client had gone",
    "scrapes_dropped": "Questions for these metrics that the overload left unanswered",
}
LEVELS = {
    "queue": "Requests waiting, those included whose client has gone",
    "living_queue": "Requests waiting whose client is there",
    "busy": "Handlers at work",
    "handlers": "Handlers there are, those lost to a fault left out",
    "waiting_room": "People in the waiting room",
    "inside": "People who joined; the door does not see them leave",
}


class Metrics:
    """The door's own registry; `text()` is one scrape."""

    def __init__(self):
        self.registry = CollectorRegistry()
        self.services = Histogram(
            "loadbearing_service_seconds",
            "How long services took, from taken to ended",
            buckets=SECONDS,
            registry=self.registry,
        )
        self.door = None

    def watch(self, door):
        """Tell of this door from now on."""
        self.door = door
        self.registry.register(self)

    def collect(self):
        """Yield the counters and gauges as they stand; the registry asks for them at each scrape."""
        counts = self.door.counts
        for name, meaning in COUNTED.items():
            yield CounterMetricFamily(f"loadbearing_{name}", meaning, value=counts[name])
        refused = CounterMetricFamily(
            "loadbearing_refused", "Attempts that were refused", labels=["kind"]
        )
        for name in REFUSALS:
            refused.add_metric([name.removeprefix("refused_")], counts[name])
        yield refused
        for name, value in levels(self.door).items():
            yield GaugeMetricFamily(f"loadbearing_{name}", LEVELS[name], value=value)

    def text(self):
        """Return all metrics as bytes, in Prometheus' text format."""
        return generate_latest(self.registry)


def levels(door):
    """Return how many there are now, by the names of `LEVELS`."""
    return dict(
        queue=len(door.queue),
        living_queue=door.living,
        busy=door.busy,
        handlers=door.handlers,
        waiting_room=len(door.line),
        inside=door.counts["joined"],
    )


def state(door, late_s):
    """Return what the page and the lab show, as a dictionary for JSON; it is answered also under overload."""
    counts = {name: door.counts[name] for name in (*COUNTED, *REFUSALS, "services", "skipped")}
    return dict(
        t=round(door.clock.now, 3),
        **levels(door),
        line_is_open=door.line.is_open,
        admits_per_s=door.line.rate,
        admitted=door.line.admitted,
        busy_s=round(door.busy_s, 3),
        late_s=round(late_s, 4),
        counts=counts,
    )
