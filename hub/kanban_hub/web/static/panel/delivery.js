// From the outbox to the hub: sends what is due, and takes the receipts back.
import { ageMs } from "./clock.js";
import { WINDOW } from "./sender.js";

const LOOK_AGAIN_MS = 3_000; // another tab may have stored something, and gone before it was sent

export class Delivery {
  #outbox;
  #sender;
  #hub;
  #clock;
  #settled;
  #failed;
  #isSending = false;
  #isAskedAgain = false;
  #hasRenewed = false;
  #timer = 0;

  // `settled` gets the receipts that were news, `failed` why nothing came back.
  constructor({ outbox, sender, hub, clock, settled, failed }) {
    this.#outbox = outbox;
    this.#sender = sender;
    this.#hub = hub;
    this.#clock = clock;
    this.#settled = settled;
    this.#failed = failed;
  }

  // The hub was heard: what was sent before may be lost, and is due at once.
  resume() {
    this.#sender.resume();
    this.send();
  }

  // Send what is due, until nothing is.
  async send() {
    if (this.#isSending) {
      this.#isAskedAgain = true;
      return;
    }
    this.#isSending = true;
    do {
      this.#isAskedAgain = false;
      try {
        await this.#round();
      } catch (error) {
        this.#failed(error);
      }
    } while (this.#isAskedAgain);
    this.#isSending = false;
    this.#plan();
  }

  #plan() {
    clearTimeout(this.#timer);
    const dueMs = this.#sender.dueMs();
    const waitMs = dueMs === null ? LOOK_AGAIN_MS : Math.max(0, dueMs - this.#clock.nowMs());
    this.#timer = setTimeout(() => this.send(), Math.min(waitMs, LOOK_AGAIN_MS));
  }

  async #round() {
    if (!this.#hub.isKnown) {
      return;
    }
    const { epoch, rows } = await this.#outbox.pending(WINDOW + 1);
    const sendings = this.#sender.decide(rows, this.#clock.nowMs());
    if (sendings.length === 0) {
      return;
    }
    const now = this.#clock.stamp(this.#clock.nowMs());
    const answer = await this.#hub.send(sendings.map((sending) => signalOf(sending, epoch, now)));
    for (const message of answer.receipts) {
      if (message.epoch === epoch) {
        await this.#take(epoch, message.signals);
      }
    }
  }

  async #take(epoch, receipts) {
    const inConflict = receipts.filter((one) => one.reason === "conflict" && !this.#hasRenewed);
    const news = await this.#outbox.settle(epoch, receipts.filter((one) => !inConflict.includes(one)));
    if (news.length > 0) {
      this.#isAskedAgain = true; // the window has room again
      this.#settled(news);
    }
    if (inConflict.length > 0) {
      // Our numbers were used with other content: this outbox is an old copy. Under a new epoch the signals
      // can still be taken. Once a page: a conflict of an id cannot be healed so.
      this.#hasRenewed = true;
      await this.#outbox.renew(epoch);
      this.#isAskedAgain = true;
    }
  }
}

function signalOf({ row, attempt }, epoch, now) {
  const { seq, id, kind, body, boot, mono_ms, wall_ms, clock } = row;
  return { v: 1, id, epoch, seq, kind, body, boot, mono_ms, wall_ms, clock, age_ms: ageMs(row, now), attempt };
}
