/** The emergency page without a connection: the same lists, open or not as of now and sorted by distance, from what was kept. */

import { directionsTo } from "portal/directions";
import { el } from "portal/dom";
import { keptOutlook } from "portal/hours";
import { badge, isKept } from "portal/kept";
import { away, metres, parsePoint } from "portal/near";
import { address, language, text } from "portal/texts";

const SHOWN = 8;
const RANKS = [true, null, false];

async function keptPlaces() {
  const cache = await caches.open("pages");
  const wanted = (await cache.keys()).find(({ url }) => url.includes("/api/v1/places?") && url.endsWith(`lang=${language}`));
  return wanted ? (await (await cache.match(wanted)).json()).features : [];
}

function card({ place, state, distance }) {
  const its = place.properties;
  const [lon, lat] = place.geometry.coordinates;
  const calls = (its.phone ?? "").split(/[;,/]/).map((part) => part.trim()).filter(Boolean);
  return el("li", { class: "card" },
    el("h3", {}, its.name),
    el("p", {}, badge(state), distance === null ? "" : ` ${away(distance)}`),
    its.address ? el("p", { lang: "vi" }, its.address) : "",
    el("p", { class: "actions" },
      calls.map((phone) => el("a", { class: "button button-primary", href: `tel:${phone.replace(/[^+\d]/g, "")}` }, `${text("call")} ${phone}`)),
      el("a", { class: "button", href: directionsTo({ lat, lon, code: its.code }) }, text("directions"))));
}

function show(section, places, outlook, near) {
  const judged = places.filter((place) => place.properties.category === section.dataset.kind)
    .map((place) => ({ place, ...outlook(place.properties.opening_hours ?? "", place.properties.code), distance: near && metres(near, place.geometry.coordinates) }))
    .filter(({ open }) => open !== false || section.dataset.kind !== "pharmacy")
    .sort((a, b) => RANKS.indexOf(a.open) - RANKS.indexOf(b.open) || a.distance - b.distance || a.place.properties.name.localeCompare(b.place.properties.name));
  const unsure = section.querySelector("[data-unsure]");
  const shown = judged.slice(0, SHOWN);
  const sure = unsure ? shown.filter(({ open }) => open) : shown;
  section.querySelector("[data-none]").hidden = sure.length > 0;
  section.querySelector("[data-sure]").replaceChildren(...sure.map(card));
  if (!unsure) return;
  unsure.replaceChildren(...shown.filter(({ open }) => !open).map(card));
  section.querySelector("[data-unsure-heading]").hidden = !unsure.children.length;
}

async function start() {
  const [places, outlook] = await Promise.all([keptPlaces(), keptOutlook()]);
  if (!places.length) return;
  const form = document.querySelector("form[data-offline]");
  const here = document.querySelector("[data-here]");
  const refresh = (typed) => {
    const near = parsePoint(typed);
    here.hidden = !near;
    here.querySelector("strong").textContent = near ? `${near[1].toFixed(5)}, ${near[0].toFixed(5)}` : "";
    for (const section of document.querySelectorAll("section[data-kind]")) show(section, places, outlook, near);
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); refresh(form.near.value); });
  form.near.value = new URLSearchParams(location.search).get("near") ?? "";
  refresh(form.near.value);
}

if (isKept) start();
