// Help somebody report a problem: what they write stays on the phone until the town says it has it.
import { slot } from "../fragments.js";
import { parts } from "../office/parts.js";
import { openDraft } from "./draft.js";
import { give, isBegun, said } from "./fields.js";
import { photos } from "./photos.js";
import { place } from "./place.js";
import { sending } from "./sending.js";

const WAIT = 250; // milliseconds without a key before it is kept

export async function reportForm(form, { answeredBy = null } = {}) {
  const draft = await openDraft();
  const kept = await draft.words();
  if (!answeredBy && isBegun(kept?.said)) resume(form, kept, draft);
  const keep = (more = {}) => draft.keepWords({ said: said(form), ...more });
  const look = around(form);
  const album = photos(form, draft);
  await album.begin();
  let timer = 0;
  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  };
  place(form, {
    changed() {
      keepSoon(); // a point that a map or the phone gives is no input
      look();
    },
  });
  for (const each of form.elements.kind) each.addEventListener("change", look);
  form.addEventListener("input", keepSoon);
  const stop = sending(form, { draft, album, keep, answered });
  look();

  // What the server answers takes the page's place: the receipt, or the form with what it lacks.
  async function answered(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("main");
    if (!main) throw new Error("a page that is none of the town's"); // as of a network that asks for a sign-in
    clearTimeout(timer);
    stop();
    if (main.querySelector("[data-received]")) await draft.clear();
    else await keep();
    document.querySelector("main").replaceWith(main);
    document.title = page.title;
    for (const button of main.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
    const again = main.querySelector("form[data-report]");
    if (again) {
      parts(again.querySelectorAll("[data-led-by]"));
      await reportForm(again, { answeredBy: page });
    }
    scrollTo(0, 0);
    main.querySelector("[data-focus]")?.focus();
  }
}

function resume(form, kept, draft) {
  give(form, kept.said);
  form.dispatchEvent(new Event("change")); // shows the parts that what is chosen calls for
  const told = form.closest("main").querySelector("[data-draft]");
  told.hidden = false;
  told.querySelector("[data-draft-unsent]").hidden = !kept.unsent;
  told.querySelector("[data-draft-drop]").addEventListener("click", async () => {
    await draft.clear();
    location.reload();
  });
}

// What is known of the place shows as soon as place and kind are said.
function around(form) {
  const element = form.querySelector("[data-around]");
  const says = form.querySelector("[data-around-says]");
  const piece = slot(element, { keep: keepAnswer });
  let asked = element.querySelector("[data-says]") ? question() : "";

  function question() {
    const { where, point, kind } = form.elements;
    const typed = { where: where.value.trim(), point: point.value, kind: kind.value };
    return typed.where || typed.point ? new URLSearchParams(typed).toString() : "";
  }
  function keepAnswer() {
    const chosen = element.querySelector("[name=same_as]:checked")?.value;
    return () => {
      const same = chosen === undefined ? null : element.querySelector(`[name=same_as][value="${CSS.escape(chosen)}"]`);
      if (same) same.checked = true;
    };
  }
  return async () => {
    const now = question();
    if (now === asked) return;
    asked = now;
    if (!now) return void element.replaceChildren();
    await piece.show(`${element.dataset.around}?${now}`);
    says.textContent = element.querySelector("[data-says]")?.dataset.says ?? "";
  };
}
