"""The picture of waiting against how busy a door is."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter

from loadbearing.pictures.ink import GREEN, GREY, INK, PAPER, SMALL
from loadbearing.pictures.labels import Named, name_lines
from loadbearing.pictures.paper import BOTTOM, LEFT, RIGHT, TOP, blank, ruled
from loadbearing.pictures.picture import Picture
from loadbearing.units import share
from loadbearing.words import word

FROM, UNTIL = 0.5, 1.0
HIGHEST = 20.0
"""Service times that the axis holds, more where the run needs more."""


def wait_against_utilization(busy, wait, handlers, curve=None, expected=None):
    """Return the picture of one steady door: how long people wait on average, and how busy it was.

    `busy`: share of its handlers' time; `wait`: mean wait in service times (nan: nobody came); `curve`: (busy shares,
    waits), what theory says for so many `handlers`; `expected`: the wait it says for this one.
    """
    said = service_times(wait)
    who = f"{handlers:,} handler{'' if handlers == 1 else 's'}"
    used = "not used" if np.isnan(busy) else f"{share(min(busy, 1.0))} busy"
    title = f"{who}, {used}: people wait {said}"
    figure = blank(title, "Mean wait in the queue (service times)")
    axes = ruled(figure.add_axes((LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM)))
    axes.set_xlim(FROM, UNTIL)
    axes.xaxis.set_major_locator(FixedLocator(np.arange(FROM, UNTIL + 0.01, 0.1)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: share(round(x, 6))))
    axes.set_xlabel(word("utilization").axis, fontsize=SMALL, color=GREY)
    top = max(HIGHEST, 1.1 * wait) if np.isfinite(wait) else HIGHEST
    axes.set_ylim(0, top)
    sentence = f"Wait against utilization: {who}, {used}; people waited {said} on average."
    lines = []
    if curve is not None:
        shares, waits = (np.asarray(one, float) for one in curve)
        inside = waits <= top
        axes.plot(shares[inside], waits[inside], color=GREEN, lw=2.2)
        lines.append(Named(shares[inside], waits[inside], "theory", GREEN))
    if expected is not None and np.isfinite(expected):
        sentence += f" Theory says {service_times(expected)}."
    if np.isfinite(wait):
        axes.plot(
            [min(busy, UNTIL)],
            [wait],
            "o",
            ms=10,
            mfc=PAPER,
            mec=INK,
            mew=2.4,
            clip_on=False,
            zorder=5,
        )
    name_lines(axes, lines)
    data = {"busy": np.array([busy]), "wait": np.array([wait])}
    return Picture(figure, sentence, title, data)


def number_of_times(wait):
    """Return a wait as a number of service times.

    >>> number_of_times(19.04), number_of_times(1.651), number_of_times(0.00137), number_of_times(0.00001)
    ('19', '1.65', '0.0014', 'under 0.0001')
    """
    if 0 < wait < 1e-4:
        return "under 0.0001"
    return f"{wait:,.0f}" if wait >= 10 else f"{wait:.3g}" if wait >= 1 else f"{wait:.2g}"


def service_times(wait):
    """Return a wait in words: "1.65 service times".

    >>> service_times(19.04), service_times(1.0), service_times(0.00001)
    ('19 service times', '1 service time', 'under 0.0001 service times')
    """
    if not np.isfinite(wait):
        return "not at all, for nobody came"
    text = number_of_times(wait)
    return f"{text} service time{'' if text == '1' else 's'}"
