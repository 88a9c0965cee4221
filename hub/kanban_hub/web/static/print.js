// The browser's own printing, by a button of the page; without scripts there is the browser's menu.
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
