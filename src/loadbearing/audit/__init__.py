"""The laws that every run obeys, and the sentence for each one broken.

Conservation (who came is somewhere, once), the order of times, the limits of handlers and seats, the seconds against
the listeners, causes before what follows from them, and Little's law on the area under each curve; and each kept life
as one that can be lived. The audit reads the run and recomputes; it trusts no engine.
"""

from __future__ import annotations

from loadbearing.audit.causes import (
    attempts_are_accounted_for,
    nothing_happens_without_its_cause,
)
from loadbearing.audit.door import controllers_act_when_they_look, the_door_keeps_its_settings
from loadbearing.audit.listeners import outcomes_are_complete, times_are_in_order
from loadbearing.audit.lives import (
    lives_agree_with_listeners,
    lives_can_be_lived,
    lives_count_their_attempts,
    lives_end_as_their_rows_say,
)
from loadbearing.audit.sampled import lives_agree_with_seconds, lives_obey_littles_law
from loadbearing.audit.seconds import (
    areas_obey_littles_law,
    flows_agree_with_listeners,
    levels_agree_with_flows,
    levels_stay_within_limits,
    seconds_agree_with_listeners,
)
from loadbearing.audit.work import work_adds_up, work_adds_up_at_every_moment

__all__ = ["audit"]


def audit(run):
    """Check a run against every law; raise `AuditError` with a sentence at the first one broken."""
    for law in (
        outcomes_are_complete,
        times_are_in_order,
        flows_agree_with_listeners,
        levels_stay_within_limits,
        the_door_keeps_its_settings,
        attempts_are_accounted_for,
        levels_agree_with_flows,
        areas_obey_littles_law,
        work_adds_up,
        lives_agree_with_listeners,
        lives_obey_littles_law,
        seconds_agree_with_listeners,
        work_adds_up_at_every_moment,
        nothing_happens_without_its_cause,
        controllers_act_when_they_look,
        lives_can_be_lived,
        lives_count_their_attempts,
        lives_end_as_their_rows_say,
        lives_agree_with_seconds,
    ):
        law(run)
