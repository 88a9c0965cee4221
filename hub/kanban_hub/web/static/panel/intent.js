// What the next press or scan shall mean, for a short time.

// `next` unless the quality button or a command code has said otherwise of late.
export class NextIntent {
  #intent = "next";
  #untilMs = 0;
  #armedMs;

  constructor(armedMs) {
    this.#armedMs = armedMs;
  }

  arm(intent, nowMs) {
    this.#intent = intent;
    this.#untilMs = nowMs + this.#armedMs;
  }

  disarm() {
    this.#intent = "next";
  }

  at(nowMs) {
    return nowMs < this.#untilMs ? this.#intent : "next";
  }
}
