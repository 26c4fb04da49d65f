// Post a notice that waits for service: where it hangs, when, and whether the officer swears to it.
import { h, labelled } from "./dom.js";
import { momentPart } from "./handing.js";
import { say } from "./told.js";

const nothing = { places: [], where: "", sworn: false };

export function postingPart(stop, draft, changed) {
  if (!stop.postings?.length) return null;
  draft.posts ??= {};
  return h("details", { class: "fold panel", open: Object.values(draft.posts).some(Boolean) },
    h("summary", {}, say("post", { n: stop.postings.length })),
    h("p", { class: "quiet small" }, say("post.hint")),
    stop.postings.map(({ notice, kind, to, places }) =>
      h("article", { class: "violation" }, h("h3", {}, say(`notice.${kind}`)), h("p", { class: "line" }, to),
        momentPart(draft.posts[notice], { key: `posts:${notice}`, words: say("post.do"), blank: nothing, more: (now, set) => asked(now, places, set) },
          (posted) => { draft.posts[notice] = posted; changed(); }))));
}

function asked(now, places, set) {
  const ticked = new Set(now.places);
  const check = (words, checked, change) => h("label", { class: "check big" },
    h("input", { type: "checkbox", checked, onchange: ({ target }) => change(target.checked) }), h("span", {}, words));
  const where = h("input", { type: "text", maxlength: 300, value: now.where, autocomplete: "off", oninput: ({ target }) => set({ where: target.value }) });
  return [
    h("fieldset", { class: "choices", "data-asks": "places" }, h("legend", {}, say("post.places")),
      places.map((place) => check(say(`place.${place}`), ticked.has(place), (on) => { ticked[on ? "add" : "delete"](place); set({ places: [...ticked] }); }))),
    h("div", { "data-asks": "where" }, labelled(say("post.where"), where, { hint: say("post.where.hint") })),
    check(say("post.sworn"), now.sworn, (sworn) => set({ sworn })),
  ];
}

// Without it nobody could tell where the notice hangs: the words, and where they belong.
export function unsaidPosting([key, { places, where }]) {
  const at = (part) => `[data-handed="${CSS.escape(key)}"] [data-asks=${part}]`;
  if (!places.length) return { words: say("finish.places"), at: at("places") };
  return where.trim() ? null : { words: say("finish.where"), at: at("where") };
}

// What a posting still lacks to prove anything, in sentences.
export function postingShortOf([key, { places, sworn }], stop, { photos }) {
  const notice = stop.postings.find((each) => `posts:${each.notice}` === key);
  return [
    ...(notice?.places ?? []).filter((place) => !places.includes(place)).map((place) => say("short.place", { place: say(`place.${place}`) })),
    !photos && say("short.photo"),
    !sworn && say("short.oath"),
  ].filter(Boolean);
}
