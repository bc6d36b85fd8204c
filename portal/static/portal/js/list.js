/** The map as a list: what in view has a name, stepped through with the arrow keys. */

import { announce } from "portal/announce";
import { el } from "portal/dom";
import { titleOf } from "portal/features";
import { number } from "portal/format";
import { label, language, text } from "portal/texts";

const LIMIT = 60;

/** Fill `panel` with what `find(most)` finds in view; choosing a line calls `choose(feature)`, stepping onto it `preview(feature)`. */
export function buildList(panel, { map, find, choose, preview }) {
  const list = panel.querySelector("[data-features]");
  const empty = panel.querySelector("[data-empty]");

  function refresh() {
    const found = find(LIMIT);
    if (!panel.hidden && !list.contains(document.activeElement)) {
      list.replaceChildren(...found.map((feature) => el("li", {}, el("button", { type: "button", "data-sel": feature.sel, click: () => choose(feature), focus: () => preview(feature) },
        el("span", {}, titleOf(feature, language)), el("small", {}, feature.about ?? label(feature.layer.title))))));
      empty.hidden = found.length > 0;
    }
    return found;
  }

  list.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const buttons = [...list.querySelectorAll("button")];
    buttons[buttons.indexOf(document.activeElement) + by]?.focus();
  });

  function describe() {
    const found = refresh();
    const nearest = found.slice(0, 3).map((feature) => titleOf(feature, language)).join(", ");
    announce(text("in-view", { zoom: number(map.getZoom(), 1), count: number(found.length), names: nearest || "–" }));
  }
  return { refresh, describe };
}
