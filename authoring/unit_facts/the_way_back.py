"""The numbers that unit 06 states: the restart, its lines, the late help, and what the sweep of par found."""

from __future__ import annotations

import functools
import math

import numpy as np

from loadbearing import cases, readings, record
from loadbearing.checks import unit_06_line as line
from loadbearing.checks import unit_06_reading as reading
from loadbearing.claims import claim
from loadbearing.labs import way_back
from loadbearing.scenario import Autoscaler
from loadbearing.units import clock, duration, people, share

EVENINGS = range(1, 25)
SLOW = 700.0
PATIENT = {"timeout_s": None}


def _minutes(seconds):
    """About so many minutes, in words and without seconds."""
    return duration(round(seconds / 60) * 60)


def _trials(rate, **changes):
    return line.tried(rate, EVENINGS, **changes)


def _middle_back(rate, **changes):
    return float(np.median([one.back_s for one in _trials(rate, **changes).outings]))


# --- the restart ---------------------------------------------------------------------------------


def people_in_the_house():
    """How many are in the room when the platform restarts."""
    return people(reading.inputs()["people"])


def came_a_second():
    """How many a second came before the restart."""
    case = reading.inputs()
    return people(case["people"] / (case["until_s"] - case["from_s"]))


def door_a_second():
    """How many people a second the restart's door can let in."""
    return people(reading.inputs()["handlers"] / reading.inputs()["service_s"])


def restart_lasts():
    """How long the restart takes."""
    return duration(reading.inputs()["restart_lasts_s"])


def queue_in_seconds():
    """How long a full queue of the restart's door lasts."""
    return duration(reading.inputs()["queue_s"])


def restart_client_waits():
    """How long a client waits for an answer before it tries again."""
    return duration(reading.inputs()["timeout_s"])


def way_back_on_paper():
    """How long the way back takes at least."""
    return duration(60 * reading.least_minutes())


def back_open_door():
    """The share of the house that is in at the end, with the door open to all, in average weather."""
    run = reading.restart()
    return share(readings.in_the_room(run, run.evening.ends_s) / readings.came(run))


# --- lines, on the evenings of the lesson test ---------------------------------------------------


def way_back_evenings():
    """On how many evenings the lines of the lab were tried."""
    return str(len(EVENINGS))


def door_rate_lost():
    """On how many of them 99 of 100 are never back with a line as fast as the door."""
    rate = reading.inputs()["handlers"] / reading.inputs()["service_s"]
    return str(sum(math.isinf(one.back_s) for one in _trials(float(rate)).outings))


def slow_line_middle():
    """After how many minutes 99 of 100 are back with a line of seven tenths of the door, on the middling evening."""
    return _minutes(_middle_back(SLOW))


def slow_line_worst():
    """The same on the slowest evening."""
    return duration(60 * math.ceil(max(one.back_s for one in _trials(SLOW).outings) / 60))


def patient_open_middle():
    """The same with no line, if clients wait as long as it takes."""
    return _minutes(_middle_back(None, **PATIENT))


def patient_slow_middle():
    """The same with the slow line."""
    return _minutes(_middle_back(SLOW, **PATIENT))


def patient_fast_middle():
    """The same with a line three times as fast as the door."""
    return _minutes(_middle_back(3_000.0, **PATIENT))


# --- the cold door -------------------------------------------------------------------------------


def cold_at_first():
    """How many times as long a join takes right after the restart at the door that comes back cold."""
    return f"{way_back.cold()['cold']:g}"


def warms_up_in():
    """Over how long that door warms up."""
    return duration(way_back.cold()["warms_up_s"])


def careful_line():
    """How many people a second the line lets through that the cold door meets in the lab."""
    return people(way_back.CAREFUL)


@functools.cache
def _ways():
    runs = way_back.cold_door_runs()
    return [_minutes(way_back.back_after(run)) for run in runs.values()]


def back_warm_door():
    """After how many minutes 99 of 100 are back with that line at a warm door, in average weather."""
    return _ways()[0]


def back_cold_door():
    """The same at the cold door."""
    return _ways()[1]


def back_growing_line():
    """The same at the cold door with a line that grows as the door warms up."""
    return _ways()[2]


# --- the late help -------------------------------------------------------------------------------


def help_serves_at():
    """When the first ordered handlers serve."""
    return clock(reading.first_help_s())


def help_looks_every():
    """How often the autoscaler looks."""
    return duration(reading.SCALER.every_s)


def help_lag():
    """How old what it sees is."""
    return duration(reading.SCALER.lag_s)


def help_starts_in():
    """How long a handler takes to start."""
    return duration(reading.SCALER.boot_s)


def crowd_has_come_by():
    """By when nine in ten of the late help's crowd have come."""
    return clock(reading.come_by_s())


@functools.cache
def _helped(*who):
    built = cases.build("the_late_help", {"controllers": who})
    calm = built.changed({"weather": reading.Weather.calm()})
    return readings.share_in(reading.simulate(calm.scaled(reading.FRACTION), sample=0))


def share_in_no_help():
    """The share in when nobody adds handlers."""
    return share(_helped())


def share_in_late_help():
    """The share in with the autoscaler of the lab."""
    return share(_helped(reading.SCALER))


def share_in_help_starts_at_once():
    """The share in with an autoscaler that sees late and whose handlers start at once."""
    return share(_helped(way_back.scaler(boot_s=0.0)))


def share_in_help_sees_at_once():
    """The share in with an autoscaler that sees at once and whose handlers start late."""
    return share(_helped(way_back.scaler(lag_s=0)))


def share_in_scaled_down():
    """The share in when the autoscaler may take away nine in ten of the handlers in the quiet time before."""
    down = Autoscaler(target=0.7, least=100, most=6_000, every_s=15, lag_s=60, boot_s=120.0)
    return share(_helped(down))


# --- par -----------------------------------------------------------------------------------------


def par_line_rate():
    """The best line known, in people a second."""
    return people(line.sweep()["line"]["rate"])


def par_line_hours():
    """Its person-hours outside, on average over the evenings on which students are judged."""
    return people(line.sweep()["line"]["score"])


def par_line_elsewhere():
    """On how many of the other evenings it keeps the promise."""
    return f"{line.sweep()['line_elsewhere']['kept']} of {line.sweep()['other_evenings']}"


def _at_rate(rate):
    return line.sweep()["rates"][str(rate)]


def slower_by_50_costs():
    """How many more person-hours a line costs that is fifty a second slower than par."""
    best = line.sweep()["line"]
    return people(round(_at_rate(best["rate"] - 50)["score"] - best["score"], -1))


def faster_by_50_costs():
    """How many more person-hours a line costs that is fifty a second faster than par."""
    best = line.sweep()["line"]
    return people(round(_at_rate(best["rate"] + 50)["score"] - best["score"], -1))


def door_rate_hours():
    """Person-hours outside with a line as fast as the average door."""
    return people(_at_rate(1_000)["score"])


def par_rule_part():
    """The part of what the door did that the best rule known lets through."""
    return share(line.sweep()["rule"]["part"])


def par_rule_hours():
    """Its person-hours outside."""
    return people(line.sweep()["rule"]["score"])


def rule_all_of_it_kept():
    """On how many evenings a rule keeps the promise that lets through a tenth more than the door did."""
    return f"{line.sweep()['parts']['1.1']['kept']} of {line.sweep()['evenings']}"


def twice_handlers_hours():
    """Person-hours outside with twice the handlers and no line."""
    return people(line.sweep()["twice_the_handlers"]["score"])


def twice_handlers_kept():
    """On how many evenings twice the handlers without a line keep the promise."""
    return f"{line.sweep()['twice_the_handlers']['kept']} of {line.sweep()['evenings']}"


def short_queue_hours():
    """Person-hours outside with no line and a queue of two seconds."""
    return people(line.sweep()["short_queue"]["score"])


def cold_same_line_hours():
    """Person-hours outside with par's line at a door that comes back cold."""
    return people(line.sweep()["cold_same_line"]["score"])


def cold_same_line_kept():
    """On how many evenings that line keeps the promise there."""
    return f"{line.sweep()['cold_same_line']['kept']} of {line.sweep()['evenings']}"


def cold_line_rate():
    """The best fixed line known at the cold door, in people a second."""
    return people(line.sweep()["cold_line"]["rate"])


def cold_line_hours():
    """Its person-hours outside."""
    return people(line.sweep()["cold_line"]["score"])


def cold_growing_hours():
    """Person-hours outside at the cold door with a line that grows with it up to par's."""
    return people(line.sweep()["cold_growing_line"]["score"])


def cold_rule_hours():
    """Person-hours outside at the cold door with the best rule known, unchanged."""
    return people(line.sweep()["cold_rule"]["score"])


# --- claims --------------------------------------------------------------------------------------


def first_coming_within_five():
    """What decides F1 in the restart: the share in within five minutes of coming, the first time."""
    return share(readings.service_level(reading.restart(), 300))


def first_coming_quarter_of_the_door():
    """The same with a quarter of the handlers."""
    scenario = reading.restart().evening
    quarter = scenario.changed({"door.handlers": scenario.door.handlers // 4})
    return share(readings.service_level(reading.simulate(quarter, sample=0), 300))


def claim_f12_threshold():
    """From which share on the claim F12 holds."""
    return share(claim("F12").threshold)


def cells_in_the_lab():
    """How many cells the house is cut into."""
    return str(way_back.CELLS)


# --- dates ---------------------------------------------------------------------------------------


def slack_year():
    """The year in which the autoscaler of a large service first removed servers."""
    return record.events()["slack"].date[:4]


def aws_2025_year():
    """The year in which a cloud's own database came back long before what depends on it."""
    return record.events()["aws_2025"].date[:4]
