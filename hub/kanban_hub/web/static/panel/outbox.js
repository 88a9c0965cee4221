// The outbox: signals stored before anything says so, kept until the hub's receipt. All tabs of a browser
// share it; its transactions are what keeps them apart, because over plain HTTP there are no Web Locks.
import { hex } from "./ids.js";

const VERSION = 1;
const KEPT_ROWS = 5_000; // receipted rows, kept for a hub that comes back from a backup
const PRUNE_ROWS = 64;
// The browser says "stored" only when the disk has it; the usual "relaxed" would lose it on a power cut.
const STRICT = { durability: "strict" };

export class Outbox {
  #base;
  epoch = "";
  highestSeq = 0;

  constructor(base) {
    this.#base = base;
  }

  // Open or make the outbox of `station`. Rejects when this browser keeps nothing; `lost` is told when somebody
  // clears what the browser keeps.
  static async open(station, lost) {
    const asked = indexedDB.open(`kanban ${station}`, VERSION);
    asked.onupgradeneeded = () => {
      const signals = asked.result.createObjectStore("signals", { keyPath: "seq" });
      signals.createIndex("waiting", "waiting"); // only rows without a receipt have this property
      asked.result.createObjectStore("meta");
    };
    const base = await done(asked);
    base.onversionchange = () => base.close();
    base.onclose = lost;
    const outbox = new Outbox(base);
    await outbox.#begin();
    return outbox;
  }

  // Store a signal. When this resolves, it outlives a power cut; when it rejects, no number is used.
  async put({ kind, body, id, part, stamp }) {
    const row = await this.#write(async (signals, meta) => {
      const seq = (await done(meta.get("last"))) + 1;
      const made = { seq, id, kind, body, part, ...stamp, waiting: 1 };
      signals.add(made);
      meta.put(seq, "last");
      return made;
    });
    this.highestSeq = row.seq;
    return row;
  }

  // The oldest signals without a receipt, and the epoch in which they count.
  async pending(limit) {
    const [signals, meta] = this.#stores("readonly");
    const epoch = done(meta.get("epoch"));
    const rows = done(signals.index("waiting").getAll(1, limit));
    this.epoch = await epoch;
    return { epoch: this.epoch, rows: await rows };
  }

  // How many wait, and when the oldest was stored, by its stamp.
  async depth() {
    const [signals] = this.#stores("readonly");
    const count = done(signals.index("waiting").count(1));
    const oldest = done(signals.index("waiting").get(1));
    return { count: await count, oldest: (await oldest) ?? null };
  }

  // Take receipts; resolves to those that were news, each with its row.
  async settle(epoch, receipts) {
    return this.#write(async (signals, meta) => {
      if ((await done(meta.get("epoch"))) !== epoch) {
        return []; // another tab has begun a new epoch: the same signals wait under other numbers
      }
      const settled = [];
      for (const receipt of receipts) {
        const row = await done(signals.get(receipt.seq));
        if (row?.waiting) {
          delete row.waiting;
          signals.put({ ...row, status: receipt.status });
          settled.push({ receipt, row });
        }
      }
      await prune(signals);
      return settled;
    });
  }

  // Make all above `seq` wait again: the hub has lost them. Resolves to how many.
  async unsettleAfter(seq) {
    return this.#write(async (signals) => {
      const rows = await done(signals.getAll(IDBKeyRange.lowerBound(seq, true)));
      const lost = rows.filter((row) => !row.waiting);
      for (const { status, ...row } of lost) {
        signals.put({ ...row, waiting: 1 });
      }
      return lost.length;
    });
  }

  // Go on under a new epoch, with the waiting signals under their old ids; not if another tab did it already.
  async renew(epoch) {
    await this.#write(async (signals, meta) => {
      if ((await done(meta.get("epoch"))) === epoch) {
        const rows = await done(signals.index("waiting").getAll(1));
        signals.clear();
        rows.forEach((row, place) => signals.add({ ...row, seq: place + 1 }));
        meta.put(hex(8), "epoch");
        meta.put(rows.length, "last");
      }
    });
    await this.#look();
  }

  async recall(key) {
    const [, meta] = this.#stores("readonly");
    return done(meta.get(key));
  }

  // Keep a small value beside the signals.
  async remember(key, value) {
    return this.#write(async (_, meta) => {
      meta.put(value, key);
    });
  }

  async #begin() {
    await this.#write(async (_, meta) => {
      if ((await done(meta.get("epoch"))) === undefined) {
        meta.put(hex(8), "epoch");
        meta.put(0, "last");
      }
    });
    await this.#look();
  }

  async #look() {
    this.epoch = await this.recall("epoch");
    this.highestSeq = await this.recall("last");
  }

  #stores(mode) {
    const transaction = this.#base.transaction(["signals", "meta"], mode, STRICT);
    return [transaction.objectStore("signals"), transaction.objectStore("meta")];
  }

  // One transaction: what `change` resolves to, once all of it is on the disk.
  async #write(change) {
    const [signals, meta] = this.#stores("readwrite");
    const { transaction } = signals;
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error("the transaction was aborted"));
    });
    ended.catch(() => {}); // told below
    let result;
    try {
      result = await change(signals, meta);
    } catch (error) {
      await ended.catch(() => {});
      throw transaction.error ?? error;
    }
    await ended;
    return result;
  }
}

async function prune(signals) {
  const all = await done(signals.count());
  const waiting = await done(signals.index("waiting").count(1));
  if (all - waiting < KEPT_ROWS + PRUNE_ROWS) {
    return;
  }
  const oldest = await done(signals.getAll(null, PRUNE_ROWS));
  for (const row of oldest.filter((one) => !one.waiting)) {
    signals.delete(row.seq);
  }
}

// A request of IndexedDB as a promise; a transaction stays open while its requests are awaited in turn.
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
