// Start what the page in hand needs; maps are fetched only where there is one, keys are there at once.
import { combobox } from "./combobox.js";
import { untilDrawn } from "./map/loading.js";
import { keys } from "./office/keys.js";
import { parts } from "./office/parts.js";
import { keepOnlyOf } from "./sharing.js";
import { sheet } from "./sheet.js";
import { whenSeen } from "./when_seen.js";

document.documentElement.classList.add("script");

const find = document.querySelector("form.find[data-suggest]");
const page = document.querySelector(".atlas[data-atlas]");
const small = document.querySelector(".small-map:not([data-later])");
const route = document.querySelector("[data-route]");

const office = document.querySelector("[data-office-map]");
const drawn = (body, opening) => untilDrawn(body.querySelector("#map"), opening, { page: body });
const joined = page
  ? drawn(page, import("./atlas.js").then(({ atlas }) => atlas(page)))
  : office && drawn(office, import("./office/townmap.js").then(({ townMap }) => townMap(office)));

async function choose({ kind, label, parcel, zone, lon, lat }, href) {
  const view = await joined;
  if (!view) location.assign(href);
  else if (parcel) view.select({ parcel }, { focus: true });
  else {
    view.select({ street: kind === "street" ? label : "" });
    if (kind === "zone") view.filter({ zone });
    view.goTo({ lon, lat, zoom: kind === "zone" ? 14 : 16.5 });
  }
}

if (find) combobox(find, { choose });
if (page ?? office) sheet(page ?? office);
if (small) untilDrawn(small, import("./small.js").then(({ smallMap }) => smallMap(small)));
const reporting = document.querySelector("[data-reports]");
if (reporting) import("./office/intake.js").then(({ intake }) => intake(reporting));
const report = document.querySelector("form[data-report]");
if (report) import("./report/main.js").then(({ reportForm }) => reportForm(report));
const followed = document.querySelector("[data-draw-area]");
if (followed) whenSeen(followed, () => import("./area.js").then(({ area }) => area(followed)));
const shaded = document.querySelector("#figures-map");
if (shaded) whenSeen(shaded, () => untilDrawn(shaded, import("./figures.js").then(({ figuresMap }) => figuresMap(shaded))));
const listed = document.querySelector("#list-map");
if (listed) untilDrawn(listed, import("./office/listmap.js").then(({ listMap }) => listMap(listed)));
const zone = document.querySelector("#zone-map");
if (zone) untilDrawn(zone, import("./office/zonemap.js").then(({ zoneMap }) => zoneMap(zone)));
const plan = document.querySelector("#plan-map");
if (plan) untilDrawn(plan, import("./office/planmap.js").then(({ planMap }) => planMap(plan)));
const answer = document.querySelector("#answer-map");
if (answer) untilDrawn(answer, import("./office/answermap.js").then(({ answerMap }) => answerMap(answer)));
const point = document.querySelector("#point-map");
if (point) untilDrawn(point, import("./office/pointing.js").then(({ pointing }) => pointing(point)));
const docket = document.querySelector("[data-order]");
if (docket) import("./office/ordering.js").then(({ ordering }) => ordering(docket));
const kept = document.querySelector("form[data-keep]");
if (kept) import("./office/keeping.js").then(({ keeping }) => keeping(kept));
const blacking = document.querySelector("[data-blacking]");
if (blacking) import("./office/blacking.js").then(({ blackingOut }) => blackingOut(blacking));
const awaited = document.querySelector("[data-waits]");
if (awaited) import("./office/waiting.js").then(({ waiting }) => waiting(awaited, document.querySelector("[data-waits-says]")));
const code = document.querySelector("input[data-code]");
if (code) import("./notice.js").then(({ fromLetter }) => fromLetter(code));
const figures = document.querySelector("[data-figures]");
if (figures) import("./office/figures.js").then(({ hushable }) => hushable(figures));
const staff = document.querySelector("[data-staff]");
if (staff) keepOnlyOf(staff.dataset.staff);
if (document.querySelector("[data-key]")) keys();
if (route) drawn(document.body, import("./route.js").then(({ routeViewer }) => routeViewer(route)));

for (const form of document.querySelectorAll("form[data-submits]")) {
  form.addEventListener("change", () => form.requestSubmit());
  // Gone back to, a page says what its list shows, not what was chosen on the way out of it.
  window.addEventListener("pageshow", () => form.reset());
}
parts(document.querySelectorAll("[data-led-by]"));
document.querySelector("[data-focus]")?.focus();
// A link to what is folded away unfolds it, also where the browser does not by itself.
const unfold = () => {
  const sought = location.hash && document.getElementById(location.hash.slice(1));
  const folded = sought && sought.closest("details:not([open])");
  if (folded) folded.open = true;
  if (folded) sought.scrollIntoView();
};
addEventListener("hashchange", unfold);
unfold();
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-tick-all]")) {
  button.addEventListener("click", () => {
    const boxes = [...button.form.querySelectorAll("input[name=case]")];
    const ticked = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !ticked;
  });
}
