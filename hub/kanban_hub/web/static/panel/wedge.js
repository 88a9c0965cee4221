// A scanner that types: its code may come anywhere on the page, whatever has the focus.
const GAP_MS = 300; // scanners type much faster, people much slower
const SHORTEST = 2;
// Scanners type the separators of a label as these keys; a keyboard has none for them.
const CONTROLS = { "]": "\x1d", "^": "\x1e", d: "\x04", D: "\x04" };
const ENDS = ["Enter", "Tab"];

export class Wedge {
  #typed = "";
  #lastMs = 0;
  #scanned;

  // `scanned` gets each code with the time of its end.
  constructor(scanned) {
    this.#scanned = scanned;
  }

  listen(target) {
    target.addEventListener("keydown", (event) => this.#key(event), { capture: true });
  }

  #key(event) {
    if (event.target.matches?.("input, textarea, select")) {
      return; // a field has its own form, which means the same
    }
    const nowMs = performance.now();
    if (nowMs - this.#lastMs > GAP_MS) {
      this.#typed = "";
    }
    this.#lastMs = nowMs;
    const sign = signOf(event);
    if (sign !== null) {
      this.#typed += sign;
      // The second key in so short a time is no person's: a blank must not press the button with the focus.
      if (this.#typed.length >= SHORTEST) {
        event.preventDefault();
      }
    } else if (ENDS.includes(event.key)) {
      this.#end(event, nowMs);
    }
  }

  #end(event, nowMs) {
    const code = this.#typed;
    this.#typed = "";
    if (code.length >= SHORTEST) {
      event.preventDefault();
      event.stopPropagation();
      this.#scanned(code, nowMs);
    }
  }
}

function signOf(event) {
  if (event.ctrlKey && !event.altKey && event.key in CONTROLS) {
    return CONTROLS[event.key];
  }
  const isSign = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
  return isSign ? event.key : null;
}
