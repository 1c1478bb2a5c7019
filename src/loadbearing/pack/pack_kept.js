// What somebody answered and did, kept on this device: in the browser's storage for pages, or, where a browser has none
// for a page that was opened from a file, in memory until the page is closed. It never leaves the device.

const KEPT_UNDER = "load-bearing-pack-1";

class Kept {
  constructor() {
    this.all = Kept.found();
    this.write();
  }

  /** What an earlier visit left; nothing, if there is no storage or what stands there is damaged. */
  static found() {
    try {
      const held = JSON.parse(localStorage.getItem(KEPT_UNDER));
      return held && typeof held === "object" && !Array.isArray(held) ? held : {};
    } catch {
      return {};
    }
  }

  /** `lasts`: whether what is kept will still be there when the page is opened again. */
  write() {
    try {
      if (this.isEmpty) localStorage.removeItem(KEPT_UNDER);
      else localStorage.setItem(KEPT_UNDER, JSON.stringify(this.all));
      this.lasts = true;
    } catch {
      this.lasts = false;
    }
  }

  get isEmpty() {
    return Object.keys(this.all).length === 0;
  }

  /** What is kept of a lab: an object, empty at first. */
  of(lab) {
    const held = this.all[lab];
    return held && typeof held === "object" ? held : {};
  }

  keep(lab, changes) {
    this.all = { ...this.all, [lab]: { ...this.of(lab), ...changes } };
    this.write();
  }

  forget() {
    this.all = {};
    this.write();
  }
}
