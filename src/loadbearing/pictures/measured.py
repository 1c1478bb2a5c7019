"""Pictures of a measured evening: what the tests had asked for, and the forecast with what came of it."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from loadbearing.pictures.ink import (
    DASH_DOT,
    DASHED,
    DOTTED,
    GREEN,
    GREY,
    INK,
    MIST,
    OCHRE,
    PALE,
    PINK,
    SMALL,
)
from loadbearing.pictures.labels import Named, name_lines
from loadbearing.pictures.paper import paper, shares_up
from loadbearing.pictures.picture import Picture
from loadbearing.units import clock, people, share
from loadbearing.words import word

TESTS = (
    {"color": GREEN, "ls": DASHED},
    {"color": PINK, "ls": DOTTED},
    {"color": OCHRE, "ls": DASH_DOT},
    {"color": GREY, "ls": (0, (1, 3))},
)
"""How the lines of tests are drawn; the evening itself is ink."""

HEADROOM = 1.12


def asked_per_second(tests, evening=None):
    """Return the picture of requests a second: in each test, by its own clock, and in the evening where it is known.

    `tests`: {name: counts, one a second}, one to four of them. `evening`: counts, one a second. Raises `ValueError`
    for more tests or none.
    """
    if not 1 <= len(tests) <= len(TESTS):
        raise ValueError(f"tests holds {len(tests)}; give one to {len(TESTS)}.")
    most = {name: float(np.max(counts, initial=0)) for name, counts in tests.items()}
    hardest = max(most, key=most.get)
    tested = f"No test asked for more than {people(most[hardest])} joins in a second"
    lines = [
        (name, np.asarray(counts, float), style)
        for (name, counts), style in zip(tests.items(), TESTS, strict=False)
    ]
    if evening is None:
        title = tested
    else:
        came = float(np.max(evening, initial=0))
        title = f"{tested}; the evening asked for {people(came)}"
        lines.append(("the evening", np.asarray(evening, float), {"color": INK, "ls": "-"}))
    longest = max(len(counts) for _, counts, _ in lines)
    figure, axes = paper(title, "Requests at the door, a second", 0, longest)
    _seconds_below(axes)
    top = max(counts.max(initial=1.0) for _, counts, _ in lines)
    axes.set_ylim(0, HEADROOM * top)
    named = []
    for name, counts, style in lines:
        times = np.arange(len(counts)) + 0.5
        axes.plot(times, counts, lw=2.6 if name == "the evening" else 2.2, **style)
        named.append(Named(times, counts, name, style["color"]))
    name_lines(axes, named)
    said = ", ".join(f"{name} {people(high)}" for name, high in most.items())
    sentence = f"{title}. The busiest second of each test: {said}."
    return Picture(figure, sentence, title, {name: counts for name, counts, _ in lines})


def _seconds_below(axes):
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    axes.set_xlabel(word("time_since_begin").axis, fontsize=SMALL, color=GREY)


def forecast_and_evening(times_s, low, likely, high, joined, came=()):
    """Return the picture of who is in, as a share of the crowd: the forecast's band, and what was measured.

    `times_s`: ends of seconds from the announced start, (n,). `low`, `likely`, `high`: the forecast's shares of the
    crowd that are in by then, (n,). `joined`: the measured shares, (m,); while the evening runs m < n. `came`: the
    shares of those who have come, (m,), or nothing.
    """
    times_s, low, likely, high = (np.asarray(one, float) for one in (times_s, low, likely, high))
    came, joined = np.asarray(came, float), np.asarray(joined, float)
    title, sentence = _said(times_s, low, high, joined)
    figure, axes = paper(title, "Share of the crowd", times_s[0] - 1, times_s[-1])
    shares_up(axes)
    axes.fill_between(times_s, low, high, color=MIST, lw=0)
    axes.plot(times_s, likely, color=PALE, lw=1.6, ls=DASHED)
    named = [Named(times_s, (low + high) / 2, "forecast", PALE)]
    if len(joined):
        seen = times_s[: len(joined)]
        axes.plot(seen, joined, color=INK, lw=2.8)
        named.append(Named(seen, joined, "are in", INK))
    if len(came):
        axes.plot(seen, came, color=GREY, lw=1.8, ls=DOTTED)
        named.append(Named(seen, came, "have come", GREY))
    name_lines(axes, named)
    data = dict(low=low, likely=likely, high=high, came=came, joined=joined)
    return Picture(figure, sentence, title, {"seconds": times_s, **data})


def _said(times_s, low, high, joined):
    told = f"{share(low[-1])} to {share(high[-1])}"
    if not len(joined):
        title = f"Forecast: {told} are in at {clock(times_s[-1])}"
        return title, f"{title}. The crowd has not come yet."
    at = clock(times_s[len(joined) - 1])
    if len(joined) < len(times_s):
        title = f"{share(joined[-1])} are in at {at}"
        return title, f"{title}; for {clock(times_s[-1])} the forecast says {told}."
    inside = low[-1] <= joined[-1] <= high[-1]
    title = f"{share(joined[-1])} are in at {at}; the forecast said {told}"
    met = "The measured evening lies inside the forecast" if inside else "The forecast missed"
    return title, f"{title}. {met} at the end."
