// What an admin has told this screen, in a header of the answer that it asked for: each order once.
const NAME_MS = 30_000;

const ORDERS = {
  identify: (name) => showName(name),
  reload: () => location.reload(),
  go: (path) => path?.startsWith("/") && !path.startsWith("//") && location.assign(path),
};

export function obey(told) {
  const [number, order, more] = told?.split(" ") ?? [];
  if (!number || sessionStorage.getItem("told") === number) {
    return;
  }
  sessionStorage.setItem("told", number);
  ORDERS[order]?.(more);
}

function showName(name) {
  const sign = document.createElement("p");
  sign.className = "big-name";
  sign.translate = false;
  sign.textContent = name;
  document.body.append(sign);
  setTimeout(() => sign.remove(), NAME_MS);
}
