"""Conditions that several rules of both readings share: under which a sentence about the door or the room is true."""

from __future__ import annotations


def short_handed(facts):
    """Whether handlers were missing for a minute or more; a door that was made larger or smaller on purpose is not."""
    return facts.ordered == 0 and facts.scarce >= 60 and facts.fewest < 0.9 * facts.most_handlers


def nothing_failed(facts):
    """Whether no attempt failed, nobody lost the connection and no work was cut off."""
    return facts.failed == 0 == facts.disconnections and facts.cut_time == 0


def measured_at_the_limit(facts):
    """Whether the best minute shows what the door can do: nearly all busy, for people, each for the first time."""
    own = facts.foreign_n == 0 == facts.rejoins
    return own and facts.best_minute > 0 and facts.best_use >= 0.95 and facts.best_dead < 0.1


def room_came_down(facts):
    """Whether one person more than there are seats brought the room down, with every seat taken and none kept."""
    return facts.collapses > 0 and facts.seats > 0 == facts.ever_reserved
