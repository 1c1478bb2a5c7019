// One knob: a slider, a box to type in, and what they come to. It tells the kernel where it stands while it is
// dragged ("drag") and when it is let go ("rest"). One message is under way at a time, and the newest position wins:
// positions in between are never sent. A message to which no answer comes (a connection can break) is sent again, or
// the newest position in its place: a knob never stands where nothing was asked for.

const PATIENCE_MS = 4000; // how long an answer may take before the knob says so and asks again
const TIMES_ASKED = 15;
const PAUSE_MS = 180; // keys pressed faster than this are one move

function render({ model, el }) {
  const part = (kind, name, holder) => {
    const made = document.createElement(kind);
    made.className = name;
    holder.append(made);
    return made;
  };
  const row = part("div", "lb-knob", el);
  const label = part("label", "lb-knob-label", row);
  const named = part("span", "", label);
  const slider = part("input", "lb-knob-slider", label);
  const comesTo = part("span", "lb-knob-value", row);
  const box = part("input", "lb-knob-box", row);
  const unit = part("span", "lb-knob-unit", row);
  const note = part("div", "lb-knob-note", row);
  slider.type = "range";
  box.type = "number";
  note.setAttribute("role", "status");

  let underWay = null, waiting = null, held = null, pause = 0, patience = 0, asked = 0;

  // The same knob may be shown twice: each place counts from a number of its own.
  let ticket = Math.floor(1e9 * Math.random());

  function send(kind, at, began) {
    if (underWay) {
      waiting = [kind, at, began];
      return;
    }
    underWay = [kind, at, began];
    ticket += 1;
    clearTimeout(patience);
    patience = setTimeout(askAgain, PATIENCE_MS);
    model.send({ kind, at, ticket, turn: model.get("turn"), began, sent: now() });
  }

  function now() {
    return performance.timeOrigin + performance.now();
  }

  function answered() {
    if (model.get("handled") !== ticket) return;
    clearTimeout(patience);
    note.textContent = "";
    asked = 0;
    underWay = null;
    const next = waiting;
    waiting = null;
    if (next) send(...next);
    else if (!held) stand(model.get("at")); // a slip that was typed goes back to where the knob stands
  }

  function askAgain() {
    const next = waiting || underWay;
    underWay = waiting = null;
    note.textContent = "No answer yet. If nothing comes: Run, then Run All Cells, in the menu above.";
    asked += 1;
    if (asked < TIMES_ASKED) send(...next);
  }

  function dragged(event) {
    held = event.target;
    const at = event.target === box ? Number(box.value) : standing();
    if (event.target === box && !(box.value !== "" && at >= model.get("low") && at <= model.get("high"))) return;
    stand(at, event.target);
    send("drag", at, performance.timeOrigin + event.timeStamp);
  }

  // A key or a tap on the box's arrows lets go at once; a pause tells whether more are coming.
  function letGo(event) {
    const at = event.target === box ? box.value : standing();
    clearTimeout(pause);
    pause = setTimeout(() => {
      held = null;
      send("rest", at, performance.timeOrigin + event.timeStamp);
    }, PAUSE_MS);
  }

  // Dragged away and back to where it began, a slider changes nothing and says nothing: the release itself tells.
  function released(event) {
    if (held === slider) letGo({ target: slider, timeStamp: event.timeStamp });
  }

  // A slider with uneven steps counts its stops; one with even steps stands at the number itself.
  function standing() {
    const stops = model.get("stops");
    return stops.length ? stops[Number(slider.value)] : Number(slider.value);
  }

  function placeOf(at) {
    const stops = model.get("stops");
    if (!stops.length) return at;
    const far = stops.map(one => Math.abs(Math.log(one / at)));
    return far.indexOf(Math.min(...far));
  }

  function stand(at, except) {
    if (except !== slider) slider.value = placeOf(at);
    if (except !== box) box.value = at;
    slider.setAttribute("aria-valuetext", `${at} ${model.get("spoken")}`.trim());
  }

  function follow() {
    if (!held) stand(model.get("at"));
  }

  // When the knobs are put back, whatever was begun here ends. The kernel knows what was sent before by its turn.
  function letGoOfAll() {
    clearTimeout(pause);
    clearTimeout(patience);
    note.textContent = "";
    held = waiting = underWay = null;
    stand(model.get("at"));
  }

  function dress() {
    const stops = model.get("stops").length;
    slider.min = stops ? 0 : model.get("least");
    slider.max = stops ? stops - 1 : model.get("most");
    slider.step = stops ? 1 : model.get("step");
    box.min = model.get("low");
    box.max = model.get("high");
    box.step = stops ? "any" : model.get("step");
    unit.textContent = model.get("shown");
    named.textContent = model.get("label");
    box.setAttribute("aria-label", `${model.get("label")}, ${model.get("spoken")}`);
    comesTo.textContent = model.get("comes_to");
    slider.disabled = box.disabled = model.get("disabled");
  }

  for (const control of [slider, box]) {
    control.addEventListener("input", dragged);
    control.addEventListener("change", letGo);
    // JupyterLab has shortcuts on single keys: what is typed here is meant for the knob.
    control.addEventListener("keydown", event => event.key !== "Tab" && event.stopPropagation());
  }
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, released, true);
  box.addEventListener("blur", event => held === box && letGo(event));
  model.on("change:handled", answered);
  model.on("change:at", follow);
  model.on("change:turn", letGoOfAll);
  for (const trait of ["label", "least", "most", "step", "comes_to", "disabled"])
    model.on(`change:${trait}`, dress);
  dress();
  stand(model.get("at"));

  return () => {
    clearTimeout(pause);
    clearTimeout(patience);
    for (const end of ["pointerup", "pointercancel"]) window.removeEventListener(end, released, true);
    model.off("change:handled", answered);
    model.off("change:at", follow);
    model.off("change:turn", letGoOfAll);
    for (const trait of ["label", "least", "most", "step", "comes_to", "disabled"])
      model.off(`change:${trait}`, dress);
  };
}

export default { render };
