// What a supplier's page does beyond its words: times in the supplier's own zone, and a sound after a tap.
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const BEEPS = { slow: [660], fast: [880, 880, 880] };
const BEEP_S = 0.15;

// A time that is typed in is meant by the clock on the supplier's own wall.
function ownZone() {
  for (const field of document.querySelectorAll("input[name=zone]")) {
    field.value = ZONE;
  }
  for (const shown of document.querySelectorAll(".zone")) {
    shown.textContent = ZONE;
  }
}

const button = document.getElementById("sound");
let sound = null;
let lit = document.querySelector(".lit")?.dataset.pattern;

function beep(pattern) {
  (BEEPS[pattern] ?? []).forEach((hertz, place) => {
    const tone = sound.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(sound.destination);
    tone.start(sound.currentTime + place * 2 * BEEP_S);
    tone.stop(sound.currentTime + place * 2 * BEEP_S + BEEP_S);
  });
}

function shown() {
  ownZone();
  const now = document.querySelector(".lit")?.dataset.pattern;
  if (sound && now !== lit) {
    beep(now);
  }
  lit = now;
}

// Browsers let a page sound only after its reader has touched it.
button?.addEventListener("click", () => {
  sound = sound ? (sound.close(), null) : new AudioContext();
  button.setAttribute("aria-pressed", String(sound !== null));
  button.textContent = sound ? button.dataset.on : button.dataset.off;
  if (sound) {
    beep("slow");
  }
});
button?.removeAttribute("hidden");
document.addEventListener("kanban:shown", shown);
ownZone();
