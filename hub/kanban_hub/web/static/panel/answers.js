// What the hub's receipts mean at the station: what is shown and heard (`kanban_device/answers.py`).
export class Answers {
  #display;
  #notes;
  #texts;
  #tones;

  constructor({ display, notes, texts, tones }) {
    this.#display = display;
    this.#notes = notes;
    this.#texts = texts;
    this.#tones = tones;
  }

  // `news` are the receipts that were not known before, each with its row.
  show(news, nowMs) {
    for (const { receipt, row } of news) {
      if (receipt.status === "accepted") {
        const key = row.kind === "undo" ? "taken_back" : "accepted";
        this.#notes.note(row.part, "accepted", this.#texts.of(key), nowMs);
      } else {
        this.#tell(receipt, row, nowMs);
      }
    }
  }

  // What the operator has to know: for a known reason in the page's own language.
  #tell({ status, reason, text }, row, nowMs) {
    const told = this.#texts.find(reason) ?? text ?? this.#texts.of(status);
    this.#notes.note(row.part, status, told, nowMs);
    this.#display.say(told, nowMs, status);
    this.#tones.beep(status === "refused" ? "long" : "short");
  }
}
