// What each lamp shows: the hub's wish, under what the station itself knows better. The table is that of the
// firmware (`kanban_device/lamps.py`); a test compares them.

export const COLOURS = ["red", "amber", "green"];

// Lowest first: each layer that holds repaints the lamps that it names; null leaves what lies below.
export const LAYERS = {
  starting: { slots: "double", red: "double", amber: "double", green: "off" },
  hub_lost: { slots: "double", red: "double", amber: "double", green: "off" },
  armed: { slots: "fast", red: "fast", amber: null, green: "off" },
  store_full: { slots: null, red: "fast", amber: null, green: "off" },
  fault: { slots: "double", red: "fast", amber: "double", green: "off" },
  identify: { slots: "slow", red: "slow", amber: "slow", green: "slow" },
  self_test: { slots: "off", red: "off", amber: "off", green: "off" },
};

// `facts`: the hub's `wanted` lamps or null, `hub` as heard, `store` as it is, `armed` and what a command does.
export function resolve(parts, facts) {
  const layers = layersOf(facts);
  return Object.fromEntries(parts.map((part) => [part, patternOf(part, facts, layers)]));
}

function layersOf(facts) {
  const holds = {
    starting: facts.wanted === null || facts.hub === "starting",
    hub_lost: facts.hub === "lost",
    armed: facts.isArmed,
    store_full: facts.store === "full",
    fault: facts.store === "broken",
    identify: facts.isIdentifying,
    self_test: facts.tested !== null,
  };
  return Object.keys(LAYERS).filter((layer) => holds[layer]).reverse();
}

function patternOf(part, facts, layers) {
  if (part === facts.tested) {
    return "on";
  }
  const place = COLOURS.includes(part) ? part : "slots";
  const painted = layers.map((layer) => LAYERS[layer][place]).find((pattern) => pattern !== null);
  return painted ?? wishOf(part, facts.wanted);
}

function wishOf(part, wanted) {
  const wish = COLOURS.includes(part) ? wanted.stack[part] : wanted.slots[part.replace("slot-", "")];
  return wish ?? "off";
}

// The patterns as times on one clock that all lamps share (`kanban_hardware/pattern.py`).
// One character a tick: `#` lit, `.` dark. Never more than two flashes a second (WCAG 2.3.1).
export const TICK_MS = 250;
export const TICKS = { off: ".", slow: "###...", on: "#", fast: "#.", double: "#.#....." };

export function isLit(pattern, clockMs) {
  const ticks = TICKS[pattern];
  return ticks[Math.floor(clockMs / TICK_MS) % ticks.length] === "#";
}
