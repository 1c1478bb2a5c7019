// A queue drawn by hand. Above stand the two lines that are known, below is room to draw; both have one time axis. The
// pointer draws through all points that it passes, arrow keys choose a point and raise or lower it. What is drawn goes
// to the kernel when the pointer is let go, or when no key has come for a moment. The queue is shown once it is told.

const PAUSE_MS = 180;
const LEFT = 56, RIGHT = 14, TOP = 26, BOTTOM = 22; // around a field, in pixels
const KEYS = 36, NARROW = 500; // in a narrow window the keys stand above the field, in so many pixels
const ABOVE = 170, BELOW = 250; // heights of the two fields, with what is around them
const STEPS = 50, PAGE = 5; // keys from nothing to the top; how many of them a page key is worth

function render({ model, el }) {
  const times = model.get("times"), clocks = model.get("clocks"), most = model.get("most");
  const last = times.length - 1;
  const whole = document.createElement("div"), known = document.createElement("div"), field = document.createElement("div");
  whole.className = "lb-drawing";
  field.className = "lb-drawing-field";
  whole.append(known, field);
  el.append(whole);
  known.setAttribute("role", "img");
  field.tabIndex = 0;
  field.setAttribute("role", "slider");
  field.setAttribute("aria-label", "Your curve of the queue. Left and right choose the time, up and down draw.");
  field.setAttribute("aria-valuemin", 0);
  field.setAttribute("aria-valuemax", most);

  let heights = [], here = 0, before = null, pause = 0, wide = 0, top = TOP, keys = 0;

  function drawing(holder, tall, most, title) {
    const high = tall + keys;
    const svg = shape("svg", null, { height: high, "aria-hidden": "true" });
    svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    const room = high - top - BOTTOM;
    const x = at => LEFT + ((wide - LEFT - RIGHT) * at) / last;
    const y = people => top + room * (1 - people / most);
    for (const part of [0, 0.5, 1]) {
      shape("line", svg, { class: "lb-drawing-grid", x1: LEFT, x2: wide - RIGHT, y1: y(part * most), y2: y(part * most) });
      words(svg, LEFT - 6, y(part * most) + 4, counted(part * most), "end");
    }
    const every = keys ? 10 : 5;
    clocks.forEach((clock, at) => at % every || words(svg, x(at), high - 6, clock, at === last ? "end" : "middle", 14 * (at === last)));
    words(svg, 0, 14, title, "start").setAttribute("class", "lb-drawing-title");
    holder.replaceChildren(svg);
    const line = (name, levels) =>
      shape("polyline", svg, { class: name, points: levels.map(([at, people]) => `${x(at)},${y(people)}`).join(" ") });
    // A key, in the empty upper right or above the field: a piece of the line, and what it is.
    const key = (name, row, text) => {
      const from = keys ? LEFT : wide - RIGHT - 168, level = (keys ? 28 : TOP + 8) + 18 * row;
      shape("line", svg, { class: name, x1: from, x2: from + 30, y1: level, y2: level });
      words(svg, from + 38, level + 4, text, "start");
    };
    return { svg, x, y, line, key };
  }

  function shape(kind, holder, settings) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", kind);
    for (const [name, value] of Object.entries(settings)) made.setAttribute(name, value);
    holder?.append(made);
    return made;
  }

  function words(svg, x, y, text, anchor, further = 0) {
    const made = shape("text", svg, { x: x + further, y, "text-anchor": anchor });
    made.textContent = text;
    return made;
  }

  const counted = people => Math.round(people).toLocaleString("en-US");

  function paint() {
    if (!wide) return;
    const queue = model.get("queue"), comes = model.get("comes"), takes = model.get("takes");
    const busiest = 2 * Math.ceil(Math.max(takes, ...comes) / 2000) * 1000;
    const above = drawing(known, ABOVE, busiest, "People a minute");
    if (queue.length) { // where more come than the door can take
      const more = comes.map((people, at) => [at, Math.max(people, takes)]);
      above.line("lb-drawing-more", [[0, takes], ...more, [last, takes]]);
    }
    above.line("lb-drawing-takes", [[0, takes], [last, takes]]);
    above.line("lb-drawing-comes", comes.map((people, at) => [at, people]));
    above.key("lb-drawing-comes", 0, "come");
    above.key("lb-drawing-takes", 1, "the door can take");
    const below = drawing(field, BELOW, most, "People in the queue");
    const drawn = heights.flatMap((people, at) => (people === null ? [] : [[at, people]]));
    below.line("lb-drawing-yours", drawn);
    for (const [at, people] of queue.length ? [] : drawn) shape("circle", below.svg, { cx: below.x(at), cy: below.y(people), r: 3 });
    below.key("lb-drawing-yours", 0, "drawn by you");
    if (queue.length) {
      below.line("lb-drawing-queue", queue.map((people, at) => [at, people]));
      below.key("lb-drawing-queue", 1, "the queue");
      const longest = queue.indexOf(Math.max(...queue));
      for (const { svg, x } of [above, below])
        shape("line", svg, { class: "lb-drawing-turn", x1: x(longest), x2: x(longest), y1: top, y2: keys - BOTTOM + (svg === above.svg ? ABOVE : BELOW) });
    } else if (document.activeElement === field && before === null) {
      shape("circle", below.svg, { class: "lb-drawing-here", cx: below.x(here), cy: below.y(level(here)), r: 7 });
    }
    if (!drawn.length && !queue.length) words(below.svg, below.x(last / 2), below.y(0.6 * most), "Draw here", "middle");
    known.setAttribute("aria-label", model.get("told"));
    field.setAttribute("aria-disabled", String(Boolean(queue.length)));
    field.setAttribute("aria-valuenow", heights[here] ?? 0);
    const stands = heights[here] === null ? "nothing drawn" : `${counted(heights[here])} people`;
    field.setAttribute("aria-valuetext", `${clocks[here]}, ${stands}`);
  }

  // How high the curve is at a point; between two points that were set it goes straight.
  function level(at) {
    if (heights[at] !== null) return heights[at];
    const set = heights.flatMap((people, one) => (people === null ? [] : [one]));
    const [from, to] = [set.filter(one => one < at).pop(), set.find(one => one > at)];
    if (from === undefined || to === undefined) return from === undefined ? 0 : heights[from];
    return heights[from] + ((heights[to] - heights[from]) * (at - from)) / (to - from);
  }

  function tell() {
    clearTimeout(pause);
    pause = 0;
    const points = heights.flatMap((people, at) => (people === null ? [] : [[times[at], people]]));
    model.send({ kind: "drawn", points });
  }

  function place(event) {
    const box = field.getBoundingClientRect();
    const part = (event.clientX - box.left - LEFT) / (wide - LEFT - RIGHT);
    const up = 1 - (event.clientY - box.top - top) / (BELOW - TOP - BOTTOM);
    const within = (number, high) => Math.min(Math.max(number, 0), high);
    return [within(Math.round(part * last), last), Math.round(most * within(up, 1) / 100) * 100];
  }

  // From where the pointer was to where it is: all points in between lie on the way.
  function drawTo(event) {
    const [at, people] = place(event), [from, was] = before ?? [at, people];
    for (let one = Math.min(from, at); one <= Math.max(from, at); one++)
      heights[one] = at === from ? people : Math.round(was + ((people - was) * (one - from)) / (at - from));
    before = [at, people];
    here = at;
    paint();
  }

  function pressed(event) {
    if (event.button || model.get("queue").length) return;
    field.focus({ preventScroll: true });
    field.setPointerCapture(event.pointerId);
    drawTo(event);
    event.preventDefault();
  }

  const moved = event => before && drawTo(event);

  function letGo() {
    if (!before) return;
    before = null;
    paint();
    tell();
  }

  function keyed(event) {
    if (event.key !== "Tab") event.stopPropagation(); // JupyterLab has shortcuts on single keys
    const step = { ArrowUp: 1, ArrowDown: -1, PageUp: PAGE, PageDown: -PAGE }[event.key];
    const to = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last }[event.key];
    const takenAway = event.key === "Delete" || event.key === "Backspace";
    if (step === undefined && to === undefined && !takenAway) return;
    event.preventDefault();
    if (model.get("queue").length) return;
    if (to !== undefined) here = Math.min(Math.max(to, 0), last);
    else heights[here] = takenAway ? null : Math.min(Math.max(level(here) + (step * most) / STEPS, 0), most);
    paint();
    if (to !== undefined) return;
    clearTimeout(pause);
    pause = setTimeout(tell, PAUSE_MS);
  }

  function stand() {
    if (before || pause) return;
    const drawn = new Map(model.get("drawn"));
    heights = times.map(t => drawn.get(t) ?? null);
    paint();
  }

  function left() {
    if (pause) tell();
    paint();
  }

  function measure() {
    const now = whole.clientWidth || 640; // not laid out yet: measured once it is
    if (now === wide) return;
    wide = now;
    keys = wide < NARROW ? KEYS : 0;
    top = TOP + keys;
    paint();
  }

  const size = new ResizeObserver(measure);
  const heard = { pointerdown: pressed, pointermove: moved, pointerup: letGo, pointercancel: letGo, keydown: keyed, focus: paint, blur: left };
  for (const [name, act] of Object.entries(heard)) field.addEventListener(name, act);
  model.on("change:drawn change:queue change:told", stand);
  model.on("msg:custom", stand);
  stand();
  measure();
  size.observe(whole);

  return () => {
    clearTimeout(pause);
    size.disconnect();
    model.off("change:drawn change:queue change:told", stand);
    model.off("msg:custom", stand);
  };
}

export default { render };
