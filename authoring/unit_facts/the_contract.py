"""The numbers of unit 10's texts: promises, nights, a season and its par, clauses, and how S7 comes out."""

from __future__ import annotations

import functools
import math

from loadbearing import cases, contract, record
from loadbearing.cases import contracts
from loadbearing.checks import unit_10_clauses as clauses
from loadbearing.checks import unit_10_reading as reading
from loadbearing.checks import unit_10_season as season
from loadbearing.checks.plans import money
from loadbearing.units import people, share

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SHORT_H, LONG_H = 5 / 60, 8.0
"""How long an outage lasts: many short ones, or one long one."""


def _value(key):
    return cases.own_value("a_season", key)


# --- the promise ---------------------------------------------------------------------------------


def contract_promised():
    """What the suppliers of the unit promise."""
    return f"{100 * reading.available():.1f} %"


def contract_one_nine_more():
    """One nine more."""
    return f"{100 - 100 * (1 - reading.available()) / 10:.2f} %"


def contract_minutes():
    """Minutes of a month of thirty days that it leaves out."""
    return f"{reading.minutes():.1f} minutes"


def contract_minutes_about():
    """The same, roughly."""
    return f"{reading.minutes():.0f} minutes"


def _one_in(chance):
    digits = 10 ** (len(str(round(1 / chance))) - 2)
    return people(round(1 / chance / digits) * digits)


def contract_hit_short():
    """Of how many launch hours one is hit, if outages last five minutes."""
    return _one_in(contract.hit(reading.available(), SHORT_H, 1.0))


def contract_hit_long():
    """Of how many launch hours one is hit, if outages last eight hours."""
    return _one_in(contract.hit(reading.available(), LONG_H, 1.0))


def contract_short_lasts():
    """How long a short outage lasts here."""
    return f"{SHORT_H * 60:.0f} minutes"


def contract_long_lasts():
    """How long a long outage lasts here."""
    return f"{LONG_H:.0f} hours"


# --- nights --------------------------------------------------------------------------------------


def contract_first():
    """Nights on which the first supplier of the exercise was gone."""
    return people(reading.nights().alone[0])


def contract_second():
    """Nights on which the second was."""
    return people(reading.nights().alone[1])


def contract_both():
    """Nights on which both were."""
    return people(reading.nights().together(2))


def contract_three():
    """Nights on which all three were."""
    return people(reading.nights().together(3))


def contract_share():
    """Of a supplier's nights gone, those on which the other was gone too."""
    return share(reading.nights().share_together)


def contract_paper():
    """Nights with both gone if nothing is shared."""
    return f"{reading.nights().on_paper():.1f}"


# --- the season ----------------------------------------------------------------------------------


def _cents(key):
    cents = 100 * _value(key)
    return "1 cent" if cents == 1 else f"{cents:g} cents"


def contract_expected():
    """People forecast for each event."""
    return people(_value("expected"))


def contract_team():
    """What an own door costs once, whatever its size."""
    return money(_value("team"))


def contract_build():
    """What it costs for each person of size."""
    return _cents("build")


def contract_on_call():
    """What it costs at each event."""
    return money(_value("on_call"))


def contract_own_first():
    """The chance that an own door is gone on its first night."""
    return share(_value("own_first"))


def contract_retainer():
    """What a supplier asks for each person of its limit."""
    return _cents("retainer")


def contract_price():
    """What it asks for each person let in."""
    return _cents("price")


def contract_crowded_share():
    """Of one limit, what all suppliers together carry on a night on which everybody has an event."""
    return share(_value("crowded_share"))


def contract_logs():
    """What the logs cost at an event."""
    return money(_value("logs_cost"))


def contract_fault():
    """Of the people let in, how many a fault of one's own loses."""
    return share(_value("fault"))


def contract_worth():
    """What a person is worth who was not served."""
    return _cents("worth")


def contract_budget():
    """What the bills of a season may come to."""
    return money(season.BUDGET.value)


def contract_kept():
    """The share of people that is to be served."""
    return share(season.KEPT.value)


def contract_companies():
    """With how many companies a plan is judged."""
    return people(season.sweep()["companies"])


def _best(kind):
    return season.sweep()["best_of_each"][kind]


def _dollars(kind, key="cost"):
    return people(_best(kind)[key])


def season_par_stays():
    """For how many events par keeps a supplier in reserve, in words."""
    return WORDS[season.par().stays]


def season_par_cost():
    """What par costs."""
    return people(season.sweep()["cost"])


def season_par_bills():
    """Its bills."""
    return people(season.sweep()["bills"])


def season_par_elsewhere():
    """What par costs with other companies."""
    return people(season.sweep()["cost_elsewhere"])


def season_others():
    """With how many others par was held against."""
    return people(season.sweep()["other_companies"])


def season_first_cost():
    """The best plan that hires the first event and owns from the second."""
    return _dollars("hired first, then own")


def season_first_bills():
    """Its bills."""
    return _dollars("hired first, then own", "bills")


def season_late_cost():
    """The best plan that hires two events and then owns."""
    return _dollars("hired for two, then own")


def season_late_bills():
    """Its bills."""
    return _dollars("hired for two, then own", "bills")


def season_both_cost():
    """The best plan that keeps both for ever."""
    return _dollars("both for ever")


def season_both_bills():
    """Its bills."""
    return _dollars("both for ever", "bills")


def season_no_logs_cost():
    """The best plan that hires first without the logs."""
    return _dollars("hired first, no logs")


def season_no_logs_bills():
    """Its bills."""
    return _dollars("hired first, no logs", "bills")


def season_own_cost():
    """An own door alone."""
    return _dollars("own alone")


def season_own_bills():
    """Its bills."""
    return _dollars("own alone", "bills")


def season_own_lost():
    """Of all who want in, those whom an own door alone loses."""
    return share(_best("own alone")["lost"])


def season_own_sure():
    """The share of companies that keep the promise with an own door alone."""
    return share(_best("own alone")["sure"])


def season_own_elsewhere():
    """What an own door alone costs with other companies."""
    return _dollars("own alone", "cost_elsewhere")


def season_hired_cost():
    """The best of one supplier for ever."""
    return _dollars("one hired")


def season_hired_bills():
    """Its bills."""
    return _dollars("one hired", "bills")


def season_two_cost():
    """The best of two suppliers for ever."""
    return _dollars("two hired")


def season_two_bills():
    """Its bills."""
    return _dollars("two hired", "bills")


# --- clauses -------------------------------------------------------------------------------------


def clause_events():
    """Over how many events one clause is chosen, in words."""
    return WORDS[contracts.CLAUSE_EVENTS.value]


def clause_logs():
    """What the logs save."""
    return money(clauses.saved()["logs"])


def clause_nine():
    """What one more nine saves."""
    return money(clauses.saved()["99.99"])


def clause_back():
    """What all money back saves."""
    return money(clauses.saved()["money_back"])


def clause_stand_by():
    """What a supplier that stands by costs more than it saves."""
    return money(-clauses.saved()["stand_by"])


def second_pays_from():
    """One bad night in how many a second supplier needs to pay, with the exercise's numbers."""
    given = clauses.EXAMPLE
    worth = given["people"] * given["worth"] * (1 - given["shared"])
    return f"{worth / given['retainer']:.0f}"


# --- the claim -----------------------------------------------------------------------------------

SHORT, LONG = 1, 24


@functools.cache
def _against(events):
    return contract.owning_against_hiring(contract.world(events=events))


def s7_at_1():
    """What hiring costs for each dollar of owning, over one event."""
    return f"{_against(SHORT):.2f}"


def s7_at_24():
    """The same over a long season."""
    return f"{_against(LONG):.2f}"


def s7_long():
    """How many events that season has."""
    return people(LONG)


def s7_paper():
    """From which event owning is cheaper on paper."""
    return str(math.ceil(contract.paper_break_even(contract.world())))


def s7_season():
    """From which event it is in the season, against the cheapest contract."""
    return str(contract.from_which_event(contract.world()))


def s7_no_logs():
    """The same against a contract without logs."""
    return str(contract.from_which_event(contract.world(), ("nothing",)))


def s7_logs():
    """The same against a contract with the logs and nothing else."""
    return str(contract.from_which_event(contract.world(), ("the logs",)))


def s7_dollar():
    """The same if a person is worth a dollar."""
    return str(contract.from_which_event(contract.world(worth=1.0)))


# --- public cases --------------------------------------------------------------------------------


def contract_cdn_day():
    """When a network that delivers other people's sites failed."""
    return _day("cdn_2021")


def contract_two_day():
    """When two suppliers were gone on one day."""
    return _day("two_on_one_day")


def _day(event):
    year, month, day = record.events()[event].date.split("-")
    months = "January February March April May June July August September October November December"
    return f"{int(day)} {months.split()[int(month) - 1]} {year}"
