"""Points of the pack that are kept between builds, each under what decides it."""

import base64
import functools
import hashlib
import json
import os
import zlib
from importlib.metadata import version
from pathlib import Path

import numpy as np

import loadbearing
from loadbearing.pack.points import Point

PACKAGE = Path(loadbearing.__file__).parent
DECIDES = (".py", ".toml", ".json")
OF_THE_PAGE = (
    "pack/page.py",
    "pack/opened.py",
    "pack/pixels.py",
    "pack/far.py",
    "pack/numbers.py",
    "pack/grid.py",
    "pack/stops.py",
    "pack/words.toml",
)
NOT_OF_A_POINT = ("checks", "launch", "live", "report", "traffic")
"""What of the package decides nothing of a point: how points are put into a page, and which; rooms that no lab runs."""

LIBRARIES = ("numpy", "numba", "matplotlib", "pillow")


class Kept:
    """Points in a folder.

    `code`: the code that makes their lab; `settings`: where its knobs stand; `moving`: with the moving crowd.
    """

    def __init__(self, folder):
        self.folder = Path(folder)

    def has(self, code, settings, moving):
        """Whether a point is kept."""
        return self._file(code, settings, moving).is_file()

    def keep(self, code, settings, moving, point):
        """Keep a point."""
        crowd = point.crowd and {**point.crowd, "packed": _text(point.crowd["packed"])}
        held = {
            "told": point.told,
            "size": point.shades.shape,
            "shades": _text(zlib.compress(point.shades.tobytes())),
            "pages": point.pages,
            "done": point.done,
            "crowd": crowd,
        }
        self._write(self._file(code, settings, moving), held)

    def take(self, code, settings, moving):
        """Return a point that is kept."""
        held = json.loads(self._file(code, settings, moving).read_text(encoding="utf-8"))
        shades = np.frombuffer(zlib.decompress(_bytes(held["shades"])), np.uint8)
        crowd = held["crowd"]
        if crowd:
            crowd["packed"] = _bytes(crowd["packed"])
        return Point(held["told"], shades.reshape(held["size"]), held["pages"], held["done"], crowd)

    def settled(self, code, settle):
        """Return a prediction as it was settled; `settle()` does it where it is not kept."""
        file = self._file(code, "prediction", False)
        if not file.is_file():
            self._write(file, settle())
        return json.loads(file.read_text(encoding="utf-8"))

    def _file(self, code, settings, moving):
        told = f"{_all_that_decides()}\n{code}\n{settings!r}\n{moving}"
        return self.folder / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.json"

    def _write(self, file, held):
        """Write a file whole: a build that is stopped leaves no half of one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(f".{os.getpid()}")
        half.write_text(json.dumps(held), encoding="utf-8")
        half.replace(file)


@functools.cache
def _all_that_decides():
    """A number that changes with the package or with what draws and counts for it."""
    found = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE).as_posix()
        aside = name in OF_THE_PAGE or name.split("/")[0] in NOT_OF_A_POINT
        if path.suffix in DECIDES and not aside:
            found.update(f"{name}\n".encode() + path.read_bytes())
    for name in LIBRARIES:
        found.update(f"{name} {version(name)}\n".encode())
    return found.hexdigest()


def _text(held):
    return base64.b64encode(held).decode()


def _bytes(held):
    return base64.b64decode(held)
