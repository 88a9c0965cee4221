// Lets the panel open while the hub is away: the newest page that came is kept, and shown when none comes.
// It never touches the way of the signals.
const KEPT = "kanban panel";
const PATIENCE_MS = 4_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  const isPage = event.request.mode === "navigate" || pathname.startsWith("/static/");
  if (event.request.method === "GET" && origin === location.origin && isPage) {
    event.respondWith(newest(event.request));
  }
});

// What the hub has now; without an answer what it had last.
async function newest(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok && !answer.redirected) {
      await cache.delete(request, { ignoreSearch: true }); // of an earlier version
      await cache.put(request, answer.clone());
    }
    if (answer.status < 500) {
      return answer;
    }
  } catch {
    // Told below: nothing came.
  }
  return (await cache.match(request)) ?? (await cache.match(request, { ignoreSearch: true })) ?? Response.error();
}
