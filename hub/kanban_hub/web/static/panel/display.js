// What the display says: the station's own word for some seconds, otherwise the hub's lines.
export class Display {
  lines = []; // of the hub: {slot, text}
  refused = 0; // presses and scans that the station itself has taken for nothing
  #text = "";
  #kind = "";
  #untilMs = 0;
  #messageMs;

  constructor(messageMs) {
    this.#messageMs = messageMs;
  }

  // `kind` is `said`, or `refused` for what was taken for nothing.
  say(text, nowMs, kind = "said") {
    this.#text = text;
    this.#kind = kind;
    this.#untilMs = nowMs + this.#messageMs;
  }

  refuse(text, nowMs) {
    this.refused += 1;
    this.say(text, nowMs, "refused");
    return [{ do: "beep", tone: "long" }];
  }

  at(nowMs) {
    return nowMs < this.#untilMs ? { text: this.#text, kind: this.#kind } : { text: "", kind: "" };
  }
}
