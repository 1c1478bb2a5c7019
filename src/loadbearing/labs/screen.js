// The picture of a lab, its three numbers and its caption. A sheet (axes, other evenings) is decoded once; each picture
// on it comes as the pixels that it changes. It takes the place of the last within one frame, together with its words:
// nothing blinks, and no picture stands beside the words of another. One that was overtaken is never shown.

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
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  let newest = 0, gone = false, sheet = null;

  async function show() {
    const mine = ++newest, received = now(), told = model.get("told");
    if (!model.get("png")?.byteLength) return tell(told);
    if (sheet?.number !== told.sheet) {
      const fresh = await decoded(model.get("png"), told.sheet);
      if (mine !== newest || gone) return;
      sheet = fresh;
      // Setting the size clears a canvas: it is set only when it changes.
      if (canvas.width !== sheet.image.width || canvas.height !== sheet.image.height) {
        canvas.width = sheet.image.width;
        canvas.height = sheet.image.height;
      }
    }
    lay(model.get("over"));
    brush.putImageData(sheet.image, 0, 0);
    const ready = now();
    tell(told);
    canvas.dataset.shows = told.shows || "";
    if (told.marks) whenPainted(painted => announce({ ...told.marks, received, decoded: ready, painted }));
  }

  // A sheet: its image, the same as whole numbers (one a pixel), what of it lies under the last picture, and where.
  async function decoded(png, number) {
    const asItIs = { premultiplyAlpha: "none", colorSpaceConversion: "none" };
    const picture = await createImageBitmap(new Blob([png], { type: "image/png" }), asItIs);
    const paper = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    paper.drawImage(picture, 0, 0);
    const image = paper.getImageData(0, 0, picture.width, picture.height);
    picture.close();
    return { number, image, pixels: new Uint32Array(image.data.buffer), under: [], places: [] };
  }

  // Take the last picture off the sheet and lay the next one on it.
  function lay(over) {
    const { pixels } = sheet;
    sheet.places.forEach((place, at) => (pixels[place] = sheet.under[at]));
    const number = (over?.byteLength || 0) / 5;
    const places = number ? new Uint32Array(bytes(over).slice(0, 4 * number).buffer) : [];
    sheet.places = places;
    sheet.under = places.length ? places.map(place => pixels[place]) : [];
    if (!number) return;
    const ink = inks(), shades = bytes(over).subarray(4 * number);
    for (let at = 0; at < number; at++) pixels[places[at]] = ink[shades[at]];
  }

  // The colours as whole numbers, in the order in which this machine keeps the bytes of a pixel.
  function inks() {
    const all = bytes(model.get("colours")), rgba = new Uint8Array((4 * all.length) / 3).fill(255);
    all.forEach((byte, at) => (rgba[4 * Math.floor(at / 3) + (at % 3)] = byte));
    return new Uint32Array(rgba.buffer);
  }

  function bytes(held) {
    return new Uint8Array(held.buffer, held.byteOffset, held.byteLength);
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
