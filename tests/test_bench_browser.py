"""The lab bench in a real browser: dragged, typed, by keyboard alone, through a lost kernel and a reload."""

import pytest
from playwright.sync_api import expect, sync_playwright
from test_walk import LAB, PICTURE, SECONDS, course, pixels, settled

from tests.test_lab import QUIET, is_outside, served, shot

__all__ = ["course"]
PAGE = "notebooks/01_the_evening.ipynb"
LOST = "Connection lost"
SEEN_TOGETHER = (PICTURE, ".lb-cards", ".lb-knob >> nth=0", ".lb-knob >> nth=1")
FOCUS = (
    "() => document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
)


def opened(page, address):
    """Open the first lab and wait until the full crowd has run."""
    page.goto(address.replace("START.md", PAGE))
    lab = page.locator(LAB)
    lab.wait_for(timeout=180 * SECONDS)
    settled(lab)
    return lab


@pytest.mark.browser
@pytest.mark.slow
def test_the_bench_is_dragged_typed_and_found_again(course, chromium, record_count, tmp_path):
    outside, broken = [], []
    with served(course, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.on("console", lambda m: broken.append(m.text) if LOST in m.text else None)
        lab = opened(page, address)
        the_crowd_plays_and_a_dot_tells_its_evening(page, lab)
        lab.locator("input[type=radio]").nth(2).check()
        lab.get_by_role("button", name="Lock it in and run").click()
        expect(lab.get_by_text("You said:")).to_be_visible(timeout=90 * SECONDS)
        settled(lab)
        everything_is_seen_together(page, lab)
        page.screenshot(path=shot("bench_light"))
        dragged(page, lab)
        typed(page, lab)
        by_keyboard(page, lab)
        page.emulate_media(color_scheme="dark")
        page.evaluate("() => document.body.setAttribute('data-jp-theme-light', 'false')")
        page.screenshot(path=shot("bench_dark"))
        page.set_viewport_size({"width": 400, "height": 800})
        page.keyboard.press("Control+B")
        lab.scroll_into_view_if_needed()
        page.wait_for_timeout(SECONDS)
        page.screenshot(path=shot("bench_narrow"))
        page.set_viewport_size({"width": 1280, "height": 900})
        page.wait_for_function("() => performance.now() > 45_000")
        assert broken == [], "the connection to the kernel broke while nothing was wrong"
        the_kernel_is_lost_and_comes_back(page)
        page.close(run_before_unload=True)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        lab = opened(page, address)
        expect(lab.get_by_text("You said:")).to_be_visible(timeout=90 * SECONDS)
        expect(lab.locator("input[type=range]").first).to_be_enabled()
        browser.close()
    assert outside == []
    record_count("browser steps", 8)


def the_crowd_plays_and_a_dot_tells_its_evening(page, lab):
    """The lab opens with the crowd; it can be played, and a listener asked for."""
    crowd = lab.locator(".lb-crowd")
    expect(crowd).to_be_visible()
    clock = crowd.locator(".lb-crowd-clock")
    play = crowd.locator(".lb-crowd-play")
    expect(play).not_to_have_attribute("data-shows", "pause", timeout=30 * SECONDS)
    before = clock.inner_text()
    assert before == "20:00:30", "the crowd is not frozen half a minute after the start"
    play.click()
    expect(clock).not_to_have_text(before, timeout=10 * SECONDS)
    page.screenshot(path=shot("bench_crowd"))


@pytest.mark.browser
@pytest.mark.slow
def test_a_message_that_is_lost_is_sent_again(course, chromium, record_count, tmp_path):
    lost = []

    def loses_one(socket):
        server = socket.connect_to_server()

        def pass_on(message):
            held = message if isinstance(message, bytes) else message.encode()
            if b'"ticket"' in held and not lost:
                lost.append(held)
            else:
                server.send(message)

        socket.on_message(pass_on)

    with served(course, tmp_path) as (address, _), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.route_web_socket("**/channels**", loses_one)
        lab = opened(page, address)
        lab.get_by_role("button", name="Just let me play").click()
        slider = lab.locator("input[type=range]").first
        expect(slider).to_be_enabled(timeout=30 * SECONDS)
        slider.focus()
        page.keyboard.press("ArrowRight")
        note = lab.locator(".lb-knob-note").first
        expect(lab.locator(".lb-caption").first).to_contain_text(
            "handlers at the door at 105 %", timeout=60 * SECONDS
        )
        expect(note).to_have_text("")
        browser.close()
    assert len(lost) == 1
    record_count("browser steps", 1)


def everything_is_seen_together(page, lab):
    """With the lab at the top of the window, picture, numbers and knobs stand in it without scrolling."""
    lab.evaluate("lab => lab.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(SECONDS // 2)
    high = page.viewport_size["height"]
    for part in SEEN_TOGETHER:
        box = lab.locator(part).first.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= high, f"{part} is not on the screen"


def dragged(page, lab):
    """The picture follows while the button is held, says that it is a preview, and ends in the full crowd."""
    slider, before = lab.locator("input[type=range]").first, pixels(lab)
    box = slider.bounding_box()
    high = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.28 * box["width"], high)
    page.mouse.down()
    for at in range(30):
        page.mouse.move(box["x"] + (0.28 + 0.01 * at) * box["width"], high)
        page.wait_for_timeout(30)
    expect(lab.locator(".lb-caption").first).to_contain_text("A preview: a room of")
    assert pixels(lab) != before, "the picture did not follow the slider"
    top = lab.bounding_box()["y"]
    page.mouse.up()
    settled(lab)
    expect(lab.locator(".lb-caption").first).not_to_contain_text("A preview")
    assert lab.bounding_box()["y"] == top, "the page has jumped"
    at = slider.input_value()
    expect(lab.locator(".lb-caption").first).to_contain_text(f"at {at} %")


def typed(page, lab):
    """A number typed in the box turns the knob; nonsense is answered by a sentence and put back."""
    box = lab.locator("input[type=number].lb-knob-box").first
    box.fill("700")
    box.press("Enter")
    expect(lab.locator(".lb-caption").first).to_contain_text("at 700 %", timeout=30 * SECONDS)
    box.fill("0")
    box.press("Enter")
    expect(lab.get_by_text("type 1 to 10,000")).to_be_visible(timeout=30 * SECONDS)
    expect(box).to_have_value("700")
    settled(lab)


def by_keyboard(page, lab):
    """Every control is reached by Tab, and an arrow key turns a knob."""
    lab.get_by_role("button", name="The curve").focus()
    met = []
    for _ in range(16):
        page.keyboard.press("Tab")
        met.append(page.evaluate(FOCUS))
    for name in ("The slow door", "Handlers at the door, per cent", "Put the knobs back"):
        assert name in met, f"Tab does not reach {name!r}: {met}"
    slider = lab.locator("input[type=range]").nth(1)
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(lab.locator(".lb-caption").first).to_contain_text(
        "queue limit at 95 %", timeout=30 * SECONDS
    )
    lab.get_by_role("button", name="Put the knobs back").press("Enter")
    expect(slider).to_have_value("100")
    settled(lab)
    expect(slider).to_have_value("100")


def the_kernel_is_lost_and_comes_back(page):
    """The kernel restarts and everything runs again: the lab works, and remembers the prediction."""
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_text("Restart Kernel and Run All Cells").click()
    again = page.locator(".jp-Dialog button.jp-mod-accept")
    again.click()
    lab = page.locator(LAB)
    expect(lab.get_by_text("You said:")).to_be_visible(timeout=180 * SECONDS)
    settled(lab)
    slider = lab.locator("input[type=range]").first
    expect(slider).to_be_enabled()
    slider.focus()
    page.keyboard.press("PageUp")
    expect(lab.locator(".lb-caption").first).to_contain_text(
        "handlers at the door at", timeout=60 * SECONDS
    )
