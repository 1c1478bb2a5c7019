"""The readiness report at the desk: made of what was worked out, written among the student's own files, and to save."""

from __future__ import annotations

import base64
import datetime
from html import escape

from loadbearing import report
from loadbearing.labs import look
from loadbearing.progress import storage

FOLDER = "reports"
KINDS = {"html": "text/html", "pdf": "application/pdf"}
CALLED = {"html": "Save the report as a web page", "pdf": "Save the report as PDF"}


class Reports:
    """The reports that were written beside a progress file: `files()` lists them, `delete()` takes them all away."""

    def __init__(self, progress):
        self.folder = progress.path.parent / FOLDER

    def files(self):
        """Return the reports that were written, the oldest first; no other file of the folder is among them."""
        return sorted(one for kind in KINDS for one in self.folder.glob(f"readiness_*.{kind}"))

    def write(self, made, now=None):
        """Write the files of a report, {kind: bytes}, and return their paths; older reports stay.

        Raises `ProgressError` with a sentence where nothing can be written.
        """
        stem = f"readiness_{now or datetime.datetime.now():%Y-%m-%d_%H%M%S}"
        paths = [self.folder / f"{stem}.{kind}" for kind in made]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for path, content in zip(paths, made.values(), strict=True):
                path.write_bytes(content)
        except OSError as slip:
            raise storage.explained(slip, self.folder) from slip
        return paths

    def delete(self):
        """Delete every report that was written; raise `ProgressError` with a sentence where that is not possible."""
        try:
            for path in self.files():
                path.unlink(missing_ok=True)
            if self.folder.is_dir() and not any(self.folder.iterdir()):
                self.folder.rmdir()
        except OSError as slip:
            raise storage.explained(slip, self.folder) from slip


def made(found):
    """Return a report as {kind: bytes}, one file for each kind."""
    return {"html": report.as_html(found).encode(), "pdf": report.as_pdf(found)}


def links(files, paths):
    """Return links that save the files, and where they lie already. The files are inside: no server is asked."""
    saved = "".join(
        f'<a class="lb-download" style="text-decoration: underline; margin-right: 16px" '
        f'download="{escape(path.name)}" href="data:{KINDS[kind]};base64,{base64.b64encode(content).decode()}">'
        f"{CALLED[kind]}</a>"
        for (kind, content), path in zip(files.items(), paths, strict=True)
    )
    *above, folder = paths[0].parent.parts[-2:]
    where = " and ".join("/".join([*above, folder, path.name]) for path in paths)
    return f"<p>{saved}</p>" + look.result(f"Both lie on this computer: {where}.")
