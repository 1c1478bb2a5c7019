"""What it costs to leave people out, and what it saves: in dollars a year, with the founder's own numbers."""

from __future__ import annotations

from loadbearing.parts import ScenarioError


def loss_a_year(shares_lost, crowd, evenings, value):
    """Return what is lost in a year, in dollars, because some were left out.

    `shares_lost`: for each part that may fail, the share of the crowd who would have been in with everybody and are not
    without them; each part is as likely as any other (an assumption). `crowd`: people an evening; `evenings`: with such
    a fault, a year; `value`: of one listener, in dollars.
    """
    return evenings * crowd * value * sum(shares_lost) / len(shares_lost)


def loss_over_saving(shares_lost, crowd, evenings, value, saved):
    """Return the dollars lost in a year for each dollar of salary saved; see `loss_a_year`. `saved`: dollars a year."""
    if not saved > 0:
        raise ScenarioError(
            f"The salaries saved are {saved}; give what those who are left out earn in a year."
        )
    return loss_a_year(shares_lost, crowd, evenings, value) / saved
