// Make elements from plain calls; text is only ever text.
import { icons } from "./told.js";

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export const icon = (name, kind = "icon") =>
  svg("svg", { class: kind, "aria-hidden": "true", focusable: "false" }, svg("use", { href: `${icons}#${name}` }));

export const button = (words, act, { kind = "", name = null, ...attributes } = {}) =>
  h("button", { type: "button", class: `key ${kind}`.trim(), onclick: act, ...attributes }, name && icon(name), words);

let names = 0;
export const freshId = () => `f${(names += 1)}`;

// A field with its label above and, where something is to be said about it, a hint below the label.
export function labelled(words, control, { hint = null } = {}) {
  const id = freshId();
  control.id = id;
  const hinted = hint && h("span", { class: "hint", id: `${id}-hint` }, hint);
  if (hinted) control.setAttribute("aria-describedby", `${id}-hint`);
  return h("div", { class: "field" }, h("label", { for: id }, words), hinted, control);
}

// One of several, as keys side by side that a thumb can hit: radio buttons dressed.
export function choices(legend, options, chosen, choose) {
  const name = freshId();
  return h("fieldset", { class: "choices" }, h("legend", {}, legend),
    h("div", { class: "choices-row" }, options.map(([value, words]) =>
      h("label", { class: "choice" },
        h("input", { type: "radio", name, value, checked: value === chosen, onchange: () => choose(value) }),
        h("span", {}, words)))));
}
