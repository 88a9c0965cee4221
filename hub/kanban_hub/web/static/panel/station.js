// The station: what people and the hub do goes in, what is to be seen and heard comes out. One thing at a time.
import { Answers } from "./answers.js";
import { heartbeatOf, shownOf } from "./beat.js";
import { Delivery } from "./delivery.js";
import { Display } from "./display.js";
import { Drill } from "./drill.js";
import { HubSide } from "./hubside.js";
import { NextIntent } from "./intent.js";
import { Kept } from "./kept.js";
import { COLOURS, resolve } from "./lamps.js";
import { Notes } from "./notes.js";
import { Presses } from "./presses.js";
import { Scans } from "./scans.js";
import { Sender } from "./sender.js";

export const UNDO_MS = 30_000;
export const ARMED_MS = 10_000;
const MESSAGE_MS = 10_000;

export class Station {
  #clock;
  #outbox;
  #hub;
  #texts;
  #tones;
  #tabs;
  #changed;
  #side;
  #delivery;
  #presses;
  #scans;
  #answers;
  #display = new Display(MESSAGE_MS);
  #intent = new NextIntent(ARMED_MS);
  #drill = new Drill();
  #notes = new Notes();
  #chosen = { defect: null, untilMs: 0 }; // for the quality fail that is armed
  #kept;
  #isOutOfReach = true; // until it is heard
  #turn = Promise.resolve();

  // `remembered` is what an earlier page has kept of the hub, or null; `tabs` reaches the other pages of this
  // browser; `changed` is told when there is more to see.
  constructor({ clock, outbox, hub, texts, tones, tabs, remembered, changed }) {
    this.#clock = clock;
    this.#outbox = outbox;
    this.#hub = hub;
    this.#texts = texts;
    this.#tones = tones;
    this.#tabs = tabs;
    this.#changed = changed;
    const shared = { intent: this.#intent, display: this.#display, texts };
    this.#kept = new Kept(outbox);
    this.#side = new HubSide({ outbox, clock, remembered });
    this.#presses = new Presses({ undoMs: UNDO_MS, ...shared });
    this.#scans = new Scans(shared);
    this.#answers = new Answers({ display: this.#display, notes: this.#notes, texts, tones });
    this.#presses.assign(this.#side.state?.assignment.slots ?? []);
    this.#delivery = new Delivery({
      outbox,
      sender: new Sender(),
      hub,
      clock,
      settled: (news) => this.#settled(news),
      failed: (error) => this.#failed(error),
    });
    tabs.onmessage = ({ data }) => this.#show(data);
  }

  press(part, atMs) {
    return this.#act(() => this.#presses.press(part, atMs, this.#defectAt(atMs)));
  }

  scan(typed, atMs) {
    return this.#act(() => this.#scans.scan(typed, atMs, this.#defectAt(atMs)));
  }

  receive(card, part, atMs) {
    return this.#act(() => this.#scans.receive(card, atMs, part));
  }

  cannot(part, atMs, reason = null) {
    return this.#act(() => this.#presses.cannot(part, atMs, reason));
  }

  takeBack(atMs, part = null) {
    return this.#act(() => this.#presses.takeBack(atMs, part));
  }

  // Whether holding this button takes something back.
  canTakeBack(part, nowMs) {
    return this.#presses.newest(nowMs, part) !== undefined;
  }

  // What is wrong with the container that will be named; there is time again to name it.
  choose(defect, nowMs) {
    this.#chosen = { defect, untilMs: nowMs + ARMED_MS };
    this.#intent.arm("fail", nowMs);
    this.#changed();
  }

  // Ask the hub for all that it has to say. Resolves to whether it was heard.
  async ask() {
    const askedAtMs = this.#clock.nowMs();
    try {
      await this.#hear(await this.#hub.state(this.#outbox.epoch), askedAtMs);
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    } finally {
      await this.#kept.look();
      this.#changed();
    }
  }

  // Tell the hub that this panel is there.
  async beat(version) {
    const nowMs = this.#clock.nowMs();
    const { wanted, isForbidden } = this.#side;
    if (isForbidden || this.#side.hearing(nowMs) === "starting") {
      return;
    }
    const { refused } = this.#display;
    const heartbeat = heartbeatOf({ clock: this.#clock, kept: this.#kept, wanted, refused });
    const told = { heartbeat, shown: shownOf(this.#lamps(nowMs), wanted), version };
    await this.#hub.beat(this.#outbox.epoch, told).catch(() => {}); // the next one says the same
  }

  // All that there is to see now.
  picture(nowMs) {
    return {
      state: this.#side.state,
      lamps: this.#lamps(nowMs),
      message: this.#display.at(nowMs),
      lines: this.#display.lines,
      hub: this.#side.hearing(nowMs),
      heardMs: this.#side.sinceMs,
      isForbidden: this.#side.isForbidden,
      kept: this.#kept.count,
      store: this.#kept.store,
      isArmed: this.#intent.at(nowMs) === "fail",
      defect: this.#defectAt(nowMs),
      undo: this.#presses.newest(nowMs) ?? null,
      ...this.#notes.at(nowMs),
    };
  }

  get isIdle() {
    return this.#kept.count === 0 && this.#presses.newest(this.#clock.nowMs()) === undefined;
  }

  // People's inputs wait for one another: what a press means may depend on the one before.
  #act(means) {
    this.#turn = this.#turn.then(async () => {
      const { isForbidden, state } = this.#side;
      if (isForbidden || state === null) {
        const why = state === null ? "starting" : "forbidden";
        await this.#perform(this.#display.refuse(this.#texts.of(why), this.#clock.nowMs()));
      } else {
        await this.#perform(means());
      }
      this.#changed();
    });
    return this.#turn;
  }

  async #perform(effects) {
    for (const effect of effects) {
      if (effect.do === "store") {
        await this.#put(effect);
      } else {
        this.#tones.beep(effect.tone);
      }
    }
  }

  async #put(effect) {
    this.#chosen = { defect: null, untilMs: 0 };
    const row = await this.#kept.put({ ...effect, stamp: this.#clock.stamp(effect.atMs) });
    if (row === null) {
      await this.#perform(this.#display.refuse(this.#texts.of("store_full"), this.#clock.nowMs()));
    } else {
      this.#stored({ ...effect, seq: row.seq });
    }
  }

  #stored(stored) {
    const nowMs = this.#clock.nowMs();
    this.#presses.store(stored);
    this.#notes.note(stored.part, "stored", this.#texts.of("stored"), nowMs);
    for (const part of this.#presses.seenBy(stored.part)) {
      this.#notes.flutter(part, nowMs);
    }
    this.#tones.beep("short");
    this.#delivery.send();
  }

  // Receipts that were news; the other pages show them too.
  #settled(news) {
    this.#isOutOfReach = false;
    this.#tabs.postMessage(news);
    this.#show(news);
  }

  #show(news) {
    this.#answers.show(news, this.#clock.nowMs());
    // A signal that moved nothing cannot be taken back.
    const idle = news.filter(({ receipt }) => receipt.status !== "accepted").map(({ row }) => row.id);
    this.#presses.forget((taken) => idle.includes(taken.signal));
    this.#kept.look().then(this.#changed);
  }

  async #hear(state, askedAtMs) {
    const mustSendAgain = await this.#side.hear(state, askedAtMs);
    this.#display.lines = state.lamps?.display ?? [];
    this.#presses.assign(state.assignment.slots);
    if (this.#drill.take(state.command, this.#clock.nowMs())) {
      this.#tones.beep(state.command.command.command === "identify" ? "double" : "short");
    }
    if (this.#isOutOfReach || mustSendAgain) {
      this.#isOutOfReach = false;
      this.#delivery.resume();
    }
  }

  #failed(error) {
    this.#isOutOfReach = true;
    if (error.isForbidden) {
      this.#side.isForbidden = true; // until the hub says otherwise
      this.#changed();
    }
  }

  #defectAt(nowMs) {
    return nowMs < this.#chosen.untilMs ? this.#chosen.defect : null;
  }

  #lamps(nowMs) {
    const parts = [...this.#presses.assigned, ...COLOURS];
    return resolve(parts, {
      wanted: this.#side.wanted,
      hub: this.#side.hearing(nowMs),
      store: this.#kept.store,
      isArmed: this.#intent.at(nowMs) === "fail",
      isIdentifying: this.#drill.isIdentifying(nowMs),
      tested: this.#drill.tested(parts, nowMs),
    });
  }
}
