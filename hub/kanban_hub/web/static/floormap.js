// The size of the map without leaving the page: what is in the middle stays there, and the address tells it.
const region = () => document.querySelector(".map");

function resize(link) {
  const around = region();
  const svg = around.querySelector("svg");
  const before = svg.getBoundingClientRect();
  const shares = [
    (around.scrollLeft + around.clientWidth / 2) / before.width,
    (around.scrollTop + around.clientHeight / 2) / before.height,
  ];
  svg.setAttribute("width", link.dataset.width);
  svg.classList.toggle("fits", "fits" in link.dataset);
  const after = svg.getBoundingClientRect();
  around.scrollTo(shares[0] * after.width - around.clientWidth / 2, shares[1] * after.height - around.clientHeight / 2);
}

for (const link of document.querySelectorAll(".zoom a")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    history.replaceState(null, "", link.href);
    for (const other of document.querySelectorAll(".zoom a")) {
      other.toggleAttribute("aria-current", false);
    }
    link.setAttribute("aria-current", "true");
    resize(link);
  });
}

// Dragging the ground moves the map, as fingers do by themselves.
let held = null;
addEventListener("pointerdown", (event) => {
  const around = event.target.closest?.(".map");
  if (around && event.pointerType === "mouse" && event.button === 0 && !event.target.closest("a")) {
    held = { around, x: event.clientX + around.scrollLeft, y: event.clientY + around.scrollTop };
  }
});
addEventListener("pointermove", (event) => held?.around.scrollTo(held.x - event.clientX, held.y - event.clientY));
addEventListener("pointerup", () => { held = null; });
