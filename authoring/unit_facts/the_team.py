"""The numbers that unit 08 states, each computed where it is said."""

from __future__ import annotations

import dataclasses

from loadbearing import record
from loadbearing.cases import incidents
from loadbearing.checks import unit_08_plan as plans
from loadbearing.checks import unit_08_reading as reading
from loadbearing.checks import unit_08_saving as saving
from loadbearing.checks.plans import money
from loadbearing.labs import team as lab
from loadbearing.labs.team_cost import NIGHTS
from loadbearing.team import PARTS, nights, without
from loadbearing.team.formulas import break_even, lesson_helps, share_in_after
from loadbearing.team.money import loss_over_saving
from loadbearing.units import people, share

GONE, OTHERS_GONE = "D", "FGH"


def _year_of(event):
    return str(record.events()[event].date)[:4]


def team_forum_year():
    """The year of the forum's long evening."""
    return _year_of("reddit")


def team_sale_year():
    """The year of the shop's yearly sale."""
    return _year_of("prime_day")


# --- the night that is read ----------------------------------------------------------------------


def team_page_minutes():
    """How long a page takes to read and do."""
    return f"{reading.page_minutes():.0f} minutes"


def team_night_finding():
    """The minutes of the night's search."""
    return f"{reading.step_minutes()['finding']:.0f}"


def team_night_minutes():
    """The minutes until the line was open that night."""
    return f"{reading.open_after():.0f}"


def team_night_in():
    """The share in by the end of that night."""
    return share(reading.share_in())


def team_night_in_paged():
    """The same with a page for the store in the drawer."""
    return share(reading.share_in(pages=(reading.PART,)))


# --- the plan ------------------------------------------------------------------------------------


def team_reached():
    """The chance that somebody can be reached on an ordinary night."""
    return share(saving.FREE)


def team_two_reached():
    """The chance that at least one of two who know a part can be reached."""
    return share(lesson_helps(saving.FREE, 2))


def team_nights_judged():
    """On how many nights a plan is judged."""
    return people(len(plans.UNSEEN))


def _row(name):
    return plans.sweep()["others"][name]


def team_all_cost():
    """What all seven and an empty drawer cost."""
    return money(plans.as_it_was().cost)


def team_all_kept():
    """On how many nights they keep the promise."""
    return share(plans.sweep()["as_it_was"]["kept"])


def team_rehearsed_cost():
    """What all seven, rehearsed, cost."""
    return money(_row("all seven, rehearsed")["cost"])


def team_rehearsed_kept():
    """On how many nights they keep the promise."""
    return share(_row("all seven, rehearsed")["kept"])


def team_paged_cost():
    """What two people and a page for each part cost."""
    return money(_row("two people, all pages")["cost"])


def team_paged_kept():
    """On how many nights they keep the promise."""
    return share(_row("two people, all pages")["kept"])


def team_taught_who():
    """Who is on call in the cheapest plan with a lesson and no page."""
    return plans.listed(plans.sweep()["with_a_lesson"]["on_call"])


def team_taught_cost():
    """What that plan costs."""
    return money(plans.sweep()["with_a_lesson"]["cost"])


def team_taught_kept():
    """On how many nights it keeps the promise."""
    return share(plans.sweep()["with_a_lesson"]["kept"])


def team_par_who():
    """Who is on call in the best plan known."""
    return plans.listed(plans.par().on_call)


def team_par_cost():
    """What it costs."""
    return money(plans.par().cost)


def team_par_kept():
    """On how many nights it keeps the promise."""
    return share(plans.sweep()["par"]["kept"])


def team_as_cheap():
    """How many other groups keep the promise for the same money."""
    return str(len(plans.sweep()["as_cheap"]) - 1)


def team_other_nights():
    """On how many other nights par was held."""
    return people(plans.sweep()["other_nights"])


def team_par_elsewhere():
    """On how many of them it kept the promise."""
    return share(plans.sweep()["kept_on_other_nights"])


# --- the decisions -------------------------------------------------------------------------------


def team_break_even():
    """From which share of new faults on a lesson helps more often than a page."""
    return share(break_even(saving.FREE))


def _lost(letters):
    return list(saving.lost_by_part(letters).values())


def _evenings(mean_lost):
    own = saving.EXAMPLE
    return own["salary"] / (own["crowd"] * own["value"] * mean_lost)


def team_evenings():
    """From how many evenings a year on leaving D out loses more than it saves, with the example's numbers."""
    return f"{_evenings(sum(_lost(GONE)) / len(_lost(GONE))):.1f}"


def team_evenings_hindsight():
    """The same, reckoned with the store alone."""
    return f"{_evenings(max(_lost(GONE))):.1f}"


# --- the claim -----------------------------------------------------------------------------------


def _claim(lost, letters, evenings):
    own = saving.EXAMPLE
    saved = len(letters) * own["salary"]
    return loss_over_saving(lost, own["crowd"], evenings, own["value"], saved)


def _evenings_a_year():
    return incidents.MONEY["evenings"].value


def team_claim_evenings():
    """How many such evenings a year the claim is reckoned with."""
    return f"{_evenings_a_year():g}"


def team_claim_without_d():
    """Dollars lost for each dollar saved without D."""
    return f"{_claim(_lost(GONE), GONE, _evenings_a_year()):.2f}"


def team_claim_once():
    """The same with one such evening a year."""
    return f"{_claim(_lost(GONE), GONE, 1):.2f}"


def team_claim_without_fgh():
    """Dollars lost for each dollar saved without F, G and H."""
    return f"{_claim(_lost(OTHERS_GONE), OTHERS_GONE, _evenings_a_year()):.2f}"


def _in(part, letters="", pages=()):
    """The share in by the fluid of the evening, the mean over the nights of the lab's reckoning."""
    team = dataclasses.replace(
        lab.team_with(without(letters), part), pages=tuple(one for one in pages if one == part)
    )
    found = [share_in_after(lab.scenario(), nights.remedy_s(team, seed)) for seed in NIGHTS]
    return sum(found) / len(found)


def team_claim_paged():
    """The same without D and with a page for the store in the drawer."""
    lost = [max(0.0, _in(part) - _in(part, GONE, (plans.GAP,))) for part in PARTS]
    return f"{_claim(lost, GONE, _evenings_a_year()):.2f}"
