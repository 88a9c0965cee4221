// The page of a software station: puts it together, and keeps it going for ever.
import { follow } from "../hints.js";
import { keepAwake } from "./awake.js";
import { Clock } from "./clock.js";
import { Hub } from "./hub.js";
import { TICK_MS } from "./lamps.js";
import { keepOffline } from "./offline.js";
import { Outbox } from "./outbox.js";
import { Station } from "./station.js";
import { Texts } from "./texts.js";
import { Tones } from "./tones.js";
import { View } from "./view.js";
import { Wedge } from "./wedge.js";

const ASK_MS = 4_000; // so that the hub's silence is seen in time, with an answer lost
const SPREAD_MS = 250; // hints reach all pages at one instant; their questions need not
const BEAT_MS = 10_000;

const root = document.getElementById("panel");
const { station: name, assets } = root.dataset;
const texts = new Texts(document.getElementById("texts"));

async function start() {
  const tones = new Tones();
  const outbox = await Outbox.open(name, () => location.reload());
  const remembered = (await outbox.recall("hub")) ?? null;
  const tabs = new BroadcastChannel(`kanban ${name}`);
  let view = null;
  const station = new Station({
    clock: new Clock(),
    outbox,
    hub: new Hub(name),
    texts,
    tones,
    tabs,
    remembered,
    changed: () => view?.draw(),
  });
  view = new View(root, station, texts);
  for (const kind of ["pointerdown", "keydown"]) {
    addEventListener(kind, () => tones.unlock(), { capture: true });
  }
  new Wedge((code, atMs) => station.scan(code, atMs)).listen(document);
  view.draw();
  setInterval(() => view.draw(), TICK_MS);
  await station.ask();
  keepAsking(station);
  keepBeating(station);
  keepOffline(texts);
  keepAwake();
}

function keepAsking(station) {
  let timer = 0;
  let isAsking = false;
  const askIn = (delayMs) => {
    clearTimeout(timer);
    timer = setTimeout(ask, delayMs);
  };
  async function ask() {
    if (isAsking) {
      return;
    }
    isAsking = true;
    const wasHeard = await station.ask();
    isAsking = false;
    if (wasHeard) {
      renewPage(station);
    }
    askIn(ASK_MS * (0.75 + Math.random() / 4));
  }
  follow(() => askIn(Math.random() * SPREAD_MS), import.meta.url);
  addEventListener("online", () => askIn(0));
  document.addEventListener("visibilitychange", () => !document.hidden && askIn(0));
  askIn(0);
}

function keepBeating(station) {
  const beat = () => station.beat(assets);
  setInterval(beat, BEAT_MS);
  beat();
}

// A hub with other pages: this one loads itself anew once nothing waits and nobody has just pressed.
function renewPage(station) {
  const served = station.picture(performance.now()).state?.version;
  if (served && served !== assets && station.isIdle && sessionStorage.getItem("reloaded") !== served) {
    sessionStorage.setItem("reloaded", served); // once for a version, whatever a proxy keeps
    location.reload();
  }
}

addEventListener("pageshow", (event) => event.persisted && location.reload());
start().catch((error) => {
  const message = root.querySelector('[data-part="message"]');
  message.dataset.kind = "refused";
  message.textContent = texts.of("store_broken");
  throw error;
});
