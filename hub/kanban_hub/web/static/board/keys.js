// Keys of the board: `/` goes to the search field, `f` to the wall and back. Not while something is typed.
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
    return;
  }
  if (event.key === "/") {
    const search = document.getElementById("search");
    event.preventDefault();
    search?.focus();
    search?.select();
  } else if (event.key === "f") {
    document.getElementById("wall-way")?.click();
  }
});
