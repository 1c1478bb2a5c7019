"""`load_line`: the largest crowd for which a promise still holds, over evenings of varied weather."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from loadbearing import draws
from loadbearing.scenario import MOST_LISTENERS, Scenario, Weather
from loadbearing.stress import intervals
from loadbearing.stress.desk import Desk
from loadbearing.stress.errors import StressError
from loadbearing.stress.jobs import Job
from loadbearing.stress.promise import Promise
from loadbearing.stress.search import Search
from loadbearing.stress.sweeping import checked_seeds
from loadbearing.units import share

FARTHEST, ENOUGH = 10, 1_000_000
ROUGHLY = 0.05
BELOW, ABOVE = (0.5, 0.8, 0.95), (1.05, 1.25)
PROBED = 10


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class LoadLine:
    """How large a crowd may be, in `Crowd.listeners`: the people expected, before weather decides who comes.

    `held`: for each evening of `seeds` the largest crowd tried for which the promise held, 0 if it broke for `least`
    already. `broke`: the smallest larger one tried for which it broke, inf if it held for `most`. The evening's own
    line lies between. `level`: how sure the intervals are. `runs`: how many evenings were needed in all.
    `surprises`: (seed, crowd, whether it held) of probes that contradict an orderly line.
    """

    promise: Promise
    seeds: tuple
    held: np.ndarray
    broke: np.ndarray
    least: int
    most: int
    level: float
    runs: int
    surprises: tuple

    @property
    def crowd(self):
        """The largest crowd for which the promise held on the promised share of these evenings; 0 if for none."""
        return self.at(self.promise.evenings)

    @property
    def interval(self):
        """(low, high) of that crowd over all evenings of such weather: exact, without assuming any distribution.

        0 or inf where so few evenings, or the crowds searched, allow no bound; see `intervals.ranks`.
        """
        return self.interval_at(self.promise.evenings)

    @property
    def median(self):
        """The same crowd on half of these evenings."""
        return self.at(0.5)

    @property
    def median_interval(self):
        """(low, high) of the median over all evenings of such weather."""
        return self.interval_at(0.5)

    def at(self, evenings):
        """Return the largest crowd for which the promise held on at least this share of these evenings."""
        return int(np.sort(self.held)[intervals.borne_rank(len(self.seeds), evenings) - 1])

    def interval_at(self, evenings):
        """Return (low, high) of that crowd over all evenings of such weather."""
        low, high = intervals.ranks(len(self.seeds), 1 - evenings, self.level)
        least = np.sort(self.held)[low - 1] if low else 0
        most = np.sort(self.broke)[high - 1] if high <= len(self.seeds) else math.inf
        return float(least), float(most)

    def sentence(self):
        """Say it in plain words, with every number computed."""
        return " ".join(
            filter(None, (self._line(), self._bounds(), self._middle(), self._warning()))
        )

    def __repr__(self):
        return self.sentence()

    def _line(self):
        if self.crowd == 0:
            return (
                f"Not even a crowd of {self.least:,} can be promised that {self.promise}: the promise broke "
                f"on {int((self.held == 0).sum())} of {len(self.seeds)}."
            )
        if self.crowd >= self.most:
            return (
                f"More than {self.most:,} people can be promised that {self.promise}; it held for the largest crowd "
                "tried, so give a larger most= to find the line."
            )
        return f"Up to {down(self.crowd)} people can be promised that {self.promise}."

    def _bounds(self):
        if self.crowd >= self.most:
            return ""
        low, high = self.interval
        seen = f"After {len(self.seeds)} evenings one can be {share(self.level)} sure that the line lies "
        above = f"below {up(high)}" if math.isfinite(high) else ""
        if low:
            return seen + (
                f"between {down(low)} and {up(high)}." if above else f"above {down(low)}."
            )
        if self.promise.evenings == 1:
            return f"{seen}{above}; no number of evenings says how low it may be on the worst."
        needed = intervals.evenings_needed(1 - self.promise.evenings, self.level)
        if needed <= len(self.seeds):
            return f"{seen}{above}." if above else ""
        few = f"{len(self.seeds)} evenings are too few to say how low it may be; {needed} would do."
        return f"{seen}{above}. {few}" if above else few

    def _middle(self):
        if 0 < self.median < self.most:
            return f"On half of the evenings it is {down(self.median)} or more."
        return ""

    def _warning(self):
        if not self.surprises:
            return ""
        seed, crowd, held = self.surprises[0]
        at = self.seeds.index(seed)
        did, though = ("held", self.broke[at]) if held else ("broke", self.held[at])
        other = "broke" if held else "held"
        return (
            f"Beware: on evening {seed} it {did} for {crowd:,} though it {other} for {int(though):,}, so more people "
            f"are not always worse here, or dice blur the line ({len(self.surprises)} such probes)."
        )


def down(crowd):
    """Return a crowd as three figures that do not overstate it.

    >>> down(84_990), down(978), up(84_210)
    ('84,900', '978', '84,300')
    """
    size = 10 ** max(len(str(int(crowd))) - 3, 0)
    return f"{int(crowd) // size * size:,}"


def up(crowd):
    """Return a crowd as three figures that do not understate it."""
    size = 10 ** max(len(str(int(crowd))) - 3, 0)
    return f"{-(-int(crowd) // size) * size:,}"


def load_line(
    scenario,
    promise,
    *,
    seeds=range(40),
    least=1,
    most=None,
    tolerance=0.01,
    level=0.95,
    room=1,
    executor=None,
    keep=None,
    progress=True,
    engine="auto",
    in_flight=None,
):
    """Find the largest crowd for which a promise still holds, and return a `LoadLine`.

    Every evening of `seeds` has its own line, found within `tolerance` (a share of it) by running that evening with
    larger and smaller crowds: same weather, same luck. The load line is the crowd that the promised share of evenings
    (`Promise.evenings`) bears. 40 evenings bound the line for nine in ten evenings on both sides.

    The scenario's own `crowd.listeners` is only where the search begins; it goes from `least` to `most` people (ten
    times as many, and at least a million, unless given). `room`: the fraction of the room to run, as
    `Scenario.scaled`: a fiftieth is quick, and crowds are still given for the full room. The other options are those
    of `sweep`; with `keep` both may share a file.

    It is assumed that more people never make it better. A few evenings are probed below and above their line;
    `LoadLine.surprises` and its sentence tell if that is not so. Raises `StressError` and `EveningFailed`.
    """
    seeds = checked_seeds(seeds)
    least, most = _range(scenario, promise, least, most)
    tolerance, step = _precision(tolerance, room)
    intervals.checked_level(level)
    options = dict(
        engine=engine, executor=executor, keep=keep, progress=progress, in_flight=in_flight
    )
    calm = scenario.changed({"weather": Weather.calm()})
    guess = scenario.crowd.listeners or least
    searches = {}

    def ask(name):
        base = calm if name == "calm" else scenario
        crowd = searches[name].asks
        where = base.changed({"crowd.listeners": crowd}).scaled(room)
        seed = seeds[0] if name == "calm" else name
        desk.ask(Job((name, crowd), f"a crowd of {crowd:,}", where, seed))

    def take(job, numbers):
        name, crowd = job.name
        if searches[name].asks == crowd:
            searches[name].tell(numbers[0])
            if searches[name].asks is not None:
                ask(name)

    def said():
        over = sum(one.share_over for one in searches.values()) / (len(seeds) + 1)
        return over, f"{desk.done:,} evenings run"

    with Desk({"margin": promise.margin}, take, said, **options) as desk:
        searches["calm"] = Search(least, most, guess, ROUGHLY, step)
        ask("calm")
        desk.work()
        about = searches["calm"].low or least
        for at, seed in enumerate(seeds):
            begin = about / _hardship(scenario, seed)
            searches[seed] = Search(least, most, begin, tolerance, step, _probes(at, len(seeds)))
            ask(seed)
        desk.work()
    found = [searches[seed] for seed in seeds]
    return LoadLine(
        promise=promise,
        seeds=seeds,
        held=np.array([one.low or 0 for one in found]),
        broke=np.array([math.inf if one.high is None else one.high for one in found]),
        least=least,
        most=most,
        level=level,
        runs=desk.done,
        surprises=tuple(
            (seed, *one)
            for seed, search in zip(seeds, found, strict=True)
            for one in search.surprises
        ),
    )


def _hardship(scenario, seed):
    """About how much more an evening asks of the door than a calm one: more come, or each takes longer."""
    weather = scenario.weather
    turnout = draws.factor(seed, "turnout", weather.turnout)
    return turnout * draws.factor(seed, "service", weather.service)


def _probes(at, evenings):
    """Where to probe the evening with this number: a crowd below and one above, on ten evenings spread over all."""
    every = max(1, evenings // PROBED)
    if at % every:
        return ()
    turn = at // every
    return BELOW[turn % len(BELOW)], ABOVE[turn % len(ABOVE)]


def _range(scenario, promise, least, most):
    if not isinstance(scenario, Scenario):
        raise StressError(
            f"The scenario is {scenario!r:.80}; give a Scenario, for example cases.get('slow_door')."
        )
    if not isinstance(promise, Promise):
        raise StressError(
            f"The promise is {promise!r:.80}; give a Promise(reading='service_level', at_least=0.95)."
        )
    if most is None:
        most = min(max(FARTHEST * scenario.crowd.listeners, ENOUGH), MOST_LISTENERS)
    for name, value, bottom in (("least", least, 1), ("most", most, least)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < bottom:
            raise StressError(f"{name} is {value!r}; give a whole number of people from {bottom}.")
    if most > MOST_LISTENERS:
        raise StressError(f"most is {most}; give at most {MOST_LISTENERS:,} people.")
    return int(least), int(most)


def _precision(tolerance, room):
    if (
        isinstance(tolerance, bool)
        or not isinstance(tolerance, int | float)
        or not 0 <= tolerance < 1
    ):
        raise StressError(
            f"tolerance is {tolerance!r}; give a share from 0 to below 1, such as 0.01."
        )
    if isinstance(room, bool) or not isinstance(room, int | float) or not 0 < room <= 1:
        raise StressError(f"room is {room!r}; give a fraction above 0 and at most 1, such as 1/50.")
    return tolerance, math.ceil(1 / room)
