// When each signal is sent: eight at a time, oldest first, again and again until its receipt. The times are
// those of the firmware (`kanban_device/sender.py`).
export const WINDOW = 8;
const FIRST_RESEND_MS = 2_000;
const LONGEST_RESEND_MS = 30_000;
const RESEND_FACTOR = 1.7;
const SPREAD = 0.25; // stations that lost one hub at one instant must not ask it again at one instant

export class Sender {
  #flights = new Map(); // id to {attempt, dueMs}

  // The way is open again: all that was sent before may be lost, and is due at once.
  resume() {
    for (const flight of this.#flights.values()) {
      flight.dueMs = 0;
    }
  }

  // What to send now of the oldest rows without a receipt: {row, attempt}.
  decide(rows, nowMs) {
    const window = windowOf(rows);
    this.#flights = new Map(
      window.map((row) => [row.id, this.#flights.get(row.id) ?? { attempt: 0, dueMs: 0 }]),
    );
    return window
      .filter((row) => this.#flights.get(row.id).dueMs <= nowMs)
      .map((row) => this.#send(row, nowMs));
  }

  // When `decide` has something to send again; null when all is receipted.
  dueMs() {
    const dues = Array.from(this.#flights.values(), (flight) => flight.dueMs);
    return dues.length ? Math.min(...dues) : null;
  }

  #send(row, nowMs) {
    const flight = this.#flights.get(row.id);
    const delayMs = Math.min(LONGEST_RESEND_MS, FIRST_RESEND_MS * RESEND_FACTOR ** Math.min(flight.attempt, 50));
    flight.attempt += 1;
    flight.dueMs = nowMs + delayMs * (1 - SPREAD + 2 * SPREAD * Math.random());
    return { row, attempt: flight.attempt };
  }
}

// What refers to an earlier signal waits for that one's receipt; what was pressed after a take-back was meant
// after it.
function windowOf(rows) {
  const undo = rows.findIndex((row) => row.kind === "undo");
  if (undo === 0) {
    return rows.slice(0, 1);
  }
  return rows.slice(0, undo < 0 ? WINDOW : Math.min(undo, WINDOW));
}
