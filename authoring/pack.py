"""Make the pack: `python3 course.py pack [FILE]` writes one page with some labs, which needs no kernel and no network.

Every point is the full crowd, run by the lab of the notebook where its knobs stand. Points are kept in my_work/
under what decides them (the package, the lab's code, where the knobs stand): a build that was stopped goes on where it
was, and a second one takes seconds.

    python -m authoring.pack               write load-bearing.html into my_work/
    python -m authoring.pack FILE          write it there
    python -m authoring.pack --check FILE  compare: a file that is not what would be written is an error
    python -m authoring.pack --around FILE write it anew around the points it holds: words and scripts, no run
"""

import argparse
import itertools
import json
import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import mistune

from authoring.contents import read_contents
from authoring.facts import NUMBER_WORDS
from authoring.mission_par import lab_of
from authoring.numbers import TAG
from authoring.pack_kept import Kept
from authoring.percent import read_percent
from loadbearing.bar import Bar
from loadbearing.pack import grid, page, points
from loadbearing.pack.opened import Opened
from loadbearing.pack.stops import STOPS
from loadbearing.parts import ScenarioError
from loadbearing.progress import work_folder

ROOT = Path(__file__).resolve().parents[1]
NAME = "load-bearing.html"
HAPPENED = "## What just happened"
FOLDED = re.compile(r"</?details>|<summary>.*?</summary>", re.DOTALL)
NUMBERED = re.compile(r"\d+\. ")


class Source:
    """One lab as its source file has it: `unit` of the contents, its `lab`, and its texts with all numbers in place."""

    def __init__(self, slug, folder=ROOT):
        self.unit = read_contents(folder).unit(slug)
        text = (folder / "authoring" / "labs" / f"{self.unit.stem}.py").read_text(encoding="utf-8")
        cells = read_percent(text)
        self.code = next(one.source for one in cells if one.cell_type == "code")
        self.texts = [shown(one.source) for one in cells if one.cell_type == "markdown"]
        self.lab = lab_of(text)

    def scene(self):
        """Return the paragraphs before the numbered list with which a lab begins."""
        found = []
        for paragraph in self.texts[0].split("\n\n"):
            if NUMBERED.match(paragraph):
                break
            found.append(" ".join(paragraph.split()))
        return found

    def happened(self):
        """Return *What just happened* as HTML, up to where it tells what to turn; empty where a lab has no such text.

        What stands after the fold speaks of the notebook, and what to turn is the pack's next question.
        """
        found = next((one for one in self.texts if one.startswith(HAPPENED)), "")
        folded = FOLDED.sub("", found.removeprefix(HAPPENED).split("</details>")[0]).strip()
        kept = itertools.takewhile(lambda one: not one.startswith("Now press"), folded.split("\n\n"))
        return mistune.html("\n\n".join(kept)).strip()


def shown(text):
    """Return a text with its numbers as readers see them, without the marks."""
    return TAG.sub(lambda tag: tag["shown"], text)


def told(source, stops, kept, tell=lambda share: None):
    """Return the `Told` of a lab, all of its points run or taken from those that are kept."""
    lab = source.lab
    moving = grid.with_dots(lab, stops)
    wanted = [(settings, settings in moving) for settings in grid.positions(lab, stops)]
    missing = [at for at, one in enumerate(wanted) if not kept.has(source.code, *one)]
    # The most costly ones are spread over the grid: those that are near each other are not all left to the end.
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as workers:
        under_way = [
            workers.submit(run_one, source.unit.slug, *wanted[at], kept.folder) for at in missing
        ]
        for over, one in enumerate(as_completed(under_way), start=1):
            one.result()
            tell(over / len(missing))
    settled = kept.settled(source.code, lambda: grid.settled(lab))
    held = [kept.take(source.code, *one) for one in wanted]
    return page.Told(source.unit.slug, about(source, stops, settled), held)


def about(source, stops, settled):
    """Return what the page says of a lab; `settled`: its prediction with the answer."""
    return {
        "number": source.unit.number,
        "title": source.unit.title,
        "question": source.unit.question,
        "scene": source.scene(),
        "happened": source.happened(),
        **grid.described(source.lab, stops),
        "prediction": settled,
    }


_opened = {}


def run_one(slug, settings, moving, folder):
    """Run one point and keep it: what a process of its own does."""
    if slug not in _opened:
        _opened[slug] = Source(slug)
    source = _opened[slug]
    Kept(folder).keep(source.code, settings, moving, points.point(source.lab, settings, moving))


def text(slugs=tuple(STOPS), stops=None, progress=True):
    """Return the whole page; `slugs`: its labs, in order; `stops`: slug to `Stops`, those of the pack unless given."""
    stops = stops or STOPS
    kept = Kept(work_folder() / "pack")
    found = []
    for slug in slugs:
        with Bar(progress) as bar:
            source = Source(slug)
            found.append(
                told(
                    source,
                    stops[slug],
                    kept,
                    lambda share, said=source.unit.title: bar.show(share, said),
                )
            )
    return page.page(found, {"units": units_in_words()})


def around(file):
    """Return the page made anew around the points that a file holds: its words, scripts and styles, and no run.

    A file whose knobs stand elsewhere than now, or that is no pack, raises `ScenarioError`.
    """
    try:
        made = Opened.of(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as slip:
        raise ScenarioError(f"{file} cannot be used: {slip}") from None
    found = []
    for slug in STOPS:
        source = Source(slug)
        said = about(source, STOPS[slug], made.lab(slug)["prediction"])
        if json.loads(json.dumps(said["cases"])) != made.lab(slug)["cases"]:
            raise ScenarioError(
                f"{file} has other places for the knobs of {slug}; make it without --around."
            )
        found.append(page.Told(slug, said, made.points(slug)))
    return page.page(found, {"units": units_in_words()})


def units_in_words():
    """Return how many units the whole course has, in words."""
    units = len(read_contents(ROOT).units)
    return NUMBER_WORDS[units] if units < len(NUMBER_WORDS) else str(units)


def main(words=None):
    """The command line: write the page, or compare."""
    parser = argparse.ArgumentParser(
        prog="python3 course.py pack",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", type=Path, default=work_folder() / NAME, metavar="FILE")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument(
        "--around",
        action="store_true",
        help="run nothing: new words and scripts around the points FILE holds",
    )
    chosen = parser.parse_args(words)
    try:
        found = (around(chosen.file) if chosen.around else text()).encode()
        if chosen.check:
            return compared(chosen.file, found)
        chosen.file.parent.mkdir(parents=True, exist_ok=True)
        chosen.file.write_bytes(found)
    except ScenarioError as slip:
        print(slip, file=sys.stderr)
        return 1
    except OSError as slip:
        print(
            f"{chosen.file} could not be written: {slip.strerror}. Name another file.",
            file=sys.stderr,
        )
        return 1
    print(
        f"Wrote {chosen.file}: {len(found) / 1e6:.1f} MB in one file. Open it with a double click, or send it on."
    )
    return 0


def compared(file, found):
    """Tell whether a file is what would be written now; return 0 if it is, else 1."""
    if file.is_file() and file.read_bytes() == found:
        print(f"{file} is what would be written.")
        return 0
    print(f"{file} is out of date: run python3 course.py pack {file}.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
