// The reasons that may be chosen while something waits for one. Nobody has to: without one the leader adds it.
import { copy, fill, hide, part, write } from "./dom.js";

// `question` is null, or {title, reasons, current, chosen}; `chosen` gets the id of a reason.
export function drawChoice(box, question) {
  hide(box, question === null);
  if (question === null) {
    return;
  }
  write(part(box, "title"), question.title);
  fill(part(box, "reasons"), question.reasons, {
    keyOf: (reason) => `${question.title} ${reason.id ?? ""}`,
    make: () => copy("reason"),
    draw: (item, reason) => {
      const button = item.querySelector("button");
      write(button, reason.name);
      button.onclick = () => question.chosen(reason.id);
      button.setAttribute("aria-pressed", String(reason.id !== null && reason.id === question.current));
    },
  });
}
