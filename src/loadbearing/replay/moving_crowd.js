// The moving crowd: listeners of a run as dots, each where the recorded evening says, and the counts of the whole run.
//
// One file for a notebook (anywidget calls `render`) and for a page of its own (`mountPage`). Where a dot *is* comes
// from the data alone; how it gets there is drawn: it glides, and whoever goes in or out passes through the door.

const PAPER = "#fffdf8", SHADE = "#f6f3ea", MIST = "#e4e1d8", PALE = "#939393", GREY = "#6b6b6b", INK = "#1a1a1a";
const GREEN = "#009e73", ROSE = "#cc79a7", OCHRE = "#b47a00";

const SPEEDS = [1, 10, 60, 300];
const STEP_NAMES = { 1: "1 s", 10: "10 s", 60: "1 min", 300: "5 min" };
const NARROW = 600;
const TURNED_AWAY_S = 0.5; // seconds on the screen that somebody who was refused at once stands before the door
const TELLS_EVERY_MS = 1000; // how often a playing picture tells the notebook its time
const NO_ANSWER_MS = 4000;

// ------------------------------------------------------------------------------------------------ The data

/** Take a packed crowd (a DataView) apart: see `Crowd.packed` in crowd.py. */
export function unpack(view) {
  const bytes = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  const length = new DataView(bytes).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
  const kinds = { u4: Uint32Array, u1: Uint8Array, i1: Int8Array, i2: Int16Array, i4: Int32Array };
  const crowd = { ...header, counts: {} };
  let at = 4 + padded(length);
  for (const [name, kind, size] of header.arrays) {
    const held = new kinds[kind](bytes, at, size);
    at += padded(held.byteLength);
    if (name.startsWith("count.")) crowd.counts[name.slice(6)] = summed(held);
    else crowd[name] = held;
  }
  crowd.size = crowd.numbers.length;
  return crowd;
}

const padded = (length) => Math.ceil(length / 4) * 4;

function summed(changes) {
  const levels = new Float64Array(changes.length);
  let level = 0;
  changes.forEach((change, second) => (levels[second] = level += change));
  return levels;
}

const milliseconds = (crowd, at) => Math.floor((at - crowd.starts_s) * 1000 + 1e-6);

/** The stay that a dot is in at a time in milliseconds since the beginning; -1 before it has come. */
export function stayAt(crowd, dot, atMs) {
  let low = crowd.first[dot], high = crowd.first[dot + 1];
  const first = low;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (crowd.since_ms[middle] <= atMs) low = middle + 1;
    else high = middle;
  }
  return low > first ? low - 1 : -1;
}

/** Where every dot is at a time in seconds from the announced start: one number of `places` each. */
export function placesAt(crowd, at) {
  const atMs = milliseconds(crowd, at);
  return Array.from(crowd.numbers, (_, dot) => {
    const stay = stayAt(crowd, dot, atMs);
    return stay < 0 ? 0 : crowd.place[stay];
  });
}

/** How many people there are of one count at the last whole second before a time. */
export function countAt(crowd, name, at) {
  const second = Math.min(Math.floor(at), crowd.ends_s) - crowd.starts_s;
  return second > 0 ? Math.floor(crowd.counts[name][second - 1] * crowd.each + 0.5) : 0;
}

/** The time on the wall; seconds only if there are any, unless they are asked for. */
export function clock(crowd, at, always = false) {
  const day = 86400, whole = (((Math.floor(at) + crowd.clock_at_zero_s) % day) + day) % day;
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const text = `${two(whole / 3600)}:${two((whole / 60) % 60)}`;
  return whole % 60 || always ? `${text}:${two(whole % 60)}` : text;
}

/** How many are where, in one sentence. */
export function sentence(crowd, at) {
  const said = [];
  for (const [name, none, one, more] of crowd.said) {
    if (name === "waiting_room" && !crowd.waiting_room) continue;
    const number = countAt(crowd, name, at);
    const words = number === 0 ? none : number === 1 ? one : more.replace("{n}", grouped(number));
    if (words) said.push(words);
  }
  return `At ${clock(crowd, at)}, ${said.slice(0, -1).join(", ")} and ${said[said.length - 1]}.`;
}

const grouped = (number) => number.toLocaleString("en-US");

// ------------------------------------------------------------------------------------------------ The ground plan

/** Where everything stands on a sheet of this width, in pixels; and a seat in the room for each dot. */
function groundPlan(width, crowd) {
  const narrow = width < NARROW;
  const height = narrow ? 420 : Math.round(Math.min(440, Math.max(350, width * 0.41)));
  const top = 54, foot = 58, bottom = height - foot, edge = 4;
  const wall = Math.round(width * (crowd.waiting_room ? 0.6 : 0.55));
  const lane = narrow ? 14 : 24; // before the door, where people are turned away
  const lineWidth = Math.round(width * (narrow ? 0.15 : 0.13));
  const box = (left, right, from = top, to = bottom) => ({
    left, right, top: from, bottom: to, width: right - left, height: to - from,
  });
  const floor = bottom - 42; // below it, words
  const queue = box(wall - lane - lineWidth, wall - lane, top + 6, floor);
  const line = box(queue.left - lineWidth - 18, queue.left - 18, top + 6, floor);
  const plan = {
    width, height, narrow, wall, bottom,
    gap: { x: wall, y: (top + floor) / 2, half: narrow ? 26 : 34 },
    room: box(wall + 8, width - edge, top, bottom - 2),
    queue, line,
    outside: box(edge, (crowd.waiting_room ? line : queue).left - (narrow ? 10 : 22), top + 6, floor),
    gaveUp: box(edge, wall - 8, bottom + 26, height - 4),
    left: box(wall + 8, width - edge, bottom + 26, height - 4),
  };
  const roomy = seats(plan.room, crowd.size);
  const loose = Math.sqrt((plan.outside.width * plan.outside.height) / Math.max(1, crowd.size));
  plan.radius = Math.max(1.3, Math.min(4.2, roomy.spacing * 0.37, loose * 0.34));
  plan.seats = roomy.places;
  plan.inQueue = winding(queue, crowd.most_at_once.QUEUE, plan);
  plan.inLine = winding(line, crowd.most_at_once.WAITING_ROOM, plan);
  plan.strewn = ["outside", "gaveUp", "left"].map((name) => [name, strewn(plan[name], crowd.numbers)]);
  plan.strewn = Object.fromEntries(plan.strewn);
  return plan;
}

/** Places for so many in a line that leads to the door and winds down from there; the head comes first. */
function winding(box, most, plan) {
  let apart = Math.max(8, plan.radius * 3);
  const fit = () => Math.max(1, Math.floor(box.width / apart)) * Math.max(1, Math.floor(box.height / apart));
  while (apart > 0.5 && fit() < most) apart *= 0.95;
  const long = Math.max(1, Math.floor(box.width / apart)), rows = Math.ceil(most / long);
  const top = Math.max(box.top + apart / 2, Math.min(plan.gap.y, box.bottom - (rows - 0.5) * apart));
  return Array.from({ length: most }, (_, rank) => {
    const row = Math.floor(rank / long), along = rank % long;
    const column = row % 2 ? long - 1 - along : along;
    return { x: box.right - (column + 0.5) * apart, y: top + row * apart };
  });
}

/** A place of one's own in a box for each listener, none close to another, as if by chance but always the same. */
function strewn(box, numbers) {
  const number = numbers.length;
  const columns = Math.max(1, Math.round(Math.sqrt((number * box.width) / box.height)));
  const rows = Math.max(1, Math.ceil(number / columns));
  const cell = { width: box.width / columns, height: box.height / rows };
  const chance = Array.from(numbers, (one) => mixed(one));
  const order = chance.map((_, dot) => dot).sort((one, other) => chance[one] - chance[other] || one - other);
  const places = [];
  order.forEach((dot, at) => {
    const row = at % rows, shift = row % 2 ? 0.3 : -0.05;
    places[dot] = {
      x: box.left + (Math.floor(at / rows) + 0.35 + shift + 0.3 * (evenly(dot, 1) - 0.5)) * cell.width,
      y: box.top + (row + 0.5 + 0.35 * (evenly(dot + 7, 0) - 0.5)) * cell.height,
    };
  });
  return places;
}

/** The bits of a whole number well mixed (the finalizer of MurmurHash3): from 0 to 2^32. */
function mixed(number) {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Seats in arcs around a stage on the right, front rows first: as wide apart as so many allow. */
function seats(room, number) {
  let low = 1, high = 15;
  for (let round = 0; round < 18; round++) {
    const middle = (low + high) / 2;
    if (arcs(room, middle).length >= number) low = middle;
    else high = middle;
  }
  return { spacing: low, places: arcs(room, low).slice(0, Math.max(number, 1)) };
}

const stageOf = (room) => ({ x: room.right - 12, y: (room.top + room.bottom) / 2 });

function arcs(room, apart) {
  const stage = stageOf(room);
  const places = [], inset = apart * 0.5 + 3;
  const farthest = Math.hypot(stage.x - room.left, room.height / 2);
  for (let radius = 30; radius < farthest; radius += apart) {
    const turn = apart / radius;
    for (let seat = 0; seat * turn < Math.PI / 2; seat++) {
      for (const side of seat ? [1, -1] : [1]) {
        const x = stage.x - radius * Math.cos(seat * turn), y = stage.y + side * radius * Math.sin(seat * turn);
        const fits = x > room.left + inset && x < room.right - inset;
        if (fits && y > room.top + inset && y < room.bottom - inset) places.push({ x, y });
      }
    }
  }
  return places;
}

// ------------------------------------------------------------------------------------------------ The dots

/** All dots: the stay each is in, where it is drawn, how fast it glides, and where it is going. */
class Dots {
  constructor(crowd, before) {
    const size = crowd.size;
    this.crowd = crowd;
    this.stay = new Int32Array(size).fill(-1);
    this.place = new Uint8Array(size);
    for (const name of ["x", "y", "speedX", "speedY", "goalX", "goalY"]) this[name] = new Float32Array(size);
    this.spread = Float32Array.from({ length: 2 * size }, (_, at) => evenly(at >> 1, at & 1));
    this.seat = seatOrder(crowd);
    if (before) this.takeOver(before);
  }

  /** A dot that was there before begins where it was drawn. */
  takeOver(before) {
    const found = new Map();
    before.crowd.numbers.forEach((number, dot) => found.set(number, dot));
    this.crowd.numbers.forEach((number, dot) => {
      const old = found.get(number);
      if (old === undefined || !before.place[old]) return;
      this.place[dot] = before.place[old];
      for (const name of ["x", "y", "speedX", "speedY"]) this[name][dot] = before[name][old];
    });
  }

  /** Find where everybody is at a time, and where on the sheet that is. */
  settle(plan, at, turnedAwayMs) {
    const { crowd, stay } = this, { places } = crowd, atMs = milliseconds(crowd, at);
    const queue = [], line = [];
    for (let dot = 0; dot < crowd.size; dot++) {
      stay[dot] = this.followed(dot, atMs);
      const before = this.place[dot], now = stay[dot] < 0 ? 0 : crowd.place[stay[dot]];
      this.place[dot] = now;
      if (now === places.QUEUE) queue.push(dot);
      else if (now === places.WAITING_ROOM) line.push(dot);
      else if (now) this.goTo(dot, plan, now, atMs, turnedAwayMs);
      if (now && !before) this.enter(dot, plan);
    }
    this.lineUp(queue, plan.inQueue);
    this.lineUp(line, plan.inLine);
  }

  /** The stay at a time: the one before or the next are looked at first, then all of them. */
  followed(dot, atMs) {
    const { first, since_ms: since } = this.crowd, known = this.stay[dot], end = first[dot + 1];
    const next = known < 0 ? first[dot] : known + 1;
    const begun = known < 0 || since[known] <= atMs;
    if (begun && (next >= end || since[next] > atMs)) return known;
    return stayAt(this.crowd, dot, atMs);
  }

  goTo(dot, plan, now, atMs, turnedAwayMs) {
    const { places } = this.crowd, across = this.spread[2 * dot], down = this.spread[2 * dot + 1];
    let x, y;
    if (now === places.INSIDE) ({ x, y } = plan.seats[this.seat[dot]]);
    else if (now === places.DOOR) {
      x = plan.gap.x + (across - 0.5) * 6;
      y = plan.gap.y + (down - 0.5) * 1.5 * plan.gap.half;
    } else if (this.isTurnedAway(dot, atMs, turnedAwayMs)) {
      x = plan.gap.x - 6 - across * 10;
      y = plan.gap.y + (down - 0.5) * 1.7 * plan.gap.half;
    } else {
      const zone = now === places.LEFT ? "left" : now === places.GAVE_UP ? "gaveUp" : "outside";
      ({ x, y } = plan.strewn[zone][dot]);
    }
    this.goalX[dot] = x;
    this.goalY[dot] = y;
  }

  /** Whether somebody was refused at the door a moment ago: from between two attempts straight to the next pause. */
  isTurnedAway(dot, atMs, lastsMs) {
    const { crowd } = this, at = this.stay[dot], { places } = crowd;
    const pauses = (one) => crowd.place[one] === places.BETWEEN_ATTEMPTS || crowd.place[one] === places.ON_THE_WAY_BACK;
    if (!lastsMs || !pauses(at) || (at > crowd.first[dot] && !pauses(at - 1))) return false;
    const next = at + 1 < crowd.first[dot + 1] ? crowd.since_ms[at + 1] : Infinity;
    return atMs - crowd.since_ms[at] < Math.min(lastsMs, (next - crowd.since_ms[at]) / 2);
  }

  lineUp(dots, places) {
    const { since_ms: since } = this.crowd;
    dots.sort((one, other) => since[this.stay[one]] - since[this.stay[other]] || one - other);
    dots.forEach((dot, rank) => {
      const { x, y } = places[rank];
      this.goalX[dot] = x;
      this.goalY[dot] = y;
    });
  }

  /** Somebody who was not there yet comes from the left. */
  enter(dot, plan) {
    this.x[dot] = -8;
    this.y[dot] = plan.outside.top + this.spread[2 * dot + 1] * plan.outside.height;
    this.speedX[dot] = this.speedY[dot] = 0;
  }

  /** Put every dot where it belongs at once. */
  jump() {
    this.x.set(this.goalX);
    this.y.set(this.goalY);
    this.speedX.fill(0);
    this.speedY.fill(0);
  }

  /** Glide on for some seconds on the screen; return whether anybody still moves. A critically damped spring. */
  glide(plan, seconds) {
    const { x, y, speedX, speedY, goalX, goalY, place, spread } = this;
    let moving = false;
    for (let dot = 0; dot < place.length; dot++) {
      if (!place[dot]) continue;
      let toX = goalX[dot], toY = goalY[dot];
      const crosses = x[dot] > plan.gap.x !== toX > plan.gap.x && toY < plan.bottom && y[dot] < plan.bottom;
      if (crosses) {
        const way = plan.gap.y + (spread[2 * dot] - 0.5) * plan.gap.half;
        if (Math.abs(x[dot] - plan.gap.x) > 7 || Math.abs(y[dot] - way) > plan.gap.half) {
          toX = plan.gap.x;
          toY = way;
        }
      }
      const stiffness = 6.5 + 2.5 * spread[2 * dot], fades = Math.exp(-stiffness * seconds);
      const awayX = x[dot] - toX, awayY = y[dot] - toY;
      const pushX = (speedX[dot] + stiffness * awayX) * seconds, pushY = (speedY[dot] + stiffness * awayY) * seconds;
      x[dot] = toX + (awayX + pushX) * fades;
      y[dot] = toY + (awayY + pushY) * fades;
      speedX[dot] = (speedX[dot] - stiffness * pushX) * fades;
      speedY[dot] = (speedY[dot] - stiffness * pushY) * fades;
      if (Math.abs(x[dot] - goalX[dot]) + Math.abs(y[dot] - goalY[dot]) > 0.1) moving = true;
    }
    return moving;
  }

  /** The dot nearest to a point, if one is near enough; else -1. */
  near(x, y, reach) {
    let found = -1, nearest = reach * reach;
    for (let dot = 0; dot < this.place.length; dot++) {
      if (!this.place[dot]) continue;
      const away = (this.x[dot] - x) ** 2 + (this.y[dot] - y) ** 2;
      if (away < nearest) [found, nearest] = [dot, away];
    }
    return found;
  }
}

/** A number from 0 to 1 for each dot, evenly spread over the plane (Roberts' R2 sequence); always the same. */
function evenly(dot, direction) {
  const value = 0.5 + (dot + 1) * (direction ? 0.5698402909980532 : 0.7548776662466927);
  return value - Math.floor(value);
}

/** The seat of each dot: who gets in first sits in front. */
function seatOrder(crowd) {
  const joined = Array.from(crowd.numbers, (_, dot) => {
    for (let stay = crowd.first[dot]; stay < crowd.first[dot + 1]; stay++) {
      if (crowd.place[stay] === crowd.places.INSIDE) return crowd.since_ms[stay];
    }
    return Infinity;
  });
  const order = joined.map((_, dot) => dot).sort((one, other) => joined[one] - joined[other] || one - other);
  const seat = new Uint32Array(crowd.size);
  order.forEach((dot, rank) => (seat[dot] = rank));
  return seat;
}

// ------------------------------------------------------------------------------------------------ The drawing

/** What a dot looks like, by place: colour and shape, drawn once and then stamped. */
const SHAPES = {
  BETWEEN_ATTEMPTS: (pen, r) => ring(pen, r, ROSE),
  ON_THE_WAY_BACK: (pen, r) => ring(pen, r, GREEN),
  WAITING_ROOM: (pen, r) => square(pen, r, OCHRE),
  QUEUE: (pen, r) => square(pen, r, OCHRE),
  DOOR: (pen, r) => diamond(pen, r * 1.35, INK),
  INSIDE: (pen, r) => disc(pen, r, GREEN),
  LEFT: (pen, r) => disc(pen, r * 0.8, PALE),
  GAVE_UP: (pen, r) => cross(pen, r * 0.9, GREY),
};

function disc(pen, r, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(0, 0, r, 0, 2 * Math.PI);
  pen.fill();
}

function ring(pen, r, colour) {
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max(1, r * 0.6);
  pen.beginPath();
  pen.arc(0, 0, r - pen.lineWidth / 3, 0, 2 * Math.PI);
  pen.stroke();
}

function square(pen, r, colour) {
  const side = r * 1.75;
  pen.fillStyle = colour;
  pen.fillRect(-side / 2, -side / 2, side, side);
  pen.strokeStyle = INK;
  pen.lineWidth = Math.min(0.8, r * 0.3);
  pen.strokeRect(-side / 2, -side / 2, side, side);
}

function diamond(pen, r, colour) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.moveTo(0, -r);
  pen.lineTo(r, 0);
  pen.lineTo(0, r);
  pen.lineTo(-r, 0);
  pen.fill();
}

function cross(pen, r, colour) {
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max(1, r * 0.5);
  pen.beginPath();
  pen.moveTo(-r, -r);
  pen.lineTo(r, r);
  pen.moveTo(r, -r);
  pen.lineTo(-r, r);
  pen.stroke();
}

/** One small canvas for each place. */
function stamps(crowd, radius, scale) {
  const made = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    const half = Math.ceil((radius * 1.6 + 1) * scale), canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * half;
    const pen = canvas.getContext("2d");
    pen.translate(half, half);
    pen.scale(scale, scale);
    shape(pen, radius);
    made[crowd.places[name]] = { canvas, half: half / scale, side: (2 * half) / scale };
  }
  return made;
}

/** Walls, zones and their counts. */
function drawScene(pen, plan, crowd, at, font) {
  const { labels } = crowd, { room, queue, line, gap, wall, bottom, width, narrow } = plan;
  const count = (name) => countAt(crowd, name, at);
  const write = (text, x, y, size, colour = GREY, weight = 400, align = "left") => {
    pen.font = `${weight} ${size}px ${font}`;
    pen.fillStyle = colour;
    pen.textAlign = align;
    pen.fillText(text, x, y);
  };
  const zone = (label, name, x, large) => {
    write(label, x, 15, 12.5);
    write(grouped(count(name)), x, large ? 40 : 36, large ? (narrow ? 18 : 24) : narrow ? 14 : 16, INK, large ? 700 : 600);
  };
  const short = (name) => (narrow && labels[`${name}_short`]) || labels[name];

  // One line where it fits; else the number stands on a line of its own.
  const besideTheDoor = (text) => {
    pen.font = `400 12px ${font}`;
    const [, number, words] = text.match(/^(\D*\S+) (.*)$/);
    const lines = pen.measureText(text).width < wall - 10 ? [text] : [words, number];
    lines.forEach((line, at) => write(line, wall - 8, bottom - 24 - 15 * at, 12, GREY, 400, "right"));
  };

  pen.fillStyle = SHADE;
  pen.fillRect(wall, room.top, width - wall, bottom - room.top);
  drawStage(pen, room);
  pen.strokeStyle = MIST;
  pen.lineWidth = 1;
  stroke(pen, [[0, bottom + 0.5], [width, bottom + 0.5]]);
  stroke(pen, [[wall + 0.5, bottom], [wall + 0.5, plan.height]]);

  zone(short("outside"), "outside", 2, true);
  zone(short("queue"), "queue", queue.left, false);
  if (crowd.waiting_room) zone(short("waiting_room"), "waiting_room", line.left, false);
  zone(short("inside"), "inside", room.left, true);
  const beside = count("nobody_waits_for");
  if (beside) besideTheDoor(labels.beside.replace("{n}", grouped(beside)));
  if (!narrow) write(labels.between, 2, bottom - 7, 12);

  pen.strokeStyle = INK;
  pen.lineWidth = 2;
  stroke(pen, [[wall, room.top], [wall, gap.y - gap.half]]);
  stroke(pen, [[wall, gap.y + gap.half], [wall, bottom]]);
  drawBusy(pen, plan, count("busy"), count("capacity"));
  const busy = labels.door.replace("{busy}", grouped(count("busy"))).replace("{capacity}", grouped(count("capacity")));
  write(busy, wall - 8, bottom - 7, 12, INK, 400, "right");

  for (const [name, box] of [["gave_up", plan.gaveUp], ["left", plan.left]]) {
    const label = short(name);
    write(label, box.left, bottom + 18, 12.5);
    const beyond = box.left + pen.measureText(label).width + 7;
    write(grouped(count(name)), beyond, bottom + 18, 13.5, INK, 600);
  }
}

function stroke(pen, points) {
  pen.beginPath();
  points.forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
}

/** The stage that all listen to: sound, on the right. */
function drawStage(pen, room) {
  const { x, y } = stageOf(room);
  pen.fillStyle = pen.strokeStyle = GREY;
  pen.beginPath();
  pen.arc(x, y, 4, 0, 2 * Math.PI);
  pen.fill();
  pen.lineWidth = 1.5;
  for (const radius of [10, 16]) {
    pen.beginPath();
    pen.arc(x, y, radius, 0.72 * Math.PI, 1.28 * Math.PI);
    pen.stroke();
  }
}

/** The door's leaf: as much of it is dark as handlers are busy. */
function drawBusy(pen, plan, busy, capacity) {
  const { x, y, half } = plan.gap, share = capacity ? Math.min(1, busy / capacity) : 0;
  pen.fillStyle = MIST;
  pen.fillRect(x - 3, y - half, 6, 2 * half);
  pen.fillStyle = PALE;
  pen.fillRect(x - 3, y + half - 2 * half * share, 6, 2 * half * share);
}

function drawDots(pen, dots, plan, made, picked) {
  const { place, x, y } = dots;
  for (let dot = 0; dot < place.length; dot++) {
    if (!place[dot]) continue;
    const stamp = made[place[dot]];
    pen.drawImage(stamp.canvas, x[dot] - stamp.half, y[dot] - stamp.half, stamp.side, stamp.side);
  }
  if (picked < 0 || !place[picked]) return;
  const r = plan.radius + 4.5;
  for (const [colour, width] of [[PAPER, 5], [INK, 2.2]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    pen.arc(x[picked], y[picked], r, 0, 2 * Math.PI);
    pen.stroke();
  }
}

// ------------------------------------------------------------------------------------------------ The controls

function element(tag, name, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  made.className = name;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

const button = (name, text, label) =>
  element("button", `lb-crowd-button ${name}`, { type: "button", ...(label && { "aria-label": label }) }, text);

/** Everything that is seen, without a life of its own. */
function controls() {
  const parts = {
    canvas: element("canvas", "lb-crowd-scene", { role: "img" }),
    curve: document.createElementNS("http://www.w3.org/2000/svg", "svg"),
    head: element("div", "lb-crowd-head"),
    ticks: element("div", "lb-crowd-ticks", { "aria-hidden": "true" }),
    play: button("lb-crowd-play", ""),
    clock: element("output", "lb-crowd-clock", { "aria-live": "off" }),
    speeds: SPEEDS.map((speed) => button("lb-crowd-speed", `${speed}×`)),
    earlier: button("", "◀", "Previous listener"),
    later: button("", "▶", "Next listener"),
    number: element("input", "lb-crowd-number", {
      type: "text", inputmode: "numeric", placeholder: "number", "aria-label": "Number of a listener",
    }),
    story: element("p", "lb-crowd-story", { "aria-live": "polite" }),
    caption: element("p", "lb-crowd-caption"),
    status: element("p", "lb-crowd-status", { role: "status" }),
  };
  parts.curve.setAttribute("class", "lb-crowd-curve");
  parts.curve.setAttribute("preserveAspectRatio", "none");
  parts.curve.setAttribute("aria-hidden", "true");
  parts.slider = element("div", "lb-crowd-slider", { role: "slider", tabindex: "0", "aria-label": "Time of the evening" });
  parts.slider.append(parts.curve, parts.head);
  parts.group = element("div", "lb-crowd-group", { role: "group", "aria-label": "Speed" }, ...parts.speeds);
  parts.picker = element(
    "div", "lb-crowd-group", { role: "group", "aria-label": "Pick a listener" },
    element("span", "lb-crowd-pick", {}, "Pick a listener"), parts.earlier, parts.number, parts.later,
  );
  return parts;
}

/** The curve of listeners inside, and a clock time every so often. */
function drawTimeline(parts, crowd, width) {
  const { inside } = crowd.counts, seconds = inside.length, columns = Math.min(seconds, 600);
  const most = inside.reduce((one, other) => Math.max(one, other), 1);
  let line = "M0 1";
  for (let at = 1; at <= columns; at++) {
    const second = Math.round((at / columns) * seconds) - 1;
    line += `L${(at / columns).toFixed(4)} ${(1 - (0.94 * inside[second]) / most).toFixed(4)}`;
  }
  parts.curve.setAttribute("viewBox", "0 0 1 1");
  parts.curve.innerHTML =
    `<path class="lb-crowd-area" d="${line}L1 1Z"/><path class="lb-crowd-line" vector-effect="non-scaling-stroke" d="${line}"/>`;
  const room = Math.max(2, Math.floor(width / 60));
  const step = [60, 300, 600, 900, 1800, 3600, 7200].find((one) => seconds / one <= room) || 14400;
  parts.ticks.replaceChildren();
  for (let at = Math.ceil(crowd.starts_s / step) * step; at <= crowd.ends_s; at += step) {
    const share = (at - crowd.starts_s) / seconds;
    if (share * width < 16 || (1 - share) * width < 16) continue;
    parts.ticks.append(element("span", "", { style: `left:${(100 * share).toFixed(3)}%` }, clock(crowd, at)));
  }
}

// ------------------------------------------------------------------------------------------------ The whole

/** Show the crowd of a model in an element; return a function that takes everything away again. */
export function mount(root, model) {
  const parts = controls(), pen = parts.canvas.getContext("2d");
  const gone = new AbortController(), quiet = window.matchMedia("(prefers-reduced-motion: reduce)");
  let crowd = unpack(model.get("crowd")), dots = new Dots(crowd), plan, made, font;
  let at = model.get("at_s"), playing = false, speed = model.get("speed"), stopAt = Infinity;
  let frame = 0, last = 0, toldAt = 0, seen = true, sending = false, waiting = 0, note = "";

  root.classList.add("lb-crowd");
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  root.replaceChildren(
    parts.canvas, parts.slider, parts.ticks,
    element("div", "lb-crowd-bar", {}, parts.play, parts.clock, parts.group, parts.picker),
    parts.story, parts.caption, parts.status,
  );

  const within = (time) => Math.min(Math.max(time, crowd.starts_s), crowd.ends_s);
  const pickedDot = () => crowd.numbers.indexOf(model.get("picked"));

  // --- one frame

  function layOut() {
    const width = Math.max(280, Math.floor(root.clientWidth - 24)), scale = window.devicePixelRatio || 1;
    plan = groundPlan(width, crowd);
    font = getComputedStyle(root).fontFamily;
    parts.canvas.width = Math.round(width * scale);
    parts.canvas.height = Math.round(plan.height * scale);
    parts.canvas.style.width = `${width}px`;
    parts.canvas.style.height = `${plan.height}px`;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    made = stamps(crowd, plan.radius, scale);
    drawTimeline(parts, crowd, width);
  }

  function draw() {
    pen.clearRect(0, 0, plan.width, plan.height);
    drawScene(pen, plan, crowd, at, font);
    drawDots(pen, dots, plan, made, pickedDot());
    const now = clock(crowd, at, true);
    if (parts.clock.textContent !== now) {
      parts.clock.textContent = now;
      parts.slider.setAttribute("aria-valuenow", String(Math.floor(at)));
      parts.slider.setAttribute("aria-valuetext", now);
    }
    const share = (at - crowd.starts_s) / (crowd.ends_s - crowd.starts_s);
    parts.head.style.left = `${100 * share}%`;
  }

  function settle() {
    dots.settle(plan, at, playing ? TURNED_AWAY_S * 1000 * paceNow() : 0);
  }

  const paceNow = () => (stopAt < Infinity ? 1 : speed);

  function onFrame(now) {
    frame = 0;
    const seconds = Math.min(0.1, Math.max(0, (now - last) / 1000));
    last = now;
    if (playing) {
      at += seconds * paceNow();
      if (at >= Math.min(stopAt, crowd.ends_s)) {
        at = Math.min(stopAt, crowd.ends_s);
        stop();
      } else if (now - toldAt > TELLS_EVERY_MS) {
        toldAt = now;
        tell({ at_s: at });
      }
    }
    settle();
    const moving = dots.glide(plan, seconds);
    draw();
    root.dataset.moving = String(playing || moving);
    if ((playing || moving) && seen) wake();
  }

  function wake() {
    if (frame || gone.signal.aborted) return;
    frame = requestAnimationFrame(onFrame);
  }

  /** Show the present time: gliding there, or at once. */
  function refresh(atOnce = quiet.matches) {
    root.dataset.moving = "true";
    if (!frame) last = performance.now();
    if (atOnce) {
      settle();
      dots.jump();
      draw();
    }
    wake();
  }

  // --- what the notebook and the page hear of each other

  function tell(changes) {
    sending = true;
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    sending = false;
    model.save_changes();
  }

  function say() {
    const said = sentence(crowd, at);
    parts.status.textContent = said;
    parts.canvas.setAttribute("aria-label", said);
  }

  function listen(name, act) {
    const heard = () => sending || act(model.get(name));
    model.on(`change:${name}`, heard);
    gone.signal.addEventListener("abort", () => model.off(`change:${name}`, heard));
  }

  // --- playing

  function start() {
    if (quiet.matches) return step();
    if (at >= crowd.ends_s) at = crowd.starts_s;
    playing = true;
    showButtons();
    tell({ playing: true });
    refresh(false);
  }

  function stop() {
    playing = false;
    stopAt = Infinity;
    showButtons();
    tell({ playing: false, at_s: at });
    say();
    refresh();
  }

  /** Without motion: one step on for each press. */
  function step() {
    seek(at >= crowd.ends_s ? crowd.starts_s : at + speed);
  }

  function seek(time) {
    at = within(time);
    stopAt = Infinity;
    tell({ at_s: at });
    if (!playing) say();
    refresh();
  }

  const toggle = () => (playing ? stop() : start());

  function playIntro() {
    const seconds = model.get("intro_s");
    if (!(seconds > 0) || playing) return;
    tell({ intro_s: 0 });
    if (quiet.matches || at !== model.get("frozen_at_s")) return;
    stopAt = at;
    at = within(at - seconds);
    playing = true;
    tell({ playing: true, at_s: at });
    showButtons();
  }

  function showButtons() {
    const steps = quiet.matches;
    parts.play.textContent = steps ? "Step" : playing ? "Pause" : "Play";
    parts.play.setAttribute("aria-label", parts.play.textContent); // without the sign before it
    parts.play.dataset.shows = steps ? "step" : playing ? "pause" : "play";
    parts.speeds.forEach((one, index) => {
      const each = SPEEDS[index], named = STEP_NAMES[each];
      one.textContent = steps ? named : `${each}×`;
      one.setAttribute("aria-label", steps ? `Steps of ${named}` : `${each} times as fast as the evening`);
      one.setAttribute("aria-pressed", String(each === speed));
    });
    parts.group.setAttribute("aria-label", steps ? "Length of a step" : "Speed");
  }

  // --- picking a listener

  function pick(dot, why = "") {
    if (dot < 0 || dot >= crowd.size) return;
    note = why;
    const number = crowd.numbers[dot];
    parts.number.value = grouped(number);
    tell({ picked: number });
    showStory();
    draw();
  }

  function unpick() {
    note = parts.number.value = "";
    tell({ picked: -1 });
    showStory();
    draw();
  }

  function showStory() {
    clearTimeout(waiting);
    const picked = model.get("picked"), told = model.get("told") || {};
    let text = crowd.size ? "Click a dot, or pick a listener, to read that evening." : "";
    if (picked >= 0 && told.listener === picked) text = told.story;
    else if (picked >= 0) {
      text = "";
      const unheard = "This story comes from the notebook, which does not answer at the moment.";
      waiting = setTimeout(() => (parts.story.textContent = unheard), NO_ANSWER_MS);
    }
    parts.story.textContent = [note, text].filter(Boolean).join(" ");
  }

  /** Who is shown next: by number, beginning with whoever came last. */
  function pickNext(way) {
    const picked = pickedDot();
    const come = dots.place.reduce((latest, place, dot) => (place ? dot : latest), 0);
    pick(picked < 0 ? come : (picked + way + crowd.size) % crowd.size);
  }

  function pickTyped() {
    const typed = parts.number.value.replace(/[,\s]/g, "");
    if (!typed || !crowd.size) return;
    if (!/^\d+$/.test(typed)) {
      note = "That is no number of a listener; give digits only.";
      return showStory();
    }
    const wanted = Number(typed);
    let nearest = 0;
    crowd.numbers.forEach((number, dot) => {
      if (Math.abs(number - wanted) < Math.abs(crowd.numbers[nearest] - wanted)) nearest = dot;
    });
    const found = crowd.numbers[nearest] === wanted;
    pick(nearest, found ? "" : `Listener ${grouped(wanted)} was not followed; this is the nearest who was.`);
  }

  // --- hands and keys

  const on = (target, kind, act) => target.addEventListener(kind, act, { signal: gone.signal });

  on(parts.play, "click", toggle);
  parts.speeds.forEach((one, index) => on(one, "click", () => setSpeed(SPEEDS[index])));
  on(parts.earlier, "click", () => pickNext(-1));
  on(parts.later, "click", () => pickNext(1));
  on(parts.number, "change", pickTyped);

  function setSpeed(chosen) {
    speed = chosen;
    stopAt = Infinity;
    tell({ speed });
    showButtons();
  }

  const scrub = (event) => {
    const box = parts.slider.getBoundingClientRect();
    seek(crowd.starts_s + ((event.clientX - box.left) / box.width) * (crowd.ends_s - crowd.starts_s));
  };
  on(parts.slider, "pointerdown", (event) => {
    if (event.button) return;
    parts.slider.setPointerCapture(event.pointerId);
    scrub(event);
  });
  on(parts.slider, "pointermove", (event) => parts.slider.hasPointerCapture(event.pointerId) && scrub(event));
  on(parts.canvas, "click", (event) => pick(dotUnder(event, event.pointerType === "touch" ? 26 : 14)));
  on(parts.canvas, "pointermove", (event) => {
    parts.canvas.style.cursor = dotUnder(event, 10) < 0 ? "" : "pointer";
  });

  function dotUnder(event, reach) {
    const box = parts.canvas.getBoundingClientRect();
    return dots.near(event.clientX - box.left, event.clientY - box.top, reach);
  }

  const moves = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 60, PageDown: -60 };
  on(root, "keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { key, target } = event;
    let done = true;
    if (key === " " && target !== parts.number && target.tagName !== "BUTTON") toggle();
    else if (key === "Escape") unpick();
    else if (key === "Enter" && target === parts.number) pickTyped();
    else if (target === parts.slider && key === "Home") seek(crowd.starts_s);
    else if (target === parts.slider && key === "End") seek(crowd.ends_s);
    else if (target === parts.slider && key in moves) seek(at + moves[key] * (event.shiftKey ? 10 : 1));
    else done = false;
    if (done) event.preventDefault();
    event.stopPropagation();
  });

  // --- what the notebook asks for

  listen("crowd", (packed) => {
    crowd = unpack(packed);
    dots = new Dots(crowd, dots);
    at = within(at);
    describe();
    layOut();
    showStory();
    refresh();
  });
  listen("at_s", (time) => {
    if (playing && Math.abs(time - at) < 2 * paceNow()) return;
    at = within(time);
    stopAt = Infinity;
    say();
    refresh();
  });
  listen("playing", (wanted) => {
    if (wanted !== playing) wanted ? start() : stop();
    if (quiet.matches && wanted) tell({ playing: false });
  });
  listen("speed", (wanted) => {
    speed = wanted;
    showButtons();
  });
  listen("told", showStory);
  listen("picked", (number) => {
    note = "";
    parts.number.value = number < 0 ? "" : grouped(number);
    showStory();
    refresh(false);
  });

  function describe() {
    parts.caption.textContent = crowd.caption;
    parts.slider.setAttribute("aria-valuemin", String(crowd.starts_s));
    parts.slider.setAttribute("aria-valuemax", String(crowd.ends_s));
    say();
  }

  const resized = new ResizeObserver(() => {
    if (Math.max(280, Math.floor(root.clientWidth - 24)) === plan.width) return;
    layOut();
    refresh(true);
  });
  const looked = new IntersectionObserver(([entry]) => {
    seen = entry.isIntersecting;
    last = performance.now();
    if (seen) wake();
  });
  on(quiet, "change", () => {
    if (playing) stop();
    showButtons();
  });

  at = within(at);
  describe();
  layOut();
  playIntro();
  showButtons();
  showStory();
  refresh(true);
  resized.observe(root);
  looked.observe(root);
  if (model.get("playing") && !playing) start();

  return () => {
    gone.abort();
    cancelAnimationFrame(frame);
    clearTimeout(waiting);
    resized.disconnect();
    looked.disconnect();
  };
}

/** What a page without a notebook offers in its place: the same values, and all stories at hand. */
export class FixedModel {
  constructor(values, stories) {
    this.values = { picked: -1, told: {}, playing: false, ...values };
    this.numbers = unpack(values.crowd).numbers;
    this.stories = stories;
    this.heard = new EventTarget();
    this.acts = new Map();
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    if (this.values[name] === value) return;
    this.values[name] = value;
    if (name === "picked") this.values.told = { listener: value, story: this.stories[this.numbers.indexOf(value)] };
    this.heard.dispatchEvent(new Event(`change:${name}`));
  }

  save_changes() {}

  on(name, act) {
    this.heard.addEventListener(name, act);
  }

  off(name, act) {
    this.heard.removeEventListener(name, act);
  }
}

async function inflated(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

/** Show the crowd that a page holds in its attributes; see static.py. */
export async function mountPage(root) {
  const { crowd, stories, settings } = root.dataset;
  const told = JSON.parse(new TextDecoder().decode(await inflated(stories)));
  const values = { ...JSON.parse(settings), crowd: new DataView(await inflated(crowd)) };
  for (const name of ["crowd", "stories", "settings"]) delete root.dataset[name];
  return mount(root, new FixedModel(values, told));
}

export default {
  render({ model, el }) {
    return mount(el, model);
  },
};
