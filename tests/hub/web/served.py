"""The real server for a browser, and what a browser can tell of a page."""

import threading

from kanban_hub.web.server import listen, run
from tests.hub.web.site import Site

DEADLINE_S = 10.0


class Served:
    """`site` on one port, whatever happens to the server."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.port = 0
        self.start()

    def start(self) -> None:
        self._stop = threading.Event()
        listening = listen(self._site.app, "127.0.0.1", self.port, self._stop)
        self.port = listening.port
        self._thread = threading.Thread(target=run, args=(listening, self._stop))
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        self._thread.join(DEADLINE_S)
        assert not self._thread.is_alive()


# WCAG 2.2 §1.4.3: (lighter + 0.05) / (darker + 0.05), of each element with text of its own.
CONTRASTS = """(which) => {
  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const found = {};
  for (const e of document.querySelectorAll(which)) {
    const hasText = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!hasText) continue;
    const pair = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((a, b) => b - a);
    const name = `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 20)}`;
    found[name] = (pair[0] + 0.05) / (pair[1] + 0.05);
  }
  return found;
}"""
