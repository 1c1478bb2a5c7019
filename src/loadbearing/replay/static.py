"""The moving crowd in a page of its own: one file, opened from anywhere, with all stories inside."""

from __future__ import annotations

import base64
import json
import zlib
from html import escape

from loadbearing.replay.crowd import crowd_of
from loadbearing.replay.stories import story
from loadbearing.replay.widget import FROZEN_AT_S, LOOK, SCRIPT, SPEEDS

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 0 auto; padding: 16px; max-width: 1120px; background: #fffdf8; color: #1a1a1a;
  font-family: system-ui, sans-serif; }}
h1 {{ font-size: 22px; line-height: 1.25; margin: 0 0 10px; }}
{look}
</style>
</head>
<body>
<h1>{title}</h1>
<main data-crowd="{crowd}" data-stories="{stories}" data-settings="{settings}">
<noscript>{sentence} The moving picture needs JavaScript.</noscript>
</main>
<script type="module">
{script}
mountPage(document.querySelector("main"));
</script>
</body>
</html>
"""


def page(
    run, title="The evening, listener by listener", each=1.0, frozen_at_s=FROZEN_AT_S, intro_s=0.0
):
    """Return a page that shows the moving crowd of a run and needs nothing else: HTML, as text.

    `each`, `frozen_at_s` and `intro_s` as for `MovingCrowd`. The data are deflated (RFC 1950) and written in base 64.
    """
    crowd = crowd_of(run, each)
    frozen_at_s = float(min(max(frozen_at_s, crowd.starts_s), crowd.ends_s))
    settings = dict(
        at_s=frozen_at_s, frozen_at_s=frozen_at_s, intro_s=max(0.0, float(intro_s)), speed=SPEEDS[1]
    )
    stories = [story(run, one) for one in crowd.numbers.tolist()]
    return PAGE.format(
        title=escape(title),
        look=LOOK.read_text(encoding="utf-8"),
        script=SCRIPT.read_text(encoding="utf-8"),
        crowd=_deflated(crowd.packed()),
        stories=_deflated(json.dumps(stories).encode()),
        settings=escape(json.dumps(settings)),
        sentence=escape(crowd.sentence(frozen_at_s)),
    )


def _deflated(held):
    return base64.b64encode(zlib.compress(held, 9)).decode()
