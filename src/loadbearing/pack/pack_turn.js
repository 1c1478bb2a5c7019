// The knobs and the missions of a lab. A knob stands at the stops that were run when the file was made.

class Turning {
  /** `turned(place, resting)`: called with every new place of the knobs; returns a promise. */
  constructor(root, unit, widgets, turned) {
    Object.assign(this, { root, unit, widgets, turned });
    this.part = (name) => root.querySelector(`.pack-${name}`);
    this.ends = [];
    this.cases = unit.cases.length > 1 ? unit.cases.map((one) => this.caseButton(one)) : [];
    this.knobs = unit.knobs.map((knob, index) => this.knob(knob, index));
    this.part("back").addEventListener("click", () => this.putBack());
  }

  caseButton(one) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pack-case";
    button.textContent = one.title;
    button.addEventListener("click", () => this.choose(one.name));
    this.part("cases").append(button);
    return { button, name: one.name };
  }

  knob(knob, index) {
    const el = document.createElement("div");
    this.part("knobs").append(el);
    const kind = knob.kind === "choice" ? "choice_control.js" : "knob_control.js";
    const model = knob.kind === "choice" ? this.choiceModel(knob, index) : this.knobModel(knob, index);
    this.ends.push(this.widgets[kind].default.render({ model, el }));
    return { el, model, isChoice: knob.kind === "choice" };
  }

  choiceModel(knob, index) {
    const model = new Model({ label: knob.label, options: knob.options, at: "", disabled: false }, async (message) => {
      await this.turn(index, message.at, true);
      model.say();
    });
    return model;
  }

  knobModel(knob, index) {
    const { label, stops, shown, spoken } = knob, least = stops[0], most = stops[stops.length - 1];
    const values = { label, stops, shown, spoken, least, most, low: least, high: most, step: 1, at: least, turn: 0 };
    const model = new Model({ ...values, comes_to: "", disabled: false, handled: 0 }, async (message) => {
      if (message.turn === model.get("turn")) await this.turn(index, Number(message.at), message.kind === "rest");
      model.set("handled", message.ticket);
    });
    return model;
  }

  /** Which of the knobs of the case on show this one is; -1 if it has none of the kind. */
  within(index) {
    return this.unit.caseOf(this.place.name).knobs.indexOf(index);
  }

  /** Turn one knob to the stop that is nearest to what was asked for. */
  turn(index, asked, resting) {
    const knob = this.within(index);
    if (knob < 0) return undefined;
    const stops = this.unit.caseOf(this.place.name).stops[knob];
    const at = this.place.at.with(knob, nearest(stops, asked));
    return this.go({ name: this.place.name, at }, resting);
  }

  /** To another case, the knobs where they are, as far as it has the same stops. */
  choose(name) {
    const before = this.unit.caseOf(this.place.name), after = this.unit.caseOf(name);
    const at = after.knobs.map((index, knob) => {
      const held = before.knobs.indexOf(index);
      return held < 0 ? after.rest[knob] : nearest(after.stops[knob], before.stops[held][this.place.at[held]]);
    });
    return this.go({ name, at }, true);
  }

  putBack() {
    for (const { model, isChoice } of this.knobs) if (!isChoice) model.set("turn", model.get("turn") + 1);
    return this.go(this.unit.place(this.place.name), true);
  }

  go(place, resting) {
    this.stand(place);
    return this.turned(place, resting);
  }

  /** Bring knobs, buttons and words to a place; `place`: the name of a case, and the stop at which each knob stands. */
  stand(place) {
    this.place = place;
    const held = this.unit.caseOf(place.name);
    for (const { button, name } of this.cases) button.setAttribute("aria-pressed", String(name === place.name));
    this.part("mechanism").textContent = held.mechanism;
    this.knobs.forEach(({ el, model, isChoice }, index) => {
      const knob = this.within(index);
      el.hidden = knob < 0;
      if (knob < 0) return;
      const at = held.stops[knob][place.at[knob]];
      model.setAll(isChoice ? { at } : { at, comes_to: held.comes_to[knob][place.at[knob]] });
    });
    this.part("back").disabled = place.at.every((at, knob) => at === held.rest[knob]);
  }

  close() {
    for (const end of this.ends) end();
  }
}

/** The number of the stop that is asked for, or of the one nearest to it. */
function nearest(stops, asked) {
  if (typeof stops[0] !== "number") return Math.max(0, stops.indexOf(asked));
  const away = stops.map((stop) => Math.abs(stop - asked));
  return away.indexOf(Math.min(...away));
}

/** The missions of a lab: open, or done with how little turning it took. */
class Missions {
  constructor(root, unit, kept) {
    Object.assign(this, { root, unit, kept });
    this.list = root.querySelector(".pack-mission-list");
    this.said = root.querySelector(".pack-done");
    this.show();
  }

  /** Tick what a point reaches with less turning than before. */
  look(point) {
    const held = this.kept.of(this.unit.slug).missions || {};
    const better = Object.entries(point.done).filter(([key, { turned }]) => !(held[key]?.turned <= turned));
    if (!better.length) return;
    this.kept.keep(this.unit.slug, { missions: { ...held, ...Object.fromEntries(better) } });
    this.show();
    const [key, { told }] = better[0];
    this.said.textContent = `Mission done: ${this.unit.missions.find((one) => one.key === key).text} ${told}`;
  }

  show() {
    const held = this.kept.of(this.unit.slug).missions || {};
    this.list.replaceChildren(
      ...this.unit.missions.map(({ key, text }) => {
        const row = document.createElement("li"), box = document.createElement("span"), words = document.createElement("div");
        box.className = "pack-box";
        box.setAttribute("role", "img");
        box.setAttribute("aria-label", held[key] ? "done" : "open");
        box.textContent = held[key] ? "✓" : "";
        words.textContent = text;
        if (held[key]) words.append(Object.assign(document.createElement("b"), { textContent: String(held[key].told) }));
        row.append(box, words);
        return row;
      }),
    );
  }
}
