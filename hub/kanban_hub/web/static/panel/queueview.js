// The next cards that this station has to serve, in their order.
import { copy, fill, hide, mark, part, write } from "./dom.js";

export function drawQueue(list, cards, texts) {
  fill(list, cards, {
    keyOf: (card) => card.card,
    make: () => copy("card"),
    draw: (item, card) => {
      mark(item, "urgency", card.urgency);
      item.querySelector("use").setAttribute("href", `#shape-${card.urgency}`);
      write(part(item, "item"), card.item);
      write(part(item, "card"), card.card);
      write(part(item, "spare"), card.spare);
      write(part(item, "more"), texts.of("card_more", { state: card.state, asked: card.asked }));
      write(part(item, "for"), texts.of("card_for", { quantity: card.quantity, consumer: card.consumer }));
      hide(part(item, "replacement"), !card.is_replacement);
      hide(part(item, "late"), !card.is_promised_late);
    },
  });
}

export function drawCalls(list, calls, texts) {
  hide(list, calls.length === 0);
  fill(list, calls, {
    keyOf: (call) => call.id,
    make: () => copy("call"),
    draw: (item, call) => {
      write(part(item, "kind"), call.kind);
      write(part(item, "about"), call.about);
      write(part(item, "word"), texts.of("call_word", { word: call.word, age: call.age }));
    },
  });
}
