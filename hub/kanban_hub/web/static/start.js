// The time zone of the reader, where nobody has chosen another: a plant is mostly where its first admin sits.
const field = document.querySelector("[data-own-zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (field && field.value === "UTC" && own) field.value = own;
