#!/usr/bin/env python3
"""How smoothly the crowd moves: `python3 benchmarks/crowd.py`, and `--write` to keep the figures in crowd.json.

A flood of 1.6 million is simulated, two thousand of whom are followed; its page is opened from a file in a headless
Chromium and played at each speed from the busiest minutes on. Two things are measured for each frame: how long the
script works on it, and how long after the last one it comes (the browser aims at 60 a second). Beside that: how long
Python takes to build and pack the data, and how large they are. About two minutes.

These figures are reports, not tests: no test of this course looks at a clock.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import sync_playwright

from benchmarks.engine import load, processor
from loadbearing import cases, replay, simulate
from loadbearing.replay.widget import SPEEDS

RESULTS = Path(__file__).resolve().parent / "crowd.json"
CASE, FOLLOWED = "retry_flood", 2_000
FROM_S = 1_800.0
SECONDS = 8
WIDTHS = (1100, 400)
QUIET = ["--no-sandbox", "--disable-gpu"]
WATCH = """() => {
  const real = window.requestAnimationFrame.bind(window);
  window.frames_seen = [];
  window.requestAnimationFrame = (act) => real((now) => {
    const began = performance.now();
    act(now);
    window.frames_seen.push([now, performance.now() - began]);
  });
}"""


def built(run, times=20):
    """Return milliseconds of building and packing the data of a run, and how many bytes they are."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        packed = replay.crowd_of(run).packed()
        took.append(1000 * (time.perf_counter() - began))
    return dict(median_ms=statistics.median(took), slowest_ms=max(took), bytes=len(packed))


def summed_up(frames):
    """Return median and 95th percentile, in milliseconds, of the work on a frame and of the time between frames."""
    work = sorted(one[1] for one in frames)
    between = sorted(later[0] - one[0] for one, later in zip(frames, frames[1:], strict=False))
    return dict(
        frames=len(frames),
        work_median_ms=statistics.median(work),
        work_p95_ms=work[int(0.95 * len(work))],
        between_median_ms=statistics.median(between),
        between_p95_ms=between[int(0.95 * len(between))],
        a_second=1000 / statistics.mean(between),
    )


def played(page, speed, seconds):
    """Return the frames of some seconds of playing at one speed."""
    page.get_by_role("button", name=f"{speed} times as fast", exact=False).click()
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(500)
    page.evaluate("() => { window.frames_seen.length = 0; }")
    page.wait_for_timeout(1000 * seconds)
    frames = page.evaluate("frames_seen")
    page.get_by_role("button", name="Pause").click()
    return frames


def measured(browser, seconds=SECONDS):
    """Simulate, open the page and play it; return the results as plain dictionaries."""
    run = simulate(cases.get(CASE), 1, sample=FOLLOWED)
    results = dict(
        processor=processor(),
        load=load(),
        listeners=len(run.listeners),
        dots=len(replay.crowd_of(run).numbers),
        data=built(run),
        played=[],
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "crowd.html"
        path.write_text(replay.page(run, frozen_at_s=FROM_S), encoding="utf-8")
        results["page_bytes"] = path.stat().st_size
        chromium = driver.chromium.launch(executable_path=browser, args=QUIET)
        for width in WIDTHS:
            for speed in SPEEDS:
                page = chromium.new_page(viewport={"width": width, "height": 860})
                page.add_init_script(f"({WATCH})()")
                page.goto(path.as_uri())
                page.locator('.lb-crowd[data-moving="false"]').wait_for()
                frames = played(page, speed, seconds)
                results["played"].append(dict(width=width, speed=speed, **summed_up(frames)))
                print(line(results["played"][-1]), flush=True)
                page.close()
        chromium.close()
    return results


def line(one):
    """Return one row of results as a sentence."""
    return (
        f"{one['width']} px, {one['speed']} times: {one['a_second']:.0f} frames a second; work on a frame "
        f"{one['work_median_ms']:.1f} ms, p95 {one['work_p95_ms']:.1f} ms; between frames "
        f"{one['between_median_ms']:.1f} ms, p95 {one['between_p95_ms']:.1f} ms"
    )


def main(words):
    """Measure, print, and keep the figures if asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="keep the figures in crowd.json")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="path of a Chromium")
    chosen = parser.parse_args(words)
    results = measured(chosen.browser)
    data = results["data"]
    print(
        f"{results['dots']:,} dots of {results['listeners']:,} listeners: built and packed in "
        f"{data['median_ms']:.1f} ms (slowest {data['slowest_ms']:.1f}), {data['bytes']:,} bytes; "
        f"page {results['page_bytes']:,} bytes"
    )
    if chosen.write:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
