"""Unit 06: letting people back more slowly gets everyone in sooner; the autoscaler arrives after the crowd has gone.

Three hundred thousand are in the room; the platform restarts, in ten seconds. All come back at once, and the door works
for clients that have stopped waiting: forty minutes later hardly anybody is back. A line in front of the door that lets
through seven in ten of what the door could has nearly everybody back in minutes; one that lets through three times
what the door can is no better than none. Mechanism: dead work. If clients wait as long as it takes, the slower line is
the slower one. The autoscaler looks, orders, and waits for handlers to start; meanwhile the crowd has come and gone.
One that sees at once and whose handlers start at once is in time.

(Not confirmed: that a line as fast as the door is always too fast. It was on 10 of 24 evenings; on the others it was
the soonest of all. Nor that only a line helps: refusing early, with a short queue, brings everybody back as soon.)
"""

import functools

from loadbearing import cases, readings, simulate
from loadbearing.claims import blast_radius, deciding_quantity
from loadbearing.pictures.returning import back_after
from loadbearing.scenario import Autoscaler, Weather

ROOM = 0.04
SLOW, FAST = 700.0, 3_000.0
SOON_S, HALF = 900.0, 0.5
HARDLY = 0.1
CELLS = 10
LATE = dict(target=0.7, least=1_000, most=6_000, every_s=15, lag_s=60, boot_s=120.0)
AT_ONCE = LATE | dict(every_s=1, lag_s=0, boot_s=0.0)


@functools.lru_cache(maxsize=8)
def _run(name, seed, changes, room):
    scenario = cases.build(name, dict(changes))
    return simulate(scenario.scaled(room), seed, sample=0, progress=False)


def evening(name, seed, room=ROOM, **changes):
    """One evening in a small room, with some inputs of the case changed."""
    return _run(name, seed, tuple(sorted(changes.items())), room)


def back(seed, admits_per_s=None, **changes):
    """Seconds until 99 in 100 are in again, with a line of this rate or with none; inf if it is never."""
    if admits_per_s:
        opens_s = cases.inputs("the_restart")["fault_s"].value
        changes |= {"admits_per_s": admits_per_s, "opens_s": opens_s}
    return back_after(evening("the_restart", seed, **changes))


def slower_is_sooner(seed, **changes):
    """Whether the slow line has them back soon, and in less than half the time of a fast line and of none."""
    slow = back(seed, SLOW, **changes)
    others = (back(seed, FAST, **changes), back(seed, **changes))
    return slow <= SOON_S and all(slow < HALF * other for other in others)


def helped(seed, **scaler):
    """The share in with an autoscaler, less the share in without."""
    with_one = evening("the_late_help", seed, controllers=(Autoscaler(**scaler),))
    return readings.share_in(with_one) - readings.share_in(evening("the_late_help", seed))


def happens(seed):
    """Both halves of the moment, with their mechanisms."""
    return slower_is_sooner(seed) and helped(seed, **LATE) <= HARDLY


def without(seed):
    """Either half without its mechanism: clients that wait as long as it takes, help that comes at once."""
    return slower_is_sooner(seed, timeout_s=None) or helped(seed, **AT_ONCE) <= HARDLY


def balance():
    """Each claim with the lowest and highest value of its deciding quantity within the ranges of the lab."""
    runs = [calm(per_cent) for per_cent in (25, 100, 300)]
    quiet = calm(100, fault_s=None)
    first = [deciding_quantity("F1", run) for run in runs]
    hit = [deciding_quantity("F12", run) for run in (*runs, quiet)] + [one_cell_of_many()]
    return {"F1": (min(first), max(first)), "F12": (min(hit), max(hit))}


def calm(per_cent, **changes):
    """The restart in average weather, with handlers in per cent."""
    scenario = cases.build("the_restart", changes)
    handlers = round(scenario.door.handlers * per_cent / 100)
    changed = scenario.changed({"door.handlers": handlers, "weather": Weather.calm()})
    return simulate(changed.scaled(ROOM), 1, sample=0, progress=False)


def one_cell_of_many():
    """The share of the whole house that a restart hits if it hits one cell of ten, each a door of its own."""
    whole = cases.inputs("the_restart")
    part = {key: whole[key].value // CELLS for key in ("people", "handlers")}
    return blast_radius(evening("the_restart", 1, room=ROOM * CELLS, **part)) / CELLS
