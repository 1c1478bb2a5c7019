"""The command of a search whose results are committed: search and write, or search and compare."""

import argparse
from collections.abc import Callable
from pathlib import Path


def command(
    words: list[str] | None, module: str, doc: str, file: Path, search: Callable[[], str]
) -> int:
    """Write what `search()` finds now to `file`, or with `--check` compare; return 0 if all is well, else 1.

    `words`: those of the command line, None for this process's own; `module`, `doc`: whose command it is.
    """
    parser = argparse.ArgumentParser(
        prog=f"python -m {module}",
        description=doc,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    chosen = parser.parse_args(words)
    found = search()
    if not chosen.check:
        file.write_text(found, encoding="utf-8", newline="\n")
        print(f"Wrote {file.name}.")
        return 0
    if file.is_file() and file.read_text(encoding="utf-8") == found:
        print(f"{file} is what is found.")
        return 0
    print(f"{file} is out of date: run python -m {module} without --check.")
    return 1
