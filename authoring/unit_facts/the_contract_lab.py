"""The numbers that the lab of unit 10 tells after its runs: nights, and the bills of a season."""

from __future__ import annotations

import functools
import statistics

from loadbearing import cases, contract
from loadbearing.labs import contract as room

SEEDS = range(1, 25)


@functools.cache
def _nights(case, seed=1):
    return room.WORLDS[case].play(cases.values(case), seed)


@functools.cache
def _both():
    return [_nights(room.NIGHTS, seed).together(2) for seed in SEEDS]


def nights_alone():
    """On how many nights a supplier of the lab is gone, in the middle of the three."""
    return str(round(statistics.median(_nights(room.NIGHTS).alone)))


def nights_paper():
    """On how many both would be gone, multiplied on paper."""
    return f"{_nights(room.NIGHTS).on_paper(2):.1g}"


def nights_both():
    """On how many both of the first two are."""
    return str(_nights(room.NIGHTS).together(2))


def nights_three():
    """On how many all three are."""
    return str(_nights(room.NIGHTS).together(3))


def nights_seeds():
    """How many times the nights were drawn."""
    return str(len(SEEDS))


def nights_least():
    """The fewest nights with both gone, over these."""
    return str(min(_both()))


def nights_most():
    """The most."""
    return str(max(_both()))


def nights_times():
    """How many times as often as on paper, at the chance of the lab."""
    values = cases.values(room.NIGHTS)
    fails, shared = values["fails"], values["shared"]
    return f"{contract.all_gone(fails, shared) / contract.on_paper(fails):.0f}"


@functools.cache
def _season(serves, clause="nothing"):
    return contract.season(contract.way(serves, clause), contract.world())


def _dollars(amount):
    return f"{amount:,.0f} dollars"


def _lost(season, why):
    return _dollars(season.parts()[f"lost: {why}"])


def bill_events():
    """How many events the season of the lab has."""
    return str(cases.own_value(room.SEASON, "events"))


def bill_nights_hired():
    """What the nights gone cost whoever hires."""
    return _lost(_season("hired"), "gone")


def bill_nights_own():
    """What they cost whoever owns from the first event on."""
    return _lost(_season("own"), "gone")


def bill_logs():
    """What the logs cost over the season."""
    return _dollars(_season("hired", "the logs").parts()["logs"])


def bill_logs_save():
    """What they save, paid for."""
    return _dollars(_season("hired").cost.mean() - _season("hired", "the logs").cost.mean())


def bill_first_then_own():
    """What a season comes to that is hired first, with the logs, and then owned."""
    return _dollars(_season("hired first, then own", "the logs").cost.mean())


def bill_own():
    """What it comes to owned from the first event on."""
    return _dollars(_season("own").cost.mean())


def bill_companies():
    """How many companies are played."""
    return str(len(_season("own").cost))
