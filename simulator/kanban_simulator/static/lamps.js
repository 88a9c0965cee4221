// Draws lamps as they are: lit or dark at this moment, with the pattern as a word beside it.

export function drawLamps(root, sight) {
  const patterns = { ...sight.panel.stack };
  for (const [slot, pattern] of Object.entries(sight.panel.slots)) patterns[`slot-${slot}`] = pattern;
  for (const lamp of root.querySelectorAll("[data-lamp]")) {
    const part = lamp.dataset.lamp;
    lamp.dataset.pattern = patterns[part] ?? "off";
    lamp.dataset.lit = String(sight.lit[part] ?? false);
    write(lamp.querySelector("[data-word]"), lamp.dataset.pattern);
  }
}

// A text that is written again although it is the same would be read out again.
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

// A browser opens at most six connections to one address, so only pages that are looked at hold one.
export function watch(address, draw) {
  const lost = document.getElementById("lost");
  let source = null;
  function look() {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source || source.readyState === EventSource.CLOSED) {
      source = new EventSource(address);
      source.onmessage = (event) => {
        lost.hidden = true;
        draw(JSON.parse(event.data));
      };
      source.onerror = () => {
        lost.hidden = false;
        // A browser gives up for ever after an answer such as 503.
        if (source?.readyState === EventSource.CLOSED) setTimeout(look, 2000);
      };
    }
  }
  document.addEventListener("visibilitychange", look);
  look();
}
