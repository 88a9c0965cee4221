// The two clocks of a page: one that only runs forward and rules all, and the wall clock with its quality.
import { hex } from "./ids.js";

const MAX_AGE_MS = 30 * 24 * 3600 * 1000;
const AGREES_MS = 2_000;
// A wall clock that shows an earlier year has never been set.
const BUILT_MS = Date.UTC(2026, 0, 1);

export class Clock {
  boot = hex(4); // each loading of the page is a boot: `performance.now` begins anew
  #offsetMs = null; // of the wall clock when it agreed with the hub's

  nowMs() {
    return performance.now();
  }

  // The hub says what time it is. A page cannot ask whether its machine's clock is kept right; so it compares.
  hear(hubWallMs, askedAtMs) {
    const onTheWayMs = (performance.now() - askedAtMs) / 2;
    const agrees = Math.abs(Date.now() - onTheWayMs - hubWallMs) <= AGREES_MS;
    this.#offsetMs = agrees ? Date.now() - performance.now() : null;
  }

  get quality() {
    if (Date.now() < BUILT_MS) {
      return "unset";
    }
    const hasAgreed = this.#offsetMs !== null;
    const isUntouched = hasAgreed && Math.abs(Date.now() - performance.now() - this.#offsetMs) <= AGREES_MS;
    return isUntouched ? "sync" : "held";
  }

  stamp(atMs) {
    const wallMs = Date.now() - (performance.now() - atMs);
    return {
      boot: this.boot,
      mono_ms: Math.max(0, Math.round(atMs)),
      wall_ms: Math.max(0, Math.round(wallMs)),
      clock: this.quality,
    };
  }
}

// How old a signal is, by the clocks that can be trusted for it; 0 where none can.
// Within one boot the wall clock counts too: `performance.now` stands still while some machines sleep.
export function ageMs(pressed, now) {
  const isWallGood = pressed.clock === "sync" && now.clock === "sync";
  const byWallMs = isWallGood ? now.wall_ms - pressed.wall_ms : 0;
  const byBootMs = pressed.boot === now.boot ? now.mono_ms - pressed.mono_ms : 0;
  return Math.max(0, Math.min(byWallMs > byBootMs ? byWallMs : byBootMs, MAX_AGE_MS));
}
