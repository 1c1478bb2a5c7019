"""The page of the pack: one file that needs nothing else, with the notebook's own widgets and all points inside.

What it holds, under names that the script of the page knows: a head as JSON, and blobs, each told as `far` does,
deflated (RFC 1950) and written in base 64:

- `SLUG/points`: a list by number; a point has `told` (the words of `Screen`), `picture` (where its bytes stand in
  `SLUG/pictures`), `pages` (number, or None), `done` (missions it ticks), `crowd` (None, or the moving crowd);
- `SLUG/pictures`: what each picture that differs from all before draws on an empty sheet (see `pixels`);
- `SLUG/pages`: the style of both front pages, and each pair of pages that differs from all before;
- `SLUG/crowd/N` and `SLUG/stories/N`: the packed crowd of a point, and the story of each dot.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import pathlib
import re
import tomllib
import zlib
from html import escape

import numpy as np

from loadbearing import labs, replay
from loadbearing.pack import pixels
from loadbearing.pack.far import farther, nearer
from loadbearing.pack.stops import STOPS
from loadbearing.pictures.ink import palette
from loadbearing.pictures.live import png

HERE, LABS, REPLAY = (pathlib.Path(one.__file__).parent for one in (pixels, labs, replay))
SKELETON, WORDS = HERE / "page.html", HERE / "words.toml"
WIDGETS = (
    REPLAY / "moving_crowd.js",
    LABS / "screen.js",
    LABS / "knob_control.js",
    LABS / "choice_control.js",
)
"""The widgets of the notebook, as they are."""

FORMAT = 1
HARD = 9
STYLE = re.compile(r"<style>(.*?)</style>\n?", re.DOTALL)


@dataclasses.dataclass(frozen=True, eq=False)
class Told:
    """One lab of the pack. `about`: what its head says, plain data; `points`: `Point`s by number."""

    slug: str
    about: dict
    points: list


def page(told, said=None):
    """Return the whole page as text; `told`: a `Told` for each lab, in order; `said`: more of its words, by key."""
    heads, blobs, words = [], {}, tomllib.loads(WORDS.read_text(encoding="utf-8"))
    for one in told:
        head, its = _lab(one)
        heads.append(head | {"words": words.pop(one.slug, {})})
        blobs |= its
    others = {key: one for key, one in words.items() if key not in STOPS}
    head = {"format": FORMAT, "words": others | (said or {}), "units": heads}
    data = [page_script("application/json", _json(head), 'id="pack-head"')]
    data += [
        page_script("text/plain", deflated(held), f'data-blob="{escape(name)}"')
        for name, held in blobs.items()
    ]
    parts = {
        "styles": "\n".join(f"<style>\n{one}</style>" for one in styles()),
        "data": "\n".join(data),
        "scripts": "\n".join(scripts()),
    }
    return filled(SKELETON.read_text(encoding="utf-8"), parts)


def filled(skeleton, parts):
    """Return a skeleton with `<!-- pack: NAME -->` replaced by each part; a mark that is not there once is refused."""
    for name in parts:
        mark = f"<!-- pack: {name} -->"
        if skeleton.count(mark) != 1:
            raise ValueError(f"page.html has {mark} {skeleton.count(mark)} times; write it once.")
    return re.sub(r"<!-- pack: (\w+) -->", lambda mark: parts[mark[1]], skeleton)


def styles():
    """Return every style sheet of the page, those of the widgets first."""
    own = sorted(HERE.glob("*.css"))
    return [one.read_text(encoding="utf-8") for one in (*_looks(), *own)]


def _looks():
    return [one.with_suffix(".css") for one in WIDGETS]


def scripts():
    """Return every script of the page: each widget as text, to be opened as a module, then the page's own as one."""
    found = [
        page_script("text/plain", one.read_text(encoding="utf-8"), f'data-module="{one.name}"')
        for one in WIDGETS
    ]
    own = "".join(one.read_text(encoding="utf-8") for one in sorted(HERE.glob("*.js")))
    return [*found, page_script("module", own)]


def deflated(held):
    """Return bytes as a page holds them: told by `far`, deflated and written in base 64."""
    return base64.b64encode(zlib.compress(nearer(held), HARD)).decode()


def inflated(held):
    """Return the bytes that a page holds."""
    return farther(zlib.decompress(base64.b64decode(held)))


def _lab(told):
    """The head of one lab, and its blobs by name."""
    sheet = np.zeros_like(told.points[0].shades)
    pictures, drawn, rows, pages, blobs = bytearray(), {}, [], {}, {}
    style = ""
    for number, point in enumerate(told.points):
        held = pixels.packed(point.shades, sheet)
        if held not in drawn:
            drawn[held] = [len(pictures), len(held)]
            pictures += held
        style, articles = _articles(point.pages) or (style, None)
        rows.append(
            {
                "told": point.told,
                "picture": drawn[held],
                "pages": None if articles is None else pages.setdefault(articles, len(pages)),
                "done": point.done,
                "crowd": point.crowd and _crowd(point.crowd, f"{told.slug}/{{}}/{number}", blobs),
            }
        )
    names = {part: f"{told.slug}/{part}" for part in ("points", "pictures")}
    names["pages"] = f"{told.slug}/pages" if pages else None
    blobs = {names["points"]: _json(rows).encode(), names["pictures"]: bytes(pictures), **blobs}
    if pages:
        blobs[names["pages"]] = _json({"style": style, "pages": list(pages)}).encode()
    high, wide = sheet.shape
    screen = {
        "width": wide,
        "height": high,
        "colours": base64.b64encode(palette().tobytes()).decode(),
        "sheet": base64.b64encode(small_png(sheet)).decode(),
    }
    return {"slug": told.slug, **told.about, **screen, "blobs": names}, blobs


def _articles(html):
    """The style of both front pages, and the pages without it; None where there are none."""
    if not html:
        return None
    style = STYLE.search(html)
    inside = STYLE.sub("", html).partition(">")[2].removesuffix("</div>").strip()
    return style[1], inside


def _crowd(crowd, named, blobs):
    """The values of a moving crowd as a page holds them; its bytes and stories go to the blobs."""
    blobs[named.format("crowd")] = crowd["packed"]
    blobs[named.format("stories")] = _json(crowd["stories"]).encode()
    values = {key: one for key, one in crowd.items() if key not in ("packed", "stories")}
    return values | {"blob": named.format("crowd"), "stories": named.format("stories")}


def small_png(shades):
    """Return a picture in the colours of the palette as PNG bytes, packed hard."""
    return png(shades, palette(), HARD)


def _json(held):
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def page_script(kind, text, more=""):
    """A script element; a text that would end it early is refused, but in JSON told otherwise."""
    if kind == "application/json":
        text = text.replace("<", "\\u003c")
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError(f"A script of the page ({more or kind}) may not hold </script or <!--.")
    named = f" {more}" if more else ""
    return f'<script type="{kind}"{named}>{text}</script>'
