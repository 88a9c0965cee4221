// The station: what people and the hub do goes in, what is to be seen and heard comes out. One thing at a time.
import { ageMs } from "./clock.js";
import { Delivery } from "./delivery.js";
import { Display } from "./display.js";
import { Drill } from "./drill.js";
import { HubWatch } from "./hubwatch.js";
import { NextIntent } from "./intent.js";
import { COLOURS, resolve } from "./lamps.js";
import { Presses } from "./presses.js";
import { Resync } from "./resync.js";
import { Scans } from "./scans.js";
import { Sender } from "./sender.js";

export const UNDO_MS = 30_000;
export const ARMED_MS = 10_000;
const HUB_LOST_MS = 15_000;
const MESSAGE_MS = 10_000;
const FLUTTER_MS = 400;
const REMEMBER_MS = 60_000; // each writing wears the disk a little

export class Station {
  #clock;
  #outbox;
  #hub;
  #texts;
  #tones;
  #tabs;
  #delivery;
  #watch;
  #resync;
  #display = new Display(MESSAGE_MS);
  #intent = new NextIntent(ARMED_MS);
  #drill = new Drill();
  #presses;
  #scans;
  #store = "ok";
  #chosen = { defect: null, untilMs: 0 }; // for the quality fail that is armed
  #state; // what the hub last said, or what is remembered of it
  #wanted = null; // its lamps: only what was heard since the page was opened
  #isForbidden = false;
  #isOutOfReach = true; // until it is heard
  #notes = new Map(); // part to {kind, text, untilMs}: what became of the last press
  #flutters = new Map(); // part to the time of its end
  #kept = { count: 0, oldest: null };
  #remembered = { key: "", atMs: 0 };
  #turn = Promise.resolve();
  #changed;

  // `remembered` is the last state of an earlier page, or null; `changed` is told when there is more to see.
  constructor({ clock, outbox, hub, texts, tones, tabs, remembered, changed }) {
    this.#clock = clock;
    this.#outbox = outbox;
    this.#hub = hub;
    this.#texts = texts;
    this.#tones = tones;
    this.#changed = changed;
    this.#tabs = tabs;
    this.#state = remembered?.state ?? null;
    this.#isForbidden = this.#state?.may_signal === false;
    this.#watch = new HubWatch(HUB_LOST_MS, clock.nowMs());
    this.#resync = new Resync(remembered?.hubEpoch ?? null);
    const shared = { intent: this.#intent, display: this.#display, texts };
    this.#presses = new Presses({ undoMs: UNDO_MS, ...shared });
    this.#scans = new Scans(shared);
    this.#presses.assign(this.#state?.assignment.slots ?? []);
    this.#delivery = new Delivery({
      outbox,
      sender: new Sender(),
      hub,
      clock,
      settled: (news) => this.#settled(news, true),
      failed: (error) => this.#failed(error),
    });
    this.#tabs.onmessage = ({ data }) => this.#settled(data, false);
  }

  async start() {
    await this.#count();
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
      this.#hear(await this.#hub.state(this.#outbox.epoch), askedAtMs);
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    } finally {
      await this.#count();
      this.#changed();
    }
  }

  // Tell the hub that this panel is there.
  async beat(version) {
    const nowMs = this.#clock.nowMs();
    if (this.#isForbidden || this.#watch.at(nowMs) === "starting") {
      return;
    }
    const now = this.#clock.stamp(nowMs);
    const { count, oldest } = this.#kept;
    const heartbeat = {
      v: 1,
      boot: this.#clock.boot,
      uptime_s: Math.floor(nowMs / 1000),
      outbox: count,
      oldest_s: oldest ? ageMs(oldest, now) / 1000 : 0,
      clock: this.#clock.quality,
      temperature_c: null,
      disk_free_bytes: null,
      inputs: {},
      lamps_revision: this.#wanted?.revision ?? null,
      refused: this.#display.refused,
    };
    await this.#hub.beat(this.#outbox.epoch, { heartbeat, shown: this.#shown(nowMs), version }).catch(() => {});
  }

  // All that there is to see now.
  picture(nowMs) {
    const state = this.#state;
    return {
      state,
      lamps: this.#lamps(nowMs),
      message: this.#display.at(nowMs),
      lines: this.#display.lines,
      hub: this.#watch.at(nowMs),
      heardMs: this.#watch.sinceMs,
      kept: this.#kept.count,
      store: this.#store,
      isForbidden: this.#isForbidden,
      isArmed: this.#intent.at(nowMs) === "fail",
      defect: this.#defectAt(nowMs),
      undo: this.#presses.newest(nowMs) ?? null,
      notes: live(this.#notes, nowMs),
      flutters: live(this.#flutters, nowMs),
    };
  }

  get isIdle() {
    return this.#kept.count === 0 && this.#presses.newest(this.#clock.nowMs()) === undefined;
  }

  // People's inputs wait for one another: what a press means may depend on the one before.
  #act(means) {
    this.#turn = this.#turn.then(async () => {
      if (this.#isForbidden || this.#state === null) {
        const why = this.#state === null ? "starting" : "forbidden";
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
    try {
      const row = await this.#outbox.put({ ...effect, stamp: this.#clock.stamp(effect.atMs) });
      this.#stored({ ...effect, seq: row.seq });
    } catch (error) {
      this.#store = error.name === "QuotaExceededError" ? "full" : "broken";
      await this.#perform(this.#display.refuse(this.#texts.of("store_full"), this.#clock.nowMs()));
    }
  }

  #stored(stored) {
    this.#store = "ok";
    this.#presses.store(stored);
    this.#kept = { ...this.#kept, count: this.#kept.count + 1 };
    this.#note(stored.part, "stored", this.#texts.of("stored"));
    for (const part of this.#seenBy(stored.part)) {
      this.#flutters.set(part, { untilMs: this.#clock.nowMs() + FLUTTER_MS });
    }
    this.#tones.beep("short");
    this.#delivery.send();
  }

  // The lamps that say "stored": the pressed button's, or for a scan every slot's.
  #seenBy(part) {
    const slots = this.#presses.assigned;
    return slots.includes(part) ? [part] : slots;
  }

  #settled(news, isOurs) {
    if (isOurs) {
      this.#tabs.postMessage(news);
    }
    const nowMs = this.#clock.nowMs();
    this.#isOutOfReach = false;
    for (const { receipt, row } of news) {
      this.#show(receipt, row, nowMs);
    }
    // A signal that moved nothing cannot be taken back.
    const idle = news.filter(({ receipt }) => receipt.status !== "accepted").map(({ row }) => row.id);
    this.#presses.forget((taken) => idle.includes(taken.signal));
    this.#count().then(this.#changed);
  }

  // An accepted signal shows by its lamp; what the operator has to know is said and sounds.
  #show({ status, reason, text }, row, nowMs) {
    if (status === "accepted") {
      const key = row.kind === "undo" ? "taken_back" : "accepted";
      this.#note(row.part, "accepted", this.#texts.of(key));
      return;
    }
    const told = this.#texts.find(reason) ?? text ?? this.#texts.of(status);
    this.#note(row.part, status, told);
    this.#display.say(told, nowMs, status);
    this.#tones.beep(status === "refused" ? "long" : "short");
  }

  #note(part, kind, text) {
    this.#notes.delete(part); // the newest stands last
    this.#notes.set(part, { kind, text, untilMs: this.#clock.nowMs() + MESSAGE_MS });
  }

  #hear(state, askedAtMs) {
    const nowMs = this.#clock.nowMs();
    this.#clock.hear(Date.parse(state.now), askedAtMs);
    this.#watch.hear(nowMs, state.commit_age_s * 1000);
    this.#isForbidden = !state.may_signal;
    this.#wanted = state.lamps;
    this.#display.lines = state.lamps?.display ?? [];
    this.#presses.assign(state.assignment.slots);
    if (this.#drill.take(state.command, nowMs)) {
      this.#tones.beep(state.command.command.command === "identify" ? "double" : "short");
    }
    this.#remember(state);
    if (this.#isOutOfReach) {
      this.#isOutOfReach = false;
      this.#delivery.resume();
    }
  }

  // Without the secret of the session: it is asked for anew each time.
  #remember({ form, ...state }) {
    this.#state = state;
    const again = this.#resync.hear(state.epoch, state.taken, this.#outbox.highestSeq);
    const { epoch, name, assignment, reasons, may_signal } = state;
    const key = JSON.stringify([epoch, name, assignment, reasons, may_signal]);
    const nowMs = this.#clock.nowMs();
    if (again === null && key === this.#remembered.key && nowMs - this.#remembered.atMs < REMEMBER_MS) {
      return;
    }
    this.#remembered = { key, atMs: nowMs };
    // The hub's epoch is remembered only after what it has lost is to be sent again.
    const sent = again === null ? Promise.resolve() : this.#outbox.unsettleAfter(again);
    sent
      .then(() => this.#outbox.remember("hub", { state, hubEpoch: epoch }))
      .then(() => again !== null && this.#delivery.resume())
      .catch(() => {
        this.#remembered = { key: "", atMs: 0 }; // it is heard again in a few seconds
      });
  }

  #defectAt(nowMs) {
    return nowMs < this.#chosen.untilMs ? this.#chosen.defect : null;
  }

  #failed(error) {
    this.#isOutOfReach = true;
    if (error.isForbidden) {
      this.#isForbidden = true;
      this.#changed();
    }
  }

  async #count() {
    try {
      this.#kept = await this.#outbox.depth();
    } catch {
      this.#store = "broken";
    }
  }

  #lamps(nowMs) {
    const parts = this.#parts();
    return resolve(parts, {
      wanted: this.#wanted,
      hub: this.#watch.at(nowMs),
      store: this.#store,
      isArmed: this.#intent.at(nowMs) === "fail",
      isIdentifying: this.#drill.isIdentifying(nowMs),
      tested: this.#drill.tested(parts, nowMs),
    });
  }

  #parts() {
    return [...this.#presses.assigned, ...COLOURS];
  }

  // The lamps in the words of the contract.
  #shown(nowMs) {
    const shown = Object.entries(this.#lamps(nowMs)).map(([part, is]) => [part.replace("slot-", ""), is]);
    const { epoch = null, revision = null } = this.#wanted ?? {};
    return { v: 1, epoch, revision, lamps: Object.fromEntries(shown) };
  }
}

// The entries that have not lapsed.
function live(entries, nowMs) {
  return new Map([...entries].filter(([, entry]) => nowMs < entry.untilMs));
}
