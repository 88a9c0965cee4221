import { drawLamps, watch, write } from "./lamps.js";

watch("events", (sights) => {
  for (const tile of document.querySelectorAll("[data-station]")) {
    const sight = sights[tile.dataset.station];
    if (!sight) continue;
    drawLamps(tile, sight);
    const { outbox, power, network } = sight.panel;
    write(tile.querySelector("[data-outbox]"), outbox ? `${outbox} in the outbox` : "");
    write(tile.querySelector("[data-power]"), power ? "" : "no power");
    write(tile.querySelector("[data-network]"), network ? "" : "network cut");
  }
});
