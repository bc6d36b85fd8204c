/** The address bar is the state, beside what else it asks for: ?z=15.2&lon=108.4419&lat=11.9404&layers=zones,places:0.6&on=2026-01-01&sel=parcels/p1-12-345 */

import { parseDay } from "portal/time";

const between = (text, low, high) => {
  const value = Number.parseFloat(text);
  return value >= low && value <= high ? value : null;
};

function parseLayers(text) {
  if (text === null) return null;
  const pairs = text.split(",").filter(Boolean).map((part) => part.split(":"));
  return new Map(pairs.map(([id, opacity]) => [id, between(opacity, 0, 1) ?? 1]));
}

/** Read a state; what is missing or out of range is null. `layers` maps a layer's id to its opacity. */
export function readState(search = location.search) {
  const query = new URLSearchParams(search);
  return {
    z: between(query.get("z"), 0, 24),
    lon: between(query.get("lon"), -180, 180),
    lat: between(query.get("lat"), -85, 85),
    layers: parseLayers(query.get("layers")),
    on: parseDay(query.get("on")),
    sel: query.get("sel") || null,
  };
}

const OURS = ["z", "lon", "lat", "layers", "on", "sel"];

/** Return the query of a state, short enough to read, after what of `search` is not a state's. */
export function renderState({ z, lon, lat, layers, on, sel }, search = "") {
  const others = new URLSearchParams(search);
  OURS.forEach((name) => others.delete(name));
  const parts = [...(others.size ? [others] : []), `z=${+z.toFixed(2)}`, `lon=${lon.toFixed(5)}`, `lat=${lat.toFixed(5)}`];
  if (layers) parts.push(`layers=${[...layers].map(([id, opacity]) => (opacity === 1 ? id : `${id}:${opacity}`)).join(",")}`);
  if (on) parts.push(`on=${on}`);
  if (sel) parts.push(`sel=${encodeURI(sel)}`);
  return `?${parts.join("&")}`;
}

/** Put the state into the address bar; `push` makes a step that Back undoes. The language switch keeps the view. */
export function writeState(state, { push = false } = {}) {
  const query = renderState(state, location.search);
  if (push) history.pushState({}, "", query);
  else history.replaceState(history.state, "", query);
  for (const link of document.querySelectorAll("[data-language]")) link.search = query;
}
