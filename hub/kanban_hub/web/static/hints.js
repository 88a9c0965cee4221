// Hints that something changed at the hub: by the one stream of this browser, or by one of this page alone.
import { listen } from "./stream.js";

// `hear` gets "changed" or "beat" with the hub's version, and "down" when nothing comes. `page` is the address
// of the page's own script: pages of one version share a worker.
export function follow(hear, page) {
  if (typeof SharedWorker === "undefined") {
    listen(hear);
    return;
  }
  const query = new URL(page).search;
  const worker = new SharedWorker(`/static/feed.js${query}`, { type: "module", name: "kanban" });
  worker.port.addEventListener("message", (event) => hear(...event.data));
  worker.port.start();
  addEventListener("pagehide", () => worker.port.postMessage("gone"));
}
