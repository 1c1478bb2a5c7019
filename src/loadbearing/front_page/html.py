"""The two front pages as HTML: paper and ink, side by side, one under the other on a narrow screen.

Self-contained: one style element, no script, no outside font. Vermilion is the failure reading, blue the
stress-test reading (Wong 2011, which stay apart for colour-blind readers); nothing else uses the two.
"""

from __future__ import annotations

from html import escape

from loadbearing.units import clock, people

LEFT_OUT = "What this page leaves out"
WIDE, HIGH, TOP, FOOT = 300, 78, 8, 14
SCOPE = ".lb-front.lb-front"
"""Said twice, so that a notebook's own styles for headings and lists do not win."""

STYLE = """
@F{display:flex;flex-wrap:wrap;gap:22px;align-items:stretch;color-scheme:light;
 font-family:"Iowan Old Style","Palatino Linotype",Palatino,P052,"Book Antiqua",Georgia,"Times New Roman",serif;
 font-size:16px;line-height:1.45;text-align:left;container-type:inline-size;width:100%}
@F *{box-sizing:border-box;margin:0;padding:0;border:0;background:none;color:inherit;font-family:inherit}
@F .lb-page{flex:1 1 340px;min-width:0;max-width:640px;background:#fbf7ec;color:#1d1b18;padding:22px 24px 20px;
 border:1px solid #d9d1bd;box-shadow:0 1px 5px rgba(40,30,10,.18);display:flex;flex-direction:column}
@F .lb-failure{--accent:#d55e00}@F .lb-stress_test{--accent:#0072b2}
@F .lb-mast{text-align:center;border-top:6px solid var(--accent);padding-top:10px}
@F .lb-mast p.lb-name{font-size:34px;line-height:1.1;font-weight:700;font-variant:small-caps;letter-spacing:.02em}
@F .lb-mast p.lb-motto{font-size:13px;font-style:italic;color:#4b463d;margin-top:2px}
@F .lb-date{display:flex;justify-content:space-between;gap:12px;flex-wrap:wrap;font-size:12.5px;
 border-top:1px solid #1d1b18;border-bottom:3px double #1d1b18;padding:3px 0 2px;margin:9px 0 16px}
@F .lb-page h2{font-size:33px;line-height:1.12;font-weight:700;letter-spacing:-.01em;text-wrap:balance}
@F .lb-page p.lb-deck{font-size:17.5px;line-height:1.38;font-style:italic;color:#36322b;margin-top:9px;
 padding-bottom:13px;border-bottom:1px solid #1d1b18}
@F .lb-page figure{margin:12px 0 0}
@F .lb-page figure p{font-size:12.5px;font-weight:700}
@F .lb-page svg{display:block;width:100%;height:auto;overflow:visible}
@F .lb-page figcaption{font-size:13px;font-style:italic;color:#4b463d}
@F .lb-page dl{display:flex;flex-wrap:wrap;border-top:1px solid #1d1b18;
 border-bottom:1px solid #1d1b18;margin:12px 0 14px}
@F .lb-page dl div{flex:1 1 0;min-width:min-content;padding:7px 8px 6px;border-left:1px solid #c9c0aa;
 display:flex;flex-direction:column-reverse;justify-content:flex-end}
@F .lb-page dl div:first-child{border-left:0;padding-left:0}
@F .lb-page dt{font-size:12px;line-height:1.25;color:#4b463d}
@F .lb-page dd{font-size:22px;line-height:1.15;font-weight:700;white-space:nowrap}
@F .lb-page dd.lb-long{font-size:15px;line-height:1.69}
@F .lb-page dt,@F .lb-page dd{float:none;width:auto}
@F .lb-body{columns:2 210px;column-gap:24px;column-rule:1px solid #c9c0aa}
@F .lb-body p{margin-bottom:10px;break-inside:avoid;hyphens:auto}
@F .lb-body p:first-child{font-size:18px;line-height:1.36}
@F .lb-page b{font-weight:700}
@F .lb-page .lb-n{white-space:nowrap}
@F .lb-page aside{margin-top:auto;padding-top:14px}
@F .lb-page aside>div{border:1px solid #1d1b18;border-left:6px solid var(--accent);padding:9px 12px 8px}
@F .lb-page aside h3{font-size:14px;line-height:1.2;font-weight:700;font-variant:small-caps;letter-spacing:.04em}
@F .lb-page aside ul{list-style:none;margin-top:4px}
@F .lb-page aside li{font-size:14.5px;line-height:1.38;padding-left:14px;text-indent:-14px;margin-top:3px}
@F .lb-page aside li::before{content:"– "}
@container (max-width:760px){@F .lb-page dd{font-size:18px}@F .lb-page dl div{padding:7px 4px 6px 6px}}
@container (max-width:520px){@F .lb-page{padding:16px 15px 14px}@F .lb-page h2{font-size:27px}
 @F .lb-mast p.lb-name{font-size:29px}@F .lb-page dd{font-size:17px}}
@media print{@F{flex-wrap:nowrap;gap:14px}@F .lb-page{box-shadow:none;break-inside:avoid;
 print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def as_html(pages):
    """Both pages as one piece of HTML, self-contained; all text escaped, same run, same bytes."""
    articles = "\n".join(_article(page) for page in pages)
    return f'<div class="lb-front" lang="en"><style>{STYLE.replace("@F", SCOPE)}</style>\n{articles}\n</div>'


def _article(page):
    statements = "\n".join(f"<p>{_marked(one)}</p>" for one in page.statements)
    left_out = "\n".join(f"<li>{_marked(one)}</li>" for one in page.leaves_out)
    figures = "\n".join(
        f"<div><dt>{escape(one.label)}</dt><dd{_long(one)}>{escape(one.text)}</dd></div>"
        for one in page.figures
    )
    return f"""<article class="lb-page lb-{page.reading}" aria-label="{escape(page.motto)}">
<header class="lb-mast"><p class="lb-name">{escape(page.masthead)}</p>
<p class="lb-motto">{escape(page.motto)}</p></header>
<p class="lb-date"><span>{escape(page.dateline)}</span><span>{escape(page.caveat)}</span></p>
<h2>{_marked(page.headline, "span")}</h2>
<p class="lb-deck">{_marked(page.deck)}</p>
{_figure(page.chart)}
<dl>
{figures}
</dl>
<div class="lb-body">
{statements}
</div>
<aside><div><h3>{LEFT_OUT}</h3>
<ul>
{left_out}
</ul></div></aside>
</article>"""


def _long(figure):
    """Smaller letters for a number that needs many words."""
    return ' class="lb-long"' if len(figure.text) > 12 else ""


def _marked(statement, tag="b"):
    """A sentence with its numbers in bold (or another tag); what is short stays on one line."""
    pieces = []
    for piece, key in statement.parts:
        kept = ' class="lb-n"' if len(piece) <= 18 else ""
        pieces.append(f"<{tag}{kept}>{escape(piece)}</{tag}>" if key else escape(piece))
    return "".join(pieces)


def _figure(chart):
    """The level over the evening as a small area under the whole crowd; times at its ends and at the start."""
    caption = _marked(chart.caption)
    if not any(chart.levels):
        return f"<figure><figcaption>{caption}</figcaption></figure>"
    first, last, top = chart.times[0], chart.times[-1], chart.crowd
    across = max(last - first, 1)
    points = [
        (round((t - first) / across * WIDE, 1), round(HIGH - level / top * (HIGH - TOP), 1))
        for t, level in zip(chart.times, chart.levels, strict=True)
    ]
    line = " ".join(f"{x:g},{y:g}" for x, y in points)
    ticks = [(first, "start"), (last, "end")]
    if first + across * 0.12 < 0 < last - across * 0.12:
        ticks.insert(1, (0, "middle"))
    marks = "".join(
        f'<line x1="{x:g}" x2="{x:g}" y1="{HIGH}" y2="{HIGH + 3}" stroke="#1d1b18" stroke-width=".6"/>'
        f'<text x="{x:g}" y="{HIGH + 11}" font-size="8.5" fill="#4b463d" text-anchor="{anchor}">'
        f"{clock(t)}</text>"
        for t, anchor in ticks
        for x in [round((t - first) / across * WIDE, 1)]
    )
    return f"""<figure><p>{escape(chart.title)}</p>
<svg viewBox="0 0 {WIDE} {HIGH + FOOT}" role="img" aria-label="{escape(chart.caption.text)}">
<line x1="0" x2="{WIDE}" y1="{TOP}" y2="{TOP}" stroke="#4b463d" stroke-width=".5" stroke-dasharray="2 3"/>
<text x="{WIDE}" y="{TOP - 2.5}" font-size="8" fill="#4b463d" text-anchor="end">the whole crowd: {people(top)}</text>
<polygon points="0,{HIGH} {line} {WIDE},{HIGH}" fill="var(--accent)" fill-opacity=".16"/>
<polyline points="{line}" fill="none" stroke="var(--accent)" stroke-width="1.6"/>
<line x1="0" x2="{WIDE}" y1="{HIGH}" y2="{HIGH}" stroke="#1d1b18" stroke-width=".8"/>{marks}
</svg>
<figcaption>{caption}</figcaption></figure>"""
