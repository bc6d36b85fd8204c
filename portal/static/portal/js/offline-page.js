/** The page of what this browser keeps; also shown in place of a page that it does not keep. */

import { areaRow, canKeep, findPlace, keptAreas, placesOf } from "portal/areas";
import { placeCard } from "portal/cards";
import { el } from "portal/dom";
import { number } from "portal/format";
import { keptHours } from "portal/hours";
import { badge, switchOffLinks } from "portal/kept";
import { address, language, text } from "portal/texts";

const SHOWN = 30;
const PLACE = /^(?:\/en)?\/places\/([\w-]+)$/;
const page = document.querySelector("[data-offline-page]");
const find = (selector) => page.querySelector(selector);
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

/** Say what was asked for: the place when an area keeps it, else that the page is not kept. */
async function answerAddress() {
  const asked = location.pathname;
  if (/^(\/en)?\/offline$/.test(asked)) return;
  const [, code] = PLACE.exec(asked) ?? [];
  const place = code && (await findPlace(code, language));
  if (!place) {
    const missed = find("[data-missed]");
    missed.hidden = false;
    missed.querySelector("code").textContent = asked;
    find("h1").textContent = document.title = missed.dataset.missed;
    return;
  }
  const { title, nodes } = placeCard(place);
  find("[data-place]").hidden = false;
  find("h1").textContent = document.title = title;
  find("[data-place]").replaceChildren(...nodes.flat().filter(Boolean));
  if (place.properties.description) find("[data-place]").prepend(el("p", {}, place.properties.description));
  await switchOffLinks(find("[data-place]"));
}

async function showAreas() {
  const areas = await keptAreas();
  find("[data-no-areas]").hidden = areas.length > 0;
  find("[data-areas]").replaceChildren(...areas.map((area) => areaRow(area, showAreas)));
  const found = new Map();
  for (const area of areas) for (const place of await placesOf(area, language)) found.set(place.properties.code, place);
  return [...found.values()].sort((a, b) => a.properties.name.localeCompare(b.properties.name, "vi"));
}

function listPlaces(places, isOpen) {
  const kinds = new Map([...find("#kept-kind").options].map((option) => [option.value, option.textContent]));
  const line = ({ properties: its }) => el("li", { class: "card" },
    el("h3", {}, el("a", { href: address(`/places/${its.code}`), lang: its.lang === language ? null : its.lang }, its.name)),
    el("p", {}, kinds.get(its.category) ?? its.category),
    el("p", {}, badge(isOpen(its.opening_hours ?? "", its.code))),
    its.address ? el("p", { class: "muted", lang: "vi" }, its.address) : "");
  let shown = SHOWN;
  const refresh = () => {
    const [kind, name] = [find("#kept-kind").value, plain(find("#kept-name").value.trim())];
    const fit = places.filter(({ properties: its }) => (!kind || [its.category, its.group].includes(kind)) && plain(its.name).includes(name)
      && (!find("#kept-open").checked || isOpen(its.opening_hours ?? "", its.code) === true));
    find("[data-count]").textContent = text("places-count", { count: number(fit.length) });
    find("[data-list]").replaceChildren(...fit.slice(0, shown).map(line));
    find("[data-more]").hidden = fit.length <= shown;
  };
  const anew = () => { shown = SHOWN; refresh(); };
  find("[data-area-places]").hidden = !places.length;
  find("form[data-offline]").addEventListener("submit", (event) => event.preventDefault());
  find("form[data-offline]").addEventListener("input", anew);
  find("[data-more]").addEventListener("click", () => { shown += SHOWN; refresh(); });
  refresh();
}

/** List the pages of places that were looked at in this page's language. */
async function showSeen() {
  const cache = await caches.open("places");
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith("/en/") === (language === "en"));
  const lines = await Promise.all(paths.reverse().map(async (path) => {
    const html = await (await cache.match(path)).text();
    const { title } = new DOMParser().parseFromString(html, "text/html");
    return el("li", {}, el("a", { href: path }, title.replace(/ – Đà Lạt$/, "")));
  }));
  find("[data-no-seen]").hidden = lines.length > 0;
  find("[data-seen]").replaceChildren(...lines);
}

async function start() {
  if (!canKeep()) { find("[data-cannot]").hidden = false; return; }
  const isOpen = await keptHours();
  await answerAddress();
  listPlaces(await showAreas(), isOpen);
  await showSeen();
  document.body.dataset.ready = "";
}

start();
