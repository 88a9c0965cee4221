// What waits in the outbox, and whether it takes more.
export class Kept {
  count = 0;
  oldest = null; // the row that has waited longest
  store = "ok"; // or `full`, or `broken`
  #outbox;

  constructor(outbox) {
    this.#outbox = outbox;
  }

  // Store a signal; null when it cannot be kept, and `store` says in what way.
  async put(signal) {
    try {
      const row = await this.#outbox.put(signal);
      this.store = "ok";
      this.count += 1;
      return row;
    } catch (error) {
      this.store = error.name === "QuotaExceededError" ? "full" : "broken";
      return null;
    }
  }

  async look() {
    try {
      const { count, oldest } = await this.#outbox.depth();
      Object.assign(this, { count, oldest });
    } catch {
      this.store = "broken";
    }
  }
}
