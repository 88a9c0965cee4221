// What of a page is said in no language: found by showing it in the made-up one, whose texts are in brackets.
// It is what neither stands in brackets nor is data: marked `translate="no"`, without a letter, or a time.
() => {
  const isData = (e) => e.closest('[translate="no"], script, noscript, style, time, svg:not([role]), code') !== null;
  // A text may stand in another: the innermost go first.
  const bare = (text) => (/⟦[^⟦⟧]*⟧/u.test(text) ? bare(text.replace(/⟦[^⟦⟧]*⟧/gu, "")) : text);
  const isSaid = (text) => !/\p{L}/u.test(bare(text));
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  // A text may be spread over elements that stand in it, such as <strong>: it is looked at as a whole.
  const whole = (e) => { while (e.parentElement && /^(strong|em|b|span|a|small)$/i.test(e.tagName)) e = e.parentElement; return e; };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement;
    if (!/\p{L}/u.test(node.textContent) || isData(around)) continue;
    const own = [...whole(around).childNodes].filter((n) => !(n.nodeType === 1 && n.closest('[translate="no"], time'))).map((n) => n.textContent).join("");
    if (!isSaid(node.textContent) && !isSaid(own)) found.push(`${around.tagName}: ${node.textContent.trim().slice(0, 60)}`);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt"]) {
    for (const e of document.querySelectorAll(`body [${name}]`)) {
      if (!isData(e) && /\p{L}/u.test(e.getAttribute(name)) && !isSaid(e.getAttribute(name))) found.push(`${name}: ${e.getAttribute(name).slice(0, 60)}`);
    }
  }
  return found;
}
