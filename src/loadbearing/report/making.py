"""How a report is put together: claims first, then what stands behind them, then what they rest on."""

from __future__ import annotations

import datetime

from loadbearing.parts import ScenarioError
from loadbearing.report import resting, telling
from loadbearing.report.parts import Claims, Report, Section
from loadbearing.units import people

KIND = "Readiness report"
NO_NAME = "Our launch"
LONGEST_NAME = 80
FIRST = 3
"""How many sentences come first, in large letters."""


def make(worked, claims_balance=None, calibration=None, made_on=None, name=""):
    """Return the `Report` of a launch that was worked out.

    `claims_balance`: rows of `balance`, and `calibration`: sentences; without them the report does not speak of it.
    `made_on`: a date, today if not given; `name`: of the launch. Raises `ScenarioError` for a name that is too long.
    """
    sections = [
        Section("claims", "In three sentences", (Claims(tuple(worked.summary()[:FIRST])),)),
        Section("lines", "How many people it carries", telling.of_lines(worked)),
        Section("premortem", "What may go wrong, and what it costs", telling.of_premortem(worked)),
        Section("plan", "The cheapest plan", telling.of_plan(worked)),
        Section("stop", "The stop rule, and who decides", telling.of_stop_rule(worked)),
        Section("front_pages", "That evening on two front pages", telling.of_front_pages(worked)),
    ]
    judged = telling.of_balance(claims_balance, calibration)
    if judged:
        sections.append(Section("balance", "What our own runs said of the claims", judged))
    sections.append(Section("rests_on", "What this rests on", resting.of_launch(worked.launch)))
    sections.append(
        Section("method", "How it was found, and what it leaves out", resting.of_method(worked))
    )
    day = made_on or datetime.date.today()
    return Report(
        kind=KIND,
        title=_name(name),
        below=f"{day.day} {day:%B %Y}. {people(worked.launch.expected)} people expected.",
        sections=tuple(sections),
        foot="Made with the course Load-Bearing, on our own computer; nothing was sent anywhere.",
    )


def _name(typed):
    """The name of the launch as it stands on top."""
    name = " ".join("".join(one if one.isprintable() else " " for one in str(typed)).split())
    if len(name) > LONGEST_NAME:
        raise ScenarioError(
            f"The name of the launch has {len(name)} letters; give one of at most {LONGEST_NAME}."
        )
    return name or NO_NAME
