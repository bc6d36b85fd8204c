/** A page that is a kept copy: what it said of "now" is worked out anew, what needs a connection is switched off. */

import { keptAreas, placesOf } from "portal/areas";
import { keptOutlook } from "portal/hours";

const banner = document.querySelector("#kept");

/** Whether this page is a copy that was kept. */
export const isKept = Boolean(banner) && !banner.hidden;

/** Make the badge of a state of opening. */
export function badge(state) {
  const [open, closed, unknown, appointment] = banner.querySelector("template").content.children;
  return { open, closed, unknown, appointment }[state].firstElementChild.cloneNode(true);
}

async function renewHours() {
  for (const node of document.querySelectorAll("[data-now]")) node.hidden = true;
  const outlook = await keptOutlook();
  for (const node of document.querySelectorAll("[data-hours]")) node.replaceChildren(badge(outlook(node.dataset.hours, node.dataset.place).state));
}

async function keptPaths() {
  const paths = new Set();
  for (const name of ["pages", "places"]) {
    for (const { url } of await (await caches.open(name)).keys()) paths.add(new URL(url).pathname);
  }
  for (const area of await keptAreas()) {
    // The page of what is kept lists them, by the same filters.
    paths.add("/places/").add("/en/places/");
    for (const { properties } of await placesOf(area, "vi")) paths.add(`/places/${properties.code}`).add(`/en/places/${properties.code}`);
  }
  return paths;
}

let paths = null;

/** Switch off the links of a part of the page that lead to what is not kept. */
export async function switchOffLinks(part) {
  if (!isKept) return;
  const kept = await (paths ??= keptPaths());
  for (const link of part.querySelectorAll("a[href]")) {
    const { origin, pathname } = new URL(link.href);
    // To this page itself, also as “Try again”, one may always go.
    if (origin !== location.origin || kept.has(pathname) || /^(#|$)/.test(link.getAttribute("href"))) continue;
    link.removeAttribute("href");
    link.setAttribute("role", "link");
    link.setAttribute("aria-disabled", "true");
  }
}

function switchOffForms() {
  for (const form of document.querySelectorAll("form:not([data-offline], [method=dialog])")) {
    for (const control of form.elements) control.disabled = true;
  }
}

if (isKept) {
  switchOffForms();
  renewHours();
  switchOffLinks(document);
}
