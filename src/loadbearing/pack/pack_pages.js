// Both front pages of the run on show: first their headlines, each page whole when it is asked for, and a vote.

class FrontPages {
  constructor(root, unit, kept) {
    Object.assign(this, { root, unit, kept });
    this.pages = root.querySelector(".pack-pages");
    this.votes = root.querySelector(".pack-votes");
    this.voted = root.querySelector(".pack-voted");
    this.unfolded = new Set();
  }

  /** Show the pages of a point; nothing where it has none. */
  async show(point) {
    this.newest = point;
    const html = await this.unit.pages(point);
    if (point !== this.newest) return;
    this.root.hidden = !html;
    this.pages.innerHTML = html;
    const articles = [...this.pages.querySelectorAll(".lb-page")];
    articles.forEach((article, at) => this.fold(article, at));
    this.offer(articles);
  }

  /** A page shows its headline; a button under it unfolds the rest. */
  fold(article, at) {
    const button = document.createElement("button"), name = article.querySelector(".lb-name").textContent;
    button.type = "button";
    button.className = "pack-unfold";
    const stand = () => {
      const open = this.unfolded.has(at);
      article.classList.toggle("pack-folded", !open);
      button.textContent = open ? `Fold ${name}` : `Read all of ${name}`;
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => {
      if (!this.unfolded.delete(at)) this.unfolded.add(at);
      stand();
    });
    article.append(button);
    stand();
  }

  offer(articles) {
    const vote = this.kept.of(this.unit.slug).vote;
    this.votes.replaceChildren(
      ...articles.map((article) => {
        const button = document.createElement("button"), name = article.querySelector(".lb-name").textContent;
        button.type = "button";
        button.className = "pack-option";
        button.textContent = name;
        button.setAttribute("aria-pressed", String(vote === name));
        button.addEventListener("click", () => {
          this.kept.keep(this.unit.slug, { vote: name });
          for (const one of this.votes.children) one.setAttribute("aria-pressed", String(one === button));
          this.answer(name);
        });
        return button;
      }),
    );
    if (vote) this.answer(vote);
  }

  answer(name) {
    this.voted.textContent =
      `You would print ${name}. The other page is just as true. Send this file to a friend who would print the other one, and argue.`;
  }
}
