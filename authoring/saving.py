"""Opening and running a page of the course leaves its file as it was shipped; a student's own edits are saved.

JupyterLab saves a notebook whenever it ran. A lab runs whenever it is opened, so without this every visit would
change a file of the course, and bringing in a new version of it, or testing it, would stumble over that.
"""

from pathlib import Path

import nbformat

SHIPPED = ("notebooks/", "solutions/")
TO_FILL_IN = ("exercises/",)


def keep_shipped(model, path, contents_manager, **_):
    """Before JupyterLab saves: if no cell was edited, let what stands on the disk stand.

    An exercise keeps its answers and their outputs; only one that was merely opened stays as it was.
    """
    file = Path(contents_manager.root_dir) / path
    known = path.startswith(SHIPPED + TO_FILL_IN)
    if model["type"] != "notebook" or not known or not file.is_file():
        return
    kept, now = nbformat.read(file, as_version=4), nbformat.from_dict(model["content"])
    if _sources(kept) != _sources(now):
        return
    if path.startswith(SHIPPED) or not any(cell.get("outputs") for cell in now.cells):
        model["content"] = kept


def _sources(notebook):
    return [(cell.cell_type, cell.source) for cell in notebook.cells]
