"""Record whole rehearsals on this computer: `python -m authoring.record_rehearsals [FIRST [LAST]]`.

Each is another crowd (seeds FIRST to LAST, 1 to 10 unless said) at the same real door: tests, forecast, evening. They
stand in `src/loadbearing/live/recorded/`, with machine and date; one from the middle is shown to whoever cannot open a
port (`real_server.SHIPPED`), and all of them together show how often the forecast holds. Nothing is
chosen: a rehearsal on which the computer kept its schedule is kept whatever came of it. About two
minutes each; leave the computer alone meanwhile.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from loadbearing import live
from loadbearing.labs import real_server
from loadbearing.live.rehearsal import Rehearsal, TooSlow
from loadbearing.live.rehearsed import Rehearsed

FOLDER = Path(live.__file__).with_name("recorded")
FIRST, LAST = 1, 10


def record(seed: int, to: Path) -> str:
    """Rehearse with the crowd of this seed and write it to one file; return what came of it in a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        rehearsal = Rehearsal(real_server.plan(seed), folder)
        rehearsal.tests()
        rehearsal.ramp()
        Rehearsed.read(folder).foresee()
        rehearsal.surge()
        found = Rehearsed.read(folder)
        found.run.audit()
        found.pack(to)
        return found.compared().rows[0].said


def main(words: list[str]) -> int:
    """Record all seeds from the first to the last that was named."""
    first, last = (int(one) for one in (words + [FIRST, LAST][len(words) :]))
    FOLDER.mkdir(exist_ok=True)
    for seed in range(first, last + 1):
        try:
            print(f"{seed}: {record(seed, FOLDER / f'{seed:02d}.zip')}", flush=True)
        except TooSlow as slow:
            print(f"{seed}: not recorded. {slow}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
