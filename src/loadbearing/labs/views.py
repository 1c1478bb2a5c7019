"""The main picture of a lab: one of these, by its name, or any function of a run."""

from __future__ import annotations

from loadbearing import pictures
from loadbearing.labs.steady import wait_of_a_steady_door
from loadbearing.parts import ScenarioError, nearest
from loadbearing.pictures.returning import back_in_the_room

ROOM = "listeners_in_the_room"
"""The picture that a lab shows unless it asks for another; it alone has published counts and other evenings."""


VIEWS = {
    "who_came_and_who_got_in": pictures.who_came_and_who_got_in,
    "time_to_join": lambda run, each: pictures.time_to_join(run),
    "attempts_by_kind": pictures.attempts_by_kind,
    "inside_and_outside": pictures.inside_and_outside,
    "queue_and_its_limit": pictures.queue_and_its_limit,
    "load_and_utilization": pictures.load_and_utilization,
    "wait_against_utilization": wait_of_a_steady_door,
    "back_in_the_room": back_in_the_room,
}


def view_of(picture):
    """Return the function `make(run, each)` of a lab's main picture, None for the room; `ScenarioError` if unknown."""
    if callable(picture):
        return picture
    if picture == ROOM:
        return None
    if picture not in VIEWS:
        raise ScenarioError(f"There is no picture {picture!r}. {nearest(picture, [ROOM, *VIEWS])}")
    return VIEWS[picture]
