"""The numbers that the texts of unit 02 state: average weather, mostly in a small room."""

from __future__ import annotations

import functools

from loadbearing import cases, readings, simulate
from loadbearing.cases import invitations
from loadbearing.checks import unit_02_plan as plans
from loadbearing.checks import unit_02_reading as reading
from loadbearing.claims import claim, deciding_quantity
from loadbearing.labs import rushes
from loadbearing.units import people, share

CALM = reading.CALM
HOUR, ALL_DAY = "the_announced_hour", "all_day"


def _run(case, arrivals=None, room=1 / 25, **inputs):
    scenario = cases.build(case, CALM | inputs)
    if arrivals is not None:
        scenario = scenario.changed({"crowd.arrivals": arrivals})
    return simulate(scenario.scaled(room), 1, sample=0, progress=False)


@functools.lru_cache(maxsize=2)
def _full(case):
    """A whole evening, as the lab shows it."""
    calm = cases.build(case, CALM)
    return simulate(calm, 1, sample=0, progress=False)


def _soon(case, arrivals=None, **inputs):
    return share(rushes.in_soon(_run(case, arrivals, **inputs)))


def rush_hour_soon():
    """Of the announced hour's crowd, the share in within a minute."""
    return share(rushes.in_soon(_full(HOUR)))


def rush_all_day_soon():
    """Of the all-day crowd, the share in within a minute."""
    return share(rushes.in_soon(_full(ALL_DAY)))


def rush_hour_never():
    """Of the announced hour's crowd, the share who give up."""
    return share(readings.gave_up(_full(HOUR)))


def rush_patient_soon():
    """The share in within a minute if everybody waits in line until let in."""
    return share(rushes.in_soon(reading.run_of(all_wait=True)))


def rush_hour_attempts():
    """Attempts per person at the announced hour."""
    return f"{readings.attempts_per_person(_full(HOUR)):.0f}"


def rush_busiest_minute():
    """How many come in the first minute of the announced hour."""
    return people(reading.minutes(reading.run_of()).max())


def rush_door_a_minute():
    """How many the platform's door can let in within a minute."""
    door = cases.get(HOUR).door
    return people(60 * door.handlers / door.service.mean_s)


def rush_door_an_hour():
    """How many it could let in within an hour."""
    door = cases.get(HOUR).door
    return people(3600 * door.handlers / door.service.mean_s)


def rush_peak_to_mean():
    """The busiest minute of the announced hour over the mean minute of the hour."""
    return f"{rushes.peak_to_mean(_full(HOUR)):.0f}"


def rush_peak_to_mean_no_hour():
    """The same for a crowd that was told no hour."""
    return f"{rushes.peak_to_mean(_run(HOUR, invitations.at_no_hour())):.1f}"


def rush_even_soon():
    """In within a minute when the announced hour's crowd comes evenly over the hour."""
    return _soon(HOUR, invitations.evenly())


def rush_no_hour_soon():
    """In within a minute when no hour is named."""
    return _soon(HOUR, invitations.at_no_hour())


def rush_six_groups_soon():
    """In within a minute in six groups."""
    return _soon(HOUR, invitations.in_groups(6))


@functools.cache
def _ways(name):
    return [rushes.in_soon_of(name, seed) for seed in rushes.EVENINGS]


def rush_evenings():
    """On how many evenings each way was tried."""
    return str(len(rushes.EVENINGS))


def rush_three_groups_worst():
    """In within a minute in three groups, on the worst of some evenings."""
    return share(min(_ways("three groups")))


def rush_early_half_middle():
    """In within a minute when half come early, on a middling evening."""
    values = sorted(_ways("early doors, half"))
    return share((values[len(values) // 2 - 1] + values[len(values) // 2]) / 2)


def rush_early_most_worst():
    """In within a minute when three in four come early, on the worst of some evenings."""
    return share(min(_ways("early doors, most")))


def rush_half_door_soon():
    """In within a minute of the all-day crowd at half the door."""
    return _soon(ALL_DAY, handlers=500)


def rush_own_room_soon():
    """In within a minute of a twentieth of the all-day crowd behind a twentieth of the door."""
    return _soon(ALL_DAY, room=0.5, people=100_000, handlers=50)


def rush_twenty_rooms_soon():
    """In within a minute of a twentieth of the announced hour's crowd behind a twentieth of the door."""
    return _soon(HOUR, room=0.5, at_the_start=12_500, handlers=50)


def rush_line_longest():
    """When the line is longest if everybody waits, with its seconds."""
    line = {t: reading.line_at(t) for t in range(20, 301, 20)}
    return reading.time_with_seconds(max(line, key=line.get))


def rush_line_people():
    """How many stand in it then."""
    return people(max(reading.line_at(t) for t in range(20, 301, 20)))


def rush_inflow_peak():
    """When most come at the announced hour: the middle of the busiest minute, with its seconds."""
    run = reading.run_of(all_wait=True)
    at = readings.busiest_minute(run, run.seconds["arrivals"])[1] + 30
    return reading.time_with_seconds(10 * round(at / 10))


def rush_test_rate():
    """People a second in the large test."""
    return people(reading.rate_of(reading.TESTS["A"]))


def rush_launch_rate():
    """People a second at the launch that the tests are held against."""
    return people(reading.rate_of(reading.LAUNCH))


def rush_test_soon():
    """In within a minute in the large test, at the door of the task."""
    return share(reading.in_soon(*reading.TESTS["A"]))


def rush_launch_soon():
    """In within a minute at that launch, at the same door."""
    return share(reading.in_soon(*reading.LAUNCH))


def rush_par_groups():
    """In how many groups par invites."""
    return str(plans.par().groups)


def rush_par_handlers():
    """How many handlers par has."""
    return people(plans.par().handlers)


def rush_par_cost():
    """What par costs."""
    return plans.money(plans.par().cost)


def rush_one_group_handlers():
    """The fewest handlers that keep the promise in one group."""
    return people(plans.sweep()["fewest_handlers"]["1"])


def rush_one_group_cost():
    """What these cost."""
    handlers = plans.sweep()["fewest_handlers"]["1"]
    return plans.money(plans.Invitation(1, handlers).cost)


def rush_twelve_groups_cost():
    """What the cheapest plan in twelve groups costs."""
    handlers = plans.sweep()["fewest_handlers"]["12"]
    return plans.money(plans.Invitation(12, handlers).cost)


def rush_other_evenings():
    """On how many further evenings par was tried."""
    return str(plans.sweep()["other_evenings"])


def rush_par_kept_elsewhere():
    """On how many of these it kept the promise."""
    return str(plans.sweep()["kept_on_other_evenings"])


def rush_well():
    """From which share on the claim F4 fails."""
    return share(claim("F4").threshold)


def rush_shown_enough():
    """From which share on the claim S1 holds."""
    return share(claim("S1").threshold)


def rush_shown_long_queue():
    """What the announced hour shows of the door, with its own queue."""
    return share(deciding_quantity("S1", _full(HOUR)))


def rush_shown_short_queue():
    """The same with a queue of two seconds."""
    return share(min(1.0, deciding_quantity("S1", _run(HOUR, queue_s=2.0))))


def rush_lost_short_queue():
    """Who gives up with a queue of two seconds."""
    return share(readings.gave_up(_run(HOUR, queue_s=2.0)))


def rush_told_when():
    """From which share in the busiest minute on the claim S12 fails."""
    return share(claim("S12").threshold)


def rush_in_busiest_minute():
    """The share of the announced hour's crowd that comes in its busiest minute."""
    return share(deciding_quantity("S12", _full(HOUR)))


def rush_in_busiest_minute_all_day():
    """The same for the all-day crowd."""
    return share(deciding_quantity("S12", _full(ALL_DAY)))
