"""The student's own launch: the crowd that can be promised in two weathers, with a sentence in the invitation."""

from __future__ import annotations

from loadbearing.checks.reply import AnswerError, close, no, number, yes
from loadbearing.checks.unit_13_lines import AT_ONCE, CALM, SAME, TOGETHER, line_of, played
from loadbearing.launch import EXAMPLE, LINES, STATES, checked
from loadbearing.parts import ScenarioError
from loadbearing.progress import Progress, ProgressError
from loadbearing.stress.line import down

NEAR, FAR = 0.1, 50
"""How near an estimate must be; a line at so many times the crowd expected is beyond what is searched."""

AS_IT_IS = STATES["invitation"][0]
FEWEST_WORDS, LONGEST = 3, 300
"""What makes a sentence: so many words at least, so many letters at most."""


def lowest(a_launch):
    """Return the largest crowd for which the promise of a launch holds in both weathers."""
    return min(line_of(a_launch, one) for one in TOGETHER)


def checked_launch(sheet, invitation):
    """Return the launch of a sheet with its invitation, or raise the sentence that says what is wrong."""
    if not isinstance(sheet, dict):
        raise AnswerError("The sheet is missing; write check(..., my_crowd, sheet=sheet, ...).")
    if any(value in (..., None) for value in sheet.values()):
        raise AnswerError("A line of the sheet is still blank; give all five numbers.")
    if invitation not in STATES["invitation"]:
        raise AnswerError(
            f'invitation is {invitation!r}; give "{AS_IT_IS}", "early" or "groups", in quotes.'
        )
    try:
        return checked(sheet).with_values(invitation=invitation)
    except ScenarioError as slip:
        raise AnswerError(str(slip)) from None


def checked_sentence(sentence):
    """Return the sentence of an invitation, or raise the sentence that says what is wrong with it."""
    text = " ".join(sentence.split()) if isinstance(sentence, str) else ""
    if len(text.split()) < FEWEST_WORDS or len(text) > LONGEST:
        raise AnswerError(
            f"The sentence is {sentence!r:.60}; write one in quotes, of {FEWEST_WORDS} words to {LONGEST} letters."
        )
    return text


def promised(sheet, invitation=AS_IT_IS):
    """Return the largest crowd that a sheet can promise in both weathers, with this invitation."""
    return lowest(checked_launch(sheet, invitation))


def own_promise(answer, sheet=None, invitation=AS_IT_IS, sentence=""):
    """Judge the crowd to which the student may promise it, with the invitation and its sentence."""
    launch = checked_launch(sheet, invitation)
    text = checked_sentence(sentence)
    given = number(answer, "5000")
    if given < 0:
        raise AnswerError(f"{given:g} is no crowd; give a number of people.")
    right = lowest(launch)
    if right < 1:
        return _nobody(launch, given, text)
    told = played(launch, max(given, 1))
    beyond = right > FAR * launch.expected and given >= right
    if close(given, right, NEAR) or beyond:
        return yes(f"{told} {_beside(launch, right)} {_kept(launch, right, text)}")
    idea, why = _idea(launch, given, right)
    return no(idea, f"{told} {why}".strip())


def _idea(launch, given, right):
    """The idea behind a wrong number, and the sentence that answers it."""
    if given > right:
        if close(given, launch.expected, SAME):
            return "hope", "That is the crowd that you expect. The promise holds for fewer."
        if close(given, launch.hold, SAME):
            return "seats", "That is how many fit inside. How fast they get in is another number."
        if close(given, line_of(launch, CALM), NEAR):
            return "the kindest weather", (
                "That is your line on ordinary evenings. You can be asked about the others too."
            )
        if launch.invitation != AS_IT_IS and close(
            given, lowest(launch.with_values(heed=100)), NEAR
        ):
            return "everybody obeys", (
                f"That would be your line if all did what the invitation says. "
                f"{launch.heed:g} in a hundred do here, an assumption until you have counted."
            )
        return "too many", "The line lies lower."
    if launch.invitation != AS_IT_IS and close(
        given, lowest(launch.with_values(invitation=AS_IT_IS)), NEAR
    ):
        return (
            "the sentence forgotten",
            "That is your line without the sentence that you have just written.",
        )
    return "too careful", "The promise is easily kept: the line lies higher."


def _beside(launch, right):
    """What the sentence is worth: the line without it."""
    low = f"Up to about {down(right)} people may be promised it"
    if launch.invitation == AS_IT_IS:
        early = lowest(launch.with_values(invitation="early"))
        return (
            f"{low}. If the invitation asked them to come early, it would be about {down(early)}."
        )
    bare = lowest(launch.with_values(invitation=AS_IT_IS))
    return f"{low}. Without the sentence it would be about {down(bare)}."


def _nobody(launch, given, text):
    """The promise holds for no crowd at all."""
    told = "No crowd is small enough for this promise, at this door, in both weathers."
    if given == 0:
        return yes(f"{told} Promise less, or widen the door. {_kept(launch, 0, text)}")
    return no("no crowd at all", f"{told} {played(launch, max(given, 1))}")


def _kept(launch, right, text):
    """Keep the promise on the launch sheet unless the numbers are the course's own example."""
    if all(getattr(launch, one.key) == getattr(EXAMPLE, one.key) for one in LINES if one.needed):
        return "These are the course's example numbers; put in your own, and the promise is kept."
    at_once = line_of(launch, AT_ONCE)
    try:
        Progress.here().keep(
            "launch_sheet",
            "your_launch",
            crowd=right,
            at_once=at_once,
            invitation=launch.invitation,
            sentence=text,
            told=f"{launch.promise.on_one_evening}: for up to {down(right)} people. The invitation says: {text}",
        )
    except (OSError, ProgressError) as slip:
        return f"It was not kept: {slip}"
    return "It is on your launch sheet now."
