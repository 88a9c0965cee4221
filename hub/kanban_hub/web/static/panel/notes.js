// What became of the last press of each button, for some seconds: it stands where the press was made.
const NOTE_MS = 10_000;
const FLUTTER_MS = 400;

export class Notes {
  #notes = new Map(); // part to {kind, text, untilMs}, the newest last
  #flutters = new Map();

  // `kind` is `stored`, or the hub's word on it.
  note(part, kind, text, nowMs) {
    this.#notes.delete(part);
    this.#notes.set(part, { kind, text, untilMs: nowMs + NOTE_MS });
  }

  flutter(part, nowMs) {
    this.#flutters.set(part, { untilMs: nowMs + FLUTTER_MS });
  }

  at(nowMs) {
    return { notes: live(this.#notes, nowMs), flutters: live(this.#flutters, nowMs) };
  }
}

// The entries that have not lapsed.
function live(entries, nowMs) {
  return new Map([...entries].filter(([, entry]) => nowMs < entry.untilMs));
}
