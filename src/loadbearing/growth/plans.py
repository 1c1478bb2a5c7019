"""The plan of a year: weeks of work on findings, pages, people, rehearsals; what it costs and how often it holds."""

from __future__ import annotations

from loadbearing import cases
from loadbearing.growth.places import CASE
from loadbearing.growth.years import FOURTH, Company, year
from loadbearing.parts import choice, part, quantity


def given(**changes):
    """Return the values of the case `a_year_to_plan`, name to value, with some changed: `given(page_holds=0.5)`."""
    return cases.values("a_year_to_plan", changes)


@part
class Plan:
    """What is done each time between two events."""

    weeks: int = quantity("work on findings, each time", "weeks", most=20, whole=True)
    written: bool = choice("why a thing was mended is written down", (False, True))
    keeping: bool = choice("somebody sees to it that those who know stay", (False, True))
    rehearsal: float | None = quantity(
        "share of the crowd sent before each event",
        "",
        default=None,
        above=0,
        most=1,
        none="no rehearsal",
    )

    def company(self, **changes):
        """Return the `Company` that this plan makes; `changes` of the case's values, as for `given`."""
        v = given(**changes)
        return Company(
            closed=1 - v["stays_open"] ** self.weeks,
            kept=v["kept_better"] if self.keeping else v["kept"],
            written=self.written,
            page_holds=v["page_holds"],
            undone=v["undone"],
            rehearsal=self.rehearsal,
            events=v["events"],
        )

    def dollars(self, **changes):
        """Return what the year costs, in dollars: the weeks between the events, and a rehearsal before each."""
        v = given(**changes)
        weeks = self.weeks + v["weeks_to_write"] * self.written + v["weeks_to_keep"] * self.keeping
        made_up = (self.rehearsal or 0.0) * cases.own_value(CASE, "at_the_start")
        return (
            (v["events"] - 1) * v["week_dollars"] * weeks
            + v["events"] * made_up * v["made_up_dollars"]
        )  # fmt: skip


def keeps(plan, seed, **changes):
    """Tell whether, in this year, all events from the fourth on go well."""
    return all(one.told.well for one in year(plan.company(**changes), seed)[FOURTH - 1 :])


def years_kept(plan, seeds, **changes):
    """Return in how many of these years all events from the fourth on go well."""
    return sum(keeps(plan, seed, **changes) for seed in seeds)
