"""The crowd that the student prepares for: from an own range and two own prices, by the newsvendor's rule."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping

from loadbearing import roadmap
from loadbearing.checks.launching import checked_given as checked_sheet
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.launch import first_line
from loadbearing.learning import guess
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import people, share

NEAR, CROWDS = 0.1, 200
"""How near an answer must be; how many crowds of the range are held against it, all equally likely."""

MOST = 1e9
EXAMPLE = {"low": 5_000, "high": 60_000, "turned_away": 9.0, "idle": 1.0}
"""The course's own numbers: nine chances in ten lie between low and high; what one person and one place cost."""


@dataclasses.dataclass(frozen=True)
class Given:
    """The range and the prices; `right`: the crowd to prepare for."""

    low: float
    high: float
    turned_away: float
    idle: float

    @property
    def chance(self):
        """How likely it should be that everybody finds a place."""
        return self.turned_away / (self.turned_away + self.idle)

    @property
    def right(self):
        """The crowd that is exceeded with the chance that is left."""
        return roadmap.prepared_for(self.low, self.high, self.turned_away, self.idle)

    @functools.cached_property
    def crowds(self):
        """Two hundred crowds of the range, all equally likely."""
        belief = guess(self.low, self.high)
        return [belief.quantile((at + 0.5) / CROWDS) for at in range(CROWDS)]

    def cost(self, prepared):
        """What it costs on average to be prepared for so many."""
        each = [
            self.turned_away * max(0.0, crowd - prepared) + self.idle * max(0.0, prepared - crowd)
            for crowd in self.crowds
        ]
        return sum(each) / len(each)

    def told(self, prepared):
        """The same in words."""
        return f"prepared for {people(prepared)}, {people(self.cost(prepared))} dollars"


def checked_costs(costs):
    """Return the range and the prices, or raise the sentence that says what is wrong with them."""
    if not isinstance(costs, Mapping) or set(costs) != set(EXAMPLE):
        raise AnswerError(
            "The range and the prices are missing; give costs with low, high, turned_away and idle."
        )
    found = {key: number(value, "9") for key, value in costs.items()}
    for key, value in found.items():
        if not 0 < value <= MOST:
            raise AnswerError(f"{key} is {value:g}; give a number above 0.")
    if not 1.05 * found["low"] <= found["high"] <= 10_000 * found["low"]:
        raise AnswerError(
            f"The range is {found['low']:g} to {found['high']:g}; give a high end clearly above the low one."
        )
    return Given(**found)


def prepared_for(answer, costs=None, sheet=None):
    """Judge the crowd that the student prepares for."""
    sheet, given = checked_sheet(sheet), checked_costs(costs)
    mine = number(answer, "20_000")
    if not 0 < mine <= MOST:
        raise AnswerError(f"{mine:g} is no crowd; give a number of people.")
    right = given.right
    best = f"At least cost: {given.told(right)} a launch, on average over {CROWDS} crowds of your range."
    if close(mine, right, NEAR):
        times = right / sheet["expected"]
        told = (
            f"One turned away costs as much as {given.turned_away / given.idle:.2g} idle places, so be ready for the "
            f"crowd that is exceeded once in {1 / (1 - given.chance):.2g} launches: {people(right)}, {times:.2g} times "
            "what you expect."
        )
        return yes(f"{told} {_beside(given, sheet)} {_kept(sheet, given, times, told)}")
    counter = f"Your answer: {given.told(mine)} a launch. {best}"
    middle = guess(given.low, given.high).quantile(0.5)
    upside_down = guess(given.low, given.high).quantile(1 - given.chance)
    if close(mine, upside_down, 0.02):
        return no(
            "upside down",
            f"{counter} You are ready with the chance {share(1 - given.chance)}. That would be right if an idle place "
            "cost so much, and a person so little.",
        )
    if any(close(mine, one, 0.02) for one in (sheet["expected"], middle)):
        return no(
            "for the expected crowd",
            f"{counter} Half of all crowds are larger than the middle of your range, half are smaller. Your prices say "
            "which of them to mind more.",
        )
    if close(mine, (given.low + given.high) / 2, 0.02):
        return no(
            "the middle of both ends",
            f"{counter} The mean of the two ends knows nothing of your prices.",
        )
    if mine > right and mine >= 0.98 * given.high:
        return no(
            "at any price",
            f"{counter} Nineteen crowds in twenty are smaller than your highest, and each idle place costs.",
        )
    error, why = (
        ("too many", "Most of that stands idle in most launches.")
        if mine > right
        else ("too few", "Too many launches bring more people than that.")
    )
    return no(error, f"{counter} {why}")


def _beside(given, sheet):
    return (
        f"On average it costs {people(given.cost(given.right))} dollars a launch; {given.told(sheet['expected'])}; "
        f"{given.told(given.high)}."
    )


def _kept(sheet, given, times, told):
    """Keep the number on the launch sheet unless the sheet or the prices are the course's own example."""
    if dataclasses.asdict(given) == EXAMPLE or all(
        sheet[one.key] == one.example for one in first_line.INPUTS
    ):
        return "These are the course's example numbers; put in your own sheet, range and prices, and it is kept."
    try:
        Progress.here().keep(
            "launch_sheet",
            "the_roadmap",
            prepared_for=given.right,
            times_expected=times,
            low=given.low,
            high=given.high,
            turned_away=given.turned_away,
            told=told,
        )
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."
