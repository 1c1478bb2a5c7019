"""Verdicts: what a student's own run says of a claim. Three are possible, and one of them is that it says nothing."""

from __future__ import annotations

from loadbearing.claims import claim
from loadbearing.parts import ScenarioError, nearest
from loadbearing.progress import versions
from loadbearing.units import share

VERDICTS = {"holds": "holds when", "fails": "fails when", "undecided": "cannot be decided here"}


def keep_verdict(progress, unit, key, verdict, because, evidence, confidence=None):
    """Keep a verdict on a claim with its reason, how sure (0 to 1, or None) and the run's numbers.

    The verdict before is kept under `earlier`. Raises `ScenarioError` for none of the three.
    """
    claim(key)
    if verdict is None:
        raise ScenarioError(f"Choose one of three for {key}: {', '.join(VERDICTS.values())}.")
    if verdict not in VERDICTS:
        raise ScenarioError(f"There is no verdict {verdict!r}. {nearest(verdict, list(VERDICTS))}")
    entry = {"claim": key, "verdict": verdict, "because": because.strip(), "evidence": evidence}
    progress.keep("verdicts", f"{unit}/{key}", **entry, confidence=confidence)


def told_verdict(entry):
    """Return a kept verdict in a sentence, with the run it rests on."""
    return f"Kept: {told_shortly(entry)} Attached: {told_evidence(entry['evidence'])}"


def told_shortly(entry):
    """Return a verdict in a sentence: claim, which way, why, how sure."""
    sure, way = entry.get("confidence"), VERDICTS[entry["verdict"]]
    because = _ended(entry["because"]) if entry["because"] else ""
    if way.endswith(" when"):
        way = f"{way}: {because}" if because else f"{way.removesuffix(' when')}."
    else:
        way = f"{way}. Because: {because}" if because else f"{way}."
    how_sure = f" You were {share(sure)} sure." if sure else ""
    return f"{entry['claim']} {way}{how_sure}"


def told_evidence(evidence):
    """Return the numbers of the run that go with a verdict, and what several runs of the lab decided, if they did."""
    numbers = "; ".join(f"{label}: {text}" for label, text in evidence["readings"].items())
    told = f"{evidence['settings']} ({evidence['room'].rstrip('.')}). {numbers}."
    decided = evidence.get("decided")
    return f"{told} {told_decided(decided['sentence'])}" if decided else told


def told_decided(sentence):
    """Return what several runs of a lab decided, in a sentence."""
    return f"In several runs: {sentence}"


def told_earlier(entry):
    """Return what was judged before, the latest first: (day, verdict in a sentence) for each that can be read."""
    found = []
    for one in versions(entry)[:-1][::-1]:
        try:
            found.append((str(one.get("at", ""))[:10], told_shortly(one)))
        except (KeyError, TypeError, AttributeError, ValueError):
            continue
    return found


def _ended(sentence):
    """A reason with its full stop."""
    return sentence if sentence[-1] in ".!?" else f"{sentence}."
