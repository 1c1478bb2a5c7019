"""The colours of a lab: each has a name, each can be read, and in the dark theme each turns as the pictures turn."""

import re

import pytest

from loadbearing.labs import cards, look, projector, screen
from loadbearing.replay.widget import LOOK

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
FOCUS, STILL_PAPER = "#e69f00", "#f6f3ea"
"""The ring round what has the focus, and what lies under a picture before its filter turns both."""


def light(colour):
    """The relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The contrast ratio of two colours (WCAG 2.2): black on white is 21."""
    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("paper", ["paper", "field", "shade"])
@pytest.mark.parametrize("ink", ["ink", "soft", "grey"])
@pytest.mark.parametrize("turned", [lambda one: one, look.dark], ids=["light", "dark"])
def test_words_can_be_read_in_both_themes(ink, paper, turned):
    """4.5 is what WCAG 2.2 asks of text (level AA)."""
    assert contrast(turned(look.LIGHT[ink]), turned(look.LIGHT[paper])) >= 4.5


def test_dark_is_dark():
    assert light(look.dark(look.LIGHT["paper"])) < 0.02 < 0.8 < light(look.dark(look.LIGHT["ink"]))


def named(text):
    """Colours by name, as a piece of CSS sets them."""
    return dict(re.findall(r"--lb-([\w-]+): (#[0-9a-f]{6});", text))


def test_the_crowd_turns_dark_as_the_pictures_do():
    by_day, by_night = LOOK.read_text(encoding="utf-8").split("@media screen")
    day, night = named(by_day), named(by_night)
    assert day and night == {name: look.dark(colour) for name, colour in day.items()}
    assert {name: look.LIGHT[name] for name in day if name in look.LIGHT}.items() <= day.items()


def test_no_style_of_a_lab_has_a_colour_without_a_name():
    """Elsewhere a colour may only stand behind a name, for a place without one: var(--lb-ink, #1a1a1a)."""
    for text in (
        look.STYLE,
        cards.STYLE,
        projector.STYLE,
        (screen.HERE / "screen.css").read_text(),
    ):
        text = re.sub(r"--lb-[\w-]+: #\w+;|var\(--lb-[\w-]+, #\w+\)", "", text)
        assert set(COLOUR.findall(text)) <= {FOCUS, STILL_PAPER, look.PAPER}


def test_printed_a_lab_is_paper():
    assert look.DARK_STYLE.startswith("@media screen {")
