/** The page of what this browser keeps; also shown in place of a page that it does not keep. */

import { areaRow } from "portal/area-row";
import { canKeep, findPlace, keptAreas, placesOf } from "portal/areas";
import { placeCard } from "portal/cards";
import { el } from "portal/dom";
import { number } from "portal/format";
import { keptOutlook } from "portal/hours";
import { badge, switchOffLinks } from "portal/kept";
import { away, metres, parsePoint } from "portal/near";
import { address, language, text } from "portal/texts";

const SHOWN = 30;
const PLACE = /^(?:\/en)?\/places\/([\w-]+)$/;
const LIST = /^(?:\/en)?\/places\/(map)?$/;
const page = document.querySelector("[data-offline-page]");
const find = (selector) => page.querySelector(selector);
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

/** Say what was asked for: the list or the place when an area keeps it, else that the page is not kept. */
async function answerAddress(areas) {
  const asked = location.pathname;
  if (/^(\/en)?\/offline$/.test(asked)) return;
  const [isList, isMap] = LIST.exec(asked) ?? [];
  const [, code] = PLACE.exec(asked) ?? [];
  const place = code && (await findPlace(code, language));
  if (place) { await answerPlace(place); return; }
  if (isList && areas.length) answerList();
  else sayTitle(find("[data-missed]").dataset.missed);
  if (isList && areas.length && !isMap) return;
  find("[data-missed]").hidden = false;
  find("[data-missed] code").textContent = asked;
}

function sayTitle(title) { find("h1").textContent = document.title = title; }

async function answerPlace(place) {
  const card = find("[data-place]");
  const { title, nodes } = placeCard(place);
  sayTitle(title);
  card.hidden = false;
  card.replaceChildren(...[place.properties.description ? el("p", {}, place.properties.description) : "", nodes].flat(2).filter(Boolean));
  // There is no fuller page than this one.
  for (const link of card.querySelectorAll("a")) if (link.pathname === location.pathname && link.origin === location.origin) link.remove();
  await switchOffLinks(card);
}

/** The list of places, with the filters of its address; those that nothing kept can answer are named. */
function answerList() {
  const section = find("[data-area-places]");
  sayTitle(section.dataset.title);
  find(".grid").before(section);
  const query = new URLSearchParams(location.search);
  const form = find("form[data-offline]");
  const open = query.get("open_at") === "now";
  form.elements.open.checked = open;
  for (const name of ["category", "q", "near"]) form.elements[name].value = query.get(name) ?? "";
  const isLeftOut = (name) => query.get(name) && !(name === "open_at" && open) && !(name === "category" && form.elements.category.value);
  const left = [...section.querySelectorAll("[data-filter]")];
  for (const line of left) line.hidden = !isLeftOut(line.dataset.filter);
  find("[data-left-out]").hidden = left.every((line) => line.hidden);
}

async function showAreas() {
  const areas = await keptAreas();
  find("[data-no-areas]").hidden = areas.length > 0;
  find("[data-areas]").replaceChildren(...areas.map((area) => areaRow(area, show)));
  return areas;
}

async function placesOfAll(areas) {
  const found = new Map();
  // The latest kept goes before.
  for (const area of [...areas].reverse()) for (const place of await placesOf(area, language)) found.set(place.properties.code, place);
  return [...found.values()].sort((a, b) => a.properties.name.localeCompare(b.properties.name, "vi"));
}

const isWithin = ([lon, lat]) => ({ bbox: [west, south, east, north] }) => lon >= west && lon <= east && lat >= south && lat <= north;

/** The places of the kept areas, by kind, name, open now and distance. */
class PlaceList {
  constructor(outlook) {
    this.form = find("form[data-offline]");
    Object.assign(this, { outlook, areas: [], places: [], shown: SHOWN });
    const anew = (event) => { if (event.type === "submit") event.preventDefault(); this.shown = SHOWN; this.refresh(); };
    for (const kind of ["submit", "input"]) this.form.addEventListener(kind, anew);
    find("[data-more]").addEventListener("click", () => { this.shown += SHOWN; this.refresh(); });
  }

  async take(areas) {
    this.areas = areas;
    this.places = await placesOfAll(areas);
    find("[data-area-places]").hidden = !areas.length;
    this.refresh();
  }

  state({ properties: its }) { return this.outlook(its.opening_hours ?? "", its.code).state; }

  found(near) {
    const { category, q, open } = this.form.elements;
    const name = plain(q.value.trim());
    const fit = this.places.filter((place) => (!category.value || [place.properties.category, place.properties.group].includes(category.value))
      && plain(place.properties.name).includes(name) && (!open.checked || this.state(place) === "open"));
    if (!near) return fit.map((place) => ({ place }));
    return fit.map((place) => ({ place, distance: metres(near, place.geometry.coordinates) })).sort((a, b) => a.distance - b.distance);
  }

  line({ place, distance }) {
    const its = place.properties;
    const kind = this.form.querySelector(`option[value="${CSS.escape(its.category)}"]`)?.textContent ?? its.category;
    return el("li", { class: "card" },
      el("h3", {}, el("a", { href: address(`/places/${its.code}`), lang: its.lang === language ? null : its.lang }, its.name)),
      el("p", {}, kind), el("p", {}, badge(this.state(place)), distance === undefined ? "" : ` ${away(distance)}`),
      its.address ? el("p", { class: "muted", lang: "vi" }, its.address) : "");
  }

  refresh() {
    const typed = this.form.elements.near.value.trim();
    const near = parsePoint(typed);
    const fit = this.found(near);
    find("[data-no-point]").hidden = !typed || Boolean(near);
    find("[data-outside]").hidden = !near || this.areas.some(isWithin(near));
    find("[data-count]").textContent = text("places-count", { count: number(fit.length) });
    find("[data-list]").replaceChildren(...fit.slice(0, this.shown).map((one) => this.line(one)));
    find("[data-more]").hidden = fit.length <= this.shown;
  }
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

let list = null;
const show = async () => list.take(await showAreas());

async function start() {
  if (!canKeep()) { find("[data-cannot]").hidden = false; return; }
  list = new PlaceList(await keptOutlook());
  await answerAddress(await keptAreas());
  await show();
  await showSeen();
  document.body.dataset.ready = "";
}

start();
