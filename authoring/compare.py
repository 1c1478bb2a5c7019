"""Compare a committed page with a fresh build, by content.

On Linux x86-64 with Python 3.11 the promise is the same text, and for pictures the same pixels.
Elsewhere processors and compilers differ in the last digits, so numbers are rounded before they are
compared and pictures are left out.
"""

import base64
import hashlib
import io
import json
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

DIGITS = 6
SHOWN = 120
DECIMAL = re.compile(r"\d+\.\d+(?:e[-+]?\d+)?")


def same_bytes_promised() -> bool:
    """Whether this machine is one on which a build gives the committed bytes."""
    return (
        sys.platform == "linux"
        and platform.machine() == "x86_64"
        and sys.version_info[:2] == (3, 11)
    )


def first_difference(committed: Path, built: Path) -> str:
    """A sentence on the first difference between two files; empty when there is none."""
    if not committed.is_file():
        return "is not there; run the build and commit it."
    here, fresh = _lines(committed), _lines(built)
    for (place, one), (_, other) in zip(here, fresh, strict=False):
        if one != other:
            start = max(0, _first_unlike(one, other) - SHOWN // 3)
            return f"{place} is {_short(one, start)}, its source builds {_short(other, start)}."
    if len(here) != len(fresh):
        return f"has {len(here)} lines, its source builds {len(fresh)}."
    return ""


def _lines(path: Path) -> list[tuple[str, str]]:
    """The lines of a page as they are compared, each with its place (line 3, cell 5)."""
    exact = same_bytes_promised()
    if path.suffix == ".png":
        return [("its pixels", _pixels(path.read_bytes()))] if exact else []
    if path.suffix == ".pdf":
        lines = path.read_bytes().decode("latin-1").split("\n")
        return [(f"line {number}", line) for number, line in enumerate(lines, start=1)] * exact
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        lines = list(_notebook_lines(_pictures_as_pixels(json.loads(text), exact)))
    else:
        lines = [(f"line {number}", line) for number, line in enumerate(text.splitlines(), start=1)]
    if exact:
        return lines
    return [(place, DECIMAL.sub(_rounded, line)) for place, line in lines]


def _rounded(match: re.Match) -> str:
    return f"{float(match[0]):.{DIGITS}g}"


def _notebook_lines(notebook: dict) -> Iterator[tuple[str, str]]:
    """A notebook's lines: each cell's source and outputs before its id, which follows from them."""
    for number, cell in enumerate(notebook["cells"], start=1):
        ordered = {key: cell[key] for key in ("source", "outputs") if key in cell}
        for line in json.dumps({**ordered, **cell}, indent=1, ensure_ascii=False).splitlines():
            yield f"cell {number}", line
    rest = {key: value for key, value in notebook.items() if key != "cells"}
    for line in json.dumps(rest, indent=1).splitlines():
        yield "the notebook's metadata", line


def _pictures_as_pixels(notebook: dict, exact: bool) -> dict:
    """The notebook with a hash of its pixels for each PNG: packing may differ, pixels not."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                packed = base64.b64decode("".join(data["image/png"]))
                data["image/png"] = _pixels(packed) if exact else "a picture"
    return notebook


def _pixels(png: bytes) -> str:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return f"{picture.size} {hashlib.sha256(picture.tobytes()).hexdigest()}"


def _first_unlike(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    unlike = (position for position, (a, b) in enumerate(pairs) if a != b)
    return next(unlike, min(len(one), len(other)))


def _short(line: str, start: int) -> str:
    """The part of a line around a difference."""
    shown = line[start : start + SHOWN]
    return repr(("..." if start else "") + shown + ("..." if start + SHOWN < len(line) else ""))
