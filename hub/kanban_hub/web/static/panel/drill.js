// What a command makes the lamps do for a while: show which station this is, or each lamp in turn.
const IDENTIFY_MS = 10_000;
const STEP_MS = 1_000;

export class Drill {
  #last = null;
  #identifyUntilMs = 0;
  #testFromMs = null;

  // A command as the hub tells it, each time it is asked; null when there is none. True when it is news.
  take(heard, nowMs) {
    if (heard === null || heard.command.id === this.#last) {
      return false;
    }
    this.#last = heard.command.id;
    const givenMs = nowMs - heard.age_s * 1000;
    if (heard.command.command === "identify") {
      this.#identifyUntilMs = givenMs + IDENTIFY_MS;
    } else if (heard.command.command === "self_test") {
      this.#testFromMs = nowMs;
    }
    return true;
  }

  isIdentifying(nowMs) {
    return nowMs < this.#identifyUntilMs;
  }

  // The lamp to be lit now, null when no self-test runs.
  tested(parts, nowMs) {
    if (this.#testFromMs === null) {
      return null;
    }
    return parts[Math.floor((nowMs - this.#testFromMs) / STEP_MS)] ?? null;
  }
}
