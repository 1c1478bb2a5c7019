"""The numbers that unit 11 states: its history, its sweep of plans, its rule, its public cases, its three claims."""

from __future__ import annotations

import dataclasses
import functools

from loadbearing import record, roadmap
from loadbearing.checks import unit_11_reading as reading
from loadbearing.checks import unit_11_rule as rule
from loadbearing.checks import unit_11_splits as splits
from loadbearing.claims import claim
from loadbearing.labs.buying import HANDLER, PERSON
from loadbearing.roadmap.evenings import MIDDLE
from loadbearing.roadmap.frontier import HISTORIES, compared
from loadbearing.units import people, share

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
BOLD, HALF, CAREFUL = (7, 2, 0, 0, 1), (5, 4, 0, 0, 1), (3, 6, 0, 0, 1)
CHEAPER = 400
PAPER = 1_000


def _in_words(number):
    return WORDS[number] if number < len(WORDS) else str(number)


# --- the company ---------------------------------------------------------------------------------


def roadmap_handlers_a_part():
    """How many handlers one part rents."""
    return people(roadmap.PLAIN.handlers_a_part)


def roadmap_found():
    """How often a rehearsal finds a hidden fault."""
    return f"{_in_words(round(5 * roadmap.PLAIN.found))} times in five"


def roadmap_full_door():
    """How many people a full door lets in within five minutes, for each handler."""
    return people(MIDDLE)


# --- the history that is read --------------------------------------------------------------------


def roadmap_lost():
    """By how many people the bad evening makes the audience smaller."""
    return people(reading.lost())


def roadmap_grew_all_the_same():
    """By how many people the audience grew in that quarter all the same."""
    return people(reading.row().after - reading.row().audience)


def _fine():
    bad = reading.row()
    return next(
        one
        for one in reading.history()
        if reading.per_handler(one) > reading.per_handler(bad) and one.share >= roadmap.BAD
    )


def roadmap_bad_number():
    """The quarter whose bad evening is asked about."""
    return str(reading.QUARTER)


def roadmap_fine_quarter():
    """The quarter in which more came for each handler, and all were in."""
    return str(_fine().quarter)


def roadmap_fine_per_handler():
    """How many people came for each handler in it."""
    return people(reading.per_handler(_fine()))


def roadmap_bad_per_handler():
    """How many came for each handler in the bad quarter."""
    return people(reading.per_handler(reading.row()))


# --- two splits ----------------------------------------------------------------------------------


def roadmap_histories_judged():
    """On how many histories a plan is judged."""
    return people(len(splits.UNSEEN))


def roadmap_plans_tried():
    """How many plans the sweep tried."""
    return f"{splits.sweep()['plans']:,}"


def _score(name):
    return people(splits.sweep()[name]["score"])


def _bad(name):
    return f"{splits.sweep()[name]['bad']:.2f}"


def _features(name):
    held = splits.sweep()[name]
    before = held["from_quarter"] - 1
    last = int(roadmap.PLAIN.quarters)
    return str(before * held["first"][0] + (last - before) * held["then"][0])


def roadmap_parts_in_all():
    """How many parts there are in two years."""
    return people(roadmap.PLAIN.budget * roadmap.PLAIN.quarters)


def roadmap_free_score():
    """What the best plan without any promise carries."""
    return _score("no_promise")


def roadmap_free_bad():
    """Its bad evenings a roadmap."""
    return _bad("no_promise")


def roadmap_free_features():
    """How many parts it spends on features in all."""
    return _features("no_promise")


def roadmap_par_score():
    """What par carries."""
    return _score("par")


def roadmap_par_bad():
    """Par's bad evenings a roadmap."""
    return _bad("par")


def roadmap_par_features():
    """How many parts par spends on features in all."""
    return _features("par")


def roadmap_same_score():
    """What the best split carries that stays the same and keeps the promise."""
    return _score("same_all_along")


def roadmap_same_bad():
    """Its bad evenings a roadmap."""
    return _bad("same_all_along")


def roadmap_same_features():
    """How many parts it spends on features in all."""
    return _features("same_all_along")


def roadmap_tenth_score():
    """What the best plan carries that has at most one bad evening in ten roadmaps."""
    return _score("one_in_ten")


def roadmap_tenth_bad():
    """Its bad evenings a roadmap."""
    return _bad("one_in_ten")


def roadmap_tenth_features():
    """How many parts it spends on features in all."""
    return _features("one_in_ten")


def roadmap_none_score():
    """What the best plan carries that has no bad evening on these histories."""
    return _score("none_seen")


def roadmap_none_features():
    """How many parts it spends on features in all."""
    return _features("none_seen")


def roadmap_none_bad_elsewhere():
    """Bad evenings of that plan on the other histories, in all."""
    held = splits.sweep()["none_seen"]
    return _in_words(round(held["bad_elsewhere"] * splits.sweep()["histories"]))


def roadmap_fitted_practice():
    """What the best plan of the three practice histories carries there."""
    return people(splits.sweep()["best_on_practice"]["on_practice"])


def roadmap_fitted_unseen():
    """What it carries on the histories that are judged."""
    return _score("best_on_practice")


def roadmap_par_elsewhere():
    """What par carries on other histories."""
    return people(splits.sweep()["par"]["score_elsewhere"])


def roadmap_par_bad_elsewhere():
    """Its bad evenings a roadmap there."""
    return f"{splits.sweep()['par']['bad_elsewhere']:.2f}"


# --- the rule ------------------------------------------------------------------------------------


def roadmap_rule_best_each():
    """For how many people the best rule that keeps the promise rents a handler."""
    return people(splits.sweep()["rule"]["each"])


def roadmap_rule_best():
    """What it carries."""
    return people(splits.sweep()["rule"]["score"])


def roadmap_rule_best_bad():
    """Its bad evenings a roadmap."""
    return f"{splits.sweep()['rule']['bad']:.2f}"


def roadmap_rule_fewest_each():
    """The fewest people for each handler that the sweep tried."""
    return people(min(rule.EVERY))


def roadmap_rule_careful():
    """What the rule carries there."""
    return people(rule.with_each(min(rule.EVERY)).score)


def roadmap_rule_careful_bad():
    """Its bad evenings a roadmap there."""
    return f"{rule.with_each(min(rule.EVERY)).bad:.2f}"


def roadmap_rule_full():
    """What it carries if it plans for a full door's five minutes."""
    return people(rule.with_each(MIDDLE).score)


def roadmap_rule_full_bad():
    """Its bad evenings a roadmap then."""
    return f"{rule.with_each(MIDDLE).bad:.2f}"


def roadmap_rule_paper_each():
    """More people for a handler than it can ever let in in time."""
    return people(PAPER)


def roadmap_rule_paper():
    """What the rule carries then."""
    return people(rule.with_each(PAPER).score)


def roadmap_rule_paper_bad():
    """Its bad evenings a roadmap then."""
    return f"{rule.with_each(PAPER).bad:.2f}"


# --- public cases --------------------------------------------------------------------------------


def roadmap_game_times():
    """How many times the worst case planned for came to a game's launch."""
    got, expected = (record.fact(f"pokemon_go_{one}").value for one in ("got", "expected"))
    return _in_words(round(got / expected))


def roadmap_game_year():
    """The year of that launch."""
    return record.events()["pokemon_go"].date[:4]


def roadmap_match_share():
    """What share of the viewers prepared for came to a cricket match."""
    got, ready = (record.fact(f"hotstar_2019_{one}").value for one in ("got", "prepared"))
    return share(got / ready)


def roadmap_match_year():
    """The year of that match."""
    return record.events()["hotstar_2019"].date[:4]


def roadmap_final_year():
    """The year of the final that was climbed up to in steps."""
    return record.events()["hotstar_2023"].date[:4]


# --- the claims ----------------------------------------------------------------------------------


def roadmap_histories_played():
    """How many histories the lab plays at once."""
    return people(len(HISTORIES))


@functools.cache
def _waits(split, handlers=None):
    company = roadmap.company({"handlers_a_part": handlers}) if handlers else roadmap.PLAIN
    return roadmap.ahead_and_behind(company, roadmap.Spend(*split), HISTORIES)


def roadmap_f5_threshold():
    """From which share of histories on F5 holds."""
    return share(claim("F5").threshold)


def roadmap_f5_bold():
    """In what share growth that waits is ahead, at seven parts for features and two for capacity."""
    return share(_waits(BOLD)[0])


def roadmap_f5_half():
    """The same at five and four."""
    return share(_waits(HALF)[0])


def roadmap_f5_careful():
    """The same at three and six."""
    return share(_waits(CAREFUL)[0])


def roadmap_f5_careful_behind():
    """In what share it is behind there."""
    return share(_waits(CAREFUL)[1])


def roadmap_cheap_handlers():
    """How many handlers a part rents where capacity is cheaper."""
    return people(CHEAPER)


def roadmap_f5_cheap():
    """In what share growth that waits is ahead there, at seven and two."""
    return share(_waits(BOLD, CHEAPER)[0])


def roadmap_f5_cheap_behind():
    """In what share it is behind there."""
    return share(_waits(BOLD, CHEAPER)[1])


def roadmap_f8_threshold():
    """Below which share of features F8 holds."""
    return share(claim("F8").threshold)


@functools.cache
def _best_features(company):
    return share(compared(company).best_split.features / company.budget)


def roadmap_f8_plain():
    """The share of features in the best split that stays the same."""
    return _best_features(roadmap.PLAIN)


def roadmap_f8_dear():
    """The same where no failure is ever forgiven."""
    return _best_features(roadmap.DEAR)


def roadmap_f8_forgiven():
    """The same where failures are forgiven."""
    return _best_features(roadmap.FORGIVEN)


def roadmap_f8_cheap():
    """The same where capacity is nearly free."""
    return _best_features(roadmap.CHEAP)


def roadmap_f8_times_cheaper():
    """How many times cheaper capacity is there."""
    return _in_words(round(roadmap.CHEAP.handlers_a_part / roadmap.PLAIN.handlers_a_part))


@functools.cache
def _more(**parts):
    """What one part more of something in every quarter adds to what is carried, on top of the budget."""
    spend = roadmap.Spend(*CAREFUL)
    richer = dataclasses.replace(roadmap.PLAIN, budget=roadmap.PLAIN.budget + 1)
    changed = {key: getattr(spend, key) + one for key, one in parts.items()}
    more = roadmap.many(richer, roadmap.always(spend._replace(**changed)), HISTORIES)
    return float(
        more.scores.mean()
        - roadmap.many(roadmap.PLAIN, roadmap.always(spend), HISTORIES).scores.mean()
    )


def roadmap_f9_plain():
    """Dollars that one part of capacity more brings for each it costs, at three and six."""
    worth = roadmap.worth_of_capacity(
        roadmap.PLAIN, roadmap.Spend(*CAREFUL), HISTORIES, PERSON.value, HANDLER.value
    )
    return f"{worth:.2f}"


def roadmap_f9_capacity():
    """What one part of capacity more adds to what is carried, people a roadmap."""
    return people(_more(capacity=1))


def roadmap_f9_features():
    """What the same part adds if it goes to features."""
    gained = _more(features=1)
    return people(gained) if gained >= 0 else f"minus {people(-gained)}"


def roadmap_f9_care():
    """What it adds if it goes to a team on call."""
    return people(_more(people=1))


def roadmap_f9_care_times():
    """How many times what it adds as capacity, in words: about."""
    return f"{_more(people=1) / _more(capacity=1):.1f}"


# --- the lesson ----------------------------------------------------------------------------------


def roadmap_quarters():
    """How many quarters a roadmap has."""
    return _in_words(int(roadmap.PLAIN.quarters))


def roadmap_first_audience():
    """How many would come to the first event."""
    return people(roadmap.PLAIN.audience)


def roadmap_spike_times():
    """How many times as many come when an event is talked about."""
    return _in_words(round(roadmap.PLAIN.spike))


def roadmap_spike_chance():
    """How often that is so."""
    return f"one quarter in {_in_words(round(1 / roadmap.PLAIN.spike_chance))}"


def roadmap_promised():
    """The share who must be in for an evening not to be bad."""
    return share(roadmap.BAD)


def roadmap_stays_away():
    """The share of those not in who never come again."""
    return share(roadmap.PLAIN.stays_away)
