#!/usr/bin/env python3
"""What each idea gives the compiled engine: `python3 benchmarks/ideas.py`, and `--write` to put it into README.md.

Each idea of `ideas.toml` is taken out of a copy of the course, one at a time. Each takes turns with the whole, and
ratios are taken within a turn, of processor time. Every copy must run the same evenings, to the last listener.
"""

import argparse
import json
import statistics
import sys
import tempfile
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from authoring import mutate
from benchmarks import engine, ideas_page

IDEAS = Path(__file__).with_suffix(".toml")
RESULTS = Path(__file__).with_suffix(".json")
WORKS = {"surge, 20 thousand": (20_000, 20), "surge, a million": (1_000_000, 1)}
"""What is run: listeners, and evenings in a round."""


def read_ideas():
    """Return the ideas as dictionaries, in the order of the file."""
    with IDEAS.open("rb") as file:
        return tomllib.load(file)["idea"]


def without(idea, folder):
    """Make a copy of the course without one idea and return its folder."""
    tree = mutate.copy_of(engine.ROOT, Path(folder))
    fault = mutate.Mutation(idea["name"], idea["file"], idea["find"], idea["replace"], (), "")
    (tree / idea["file"]).write_text(mutate.mutated(engine.ROOT, fault), encoding="utf-8")
    return tree


class Copy(engine.Machine):
    """Starts measurements in a copy of the course."""

    def __init__(self, tree):
        super().__init__()
        self.surroundings |= mutate.environment(tree)
        self.tree = tree

    def seconds(self, listeners, seeds):
        """Return processor seconds and tallies of some surges, as the copy runs them."""
        asked = dict(engine="compiled", work="surge", listeners=listeners, seeds=seeds)
        runs = self.measure("speed", cache=self.tree / "compiled", **asked)
        return sum(one[0] for one in runs), [one[1:] for one in runs]


def measured(rounds):
    """Return, for each idea and work, how many times as long it takes without the idea."""
    ideas = read_ideas()
    with tempfile.TemporaryDirectory() as folder:
        whole = Copy(mutate.copy_of(engine.ROOT, Path(folder, "whole")))
        copies = [Copy(without(one, Path(folder, str(at)))) for at, one in enumerate(ideas)]
        times = {(at, work): [] for at in range(len(ideas)) for work in WORKS}
        for turn in range(rounds):
            for work, (listeners, evenings) in WORKS.items():
                seeds = list(range(100 * turn + 1, 100 * turn + 1 + evenings))
                for at, copy in enumerate(copies):
                    base, tallies = whole.seconds(listeners, seeds)
                    took, same = copy.seconds(listeners, seeds)
                    if same != tallies:
                        raise RuntimeError(
                            f"Without {ideas[at]['name']!r} another evening comes out."
                        )
                    times[at, work].append(took / base)
                    engine.say(
                        f"{work}, without {ideas[at]['name']}: {took / base:.2f} times as long"
                    )
    rows = [
        dict(
            name=one["name"],
            why=one["why"],
            lines=one["lines"],
            times={work: statistics.median(times[at, work]) for work in WORKS},
        )
        for at, one in enumerate(ideas)
    ]
    return dict(processor=engine.processor(), load=engine.load(), rounds=rounds, ideas=rows)


def main(words):
    """Measure, print the table, and write it if asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args(words)
    results = measured(chosen.rounds)
    print("\n" + ideas_page.table(results))
    if chosen.write:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        page = engine.HERE / "README.md"
        page.write_text(ideas_page.filled(page.read_text("utf-8"), results), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
