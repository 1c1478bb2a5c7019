"""One quarter: the release, the crowd, the evening, and who comes again. One state is carried over: the audience."""

from __future__ import annotations

import collections

import numpy as np

from loadbearing.roadmap.evenings import every_evening, state

BAD = 0.9
"""An evening with fewer than this share in within five minutes of coming is a bad evening: the promise of unit 09."""

Outcome = collections.namedtuple("Outcome", "grown expected load state cell came share score after")
Outcome.__doc__ = """What a quarter comes to.

`grown`: the audience after the release. `expected`: how many are invited, the spike in it. `load`: of these for each
handler. `state`, `cell`: which of the evenings that were run. `came`: people; `share`: of them in within five minutes.
`score`: people who are in, less what those cost who are not. `after`: the audience that the next quarter begins with.
"""


def outcome(company, audience, spend, release, spike, fault, weather, table=None):
    """Return the `Outcome` of a quarter. Numbers or arrays that go together, as many as there are histories.

    `audience`: people at its beginning; `spend`: a `Spend`; `release`: 0, 1 or 2; `spike`, `fault`: yes or no;
    `weather`: the number of an evening; `table`: the `Evenings` to look it up in, those of the file unless given.

    grown = audience (1 + release gain(features)); load = grown spike / (capacity handlers_a_part);
    after = grown (1 - stays_away (1 - share)); score = came (share - costs (1 - share)). All four are assumptions of
    this course. What the share is at this load, the engine said.
    """
    table = table or every_evening()
    grown = np.asarray(audience, float) * (1 + release * company.gains[spend.features])
    expected = grown * np.where(spike, company.spike, 1.0)
    load = company.load(expected, spend)
    of = state(spend.details, fault, spend.people)
    share = table.in_time(of, load, weather)
    came = expected * table.turnout[weather]
    out = 1 - share
    return Outcome(
        grown=grown,
        expected=expected,
        load=load,
        state=of,
        cell=table.cell(load),
        came=came,
        share=share,
        score=came * (share - company.costs * out),
        after=grown * (1 - company.stays_away * out),
    )
