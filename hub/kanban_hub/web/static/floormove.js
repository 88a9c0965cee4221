// Stations are dragged to their places, by pointer or arrow keys; each move is sent as the form of its row would be.
const STEP = 10; // pixels of the drawing; what is dragged stands on multiples of it, so that rows are straight
const SAVE_AFTER_MS = 700; // so many presses of an arrow key are one move

const ground = document.getElementById("ground");
const told = document.getElementById("told");
const pixels = Number(ground.dataset.pixels);
const digits = Number(ground.dataset.digits);
const photo = document.getElementById("photo");
const timers = new WeakMap();

function place(piece, x, y) {
  piece.dataset.x = x;
  piece.dataset.y = y;
  piece.setAttribute("transform", `translate(${x} ${y})`);
  for (const [end, side] of [["from", 1], ["to", 2]]) {
    for (const way of ground.querySelectorAll(`line[data-${end}="${piece.dataset.station}"]`)) {
      way.setAttribute(`x${side}`, x);
      way.setAttribute(`y${side}`, y);
    }
  }
  if (piece.dataset.part) {
    placePhoto(piece.dataset.part, x, y);
  }
}

function placePhoto(part, x, y) {
  const [left, top, wide, high] = ["x", "y", "width", "height"].map((name) => Number(photo.getAttribute(name)));
  const size = ground.querySelector('[data-part="size"]');
  if (part === "corner") {
    photo.setAttribute("x", x);
    photo.setAttribute("y", y);
    size.dataset.x = x + wide;
    size.dataset.y = y + high;
  } else {
    const wider = Math.max(STEP, x - left);
    photo.setAttribute("width", wider);
    photo.setAttribute("height", (high / wide) * wider);
    size.dataset.x = left + wider;
    size.dataset.y = top + (high / wide) * wider;
  }
  size.setAttribute("transform", `translate(${size.dataset.x} ${size.dataset.y})`);
}

const units = (value) => (Number(value) / pixels).toFixed(digits);

function wanted(piece) {
  const form = new FormData();
  form.set("form", document.querySelector('meta[name="kanban-form"]').content);
  const at = piece.dataset.part ? { x: photo.getAttribute("x"), y: photo.getAttribute("y") } : piece.dataset;
  form.set("x", units(at.x));
  form.set("y", units(at.y));
  if (piece.dataset.part) {
    form.set("width", units(photo.getAttribute("width")));
  }
  return form;
}

async function save(piece) {
  clearTimeout(timers.get(piece));
  const kept = piece.dataset.kept;
  if (kept === undefined || kept === `${piece.dataset.x} ${piece.dataset.y}`) {
    return; // it stands where it stood
  }
  delete piece.dataset.kept;
  let answer = null;
  let page = null;
  try {
    answer = await fetch(piece.dataset.action, { method: "POST", body: wanted(piece) });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // Told below.
  }
  if (answer?.ok && page.getElementById("told")) {
    swap(page, piece);
  } else {
    place(piece, ...kept.split(" ").map(Number));
    const why = answer?.redirected ? told.dataset.out : told.dataset.failed;
    told.textContent = page?.querySelector(".sorry")?.textContent ?? why;
  }
}

// What the hub says, and the numbers as it keeps them.
function swap(page, piece) {
  told.replaceChildren(...page.getElementById("told").childNodes);
  const ids = piece.dataset.part ? ["place-picture"] : [`row-${piece.dataset.station}`];
  for (const id of ids) {
    document.getElementById(id)?.replaceWith(page.getElementById(id));
  }
  piece.classList.remove("loose");
}

const snapped = (value) => Math.round(value / STEP) * STEP;

function begin(piece) {
  piece.dataset.kept ??= `${piece.dataset.x} ${piece.dataset.y}`;
}

let held = null;

ground.addEventListener("pointerdown", (event) => {
  const piece = event.target.closest(".piece");
  if (!piece || event.button !== 0) {
    return;
  }
  event.preventDefault();
  piece.focus({ preventScroll: true });
  piece.setPointerCapture(event.pointerId);
  const at = pointOf(event);
  begin(piece);
  held = { piece, dx: Number(piece.dataset.x) - at.x, dy: Number(piece.dataset.y) - at.y };
  piece.classList.add("held");
});

ground.addEventListener("pointermove", (event) => {
  if (held) {
    const at = pointOf(event);
    place(held.piece, snapped(at.x + held.dx), snapped(at.y + held.dy));
  }
});

for (const end of ["pointerup", "pointercancel"]) {
  ground.addEventListener(end, () => {
    if (held) {
      const { piece } = held;
      held = null;
      piece.classList.remove("held");
      save(piece);
    }
  });
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

ground.addEventListener("keydown", (event) => {
  const piece = event.target.closest?.(".piece");
  const way = WAYS[event.key];
  if (!piece || !way) {
    return;
  }
  event.preventDefault();
  begin(piece);
  const step = event.shiftKey ? 1 : STEP;
  place(piece, Number(piece.dataset.x) + way[0] * step, Number(piece.dataset.y) + way[1] * step);
  clearTimeout(timers.get(piece));
  timers.set(piece, setTimeout(() => save(piece), SAVE_AFTER_MS));
});

ground.addEventListener("focusout", (event) => {
  const piece = event.target.closest?.(".piece");
  if (piece && piece !== held?.piece) {
    save(piece);
  }
});

function pointOf(event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(ground.getScreenCTM().inverse());
}
