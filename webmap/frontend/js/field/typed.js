// Carry what somebody is writing over to the page that takes the place of theirs.

// Marks a field by a name that is the same on the next page.
export const typed = (name) => ({ "data-typed": name });

const fields = (page) => [...page.querySelectorAll("[data-typed]")];

// A radio button has a value of its own, whether it is chosen or not.
const isFilled = ({ type, checked, value }) => (["radio", "checkbox"].includes(type) ? checked : value);

// Nothing is redrawn of itself under somebody's hands.
export const isWritten = (page) => [...page.querySelectorAll("input, textarea")].some((each) => each === document.activeElement || isFilled(each));

// The new page was made from what was kept: what is only written, or was written meanwhile, is put
// in as if it were written there, so that whoever keeps it does.
export function takePlace(page, shown) {
  const before = new Map(fields(page).map((each) => [each.dataset.typed, each]));
  const focused = document.activeElement;
  const held = { id: focused?.id, name: focused?.dataset.typed };
  page.replaceChildren(...shown);
  for (const field of fields(page)) {
    const written = before.get(field.dataset.typed);
    if (written && written.value !== field.value) write(field, written.value);
    if (field.dataset.typed === held.name) resume(field, focused);
  }
  if (!held.name && held.id) document.getElementById(held.id)?.focus({ preventScroll: true });
}

function write(field, value) {
  field.value = value;
  const fold = field.closest("details");
  if (fold) fold.open = true;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function resume(field, { selectionStart: from, selectionEnd: to }) {
  field.focus({ preventScroll: true });
  if (from !== null && from !== undefined) field.setSelectionRange(from, to);
}
