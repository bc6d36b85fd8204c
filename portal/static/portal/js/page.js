/** What every page but the map starts: suggestions that lead to pages. */

import { enableLocate } from "portal/locate";
import "portal/kept";
import { bindStar } from "portal/saved";
import { enableSearch } from "portal/search";
import { address } from "portal/texts";

for (const form of document.querySelectorAll("[data-search]")) {
  enableSearch(form, { choose: (hit) => { location.href = address(hit.url); } });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll("[data-star]")) {
  bindStar(button, { code: button.dataset.star, ward: button.dataset.ward });
}
for (const box of document.querySelectorAll("[data-locate]")) enableLocate(box);
