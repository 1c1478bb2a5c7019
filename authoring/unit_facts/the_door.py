"""The numbers that unit 03 states, each computed where it is said: a function without arguments returns the text."""

from __future__ import annotations

import functools

from loadbearing import cases, simulate
from loadbearing.checks import unit_03_buying, unit_03_doors
from loadbearing.labs import buying, dice
from loadbearing.labs.steady import busy_and_wait, expected_wait
from loadbearing.pictures.paper import none_or
from loadbearing.pictures.waits import number_of_times, service_times
from loadbearing.scenario import Weather
from loadbearing.theory import staffing
from loadbearing.units import people, share

CASE = "the_steady_door"
HALF, FOUR_FIFTHS = 0.5, 0.8
WAITS_AT_MOST = 0.2
ABOVE, TWICE = 1_200, 2_000


def door_busy():
    """How busy the unit's doors are on average."""
    return share(cases.inputs(CASE)["busy"].value)


def door_theory_half():
    """Theory's wait at one handler that is half busy, in services."""
    return service_times(expected_wait(HALF, 1)).replace("service time", "service")


def door_theory_four_fifths():
    """The same at four fifths."""
    return number_of_times(expected_wait(FOUR_FIFTHS, 1))


def door_theory_busy():
    """The same as busy as the case has it."""
    return number_of_times(expected_wait(cases.inputs(CASE)["busy"].value, 1))


@functools.cache
def _wait(handlers):
    scenario = cases.build(CASE, {"handlers": handlers}).changed({"weather": Weather.calm()})
    return number_of_times(busy_and_wait(simulate(scenario, 1, sample=0, progress=False))[1])


def door_wait_one():
    """Mean wait in the lab's run with one handler."""
    return _wait(1)


def door_wait_ten():
    """Mean wait in the lab's run with ten handlers."""
    return _wait(10)


def door_wait_hundred():
    """Mean wait in the lab's run with a hundred handlers."""
    return _wait(100)


def door_wait_thousand():
    """Mean wait in the lab's run with a thousand handlers."""
    return _wait(1000)


def _root(work):
    return share(staffing.servers_for_waiting(work, WAITS_AT_MOST) / work - 1)


def door_root_ten():
    """Headroom for ten handlers' worth of work, so that at most one in five waits (Erlang's formula, exact search)."""
    return _root(10)


def door_root_hundred():
    """The same for a hundred."""
    return _root(100)


def door_root_thousand():
    """The same for a thousand."""
    return _root(1000)


@functools.cache
def _evenings():
    data = dice.dice_or_weather().data
    places = range(len(data["handlers"]))
    return {
        int(data["handlers"][at]): (int(data["chance"][at]), int(data["weather"][at]))
        for at in places
    }


def door_evenings():
    """How many evenings the picture of dice and weather shows for each door."""
    return str(len(dice.EVENINGS))


def door_chance_ten():
    """On how many of them chance alone makes people wait a whole service at the small door."""
    return none_or(_evenings()[10][0])


def door_chance_thousand():
    """The same at the large door."""
    return none_or(_evenings()[1000][0])


def door_weather_thousand():
    """The same at the large door with weather."""
    return none_or(_evenings()[1000][1])


def _cents(dollars):
    return f"{100 * dollars:.0f} cents"


def door_price():
    """What one handler costs for an evening."""
    return _cents(buying.HANDLER.value)


def door_person():
    """What a person who gives up is worth."""
    return _cents(buying.PERSON.value)


def door_handler_could():
    """What the people are worth whom one handler could let in within the hour."""
    return f"{buying.HOUR_S.value / buying.JOIN_S.value * buying.PERSON.value:.0f} dollars"


def door_work():
    """The work of the third task, in handlers."""
    return f"{unit_03_buying.WORK:,}"


def _worth(handlers):
    worth = buying.worth_of_a_few_more(handlers, unit_03_buying.WORK, unit_03_buying.UNSEEN)
    return f"{worth:.2f} dollars" if worth >= 0.005 else "nothing"


def door_worth_today():
    """What a tenth more handlers save for a dollar, bought on top of today's load."""
    return _worth(unit_03_buying.WORK)


def door_well_above():
    """A number of handlers well above today's load."""
    return f"{ABOVE:,}"


def door_worth_above():
    """What a tenth more save from there."""
    return _worth(ABOVE)


def door_twice():
    """Twice the load, in handlers."""
    return f"{TWICE:,}"


def door_worth_twice():
    """What a tenth more save at twice the load."""
    return _worth(TWICE)


def door_cheapest():
    """The handlers of the cheapest door that was tried."""
    return f"{unit_03_buying.cheapest()[0]:,}"


def door_cheapest_lost():
    """How many give up there on an average evening, to three digits."""
    best = unit_03_buying.cheapest()[0]
    lost = buying.gave_up_on_average(best, unit_03_buying.WORK, unit_03_buying.UNSEEN)
    return people(round(lost, -1))


def _par(work):
    return unit_03_doors.sweep()["doors"][str(work)]


def _spare(work):
    return share(_par(work)["par"] / work - 1)


def door_par_small():
    """Par of the small door."""
    return f"{_par(10)['par']:,}"


def door_par_middle():
    """Par of the middle door."""
    return f"{_par(100)['par']:,}"


def door_par_large():
    """Par of the large door."""
    return f"{_par(1000)['par']:,}"


def door_par_small_spare():
    """Headroom of the small door at par."""
    return _spare(10)


def door_par_middle_spare():
    """Headroom of the middle door at par."""
    return _spare(100)


def door_par_large_spare():
    """Headroom of the large door at par."""
    return _spare(1000)


def door_calm_small():
    """The fewest handlers of the small door in average weather."""
    return f"{_par(10)['fewest_in_average_weather']:,}"


def door_calm_middle():
    """The fewest handlers of the middle door in average weather."""
    return f"{_par(100)['fewest_in_average_weather']:,}"


def door_calm_large():
    """The fewest handlers of the large door in average weather."""
    return f"{_par(1000)['fewest_in_average_weather']:,}"


def door_other_evenings():
    """On how many further evenings par was tried."""
    return str(unit_03_doors.sweep()["other_evenings"])


def door_elsewhere_small():
    """On how many of these the small door kept the promise."""
    return str(_par(10)["kept_on_other_evenings"])


def door_elsewhere_middle():
    """On how many of these the middle door kept it."""
    return str(_par(100)["kept_on_other_evenings"])


def door_elsewhere_large():
    """On how many of these the large door kept it."""
    return str(_par(1000)["kept_on_other_evenings"])
