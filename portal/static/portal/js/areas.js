/** Areas of the map kept for offline: each is a cache with its tiles, the descriptions of its layers and its places. */

import { el } from "portal/dom";
import { megabytes, moment, number } from "portal/format";
import { keptHours } from "portal/hours";
import { address, text } from "portal/texts";

const ABOUT = "/offline/area.json";
const PAGES = "pages";
const HOURS = "/api/v1/opening-hours";
const MOST_PLACES = 5000;
const AT_ONCE = 6;
const ABANDONED_MS = 60 * 60_000;
/** What an area may weigh. */
export const MOST_BYTES = 30e6;

/** Tell whether this browser can keep areas here. */
export const canKeep = () => "serviceWorker" in navigator && "caches" in window;

/** Ask which tiles of the layers lie in [west, south, east, north] and what they weigh; null: the box is too large. */
export async function ask(box, layers) {
  const bbox = box.map((degrees) => degrees.toFixed(5)).join(",");
  const response = await fetch(`/tiles/area.json?bbox=${bbox}&layers=${layers.join(",")}`);
  if (response.status === 400) return null;
  if (!response.ok) throw new Error(`area.json: ${response.status}`);
  return response.json();
}

async function get(address, signal) {
  const response = await fetch(address, { signal, credentials: "omit" });
  if (!response.ok) throw Object.assign(new Error(`${address}: ${response.status}`), { status: response.status });
  return response;
}

/** Keep the tile description of a layer as the area has it: no closer zoom than was kept, tiles from the area only. */
async function keepDescription(cache, id, { revision }, closest, signal) {
  const described = await (await get(`/tiles/${id}.json`, signal)).json();
  if (described.revision !== revision) throw new Error(`${id} was published anew`);
  const kept = { ...described, maxzoom: Math.min(described.maxzoom, closest), tiles: described.tiles.map((tile) => `${tile}?kept`) };
  await cache.put(`/tiles/${id}.json`, Response.json(kept));
}

/** First and last column and row of the box, by zoom. */
function rangesOf([west, south, east, north], [first, last]) {
  const ranges = {};
  for (let z = first; z <= last; z += 1) {
    const column = (lon) => Math.floor(((lon + 180) / 360) * 2 ** z);
    const row = (lat) => Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
    ranges[z] = [column(west), row(north), column(east), row(south)];
  }
  return ranges;
}

/** Delete what was begun and never finished, as when the page was closed meanwhile. */
async function sweep() {
  const finished = (await keptAreas()).map(({ id }) => id);
  for (const name of await caches.keys()) {
    const age = name.startsWith("area-") ? Date.now() - Number(name.slice(5)) : 0;
    if (age > ABANDONED_MS && !finished.includes(name)) await caches.delete(name);
  }
}

/** Fetch and keep everything of an area; all or nothing. `progress(done, total)` counts what was fetched. */
export async function keepArea(asked, { name, progress, signal }) {
  await sweep();
  const id = `area-${Date.now()}`;
  const cache = await caches.open(id);
  try {
    const layers = Object.entries(asked.layers);
    const places = ["vi", "en"].map((lang) => `/api/v1/places?bbox=${asked.bbox.join(",")}&limit=${MOST_PLACES}&lang=${lang}`);
    const tiles = layers.flatMap(([layer, { revision, tiles: found }]) => found.map((tile) => `/tiles/${layer}/${revision}/${tile}.mvt`));
    const total = tiles.length + layers.length + places.length;
    let [done, bytes] = [0, 0];
    const count = () => progress((done += 1), total);
    const keep = async (address) => {
      const response = await get(address, signal);
      // What came, not what was estimated.
      bytes += Number(response.headers.get("Content-Length"));
      if (bytes > MOST_BYTES) throw new DOMException(address, "QuotaExceededError");
      if (response.status === 200) await cache.put(address, response);
      count();
    };
    // The descriptions first: they tell whether the tiles are still those of today.
    await Promise.all(layers.map(([layer, of]) => keepDescription(cache, layer, of, asked.zooms[1], signal).then(count)));
    await cache.put("/tiles/layers.json", await get("/tiles/layers.json", signal));
    await Promise.all(places.map(keep));
    await (await caches.open(PAGES)).put(HOURS, await get(HOURS, signal));
    const queue = tiles.values();
    await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (const tile of queue) await keep(tile); }));
    const { features } = await (await cache.match(places[0])).json();
    const about = {
      id, name, places, count: features.length, made: new Date().toISOString(), bbox: asked.bbox, bytes,
      ranges: rangesOf(asked.bbox, asked.zooms),
      layers: Object.fromEntries(layers.map(([layer, { revision }]) => [layer, { revision }])),
    };
    await cache.put(ABOUT, Response.json(about));
    return about;
  } catch (error) {
    await caches.delete(id);
    throw error;
  }
}

/** Return what is kept, the latest first. */
export async function keptAreas() {
  if (!canKeep()) return [];
  const names = (await caches.keys()).filter((name) => name.startsWith("area-"));
  const areas = await Promise.all(names.map(async (name) => (await caches.match(ABOUT, { cacheName: name }))?.json()));
  return areas.filter(Boolean).sort((a, b) => b.made.localeCompare(a.made));
}

/** Delete an area. */
export const deleteArea = ({ id }) => caches.delete(id);

/** Return the places of an area as GeoJSON features in a language. */
export async function placesOf({ id, places }, language) {
  const address = places[language === "en" ? 1 : 0];
  const answer = await caches.match(address, { cacheName: id });
  return answer ? (await answer.json()).features : [];
}

/** Return a place that an area keeps, with when it was kept and whether it is open now; or null. */
export async function findPlace(code, language) {
  for (const area of await keptAreas()) {
    const found = (await placesOf(area, language)).find((feature) => feature.properties.code === code);
    if (!found) continue;
    const isOpen = await keptHours();
    Object.assign(found.properties, { kept: area.made, open: isOpen(found.properties.opening_hours ?? "", found.properties.code) });
    return found;
  }
  return null;
}

/** Make the line of a kept area: a way to its map and a button that deletes it and calls `changed`. */
export function areaRow(area, changed) {
  const [west, south, east, north] = area.bbox;
  const zoom = Math.min(17, Math.max(10, Math.log2(360 / Math.max(east - west, north - south))));
  const query = `z=${zoom.toFixed(2)}&lon=${((west + east) / 2).toFixed(5)}&lat=${((south + north) / 2).toFixed(5)}`;
  const remove = el("button", { type: "button", class: "button", "aria-label": `${text("area-delete")}: ${area.name}`, click: async () => {
    await deleteArea(area);
    await changed();
  } }, text("area-delete"));
  return el("li", {}, el("strong", {}, area.name),
    el("p", { class: "muted" }, text("area-about", { size: megabytes(area.bytes), places: number(area.count), when: moment(area.made) })),
    el("p", { class: "actions" }, el("a", { class: "button", href: address(`/?${query}`) }, text("map-title")), remove));
}
