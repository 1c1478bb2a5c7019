// The whole file: which lab is on show, what is kept, and a sentence where a browser cannot play it.

class Page {
  constructor(pack, widgets) {
    Object.assign(this, { pack, widgets, kept: new Kept() });
    this.main = document.querySelector(".pack-main");
    this.labs = document.querySelector(".pack-labs");
    document.querySelector(".pack-units").textContent = pack.head.words?.units || document.querySelector(".pack-units").textContent;
    document.querySelector(".pack-forget").addEventListener("click", () => this.forget());
    window.addEventListener("hashchange", () => this.follow(true));
    this.listLabs();
    this.follow(false);
  }

  listLabs() {
    this.links = this.pack.units.map((unit, at) => {
      const row = document.createElement("li"), link = document.createElement("a"), title = document.createElement("span");
      link.href = `#${unit.slug}`;
      link.append(String(at + 1), title);
      title.textContent = unit.title;
      title.className = "pack-lab-title";
      row.append(link);
      this.labs.append(row);
      return link;
    });
  }

  /** Show the lab that the address names; the first, if it names none. */
  follow(moved) {
    const named = location.hash.slice(1);
    if (named === "pack-about") return document.getElementById("pack-about-head").focus();
    const at = Math.max(0, this.pack.units.findIndex((unit) => unit.slug === named));
    if (this.lab && this.at === at) return undefined;
    return this.open(at, moved);
  }

  async open(at, moved) {
    this.lab?.close();
    this.at = at;
    const [pack, unit] = [this.pack, this.pack.units[at]];
    this.lab = new LabPage(this.main, {
      pack, unit, number: at + 1, widgets: this.widgets, kept: this.kept, changed: () => this.told(),
    });
    this.told();
    if (moved) {
      scrollTo(0, 0);
      this.lab.part("title").focus({ preventScroll: true });
    }
    await this.lab.open();
  }

  /** Say where things are kept, and mark the labs that were answered. */
  told(said = "") {
    const { kept } = this;
    document.querySelector(".pack-kept-said").textContent =
      said ||
      (kept.lasts
        ? "What you answer and do stays on this device."
        : "This browser keeps nothing for this file: what you answer and do is gone when you close it.");
    document.querySelector(".pack-forget").hidden = kept.isEmpty;
    this.links.forEach((link, at) => {
      const unit = this.pack.units[at], done = Boolean(kept.of(unit.slug).answer);
      link.classList.toggle("pack-answered", done);
      link.setAttribute("aria-label", `Lab ${at + 1}: ${unit.title}${done ? ", answered" : ""}`);
      if (at === this.at) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  }

  async forget() {
    this.kept.forget();
    await this.open(this.at, true);
    this.told("Deleted. Nothing is kept on this device.");
  }
}

async function start() {
  const said = document.querySelector(".pack-wait");
  if (!globalThis.DecompressionStream || !globalThis.OffscreenCanvas) {
    said.textContent = "This browser is too old to play the file: open it in one of 2023 or later.";
    return;
  }
  try {
    new Page(new Pack(document), await widgetsOf(document));
  } catch (slip) {
    said.textContent = `This file does not open: ${slip.message}. Ask for a new copy.`;
  }
}

// The page is whole by then, and so are all parts of this script.
addEventListener("DOMContentLoaded", start);
