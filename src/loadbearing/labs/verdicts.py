"""Verdicts: what a student's own run says of a claim. Three are possible, and one of them is that it says nothing."""

from __future__ import annotations

from loadbearing.claims import claim
from loadbearing.parts import ScenarioError, nearest

VERDICTS = {"holds": "holds when", "fails": "fails when", "undecided": "cannot be decided here"}


def keep_verdict(progress, unit, key, verdict, because, evidence):
    """Keep a verdict on a claim with its reason and the run's numbers; raise `ScenarioError` for none of the three."""
    claim(key)
    if verdict is None:
        raise ScenarioError(f"Choose one of three for {key}: {', '.join(VERDICTS.values())}.")
    if verdict not in VERDICTS:
        raise ScenarioError(f"There is no verdict {verdict!r}. {nearest(verdict, list(VERDICTS))}")
    entry = {"claim": key, "verdict": verdict, "because": because.strip(), "evidence": evidence}
    progress.keep("verdicts", f"{unit}/{key}", **entry)


def told_verdict(entry):
    """Return a kept verdict in a sentence, with the run it rests on."""
    evidence = entry["evidence"]
    numbers = "; ".join(f"{label}: {text}" for label, text in evidence["readings"].items())
    because = f" Because: {entry['because']}" if entry["because"] else ""
    return (
        f"Kept: {entry['claim']} {VERDICTS[entry['verdict']]}.{because} "
        f"Attached: {evidence['settings']} ({evidence['room'].rstrip('.')}). {numbers}."
    )
