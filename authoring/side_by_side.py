"""Runs of pytest side by side, each into a log of its own, and told as they go in one window.

Standard library only. A line of progress appears when it is whole, with the number of its job
before it; failures, warnings and the summary of a job appear in one piece when it has ended.
"""

import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from authoring.set_up import ROOT, environment

LOOK_S, SILENCE_S = 0.2, 60.0
ALONE_S, ASKED_S, TOLD_S = 5.0, 15.0, 5.0
"""After Ctrl+C a program may end by itself for so long, then after being asked, then after being told."""
GIVES_WAY = 5


@dataclass
class Job:
    """One program: its title, command, own variables and log; one that `gives_way` lets others go first."""

    title: str
    command: list
    surroundings: dict[str, str]
    log: Path
    gives_way: bool = False


@dataclass
class Running:
    """A job under way: its number and process, and what of its log was not told yet."""

    number: int
    job: Job
    process: subprocess.Popen
    read: int = 0
    begun: str = ""
    held: list[str] = field(default_factory=list)

    def news(self) -> list[str]:
        """The whole lines of progress since the last look; from the first heading after them on, all is held."""
        with self.job.log.open("rb") as log:
            log.seek(self.read)
            fresh = log.read()
        whole, newline, rest = fresh.rpartition(b"\n")
        self.read += len(whole) + len(newline)
        self.begun = rest.decode("utf-8", "replace")
        progress = []
        for line in whole.decode("utf-8", "replace").splitlines():
            if "test session starts" in line or line.startswith("collected "):
                continue
            if self.held or line.startswith(("=", "-")):
                self.held.append(line)
            elif line.strip():
                progress.append(line)
        return progress


def most_at_once() -> int:
    """How many run side by side here: two, or one where this program may use one core only."""
    usable = getattr(os, "sched_getaffinity", None)
    return min(2, len(usable(0)) if usable else os.cpu_count() or 1)


def run_all(jobs: list[Job], at_once: int) -> list[int]:
    """Run jobs in their order, so many at a time, the next when one ends; return their exit codes in that order.

    Ctrl+C ends those under way, each by its own id, and goes on to the caller as `KeyboardInterrupt`.
    """
    waiting, under_way, codes = list(enumerate(jobs, start=1)), [], {}
    spoke = time.monotonic()
    try:
        while waiting or under_way:
            while waiting and len(under_way) < at_once:
                number, job = waiting.pop(0)
                print(f"\n=== {number} of {len(jobs)} begins: {job.title}", flush=True)
                under_way.append(begin(number, job))
            time.sleep(LOOK_S)
            ended = [one for one in under_way if one.process.poll() is not None]
            news = [tell(one) for one in under_way]
            if any(news):
                spoke = time.monotonic()
            elif time.monotonic() - spoke > SILENCE_S:
                spoke = time.monotonic()
                for one in under_way:
                    print(f"{one.number} | {one.begun or '...'} (still at it)", flush=True)
            for one in ended:
                under_way.remove(one)
                codes[one.number] = one.process.returncode
                print(f"\n=== {one.number} of {len(jobs)} ended: {one.job.title}")
                print("\n".join([*one.held, one.begun]), flush=True)
    finally:
        end([one.process for one in under_way])
    return [codes[number] for number in sorted(codes)]


def begin(number: int, job: Job) -> Running:
    """Start one job, its output into its log."""
    with job.log.open("wb") as log:
        process = subprocess.Popen(
            job.command,
            cwd=ROOT,
            env=environment() | job.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    if job.gives_way and hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, process.pid, GIVES_WAY)
    return Running(number, job, process)


def tell(one: Running) -> bool:
    """Print the news of a job; return whether there were any."""
    progress = one.news()
    for line in progress:
        print(f"{one.number} | {line}", flush=True)
    return bool(progress)


def end(processes: list[subprocess.Popen]) -> None:
    """Let programs end that heard Ctrl+C too, so that browsers and servers are put away; then end what is left."""
    steps = ((lambda _: None, ALONE_S), (ask, ASKED_S), (subprocess.Popen.terminate, TOLD_S))
    try:
        for act, seconds in steps:
            left = [one for one in processes if one.poll() is None]
            for one in left:
                act(one)
            until = time.monotonic() + seconds
            while any(one.poll() is None for one in left) and time.monotonic() < until:
                time.sleep(LOOK_S / 4)
    finally:
        for one in processes:
            if one.poll() is None:
                one.kill()
            one.wait()


def ask(process: subprocess.Popen) -> None:
    """Ask one program to end as Ctrl+C in its window would."""
    if os.name == "nt":
        process.terminate()
    else:
        process.send_signal(signal.SIGINT)
