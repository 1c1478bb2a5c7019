"""The numbers that unit 12 states, each computed where it is said."""

from __future__ import annotations

from loadbearing import growth, record
from loadbearing.labs import two_evenings
from loadbearing.units import share

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


def next_least_chance():
    """The least chance of being late that two late evenings of two leave open, 95 %."""
    return share(growth.chance_of(2, 2)[0])


def next_most_chance():
    """The largest."""
    return share(growth.chance_of(2, 2)[1])


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
