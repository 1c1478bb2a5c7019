"""Predictions: asked before the knobs turn, kept, and held against what the runs say."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from loadbearing.parts import ScenarioError, nearest
from loadbearing.units import share

CONFIDENCE = {
    "I would rather not say": None,
    "It is a guess (50 %)": 0.5,
    "Fairly sure (70 %)": 0.7,
    "Quite sure (90 %)": 0.9,
    "I would bet on it (99 %)": 0.99,
}
PLAY = "play"
"""The answer of who would rather just play: the knobs unlock, and nothing is counted."""

STAYS_OPEN = "The knobs are yours. The question stays open."


@dataclasses.dataclass(frozen=True)
class Prediction:
    """A question with a few answers, and the experiment that settles it.

    `options`: key -> text; `settle(bench)` runs the experiment and returns (key of the right option, a
    sentence with the numbers). `shows`: the case that the question is about, if the lab opens with another: once
    the answer is settled, the lab goes there.
    """

    key: str
    question: str
    options: dict
    settle: Callable
    shows: str = ""

    def checked(self, answer):
        """Return the answer; one that is not among the options raises `ScenarioError`."""
        if answer is None:
            raise ScenarioError(
                "Choose one of the answers first; there is no wrong one before the run."
            )
        if answer != PLAY and answer not in self.options:
            raise ScenarioError(
                f"There is no answer {answer!r}. {nearest(answer, list(self.options))}"
            )
        return answer

    def compared(self, answer, right, sentence, confidence=None):
        """Return in plain words how the answer stands against the runs; `confidence`: 0 to 1, or None."""
        if answer == PLAY:
            return sentence
        said = f"You said: {self.options[answer].rstrip('.')}."
        if confidence:
            said += f" You were {share(confidence)} sure."
        if answer == right:
            return f"{said} The runs agree. {sentence}"
        return f"{said} The runs say otherwise: {self.options[right].rstrip('.')}. {sentence}"
