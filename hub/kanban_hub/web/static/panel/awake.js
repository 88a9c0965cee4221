// Keeps the screen of a tablet lit while the page is seen. Browsers allow it over HTTPS only.
export function keepAwake() {
  const ask = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", ask);
  ask();
}
