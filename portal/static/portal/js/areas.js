/** Areas of the map kept for offline: each is a cache with its tiles, the descriptions of its layers and its places. */

import { keptOutlook } from "portal/hours";
import { label, text } from "portal/texts";

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
  const response = await fetch(`/tiles/area.json?bbox=${bbox}&layers=${layers.join(",")}`, { cache: "no-cache" });
  if (response.status === 400) return null;
  if (!response.ok) throw new Error(`area.json: ${response.status}`);
  return response.json();
}

/** Fetch something of an area as it is today; an error names its address. Tiles never change. */
async function get(address, signal) {
  try {
    const response = await fetch(address, { signal, credentials: "omit", cache: address.endsWith(".mvt") ? "default" : "no-cache" });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response;
  } catch (error) {
    throw Object.assign(error, { address });
  }
}

/** Keep the tile description of a layer as the area has it: no closer zoom than was kept, tiles from the area only. */
async function keepDescription(cache, id, { revision }, closest, signal) {
  const described = await (await get(`/tiles/${id}.json`, signal)).json();
  if (described.revision !== revision) throw Object.assign(new Error(`${id} was published anew`), { address: `/tiles/${id}.json` });
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

/** Fetch and keep everything of an area; all or nothing. `progress(done, total)` counts what is there.
 *
 * Layers that `old`, the area as it was kept before, has of today's revision are taken from it. */
export async function keepArea(asked, { name, progress, signal, old = null }) {
  await sweep();
  const id = `area-${Date.now()}`;
  const [cache, before] = await Promise.all([caches.open(id), old && caches.open(old.id)]);
  try {
    const layers = Object.entries(asked.layers);
    const places = ["vi", "en"].map((lang) => `/api/v1/places?bbox=${asked.bbox.join(",")}&limit=${MOST_PLACES}&lang=${lang}`);
    const tiles = layers.flatMap(([layer, { revision, tiles: found }]) =>
      found.map((tile) => ({ tile: `/tiles/${layer}/${revision}/${tile}.mvt`, known: old?.layers[layer]?.revision === revision })));
    const total = tiles.length + layers.length + places.length;
    let [done, bytes, fetched] = [0, 0, 0];
    const count = () => progress((done += 1), total);
    const keep = async (address, known = false) => {
      const response = await (known ? before.match(address, { ignoreVary: true }) : get(address, signal));
      // What came, not what was estimated.
      const weight = Number(response?.headers.get("Content-Length") ?? 0);
      bytes += weight;
      if (!known) fetched += weight;
      if (bytes > MOST_BYTES) throw new DOMException(address, "QuotaExceededError");
      // A tile of the same revision that was not kept was empty.
      if (response?.status === 200) await cache.put(address, response);
      count();
    };
    // The descriptions first: they tell whether the tiles are still those of today.
    await Promise.all(layers.map(([layer, of]) => keepDescription(cache, layer, of, asked.zooms[1], signal).then(count)));
    await cache.put("/tiles/layers.json", await get("/tiles/layers.json", signal));
    await Promise.all(places.map((address) => keep(address)));
    await (await caches.open(PAGES)).put(HOURS, await get(HOURS, signal));
    const queue = tiles.values();
    await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (const { tile, known } of queue) await keep(tile, known); }));
    const { features } = await (await cache.match(places[0])).json();
    const about = {
      id, name, places, count: features.length, made: new Date().toISOString(), bbox: asked.bbox, bytes, fetched,
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

/** Keep an area as it is today: what changed since is fetched, the rest taken over. Until all of it is there, the old one stays. */
export async function updateArea(area, { progress, signal }) {
  const asked = await ask(area.bbox, Object.keys(area.layers));
  if (!asked) throw new Error(`No area of ${area.bbox}`);
  const made = await keepArea(asked, { name: area.name, progress, signal, old: area });
  await deleteArea(area);
  return made;
}

/** Name, for the reader, the part of an area that an address is of. */
export async function partOf(address, { id }) {
  const [, layer] = /^\/tiles\/([a-z-]+)[./]/.exec(address) ?? [];
  const { layers } = await (await caches.match("/tiles/layers.json", { cacheName: id })).json();
  const found = layers.find((one) => one.id === layer || (!layer && one.id === "places"));
  return found ? label(found.title) : text("map-title");
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

/** Return a place that an area keeps, with when it was kept and what its hours say now; or null. */
export async function findPlace(code, language) {
  for (const area of await keptAreas()) {
    const found = (await placesOf(area, language)).find((feature) => feature.properties.code === code);
    if (!found) continue;
    const outlook = await keptOutlook();
    Object.assign(found.properties, { kept: area.made, ...outlook(found.properties.opening_hours ?? "", found.properties.code) });
    return found;
  }
  return null;
}
