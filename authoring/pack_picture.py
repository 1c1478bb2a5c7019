"""The picture with which the README opens: three screens of the pack, as a phone shows them.

    python -m authoring.pack_picture FILE          take it from this pack and write lessons/pictures/the_pack.png
    python -m authoring.pack_picture --check FILE  compare: a picture that no longer looks like the pack is an error

It is taken by Chromium from the plain file, with the network off. Another computer has other letters, so the comparison
looks at it from afar: in grey, each spot the mean of many pixels.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "lessons" / "pictures" / "the_pack.png"
FILE = ROOT / "pack" / "load-bearing.html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDE, HIGH, GAP = 390, 844, 18
AROUND = (200, 196, 184)
"""Pixels of a phone, and the paper between two of them."""

COLOURS = 128
SPOT = 30
"""Pixels, across and down, of which a comparison takes the mean."""

ALIKE = 12.0
"""Levels of grey, of 255, by which the spots of two pictures may differ in the mean."""


def screens(file, browser):
    """Return three screens of a pack as images: the crowd, what the runs say, both front pages.

    `file`: the path of the pack; `browser`: a Chromium that playwright has launched.
    """
    context = browser.new_context(
        viewport={"width": WIDE, "height": HIGH},
        is_mobile=True,
        has_touch=True,
        offline=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(Path(file).resolve().as_uri())
    page.locator('.lb-crowd[data-moving="false"]').wait_for()
    page.wait_for_timeout(300)
    taken = [page.screenshot()]
    page.locator(".pack-option").first.click()
    page.locator('.pack-shows li:last-child button[aria-pressed="true"]').wait_for()
    page.wait_for_timeout(500)
    taken.append(page.screenshot())
    page.locator(".pack-argue").evaluate(
        "one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 8)"
    )
    page.wait_for_timeout(500)
    taken.append(page.screenshot())
    context.close()
    return [Image.open(io.BytesIO(one)).convert("RGB") for one in taken]


def side_by_side(images):
    """Return screens side by side on one sheet, in few colours."""
    sheet = Image.new("RGB", (len(images) * (WIDE + GAP) + GAP, images[0].height + 2 * GAP), AROUND)
    for at, image in enumerate(images):
        sheet.paste(image, (GAP + at * (WIDE + GAP), GAP))
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE)


def difference(one, other):
    """Return by how many levels of grey, of 255, two pictures differ in the mean of their spots; inf in size.

    >>> white, black = (Image.new("L", (60, 60), level) for level in (255, 0))
    >>> difference(white, white), difference(white, black), difference(white, Image.new("L", (9, 9)))
    (0.0, 255.0, inf)
    """
    if one.size != other.size:
        return float("inf")
    spots = (max(1, one.width // SPOT), max(1, one.height // SPOT))
    seen = [
        np.asarray(each.convert("L").resize(spots, Image.Resampling.BOX), float)
        for each in (one, other)
    ]
    return float(np.abs(seen[0] - seen[1]).mean())


def as_png(image):
    """Return an image as the bytes of a PNG."""
    held = io.BytesIO()
    image.save(held, "PNG", optimize=True)
    return held.getvalue()


def main(words=None):
    """The command line: take the picture, or compare."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    chosen = parser.parse_args(words)
    named = os.environ.get("LOADBEARING_BROWSER")
    browser = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    if not browser:
        print("No Chromium here: install chromium, or name one in LOADBEARING_BROWSER.")
        return 1
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        taken = side_by_side(screens(chosen.file, opened))
        opened.close()
    if not chosen.check:
        PICTURE.write_bytes(as_png(taken))
        return 0
    apart = difference(taken, Image.open(PICTURE))
    if apart > ALIKE:
        print(f"{PICTURE.name} differs from the pack by {apart:.1f} levels of grey; take it anew.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
