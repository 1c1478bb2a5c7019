"""Within how many minutes the student's own team acts, on nine nights in ten: and the student's own crowd tries it."""

from __future__ import annotations

import dataclasses
import functools
import math

from loadbearing import HandlersLost, WaitingRoom, readings, simulate
from loadbearing.checks.launching import checked_given as checked_sheet
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.launch import first_line
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import people

NINE_IN_TEN, NEAR, MINUTE_S, PER_CENT = 0.9, 0.05, 60, 100
LINE = 0.7
"""A line that lets in seven tenths of what the door could do, as in unit 06."""

LINES = {
    "alarm": ("minutes until the alarm calls somebody", 2, 0, 10_000),
    "answer": ("minutes until that person is at work", 3, 0, 10_000),
    "who_knows": ("minutes until somebody who knows the part has found it", 6, 0, 10_000),
    "others": ("minutes until somebody who does not know it has", 60, 0, 100_000),
    "acting": ("minutes to do what is then to be done", 1, 0, 10_000),
    "know_it": ("how many know the part that you would least like to fail", 1, 0, 1_000),
    "reached": ("per cent of nights on which one of them can be reached", 80, 0, 100),
}
"""The lines of the student's own team: what each is, the example, the least and the most it may be."""

EXAMPLE = {key: example for key, (_, example, _, _) in LINES.items()}


def minutes_to_act(answer, team=None, sheet=None):
    """Judge within how many minutes the student's own team acts on nine nights in ten."""
    team, sheet = _checked(team), checked_sheet(sheet)
    given = number(answer, "45")
    if not 0 <= given <= 1e6:
        raise AnswerError(f"{given:g} minutes is no answer; give a number such as 45.")
    right = on_nine_in_ten(team)
    if close(given, right, NEAR) or given == right:
        told = _told(team, right)
        return yes(f"{told} {_crowd(sheet, right)} {_kept(sheet, team, right, told)}")
    return _answered(team, sheet, given, right)


def good_night(team):
    """Minutes from fault to remedy when somebody who knows the part is reached."""
    return team["alarm"] + team["answer"] + team["who_knows"] + team["acting"]


def other_night(team):
    """Minutes from fault to remedy when nobody who knows the part is reached."""
    return team["alarm"] + team["answer"] + team["others"] + team["acting"]


def somebody_knows(team):
    """The chance that at least one of those who know can be reached, each independent of the others."""
    return 1 - (1 - team["reached"] / PER_CENT) ** team["know_it"]


def on_nine_in_ten(team):
    """The minutes within which the team acts on nine nights in ten: the better kind of night, if the other is rare."""
    worse, better = sorted((other_night(team), good_night(team)), reverse=True)
    better_is = somebody_knows(team) if better == good_night(team) else 1 - somebody_knows(team)
    # Ten digits: eight in ten, twice over, is not to miss nine in ten by a rounding error.
    return better if round(better_is, 10) >= NINE_IN_TEN else worse


@functools.lru_cache(maxsize=128)
def _in_after(sheet, minutes):
    """Of the student's crowd, the share in if nobody is let in for so many minutes, and then a line opens."""
    sheet = dict(sheet)
    fraction = min(1.0, first_line.ROOM_PEOPLE / sheet["expected"])
    scenario = first_line.launch_scenario(sheet, sheet["expected"], fraction)
    # Later than that everybody who came has left: the account need not be longer.
    longest = scenario.ends_s
    stops_s = min(MINUTE_S * minutes, longest)
    if stops_s >= 1:
        lost = HandlersLost(at_s=0.0, lasts_s=float(stops_s), handlers=scenario.door.handlers)
        room = WaitingRoom(
            admits_per_s=LINE * sheet["join_rate"] * fraction, opens_s=float(stops_s)
        )
        let_in_s = math.ceil(sheet["expected"] / (LINE * sheet["join_rate"]))
        scenario = dataclasses.replace(
            scenario,
            faults=(lost,),
            waiting_room=room,
            ends_s=int(min(longest + stops_s + let_in_s, longest + 86_400)),
        )
    return readings.share_in(simulate(scenario, sample=0, progress=False))


def in_after(sheet, minutes):
    """Of the student's crowd, the share in at all if the door stands still from the start for so many minutes."""
    return _in_after(tuple(sorted(sheet.items())), float(minutes))


def lost_after(sheet, minutes):
    """How many of the student's crowd are not in because of that, of those whom the door would have let in."""
    return sheet["expected"] * max(0.0, in_after(sheet, 0) - in_after(sheet, minutes))


def _minutes(number_of):
    said = f"{number_of:.3g}" if number_of < 1000 else people(number_of)
    return f"{said} minute{'' if number_of == 1 else 's'}"


def _told(team, right):
    known = somebody_knows(team)
    return (
        f"On nine nights in ten your team acts within {_minutes(right)}. Somebody who knows the part is reached on "
        f"{PER_CENT * known:.0f} of 100 nights: then it is {_minutes(good_night(team))}, otherwise "
        f"{_minutes(other_night(team))}.{_one_more(team, right)}"
    )


def _one_more(team, right):
    more = on_nine_in_ten(team | {"know_it": team["know_it"] + 1})
    return "" if more >= right else f" With one more who knows it: {_minutes(more)}."


def _lost(sheet, minutes):
    lost = lost_after(sheet, minutes)
    if lost > 0.995 * sheet["expected"]:
        return "all"
    return f"about {people(float(f'{lost:.2g}'))}" if lost >= 1 else "none"


def _crowd(sheet, minutes):
    return (
        f"If your door stands still from the start for {_minutes(minutes)}, {_lost(sheet, minutes)} of your "
        f"{people(sheet['expected'])} people are lost."
    )


def _answered(team, sheet, given, right):
    """The reply to a wrong number: the crowd after so many minutes, and after those of nine nights in ten."""
    counter = f"{_crowd(sheet, given)} After as long as it takes on nine nights in ten: {_lost(sheet, right)}."
    good, other, known = good_night(team), other_night(team), somebody_knows(team)
    if close(given, known * good + (1 - known) * other, 0.02) and good != other:
        return no(
            "an average night",
            f"{counter} That is the mean of two kinds of night, and no night is like it: {_minutes(good)} or "
            f"{_minutes(other)}.",
        )
    if close(given, good, 0.02):
        return no(
            "the good night",
            f"{counter} That is a night on which somebody who knows is reached: {PER_CENT * known:.0f} of 100.",
        )
    if close(given, other, 0.02):
        return no(
            "the worst night",
            f"{counter} Such a night is rarer than one in ten: {PER_CENT * (1 - known):.0f} of 100.",
        )
    if any(close(given, team[key], 0.02) for key in ("answer", "alarm", "who_knows", "others")):
        return no(
            "one step",
            f"{counter} That is one step. The alarm, an answer, finding and acting come one after the other.",
        )
    if close(given, right * MINUTE_S, 0.02) or close(given, right / MINUTE_S, 0.02):
        return no("other units", f"{counter} Give it in minutes.")
    return no(
        "too short" if given < right else "too long", f"{counter} Add up the steps of such a night."
    )


def _checked(team):
    if not isinstance(team, dict):
        raise AnswerError(
            "The team is missing; write check(..., my_minutes, team=team, sheet=sheet)."
        )
    found = {}
    for key, (what, example, least, most) in LINES.items():
        value = team.get(key, ...)
        if value in (..., None):
            raise AnswerError(f"A line of the team is still blank: {key}, {what}.")
        found[key] = number(value, f"{example:g}")
        if not least <= found[key] <= most:
            raise AnswerError(
                f"{key} is {value}; give {what}, from {least:g} to {most:,g}, such as {example:g}."
            )
    return found


def _kept(sheet, team, right, told):
    """Keep the number on the launch sheet unless team or sheet are the course's own example."""
    if team == EXAMPLE or all(sheet[one.key] == one.example for one in first_line.INPUTS):
        return "These are the course's example numbers; put in your own team and sheet, and the number is kept."
    try:
        Progress.here().keep(
            "launch_sheet", "the_team", **team, minutes_to_act=right,
            lost=round(lost_after(sheet, right)), told=told,
        )  # fmt: skip
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."
