"""What a sweep found: one number for each measure, scenario and evening."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from loadbearing.parts import nearest
from loadbearing.stress import intervals
from loadbearing.stress.errors import StressError


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Sweep:
    """Every scenario on the same evenings.

    `labels`: a name for each scenario. `settings`: for each, what was changed in it, {path: value}. `seeds`: the
    evenings. `values`: {measure: array of shape (scenarios, seeds)}, also as `sweep["measure"]`; read-only.
    """

    labels: tuple
    settings: tuple
    seeds: tuple
    values: dict

    def __getitem__(self, measure):
        return self.values[self._measure(measure)]

    def mean(self, measure=None):
        """Return the mean over the evenings, one for each scenario; the measure may be left out if there is one."""
        with np.errstate(invalid="ignore"):
            return self.values[self._measure(measure)].mean(axis=1)

    def interval(self, measure=None, level=0.95):
        """Return (low, high) of each mean by resampling the evenings, as `intervals.of_the_mean` does."""
        return intervals.of_the_mean(self.values[self._measure(measure)], level)

    def against(self, label, measure=None, level=0.95):
        """Return (mean, low, high) of how much more than in the scenario `label` there is, evening by evening.

        Every scenario met the same evenings, so weather and luck largely cancel: this interval is much narrower than
        the difference of two means suggests.
        """
        if label not in self.labels:
            raise StressError(f"There is no scenario {label!r}. {nearest(label, self.labels)}")
        values = self.values[self._measure(measure)]
        with np.errstate(invalid="ignore"):
            more = values - values[self.labels.index(label)]
            mean = more.mean(axis=1)
        return (mean, *intervals.of_the_mean(more, level))

    def rows(self):
        """Return one dictionary for each scenario and evening: scenario, what was changed, seed, each measure."""
        return [
            {
                "scenario": label,
                **setting,
                "seed": seed,
                **{name: float(values[at, evening]) for name, values in self.values.items()},
            }
            for at, (label, setting) in enumerate(zip(self.labels, self.settings, strict=True))
            for evening, seed in enumerate(self.seeds)
        ]

    def frame(self):
        """Return `rows` as a pandas DataFrame; raise `ImportError` with a sentence without pandas."""
        try:
            import pandas
        except ImportError as error:
            raise ImportError(
                "sweep.frame() needs pandas; install it, or use sweep.rows()."
            ) from error
        return pandas.DataFrame(self.rows())

    def table(self, level=0.95):
        """Return a text table: of each scenario the mean of each measure, and its interval over the evenings."""
        head, body = ["scenario"], [[label] for label in self.labels]
        if any(self.settings):
            head = [*self.settings[0]]
            body = [[_written(value) for value in setting.values()] for setting in self.settings]
        for name in self.values:
            head.append(name)
            for row, mean, low, high in zip(
                body, self.mean(name), *self.interval(name, level), strict=True
            ):
                sure = "" if math.isnan(low) else f" [{figure(low)} to {figure(high)}]"
                row.append(figure(mean) + sure)
        widths = [max(map(len, column)) for column in zip(head, *body, strict=True)]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in (head, *body)]
        says = (
            f"Mean of {len(self.seeds)} evenings [{level:.0%} interval, from drawing them again]."
        )
        return "\n".join([*lines, says if len(self.seeds) > 1 else "One evening."])

    def same_as(self, other):
        """Tell whether another sweep is equal to this one to the last bit."""
        alike = (self.labels, self.seeds) == (other.labels, other.seeds)
        return alike and {k: v.tobytes() for k, v in self.values.items()} == {
            k: v.tobytes() for k, v in other.values.items()
        }

    def __repr__(self):
        return self.table()

    def _measure(self, name):
        if name is None and len(self.values) == 1:
            return next(iter(self.values))
        if name is None:
            raise StressError(f"Say which measure: one of {', '.join(self.values)}.")
        if name not in self.values:
            raise StressError(f"There is no measure {name!r}. {nearest(name, list(self.values))}")
        return name


def figure(number):
    """Return a number with three figures, or as a head-count from a thousand on.

    >>> figure(0.91234), figure(84213.4), figure(float("nan"))
    ('0.912', '84,213', 'nan')
    """
    return f"{number:,.0f}" if math.isfinite(number) and abs(number) >= 1000 else f"{number:.3g}"


def _written(value):
    return (
        figure(value)
        if type(value) is float
        else f"{value:,}"
        if type(value) is int
        else str(value)
    )
