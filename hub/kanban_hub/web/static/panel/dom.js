// Small hands for drawing: only what differs is written, so that nothing is read out twice or flickers.

export function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function mark(element, name, value) {
  if (element.dataset[name] !== value) {
    element.dataset[name] = value;
  }
}

export function hide(element, isHidden) {
  if (element.hidden !== isHidden) {
    element.hidden = isHidden;
  }
}

// A copy of the `<template>` of this id.
export function copy(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

// Make the children of `list` those of `rows`, each known by `keyOf`, made by `make` and drawn by `draw`.
export function fill(list, rows, { keyOf, make, draw }) {
  const known = new Map(Array.from(list.children, (child) => [child.dataset.key, child]));
  rows.forEach((row, place) => {
    const key = String(keyOf(row));
    const child = known.get(key) ?? make(row);
    known.delete(key);
    child.dataset.key = key;
    if (list.children[place] !== child) {
      list.insertBefore(child, list.children[place] ?? null);
    }
    draw(child, row);
  });
  known.forEach((child) => child.remove());
}

// The part of `element` that is called `name`.
export function part(element, name) {
  return element.querySelector(`[data-part="${name}"]`);
}
