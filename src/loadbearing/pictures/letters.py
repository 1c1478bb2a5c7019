"""The letters in which pictures are written, as a file for whoever sets text beside them."""

from __future__ import annotations

import pathlib

from matplotlib import get_data_path


def font_file():
    """Return the path of the font (TrueType) in which pictures are written."""
    return pathlib.Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
