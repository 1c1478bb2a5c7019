"""The moving crowd in a real browser: in a page of its own, opened from a file, and in a real JupyterLab."""

import base64
import re
import shutil

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from loadbearing import Weather, cases, replay, simulate
from loadbearing.labs import look
from loadbearing.replay import Place, crowd_of, story
from loadbearing.replay.static import LOOK, SCRIPT
from loadbearing.units import clock
from tests.test_lab import QUIET, ROOT, is_outside, rgb, served, shot

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLAY, PAUSE = "Play", "Pause"
SETTLED = '.lb-crowd[data-moving="false"]'
PIXELS = "canvas => canvas.toDataURL()"
FIND = """(canvas, colour) => {
  const pen = canvas.getContext("2d"), scale = canvas.width / canvas.clientWidth;
  const { data, width } = pen.getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) {
    if (colour.every((value, index) => Math.abs(data[at + index] - value) < 6)) {
      return [((at / 4) % width) / scale, Math.floor(at / 4 / width) / scale];
    }
  }
}"""
GREEN = [0, 158, 115]


def flood(scale=1 / 40, **changes):
    scenario = cases.get("retry_flood").changed({"weather": Weather.calm(), **changes})
    return simulate(scenario.scaled(scale), 1, engine="compiled", sample=2_000)


@pytest.fixture(scope="module")
def run():
    return flood()


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=chromium, args=QUIET)


@pytest.fixture
def opened(browser, run, tmp_path):
    """Open the page of the run from a file; whatever goes wrong in it, or leaves this computer, fails the test."""
    wrong, contexts = [], []

    def open_page(width=1100, height=800, html=None, **asked):
        held = {name: asked.pop(name) for name in ("intro_s", "frozen_at_s") if name in asked}
        path = tmp_path / f"crowd_{len(contexts)}.html"
        path.write_text(html or replay.page(run, **held), encoding="utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **asked))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda one: wrong.append(one.url) if left(one.url) else None)
        page.goto(path.as_uri())
        page.locator(".lb-crowd-scene").first.wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def left(url):
    return is_outside(url) and not url.startswith("file:")


def wall_clock(page):
    return page.locator(".lb-crowd-clock").first.inner_text()


def at_rest(page):
    page.locator(SETTLED).first.wait_for(timeout=15_000)


def full_clock(at_s):
    text = clock(at_s)
    return text if text.count(":") == 2 else f"{text}:00"


# --- in a page of its own ---------------------------------------------------------------------------------

IMPORTED = """async ([script, packed]) => {
  const lines = new Blob([script], { type: "text/javascript" });
  window.crowdModule = await import(URL.createObjectURL(lines));
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  window.crowdData = new DataView(bytes.buffer);
  window.crowdRead = window.crowdModule.unpack(window.crowdData);
}"""


def imported(page, run, each=1.0):
    packed = base64.b64encode(crowd_of(run, each).packed()).decode()
    page.evaluate(IMPORTED, [SCRIPT.read_text(encoding="utf-8"), packed])


def test_the_browser_reads_the_same_places_counts_and_words(opened, run):
    page, crowd = opened(), crowd_of(run, 37.4)
    imported(page, run, 37.4)
    for at_s in (
        -1_300,
        -1_200,
        -1_199.5,
        0,
        29.25,
        30,
        600.125,
        1_800,
        2_520.75,
        7_199.5,
        7_200,
        9_999,
    ):
        read = page.evaluate(
            "at => [crowdModule.placesAt(crowdRead, at), crowdModule.sentence(crowdRead, at),"
            " crowdModule.clock(crowdRead, at, true),"
            " Object.keys(crowdRead.counts).map(name => [name, crowdModule.countAt(crowdRead, name, at)])]",
            at_s,
        )
        assert read[0] == crowd.places(at_s).tolist(), f"at {at_s}"
        assert read[1] == crowd.sentence(at_s)
        assert read[2] == full_clock(at_s // 1)
        assert dict(read[3]) == {name: crowd.count(name, at_s) for name in crowd.counts}


def test_it_opens_frozen_and_play_moves_the_crowd_and_pause_stops_it(opened):
    page = opened()
    at_rest(page)
    scene = page.locator(".lb-crowd-scene")
    assert wall_clock(page) == "20:00:30"
    page.screenshot(path=shot("crowd_page"))
    frozen = scene.evaluate(PIXELS)
    page.wait_for_timeout(500)
    assert scene.evaluate(PIXELS) == frozen and wall_clock(page) == "20:00:30"
    page.get_by_role("button", name="60 times as fast").click()
    page.get_by_role("button", name=PLAY).click()
    page.wait_for_timeout(2_000)
    moving, later = scene.evaluate(PIXELS), wall_clock(page)
    assert moving != frozen and later > "20:00:30"
    page.wait_for_timeout(400)
    assert scene.evaluate(PIXELS) != moving
    page.screenshot(path=shot("crowd_page_playing"))
    page.get_by_role("button", name=PAUSE).click()
    at_rest(page)
    stopped, time = scene.evaluate(PIXELS), wall_clock(page)
    page.wait_for_timeout(500)
    assert scene.evaluate(PIXELS) == stopped and wall_clock(page) == time


def test_ten_seconds_are_played_once_up_to_the_freeze(opened):
    page = opened(intro_s=3)
    assert "20:00:27" <= wall_clock(page) <= "20:00:29"
    assert page.get_by_role("button", name=PAUSE).is_visible()
    page.get_by_role("button", name=PLAY).wait_for(timeout=15_000)
    at_rest(page)
    assert wall_clock(page) == "20:00:30"
    page.wait_for_timeout(800)
    assert wall_clock(page) == "20:00:30"


def test_the_evening_is_scrubbed_by_dragging_and_by_keys_and_heard(opened, run):
    page, crowd = opened(), crowd_of(run)
    slider = page.get_by_role("slider", name="Time of the evening")
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] - 40, steps=6)
    dragged = slider.get_attribute("aria-valuenow")
    page.mouse.up()
    assert abs(int(dragged) - (-1_200 + 0.6 * 8_400)) <= 20
    page.mouse.move(box["x"] + 5, box["y"] + 20)
    at_rest(page)
    assert slider.get_attribute("aria-valuenow") == dragged, (
        "the time moved after the button was let go"
    )
    page.screenshot(path=shot("crowd_page_scrubbed"))
    slider.press("Home")
    at_rest(page)
    assert wall_clock(page) == "19:40:00"
    for key, expected in (
        ("ArrowRight", "19:40:01"), ("ArrowUp", "19:40:02"), ("ArrowLeft", "19:40:01"), ("ArrowDown", "19:40:00"),
        ("Shift+ArrowRight", "19:40:10"), ("PageUp", "19:41:10"), ("PageDown", "19:40:10"), ("End", "22:00:00"),
        ("ArrowRight", "22:00:00"),
    ):  # fmt: skip
        slider.press(key)
        at_rest(page)
        assert wall_clock(page) == expected, key
        assert slider.get_attribute("aria-valuetext") == expected
    heard = page.locator("[role=status]").inner_text()
    assert heard == crowd.sentence(7_200) == page.locator("canvas").get_attribute("aria-label")


def test_space_plays_and_pauses_and_everything_has_a_name_and_can_be_reached_by_tab(opened):
    page = opened()
    names = []
    for _ in range(9):
        page.keyboard.press("Tab")
        names.append(page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
        ))  # fmt: skip
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px", f"{names[-1]} shows no focus"
    assert names == [
        "Time of the evening", "Play", "1 times as fast as the evening", "10 times as fast as the evening",
        "60 times as fast as the evening", "300 times as fast as the evening", "Previous listener",
        "Number of a listener", "Next listener",
    ]  # fmt: skip
    page.locator("[role=slider]").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name=PAUSE).wait_for()
    page.keyboard.press("Space")
    page.get_by_role("button", name=PLAY).wait_for()
    page.get_by_role("button", name=PLAY).press("Space")
    page.get_by_role("button", name=PAUSE).wait_for()


def test_a_clicked_dot_tells_the_same_story_as_python(opened, run):
    page, crowd = opened(frozen_at_s=2_400), crowd_of(run)
    at_rest(page)
    scene = page.locator(".lb-crowd-scene")
    x, y = scene.evaluate(FIND, GREEN)
    scene.click(position={"x": x + 1, "y": y + 1})
    number = int(page.get_by_label("Number of a listener").input_value().replace(",", ""))
    told = page.locator(".lb-crowd-story").inner_text()
    assert told == story(run, number)
    dot = crowd.numbers.tolist().index(number)
    assert crowd.places(2_400)[dot] == Place.INSIDE, "a green dot is inside"
    page.screenshot(path=shot("crowd_page_story"))
    page.get_by_role("button", name="Next listener").click()
    after = int(crowd.numbers[dot + 1])
    assert page.locator(".lb-crowd-story").inner_text() == story(run, after)
    page.get_by_role("button", name="Previous listener").press("Enter")
    assert page.locator(".lb-crowd-story").inner_text() == story(run, number)
    page.keyboard.press("Escape")
    assert "Click a dot" in page.locator(".lb-crowd-story").inner_text()


def test_a_number_can_be_typed_and_the_nearest_who_was_followed_is_found(opened, run):
    page, numbers = opened(), crowd_of(run).numbers.tolist()
    typed = page.get_by_label("Number of a listener")
    typed.fill(str(numbers[300]))
    typed.press("Enter")
    assert page.locator(".lb-crowd-story").inner_text() == story(run, numbers[300])
    typed.fill(f"{numbers[300] + 1:,}")
    typed.press("Enter")
    assert page.locator(".lb-crowd-story").inner_text() == (
        f"Listener {numbers[300] + 1:,} was not followed; this is the nearest who was. {story(run, numbers[300])}"
    )
    typed.fill("the third from the left")
    typed.press("Enter")
    assert "give digits only" in page.locator(".lb-crowd-story").inner_text()
    assert typed.input_value() == "the third from the left"


def test_whoever_prefers_less_motion_gets_steps(opened):
    page = opened(reduced_motion="reduce", intro_s=10)
    assert wall_clock(page) == "20:00:30", "the introduction is left out"
    scene = page.locator(".lb-crowd-scene")
    page.get_by_role("button", name="Steps of 10 s").wait_for()
    before = scene.evaluate(PIXELS)
    page.get_by_role("button", name="Steps of 1 min").click()
    page.get_by_role("button", name="Step", exact=True).click()
    after = scene.evaluate(PIXELS)
    assert wall_clock(page) == "20:01:30" and after != before
    page.wait_for_timeout(500)
    assert scene.evaluate(PIXELS) == after, "something still moves"
    assert wall_clock(page) == "20:01:30"
    assert "At 20:01:30" in page.locator("[role=status]").inner_text()


def test_at_400_pixels_nothing_sticks_out_and_a_finger_can_scrub_and_pick(opened, run):
    page = opened(width=400, height=860, has_touch=True, is_mobile=True, frozen_at_s=2_400)
    at_rest(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    for one in page.locator(".lb-crowd button, .lb-crowd input, .lb-crowd canvas").all():
        box = one.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 400
    small = page.evaluate(
        "[...document.querySelectorAll('.lb-crowd *')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(small) >= 12
    scene = page.locator(".lb-crowd-scene")
    x, y = scene.evaluate(FIND, GREEN)
    box = scene.bounding_box()
    page.touchscreen.tap(box["x"] + x, box["y"] + y)
    number = int(page.get_by_label("Number of a listener").input_value().replace(",", ""))
    assert page.locator(".lb-crowd-story").inner_text() == story(run, number)
    page.screenshot(path=shot("crowd_page_narrow"))
    box = page.get_by_role("slider").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 15)
    at_rest(page)
    assert abs(int(page.get_by_role("slider").get_attribute("aria-valuenow")) - 3_000) < 30


TWO = """() => {
  window.cleanups = []; window.models = [];
  for (const at_s of [30, 900]) {
    const root = document.body.appendChild(document.createElement("section"));
    const settings = { at_s, frozen_at_s: at_s, intro_s: 0, speed: 60, crowd: crowdData };
    models.push(new crowdModule.FixedModel(settings, ["A story."]));
    cleanups.push(crowdModule.mount(root, models.at(-1)));
  }
  document.querySelector("main").remove();
}"""
COUNTED = """() => {
  const real = window.requestAnimationFrame.bind(window);
  window.asked = 0;
  window.requestAnimationFrame = (act) => { window.asked += 1; return real(act); };
}"""


def test_two_on_a_page_do_not_disturb_each_other_and_one_taken_away_leaves_nothing_running(
    opened, run
):
    page = opened()
    imported(page, run)
    page.evaluate(TWO)
    first, second = page.locator("section").all()
    second.get_by_role("button", name=PLAY).click()
    page.wait_for_timeout(1_500)
    clocks = [one.locator(".lb-crowd-clock").inner_text() for one in (first, second)]
    assert clocks[0] == "20:00:30" and clocks[1] > "20:15:30"
    assert first.get_by_role("button", name=PLAY).is_visible()
    page.evaluate(COUNTED)
    page.wait_for_timeout(300)
    assert page.evaluate("asked") > 3
    page.evaluate("cleanups[1]()")
    asked, left_behind = page.evaluate("asked"), second.inner_html()
    page.wait_for_timeout(500)
    page.evaluate(
        "models[1].set('at_s', 60); models[1].set('playing', false); models[1].set('told', {})"
    )
    page.set_viewport_size({"width": 900, "height": 800})
    page.wait_for_timeout(500)
    assert second.inner_html() == left_behind, "it still listens to its model"
    assert page.evaluate("asked") - asked < 60, "it still asks for frames"
    second.get_by_role("slider").press("End")
    second.get_by_role("button", name="Next listener").click()
    page.wait_for_timeout(300)
    assert second.inner_html() == left_behind, "it still obeys keys and clicks"
    first.get_by_role("button", name=PLAY).click()
    first.get_by_role("button", name=PAUSE).wait_for()


MUTE = """() => {
  const root = document.body.appendChild(document.createElement("section"));
  const settings = { at_s: 900, frozen_at_s: 900, intro_s: 0, speed: 60, crowd: crowdData, picked: -1, told: {} };
  const model = { get: (name) => settings[name], set: (name, value) => (settings[name] = value), save_changes() {},
    on() {}, off() {} };
  crowdModule.mount(root, model);
}"""


def test_a_notebook_that_does_not_answer_is_said(opened, run):
    page = opened()
    imported(page, run)
    page.evaluate(MUTE)
    shown = page.locator("section")
    shown.get_by_role("button", name="Next listener").click()
    shown.get_by_text("which does not answer at the moment").wait_for(timeout=10_000)
    shown.get_by_role("button", name=PLAY).click()
    page.wait_for_timeout(600)
    assert shown.locator(".lb-crowd-clock").inner_text() > "20:15:00", (
        "the picture goes on without it"
    )


def test_another_run_takes_the_place_without_moving_the_clock(opened, run):
    page = opened()
    imported(page, run)
    page.evaluate(TWO)
    other = flood(**{"door.handlers": 6_000})
    packed = base64.b64encode(crowd_of(other).packed()).decode()
    second = page.locator("section").nth(1)
    at_rest(page)
    page.evaluate("models[1].set('picked', crowdRead.numbers[0])")
    before = page.evaluate("document.querySelectorAll('canvas')[1].toDataURL()")
    page.evaluate(
        """packed => {
          const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
          models[1].set("crowd", new DataView(bytes.buffer));
        }""",
        packed,
    )
    page.wait_for_timeout(1_800)
    assert second.locator(".lb-crowd-clock").inner_text() == "20:15:00"
    assert page.evaluate("document.querySelectorAll('canvas')[1].toDataURL()") != before
    assert second.locator("[role=status]").inner_text() == crowd_of(other).sentence(900)


# --- in a real JupyterLab ---------------------------------------------------------------------------------

EVENING = """
from loadbearing import Crowd, Door, Patience, Retries, Rush, Scenario, Service, Weather, simulate

def evening(handlers):
    come = Rush(doors_s=-600, early_share=0.2, mean_s=120, late_share=0.2, until_s=1_800)
    wait = Patience(kind="exponential", mean_s=600)
    again = Retries(backoff="exponential", base_s=10, cap_s=120, jitter="full")
    crowd = Crowd(listeners=400, arrivals=come, patience=wait, retries=again, timeout_s=20, stays_mean_s=3_600)
    door = Door(handlers=handlers, service=Service(mean_s=4, cv=1), queue_limit=12)
    scenario = Scenario(crowd=crowd, door=door, weather=Weather.calm(), starts_s=-600, ends_s=3_600)
    return simulate(scenario, 1, engine="reference", sample=2_000)
"""
CELL = (
    f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})"
    + EVENING
    + """
import ipywidgets
from loadbearing import replay

crowd, other = replay.MovingCrowd(evening(2)), evening(6)
heard, swap = ipywidgets.Label(), ipywidgets.Button(description="Another run")
def hear(_):
    heard.value = f"heard {crowd.at_s:.0f} {crowd.playing} {crowd.picked}"
crowd.observe(hear, ["at_s", "playing", "picked"])
swap.on_click(lambda _: crowd.show(other, each=1_000))
second = replay.MovingCrowd(other, each=1_000, frozen_at_s=600)
ipywidgets.VBox([heard, swap, crowd, second])
"""
)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course of one notebook, whose one cell shows two crowds."""
    root = tmp_path_factory.mktemp("crowd")
    shutil.copytree(ROOT / "lab", root / "lab")
    for name in ("authoring", "lessons", "notebooks"):
        (root / name).mkdir()
    for name in ("__init__.py", "jupyter.py", "saving.py", "set_up.py"):
        shutil.copy(ROOT / "authoring" / name, root / "authoring")
    start = '# Start\n\n[Next: the lab](notebooks/01.ipynb "Next")\n'
    (root / "START.md").write_text(start, encoding="utf-8")
    cells = [nbformat.v4.new_code_cell(CELL, id="crowds")]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, root / "notebooks" / "01.ipynb")
    return root


def test_in_jupyterlab_it_plays_is_scrubbed_tells_and_takes_another_run(
    course, browser, tmp_path, record_count
):
    wrong = []
    made = {}
    exec(EVENING, made)
    run, other = made["evening"](2), made["evening"](6)
    with served(course, tmp_path) as (address, _):
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.on("request", lambda one: wrong.append(one.url) if is_outside(one.url) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        page.get_by_role("heading", name="Start").wait_for(timeout=60_000)
        page.locator('a[title="Next"]').first.click()
        page.locator(".lb-crowd-scene").nth(1).wait_for(timeout=60_000, state="attached")
        first, second = page.locator(".lb-crowd").all()
        first.scroll_into_view_if_needed()
        heard = page.locator(".widget-label", has_text="heard")
        assert first.locator(".lb-crowd-clock").inner_text() == "20:00:30"
        page.wait_for_timeout(500)
        page.screenshot(path=shot("crowd_lab"))

        first.get_by_role("button", name="60 times as fast").click()
        first.get_by_role("button", name=PLAY).click()
        page.get_by_text(re.compile(r"heard \d+ True -1")).wait_for(timeout=15_000)
        page.wait_for_timeout(2_500)
        first.get_by_role("button", name=PAUSE).click()
        page.get_by_text(re.compile(r"heard \d+ False -1")).wait_for(timeout=15_000)
        shown = first.locator(".lb-crowd-clock").inner_text()
        told = int(re.search(r"heard (\d+)", heard.inner_text())[1])
        assert shown > "20:02:00" and shown in (full_clock(told), full_clock(told - 1))
        assert second.locator(".lb-crowd-clock").inner_text() == "20:10:00"

        slider = first.get_by_role("slider", name="Time of the evening")
        slider.press("End")
        slider.press("ArrowDown")
        page.get_by_text("heard 3599 False").wait_for(timeout=15_000)
        slider.press("Home")
        for _ in range(30):
            slider.press("PageUp")
        page.get_by_text("heard 1200 False").wait_for(timeout=15_000)
        assert page.evaluate("document.activeElement.getAttribute('role')") == "slider"
        number = crowd_of(run).numbers.tolist()[100]
        first.get_by_label("Number of a listener").fill(str(number))
        first.get_by_label("Number of a listener").press("Enter")
        first.get_by_text(story(run, number)).wait_for(timeout=15_000)
        page.screenshot(path=shot("crowd_lab_story"))
        page.get_by_role("button", name="Another run").click()
        first.get_by_text(story(other, number)).wait_for(timeout=15_000)
        page.wait_for_timeout(1_800)
        assert first.locator(".lb-crowd-clock").inner_text() == "20:20:00"
        assert first.locator("[role=status]").inner_text() == crowd_of(other, 1_000).sentence(1_200)
        dark(page)
        page.wait_for_timeout(800)
        first.scroll_into_view_if_needed()
        page.screenshot(path=shot("crowd_lab_dark"))
        paper = first.evaluate(
            "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
        )
        assert paper == [rgb(look.dark(look.PAPER)), rgb(look.dark(look.INK))]
        page.close(run_before_unload=False)
    assert wrong == []
    record_count("browser steps", 9)


def dark(page):
    """Choose JupyterLab's dark theme by its own menu."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.get_by_text("Theme", exact=True).first.hover()
    page.get_by_text("JupyterLab Dark", exact=True).click()
    page.locator('body[data-jp-theme-light="false"]').wait_for(timeout=15_000, state="attached")


def test_the_script_and_the_look_name_no_address():
    for text in (SCRIPT.read_text(encoding="utf-8"), LOOK.read_text(encoding="utf-8")):
        assert set(re.findall(r"https?://[^\s\"']+", text)) <= {"http://www.w3.org/2000/svg"}
