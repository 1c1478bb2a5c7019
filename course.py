#!/usr/bin/env python3
"""The front door of the course: `python3 course.py` alone prints what it can do.

Standard library only. This file must be understood by any Python 3.6 or newer, so that a Python
too old for the course is turned away with a sentence instead of a syntax error.
"""

import sys

if not (3, 11) <= tuple(sys.version_info[:2]) <= (3, 13):
    import shutil

    _found = [n for n in ("python3.13", "python3.12", "python3.11") if shutil.which(n)]
    _remedy = (
        "Use one that is here: {} course.py {}".format(_found[0], " ".join(sys.argv[1:]) or "lab")
        if _found
        else "Install one of these, then run for example: python3.13 course.py lab"
    )
    sys.exit(
        "{}This is Python {}.{}; the course needs Python 3.11, 3.12 or 3.13. {}".format(
            "  FAIL  Python: " if sys.argv[1:2] == ["doctor"] else "",
            sys.version_info[0],
            sys.version_info[1],
            _remedy,
        )
    )

import errno
import shutil
import subprocess
from pathlib import Path

from authoring import doctor as machine
from authoring import for_a_room, jupyter, phases
from authoring.set_up import ROOT, Trouble, environment, no_space, ready


def lab(*options):
    """[PAGE] [--no-browser] [--port N]  open the course in JupyterLab"""
    chosen = jupyter.read_options(options)
    return jupyter.serve(ready(), chosen)


def test(*options):
    """[pytest options]  run every test, notebook and exercise; about half an hour"""
    return phases.test(ready(), options)


def check():
    """the quick check before a commit: style, built = source, fast tests; two minutes"""
    return phases.check(ready())


def build(*options):
    """[--check]  build notebooks, exercises, numbers in lessons and the start page"""
    return run("authoring.build", *options)


def adopt(*options):
    """FILE  carry an edit made in a built notebook back to its source"""
    return run("authoring.build", "adopt", *options)


def try_(unit="", *ignored):
    """UNIT  put a copy of a unit's exercise into my_work/, for you to change"""
    exercises = sorted((ROOT / "exercises").glob("*.ipynb"))
    wanted = unit.zfill(2) if unit.isdigit() else unit
    for source in exercises:
        if wanted in (source.stem, *source.stem.split("_", 1)):
            return copy_exercise(source)
    names = ", ".join(path.stem for path in exercises) or "none yet"
    raise Trouble(f"There is no exercise called {unit!r}. Choose one of: {names}")


def copy_exercise(source: Path):
    """A student's copy of one exercise, never over what they already wrote."""
    target = ROOT / "my_work" / source.name
    page = target.relative_to(ROOT).as_posix()
    if target.exists():
        print(f"{page} is there already and stays as you left it.")
    else:
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, target)
        print(f"{page} is your own copy.")
    print(f"Open it with: python3 course.py lab {page}")
    return 0


def room(*units):
    """[UNIT ...]  make the pages that a class sees on the projector; without a unit, those of ninety minutes"""
    pages = for_a_room.pages(units or for_a_room.CLASS)
    print("Made: " + ", ".join(pages))
    print(f"Open the first with: python3 course.py lab {pages[0]}")
    if len(pages) > 1:
        print("The black button at the end of a page opens the next, in a tab of its own.")
    return 0


def pack(*options):
    """[FILE] [--check]  make the pack: three labs in one file, for a phone or a friend; some minutes"""
    named = [one if one.startswith("-") else str(Path(one).absolute()) for one in options]
    return run("authoring.pack", *named)


def doctor(*options):
    """[--quick]  say pass or fail for this machine, with the remedy; run it the day before a class"""
    return machine.report(options)


def mutate(*options):
    """break the course on purpose, in many small ways, and see that a test notices each"""
    return run("authoring.mutate", *options)


def calibrate(*options):
    """fit the mechanisms of the evening to the published points again"""
    return run("authoring.calibrate", *options)


def run(module, *options):
    """Run one of the course's own tools in the course's own Python."""
    command = [ready(), "-m", module, *options]
    return subprocess.run(command, cwd=ROOT, env=environment()).returncode


VERBS = {
    verb.__name__.rstrip("_"): verb
    for verb in (lab, test, check, build, adopt, try_, room, pack, doctor, mutate, calibrate)
}


def main(words):
    """Do what the first word says; without a word, or with an unknown one, print the verbs."""
    if words and words[0] in VERBS:
        try:
            return VERBS[words[0]](*words[1:])
        except Trouble as trouble:
            print(f"\n{trouble}", file=sys.stderr)
            return 1
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            print("\n" + no_space("the disk filled up"), file=sys.stderr)
            return 1
        except TypeError as error:
            if error.__traceback__.tb_next is not None:
                raise
            print(f"{words[0]} takes: {VERBS[words[0]].__doc__}", file=sys.stderr)
            return 2
        except KeyboardInterrupt:
            print("\nStopped. The same command goes on from here.", file=sys.stderr)
            return 130
    if words:
        print(f"There is no verb {words[0]!r}.\n", file=sys.stderr)
    print("python3 course.py VERB, where VERB is one of:")
    for name, verb in VERBS.items():
        print(f"  {name:10} {verb.__doc__}")
    return 2 if words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
