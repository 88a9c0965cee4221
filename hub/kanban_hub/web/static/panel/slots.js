// The slots as big buttons: what is pressed, its lamp, what it stands for, and what became of the press.
import { copy, fill, hide, mark, part, write } from "./dom.js";
import { drawLamp } from "./lampview.js";
import { listen } from "./press.js";

export class Slots {
  #list;
  #station;
  #texts;
  #cannot;

  // `cannot` is told that the supplier of a part cannot deliver.
  constructor(list, { station, texts, cannot }) {
    this.#list = list;
    this.#station = station;
    this.#texts = texts;
    this.#cannot = cannot;
  }

  // `slots` are those of one side; `facts` says by slot number what there is to tell of each.
  draw(slots, facts, picture) {
    fill(this.#list, slots, {
      keyOf: (slot) => `${slot.slot} ${slot.loop} ${slot.side}`,
      make: (slot) => this.#made(slot),
      draw: (item, slot) => this.#drawn(item, slot, facts.get(slot.slot), picture),
    });
  }

  #made(slot) {
    const item = copy("slot");
    const name = `slot-${slot.slot}`;
    item.id = name;
    listen(part(item, "press"), {
      isHoldable: (nowMs) => this.#station.canTakeBack(name, nowMs),
      pressed: (atMs) => this.#station.press(name, atMs),
      held: (atMs) => this.#station.takeBack(atMs, name),
    });
    const cannot = part(item, "cannot");
    cannot.hidden = slot.side !== "supplier";
    cannot.addEventListener("click", () => this.#cannot(name, slot));
    return item;
  }

  #drawn(item, slot, facts, picture) {
    const name = `slot-${slot.slot}`;
    const note = picture.notes.get(name);
    write(part(item, "number"), String(slot.slot));
    write(part(item, "item"), slot.item);
    write(part(item, "facts"), note?.text ?? facts?.text ?? "");
    mark(item, "side", slot.side);
    mark(item, "urgency", facts?.urgency ?? "calm");
    mark(item, "note", note?.kind ?? "");
    item.classList.toggle("fluttering", picture.flutters.has(name));
    drawLamp(part(item, "lamp"), picture.lamps[name] ?? "off", this.#texts);
  }
}

// What may have arrived, below the buttons, so that none of them moves when something comes.
// `cards` are {card, slot, item}; `arrived` gets the card and the part that it is for.
export function drawComing(list, cards, arrived) {
  hide(list, cards.length === 0);
  fill(list, cards, {
    keyOf: ({ card }) => card,
    make: ({ card, slot }) => {
      const item = copy("coming");
      item.querySelector("button").addEventListener("click", () => arrived(card, `slot-${slot}`));
      return item;
    },
    draw: (line, { card, item }) => {
      write(part(line, "item"), item);
      write(part(line, "card"), card);
    },
  });
}
