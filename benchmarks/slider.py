#!/usr/bin/env python3
"""How soon the picture follows the slider: `python3 benchmarks/slider.py`, with `--write` the tables go into slider.md.

A real JupyterLab serves the first lab to a real Chromium without a window. The slider is dragged with the mouse, moved
by keys, and let go. The clock starts when the browser sees the input event and stops when the frame with the decoded
picture of that position, or of a later one, has been painted; after each the pixels are read back, and must have
changed. Between the two, browser and kernel note when they did what. Two minutes.
"""

import argparse
import contextlib
import datetime
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from authoring import jupyter
from authoring.set_up import ROOT
from benchmarks import slider_page

RESULTS = ROOT / "benchmarks" / "slider.json"
LAB = "notebooks/01_the_evening.ipynb"
SHOWN = ".jp-MainAreaWidget:not(.lm-mod-hidden) .lb-lab"
WINDOW = {"width": 1280, "height": 900}
WITHOUT_A_WINDOW = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SERVE = (
    "import sys; from pathlib import Path; from authoring import jupyter;"
    "jupyter.serve(Path(sys.executable), jupyter.read_options(sys.argv[1:]))"
)
DRAGS, MOVES_A_DRAG, BETWEEN_MS = 4, 40, 25
KEYS, APART_MS = 40, 350
RELEASES = 5
"""Drags, mouse moves in each and the pause between them; keys, and the pause that lets each picture come; releases."""

NOTE = """lab => {
  window.asked = []; window.painted = [];
  const slider = lab.querySelector('.lb-knob input[type=range]');
  const canvas = lab.querySelector('canvas.lb-picture');
  const now = () => performance.timeOrigin + performance.now();
  const hash = () => {
    const held = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    let sum = 0;
    for (let at = 1; at < held.length; at += 4) sum = (31 * sum + held[at]) | 0;
    return sum;
  };
  let last = hash();
  slider.addEventListener('input', event =>
    window.asked.push(performance.timeOrigin + event.timeStamp), true);
  lab.addEventListener('lb-painted', event => {
    const fresh = hash();
    window.painted.push({...event.detail, changed: fresh !== last, noted: now()});
    last = fresh;
  });
}"""


@contextlib.contextmanager
def served(made=lambda course: LAB):
    """A copy of the course, served to nobody else; gives the address of the first lab, or of the page `made` in it."""
    with tempfile.TemporaryDirectory() as place:
        course = Path(place, "course")
        for name in ("authoring", "lab", "notebooks", "exercises", "solutions"):
            shutil.copytree(ROOT / name, course / name)
        shutil.copy(ROOT / "course.toml", course)
        words = ["-c", SERVE, made(course), "--no-browser", "--port", str(jupyter.free_port())]
        surroundings = os.environ | {"HOME": place, "LOADBEARING_MY_WORK": str(course / "my_work")}
        child = subprocess.Popen(
            [sys.executable, *words], cwd=course, env=surroundings, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            yield next(line.strip() for line in child.stdout if "token=" in line)
        finally:
            child.terminate()
            child.communicate(timeout=30)


def say(text):
    """Print one line of progress."""
    print(text, file=sys.stderr, flush=True)


class Bench:
    """The first lab in a browser, its knobs unlocked."""

    def __init__(self, page):
        self.page, self.lab = page, page.locator(SHOWN)
        self.lab.wait_for(timeout=180_000)
        self.settled()
        self.lab.get_by_role("button", name="Just let me play").click()
        self.slider = self.lab.locator(".lb-knob input[type=range]").first
        page.wait_for_function("slider => !slider.disabled", arg=self.slider.element_handle())
        self.settled()
        self.lab.evaluate(NOTE)

    def settled(self):
        """Wait until nothing runs any more."""
        self.page.wait_for_timeout(600)
        self.page.wait_for_function(
            "lab => !lab.querySelector('.lb-busy').textContent", arg=self.lab.element_handle(),
            timeout=120_000,
        )  # fmt: skip
        self.page.wait_for_timeout(300)

    def forget(self):
        """Begin a new series."""
        self.page.evaluate("() => { window.asked = []; window.painted = []; }")

    def noted(self):
        """Return (moments of input, pictures painted) since the series began, in milliseconds."""
        return self.page.evaluate("() => [window.asked, window.painted]")

    def drag(self, least, most):
        """Drag the slider from one share of its width to another and half the way back, and let it go."""
        self.slider.scroll_into_view_if_needed()
        box = self.slider.bounding_box()
        high = box["y"] + box["height"] / 2
        mouse = self.page.mouse
        mouse.move(box["x"] + least * box["width"], high)
        mouse.down()
        for at in range(MOVES_A_DRAG):
            there = 1 - abs(1 - 1.5 * (at + 1) / MOVES_A_DRAG)
            mouse.move(box["x"] + (least + (most - least) * there) * box["width"], high)
            self.page.wait_for_timeout(BETWEEN_MS)
        self.page.wait_for_timeout(300)
        mouse.up()


def waits(asked, painted):
    """Return, for each input in order, milliseconds until a picture of it or of a later one was painted."""
    done = sorted((one["began"], one["painted"]) for one in painted)
    found = []
    for moment in asked:
        later = [at for began, at in done if began >= moment - 0.5]
        if later:
            found.append(min(later) - moment)
    return found


def measure(browser):
    """Return the results of every series."""
    with served() as address:
        page = browser.new_page(viewport=WINDOW)
        page.goto(address)
        say("The lab opens.")
        bench = Bench(page)
        say(f"The slider is dragged {DRAGS} times.")
        results = {"drag": [], "pictures": [], "full_s": []}
        for _ in range(DRAGS):
            bench.settled()
            bench.forget()
            bench.drag(0.3, 0.95)
            asked, painted = bench.noted()
            results["drag"] += waits(asked, painted)
            results["pictures"] += painted
        say(f"The slider is let go {RELEASES} times.")
        results["full_s"] = [released(bench, at) for at in range(RELEASES)]
        say(f"{KEYS} keys are pressed.")
        results["keys"] = by_keys(bench, results["pictures"])
        page.close(run_before_unload=True)
        return results


def by_keys(bench, pictures):
    """Press keys one at a time, each after the picture of the last; return the waits."""
    bench.slider.focus()
    bench.forget()
    for at in range(KEYS):
        bench.page.keyboard.press("ArrowRight" if at % 20 < 10 else "ArrowLeft")
        bench.page.wait_for_timeout(APART_MS)
    asked, painted = bench.noted()
    pictures += painted
    bench.settled()
    return waits(asked, painted)


def released(bench, at):
    """Drag a little, let go, and return the seconds until the full crowd is on show."""
    bench.settled()
    bench.forget()
    bench.drag(0.3, 0.5 + 0.05 * at)
    return bench.page.evaluate(
        """async lab => {
          const began = performance.now();
          while (lab.querySelector('.lb-caption').textContent.includes('preview')) {
            if (performance.now() - began > 60000) return 60;
            await new Promise(requestAnimationFrame);
          }
          return (performance.now() - began) / 1000;
        }""",
        bench.lab.element_handle(),
    )


def parts(one):
    """Return where the time of one picture went, in milliseconds."""
    took = {name: 1000 * seconds for name, seconds in one["took"].items()}
    kernel = one["told"] - one["heard"]
    return {
        "wait in the browser": one["sent"] - one["began"],
        "transport, there": one["heard"] - one["sent"],
        "choose the room": took["choose"],
        "simulate": took["simulate"],
        "bin": took["bin"],
        "draw": took["draw"],
        "encode": took["encode"],
        "all else in the kernel": kernel - sum(took.values()),
        "transport, back": one["received"] - one["told"],
        "decode": one["decoded"] - one["received"],
        "paint": one["painted"] - one["decoded"],
    }


def series(values):
    """Return number, least, median, 95th percentile and most of some values."""
    ordered = sorted(values)
    last = min(len(ordered) - 1, int(0.95 * len(ordered)))
    return dict(
        number=len(ordered), least=ordered[0], median=statistics.median(ordered), p95=ordered[last],
        most=ordered[-1],
    )  # fmt: skip


def told(results, load):
    """Return the results as they are kept; `load`: how many programs wanted a core before it began."""
    pictures = [one for one in results["pictures"] if one.get("took")]
    each = [parts(one) for one in pictures]
    return dict(
        date=datetime.date.today().isoformat(),
        load=load,
        drag=series(results["drag"]),
        keys=series(results["keys"]),
        full_s=series(results["full_s"]),
        pictures=len(pictures),
        changed=sum(one["changed"] for one in pictures),
        parts={name: series([one[name] for one in each]) for name in each[0]},
    )


def main():
    """Measure, print the tables, and with --write put them on the page."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--write", action="store_true", help="put the tables into slider.md")
    asked.add_argument("--browser", default=os.environ.get("LOADBEARING_BROWSER", "chromium"))
    chosen = asked.parse_args()
    from playwright.sync_api import sync_playwright

    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which(chosen.browser), args=WITHOUT_A_WINDOW
        )
        results = told(measure(browser), load)
        browser.close()
    print(slider_page.tables(results))
    if chosen.write:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        page = RESULTS.with_name("slider.md")
        page.write_text(
            slider_page.filled(page.read_text(encoding="utf-8"), results), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
