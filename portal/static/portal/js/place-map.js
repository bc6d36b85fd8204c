/** The places found, on a map beside their list: near ones stand together as one circle with their number until one looks closer. */

import { Marker } from "maplibre-gl";
import { announce } from "portal/announce";
import { failureCard, findCard } from "portal/answers";
import { featuresInView, nearestFirst } from "portal/features";
import { buildList } from "portal/list";
import { CLOSE, TOGETHER, drawPlaces, drawn, layersOf } from "portal/place-signs";
import { clearOutline, outlinePoint } from "portal/selection";
import { readState, writeState } from "portal/state";
import { drawingOrder, filterOf } from "portal/style";
import { text } from "portal/texts";
import { createView, fetchLayers } from "portal/view";

const region = document.querySelector("#place-map");
const find = (selector) => region.querySelector(selector);
const card = find("[data-card]");
const aside = find("[data-in-view]");
const MANY = 1000;
const WIDE = window.matchMedia("(min-width: 64rem)");
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");
const PLACES = "places";
const EVENTS = "events";

async function fetchPlaces(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

function draw(map, shown) {
  for (const layer of shown) map.addSource(layer.id, { type: "vector", url: layer.tilejson });
  for (const fragment of drawingOrder(shown)) {
    map.addLayer(fragment);
    map.setFilter(fragment.id, filterOf(fragment, shown.find((layer) => layer.id === fragment.source), region.dataset.today));
  }
}

/** What is chosen, its card, and both in the address. */
class Choice {
  constructor(map, layers) {
    Object.assign(this, { map, layers, sel: null, turn: 0, opener: null });
    find("[data-close]").addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.target.matches("input, select, textarea")) return;
      if (this.sel) this.close();
      else if (aside.contains(event.target)) map.getCanvas().focus();
    });
    map.on("moveend", () => this.save());
    window.addEventListener("popstate", () => this.follow(readState().sel));
  }

  save({ push = false } = {}) {
    const { lng, lat } = this.map.getCenter();
    writeState({ z: this.map.getZoom(), lon: lng, lat, sel: this.sel }, { push });
  }

  /** Open the card of `sel`; `fly` moves the map to it. */
  async take(sel, { push = true, focus = true, fly = false } = {}) {
    const mine = ++this.turn;
    if (focus) this.opener = document.activeElement;
    this.sel = sel;
    this.save({ push });
    const at = sel.indexOf("/");
    const told = await findCard(sel.slice(0, at), sel.slice(at + 1), this.layers).catch((error) => ({ card: failureCard(error, () => this.take(sel, { push: false })) }));
    if (mine !== this.turn) return;
    this.show(told?.card ?? failureCard({ status: 404 }), focus);
    if (!told?.at) return;
    outlinePoint(this.map, told.at);
    if (fly) this.map.jumpTo({ center: told.at, zoom: CLOSE });
  }

  show({ title, nodes }, focus) {
    card.querySelector("h2").textContent = title;
    card.querySelector("[data-body]").replaceChildren(...nodes.flat().filter(Boolean));
    card.hidden = false;
    if (!focus) return;
    card.querySelector("h2").focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  close({ push = true } = {}) {
    const line = aside.querySelector(`[data-sel="${CSS.escape(this.sel ?? "")}"]`);
    this.turn += 1;
    this.sel = null;
    clearOutline(this.map);
    const hadFocus = card.contains(document.activeElement) || document.activeElement === document.body;
    card.hidden = true;
    this.save({ push });
    if (hadFocus) (line ?? (this.opener?.isConnected ? this.opener : this.map.getCanvas())).focus();
  }

  /** Follow the address bar after Back or Forward. */
  follow(sel) {
    if (sel === this.sel) this.save();
    else if (sel) this.take(sel, { push: false });
    else this.close({ push: false });
  }
}

/** Where places stand together: how many, and how many of them are open. */
function groupsInView(map, layer) {
  const found = new Map(map.queryRenderedFeatures({ layers: [TOGETHER] }).map((one) => [one.properties.cluster_id, one]));
  return [...found].map(([id, { properties, geometry }]) => ({
    layer, geometry, group: id, properties: { name: text("together", { count: properties.point_count }) }, about: text("together-open", { count: properties.open }),
  }));
}

/** The list of what is in view, and the way to it: Enter on the map. */
function wireList(map, layers, choice) {
  const named = (one) => (one.sel && one.layer.id === PLACES ? { ...one, about: [find(`[data-kind="${one.properties.category}"]`), find(`[data-state="${one.properties.state}"]`)].map((sign) => sign?.textContent.trim()).filter(Boolean).join(" · ") } : one);
  const inView = (most) => nearestFirst(map, [...featuresInView(map, layers, most), ...groupsInView(map, layers.get(PLACES))]).slice(0, most).map(named);
  const list = buildList(aside, { map, find: inView, preview: ({ geometry }) => outlinePoint(map, geometry.coordinates), choose: (one) => (one.group === undefined ? choice.take(one.sel) : comeCloser(one)) });
  const step = () => { aside.open = true; (aside.querySelector("button") ?? aside.querySelector("summary")).focus(); };

  async function comeCloser({ group, geometry }) {
    const zoom = await map.getSource(PLACES).getClusterExpansionZoom(group);
    document.activeElement.blur();
    map.jumpTo({ center: geometry.coordinates, zoom });
    map.once("idle", () => { list.describe(); step(); });
  }

  map.getCanvas().setAttribute("aria-describedby", "map-keys");
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    step();
  });
  aside.addEventListener("focusout", ({ relatedTarget }) => { if (!aside.contains(relatedTarget) && !choice.sel) clearOutline(map); });
  map.on("idle", list.refresh);
  map.on("moveend", (event) => { if (event.originalEvent) map.once("idle", list.describe); });
}

function wirePresses(map, choice, layers) {
  map.on("click", async ({ point }) => {
    const [feature] = map.queryRenderedFeatures([[point.x - 8, point.y - 8], [point.x + 8, point.y + 8]], { layers });
    if (!feature) return;
    if (!feature.properties.point_count) { await choice.take(`${feature.source}/${feature.properties.code}`); return; }
    const zoom = await map.getSource(PLACES).getClusterExpansionZoom(feature.properties.cluster_id);
    map.easeTo({ center: feature.geometry.coordinates, zoom, animate: !STILL.matches });
  });
  map.on("mousemove", ({ point }) => { map.getCanvas().style.cursor = map.queryRenderedFeatures(point, { layers }).length ? "pointer" : ""; });
}

/** Look at what was found: around the reader, who is marked, or at all of it where it is not half the city. */
function look(map, places, near) {
  if (near || !places.features.length || places.features.length > MANY) return;
  const [lons, lats] = [0, 1].map((axis) => places.features.map((feature) => feature.geometry.coordinates[axis]));
  map.fitBounds([[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]], { padding: 40, maxZoom: CLOSE, animate: false });
}

/** Leave out of the legend the kinds that were not found. */
function trimLegend({ features }) {
  const found = new Set(features.map(({ properties }) => properties.category));
  for (const sign of region.querySelectorAll("[data-kind]")) sign.hidden = !found.has(sign.dataset.kind);
  for (const group of region.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-kind]:not([hidden])");
}

async function start() {
  region.hidden = false;
  aside.open = WIDE.matches;
  const asked = readState();
  const near = region.dataset.near?.split(",").map(Number);
  const [lon, lat, zoom] = region.dataset.start.split(",").map(Number);
  const [usual, zoomed] = near ? [near, 15.5] : [[lon, lat], zoom];
  const map = createView(find("[data-map]"), region.dataset, { center: [asked.lon ?? usual[0], asked.lat ?? usual[1]], zoom: asked.z ?? zoomed });
  const [layers, places] = await Promise.all([fetchLayers(), fetchPlaces(region.dataset.places)]);
  if (!map.isStyleLoaded()) await map.once("load");
  const shown = new Map([PLACES, EVENTS].filter((id) => layers.has(id)).map((id) => [id, layers.get(id)]));
  draw(map, [...layers.values()].filter((one) => one.visible && one.group === "base"));
  await drawPlaces(map, places, layers.get(PLACES), region);
  if (shown.has(EVENTS)) draw(map, [shown.get(EVENTS)]);
  if (near) new Marker({ color: "#b3261e" }).setLngLat(near).addTo(map);
  trimLegend(places);
  const choice = new Choice(map, shown);
  wirePresses(map, choice, [...layersOf(shown.get(EVENTS)), ...drawn]);
  wireList(map, shown, choice);
  if (asked.z === null) look(map, places, near);
  // It may be idle before an answer comes.
  const idle = map.once("idle");
  if (asked.sel) await choice.take(asked.sel, { push: false, focus: false, fly: asked.z === null });
  await idle;
  document.body.dataset.ready = "";
}

start().catch((error) => {
  console.error(error);
  find("[data-failed]").hidden = false;
  announce(find("[data-failed]").textContent);
});
