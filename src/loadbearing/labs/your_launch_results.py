"""The answers at the desk: one behind each tab, the plan worked out anew for other weathers, and the report made."""

from __future__ import annotations

import dataclasses
import datetime

import ipywidgets as widgets

from loadbearing import front_page, report
from loadbearing.labs import how_sure, look
from loadbearing.labs import your_launch_answers as answers
from loadbearing.labs import your_launch_report as reports
from loadbearing.launch import WEATHERS, plans
from loadbearing.units import people

PAGES, BALANCE = "pages", ("balance",)
TABS = {
    "Load line": ("lines",),
    "Premortem": ("premortem",),
    "Cheapest plan": ("plan",),
    "Stop rule": ("stop",),
    "Front pages": (PAGES,),
    "Your balance": BALANCE,
    "Report": ("rests_on", "method"),
}
"""The tabs, and the sections of the report behind each; both front pages are shown whole."""

FIRST = "claims"
"""The section that stands above all tabs."""

OLD = "You changed the form since. Press Work it out, and all of this is renewed."
CLOCK = "The clock of these pages begins at 20:00: read it as your announced minute, and listeners as your people."
JUDGE = "Claims are judged on the cards of units 01 to 12; what you judge there stands here."
TICK = "In which weathers must the promise hold?"
NAME = "A name for the report, such as that of your launch. You may leave it out."
BOTH = "One file to send or to read on a phone, one to print. A board reads it in five minutes."


class Results:
    """What was worked out, shown; `running` does what takes longer than a moment. `worked`: the newest, or None."""

    def __init__(self, progress, running):
        self.progress, self.running = progress, running
        self.worked, self.report = None, None
        self.reports = reports.Reports(progress)
        self.stale, self.top, self.shown, self.links = (widgets.HTML() for _ in range(4))
        self.box = widgets.VBox([])
        self.box.add_class("lb-answers")
        self.clear()

    def _made(self):
        """The widgets of the answers, made when there is something to show."""
        self.tabs = widgets.ToggleButtons(
            options=[(name, name) for name in TABS], style={"button_width": "auto"}
        )
        self.tabs.add_class("lb-tabs")
        self.tabs.observe(lambda _: self.turn(), "value")
        self.ticks = {one.key: _tick(one) for one in WEATHERS}
        search = _button("Find the cheapest plan", self.find_plan)
        asked = widgets.HTML(look.sub(TICK))
        self.planning = widgets.VBox([asked, *self.ticks.values(), search])
        self.name = widgets.Text(
            placeholder="a name", tooltip=NAME, layout={"width": "min(320px, 100%)"}
        )
        make = _button("Make the report", self.make_report, primary=True)
        said = widgets.HTML(look.sub("A report for others") + f"<p>{BOTH}</p>" + look.small(NAME))
        self.reporting = widgets.VBox([said, self.name, make, self.links])
        return [self.stale, self.top, self.tabs, self.planning, self.reporting, self.shown]

    def show(self, worked, tab="Load line"):
        """Show what was worked out, from its load line on, or behind another tab."""
        self.worked, self.report = worked, self._report(worked, "")
        if not self.box.children:
            self.box.children = self._made()
        self.old(False)
        self.links.value = ""
        self.top.value = answers.STYLE + self._sections((FIRST,))
        self.box.layout.display = ""
        self.tabs.value = tab
        self.turn()

    def _report(self, worked, name, day=None):
        """The report of what was worked out, with the verdicts as they are kept now."""
        held = self.progress.everything()
        return report.make(
            worked,
            claims_balance=report.balance(held["verdicts"]),
            calibration=sure_of(held),
            made_on=day or datetime.date.today(),
            name=name,
        )

    def _sections(self, keys):
        return "".join(answers.section(one) for one in self.report.sections if one.key in keys)

    def old(self, changed=True):
        """Say that the form holds another launch by now, or take that back."""
        self.stale.value = look.notice(OLD) if changed and self.worked else ""

    def clear(self):
        """Take all answers away."""
        self.worked = self.report = None
        for part in (self.top, self.shown, self.links, self.stale):
            part.value = ""
        self.box.layout.display = "none"

    def turn(self):
        """Show what the tabs say."""
        if self.worked is None:
            return
        at = self.tabs.value
        self.planning.layout.display = "" if at == "Cheapest plan" else "none"
        self.reporting.layout.display = "" if at == "Report" else "none"
        try:
            self.shown.value = self._drawn(TABS[at])
        except Exception as slip:  # one answer that fails must not take the others away
            self.shown.value = look.notice(f"This did not work: {slip} ({type(slip).__name__}).")

    def _drawn(self, keys):
        """What stands behind a tab, as HTML."""
        if keys == (PAGES,):
            each = self.worked.each
            small = f"Each listener stands for {people(each)} people." if each > 1 else ""
            pages = front_page.as_html(front_page.front_pages(self.worked.run))
            return look.caption(CLOCK, small) + f'<div class="lb-pages">{pages}</div>'
        if keys == BALANCE:  # what was judged since counts too
            self.report = self._report(self.worked, "")
            unsure = sure_of(self.progress.everything()) is None
            return self._sections(keys) + look.caption(
                JUDGE, *(how_sure.told([]) if unsure else [])
            )
        return self._sections(keys)

    def find_plan(self):
        """Find the cheapest plan that keeps the promise in the weathers that are ticked."""
        before = self.worked
        if before is None:
            return
        wanted = tuple(key for key, tick in self.ticks.items() if tick.value)

        def job(told, stopped):
            return plans.cheapest(before.launch, weathers=wanted, told=told, stopped=stopped)

        def done(plan):
            if self.worked is before:
                self.show(dataclasses.replace(before, plan=plan), "Cheapest plan")

        self.running.begin("Looking for the cheapest plan", job, done)

    def make_report(self):
        """Make the report of what was worked out, write it down, and offer it as two files."""
        worked, name, now = self.worked, self.name.value, datetime.datetime.now()
        if worked is None:
            return

        def job(told, stopped):
            found = self._report(worked, name, now.date())
            told(0.2, "Setting the pages")
            return reports.made(found)

        def done(made):
            self.links.value = reports.links(made, self.reports.write(made, now))

        self.running.begin("Making the report", job, done)


def sure_of(held):
    """Return in sentences how sure a student was and how right, or None if no confidence was ever kept."""
    found = how_sure.groups(held["predictions"])
    return how_sure.told(found) if found else None


def _tick(weather):
    return widgets.Checkbox(
        value=weather.key in plans.WEATHERS, description=f"{weather.name}: {weather.sentence}",
        indent=False, layout={"width": "auto"},
    )  # fmt: skip


def _button(words, act, primary=False):
    button = widgets.Button(description=words, button_style="primary" if primary else "")
    button.layout.width, button.layout.align_self = "auto", "flex-start"
    button.on_click(lambda _: act())
    return button
