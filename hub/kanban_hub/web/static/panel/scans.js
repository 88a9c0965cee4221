// What a scanned code means: a command of the printed sheet, or a card with the intent set before.
import { HELP, INTENTS, codeIn } from "./codes.js";
import { failed, store } from "./presses.js";

const SCAN = "scan";

export class Scans {
  #intent;
  #display;
  #texts;

  constructor({ intent, display, texts }) {
    this.#intent = intent;
    this.#display = display;
    this.#texts = texts;
  }

  scan(typed, atMs, defect = null) {
    const code = codeIn(typed);
    if (code === null) {
      return this.#display.refuse(this.#texts.of("unreadable"), atMs);
    }
    if (code === HELP) {
      return [store("help", {}, atMs, SCAN)];
    }
    if (code in INTENTS) {
      return this.#arm(INTENTS[code], atMs);
    }
    const intent = this.#intent.at(atMs);
    this.#intent.disarm();
    if (intent === "fail") {
      return [store("fail", failed({ code }, defect), atMs, SCAN)];
    }
    return [store("scan", { code, intent }, atMs, SCAN)];
  }

  // A full container whose number stands on the page has arrived: as its card scanned after *arrived*.
  receive(card, atMs, part) {
    return [store("scan", { code: card, intent: "receive" }, atMs, part)];
  }

  #arm(intent, atMs) {
    this.#intent.arm(intent, atMs);
    this.#display.say(this.#texts.of(`armed_${intent}`), atMs);
    return [{ do: "beep", tone: "double" }];
  }
}
