// What a finger, a mouse or a key does to a button: a press when it is lifted, or a hold.
const HOLD_MS = 2_000;

// `isHoldable` says whether holding means something now; `pressed` and `held` get the time of the touch.
export function listen(button, { isHoldable, pressed, held }) {
  let downMs = null;
  let timer = 0;
  let wasHeld = false;

  function end() {
    clearTimeout(timer);
    button.classList.remove("down", "holding");
  }

  button.addEventListener("pointerdown", () => {
    downMs = performance.now();
    wasHeld = false;
    button.classList.add("down");
    if (isHoldable(downMs)) {
      button.classList.add("holding");
      timer = setTimeout(() => {
        wasHeld = true;
        end();
        held(downMs);
      }, HOLD_MS);
    }
  });
  for (const kind of ["pointerup", "pointercancel", "pointerleave"]) {
    button.addEventListener(kind, end);
  }
  // Also what a keyboard or a screen reader does: then nothing has gone down.
  button.addEventListener("click", (event) => {
    const atMs = event.detail === 0 ? performance.now() : (downMs ?? performance.now());
    if (!wasHeld || event.detail === 0) {
      pressed(atMs);
    }
    wasHeld = false;
  });
  // A long touch would open the browser's own menu.
  button.addEventListener("contextmenu", (event) => event.preventDefault());
}
