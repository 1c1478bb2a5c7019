"""How a lab looks: paper and ink, in HTML that every widget of a lab shares."""

from __future__ import annotations

import base64
from html import escape

from loadbearing.pictures import DARK_FILTER, FAILURE_READING, INK, PAPER, STRESS_TEST_READING
from loadbearing.pictures.ink import as_seen, channels

LIGHT = {
    "paper": PAPER, "ink": INK, "soft": "#444444", "grey": "#6b6b6b", "shade": "#efece2", "line": "#d9d5c8",
    "edge": "#8a8a8a", "field": "#ffffff", "bar": "#b9b4a6",
    "failure": FAILURE_READING, "stress-test": STRESS_TEST_READING,
}  # fmt: skip
"""The colours of a lab, by the names under which all its styles use them (`--lb-paper` and so on)."""


READABLE = 400
"""Pixels below which the words in a picture would be too small: it is never narrower, but slides sideways."""

SLIDE = "The picture is wider than this window: slide it sideways."


def dark(colour):
    """Return what becomes of a colour in JupyterLab's dark theme: the same as of the colours of a picture."""
    return "#" + "".join(f"{round(one):02x}" for one in as_seen(channels(colour), "dark"))


def _named(colours):
    return " ".join(f"--lb-{name}: {colour};" for name, colour in colours.items())


DARK_STYLE = f"""@media screen {{
[data-jp-theme-light="false"] .lb-sheet {{ {_named({name: dark(one) for name, one in LIGHT.items()})}
  --lb-filter: {DARK_FILTER}; color-scheme: dark; }}
[data-jp-theme-light="false"] .lb-sheet select {{ appearance: auto; background-image: none; }} }}"""
"""In the dark theme everything is dark but the two front pages: they are paper. Printed, all of it is paper."""

STYLE = f"""<style>
.lb-sheet {{ {_named(LIGHT)}
  --lb-filter: none; color-scheme: light;
  --jp-widgets-color: var(--lb-ink); --jp-widgets-label-color: var(--lb-ink); --jp-widgets-readout-color: var(--lb-ink);
  --jp-ui-font-color0: var(--lb-ink); --jp-ui-font-color1: var(--lb-ink); --jp-content-font-color1: var(--lb-ink);
  --jp-widgets-input-color: var(--lb-ink); --jp-widgets-input-background-color: var(--lb-field);
  --jp-widgets-input-border-color: var(--lb-edge); --jp-layout-color1: var(--lb-paper);
  --jp-layout-color2: var(--lb-shade); --jp-layout-color3: var(--lb-line); --jp-brand-color1: var(--lb-ink);
  --jp-brand-color2: var(--lb-soft); --jp-border-color1: var(--lb-edge);
  --jp-widgets-slider-active-handle-color: var(--lb-ink); --jp-widgets-slider-border-width: 1px;
  background: var(--lb-paper); color: var(--lb-ink); border: 1px solid var(--lb-line); border-radius: 6px;
  padding: 14px 16px; box-sizing: border-box; max-width: 1120px; overflow: hidden; }}
@media (max-width: 640px) {{
  .lb-sheet {{ padding: 10px 6px; }}
  .lb-sheet .jupyter-button {{ white-space: normal; height: auto; min-height: 28px; line-height: 1.3;
    padding: 4px 10px; }} }}
.lb-sheet .widget-html-content, .lb-sheet .jupyter-widgets {{ color: var(--lb-ink); }}
.lb-sheet .widget-html-content {{ line-height: 1.4; white-space: normal; min-width: 0; }}
.lb-head {{ font-size: 12px; letter-spacing: .06em; text-transform: uppercase; color: var(--lb-grey); }}
.lb-question {{ font-size: 21px; font-weight: 700; margin: 0 0 2px; line-height: 1.25; }}
.lb-stands {{ font-size: 14px; color: var(--lb-soft); }}
.lb-lab .lb-stands {{ min-height: 2.8em; line-height: 1.4; }}
.lb-tabs .widget-toggle-button {{ margin-top: 0; }}
.lb-sub {{ font-size: 15px; font-weight: 700; margin: 4px 0 2px; }}
.lb-caption {{ font-size: 13px; color: var(--lb-soft); max-width: 640px; }}
.lb-sheet .lb-caption a {{ color: var(--lb-ink); text-decoration: underline; }}
.lb-notice {{ border-left: 4px solid var(--lb-ink); background: var(--lb-shade); padding: 6px 10px; font-size: 14px; }}
.lb-result {{ border-left: 4px solid var(--lb-ink); padding: 4px 10px; font-size: 14px; }}
.lb-table {{ border-collapse: collapse; font-size: 13px; width: 100%; max-width: 640px; }}
.lb-table td {{ padding: 3px 8px 3px 0; border-bottom: 1px solid var(--lb-line); text-align: left; }}
.lb-table td:last-child {{ text-align: right; white-space: nowrap; font-weight: 600; }}
.lb-two th {{ text-align: left; padding: 3px 8px 3px 0; border-bottom: 2px solid var(--lb-ink);
  vertical-align: bottom; }}
.lb-two td {{ white-space: normal !important; text-align: left !important; }}
.lb-doing {{ font-size: 13px; color: var(--lb-soft); min-height: 1.4em; }}
.lb-claim {{ padding: 2px 0 2px 10px; border-left: 5px solid var(--lb-ink); font-size: 15px; }}
.lb-claim.failure {{ border-color: var(--lb-failure); }}
.lb-claim.stress-test {{ border-color: var(--lb-stress-test); }}
.lb-claim small {{ display: block; color: var(--lb-soft); font-size: 12px; }}
.lb-kept {{ font-size: 12px; color: var(--lb-soft); }}
.lb-row {{ display: flex; flex-flow: row wrap; gap: 8px 28px; align-items: flex-start; overflow: visible; }}
.lb-row > .lb-left {{ flex: 1 1 420px; min-width: 0; max-width: 660px; }}
.lb-row > .lb-right {{ flex: 1 1 300px; min-width: 0; max-width: 640px; }}
.lb-row .lb-left, .lb-row .lb-right, .lb-row .widget-vbox {{ overflow: visible; }}
.lb-at-work {{ font-size: 13px; line-height: 1.4; color: var(--lb-soft, #444); }}
.lb-at-work:empty {{ display: none; }}
.lb-view {{ overflow-x: auto; max-width: 640px; container-type: inline-size; }}
@container (max-width: {READABLE - 1}px) {{
  .lb-view::after {{ content: "{SLIDE}"; position: sticky; left: 0; display: block; width: 100cqw; font-size: 12px;
    line-height: 1.3; color: var(--lb-soft); }} }}
.lb-img {{ display: block; width: 100%; min-width: {READABLE}px; height: auto; aspect-ratio: 64 / 42;
  background: #f6f3ea; filter: var(--lb-filter); }}
.lb-sheet .widget-radio {{ width: 100%; }}
.lb-sheet .widget-radio-box {{ width: 100%; max-width: none; }}
.lb-sheet .widget-radio-box label {{ height: auto; line-height: 1.35; white-space: normal; margin: 3px 0;
  display: flex; flex-direction: row-reverse; justify-content: flex-end; gap: 7px; align-items: flex-start;
  width: 100%; max-width: none; }}
.lb-sheet .widget-radio-box input {{ flex: none; margin-top: 3px; }}
.lb-sheet .widget-toggle-buttons {{ width: 100%; }}
.lb-sheet .widget-toggle-button, .lb-sheet .jupyter-button {{ border-radius: 4px; border: 1px solid var(--lb-edge); }}
.lb-sheet .jupyter-button.mod-active, .lb-sheet .jupyter-button.mod-primary {{
  background: var(--lb-ink); color: var(--lb-field); border-color: var(--lb-ink); }}
.lb-sheet .jupyter-button:focus-visible, .lb-sheet input:focus-visible,
.lb-sheet select:focus-visible {{ outline: 3px solid #e69f00; outline-offset: 1px; }}
.lb-sheet .lb-knob-slider {{ accent-color: var(--lb-ink); }}
.lb-sheet .lb-knob-value, .lb-sheet .lb-knob-unit, .lb-sheet .lb-knob-note {{ color: var(--lb-soft); }}
.lb-sheet .lb-knob-box {{ color: var(--lb-ink); background: var(--lb-field); border-color: var(--lb-edge); }}
.lb-sheet .lb-mission-list li {{ border-color: var(--lb-line); }}
.lb-sheet .lb-mission-list small, .lb-sheet .lb-why {{ color: var(--lb-soft); }}
.lb-pages {{ overflow-x: auto; }}
.lb-pages-to-come {{ min-height: 520px; padding-top: 60px; text-align: center; font-style: italic;
  color: var(--lb-grey); border: 1px dashed var(--lb-line); }}
.lb-sheet .lb-old {{ opacity: .3; }}
.lb-old-said {{ font-size: 12px; color: var(--lb-soft); height: 20px; text-align: center; }}
.lb-sheet .lb-pages dl dt, .lb-sheet .lb-pages dl dd {{ float: none; width: auto; }}
{DARK_STYLE}
</style>"""


def picture(drawn):
    """Return a `Picture` as an image that replaces the one before without a blank frame, with its sentence."""
    data = base64.b64encode(drawn.png()).decode()
    return (
        f'<div class="lb-view"><img class="lb-img" alt="{escape(drawn.sentence)}" decoding="sync" '
        f'src="data:image/png;base64,{data}"></div>'
    )


def head(title, kicker, below=""):
    """Return the top of a lab or a card: what kind of thing this is, its title, and a sentence below."""
    return (
        f'{STYLE}<div class="lb-head">{escape(kicker)}</div>'
        f'<div class="lb-question" role="heading" aria-level="2">{escape(title)}</div>'
        f'<div class="lb-stands">{escape(below)}</div>'
    )


def pages(html):
    """Return both front pages; until there are any a sentence keeps their place."""
    if html:
        return html
    return '<div class="lb-pages-to-come">Two front pages are being set from the full crowd.</div>'


def pages_said(old=False, size=""):
    """Return the line above the pages: that they are old, or how small their room was."""
    said = "These two tell the run before. New ones come with the full crowd." if old else size
    return f'<div class="lb-old-said">{escape(said)}</div>'


def sub(text):
    """Return a small heading."""
    return f'<div class="lb-sub" role="heading" aria-level="3">{escape(text)}</div>'


def asks(question):
    """Return a question that comes before anything is turned."""
    return sub("Before you turn anything") + f"<div>{escape(question)}</div>"


def caption(*sentences):
    """Return what stands under a picture; screen readers hear it change."""
    said = " ".join(escape(one) for one in sentences if one)
    return f'<div class="lb-caption" aria-live="polite">{said}</div>'


def notice(sentence):
    """Return a sentence that must be seen; nothing for an empty one."""
    return f'<div class="lb-notice" role="alert">{escape(sentence)}</div>' if sentence else ""


def result(sentence):
    """Return how a prediction stands, or what was kept."""
    return f'<div class="lb-result" role="status">{escape(sentence)}</div>' if sentence else ""


def table(readings):
    """Return readings as a table of two columns."""
    rows = (f"<tr><td>{escape(one.label)}</td><td>{escape(one.text)}</td></tr>" for one in readings)
    return f'<table class="lb-table">{"".join(rows)}</table>'


def side_by_side(heads, rows):
    """Return a table of three columns: what, in the pinned run, and now; `heads`: where the knobs stood in each."""
    top = "".join(f"<th>{escape(one)}</th>" for one in ("", *heads))
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<table class="lb-table lb-two"><tr>{top}</tr>{lines}</table>'


def doing(words):
    """Return what is under way; without words it is empty and just as high, so that nothing jumps."""
    return f'<div class="lb-doing" role="status">{escape(words)}</div>'


def claim(one):
    """Return a claim with the colour of the reading that makes it, and the name of that reading."""
    kind = "failure" if one.reading == "failure" else "stress-test"
    return (
        f'<div class="lb-claim {kind}"><small>{escape(one.key)}, the {kind} reading</small>'
        f"{escape(one.claim)}<small>What decides: {escape(one.decides)}</small></div>"
    )


def kept(path, sentences=()):
    """Return where things are kept, and anything that had to be said about that file."""
    said = "".join(notice(one) for one in sentences)
    return (
        f'{said}<div class="lb-kept">Stays on this computer: <code>{escape(str(path))}</code></div>'
    )


def small(text):
    """A line in small letters, under or over what it explains."""
    return f'<small class="lb-why">{escape(text)}</small>'


def asked(question, why):
    """Return one question of the launch sheet, with what makes it worth asking."""
    return f"{escape(question)}<br>{small(why)}"
