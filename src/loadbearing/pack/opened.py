"""A page that was made, taken apart again: its head, its blobs, and every point as it went in."""

from __future__ import annotations

import dataclasses
import json
import re

import numpy as np

from loadbearing.pack import page, pixels
from loadbearing.pack.points import Point

HEAD = re.compile(r'<script type="application/json" id="pack-head">(.*?)</script>', re.DOTALL)
BLOB = re.compile(r'<script type="text/plain" data-blob="([^"]+)">([^<]*)</script>')
BOTH = '<div class="lb-front" lang="en"><style>{}</style>\n{}\n</div>'


@dataclasses.dataclass(frozen=True, eq=False)
class Opened:
    """A page taken apart. `head`: its head; `blobs`: name to bytes. What is no page of the pack raises `ValueError`."""

    head: dict
    blobs: dict

    @classmethod
    def of(cls, text):
        """Take a page apart."""
        head = HEAD.search(text)
        if not head or json.loads(head[1]).get("format") != page.FORMAT:
            raise ValueError("This is no page of the pack, or one of another format; make it anew.")
        found = {name: page.inflated(held) for name, held in BLOB.findall(text)}
        return cls(json.loads(head[1]), found)

    def lab(self, slug):
        """Return the head of one lab."""
        return next(one for one in self.head["units"] if one["slug"] == slug)

    def rows(self, slug):
        """Return the points of a lab as they stand in the page."""
        return json.loads(self.blobs[self.lab(slug)["blobs"]["points"]])

    def points(self, slug):
        """Return the `Point`s of a lab."""
        lab = self.lab(slug)
        pages = lab["blobs"]["pages"] and json.loads(self.blobs[lab["blobs"]["pages"]])
        return [
            Point(
                told=row["told"],
                shades=self.picture(slug, row),
                pages=BOTH.format(pages["style"], pages["pages"][row["pages"]]) if pages else "",
                done=row["done"],
                crowd=row["crowd"] and self._crowd(dict(row["crowd"])),
            )
            for row in self.rows(slug)
        ]

    def picture(self, slug, row):
        """Return the picture of a point (rows, columns), numbers of the palette."""
        lab, (begins, length) = self.lab(slug), row["picture"]
        held = self.blobs[lab["blobs"]["pictures"]][begins : begins + length]
        return pixels.laid(held, np.zeros((lab["height"], lab["width"]), np.uint8))

    def _crowd(self, crowd):
        packed, stories = (self.blobs[crowd.pop(key)] for key in ("blob", "stories"))
        return crowd | {"packed": packed, "stories": json.loads(stories)}
