// The buzzer: short says stored, long says refused, double asks for the next press. Its times are those of
// the hardware (`kanban_hardware/buzzer.py`), in seconds sounding, silent, sounding.
const TIMES_S = { short: [0.08], long: [0.6], double: [0.08, 0.08, 0.08] };
const PITCH_HZ = { short: 1_760, long: 220, double: 1_320 };
const LOUDNESS = 0.25;
const EDGE_S = 0.005; // a tone that begins at once cracks

export class Tones {
  #context = null;

  // Browsers let a page sound only after somebody has touched it.
  unlock() {
    this.#context ??= new AudioContext();
    this.#context.resume();
  }

  beep(tone) {
    if (this.#context?.state !== "running") {
      return;
    }
    let startS = this.#context.currentTime;
    TIMES_S[tone].forEach((lengthS, place) => {
      if (place % 2 === 0) {
        this.#sound(PITCH_HZ[tone], startS, lengthS);
      }
      startS += lengthS;
    });
  }

  #sound(pitchHz, startS, lengthS) {
    const oscillator = new OscillatorNode(this.#context, { type: "square", frequency: pitchHz });
    const gain = new GainNode(this.#context, { gain: 0 });
    gain.gain.setTargetAtTime(LOUDNESS, startS, EDGE_S);
    gain.gain.setTargetAtTime(0, startS + lengthS - EDGE_S, EDGE_S);
    oscillator.connect(gain).connect(this.#context.destination);
    oscillator.start(startS);
    oscillator.stop(startS + lengthS + 5 * EDGE_S);
  }
}
