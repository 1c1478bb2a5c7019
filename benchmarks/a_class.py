#!/usr/bin/env python3
"""The class of ninety minutes at the machine: `python3 benchmarks/a_class.py`, with `--write` into a_class.json.

Makes the pages of `course.py room`, opens them in a real JupyterLab in a real Chromium, and does step by step what
`workshop/90min.md` tells a facilitator to do there: hands typed, evenings run, buttons pressed, knobs set. A mouse
without a hand is quick, so the seconds of a step are those for which a room waits for the computer. Three minutes.
"""

import argparse
import datetime
import functools
import json
import os
import re
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from authoring import for_a_room, plans
from authoring.set_up import ROOT
from benchmarks import slider

RESULTS = ROOT / "benchmarks" / "a_class.json"
PLAN = "workshop/90min.md"
OPENING = "Before the class: open the three pages"
WINDOW = {"width": 1280, "height": 800}
SHOWN = ".jp-MainAreaWidget:not(.lm-mod-hidden) "
LONGEST_MS = 180_000
HANDS = ((14, 9, 7), (3, 4, 23))
"""Thirty hands before a run, and after it."""


class Room:
    """A facilitator at the machine: one tab for each page, and a count of all that is clicked or typed.

    `keep`: called with a name whenever there is something to look at.
    """

    def __init__(self, page, keep=lambda name: None):
        self.page, self.keep, self.acts = page, keep, 0

    def find(self, kind, at=0):
        """The question in large type (`lb-room`) or the lab (`lb-lab`) number `at` of the page in front."""
        found = self.page.locator(f"{SHOWN}.{kind}").nth(at)
        found.wait_for(timeout=LONGEST_MS)
        return found

    def next(self):
        """Press the black button at the end of the page in front, and wait for the page that it opens."""
        before = self.page.url
        self._click(self.page.locator(f'{SHOWN}a[title="Next"]'))
        self.page.wait_for_url(lambda url: url != before)
        self.rests()

    def tab(self, name):
        """Bring a page to the front by its tab."""
        self._click(self.page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text=name))

    def rests(self, at=0):
        """Wait until a lab has nothing left to run: no busy sign, and no preview where the full crowd is to come."""
        lab = self.find("lb-lab", at)
        self.page.wait_for_timeout(600)
        preview = "lab => !lab.querySelector('.lb-caption')?.textContent.includes('preview')"
        self._until(lab, preview)
        self._until(
            lab, "lab => [...lab.querySelectorAll('.lb-busy')].every(one => !one.textContent)"
        )

    def hands(self, counts, after=False, at=0):
        """Type the hands of a question; return whether it and the button below are in sight together."""
        room = self.find("lb-room", at)
        boxes = room.locator(f".lb-room-{'after' if after else 'before'} input")
        for place, count in enumerate(counts):
            boxes.nth(place).fill(str(count))
            boxes.nth(place).press("Tab")
            self.acts += 1
        told = "(room, hands) => room.textContent.includes(hands)"
        self._until(room, told, str(counts[-1]))
        self.see(room, f"hands_{'after' if after else 'before'}")
        return self.in_sight(room.get_by_role("button", name=re.compile("Run"))) and self.in_sight(
            room.locator(".lb-question").first
        )

    def in_sight(self, what):
        """Whether all of something stands on the screen, with nothing over it."""
        return what.evaluate(
            """one => {
              const box = one.getBoundingClientRect();
              const at = (x, y) => one.contains(document.elementFromPoint(x, y));
              return at(box.left + 2, box.top + 2) && at(box.right - 2, box.bottom - 2);
            }"""
        )

    def run(self, at=0):
        """Run the evening of a question; return what the screen says of it."""
        room = self.find("lb-room", at)
        self._click(room.get_by_role("button", name="Run the evening"))
        self._until(room, "room => room.textContent.includes('The runs say')")
        self.see(room, "run")
        return room.locator(".lb-room-told").inner_text()

    def press(self, button, at=0):
        """Press a button of a lab and wait for what follows; return its numbers."""
        lab = self.find("lb-lab", at)
        pressed = lab.get_by_role("button", name=button, exact=True)
        names_an_evening = pressed.evaluate("one => one.closest('.widget-toggle-buttons') !== null")
        self._click(pressed)
        if names_an_evening:
            # A busy page is slow to hear of a press: until then the picture before looks as if it were at rest.
            shows = "(lab, evening) => lab.querySelector('.lb-screen canvas').dataset.shows.startsWith(evening)"
            self._until(lab, shows, button)
        return self.numbers(lab, button, at)

    def put_back(self, at=0):
        """Put the knobs of a lab back, and wait until none of them is turned."""
        self.press("Put the knobs back", at)
        lab = self.find("lb-lab", at)
        self._until(
            lab, "lab => !lab.querySelector('.lb-screen canvas').dataset.shows.includes(' at ')"
        )
        self.rests(at)

    def turn(self, knob, per_cent, at=0):
        """Type how a knob of a lab shall stand and wait for the full crowd; return its numbers."""
        lab = self.find("lb-lab", at)
        box = lab.get_by_label(f"{knob}, per cent", exact=True)
        box.fill(str(per_cent))
        box.press("Enter")
        self.acts += 1
        told = "(lab, at) => lab.querySelector('.lb-caption').textContent.includes(at)"
        self._until(lab, told, f" at {per_cent} %")
        return self.numbers(lab, f"{knob} {per_cent}", at)

    def numbers(self, lab, name, at):
        """The numbers under the picture of a lab, once it rests."""
        self.rests(at)
        self.see(lab, name)
        return lab.locator(".lb-cards").first.inner_text()

    def see(self, what, name):
        """Bring something to the top of the screen and keep how it looks."""
        what.evaluate("one => one.scrollIntoView()")
        self.page.wait_for_timeout(300)
        self.keep(re.sub(r"\W+", "_", name.lower()))

    def _click(self, button):
        button.scroll_into_view_if_needed(timeout=LONGEST_MS)
        button.click(timeout=LONGEST_MS)
        self.acts += 1

    def _until(self, what, true, *more):
        handle = what.element_handle()
        self.page.wait_for_function(
            f"([one, ...more]) => ({true})(one, ...more)", arg=[handle, *more], timeout=LONGEST_MS
        )


# --- the steps of the plan -----------------------------------------------------------------------


def open_the_pages(room):
    """Each page in a tab of its own, as it stands when the class begins."""
    room.rests()
    room.page.keyboard.press("Control+b")
    room.acts += 1
    room.see(room.find("lb-room"), "opened")
    room.next()
    room.next()
    room.rests(1)
    room.tab("room_01")


def look_then_hands(room):
    """The crowd moves once; then the first hands."""
    room.see(room.find("lb-lab"), "crowd")
    return [room.hands(HANDS[0])]


def run_then_hands(room):
    """The run, and the second hands."""
    said = room.run()
    room.hands(HANDS[1], after=True)
    return [said]


def four_buttons_two_knobs(room):
    """Four evenings that pass the published counts, and one knob on two of them."""
    seen = [room.press("Just let me play")]
    for evening in ("The slow door", "The retry flood", "Capacity lost", "The late crowd"):
        seen.append(room.press(evening))
    for evening in ("The retry flood", "The slow door"):
        seen += [room.press(evening), room.turn("Queue limit", 25)]
        room.put_back()
    return seen


def tab_then_hands(room, name):
    """On to the page whose turn it is; then hands."""
    room.tab(name)
    return [room.hands(HANDS[0])]


def one_thing(room):
    """Twice the handlers, then a twentieth of the queue, at fourteen past eight."""
    room.press("Just let me play")
    seen = [room.press("Ten bad seconds")]
    seen.append(room.turn("Handlers, from 20:14 on", 200))
    room.put_back()
    return [*seen, room.turn("Queue limit, from 20:14 on", 5)]


def two_queues(room):
    """The second question of the page, and both of its evenings."""
    seen = [room.hands(HANDS[0], at=1), room.run(at=1)]
    room.press("Just let me play", at=1)
    return seen + [room.press(event, at=1) for event in ("Tuesday's event", "Friday's event")]


STEPS = {
    OPENING: open_the_pages,
    "The evening: look, then hands": look_then_hands,
    "The evening: run, then hands again": run_then_hands,
    "The evening: four buttons, two knobs": four_buttons_two_knobs,
    "The flood: look, then hands": functools.partial(tab_then_hands, name="room_04"),
    "The flood: run, then hands again": run_then_hands,
    "The flood: you may do one thing": one_thing,
    "The queue: look, then hands": functools.partial(tab_then_hands, name="room_05"),
    "The queue: run, then hands again": run_then_hands,
    "The queue: two queues": two_queues,
}
"""What is done at the machine, by the step of the plan, in its order."""


def walk(page, keep=lambda name: None):
    """Do every step on a page that opens the first room; return for each its step, seconds, acts, and what was seen."""
    room, walked = Room(page), []
    for number, (title, do) in enumerate(STEPS.items()):
        room.acts, began = 0, time.monotonic()
        room.keep = lambda name, number=number: keep(f"{number:02d}_{name}")
        seen = do(room) or []
        took = time.monotonic() - began
        walked.append({"step": title, "seconds": round(took), "acts": room.acts, "seen": seen})
    return walked


# --- measured ------------------------------------------------------------------------------------


def minutes_of_the_plan():
    """The minutes that the plan gives each of its steps."""
    text = (ROOT / PLAN).read_text(encoding="utf-8")
    return {title: minutes for _, title, minutes in plans.steps(text)}


def measure(browser, address):
    """Walk through the class once and return what a page says of it."""
    page = browser.new_page(viewport=WINDOW)
    page.goto(address)
    walked = walk(page)
    page.close(run_before_unload=True)
    given = minutes_of_the_plan()
    for one in walked:
        slider.say(f"{one['step']:<40} {one['seconds']:>4} s {one['acts']:>3} clicks or entries")
        one.pop("seen")
        one["minutes"] = given.get(one["step"])
    return {
        "date": datetime.date.today().isoformat(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "steps": walked,
    }


def served():
    """The first page for a room in a copy of the course, served to nobody else."""
    return slider.served(lambda course: for_a_room.pages(root=course)[0])


def main():
    """Walk, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="keep the times in a_class.json")
    parser.add_argument("--browser", default=os.environ.get("LOADBEARING_BROWSER", "chromium"))
    chosen = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with served() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which(chosen.browser), args=slider.WITHOUT_A_WINDOW
        )
        found = measure(browser, address)
        browser.close()
    if chosen.write:
        RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
