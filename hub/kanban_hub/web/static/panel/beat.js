// What the panel tells the hub of itself, in the words of the contract.
import { ageMs } from "./clock.js";

// `kept` says how many signals wait, and which is the oldest.
export function heartbeatOf({ clock, kept, wanted, refused }) {
  const nowMs = clock.nowMs();
  return {
    v: 1,
    boot: clock.boot,
    uptime_s: Math.floor(nowMs / 1000),
    outbox: kept.count,
    oldest_s: kept.oldest ? ageMs(kept.oldest, clock.stamp(nowMs)) / 1000 : 0,
    clock: clock.quality,
    temperature_c: null,
    disk_free_bytes: null,
    inputs: {},
    lamps_revision: wanted?.revision ?? null,
    refused,
  };
}

// What the lamps really show, for the wanted state applied last.
export function shownOf(lamps, wanted) {
  const shown = Object.entries(lamps).map(([part, pattern]) => [part.replace("slot-", ""), pattern]);
  return { v: 1, epoch: wanted?.epoch ?? null, revision: wanted?.revision ?? null, lamps: Object.fromEntries(shown) };
}
