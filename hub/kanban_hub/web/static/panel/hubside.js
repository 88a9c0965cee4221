// What the station knows of its hub: whether it is there, what it wants shown, what it has of this outbox.
import { HubWatch } from "./hubwatch.js";
import { Resync } from "./resync.js";

const HUB_LOST_MS = 15_000;
const REMEMBER_MS = 60_000; // each writing wears the disk a little

export class HubSide {
  #outbox;
  #clock;
  #watch;
  #resync;
  #remembered = { key: "", atMs: 0 };
  state; // what the hub last said, or what is remembered of it; null before the first word ever
  wanted = null; // its lamps: only what was heard since the page was opened
  isForbidden; // this browser may not press here

  // `remembered` is what an earlier page has kept of the hub, or null.
  constructor({ outbox, clock, remembered }) {
    this.#outbox = outbox;
    this.#clock = clock;
    this.#watch = new HubWatch(HUB_LOST_MS, clock.nowMs());
    this.#resync = new Resync(remembered?.hubEpoch ?? null);
    this.state = remembered?.state ?? null;
    this.isForbidden = this.state?.may_signal === false;
  }

  // `starting`, `heard` or `lost`.
  hearing(nowMs) {
    return this.#watch.at(nowMs);
  }

  get sinceMs() {
    return this.#watch.sinceMs;
  }

  // Take a state. Resolves once what follows from it is stored, to whether signals are to be sent again.
  async hear({ form, ...state }, askedAtMs) {
    const nowMs = this.#clock.nowMs();
    this.#clock.hear(Date.parse(state.now), askedAtMs);
    this.#watch.hear(nowMs, state.commit_age_s * 1000);
    this.isForbidden = !state.may_signal;
    this.wanted = state.lamps;
    this.state = state; // without the secret of the session: it is asked for anew each time
    const after = this.#resync.hear(state.epoch, state.taken, this.#outbox.highestSeq);
    if (after !== null) {
      await this.#outbox.unsettleAfter(after);
    }
    // The hub's epoch is remembered only after what it has lost waits again.
    await this.#remember(state, nowMs, after !== null);
    return after !== null;
  }

  async #remember(state, nowMs, isUrgent) {
    const { epoch, name, assignment, reasons, may_signal } = state;
    const key = JSON.stringify([epoch, name, assignment, reasons, may_signal]);
    if (isUrgent || key !== this.#remembered.key || nowMs - this.#remembered.atMs >= REMEMBER_MS) {
      await this.#outbox.remember("hub", { state, hubEpoch: epoch });
      this.#remembered = { key, atMs: nowMs };
    }
  }
}
