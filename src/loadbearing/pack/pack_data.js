// What stands in the file: a head that is read at once, and blobs that are unpacked when they are first needed.

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function inflated(text) {
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The widgets of the notebook, as they are: their text stands in the page and is loaded from there. */
async function widgetsOf(page) {
  const widgets = {};
  for (const held of page.querySelectorAll("script[data-module]")) {
    const address = `data:text/javascript;charset=utf-8,${encodeURIComponent(held.textContent)}`;
    widgets[held.dataset.module] = await import(address);
  }
  return widgets;
}

/** Everything of this file: `head`, `units`, and the pieces of each point. */
class Pack {
  constructor(page) {
    this.page = page;
    this.head = JSON.parse(page.getElementById("pack-head").textContent);
    this.units = this.head.units.map((unit) => new Unit(this, unit));
    this.opened = new Map();
  }

  /** A blob as bytes, unpacked once. */
  blob(name) {
    if (!this.opened.has(name)) {
      const held = this.page.querySelector(`script[data-blob="${name}"]`);
      this.opened.set(name, held ? inflated(held.textContent).then(farther) : Promise.reject(new Error(`${name} is missing`)));
    }
    return this.opened.get(name);
  }

  async json(name) {
    return JSON.parse(new TextDecoder().decode(await this.blob(name)));
  }
}

/** One unit: its words, its cases with their knobs, and the points that were run when the file was made. */
class Unit {
  constructor(pack, held) {
    Object.assign(this, held);
    this.pack = pack;
    this.colours = bytesOf(held.colours);
    this.sheet = bytesOf(held.sheet);
    this.known = new Map();
  }

  /** Read once and kept: what `read` returns. */
  once(name, read) {
    if (!this.known.has(name)) this.known.set(name, read());
    return this.known.get(name);
  }

  points() {
    return this.once("points", () => this.pack.json(this.blobs.points));
  }

  caseOf(name) {
    return this.cases.find((one) => one.name === name);
  }

  /** The number of the point where each knob of a case stands at one of its stops: the last knob counts fastest. */
  numberOf({ name, at }) {
    const held = this.caseOf(name);
    return held.first + at.reduce((number, stop, knob) => number * held.stops[knob].length + stop, 0);
  }

  /** Where the knobs of a case stand at rest, but for those that are given: path to stop. */
  place(name, given = {}) {
    const held = this.caseOf(name);
    const at = held.rest.map((rest, index) => {
      const asked = given[this.knobs[held.knobs[index]].path];
      return asked === undefined ? rest : Math.max(0, held.stops[index].indexOf(asked));
    });
    return { name, at };
  }

  async point(place) {
    return (await this.points())[this.numberOf(place)];
  }

  /** What a picture changes on its sheet: all positions (four bytes each), then all colours. */
  async over(point) {
    const [from, length] = point.picture;
    const all = await this.once("pictures", () => this.pack.blob(this.blobs.pictures));
    return unrolled(all.subarray(from, from + length));
  }

  /** Both front pages of a point as HTML; empty where there are none. */
  async pages(point) {
    if (!this.blobs.pages || point.pages === null) return "";
    const { style, pages } = await this.once("pages", () => this.pack.json(this.blobs.pages));
    return `<div class="lb-front" lang="en"><style>${style}</style>${pages[point.pages]}</div>`;
  }

  /** What the moving crowd of a point needs, or null. */
  async crowd(point) {
    if (!point.crowd) return null;
    const { blob, stories, ...values } = point.crowd;
    const [packed, told] = await Promise.all([this.pack.blob(blob), stories ? this.pack.json(stories) : []]);
    return { values, packed: new DataView(packed.buffer, packed.byteOffset, packed.byteLength), stories: told };
  }
}

/** Runs over a sheet, row by row, as the screen of the notebook wants them: see the head of grid.py. */
function unrolled(packed) {
  const places = [], shades = [];
  let at = 0, place = 0;
  const number = () => {
    let value = 0, shift = 0, byte;
    do {
      byte = packed[at++];
      value += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte & 128);
    return value;
  };
  while (at < packed.length) {
    place += number();
    const length = number(), same = length % 2, pixels = (length - same) / 2;
    for (let pixel = 0; pixel < pixels; pixel++) {
      places.push(place++);
      shades.push(packed[same ? at : at++]);
    }
    if (same) at++;
  }
  const over = new Uint8Array(5 * places.length), view = new DataView(over.buffer);
  places.forEach((one, index) => view.setUint32(4 * index, one, true));
  over.set(shades, 4 * places.length);
  return over;
}
