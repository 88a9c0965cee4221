import { drawLamps, watch, write } from "./lamps.js";

const panel = document.querySelector("main");
const refused = document.getElementById("refused");
const display = document.getElementById("display");
const buzzer = document.getElementById("buzzer");

async function post(path, body) {
  try {
    const answer = await fetch(`panel/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    write(refused, answer.ok ? "" : (await answer.json()).detail);
  } catch {
    write(refused, "The simulator does not answer.");
  }
}

// Down and up must arrive in their order, and a contact stays closed at least as long as the finger closed it, and
// as the shortest press of a hand: a touchpad's tap is over in no time, a slow machine brings both at once, and
// what comes closer together than the debounce lets pass is no press.
const LEAST_MS = 100;
let last = Promise.resolve();
let closedAtMs = 0;
function close(part) {
  last = last.then(() => post("down", { part })).then(() => (closedAtMs = performance.now()));
}
function release(part, heldMs) {
  const closedMs = Math.max(heldMs, LEAST_MS);
  last = last.then(() => rest(closedMs - (performance.now() - closedAtMs))).then(() => post("up", { part }));
}
function rest(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

for (const button of document.querySelectorAll("[data-part]")) {
  const part = button.dataset.part;
  let isDown = false;
  let downAtMs = 0;
  const move = (down) => {
    if (isDown === down) return;
    isDown = down;
    button.classList.toggle("down", down);
    if (down) {
      downAtMs = performance.now();
      close(part);
    } else {
      release(part, performance.now() - downAtMs);
    }
  };
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    move(true);
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) {
    button.addEventListener(end, () => move(false));
  }
  button.addEventListener("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    move(true);
  });
  button.addEventListener("keyup", (event) => {
    if (event.key === " " || event.key === "Enter") move(false);
  });
  // A screen reader or voice control clicks without a pointer and without a key.
  button.addEventListener("click", (event) => {
    if (event.detail === 0 && !isDown) {
      move(true);
      move(false);
    }
  });
  button.addEventListener("contextmenu", (event) => event.preventDefault());
}

document.getElementById("scanner")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const box = event.target.elements.code;
  post("scan", { code: box.value });
  box.value = "";
  box.focus();
});

for (const box of document.querySelectorAll("[data-switch]")) {
  box.addEventListener("change", () => post(box.dataset.switch, { on: box.checked }));
}

watch("panel/events", (sight) => {
  drawLamps(panel, sight);
  const { outbox, power, network } = sight.panel;
  write(document.getElementById("outbox"), String(outbox));
  panel.dataset.power = String(power);
  for (const box of document.querySelectorAll("[data-switch]")) box.checked = { power, network }[box.dataset.switch];
  if (buzzer) {
    buzzer.dataset.sounds = String(sight.sounds);
    write(buzzer.querySelector("[data-word]"), sight.sounds ? "beep" : "quiet");
  }
  const lines = sight.panel.display;
  if ([...display.children].map((row) => row.textContent).join("\n") === lines.join("\n")) return;
  display.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
});
