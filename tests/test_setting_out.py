"""Setting out the crowd: the compiled engine deals what the plain draws sort, to the last bit."""

import numpy as np
import pytest

from loadbearing import Measured, Rush, Steady, cases, draws
from loadbearing.engines import setting_out
from loadbearing.engines.twin import Compiled

CURVES = {
    "rush": Rush(doors_s=0, early_share=0, mean_s=120, late_share=0, until_s=0),
    "early, late and open doors": Rush(
        doors_s=-600, early_share=0.2, mean_s=60, late_share=0.1, until_s=3600
    ),
    "early and nobody before": Rush(doors_s=0, early_share=0.3, mean_s=60, late_share=0, until_s=0),
    "steady": Steady(from_s=0, until_s=600),
    "at one instant": Steady(from_s=5, until_s=5),
    "counted, with empty stretches": Measured(from_s=0, bin_s=60, counts=(0, 5, 0, 0, 9, 1, 0)),
}
FEW = (0, 1, 2, 3, 1000)
BEYOND_THE_CACHE = setting_out.IN_CACHE + 12_345


def set_out(scenario, seed):
    """Return (arrived, who) of everybody, as the compiled engine writes them into its rows."""
    rows = Compiled(draws.evening(scenario, seed), seed, 0)._arrays["listeners"]
    return rows["arrived"], rows["who"]


@pytest.mark.parametrize("tick", [None, 0.25])
@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("count", [*FEW, BEYOND_THE_CACHE])
def test_everybody_is_dealt_as_the_plain_draws_sort_them(name, count, tick):
    scenario = cases.get("slow_door").changed(
        {"crowd.listeners": count, "crowd.arrivals": CURVES[name], "tick_s": tick}
    )
    evening = draws.evening(scenario, 5)
    arrived, who = draws.arrivals(evening, 5)
    mine, numbers = set_out(scenario, 5)
    assert len(who) == evening.crowd.listeners
    assert np.array_equal(arrived, mine)
    assert np.array_equal(who, numbers)
