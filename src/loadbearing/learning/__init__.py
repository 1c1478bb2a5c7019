"""What was learned about a capacity, and at what price: in plain words first, in bits if one asks.

    guess = learning.guess(500, 9000)
    now = guess.after(learning.surge(served=2500, full=True, noise=0.05))
    now.say(), now.bits_from(guess)

A guess becomes a belief by what is seen: tests passed and failed, a ramp, an evening. What was not seen stays
unknown: a quiet success shows that the capacity is above what was served, a crash shows the capacity and hides
how many wanted in, and an early failure hides all that would have come after it.
"""

from loadbearing.learning.asked import LearningError
from loadbearing.learning.belief import LIKELIEST_SPREAD, Belief, guess, guess_around
from loadbearing.learning.deciding import (
    Decision,
    cost_of_having,
    enough,
    handlers_to_buy,
    unit_loss,
    value_of_asking,
)
from loadbearing.learning.passing import (
    fit_after_pass,
    not_ruled_out,
    say_not_ruled_out,
    tests_to_rule_out,
)
from loadbearing.learning.paths import from_outside, where_full
from loadbearing.learning.price import Logged, Price, Telemetry, logged, price_of, telemetry
from loadbearing.learning.seen import (
    NOISE,
    Seen,
    calendar,
    demand,
    failed,
    of_seconds,
    passed,
    ramp,
    saturated,
    surge,
    unsaturated,
)
from loadbearing.learning.worth import (
    Worth,
    bits_of_asking,
    bits_of_measuring,
    worth_in_tests,
)

__all__ = [
    "LIKELIEST_SPREAD",
    "NOISE",
    "Belief",
    "Decision",
    "LearningError",
    "Logged",
    "Price",
    "Seen",
    "Telemetry",
    "Worth",
    "bits_of_asking",
    "bits_of_measuring",
    "calendar",
    "cost_of_having",
    "demand",
    "enough",
    "failed",
    "fit_after_pass",
    "from_outside",
    "guess",
    "guess_around",
    "handlers_to_buy",
    "logged",
    "not_ruled_out",
    "of_seconds",
    "passed",
    "price_of",
    "ramp",
    "saturated",
    "say_not_ruled_out",
    "surge",
    "telemetry",
    "tests_to_rule_out",
    "unit_loss",
    "unsaturated",
    "value_of_asking",
    "where_full",
    "worth_in_tests",
]
