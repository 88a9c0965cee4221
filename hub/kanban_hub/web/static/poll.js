// Keeps a supplier's page as the plant has it, by asking now and then: outside there is no stream of hints.
import { Freshness } from "./freshness.js";
import { showMoments } from "./moments.js";

const SEEN_MS = 10_000;
const HIDDEN_MS = 60_000; // a phone in a pocket
const TIMEOUT_MS = 8_000;
const STALE_AFTER_MS = 40_000;

const inside = document.getElementById("inside");
const freshness = new Freshness(STALE_AFTER_MS);
let tag = "";
let timer = 0;

// What the reader has opened stays open, and what is being typed stays as it is.
const keep = {
  beforeAttributeUpdated: (name, node) => !(name === "open" && node.matches("details")),
  beforeNodeMorphed: (node) => node === inside || !node.matches?.("form:focus-within, form.touched"),
};

async function ask() {
  clearTimeout(timer);
  try {
    await fetchInside();
    freshness.confirm();
  } catch {
    // The last picture stays; its age shows, and it is asked for again.
  }
  timer = setTimeout(ask, (document.hidden ? HIDDEN_MS : SEEN_MS) * (0.75 + Math.random() / 4));
}

async function fetchInside() {
  const headers = { "X-Kanban-Part": "inside", "If-None-Match": tag };
  const answer = await fetch(location.href, { cache: "no-store", headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (answer.status === 304) {
    return;
  }
  if (answer.status === 404) {
    location.reload(); // the link was taken back: the page then says so
  }
  if (!answer.ok) {
    throw new Error(`status ${answer.status}`);
  }
  Idiomorph.morph(inside, await answer.text(), { morphStyle: "innerHTML", callbacks: keep });
  tag = answer.headers.get("ETag") ?? "";
  showMoments(inside);
  inside.dispatchEvent(new Event("kanban:shown", { bubbles: true }));
}

inside.addEventListener("input", (event) => event.target.form?.classList.add("touched"));
addEventListener("online", ask);
addEventListener("pageshow", (event) => event.persisted && location.reload());
document.addEventListener("visibilitychange", () => !document.hidden && ask());
setInterval(() => freshness.show(), 1_000);
timer = setTimeout(ask, SEEN_MS);
