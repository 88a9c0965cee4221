// One stream of hints, opened again for ever. Runs in the shared worker, or in a page that has none.
const SILENT_AFTER_MS = 11_000; // two beats of 5 s missed: the connection is dead though it looks open
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

// `tell` gets "changed" or "beat" with the hub's version, and "down" when nothing comes.
export function listen(tell) {
  let source = null;
  let watchdog = 0;
  let attempt = 0;

  function heard(kind, event) {
    attempt = 0;
    watch();
    tell(kind, JSON.parse(event.data).version);
  }

  function watch() {
    clearTimeout(watchdog);
    watchdog = setTimeout(again, SILENT_AFTER_MS);
  }

  // With jitter: two hundred screens that lose one hub must not come back at one instant.
  function again() {
    clearTimeout(watchdog);
    source.close();
    tell("down", -1);
    const limit = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt, 10));
    attempt += 1;
    setTimeout(open, limit * (0.5 + Math.random() / 2));
  }

  function open() {
    source = new EventSource("/api/v1/stream");
    source.addEventListener("changed", (event) => heard("changed", event));
    source.addEventListener("beat", (event) => heard("beat", event));
    // The browser gives up by itself on a 503; so it is always done here, in one way.
    source.addEventListener("error", again);
    watch();
  }

  open();
}
