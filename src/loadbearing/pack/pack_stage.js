// The stage of a lab: the moving crowd and the picture of the same run, one of them on show, by the notebook's own files.

// The first seconds: ten minutes from the announced start, in which the crowd comes.
const INTRO = { from_s: 0, speed: 60, lasts_ms: 10_000 };

class Stage {
  /** `frozen`: called once the first seconds of the crowd have been played, or at once where nothing moves. */
  constructor(root, unit, widgets, frozen) {
    Object.assign(this, { root, unit, widgets, frozen });
    this.part = (name) => root.querySelector(`.pack-${name}`);
    this.screen = new Model({ colours: unit.colours, png: null, over: null, told: {}, busy: "", outdated: "" });
    this.part("screen").style.setProperty("--pack-aspect", `${unit.width} / ${unit.height}`);
    this.ends = [widgets["screen.js"].default.render({ model: this.screen, el: this.part("screen") })];
    this.newest = 0;
    this.part("tab").addEventListener("click", async () => {
      await this.turnTo(this.shows === "crowd" ? "curve" : "crowd");
      // The picture goes along with the knobs, the crowd stays at its place: bring the reader there.
      const { top } = this.root.getBoundingClientRect();
      if (this.shows === "crowd" && top < 0) this.root.scrollIntoView({ block: "start" });
    });
  }

  /** Show the picture and the numbers of a point; `before`: the point whose numbers are told beside its own. */
  async show(point, words, { before = null, resting = true } = {}) {
    const mine = ++this.newest, over = await this.unit.over(point);
    if (mine !== this.newest) return;
    this.point = point;
    this.part("now").textContent = words;
    this.part("claim").textContent = point.told.claim;
    const numbers = point.told.numbers.map((one, at) => besideBefore(one, before?.told.numbers[at]));
    this.screen.setAll({ png: this.unit.sheet, over, told: { ...point.told, numbers, resting, sheet: this.unit.number } });
    if (resting && this.shows === "crowd") await this.showCrowd();
  }

  turnTo(what) {
    this.shows = what;
    this.root.dataset.shows = what;
    this.part("tab").textContent = what === "crowd" ? this.unit.tab : "The crowd";
    if (what === "crowd") return this.showCrowd();
    this.crowd?.set("playing", false);
  }

  /** Bring the crowd to the run that the picture shows. */
  async showCrowd() {
    const point = this.point, held = point && (await this.unit.crowd(point));
    if (!point || point !== this.point) return;
    this.part("no-crowd").hidden = Boolean(held);
    this.part("crowd").hidden = !held;
    if (!held || point === this.inCrowd) return;
    this.inCrowd = point;
    const { numbers } = this.widgets["moving_crowd.js"].unpack(held.packed);
    if (this.crowd) this.crowd.show(held.packed, numbers, held.stories);
    else this.openCrowd(held, numbers);
  }

  /** Put the crowd there, moving if this is how the lab opens: without motion it stands where it would have stopped. */
  openCrowd(held, numbers) {
    const plays = !this.hasEnded && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const at_s = INTRO.from_s + (plays ? 0 : (INTRO.speed * INTRO.lasts_ms) / 1000);
    const values = { ...held.values, crowd: held.packed, at_s, frozen_at_s: at_s, intro_s: 0, speed: INTRO.speed };
    this.crowd = new CrowdModel({ picked: -1, told: {}, ...values, playing: plays });
    Object.assign(this.crowd, { numbers, stories: held.stories });
    this.part("crowd").classList.toggle("pack-without-stories", !held.stories.length);
    const el = document.createElement("div");
    this.part("crowd").append(el);
    this.crowd.on("change:playing", () => !this.crowd.get("playing") && this.ended());
    this.ends.push(this.widgets["moving_crowd.js"].default.render({ model: this.crowd, el }));
    if (plays) this.stops = setTimeout(() => this.crowd.set("playing", false), INTRO.lasts_ms);
    else this.ended();
  }

  /** The first seconds are over: from now on the crowd shows all its controls. */
  ended() {
    clearTimeout(this.stops);
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.root.dataset.opening = "over";
    this.frozen();
  }

  close() {
    clearTimeout(this.stops);
    for (const end of this.ends) end();
  }
}

/** A number of the first three, with what it was in the run before if it was another. */
function besideBefore(one, before) {
  if (!before || before.number === one.number) return one;
  return { ...one, beside: [one.beside, `was ${before.number}`].filter(Boolean).join("; ") };
}
