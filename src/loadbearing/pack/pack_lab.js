// One lab of the file: watch the crowd, guess, see what the runs say, turn the knobs, read both front pages, go on.

const EACH_SHOWN_MS = 1800; // how long each of the runs that settle a question stays on show

class LabPage {
  /** `number`: which lab of the file this is, from 1; `changed()` is called whenever something was kept. */
  constructor(main, { pack, unit, number, widgets, kept, changed }) {
    Object.assign(this, { unit, kept, changed, words: unit.words || {} });
    this.root = main.ownerDocument.getElementById("pack-lab").content.cloneNode(true).firstElementChild;
    main.replaceChildren(this.root);
    this.part = (name) => this.root.querySelector(`.pack-${name}`);
    this.quiet = matchMedia("(prefers-reduced-motion: reduce)");
    this.write({ kicker: `${number} of ${pack.units.length} · ${unit.title}`, title: this.words.hook || unit.question });
    this.write({ scene: this.words.scene || unit.scene[0], dare: this.words.dare, "turn-heading": unit.heading });
    this.write({ "missions-said": this.words.missions, asks: unit.asks });
    this.root.querySelector(".pack-happened > div").innerHTML = unit.happened;
    this.stage = new Stage(this.part("stage"), unit, widgets, () => this.frozen());
    this.turning = new Turning(this.part("turn"), unit, widgets, (place, resting) => this.turned(place, resting));
    this.missions = new Missions(this.root, unit, kept);
    this.pages = new FrontPages(this.part("argue"), unit, kept);
    this.part("play").addEventListener("click", () => this.justPlay());
    this.part("again").addEventListener("click", () => this.askAgain());
    this.part("on").addEventListener("click", () => this.toTheQuestion());
    this.ask();
    this.goOn(pack.units[number], pack);
  }

  write(texts) {
    for (const [name, text] of Object.entries(texts)) this.part(name).textContent = text || "";
  }

  /** Open where somebody left it, or with the crowd and the question. */
  async open() {
    const held = this.kept.of(this.unit.slug), known = this.unit.prediction.options.some(({ key }) => key === held.answer);
    const opens = this.unit.place(this.unit.opens.case);
    if (known || held.answer === "play") {
      this.stage.hasEnded = true;
      this.stage.root.dataset.opening = "over";
      await this.settle(held.answer);
      await this.turning.go(this.placeKept(held) || this.lastShown() || opens, true);
    } else {
      this.turning.stand(opens);
      this.stage.point = await this.unit.point(opens);
      await this.stage.turnTo("crowd"); // the picture can wait: nobody sees it yet
      await this.showPlace(opens);
    }
  }

  /** The place where the knobs were left, if this file has it. */
  placeKept({ place }) {
    const held = place && this.unit.caseOf(place.name);
    const fits = held && Array.isArray(place.at) && place.at.length === held.stops.length;
    return fits && place.at.every((at, knob) => held.stops[knob][at] !== undefined) ? place : null;
  }

  // --- the question

  ask() {
    const { question, options } = this.unit.prediction;
    this.part("question").textContent = question;
    this.inSight = new IntersectionObserver(([entry]) => {
      this.part("on").hidden = this.answered || entry.isIntersecting || entry.boundingClientRect.top < 0;
    }, { rootMargin: "0px 0px -25% 0px" });
    this.inSight.observe(this.part("ask"));
    this.part("options").replaceChildren(
      ...options.map(({ key, text }) => {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", className: "pack-option", textContent: text });
        button.addEventListener("click", () => this.answer(key));
        return button;
      }),
    );
  }

  /** The first seconds have been played: the question comes up, unless somebody is already elsewhere on the page. */
  frozen() {
    if (this.answered || scrollY > 40 || this.quiet.matches || !this.isNarrow()) return;
    this.part("ask").scrollIntoView({ behavior: "smooth", block: "start" });
  }

  isNarrow() {
    return getComputedStyle(this.part("evening")).display !== "grid";
  }

  toTheQuestion() {
    this.bringUp("ask", "ask-head");
  }

  /** Bring a part of the page (of the head, what is under it) to the top of the window, and the keyboard to a heading. */
  bringUp(part, heading) {
    const behavior = this.quiet.matches ? "auto" : "smooth";
    if (this.isNarrow()) scrollTo({ top: scrollY + this.part(part).getBoundingClientRect()[part === "head" ? "bottom" : "top"], behavior });
    this.root.querySelector(`[id="pack-${heading}"]`).focus({ preventScroll: true });
  }

  async answer(key) {
    this.kept.keep(this.unit.slug, { answer: key });
    this.changed();
    await this.settle(key);
    this.bringUp("head", "result-head");
    await this.playShows();
  }

  async justPlay() {
    this.kept.keep(this.unit.slug, { answer: "play" });
    this.changed();
    await this.settle("play");
    this.bringUp("head", "turn-head");
    await this.turning.go(this.turning.place, true);
  }

  askAgain() {
    this.answered = false;
    this.part("ask").hidden = false;
    this.part("result").hidden = true;
    this.bringUp("ask", "ask-head");
  }

  // --- what the runs say

  /** Say how an answer stands, and open all the rest. */
  async settle(key) {
    this.answered = true;
    this.part("ask").hidden = this.part("on").hidden = true;
    this.part("result").hidden = this.part("turn").hidden = this.part("next").hidden = false;
    this.part("missions").hidden = !this.unit.missions.length;
    this.stage.root.dataset.answered = "";
    this.stage.turnTo("curve");
    this.stage.ended();
    if (key === "play") this.leaveOpen();
    else await this.compare(key);
  }

  leaveOpen() {
    this.write({ verdict: "", right: this.unit.prediction.play, said: "", sentence: "", why: "" });
    this.part("shows").replaceChildren();
    this.part("shows-of").hidden = this.part("happened").hidden = true;
    this.part("again").hidden = false;
  }

  async compare(key) {
    const { options, right, sentence } = this.unit.prediction;
    const text = (wanted) => options.find((one) => one.key === wanted).text;
    this.part("again").hidden = true;
    this.part("happened").hidden = false;
    this.write({
      verdict: key === right ? "The runs agree with you" : "The runs say otherwise",
      right: text(right),
      said: key === right ? "" : `You said: ${text(key)}`,
      sentence,
      why: this.words.why,
    });
    await this.listShows();
  }

  /** The runs that settle the question, each with the number it is about: pressed, one is on show. */
  async listShows() {
    const shows = this.words.shows || [], rows = [];
    for (const [at, show] of shows.entries()) {
      const place = this.unit.place(show.case, show.at), point = await this.unit.point(place);
      const row = document.createElement("li"), button = document.createElement("button");
      const { label, number } = point.told.numbers[this.words.compares || 0];
      button.type = "button";
      button.append(...[show.words, number].map((text) => Object.assign(document.createElement("span"), { textContent: text })));
      button.addEventListener("click", () => this.showOne(at));
      row.append(button);
      rows.push(row);
      this.part("shows-of").textContent = label;
    }
    this.part("shows").replaceChildren(...rows);
    this.part("shows-of").hidden = !rows.length;
  }

  lastShown() {
    const last = this.words.shows?.at(-1);
    return last && this.unit.place(last.case, last.at);
  }

  async playShows() {
    const mine = (this.playing = {}), shows = this.words.shows || [];
    if (!shows.length) return this.turning.go(this.unit.place(this.unit.prediction.shows || this.unit.opens.case), true);
    // Without motion the last run is shown at once, beside what the one before it was.
    for (let at = this.quiet.matches ? Math.max(0, shows.length - 2) : 0; at < shows.length; at++) {
      await this.showOne(at, mine);
      if (at < shows.length - 1 && !this.quiet.matches) await new Promise((done) => setTimeout(done, EACH_SHOWN_MS));
      if (this.playing !== mine) return undefined;
    }
    return undefined;
  }

  async showOne(at, playing = {}) {
    this.playing = playing;
    const show = this.words.shows[at], place = this.unit.place(show.case, show.at);
    this.shown = true;
    await this.turning.go(place, true);
    this.shown = false;
    this.playing = playing;
    [...this.part("shows").children].forEach((row, index) =>
      row.firstElementChild.setAttribute("aria-pressed", String(index === at)),
    );
  }

  // --- turning knobs

  /** The knobs stand at a new place: show it; once they rest there, tick missions and print both pages. */
  async turned(place, resting) {
    this.playing = null;
    this.missions.said.textContent = "";
    for (const row of this.part("shows").children) row.firstElementChild.setAttribute("aria-pressed", "false");
    if (this.stage.shows !== "curve" && !resting) this.stage.turnTo("curve");
    await this.showPlace(place, resting);
  }

  async showPlace(place, resting = true) {
    const point = await this.unit.point(place);
    await this.stage.show(point, point.told.shows, { before: this.rested, resting });
    if (!resting || this.stage.point !== point) return;
    if (this.rested !== point) this.rested = point;
    if (!this.answered) return;
    // What the page itself puts on show is nobody's mission.
    if (!this.shown) this.missions.look(point);
    await this.pages.show(point);
    this.kept.keep(this.unit.slug, { place });
    this.changed();
  }

  // --- the way on

  goOn(next, pack) {
    const link = this.part("go"), units = pack.units.length;
    if (next) {
      this.write({ "next-said": `Next of ${units}: ${next.title}.`, go: "Go on" });
      this.root.querySelector("#pack-next-head").textContent = next.question;
      link.href = `#${next.slug}`;
    } else {
      this.root.querySelector("#pack-next-head").textContent = "That was all of this file";
      this.write({ "next-said": "The course ends at your own launch: what it can take, and who acts.", go: "What the course is" });
      link.href = "#pack-about";
    }
  }

  close() {
    this.playing = null;
    this.inSight.disconnect();
    this.stage.close();
    this.turning.close();
    this.root.remove();
  }
}
