// A time that is typed in is the one that is meant; one that is chosen by its word needs none typed in.
const chosen = document.getElementById("span");
const ends = ["from", "to"].map((id) => document.getElementById(id));

for (const end of ends) {
  end.addEventListener("input", () => {
    chosen.value = "own";
  });
}
chosen.addEventListener("change", () => {
  if (chosen.value === "own") {
    ends[0].focus();
    return;
  }
  for (const end of ends) {
    end.value = "";
  }
});
