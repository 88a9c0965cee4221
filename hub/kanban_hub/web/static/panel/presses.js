// What a press means: a signal, a take-back, or the first half of a quality fail. The rules of the firmware
// (`kanban_device/presses.py`), but that a touch counts when the finger is lifted: until then it may scroll.
import { uuid } from "./ids.js";

const QUALITY = "quality";
const HELP = "help";

export class Presses {
  #undoMs;
  #intent;
  #display;
  #texts;
  #slots = new Map(); // part to what it is assigned
  #taken = []; // {part, signal, seq, atMs}: what may still be taken back, the newest last

  constructor({ undoMs, intent, display, texts }) {
    this.#undoMs = undoMs;
    this.#intent = intent;
    this.#display = display;
    this.#texts = texts;
  }

  assign(slots) {
    this.#slots = new Map(slots.map((slot) => [`slot-${slot.slot}`, slot]));
  }

  // The parts that have a meaning.
  get assigned() {
    return [...this.#slots.keys()];
  }

  // The lamps that say "stored": the pressed button's, or for a scan every slot's.
  seenBy(part) {
    return this.#slots.has(part) ? [part] : this.assigned;
  }

  // The newest signal that can be taken back: of `part`, or of all.
  newest(nowMs, part = null) {
    this.forget((taken) => nowMs - taken.atMs >= this.#undoMs);
    return this.#taken.findLast((taken) => part === null || taken.part === part);
  }

  // `defect` is what was chosen for a quality fail.
  press(part, atMs, defect = null) {
    if (part === QUALITY) {
      return this.#quality(atMs);
    }
    if (part === HELP) {
      return [store("help", {}, atMs, HELP)];
    }
    const slot = this.#slots.get(part);
    if (!slot) {
      return this.#display.refuse(this.#texts.of("not_assigned"), atMs);
    }
    if (this.#intent.at(atMs) === "fail") {
      this.#intent.disarm();
      return [store("fail", failed({ loop: slot.loop }, defect), atMs, part)];
    }
    const kind = slot.side === "consumer" ? "pull" : "advance";
    return [store(kind, { loop: slot.loop, slot: slot.slot }, atMs, part)];
  }

  // The supplier of this slot cannot deliver.
  cannot(part, atMs, reason = null) {
    const { loop } = this.#slots.get(part) ?? {};
    return loop ? [store("cannot", reason ? { loop, reason } : { loop }, atMs, part)] : [];
  }

  takeBack(atMs, part = null) {
    const newest = this.newest(atMs, part);
    if (!newest) {
      return this.#display.refuse(this.#texts.of("nothing_to_undo"), atMs);
    }
    return [store("undo", { signal: newest.signal }, atMs, newest.part)];
  }

  // What was stored may be taken back, or it takes back.
  store({ kind, body, id, part, atMs, seq }) {
    if (kind === "undo") {
      this.forget((taken) => taken.signal === body.signal);
    } else {
      this.#taken.push({ part, signal: id, seq, atMs, kind });
    }
  }

  forget(isGone) {
    this.#taken = this.#taken.filter((taken) => !isGone(taken));
  }

  #quality(atMs) {
    if (this.#intent.at(atMs) === "fail") {
      this.#intent.disarm();
      this.#display.say(this.#texts.of("fail_not_now"), atMs);
      return [];
    }
    if (this.#slots.size === 1) {
      const [slot] = this.#slots.values();
      return [store("fail", { loop: slot.loop }, atMs, QUALITY)];
    }
    this.#intent.arm("fail", atMs);
    this.#display.say(this.#texts.of("armed_fail"), atMs);
    return [{ do: "beep", tone: "double" }];
  }
}

export function failed(what, defect) {
  return defect ? { ...what, defect } : what;
}

export function store(kind, body, atMs, part) {
  return { do: "store", kind, body, id: uuid(), atMs, part };
}
