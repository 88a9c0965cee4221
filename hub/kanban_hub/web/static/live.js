// Keeps a page as the hub has it: a hint, a beat, or the clock says when to ask; the answer is morphed in.
import { Freshness } from "./freshness.js";
import { follow } from "./hints.js";
import { showMoments } from "./moments.js";
import { obey } from "./told.js";

const TIMEOUT_MS = 8_000;
const WITH_STREAM_MS = 8_000; // presence changes by the clock and gives no hint
const WITHOUT_STREAM_MS = 4_000;
const NOT_LET_IN = 401; // what to do is said in its text, and it is asked for again
const SPREAD_MS = 150; // hints reach all screens at one instant; their questions need not

const inside = document.getElementById("inside");
const freshness = new Freshness();
let tag = "";
let version = -1;
let isStreaming = false;
let isAsking = false;
let isAskedAgain = false;
let timer = 0;

function askIn(delayMs) {
  clearTimeout(timer);
  timer = setTimeout(ask, delayMs);
}

function askNext() {
  const restMs = isStreaming ? WITH_STREAM_MS : WITHOUT_STREAM_MS;
  askIn(isAskedAgain ? 0 : restMs * (0.75 + Math.random() / 4));
  isAskedAgain = false;
}

async function ask() {
  if (isAsking) {
    isAskedAgain = true;
    return;
  }
  isAsking = true;
  try {
    await fetchInside();
    freshness.confirm();
  } catch {
    // The last picture stays; its age shows, and it is asked for again.
  }
  isAsking = false;
  askNext();
}

async function fetchInside() {
  const answer = await fetch(inside.dataset.address ?? location.href, {
    cache: "no-store",
    headers: { "X-Kanban-Part": "inside", "X-Kanban-Shown": inside.dataset.assets, "If-None-Match": tag },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  obey(answer.headers.get("X-Kanban-Screen"));
  if (answer.status === 304) {
    return;
  }
  if (answer.redirected) {
    location.reload(); // the session has ended: the hub then leads to the log-in
  }
  if (!answer.ok && answer.status !== NOT_LET_IN) {
    throw new Error(`status ${answer.status}`);
  }
  show(await answer.text());
  tag = answer.headers.get("ETag") ?? "";
  await renew(answer.headers.get("X-Kanban-Assets"));
}

// Load a page of another version anew: once for a version, whatever a proxy keeps, and only when it is there.
async function renew(assets) {
  if (!assets || assets === inside.dataset.assets || sessionStorage.getItem("reloaded") === assets) {
    return;
  }
  const page = await fetch(location.href, { cache: "reload", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (page.ok) {
    sessionStorage.setItem("reloaded", assets);
    location.reload();
  }
}

// What the reader has opened stays open, and what is being typed stays as it is.
const keep = {
  beforeAttributeUpdated: (name, node) => !(name === "open" && node.matches("details, dialog")),
  beforeNodeMorphed: (node) => node === inside || !node.matches?.("form:focus-within, [data-keep]"),
};

function show(html) {
  Idiomorph.morph(inside, html, { morphStyle: "innerHTML", callbacks: keep });
  showMoments(inside);
  inside.dispatchEvent(new Event("kanban:shown", { bubbles: true }));
}

function hear(kind, told) {
  const hasOpened = !isStreaming && kind !== "down";
  isStreaming = kind !== "down";
  if (isStreaming && (hasOpened || told !== version)) {
    version = told;
    askIn(Math.random() * SPREAD_MS);
  } else if (kind === "down") {
    askIn(Math.random() * WITHOUT_STREAM_MS);
  }
}

addEventListener("online", () => askIn(0));
addEventListener("pageshow", (event) => event.persisted && location.reload());
document.addEventListener("visibilitychange", () => !document.hidden && askIn(0));
setInterval(() => freshness.show(), 1_000);
follow(hear, import.meta.url);
askNext();
