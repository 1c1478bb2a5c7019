"""The numbers that unit 12 states, each computed where it is said."""

from __future__ import annotations

import functools

from loadbearing import growth, record
from loadbearing.checks import unit_12_companies as companies
from loadbearing.checks import unit_12_errors as errors
from loadbearing.checks import unit_12_lines as lines
from loadbearing.checks import unit_12_plan as plans
from loadbearing.claims import claim
from loadbearing.labs import next_time_lines as published
from loadbearing.labs import two_evenings
from loadbearing.units import people, share

# --- the public record ---------------------------------------------------------------------------


def _year(event):
    return record.events()[event].date[:4]


def _published(source):
    return next(
        one.date[:4] for fact in record.facts() for one in fact.sources if one.key == source
    )


def next_first_year():
    """When the first of the two evenings was."""
    return two_evenings.two()[0].name


def next_carried_times():
    """How many times as many the second evening carried in the end."""
    return f"{two_evenings.carried_times()[0]:.1f}"


def next_n():
    """How many evenings are known."""
    return str(len(two_evenings.two()))


def next_least_chance():
    """The least chance of being late that two late evenings of two leave open, 95 %."""
    return share(growth.chance_of(2, 2)[0])


def _millions(key):
    return f"{record.fact(key).value / 1e6:.0f}"


def next_step_1():
    """The first peak of the tournament, in millions."""
    return _millions("hotstar_2023_first_step")


def next_step_2():
    """The second."""
    return _millions("hotstar_2023_second_step")


def next_step_3():
    """The third."""
    return _millions("hotstar_2023_third_step")


def next_step_4():
    """The fourth."""
    return _millions("hotstar_2023_before")


def next_page_year():
    """When the page on restoring was out of date."""
    return _year("reddit")


def next_slack_year():
    """The year of the first post-mortem that the lesson quotes."""
    return _year("slack")


def next_google_year():
    """The year of the second."""
    return _year("google_2025")


def next_kinesis_year():
    """The year of the third."""
    return _year("kinesis")


def next_jm_year():
    """When the first of the two rules was published."""
    return _published("jelinski_moranda")


def next_go_year():
    """When the second was."""
    return _published("goel_okumoto")


def next_lv_year():
    """When it was said for which data there is an answer."""
    return _published("littlewood_verrall")


# --- the exercise: companies and errors -----------------------------------------------------------


def _bet(letter):
    kept = companies.evenings(letter)[3].kept
    return f"{100 * kept:.1f} %" if kept < 0.01 else f"{100 * kept:.0f} %"


def next_bet_a():
    """To how many the fourth evening of company A keeps the promise."""
    return _bet("A")


def next_bet_b():
    """The same of company B."""
    return _bet("B")


def next_bet_c():
    """The same of company C."""
    return _bet("C")


def next_chain():
    """The chance that three findings are closed one after the other."""
    return share(growth.fourth_well_by_hand(companies.CLOSED))


def _in_all(found):
    return f"{errors.fit(found).total:.0f}"


def next_in_all_before():
    """The likeliest number of errors in all before the quiet pause."""
    return _in_all(errors.SHOWN[0])


def next_in_all_after():
    """The same after it."""
    return _in_all(errors.SHOWN[1])


def next_in_all():
    """The same when the program was handed over."""
    return _in_all(errors.SHOWN[2])


def next_in_all_low():
    """The low end of that range."""
    return f"{errors.ends(errors.SHOWN[2])[0]:.0f}"


def next_in_all_high():
    """The high end of that range."""
    return f"{errors.ends(errors.SHOWN[2])[1]:.0f}"


# --- the exercise: a year -------------------------------------------------------------------------


def next_unseen():
    """In how many companies a plan is judged."""
    return str(len(plans.UNSEEN))


def next_enough():
    """In which share of them all must go well."""
    return share(plans.ENOUGH)


PLANS = {
    "work": plans.Plan(7),
    "people": plans.Plan(8, False, True, 0.1),
    "pages": plans.Plan(8, True, False, 0.1),
    "public": plans.Plan(5, True, True, 0),
    "full": plans.Plan(3, True, True, 1.0),
}
"""Plans that the solution tells of, beside par."""


def _cost(plan):
    return people(plans.cost(plan))


def _kept(plan):
    return str(plans.tried(plan).kept)


def plan_work_cost():
    """What seven weeks each time cost in a year."""
    return _cost(PLANS["work"])


def plan_work_kept():
    """In how many companies they are enough."""
    return _kept(PLANS["work"])


def plan_people_cost():
    """The cost of weeks and people, without pages."""
    return _cost(PLANS["people"])


def plan_people_kept():
    """In how many companies that is enough."""
    return _kept(PLANS["people"])


def plan_pages_cost():
    """The cost of weeks and pages, without people."""
    return _cost(PLANS["pages"])


def plan_pages_kept():
    """In how many companies that is enough."""
    return _kept(PLANS["pages"])


def plan_public_cost():
    """The cost of weeks, pages and people, without a rehearsal."""
    return _cost(PLANS["public"])


def plan_public_kept():
    """In how many companies that is enough."""
    return _kept(PLANS["public"])


def plan_par_cost():
    """What par costs."""
    return _cost(plans.par())


def plan_par_kept():
    """In how many companies it is enough."""
    return _kept(plans.par())


def plan_full_cost():
    """The cost of par with the full crowd as a rehearsal."""
    return _cost(PLANS["full"])


def plan_full_kept():
    """In how many companies that is enough."""
    return _kept(PLANS["full"])


def _swept(table, chance):
    return plans.sweep()[table][chance]


def next_elsewhere_of():
    """How many further companies par is held against."""
    return str(plans.sweep()["other_companies"])


def _elsewhere(chance):
    return share(_swept("kept_elsewhere", chance) / plans.sweep()["other_companies"])


def next_elsewhere():
    """In how many of them it keeps the promise."""
    return _elsewhere(f"{plans.sweep()['own']:g}")


def par_with_pages_always():
    """Par if a page is always found and right."""
    return str(plans.par(1))


def par_cost_always():
    """What it costs."""
    return people(_swept("cost", "1"))


def par_others_always():
    """How often it keeps the promise in further companies."""
    return _elsewhere("1")


def par_with_pages_mostly():
    """Par if a page is found and right four times in five."""
    return str(plans.par(0.8))


def par_cost_mostly():
    """What it costs."""
    return people(_swept("cost", "0.8"))


def par_others_mostly():
    """How often it keeps the promise in further companies."""
    return _elsewhere("0.8")


def par_with_pages_half():
    """Par if a page is found and right every other time."""
    return str(plans.par(0.5))


def par_cost_half():
    """What it costs."""
    return people(_swept("cost", "0.5"))


def par_others_half():
    """How often it keeps the promise in further companies."""
    return _elsewhere("0.5")


def par_with_pages_never():
    """Par if pages never hold."""
    return str(plans.par(0))


def par_cost_never():
    """What it costs."""
    return people(_swept("cost", "0"))


def par_others_never():
    """How often it keeps the promise in further companies."""
    return _elsewhere("0")


# --- the claims -----------------------------------------------------------------------------------


@functools.cache
def _lived(**changes):
    return growth.years(growth.company(**changes))


def _again(**changes):
    return share(growth.stumbles_again(_lived(**changes)))


def _points(part):
    return f"{100 * part:.0f}"


def _gain(**changes):
    return _points(growth.gain_by_the_fourth(_lived(**changes)))


def next_f10_threshold():
    """Up to which share a failure has taught."""
    return share(claim("F10").threshold)


def next_again_half():
    """Evenings at a known place if half of the findings are closed."""
    return _again(closed=0.5)


def next_again_people():
    """The same if all are closed, and half of the people kept."""
    return _again(closed=1.0, kept=0.5)


def next_again_closed():
    """The same if three in four are closed, and all kept."""
    return _again(closed=0.75)


def next_again_written():
    """The same if all are closed, half of the people kept, and it is written down."""
    return _again(closed=1.0, kept=0.5, written=True)


def next_s9_threshold():
    """From which gain on both have learned."""
    return f"{_points(claim('S9').threshold)} points"


def next_gain_both():
    """The gain by the fourth evening if all is closed and everybody kept."""
    return f"{_gain(closed=1.0)} points"


def next_gain_most():
    """The same with eight in ten kept."""
    return _gain(closed=1.0, kept=0.8)


def next_gain_people():
    """The same with half of the people kept."""
    return _gain(closed=1.0, kept=0.5)


def next_gain_closed():
    """The same with three in four closed."""
    return _gain(closed=0.75)


def next_gain_written():
    """The same with half of the people kept and pages."""
    return _gain(closed=1.0, kept=0.5, written=True)


def _down(rehearsal=None):
    return people(round(growth.let_down(_lived(closed=0.9, rehearsal=rehearsal)), -4))


def next_year_public():
    """People let down in a year without a rehearsal, nine findings in ten closed."""
    return _down()


def next_year_tenth():
    """The same with a tenth of the crowd beforehand."""
    return _down(0.1)


def next_year_half():
    """The same with half of the crowd beforehand."""
    return _down(0.5)


def _left(line):
    return lines.IN_WORDS[published.at_most(line)]


def next_line_counts():
    """How many mechanisms the published counts leave."""
    return _left(published.COUNTS)


def next_line_waiting():
    """How many the requests waiting would leave."""
    return _left("requests waiting")


def next_line_came():
    """How many the number who had come would leave."""
    return _left("how many had come")
