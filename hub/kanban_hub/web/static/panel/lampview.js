// Draws lamps: lit or dark at this moment, with the pattern as a word beside it.
import { mark, part, write } from "./dom.js";
import { isLit } from "./lamps.js";

export function drawLamp(lamp, pattern, texts) {
  mark(lamp, "pattern", pattern);
  write(part(lamp, "pattern"), texts.of(`pattern_${pattern}`));
}

// All lamps go by the one clock of the machine, as those of a station do.
export function lightUp(root) {
  const clockMs = Date.now();
  for (const lamp of root.querySelectorAll("[data-pattern]")) {
    mark(lamp, "lit", String(isLit(lamp.dataset.pattern, clockMs)));
  }
}
