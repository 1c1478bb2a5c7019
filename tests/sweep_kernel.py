"""The part of the control sweep that runs inside the kernel of a lab, beside its cells.

`watch(shell)` comes before the first cell and notes every error that ipywidgets would only show in
an Output or a log; `drive(path)` comes after the last and moves every control as a browser would.
"""

import asyncio
import json
import math
import sys
import threading
import time
from pathlib import Path

import ipywidgets
from ipywidgets.widgets import widget as widget_module
from ipywidgets.widgets import widget_float, widget_int, widget_selection

GRID = 11
EVERY_STEP_UP_TO = 50
GLANCES = 6
# A lab may go on working beside the kernel, and drops what it does when something newer is asked.
# At the ends of a control all of it is awaited, in between only a glance; most stops of a knob that
# is dragged over many are passed as by a hand.
GLANCE_S, PATIENCE_S, DRAG_S = 0.5, 240.0, 0.02
TYPED_NUMBERS = (-1, 0, 1_000_000_000)
TYPED_INTO_KNOBS = ("", "-1", "many", 1_000)
TYPED_TEXTS = ("", "12", "a few words")

FILES = {
    "nonsense.bin": bytes(range(256)),
    "empty.csv": b"",
    "other.json": b'{"what": "another thing"}',
    "counts.csv": b"time,people\n2026-05-01 10:00,30\n2026-05-01 10:01,90\n",
    "access.log": b'192.0.2.1 - - [01/May/2026:10:00:00 +0000] "GET /join HTTP/1.1" 200 5\n',
}
"""Files that are brought in wherever one can be, by name."""

FAILED = ("did not work", "could not be judged", "no numbers to attach", "could not be run")
"""What a lab says of an error of ours; a slip of the student's is answered in other words."""

_watch = None


def watch(shell) -> None:
    """Begin to note errors, cell by cell."""
    global _watch
    _watch = Watch(shell)


async def drive(path: str) -> None:
    """Move every control and write what was found to `path` as JSON."""
    await _watch.drive()
    report = {"controls": _watch.controls, "steps": _watch.steps, "errors": _watch.errors}
    Path(path).write_text(json.dumps(report), encoding="utf-8")


class Watch:
    """Notes each error with the place where it happened: a cell, or a control and its value."""

    def __init__(self, shell):
        self.errors, self.steps, self.controls = [], 0, 0
        self.cell, self.place = 0, "before the first cell"
        self._show = shell.showtraceback
        shell.showtraceback = self._note_shown
        shell.events.register("pre_run_cell", self._next_cell)
        threading.excepthook = lambda hook: self._note(hook.exc_value)
        self.threads, self.tasks = set(), set()

    def _next_cell(self, info):
        self.cell += 1
        self.place = f"when cell {self.cell} runs"

    def _note_shown(self, exc_tuple=None, *args, **kwargs):
        self._note((exc_tuple or sys.exc_info())[1])
        return self._show(exc_tuple, *args, **kwargs)

    def _note(self, error):
        sentence = f"{self.place}: {type(error).__name__}: {error}"
        if sentence not in self.errors:
            self.errors.append(sentence)

    async def drive(self):
        """Every value of every control, those that appear on the way included."""
        asyncio.get_running_loop().set_exception_handler(
            lambda loop, context: self._note(context.get("exception") or context["message"])
        )
        self.threads, self.tasks = set(threading.enumerate()), set(asyncio.all_tasks())
        seen = set()
        while fresh := [one for one in _open_controls() if one.model_id not in seen]:
            control = fresh[0]
            seen.add(control.model_id)
            self.controls += 1
            await self._sweep(control)
        self.place = "after the last control"
        await asyncio.sleep(0.5)
        await self._settle(timers=True)

    async def _sweep(self, control):
        """One control over all its values, then back to where it stood."""
        name, before = _name(control), control.get_state()
        states = _states(control)
        patience = _patience(states)
        for number, (shown, message) in enumerate(states):
            if control.comm is None:
                return  # closed by its own handler
            self.place, self.steps = f"{name} at {shown}", self.steps + 1
            buffers = message.pop("buffers", [])
            control._handle_msg({"content": {"data": message}, "buffers": buffers})
            await self._settle(patience[number])
            self._read()
        self.place = f"{name}, put back"
        kept = {key: before[key] for key in ("value", "index", "selected_index") if key in before}
        if kept and control.comm is not None:
            key = "index" if "index" in kept else next(iter(kept))
            control._handle_msg({"content": {"data": _update({key: kept[key]})}, "buffers": []})
            await self._settle(GLANCE_S)

    def _read(self):
        """Note every place that says that something did not work: labs turn errors into sentences."""
        for one in list(widget_module._instances.values()):
            said = getattr(one, "value", None)
            if isinstance(one, ipywidgets.HTML) and any(words in said for words in FAILED):
                self._note(RuntimeError(said))

    async def _settle(self, seconds=PATIENCE_S, timers=False):
        """Wait until tasks and threads that a handler began have ended, at most so long.

        A timer only waits for its time, such as that of a draft to be written: `timers` are awaited at the very end.
        """
        until, begun = time.monotonic() + seconds, set()
        while time.monotonic() < until:
            begun = begun | (asyncio.all_tasks() - self.tasks)
            await asyncio.sleep(0)
            for task in [task for task in begun if task.done()]:
                begun.discard(task)
                if not task.cancelled() and task.exception():
                    self._note(task.exception())
            working = [*begun]
            working += [
                one
                for one in threading.enumerate()
                if one not in self.threads and (timers or not isinstance(one, threading.Timer))
            ]
            if not working:
                return
            await asyncio.sleep(0.005)
        if seconds == PATIENCE_S:
            self._note(TimeoutError(f"still at work after {PATIENCE_S:g} s"))


def _patience(states: list) -> list[float]:
    """How many seconds what began at each state may go on before the next: all of it at both ends."""
    last, every = len(states) - 1, max(1, len(states) // GLANCES)
    return [
        PATIENCE_S
        if number in (0, last)
        else DRAG_S
        if message.get("content", {}).get("kind") == "drag" and number % every
        else GLANCE_S
        for number, (_, message) in enumerate(states)
    ]


def _open_controls() -> list:
    """The controls there are now, buttons last, since one may reset or delete what others set."""
    every = [one for one in widget_module._instances.values() if one.comm is not None]
    controls = [one for one in every if _states(one) and not getattr(one, "disabled", False)]
    return sorted(controls, key=lambda one: isinstance(one, ipywidgets.Button))


def _name(control) -> str:
    """What a reader calls this control: its kind and its label."""
    label = next(
        (
            text
            for trait in ("description", "tooltip", "placeholder", "label")
            if (text := getattr(control, trait, None))
        ),
        "without a label",
    )
    return f"{type(control).__name__} {label!r}"


def _update(state: dict) -> dict:
    return {"method": "update", "state": state, "buffer_paths": []}


def _values(values) -> list:
    return [(repr(value), _update({"value": value})) for value in values]


def _states(control) -> list:
    """Each value of a control as (shown, message as a browser sends it); none if it is none."""
    if own := OUR_OWN.get(type(control).__name__):
        return own(control)
    if isinstance(control, ipywidgets.Button):
        return [("a click", {"method": "custom", "content": {"event": "click"}})]
    if isinstance(control, ipywidgets.IntProgress | ipywidgets.FloatProgress | ipywidgets.Valid):
        return []
    if isinstance(control, ipywidgets.Checkbox | ipywidgets.ToggleButton):
        return _values([not control.value, control.value])
    for kind, values in NUMBERS.items():
        if isinstance(control, kind):
            return _values(values(control))
    for kind, key in CHOICES.items():
        if isinstance(control, kind):
            return _chosen(control, key)
    if isinstance(control, ipywidgets.FileUpload):
        return _upload(control)
    if isinstance(control, ipywidgets.IntText | ipywidgets.FloatText):
        return _values(TYPED_NUMBERS)
    if isinstance(control, ipywidgets.Text | ipywidgets.Textarea):
        return _values(TYPED_TEXTS)
    return []


def _upload(control) -> list:
    """No file at all, one that nobody can read, an empty one, a table and an access log: what a browser would send."""
    return [("no file", _update({"value": []})), *(_file(*one) for one in FILES.items())]


def _file(name: str, content: bytes) -> tuple:
    about = {"name": name, "type": "", "size": len(content), "last_modified": 0}
    message = {**_update({"value": [about]}), "buffer_paths": [["value", 0, "content"]]}
    return name, {**message, "buffers": [content]}


def _custom(content: dict) -> dict:
    return {"method": "custom", "content": content}


def _knob(control) -> list:
    """A knob dragged over its whole range, let go at both ends, and what makes sense and what does not typed in."""
    steps = [
        (f"{at:g} {control.spoken}", _custom({"kind": "drag", "at": at, "ticket": number}))
        for number, at in enumerate(_stops(control), start=1)
    ]
    rests = [
        (f"{typed!r}, let go", _custom({"kind": "rest", "at": typed, "ticket": 1}))
        for typed in (control.least, control.most, *TYPED_INTO_KNOBS, control.at)
    ]
    return [*steps, *rests]


def _stops(control) -> list[float]:
    """Where the slider of a knob can stand."""
    if control.stops:
        return list(control.stops)
    count = math.floor((control.most - control.least) / control.step + 1e-9)
    return [control.least + control.step * n for n in range(count + 1)]


def _choice(control) -> list:
    """Each option of a choice, one that is not there, and back."""
    wanted = (*control.options, "what nobody offers", None, control.at)
    return [(repr(one), _custom({"kind": "rest", "at": one})) for one in wanted]


def _crowd(control) -> list:
    """The moving crowd at both ends and in the middle, playing, at each speed, with listeners picked."""
    data = control.data
    times = [data.starts_s, (data.starts_s + data.ends_s) / 2, data.ends_s]
    moves = [{"at_s": at} for at in times] + [{"playing": True}, {"playing": False}]
    moves += [{"speed": speed} for speed in (1, 10, 60, 300)]
    moves += [{"picked": one} for one in (0, 10**9, -1)]
    return [(str(state), _update(state)) for state in moves]


def _drawing(control) -> list:
    """A curve drawn over all times, taken away, and what cannot be read; drawn last, so that it can be shown."""
    curve = [[t, control.most / 2] for t in control.times]
    wanted = (curve, [], None, "a curve", [[-1, 0]], [[control.times[0], 2 * control.most]], curve)
    return [
        (f"curve {number}", _custom({"kind": "drawn", "points": one}))
        for number, one in enumerate(wanted)
    ]


def _chosen(control, key: str) -> list:
    """Every option of a choice, by its index."""
    if key == "selected_index":
        labels = [control.get_title(n) for n in range(len(control.children))]
    else:
        labels = list(control._options_labels)
    many = isinstance(control, widget_selection._MultipleSelection)
    if isinstance(control, ipywidgets.SelectionRangeSlider):
        last = len(labels) - 1
        pairs = [(0, n) for n in range(last + 1)] + [(n, last) for n in range(last + 1)]
        return [(f"{labels[a]} to {labels[b]}", _update({key: [a, b]})) for a, b in pairs]
    return [(repr(label), _update({key: [n] if many else n})) for n, label in enumerate(labels)]


def _whole(control) -> list[int]:
    step = getattr(control, "step", 1) or 1
    count = (control.max - control.min) // step
    if count <= EVERY_STEP_UP_TO:
        return [*range(control.min, control.max + 1, step)]
    return sorted({control.min + step * round(n * count / (GRID - 1)) for n in range(GRID)})


def _real(control) -> list[float]:
    width = control.max - control.min
    return [control.min + width * n / (GRID - 1) for n in range(GRID)]


def _log(control) -> list[float]:
    return [control.base**exponent for exponent in _real(control)]


def _ranges(values):
    """Pairs for a range: from the lowest to each value, then from each value to the highest."""
    return lambda control: [
        *([values(control)[0], value] for value in values(control)),
        *([value, values(control)[-1]] for value in values(control)),
    ]


def _parts(control) -> list:
    """All parts to one kind, as far as it takes them, the rest to another; and none at all."""
    kinds = [kind["most"] for kind in control.kinds]
    given = [[0] * len(kinds)]
    for one, most in enumerate(kinds):
        for other in {*range(len(kinds))} - {one}:
            parts = [0] * len(kinds)
            parts[one] = most
            parts[other] = min(kinds[other], control.budget - most)
            given.append(parts)
    return [(str(parts), _update({"at": parts})) for parts in given]


OUR_OWN = {
    "KnobControl": _knob,
    "ChoiceControl": _choice,
    "MovingCrowd": _crowd,
    "DrawingPad": _drawing,
    "PartsControl": _parts,
}
# Each kind of number with its values; a kind stands before those it is a special case of.
NUMBERS = {
    widget_int._BoundedIntRange: _ranges(_whole),
    widget_float._BoundedFloatRange: _ranges(_real),
    ipywidgets.FloatLogSlider: _log,
    widget_int._BoundedInt: _whole,
    widget_float._BoundedFloat: _real,
}
CHOICES = {
    widget_selection._Selection: "index",
    widget_selection._MultipleSelection: "index",
    ipywidgets.Tab: "selected_index",
    ipywidgets.Accordion: "selected_index",
}
