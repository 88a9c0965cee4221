// Draws the station. It asks the station what there is to see, and tells it what people do.
import { drawChoice } from "./choice.js";
import { hide, mark, part, write } from "./dom.js";
import { COLOURS } from "./lamps.js";
import { drawLamp, lightUp } from "./lampview.js";
import { drawCalls, drawQueue } from "./queueview.js";
import { listen } from "./press.js";
import { Slots, drawComing } from "./slots.js";
import { ARMED_MS, UNDO_MS } from "./station.js";

const KEPT_MS = 3_000; // a signal on its way says nothing; one that has not gone for so long does
const time = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });

export class View {
  #root;
  #station;
  #texts;
  #needs;
  #makes;
  #cannot = null; // {part, slot, untilMs}: whose supplier cannot deliver, while a reason may be chosen
  #keptSinceMs = null;

  constructor(root, station, texts) {
    this.#root = root;
    this.#station = station;
    this.#texts = texts;
    const shared = { station, texts, cannot: (name, slot) => this.#askCannot(name, slot) };
    this.#needs = new Slots(this.#part("needs"), shared);
    this.#makes = new Slots(this.#part("makes"), shared);
    for (const name of ["quality", "help"]) {
      listen(this.#part(name), {
        isHoldable: (nowMs) => station.canTakeBack(name, nowMs),
        pressed: (atMs) => station.press(name, atMs),
        held: (atMs) => station.takeBack(atMs, name),
      });
    }
    this.#part("undo").addEventListener("click", () => station.takeBack(performance.now()));
    this.#part("typed").addEventListener("submit", (event) => this.#typed(event));
  }

  draw() {
    const nowMs = performance.now();
    const picture = this.#station.picture(nowMs);
    this.#drawHub(picture, nowMs);
    this.#drawMessage(picture);
    this.#drawLamps(picture);
    this.#drawHalves(picture);
    this.#drawUndo(picture.undo, nowMs);
    drawChoice(this.#part("choice"), this.#question(picture, nowMs));
    mark(this.#root, "armed", String(picture.isArmed));
    lightUp(this.#root);
  }

  #part(name) {
    return part(this.#root, name);
  }

  #typed(event) {
    event.preventDefault();
    const field = this.#part("code");
    if (field.value) {
      this.#station.scan(field.value, performance.now());
      field.value = "";
    }
  }

  #drawHub(picture, nowMs) {
    const state = picture.isForbidden ? "forbidden" : picture.hub;
    const heardAt = time.format(Date.now() - (nowMs - picture.heardMs));
    mark(this.#root, "hub", state);
    write(this.#part("hub"), this.#texts.of(`hub_${state}`, { time: heardAt }));
    write(this.#part("clock"), time.format(new Date()));
    hide(this.#part("forbidden"), !picture.isForbidden);
    this.#keptSinceMs = picture.kept === 0 ? null : (this.#keptSinceMs ?? nowMs);
    const isShown = picture.kept > 0 && (state !== "heard" || nowMs - this.#keptSinceMs > KEPT_MS);
    hide(this.#part("kept"), !isShown);
    write(this.#part("kept"), isShown ? this.#texts.of("kept", { count: picture.kept }) : "");
  }

  #drawMessage(picture) {
    const { text, kind } = picture.message;
    const broken = picture.store === "ok" ? "" : this.#texts.of(`store_${picture.store}`);
    mark(this.#part("message"), "kind", broken ? "refused" : kind);
    write(this.#part("message"), broken || text);
    const lines = picture.hub === "heard" ? picture.lines.map((line) => line.text) : [];
    write(this.#part("lines"), lines.join("\n"));
    // For who cannot see the button: its text changes unheard.
    write(this.#part("said"), [...picture.notes.values()].at(-1)?.text ?? "");
  }

  #drawLamps(picture) {
    for (const colour of COLOURS) {
      drawLamp(this.#part(`lamp-${colour}`), picture.lamps[colour] ?? "off", this.#texts);
    }
  }

  #drawHalves({ state, ...picture }) {
    if (state === null) {
      return;
    }
    write(this.#part("name"), state.name);
    const bySide = (side) => state.assignment.slots.filter((slot) => slot.side === side);
    const needs = new Map(state.needs.map((need) => [need.slot, this.#needed(need)]));
    const makes = new Map(bySide("supplier").map((slot) => [slot.slot, this.#made(state.makes, slot)]));
    this.#needs.draw(bySide("consumer"), needs, picture);
    this.#makes.draw(bySide("supplier"), makes, picture);
    this.#drawComing(bySide("consumer"), state.needs);
    drawQueue(this.#part("queue"), state.makes, this.#texts);
    drawCalls(this.#part("calls"), state.calls, this.#texts);
    hide(this.#part("half-needs"), bySide("consumer").length === 0);
    hide(this.#part("half-makes"), bySide("supplier").length === 0);
    hide(this.#part("nothing"), state.assignment.slots.length > 0);
    hide(this.#part("queue-empty"), state.makes.length > 0);
  }

  #needed(need) {
    const key = need.full > 0 ? "needed" : "needed_none";
    return { text: this.#texts.of(key, need), urgency: need.full > 0 ? "calm" : "out" };
  }

  #drawComing(slots, needs) {
    const items = new Map(slots.map((slot) => [slot.slot, slot.item]));
    const cards = needs.flatMap(({ slot, coming }) => coming.map((card) => ({ card, slot, item: items.get(slot) })));
    const arrived = (card, name) => this.#station.receive(card, name, performance.now());
    drawComing(this.#part("coming"), cards, arrived);
  }

  #made(cards, slot) {
    const own = cards.filter((card) => card.loop === slot.loop);
    const key = own.length > 0 ? "made" : "made_none";
    return { text: this.#texts.of(key, { count: own.length, spare: own[0]?.spare }), urgency: own[0]?.urgency };
  }

  #drawUndo(undo, nowMs) {
    const button = this.#part("undo");
    button.disabled = undo === null;
    const left = undo === null ? 0 : Math.ceil((UNDO_MS - (nowMs - undo.atMs)) / 1000);
    write(this.#part("undo-what"), undo === null ? "" : this.#texts.of(`undo_${undo.kind}`, { left }));
  }

  #question(picture, nowMs) {
    const reasons = picture.state?.reasons;
    if (picture.isArmed && reasons?.defect.length) {
      return {
        title: this.#texts.of("which_defect"),
        reasons: reasons.defect,
        current: picture.defect,
        chosen: (defect) => this.#station.choose(defect, performance.now()),
      };
    }
    if (this.#cannot === null || nowMs >= this.#cannot.untilMs) {
      return null;
    }
    const { name, slot } = this.#cannot;
    return {
      title: this.#texts.of("which_cannot", { item: slot.item }),
      reasons: [{ id: null, name: this.#texts.of("no_reason") }, ...(reasons?.cannot ?? [])],
      current: null,
      chosen: (reason) => this.#tellCannot(name, reason),
    };
  }

  // With a list of reasons there is time to choose; without one it is told at once, and can be taken back.
  #askCannot(name, slot) {
    const nowMs = performance.now();
    if (this.#station.picture(nowMs).state?.reasons.cannot.length) {
      this.#cannot = { name, slot, untilMs: nowMs + ARMED_MS };
      this.draw();
    } else {
      this.#tellCannot(name, null);
    }
  }

  #tellCannot(name, reason) {
    this.#cannot = null;
    this.#station.cannot(name, performance.now(), reason);
  }
}
