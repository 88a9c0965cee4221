// The way to the hub by HTTP. What does not come back in time has not come back: it is asked for again.
const TIMEOUT_MS = 8_000;
const NDJSON = "application/x-ndjson";

// The hub has answered, and not as it should: `status` says in what way.
export class HubError extends Error {
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }

  // Not for this browser, or not any more.
  get isForbidden() {
    return this.status === 401 || this.status === 403;
  }
}

export class Hub {
  #path;
  #isKnown = false;
  #form = null; // what orders bear when a cookie says who asks; it changes with the log-in

  constructor(station) {
    this.#path = `/api/v1/stations/${encodeURIComponent(station)}`;
  }

  // Whether it has said what orders bear: before that it would refuse them.
  get isKnown() {
    return this.#isKnown;
  }

  // All that the page shows now.
  async state(outboxEpoch) {
    const query = new URLSearchParams({ outbox: outboxEpoch, language: document.documentElement.lang });
    const state = await answered(fetch(`${this.#path}/panel?${query}`, asked({})));
    this.#form = state.form;
    this.#isKnown = true;
    return state;
  }

  // Hand signals over; resolves to the words on them, which are there after the commit.
  async send(signals) {
    const body = signals.map((signal) => JSON.stringify(signal)).join("\n");
    return answered(fetch(`${this.#path}/signals`, this.#posted(body, NDJSON)));
  }

  // Say that this panel is there, and how it is.
  async beat(outboxEpoch, told) {
    const body = JSON.stringify(told);
    return answered(fetch(`${this.#path}/panels/${outboxEpoch}`, this.#posted(body, "application/json")));
  }

  #posted(body, type) {
    const headers = { "Content-Type": type };
    if (this.#form !== null) {
      headers["X-Kanban-Form"] = this.#form;
    }
    return asked({ method: "POST", body, headers });
  }
}

function asked(options) {
  return { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS), ...options };
}

async function answered(request) {
  const answer = await request;
  if (!answer.ok) {
    throw new HubError(answer.status);
  }
  return answer.json();
}
