// Lead to a case's page in the office, which opens only with a signal.
import { h, icon } from "./dom.js";
import { casePage, say } from "./told.js";

export const caseLink = ({ online }, number, kind = "key case-link") => (online
  ? h("a", { class: kind, href: casePage.replace("NUMBER", encodeURIComponent(number)) }, kind.startsWith("key") && icon("launch"), say("case.open", { number }))
  : h("p", { class: "quiet small" }, say("case.offline", { number })));
