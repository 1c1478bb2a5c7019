"""A lab of the course opened and one evening run, without the internet: `python -m authoring.rehearsal`.

The lab's own first cells run in a real kernel in which every way out of this computer is closed. Says in one line how
long the evening took; for a lab that does not open, one line says why and the exit code is 1.
"""

import sys

import nbformat
from nbclient import NotebookClient

from authoring.set_up import ROOT

LAB = "notebooks/01_the_evening.ipynb"
PATIENCE_S = 300
"""A machine that is slower than this is stopped."""

OFFLINE = """
import socket

_connect, _getaddrinfo = socket.socket.connect, socket.getaddrinfo


def _here(address):
    host = address[0] if isinstance(address, tuple) else ""
    return host in ("", "localhost", "::1") or str(host).startswith("127.")


def _only_here(self, address):
    if not _here(address):
        raise OSError(f"the lab asked for {address[0]} on the internet")
    return _connect(self, address)


def _found_here(host, *rest, **more):
    if not _here((host or "",)):
        raise OSError(f"the lab asked for {host} on the internet")
    return _getaddrinfo(host, *rest, **more)


socket.socket.connect, socket.getaddrinfo = _only_here, _found_here
"""

EVENING = """
import time

from loadbearing import cases, readings, simulate

_began = time.perf_counter()
_run = simulate(cases.get("slow_door"), seed=1, progress=False)
print(f"{readings.came(_run):,} listeners in {time.perf_counter() - _began:.1f} s")
"""


def rehearse(lab: str, evening: str = EVENING) -> str:
    """Run this source of a lab and then an evening in a fresh kernel without the internet; return its last line.

    What goes wrong in the kernel raises nbclient's `CellExecutionError`.
    """
    cells = [nbformat.v4.new_code_cell(source) for source in (OFFLINE, lab, evening)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=PATIENCE_S, kernel_name="python3").execute(cwd=str(ROOT))
    said = [one["text"] for one in notebook.cells[-1].outputs if one.output_type == "stream"]
    return "".join(said).strip().splitlines()[-1]


def main() -> int:
    """Rehearse unit 01's lab and say how it went."""
    try:
        code = [c for c in nbformat.read(ROOT / LAB, 4).cells if c.cell_type == "code"]
        print(rehearse(code[0].source))
    except Exception as slip:  # whatever it is, a facilitator wants one line
        print(str(slip).strip().splitlines()[-1])
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
