// One stream for all tabs of this browser: HTTP/1.1 has six connections a host, so the seventh tab with a
// stream of its own would never load.
import { listen } from "./stream.js";

const ports = new Set();
let last = ["down", -1];

self.addEventListener("connect", (event) => {
  const port = event.ports[0];
  ports.add(port);
  port.addEventListener("message", () => ports.delete(port)); // its only word is that it goes
  port.start();
  port.postMessage(last);
});

listen((kind, version) => {
  last = [kind, version];
  for (const port of ports) {
    port.postMessage(last);
  }
});
