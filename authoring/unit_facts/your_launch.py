"""The numbers that unit 13 states, each computed where it is said."""

from __future__ import annotations

import functools

from loadbearing import record
from loadbearing.checks import unit_13_lines as lines
from loadbearing.checks import unit_13_plan as plans
from loadbearing.checks import unit_13_stop as stopping
from loadbearing.checks.unit_13_plan import Plan
from loadbearing.launch import EXAMPLE
from loadbearing.launch.measures import dollars
from loadbearing.stress.line import down
from loadbearing.units import people

# --- the public record ---------------------------------------------------------------------------


def _year(event):
    return record.events()[event].date[:4]


def launch_phone_game_year():
    """When the phone game opened, region by region."""
    return _year("pokemon_go")


def launch_presale_year():
    """When the presale by code was."""
    return _year("ticket_presale")


def launch_site_year():
    """When the public site opened."""
    return _year("healthcare_gov")


# --- the shop at noon ----------------------------------------------------------------------------


def drop_calm():
    """The shop's line on an ordinary evening, in people."""
    return down(lines.line(lines.CALM))


def drop_calm_more_room():
    """The same with twice the hold."""
    return down(lines.line(lines.CALM, "hold"))


def drop_at_once():
    """The shop's line when everyone comes at once, in people."""
    return down(lines.line(lines.AT_ONCE))


def drop_at_once_more_door():
    """The same with twice the join rate."""
    return down(lines.line(lines.AT_ONCE, "join_rate"))


def drop_at_once_more_queue():
    """The same with twice the queue."""
    return down(lines.line(lines.AT_ONCE, "queue"))


# --- the sale at ten: plans ----------------------------------------------------------------------

WORDS = Plan(sentence="early")
WAITING = Plan(line=True, pauses=True)


@functools.cache
def _door():
    return Plan(**plans.sweep()["without"])


def _kept(plan, weather):
    return f"{plans.tried(plan).kept[weather]}"


def tuned_expected():
    """How many people the sale expects."""
    return people(EXAMPLE.expected)


def tuned_rate():
    """How many its door lets in, people per second."""
    return f"{EXAMPLE.join_rate:g}"


def tuned_heed():
    """Of ten people, how many do what the invitation asks."""
    return {5: "five"}[EXAMPLE.heed / 10]


def tuned_unseen():
    """On how many evenings of each weather a plan is judged."""
    return f"{len(plans.UNSEEN)}"


def tuned_words_cost():
    """What the sentence alone costs, in dollars."""
    return people(WORDS.cost)


def tuned_words_calm():
    """On how many ordinary evenings the sentence alone keeps the promise."""
    return _kept(WORDS, plans.CALM)


def tuned_words_at_once():
    """On how many evenings with everyone at once it does."""
    return _kept(WORDS, plans.AT_ONCE)


def tuned_waiting_cost():
    """What a line and clients that pause cost, in dollars."""
    return people(WAITING.cost)


def tuned_waiting_calm():
    """On how many ordinary evenings they keep the promise."""
    return _kept(WAITING, plans.CALM)


def tuned_waiting_at_once():
    """On how many evenings with everyone at once they do."""
    return _kept(WAITING, plans.AT_ONCE)


def tuned_door_times():
    """How many times as wide the door must be where nothing else is done."""
    return f"{_door().door:g}"


def tuned_door_cost():
    """What that door costs, in dollars."""
    return people(_door().cost)


def tuned_door_calm():
    """On how many ordinary evenings it keeps the promise."""
    return _kept(_door(), plans.CALM)


def tuned_door_at_once():
    """On how many evenings with everyone at once it does."""
    return _kept(_door(), plans.AT_ONCE)


def tuned_door_more():
    """How much more the door alone costs than par."""
    return dollars(_door().cost - plans.par().cost)


def tuned_par_times():
    """How many times as wide the door of the best plan known is."""
    return f"{plans.par().door:g}"


def tuned_par_cost():
    """What the best plan known costs, in dollars."""
    return people(plans.par().cost)


def tuned_par_calm():
    """On how many ordinary evenings the best plan known keeps the promise."""
    return _kept(plans.par(), plans.CALM)


def tuned_par_at_once():
    """On how many evenings with everyone at once it does."""
    return _kept(plans.par(), plans.AT_ONCE)


def tuned_others():
    """On how many further evenings par was held against luck."""
    return f"{plans.sweep()['other_evenings']}"


def tuned_par_elsewhere():
    """On how many of them, with everyone at once, it kept its promise."""
    return f"{plans.sweep()['kept_elsewhere'][plans.AT_ONCE]}"


def tuned_par_nobody():
    """The same plan where nobody heeds the sentence: on how many evenings with everyone at once the promise is kept."""
    return f"{plans.tried(plans.par(), heed=0).kept[plans.AT_ONCE]}"


def tuned_bare_broken():
    """On how many of the evenings the sale as it was broke the promise, in words."""
    kept = sum(plans.tried(Plan()).kept.values())
    of = len(plans.UNSEEN) * len(plans.WEATHERS)
    return "every" if kept == 0 else "nearly every" if kept < of / 10 else "many an"


# --- the sale at ten: the stop rule --------------------------------------------------------------


@functools.cache
def _rule():
    par = stopping.par()
    return stopping.tried(par.minute, par.below)


def stop_cost():
    """What stopping costs."""
    return dollars(stopping.STOP)


def miss_cost():
    """What a bad evening costs that nobody stops."""
    return dollars(stopping.MISS)


def stop_last():
    """After how many minutes all the harm is done."""
    return f"{stopping.MINUTES[-1]}"


def stop_par_minute():
    """At which minute the best rule known looks."""
    return f"{stopping.par().minute}"


def stop_par_below():
    """Below which share the best rule known stops."""
    return f"{stopping.par().below:g} %"


def stop_par_cost():
    """What the best rule known costs an evening."""
    return dollars(stopping.sweep()["cost"])


def stop_never():
    """What it costs never to stop, in dollars an evening."""
    return people(stopping.never().cost)


def stop_always():
    """What it costs always to stop, in dollars an evening."""
    return people(stopping.always().cost)


def stop_par_caught():
    """How many bad evenings the best rule known catches."""
    return f"{_rule().caught}"


def stop_bad():
    """How many bad evenings there are among those on which a rule is judged."""
    return f"{_rule().caught + _rule().missed}"


def stop_par_alarms():
    """How many good evenings the best rule known stops."""
    return f"{_rule().false_alarms}"


def stop_good():
    """How many good evenings there are."""
    return f"{_rule().good}"


def stop_dear_times():
    """How many times as dear a missed evening is in the second search, in words."""
    return {10: "ten"}[stopping.sweep()["dear"]["times"]]


def stop_dear_minute():
    """At which minute the best rule looks then."""
    return f"{stopping.sweep()['dear']['minute']}"


def stop_dear_below():
    """Below which share it stops then."""
    return f"{stopping.sweep()['dear']['below']:g} %"


def stop_talk():
    """How many minutes several people need until they agree."""
    return f"{stopping.TALK:g}"


def stop_several():
    """What the best rule costs where several decide, in dollars an evening."""
    par = stopping.par()
    return dollars(stopping.tried(par.minute + stopping.TALK, par.below).cost)
