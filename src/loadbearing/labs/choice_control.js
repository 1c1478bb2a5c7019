// One setting with a few choices: radio buttons that look like a row of buttons. Each group stands in a form of its
// own, which keeps it apart from every other group on the page without any name being unique. Arrow keys choose, as in
// every group of radio buttons; keys pressed in quick succession are one choice.

const PAUSE_MS = 180;

function render({ model, el }) {
  const part = (kind, name, holder) => {
    const made = document.createElement(kind);
    made.className = name;
    holder.append(made);
    return made;
  };
  const form = part("form", "lb-choice", el);
  const group = part("fieldset", "lb-choice-group", form);
  const label = part("legend", "lb-choice-label", group);
  const row = part("div", "lb-choice-row", group);
  let radios = [], pause = 0;

  function dress() {
    label.textContent = model.get("label");
    group.disabled = model.get("disabled");
  }

  function list() {
    row.replaceChildren();
    radios = model.get("options").map(option => {
      const button = part("label", "lb-choice-option", row);
      const radio = part("input", "", button);
      part("span", "", button).textContent = option;
      radio.type = "radio";
      radio.name = "option";
      radio.value = option;
      return radio;
    });
    stand();
  }

  function stand() {
    if (!pause) for (const radio of radios) radio.checked = radio.value === model.get("at");
  }

  function chosen(event) {
    const at = event.target.value;
    clearTimeout(pause);
    pause = setTimeout(() => {
      pause = 0;
      model.send({ kind: "rest", at });
    }, PAUSE_MS);
  }

  // JupyterLab has shortcuts on single keys: what is pressed here is meant for the choice.
  const keep = event => event.key !== "Tab" && event.stopPropagation();
  const stay = event => event.preventDefault();
  form.addEventListener("change", chosen);
  form.addEventListener("keydown", keep);
  form.addEventListener("submit", stay);
  model.on("change:options", list);
  model.on("change:at", stand);
  model.on("msg:custom", stand);
  for (const trait of ["label", "disabled"]) model.on(`change:${trait}`, dress);
  dress();
  list();

  return () => {
    clearTimeout(pause);
    model.off("change:options", list);
    model.off("change:at", stand);
    model.off("msg:custom", stand);
    for (const trait of ["label", "disabled"]) model.off(`change:${trait}`, dress);
  };
}

export default { render };
