// What a browser can do so that the page and its outbox outlive more than this visit; and what it cannot.

export async function keepOffline(texts) {
  const told = document.getElementById("offline");
  // Without this a browser that runs short of room may clear what a page keeps.
  const isLasting = (await navigator.storage?.persist?.()) ?? false;
  if ("serviceWorker" in navigator) {
    await navigator.serviceWorker.register("/panel/worker.js", { scope: "/panel/" });
    told.textContent = texts.of(isLasting ? "offline_lasting" : "offline_opens");
  } else {
    told.textContent = texts.of("offline_stay_open");
  }
}
