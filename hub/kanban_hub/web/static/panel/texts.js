// The page's texts in its reader's language: the server writes them into the attributes of one element.
export class Texts {
  #known;

  constructor(element) {
    this.#known = element.dataset;
  }

  // The text of `key`; null without one.
  find(key) {
    return (key && this.#known[camel(key)]) || null;
  }

  of(key, values = {}) {
    const text = this.find(key) ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }
}

// `not_assigned` stands in `data-not-assigned`.
function camel(key) {
  return key.replace(/[_-](\w)/g, (_, letter) => letter.toUpperCase());
}
