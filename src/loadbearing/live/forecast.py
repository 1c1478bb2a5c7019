"""What the tests let one foretell of an evening, written down before it, and laid over what was measured.

The evening is simulated many times. Each time the door is another one that the tests allow:

1. its law of company is one of the two of `company`, each as often as its Akaike weight, exp(-worse / 2) of all
   (Burnham & Anderson, Model Selection and Multimodel Inference, 2002, section 2.9);
2. its numbers are those of tests whose blocks are drawn again (`fit`): what so few services leave open;
3. its services are longer or shorter by the error of the model, as it showed itself on stretches of the tests that
   were predicted from the others (`missed`).

Half of the draws keep the luck of the seed, the others take the luck of other evenings. Nothing is left to be set by
hand, and no measured evening has a say in it. What no test did, the interval cannot know: that a door may also be
slowed by those whom it refuses, and by those who go away.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import math
import pathlib
import time

import numpy as np

from loadbearing import draws as luck
from loadbearing import readings, units
from loadbearing.engines import simulate
from loadbearing.live.company import law_of
from loadbearing.live.fit import LEVEL
from loadbearing.run import from_plain, to_plain

DRAWS, FEWEST_DRAWS, WIDEST = 40, 19, 0.3
"""`WIDEST`: an interval of the share that joins may be as wide as this part of its likely value."""

WHICH_LAW, WHICH_BLOCKS, WHICH_ERROR = 511, 512, 513


class ForecastError(ValueError):
    """A forecast that cannot be made or read: what is wrong, and the remedy."""


def service_s(run):
    """The mean length of the services that ended, in seconds; nan of none."""
    ended = int(run.seconds["services"].sum())
    return float(run.seconds["work_s"].sum()) / ended if ended else math.nan


def in_hundred(share):
    """A share in words.

    >>> in_hundred(0.587)
    '58.7 in 100'
    """
    return f"{100 * share:.1f} in 100"


QUANTITIES = {
    "share_in": ("people who had joined by the end", readings.share_in, in_hundred),
    "median_s": (
        "the time within which half of those who joined were in",
        lambda run: readings.time_to_join(run, 50),
        units.duration,
    ),
    "nine_in_ten_s": (
        "the time within which nine in ten of those who joined were in",
        lambda run: readings.time_to_join(run, 90),
        units.duration,
    ),
    "attempts": ("attempts a person", readings.attempts_per_person, "{:.2f}".format),
    "dead_work": ("work done for people who had gone", readings.dead_work_share, in_hundred),
    "service_s": ("the mean service", service_s, "{:.3f} seconds".format),
}
"""What is foretold: in words, how it is read from a `Run`, and how its value is said."""


@dataclasses.dataclass(frozen=True)
class Range:
    """A number that is foretold: nine in ten draws lie between `low` and `high`, half of them below `likely`."""

    low: float
    likely: float
    high: float

    def holds(self, value):
        """Whether a measured value lies within."""
        return bool(self.low <= value <= self.high)


@dataclasses.dataclass(frozen=True)
class Forecast:
    """What is foretold of one evening.

    `ranges`: a `Range` for each of `QUANTITIES`. `curve`: arrays `second`, `low`, `likely`, `high`: how many join in
    each second, and `in_low`, `in_likely`, `in_high`: the share of the crowd that is in by its end. `because`:
    sentences, on what it rests. `written`: when it was written down (ISO 8601, UTC), and
    `written_s` the same on this computer's monotonic clock; None before that.
    """

    evening: object
    seed: int
    draws: int
    ranges: dict
    curve: dict
    because: tuple
    written: str | None = None
    written_s: float | None = None

    @property
    def width(self):
        """How wide the interval of the share that joins is, as a part of its likely value."""
        joined = self.ranges["share_in"]
        return (joined.high - joined.low) / joined.likely if joined.likely > 0 else math.inf

    @property
    def too_wide(self):
        """Whether that is too wide to be of use: more than 30 %."""
        return not self.width <= WIDEST

    def say(self):
        """Return the forecast in plain sentences."""
        told = [_told(name, one) for name, one in self.ranges.items()]
        told[0] += f" The interval is {self.width:.0%} wide, measured by its middle."
        if self.too_wide:
            told[0] += (
                f" That is more than {WIDEST:.0%}: too wide to decide by. Longer tests, in as much company as the "
                "evening brings, would narrow it."
            )
        return " ".join([*told, *self.because])

    def write(self, path):
        """Write this forecast to a file, with the time, and return it as it was written."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        done = dataclasses.replace(self, written=now, written_s=time.monotonic())
        plain = {field.name: getattr(done, field.name) for field in dataclasses.fields(done)}
        plain["evening"] = to_plain(self.evening)
        plain["ranges"] = {name: dataclasses.asdict(one) for name, one in self.ranges.items()}
        plain["curve"] = {name: np.asarray(one).tolist() for name, one in self.curve.items()}
        pathlib.Path(path).write_text(json.dumps(plain, indent=1), encoding="utf-8")
        return done

    @classmethod
    def read(cls, path):
        """Read a forecast that `write` wrote; raise `ForecastError` with a sentence if the file holds none."""
        try:
            plain = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
            plain["evening"] = from_plain(plain["evening"])
            plain["ranges"] = {name: Range(**plain["ranges"][name]) for name in QUANTITIES}
            plain["curve"] = {name: np.array(one) for name, one in plain["curve"].items()}
            plain["because"] = tuple(plain["because"])
            return cls(**plain)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise ForecastError(
                f"{path} holds no forecast ({error}); give a file that Forecast.write wrote."
            ) from error


def forecast(evening, fitted, seed=1, draws=DRAWS, progress=None):
    """Foretell an evening from what the tests say; return a `Forecast`.

    `evening`: the `Scenario`; its service, contention and coherency are replaced by what the tests found. `fitted`:
    what `fit.fit` returned. `seed`: whose luck the evening has. `draws`: how many evenings are simulated, at least 19,
    so that an interval of 90 % lies within them. `progress`: a function that is called with the share done.
    """
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < FEWEST_DRAWS:
        raise ForecastError(f"draws is {draws!r}; give a whole number from {FEWEST_DRAWS}.")
    calm = luck.evening(evening, luck.checked_seed(seed))
    read, curves = {name: [] for name in QUANTITIES}, []
    for at, door in enumerate(doors(fitted, calm.door.handlers, seed, draws)):
        run = simulate(
            calm.changed(door), seed if at % 2 == 0 else seed + at, sample=0, progress=False
        )
        for name, (_, reading, _) in QUANTITIES.items():
            read[name].append(reading(run))
        curves.append(readings.first_joins_over_time(run))
        if progress is not None:
            progress((at + 1) / draws)
    low, likely, high = np.quantile(curves, _ENDS, axis=0, method="weibull")
    so_far = np.cumsum(curves, axis=1) / calm.crowd.listeners
    in_low, in_likely, in_high = np.quantile(so_far, _ENDS, axis=0, method="weibull")
    return Forecast(
        evening=evening,
        seed=seed,
        draws=draws,
        ranges={name: _range(values) for name, values in read.items()},
        curve={
            "second": run.seconds["second"],
            "low": low,
            "likely": likely,
            "high": high,
            "in_low": in_low,
            "in_likely": in_likely,
            "in_high": in_high,
        },
        because=tuple(_because(fitted, calm.door.handlers)),
    )


def doors(fitted, handlers, seed, draws):
    """Yield so many doors that the tests allow, as changes of a `Scenario`'s door: see the head of this module."""
    lots = {
        purpose: luck.uniforms(luck.key(seed, purpose), np.arange(draws))
        for purpose in (WHICH_LAW, WHICH_BLOCKS, WHICH_ERROR)
    }
    # In each of so many equal strata once, so that few draws fill the interval.
    strata = {purpose: (np.argsort(np.argsort(lot)) + lot) / draws for purpose, lot in lots.items()}
    names, shares = zip(*weights(fitted).items(), strict=True)
    upto = np.cumsum(shares)[:-1]
    for at in range(draws):
        law = fitted.laws[names[int(np.searchsorted(upto, strata[WHICH_LAW][at]))]]
        *numbers, cv = law.again[int(lots[WHICH_BLOCKS][at] * len(law.again))]
        longer = math.exp(law.missed.error(strata[WHICH_ERROR][at]))
        yield as_the_simulation_has_it(law.law, numbers, cv, handlers, longer)


def weights(fitted):
    """Return the Akaike weight of each law: {name: share}, together 1."""
    each = {name: math.exp(-law.worse / 2) for name, law in fitted.laws.items()}
    return {name: one / sum(each.values()) for name, one in each.items()}


def as_the_simulation_has_it(law, numbers, cv, handlers, longer=1.0):
    """Return the changes of a `Scenario` that give its door a law: alike where all handlers are busy, close elsewhere.

    The simulation knows the multiplier only, without negative numbers. `numbers`: (mean in seconds, a, b); `longer`:
    how many times as long every service takes.

    >>> as_the_simulation_has_it("multiplier", (0.1, 0.02, 0.001), 0.5, 12)["door.contention"]
    0.02
    """
    busy = np.arange(1, handlers + 1)
    lasts = np.maximum(law_of(law, busy, numbers, cv), 1e-6)
    mean_s, more = lasts[0], lasts[-1] / lasts[0] - 1
    if more <= 0:
        mean_s, contention, coherency = lasts[-1], 0.0, 0.0
    else:
        # Between a straight line (contention alone) and a parabola (coherency alone), both right for a full house.
        line, parabola = (
            (busy - 1) / (handlers - 1),
            busy * (busy - 1) / (handlers * (handlers - 1)),
        )
        way, wanted = parabola - line, (lasts / mean_s - 1) / more - line
        bent = min(1.0, max(0.0, (way @ wanted) / max(way @ way, 1e-12)))
        contention = more * (1 - bent) / (handlers - 1)
        coherency = more * bent / (handlers * (handlers - 1))
    return {
        "door.service.mean_s": float(mean_s * longer),
        "door.service.cv": float(cv),
        "door.contention": round(float(contention), 12),
        "door.coherency": round(float(coherency), 12),
    }


# --------------------------------------------------------------------------- Laid over what was measured


@dataclasses.dataclass(frozen=True)
class Compared:
    """One quantity: what was foretold, what was measured, whether that lies within, and the sentence that says so."""

    name: str
    range: Range
    measured: float
    inside: bool
    said: str


@dataclasses.dataclass(frozen=True)
class Comparison:
    """A forecast beside the evening: `rows`, one `Compared` each; `curve_inside`, the share of seconds in which as
    many joined as foretold; `why`, sentences on what missed and what that points to."""

    rows: tuple
    curve_inside: float
    why: tuple

    @property
    def inside(self):
        """How many of the quantities lay within their intervals."""
        return sum(row.inside for row in self.rows)

    def say(self):
        """Return the comparison in plain sentences."""
        count = f"{self.inside} of {len(self.rows)} quantities lay within what was foretold."
        return " ".join([count, *(row.said for row in self.rows), *self.why])


def compare(foretold, run):
    """Lay a `Forecast` over a measured `Run`; return a `Comparison`."""
    rows = []
    for name, (_, reading, _) in QUANTITIES.items():
        value, within = reading(run), foretold.ranges[name]
        rows.append(
            Compared(name, within, value, within.holds(value), _compared(name, within, value))
        )
    joins = readings.first_joins_over_time(run)
    shared = np.isin(foretold.curve["second"], run.seconds["second"])
    low, high = foretold.curve["low"][shared], foretold.curve["high"][shared]
    joins = joins[np.isin(run.seconds["second"], foretold.curve["second"])]
    within = float(((low <= joins) & (joins <= high)).mean()) if len(joins) else math.nan
    return Comparison(tuple(rows), within, tuple(_why({row.name: row for row in rows}, run)))


def service_in_the_rush_s(run):
    """The mean service of the quarter of the seconds with most requests, in seconds; nan of none."""
    asked = readings.requests_over_time(run)
    rush = (
        run.seconds[asked >= np.quantile(asked[asked > 0], 0.75)]
        if asked.any()
        else run.seconds[:0]
    )
    ended = int(rush["services"].sum())
    return float(rush["work_s"].sum()) / ended if ended else math.nan


def _why(rows, run):
    """What missed, and what that points to."""
    missed = [row for row in rows.values() if not row.inside]
    if not missed:
        return
    service = rows["service_s"]
    if not service.inside and not math.isnan(service.measured):
        slower = "slower" if service.measured > service.range.high else "faster"
        yield (
            f"The door itself was {slower} than the tests foretold: in the surge something reached it that no test "
            "brought. Tests have no refusals, no clients that go away, and never more people than their users."
        )
    elif (rush_s := service_in_the_rush_s(run)) > service.range.high:
        yield (
            f"On the whole the door was as fast as foretold, but in the quarter of the seconds with most requests a "
            f"service took {rush_s:.3f} s: they cost the computer time even where they were not served."
        )
    else:
        yield (
            "The door was as fast as foretold, so the miss lies in what reached it: in who came back, when, and how "
            "often. Tests in which everybody waits for an answer say nothing about that."
        )


def _told(name, within):
    """What is foretold of one quantity, as a sentence."""
    words, _, said = QUANTITIES[name]
    if math.isnan(within.likely):
        return f"Of {words} nothing can be foretold."
    return (
        f"{words[0].upper()}{words[1:]}: {_plain(said, within.low)} to {_plain(said, within.high)}, "
        f"most likely {_plain(said, within.likely)}."
    )


def _compared(name, within, value):
    """What came of one quantity, as a sentence."""
    words, _, said = QUANTITIES[name]
    if within.holds(value):
        came = "as foretold"
    elif math.isnan(value) or math.isnan(within.likely):
        came = "which cannot be compared"
    else:
        came = "more than foretold" if value > within.high else "less than foretold"
    return (
        f"{words[0].upper()}{words[1:]}: {_plain(said, value)}, {came} "
        f"({_plain(said, within.low)} to {_plain(said, within.high)})."
    )


def _plain(said, value):
    """A value in words, also one that nobody knows."""
    return "unknown" if math.isnan(value) else said(value)


_ENDS = [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2]


def _range(values):
    """The interval of one more draw like these, from order statistics: exact for any distribution."""
    known = np.array(values)[~np.isnan(values)]
    if len(known) < FEWEST_DRAWS:
        return Range(math.nan, math.nan, math.nan)
    return Range(*np.quantile(known, _ENDS, method="weibull").tolist())


def _because(fitted, handlers):
    """On what the forecast rests, in sentences."""
    missed = max((law.missed for law in fitted.laws.values()), key=lambda one: one.typical)
    yield (
        f"It rests on {fitted.services:,} services of {fitted.tests} tests. A stretch of these, predicted from the "
        f"others, is typically missed by {missed.typical:.1%}; luck alone would miss it by {missed.typical_luck:.1%}. "
        "What so few stretches leave open of the difference is allowed for."
    )
    if handlers > fitted.most_busy:
        yield (
            f"In the tests at most {fitted.most_busy} were busy at once, on the evening {handlers} can be: beyond "
            "that it rests on two laws that nobody has tried there."
        )
