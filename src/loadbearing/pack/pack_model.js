// The widgets of the notebook talk to a kernel through a model. Here the same files talk to this page: what they set is
// kept, whoever listens hears of it, and what they send comes to `asked` at once. Nothing leaves the device.

class Model {
  /** `values`: the traits of the widget; `asked(message)`: what to do when it sends something. */
  constructor(values, asked = () => {}) {
    this.values = values;
    this.asked = asked;
    this.heard = new EventTarget();
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    if (this.values[name] === value) return;
    this.values[name] = value;
    this.heard.dispatchEvent(new Event(`change:${name}`));
  }

  /** Several at once: who listens to one of them finds the others in place already. */
  setAll(changes) {
    const changed = Object.keys(changes).filter((name) => this.values[name] !== changes[name]);
    Object.assign(this.values, changes);
    for (const name of changed) this.heard.dispatchEvent(new Event(`change:${name}`));
  }

  save_changes() {}

  send(message) {
    this.asked(message);
  }

  /** What the kernel would say to the widget. */
  say() {
    this.heard.dispatchEvent(new Event("msg:custom"));
  }

  on(names, act) {
    for (const name of names.split(" ")) this.heard.addEventListener(name, act);
  }

  off(names, act) {
    for (const name of names.split(" ")) this.heard.removeEventListener(name, act);
  }
}

/** The crowd's model also tells stories: `stories`, one for each dot in the order of `numbers`, or none at all. */
class CrowdModel extends Model {
  show(packed, numbers, stories) {
    this.numbers = numbers;
    this.stories = stories;
    this.set("crowd", packed);
  }

  set(name, value) {
    if (name === "picked") {
      const story = this.stories?.[this.numbers.indexOf(value)];
      this.values.told = value < 0 || !story ? {} : { listener: value, story };
    }
    super.set(name, value);
  }
}
