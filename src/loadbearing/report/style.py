"""How the report looks: paper and ink, on a screen, on a phone and printed on A4."""

from loadbearing.pictures import FAILURE_READING, INK, MIST, PAPER, STRESS_TEST_READING

SOFT = "#4a4740"
"""Ink for what is read second; its contrast on paper is above seven to one."""

SERIF = '"Iowan Old Style","Palatino Linotype",Palatino,P052,"Book Antiqua",Georgia,"Times New Roman",serif'
SANS = '"Helvetica Neue",Helvetica,Arial,"Liberation Sans",system-ui,sans-serif'

STYLE = f"""
@page{{size:A4;margin:13mm 17mm 15mm;
 @bottom-right{{content:"page " counter(page) " of " counter(pages);font:8pt {SANS};color:{SOFT}}}}}
*{{box-sizing:border-box}}
html{{color-scheme:light;background:{PAPER};-webkit-text-size-adjust:100%}}
body{{margin:0 auto;padding:28px 20px 40px;max-width:820px;color:{INK};font:16px/1.5 {SANS};overflow-wrap:break-word}}
h1,h2,h3,p,ol,ul,figure,table{{margin:0}}
.kind{{font-size:14px;font-weight:600;color:{SOFT}}}
h1{{font:700 34px/1.15 {SERIF};margin-top:2px;text-wrap:balance}}
.below{{color:{SOFT};margin-top:6px;padding-bottom:14px;border-bottom:3px double {INK}}}
h2{{font:700 22px/1.2 {SERIF};margin:34px 0 8px;text-wrap:balance}}
p+p,p+ul,ul+p,p+.beside,.beside+p,.whole+*,p+table,table+p,figure+p,p+figure,figure+table,ul+table,table+table,table+ul{{margin-top:10px}}
ol.claims{{list-style:none;padding:0;counter-reset:claim}}
ol.claims li{{counter-increment:claim;position:relative;padding:9px 0 9px 44px;
 font-size:20px;line-height:1.4;font-weight:600;
 border-bottom:1px solid {MIST}}}
ol.claims li:last-child{{border-bottom:0}}
ol.claims li::before{{content:counter(claim);position:absolute;left:0;top:8px;width:30px;height:30px;border-radius:50%;
 background:{INK};color:{PAPER};font:700 17px/30px {SERIF};text-align:center}}
ul{{padding-left:20px}}
li+li{{margin-top:3px}}
figure img{{display:block;width:100%;max-width:640px;height:auto}}
figcaption{{font-size:13px;line-height:1.4;color:{SOFT};max-width:640px}}
table{{width:100%;border-collapse:collapse;font-size:14px;line-height:1.38}}
caption{{text-align:left;font-weight:600;padding-bottom:4px}}
th,td{{text-align:left;vertical-align:top;padding:5px 10px 5px 0;border-bottom:1px solid {MIST};font-weight:400}}
thead th{{color:{SOFT};border-bottom:1.5px solid {INK};vertical-align:bottom}}
tbody th{{font-weight:600}}
th:last-child,td:last-child{{padding-right:0}}
.n{{text-align:right;font-variant-numeric:tabular-nums}}
.beside{{display:grid;grid-template-columns:1fr 1fr;gap:14px 26px;align-items:start}}
.beside table{{margin:0}}
.small{{font-size:13px}}
.small tbody th{{font-weight:400}}
.fronts{{align-items:stretch}}
.front{{font-family:{SERIF};border:1px solid #c9c0aa;border-top:6px solid var(--accent);
 padding:12px 16px 14px;background:#fbf7ec}}
.front.failure{{--accent:{FAILURE_READING}}}
.front.stress_test{{--accent:{STRESS_TEST_READING}}}
.mast{{font-size:20px;font-weight:700;font-variant:small-caps;text-align:center;line-height:1.15}}
.motto{{font-size:13px;font-style:italic;color:{SOFT};text-align:center}}
.front .motto{{margin-top:1px;padding-bottom:7px;border-bottom:1px solid {INK}}}
.front h3{{font-size:21px;line-height:1.2;margin:9px 0 0}}
.front p{{font-size:15px;line-height:1.4}}
.front .deck{{font-style:italic;color:{SOFT};margin-top:5px}}
.front .left-out{{font-weight:700;font-size:14px}}
.front ul{{font-size:14px;line-height:1.36}}
footer{{margin-top:30px;padding-top:8px;border-top:1px solid {INK};font-size:13px;color:{SOFT}}}
@media(max-width:640px){{body{{padding:18px 14px 30px}}h1{{font-size:27px}}h2{{font-size:20px;margin-top:28px}}
 ol.claims li{{font-size:18px;padding-left:40px}}.beside{{grid-template-columns:1fr}}
 table{{font-size:13px}}th,td{{padding-right:7px}}}}
@media print{{html{{background:none}}body{{padding:0;max-width:none;font-size:9.5pt;line-height:1.36}}
 h1{{font-size:21pt}}h2{{font-size:13.5pt;margin:12pt 0 3pt;break-after:avoid}}.kind{{font-size:9pt}}
 .below{{padding-bottom:7pt;margin-top:3pt}}
 ol.claims li{{font-size:11.6pt;line-height:1.36;padding:5pt 0 5pt 27pt}}
 ol.claims li::before{{width:18pt;height:18pt;font-size:10.5pt;line-height:18pt;top:5pt;
  print-color-adjust:exact;-webkit-print-color-adjust:exact}}
 p+p,p+ul,ul+p,p+.beside,.beside+p,.whole+*,p+table,table+p,figure+p,p+figure,figure+table,ul+table,table+table,table+ul{{margin-top:5pt}}
 figure{{break-inside:avoid}}figure img{{max-width:116mm}}figcaption{{font-size:8pt;max-width:none}}
 table{{font-size:8.6pt;line-height:1.32}}th,td{{padding:2.6pt 7pt 2.6pt 0}}tr,li,.front{{break-inside:avoid}}
 caption{{break-after:avoid}}.beside{{gap:8pt 18pt;break-inside:avoid}}.small{{font-size:8pt;line-height:1.19}}
 .small th,.small td{{padding-top:.8pt;padding-bottom:1.5pt}}
 .whole,p{{break-inside:avoid}}
 .mast{{font-size:13pt}}.motto{{font-size:8pt}}.front{{padding:7pt 9pt 8pt;
  print-color-adjust:exact;-webkit-print-color-adjust:exact}}
 .front h3{{font-size:12.5pt}}.front p{{font-size:9pt}}.front .left-out,.front ul{{font-size:8.4pt}}
 footer{{margin-top:12pt;font-size:8pt}}p{{orphans:2;widows:2}}}}
"""
