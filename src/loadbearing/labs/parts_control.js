// A budget of a few parts, spent on a few things: a row for each, with a step down, a number and a step up, and under
// them the parts themselves, one square each. Arrow keys and digits work on the number. What is chosen goes to the kernel
// at once; more than the budget cannot be given.

function render({ model, el }) {
  const part = (kind, name, holder) => {
    const made = document.createElement(kind);
    made.className = name;
    holder.append(made);
    return made;
  };
  // JupyterLab has shortcuts on single keys: what is pressed here is meant for the numbers.
  const keep = event => event.key !== "Tab" && event.stopPropagation();

  const whole = part("div", "lb-parts", el);
  const kinds = model.get("kinds"), budget = model.get("budget");
  whole.setAttribute("role", "group");
  whole.setAttribute("aria-label", `${budget} parts to give`);
  const rows = kinds.map((kind, which) => row(kind, which));
  const strip = part("div", "lb-parts-strip", whole);
  const rest = part("div", "lb-parts-rest", whole);
  strip.setAttribute("aria-hidden", "true");
  rest.setAttribute("role", "status");
  const squares = Array.from({ length: budget }, () => part("span", "lb-parts-square", strip));

  function row(kind, which) {
    const line = part("div", "lb-parts-row", whole);
    const label = part("div", "lb-parts-label", line);
    part("b", "", label).textContent = kind.name;
    part("small", "", label).textContent = kind.about;
    const less = button(line, "−", `One part less for ${kind.name}`, () => give(which, parts()[which] - 1));
    const number = part("span", "lb-parts-number", line);
    number.tabIndex = 0;
    number.setAttribute("role", "spinbutton");
    number.setAttribute("aria-label", `Parts for ${kind.name}. ${kind.about}`);
    number.setAttribute("aria-valuemin", 0);
    number.addEventListener("keydown", event => pressed(event, which));
    const more = button(line, "+", `One part more for ${kind.name}`, () => give(which, parts()[which] + 1));
    return { line, less, number, more };
  }

  function button(holder, sign, says, act) {
    const made = part("button", "lb-parts-step", holder);
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", says);
    made.addEventListener("click", act);
    made.addEventListener("keydown", keep);
    return made;
  }

  const parts = () => model.get("at");
  const left = () => budget - parts().reduce((sum, one) => sum + one, 0);
  const most = which => Math.min(kinds[which].most, parts()[which] + left());

  function give(which, number) {
    const within = Math.min(Math.max(number, 0), most(which));
    if (model.get("disabled") || within === parts()[which]) return;
    model.set("at", parts().map((one, at) => (at === which ? within : one)));
    model.save_changes();
  }

  function pressed(event, which) {
    keep(event);
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };
    const to = { Home: 0, End: most(which) };
    if (event.key in steps) give(which, parts()[which] + steps[event.key]);
    else if (event.key in to) give(which, to[event.key]);
    else if (/^\d$/.test(event.key)) give(which, Number(event.key));
    else return;
    event.preventDefault();
  }

  function stand() {
    const disabled = model.get("disabled"), free = left();
    rows.forEach(({ line, less, number, more }, which) => {
      const at = parts()[which];
      number.textContent = at;
      number.setAttribute("aria-valuenow", at);
      number.setAttribute("aria-valuemax", most(which));
      number.setAttribute("aria-disabled", String(disabled));
      // A button that loses its use while it has the focus keeps it: the keyboard does not fall off the page.
      less.setAttribute("aria-disabled", String(disabled || at === 0));
      more.setAttribute("aria-disabled", String(disabled || at >= most(which)));
      line.classList.toggle("lb-parts-none", at === 0);
    });
    const filled = kinds.flatMap((kind, which) => Array(parts()[which]).fill(which));
    squares.forEach((square, at) => {
      const which = filled[at];
      square.textContent = which === undefined ? "" : kinds[which].name[0];
      square.dataset.kind = which ?? "free";
    });
    const said = free === 1 ? "One part is left to give." : `${free} parts are left to give.`;
    rest.textContent = free ? said : "All parts are given.";
    rest.classList.toggle("lb-parts-free", free > 0);
    whole.classList.toggle("lb-parts-off", disabled);
  }

  model.on("change:at change:disabled", stand);
  stand();
  return () => model.off("change:at change:disabled", stand);
}

export default { render };
