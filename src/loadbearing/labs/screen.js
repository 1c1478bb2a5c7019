// The picture of a lab, its three numbers and its caption. A new picture is decoded first and then takes the place of
// the old one within one frame, together with its words: nothing blinks, and no picture stands beside the words of
// another. A picture that was overtaken while it was decoded is never shown.

function render({ model, el }) {
  const part = (kind, name, holder) => {
    const made = document.createElement(kind);
    made.className = name;
    holder.append(made);
    return made;
  };
  const screen = part("div", "lb-screen", el);
  const frame = part("div", "lb-frame", screen);
  const canvas = part("canvas", "lb-picture", frame);
  const busy = part("div", "lb-busy", frame);
  const old = part("div", "lb-mislead", frame);
  const numbers = part("div", "lb-cards", screen);
  const caption = part("div", "lb-caption", screen);
  const heard = part("div", "lb-heard", screen);
  canvas.setAttribute("role", "img");
  busy.setAttribute("role", "status");
  heard.setAttribute("aria-live", "polite");

  const now = () => performance.timeOrigin + performance.now();
  let newest = 0, gone = false;

  async function show() {
    const mine = ++newest, received = now();
    const data = model.get("png");
    const told = model.get("told");
    if (!data || !data.byteLength) return tell(told);
    const asItIs = { premultiplyAlpha: "none", colorSpaceConversion: "none" };
    const picture = await createImageBitmap(new Blob([data], { type: "image/png" }), asItIs);
    if (mine !== newest || gone) return picture.close();
    const decoded = now();
    // Setting the size clears a canvas: it is set only when it changes.
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
    }
    canvas.getContext("2d").drawImage(picture, 0, 0);
    picture.close();
    tell(told);
    canvas.dataset.shows = told.shows || "";
    if (told.marks) whenPainted(painted => announce({ ...told.marks, received, decoded, painted }));
  }

  // A task that was put off by a frame begins after that frame has been painted.
  function whenPainted(then) {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then(now());
      channel.port2.postMessage(0);
    });
  }

  function announce(detail) {
    canvas.dispatchEvent(new CustomEvent("lb-painted", { bubbles: true, detail }));
  }

  function tell(told) {
    canvas.setAttribute("aria-label", told.sentence || "");
    const lines = told.caption || [];
    fill(caption, lines.length, "p", "");
    lines.forEach((line, at) => write(caption.children[at], line));
    const readings = told.numbers || [];
    fill(numbers, readings.length, "div", "lb-card");
    readings.forEach(({ label, number, beside }, at) => {
      const card = numbers.children[at];
      fill(card, 3, "span", "");
      [label, number, beside].forEach((text, line) => write(card.children[line], text));
    });
    if (told.resting) write(heard, [told.sentence, ...readings.map(one => `${one.label}: ${one.number}.`)].join(" "));
  }

  function fill(holder, number, kind, name) {
    while (holder.children.length > number) holder.lastChild.remove();
    while (holder.children.length < number) part(kind, name, holder);
  }

  function write(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  function wait() {
    write(busy, model.get("busy"));
    const why = model.get("outdated");
    write(old, why);
    screen.classList.toggle("lb-is-old", Boolean(why));
  }

  model.on("change:told", show);
  model.on("change:busy change:outdated", wait);
  show();
  wait();

  return () => {
    gone = true;
    model.off("change:told", show);
    model.off("change:busy change:outdated", wait);
  };
}

export default { render };
