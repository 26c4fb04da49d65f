// Keep what is typed in a long form while this tab is open, should the page be left before it is sent.
const words = (form) => [...form.querySelectorAll("textarea, input, select")].filter(
  ({ name, type }) => name && name !== "csrf_token" && type !== "hidden",
);

export function keeping(form) {
  const name = `typed:${form.dataset.keep}`;
  const kept = JSON.parse(sessionStorage.getItem(name) ?? "{}");
  const isBlank = [...form.querySelectorAll("textarea")].every((area) => !area.value);
  if (isBlank && Object.keys(kept).length) {
    for (const field of words(form)) give(field, kept[field.name]);
    tell(form);
  }
  form.addEventListener("input", () => {
    const typed = [...new FormData(form)].filter(([key]) => key !== "csrf_token");
    sessionStorage.setItem(name, JSON.stringify(Object.fromEntries(typed)));
  });
}

function give(field, value) {
  if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
  else if (value !== undefined) field.value = value;
}

function tell(form) {
  const said = Object.assign(document.createElement("p"), { className: "quiet", role: "status" });
  said.textContent = form.dataset.kept;
  form.prepend(said);
}
