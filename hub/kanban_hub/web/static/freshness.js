// How old the picture is. A screen that is wrong is worse than a dark one, so it greys when nothing is heard.
export const STALE_AFTER_MS = 12_000;

const time = new Intl.DateTimeFormat(document.documentElement.lang || [], { hour: "2-digit", minute: "2-digit" });

export class Freshness {
  #staleAfterMs;
  #heardMs = performance.now(); // the page itself was news
  #heardAt = new Date();
  #freshness = document.getElementById("freshness");
  #veil = document.getElementById("veil");

  constructor(staleAfterMs = STALE_AFTER_MS) {
    this.#staleAfterMs = staleAfterMs;
  }

  // The picture is known to be the hub's newest.
  confirm() {
    this.#heardMs = performance.now();
    this.#heardAt = new Date();
    this.show();
  }

  show() {
    const ageMs = performance.now() - this.#heardMs;
    const isStale = ageMs > this.#staleAfterMs;
    this.#freshness.textContent = this.#freshness.dataset.text.replace("{age}", Math.round(ageMs / 1000));
    document.body.classList.toggle("stale", isStale);
    if (this.#veil.hidden === isStale) {
      this.#veil.hidden = !isStale;
      this.#veil.textContent = isStale ? this.#veil.dataset.text.replace("{time}", time.format(this.#heardAt)) : "";
    }
  }
}
