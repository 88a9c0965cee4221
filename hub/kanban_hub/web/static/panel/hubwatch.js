// Whether the hub is there: by its own word that it can commit, never by the state of a connection.
export class HubWatch {
  #lostAfterMs;
  #sinceMs;
  #hasHeard = false;

  constructor(lostAfterMs, nowMs) {
    this.#lostAfterMs = lostAfterMs;
    this.#sinceMs = nowMs;
  }

  // The hub spoke at `nowMs`, and was able to commit so long before.
  hear(nowMs, commitAgeMs) {
    this.#sinceMs = Math.max(this.#sinceMs, nowMs - commitAgeMs);
    this.#hasHeard ||= commitAgeMs < this.#lostAfterMs;
  }

  get sinceMs() {
    return this.#sinceMs;
  }

  at(nowMs) {
    if (nowMs - this.#sinceMs >= this.#lostAfterMs) {
      return "lost";
    }
    return this.#hasHeard ? "heard" : "starting";
  }
}
