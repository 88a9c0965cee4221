// A wall: fits the loops to the screen, turns pages where they do not fit, and takes care of the screen.
import { LEAST_SHARE, MOST_SHARE, fit, pagesOf } from "./fit.js";

const TURN_MS = 15_000;
const DRIFT_MS = 60_000;
// Round a square of one pixel, so that no edge glows in one place for ever.
const DRIFT = [[0, 0], [1, 0], [1, 1], [0, 1]];
const time = new Intl.DateTimeFormat(document.documentElement.lang || [], { hour: "2-digit", minute: "2-digit" });
let turned = 0; // by hand, in pages
let isHeld = false;
let shownPage = 0;

function lay() {
  const grid = document.getElementById("grid");
  if (!grid) {
    return;
  }
  const tiles = [...grid.children];
  const longer = Math.max(innerWidth, innerHeight);
  const gap = Number.parseFloat(getComputedStyle(grid).columnGap) || 0;
  const space = { width: grid.clientWidth, height: grid.clientHeight, gap };
  const sizes = [longer * LEAST_SHARE, longer * MOST_SHARE];
  const room = fit(tiles.length, space, ...sizes);
  const pages = pagesOf(tiles.map((tile) => tile.classList.contains("pinned")), room.columns * room.rows);
  const { columns, rows, unit } = fit(pages[0].length, space, ...sizes);
  grid.style.setProperty("--u", `${unit}px`);
  grid.style.setProperty("--columns", columns);
  grid.style.setProperty("--rows", rows);
  show(tiles, pages);
}

// By the clock, so that every wall of a line is on the same page.
function pageNow(count) {
  if (!isHeld) {
    shownPage = Math.floor(Date.now() / TURN_MS) + turned;
  }
  return ((shownPage % count) + count) % count;
}

function show(tiles, pages) {
  const page = pageNow(pages.length);
  const order = new Map(pages[page].map((index, place) => [tiles[index], place]));
  for (const tile of tiles) {
    tile.hidden = !order.has(tile);
    tile.style.order = order.get(tile) ?? 0;
  }
  const turn = document.getElementById("turn");
  const text = turn.dataset.text.replace("{page}", page + 1).replace("{pages}", pages.length);
  turn.textContent = pages.length > 1 ? text : "";
}

function tick() {
  const clock = document.getElementById("clock");
  if (clock) {
    clock.textContent = time.format(new Date());
  }
  const [x, y] = DRIFT[Math.floor(Date.now() / DRIFT_MS) % DRIFT.length];
  document.documentElement.style.setProperty("--drift-x", `${x}px`);
  document.documentElement.style.setProperty("--drift-y", `${y}px`);
  lay();
}

// Only where the page came by HTTPS; elsewhere the kiosk's system keeps the screen awake.
async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // The browser saves power now; it is asked again when the page is next seen.
  }
}

addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) {
    turned += step;
    shownPage += step;
  } else if (event.key === " ") {
    isHeld = !isHeld;
  }
  lay();
});
addEventListener("resize", lay);
addEventListener("kanban:shown", tick);
document.addEventListener("visibilitychange", () => !document.hidden && stayAwake());
document.fonts?.ready.then(lay);
setInterval(tick, 1_000);
stayAwake();
tick();
