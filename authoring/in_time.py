"""A few seconds of the real server and its visitors: `python -m authoring.in_time` says whether they keep time here.

One line; exit code 1 if the server cannot be started here, or if the visitors come too late for their numbers to be
about the server.
"""

import sys
import tempfile

from loadbearing import cases
from loadbearing.live import measured
from loadbearing.live.process import ProcessError
from loadbearing.live.rehearsal import Plan, Rehearsal, TooSlow
from loadbearing.units import duration

SHORT = {"at_the_start": 300, "gathering_s": 1.0, "ends_s": 5}
"""The small door for five seconds, with fewer people, as dense as on its own evening."""


def main() -> int:
    """Play those seconds and say how late the latest visitors in a hundred were."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(cases.build("the_small_door", SHORT), (), {})
        try:
            Rehearsal(plan, folder).surge()
            late_s = measured.read(f"{folder}/surge").lateness["late_p99_s"]
        except (ProcessError, TooSlow, OSError, ValueError) as slip:
            print(" ".join(str(slip).split()))
            return 1
    print(
        f"it runs here, and 99 in 100 of its visitors come within {duration(late_s)} of their time"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
