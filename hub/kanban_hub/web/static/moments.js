// Times as their reader writes them, in the reader's zone. The page's own text is in UTC.
const language = document.documentElement.lang || [];
const FORMS = {
  both: { dateStyle: "medium", timeStyle: "short" },
  exact: { dateStyle: "medium", timeStyle: "medium" },
  date: { dateStyle: "medium" },
  time: { hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
};
const formats = new Map();

function format(form) {
  if (!formats.has(form)) {
    formats.set(form, new Intl.DateTimeFormat(language, FORMS[form]));
  }
  return formats.get(form);
}

export function showMoments(root) {
  for (const time of root.querySelectorAll("time[data-form]")) {
    time.textContent = format(time.dataset.form).format(new Date(time.dateTime));
  }
  // A drawing has no <time>: there the instant stands in `data-at`.
  for (const text of root.querySelectorAll("text[data-at]")) {
    text.textContent = format(text.dataset.form).format(new Date(text.dataset.at));
  }
}

showMoments(document);
