"""The highest join rate that the student has ever tested, and how much of the own launch it covers."""

from __future__ import annotations

from collections.abc import Mapping

from loadbearing.checks.launching import checked_given as checked_sheet
from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.checks.unit_02_launch import expected_rate
from loadbearing.launch import first_line
from loadbearing.progress import Progress, ProgressError
from loadbearing.units import duration, people, share

MINUTE_S, NEAR = 60, 0.1
LEAST_RATE = 0.01
EXAMPLE = {"smoke test": (600, 10), "the total": (20_000, 60), "a short one": (1_800, 2)}
"""The course's own tests: title to (people, minutes)."""


def tested_rate(answer, tests=None, sheet=None):
    """Judge the highest join rate ever tested, in people a second, from a list of tests."""
    sheet, tests = checked_sheet(sheet), checked_tests(tests)
    given = number(answer, "25")
    if given < 0 or given > 1e9:
        raise AnswerError(
            f"{given:g} people a second is no rate; give 0 if you have tested nothing."
        )
    right = max((rate for _, _, rate in tests.values()), default=0.0)
    if (right == 0 and given == 0) or close(given, right, NEAR):
        told = _told(sheet, tests, right)
        return yes(f"{told} {_if_no_more(sheet, right)} {_kept(sheet, tests, right, told)}")
    return _answered(sheet, tests, given, right)


def checked_tests(tests):
    """Return the tests, title to (people, minutes, people a second), or raise the sentence that says what is wrong."""
    if not isinstance(tests, Mapping):
        raise AnswerError(
            "The tests are missing; write check(..., my_rate, tests=tests, sheet=sheet)."
        )
    found = {}
    for title, one in tests.items():
        if not isinstance(one, tuple | list) or len(one) != 2:
            raise AnswerError(
                f"The test {title!r} is {one!r}; give people and minutes, such as (600, 10)."
            )
        number_of, minutes = (number(value, "600") for value in one)
        if not 0 < number_of <= 1e9 or not 0 < minutes <= 1e6:
            raise AnswerError(
                f"The test {title!r} is {one!r}; people and minutes must be above nothing."
            )
        found[str(title)] = (number_of, minutes, number_of / (MINUTE_S * minutes))
    return found


def in_soon(sheet, rate):
    """Of the whole crowd, the share in within two minutes at a door that does no more than this."""
    return first_line.promise_kept(sheet | {"join_rate": max(LEAST_RATE, rate)}, sheet["expected"])


def covered(sheet, rate):
    """The share of the launch's busiest minute that a rate covers; at most all of it."""
    return min(1.0, rate / expected_rate(sheet))


def _rate(rate):
    return f"{rate:.2g}" if rate < 10 else people(rate)


def _told(sheet, tests, right):
    lived = expected_rate(sheet)
    if right == 0:
        return f"You have tested nothing yet, and your busiest minute brings about {_rate(lived)} people a second."
    title = next(name for name, (_, _, rate) in tests.items() if rate == right)
    return (
        f"Your fastest test ({title}) brought {_rate(right)} people a second. Your busiest minute brings about "
        f"{_rate(lived)}. So {share(covered(sheet, right))} of your launch is tested."
    )


def _if_no_more(sheet, right):
    if covered(sheet, right) >= 1:
        return "That covers it, if the test took the same path and tried again as people do."
    return (
        f"If your door could do no more than was tested, {share(in_soon(sheet, right))} of your crowd would be in "
        f"within {duration(first_line.PROMISE_S)}."
    )


def _answered(sheet, tests, given, right):
    """The reply to a wrong rate: the crowd at a door of that rate, and at one that does what was tested."""
    counter = (
        f"A door that does {_rate(given)} a second, and your crowd: {share(in_soon(sheet, given))} are in within "
        f"{duration(first_line.PROMISE_S)}. At one that does the {_rate(right)} that you tested: "
        f"{share(in_soon(sheet, right))}."
    )
    rates = [rate for _, _, rate in tests.values()]
    if not tests:
        return no("untested", f"{counter} The list holds no test, so the highest rate tested is 0.")
    largest = max(tests.values(), key=lambda one: one[0])
    if close(given, sheet["join_rate"], 0.02):
        return no(
            "the door for the test",
            f"{counter} That is what your door should do. Asked is what was tried.",
        )
    if any(close(given, rate * MINUTE_S, 0.02) for rate in rates):
        return no(
            "minutes for seconds", f"{counter} You divided by minutes; a minute has sixty seconds."
        )
    if close(given, largest[0], 0.02):
        return no(
            "a total is no rate", f"{counter} That is how many people, not how many a second."
        )
    if close(given, largest[2], 0.02):
        return no(
            "the largest test",
            f"{counter} Your largest test brought {people(largest[0])} people, and another brought more a second.",
        )
    if close(given, sum(rates), 0.02) and len(rates) > 1:
        return no(
            "added up",
            f"{counter} The tests did not run at the same time, so their rates do not add up.",
        )
    if close(given, expected_rate(sheet), 0.02):
        return no(
            "the launch for the test", f"{counter} That is what will come. Asked is what was tried."
        )
    error, why = (
        ("too high", "So many were never sent.")
        if given > right
        else ("too low", "More were sent once.")
    )
    return no(error, f"{counter} {why}")


def _kept(sheet, tests, right, told):
    """Keep the number on the launch sheet unless sheet or tests are the course's own example."""
    own = {title: (number_of, minutes) for title, (number_of, minutes, _) in tests.items()}
    if own == EXAMPLE or all(sheet[one.key] == one.example for one in first_line.INPUTS):
        return "These are the course's example numbers; put in your own tests and sheet, and the number is kept."
    try:
        Progress.here().keep(
            "launch_sheet",
            "the_rehearsal",
            tested_rate=right,
            coverage=covered(sheet, right),
            told=told,
        )
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."
