// The answer follows the fields while they are typed in; without this the button asks for it.
import { showMoments } from "./moments.js";

const WAIT_MS = 350;
const form = document.getElementById("whatif");
const answer = document.getElementById("answer");
let timer = 0;
let asked = 0;

function address() {
  const filled = [...new FormData(form)].filter(([, value]) => String(value).trim() !== "");
  return `${form.getAttribute("action")}?${new URLSearchParams(filled)}`;
}

async function ask() {
  const mine = ++asked;
  const url = address();
  try {
    const response = await fetch(url, { headers: { "X-Kanban-Part": "inside" }, cache: "no-store" });
    const html = await response.text();
    if (mine !== asked || !response.ok) {
      return;
    }
    Idiomorph.morph(answer, html, { morphStyle: "innerHTML" });
    showMoments(answer);
    history.replaceState(null, "", url); // what is seen can be sent to somebody
  } catch {
    answer.querySelector(".sorry") ?? answer.prepend(warning());
  }
}

function warning() {
  const text = document.createElement("p");
  text.className = "sorry";
  text.textContent = answer.dataset.failed;
  return text;
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT_MS);
});
