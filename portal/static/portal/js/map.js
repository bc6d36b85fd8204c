/** The home page's map. It knows no layer by name: /tiles/layers.json says what there is and how it looks. */

import { announce } from "portal/announce";
import { keptAreas } from "portal/areas";
import { featuresInView } from "portal/features";
import { createInspector } from "portal/inspect";
import { buildKeeper, drawFrames } from "portal/keep";
import { isKept } from "portal/kept";
import { buildList } from "portal/list";
import { watchLoading } from "portal/loading";
import { buildLayerPanel } from "portal/panel";
import { enableSearch } from "portal/search";
import { closePanel, closeTopPanel, enablePanel, isNarrow, isOpen, openPanel } from "portal/sheet";
import { readState, writeState } from "portal/state";
import { outline } from "portal/selection";
import { date } from "portal/format";
import { drawingOrder, filterOf, setOpacity } from "portal/style";
import { address, text } from "portal/texts";
import { dated, enableDate, setOn } from "portal/time";
import { createView, fetchLayers } from "portal/view";

const region = document.querySelector("#map-region");
const find = (selector) => region.querySelector(selector);
const WIDE = window.matchMedia("(min-width: 75rem)");

/** The map and its layers: which are drawn, how strongly, and what is left out of each. */
class Board {
  constructor(map, layers, state) {
    Object.assign(this, { map, layers, on: null, sel: null, listeners: [], hidden: new Map(), today: region.dataset.today });
    this.setOn(state.on);
    this.fragments = drawingOrder(layers.values());
    this.defaults = new Map([...layers.values()].filter((layer) => layer.visible).map((layer) => [layer.id, 1]));
    const wanted = [...(state.layers ?? this.defaults)].filter(([id]) => layers.has(id) && !layers.get(id).away);
    this.shown = new Map();
    this.faded = new Map(wanted);
    wanted.forEach(([id]) => this.show(id, true));
  }

  isShown(id) { return this.shown.has(id); }
  opacityOf(id) { return this.shown.get(id) ?? this.faded.get(id) ?? 1; }
  changed() { this.listeners.forEach((listener) => listener()); }

  ensureSource(id) {
    if (!this.map.getSource(id)) this.map.addSource(id, { type: "vector", url: this.layers.get(id).tilejson });
  }

  show(id, on) {
    this.ensureSource(id);
    this.fragments.forEach((fragment, at) => {
      if (fragment.source !== id) return;
      if (!this.map.getLayer(fragment.id) && on) { this.map.addLayer(fragment, this.nextDrawn(at)); this.filter(fragment); }
      else if (this.map.getLayer(fragment.id)) this.map.setLayoutProperty(fragment.id, "visibility", on ? "visible" : "none");
    });
    const opacity = this.opacityOf(id);
    if (on) this.shown.set(id, opacity);
    else { this.shown.delete(id); this.faded.set(id, opacity); }
    if (on && opacity !== 1) this.setOpacity(id, opacity);
    this.changed();
  }

  nextDrawn(at) {
    const after = this.fragments.slice(at + 1).find((fragment) => this.map.getLayer(fragment.id));
    return after?.id ?? (this.map.getLayer("selected-0") ? "selected-0" : undefined);
  }

  setOpacity(id, opacity) {
    this.shown.set(id, opacity);
    this.drawn(id).forEach((fragment) => setOpacity(this.map, fragment, opacity));
    this.changed();
  }

  hide(id, values) {
    this.hidden.set(id, values);
    this.drawn(id).forEach((fragment) => this.filter(fragment));
  }

  filter(fragment) {
    const id = fragment.source;
    this.map.setFilter(fragment.id, filterOf(fragment, this.layers.get(id), this.on ?? this.today, this.hidden.get(id)));
  }

  /** Draw what was in force on a day; null is today. */
  setOn(day) {
    this.on = day === this.today ? null : day;
    setOn(this.on);
    for (const { id, dated: changes } of this.layers.values()) if (changes) (this.fragments ? this.drawn(id) : []).forEach((fragment) => this.filter(fragment));
    this.changed();
  }

  drawn(id) { return this.fragments.filter((fragment) => fragment.source === id && this.map.getLayer(fragment.id)); }

  /** The values of the legend's property that are in view. */
  valuesInView(layer) {
    const drawn = this.drawn(layer.id).map((fragment) => fragment.id);
    return new Set(this.map.queryRenderedFeatures({ layers: drawn }).map((feature) => String(feature.properties[layer.legend_property])));
  }

  /** The layers as the address bar names them, null when they are the usual ones. */
  layersInAddress() {
    const usual = this.shown.size === this.defaults.size && [...this.shown].every(([id, opacity]) => opacity === this.defaults.get(id));
    return usual ? null : this.shown;
  }

  state() {
    const { lng, lat } = this.map.getCenter();
    return { z: this.map.getZoom(), lon: lng, lat, layers: this.layersInAddress(), on: this.on, sel: this.sel };
  }
}

function createMap(state) {
  const [lon, lat, zoom] = region.dataset.start.split(",").map(Number);
  return createView("map", region.dataset, { center: [state.lon ?? lon, state.lat ?? lat], zoom: state.z ?? zoom });
}

function wirePanels(board, rows, list) {
  const [layersPanel, listPanel, keepPanel] = [find("#layers-panel"), find("#list-panel"), find("#keep-panel")];
  const opener = find("[aria-controls=keep-panel]");
  const showKeeper = buildKeeper(keepPanel, board.map, board.layers, { opener, offline: isKept });
  for (const panel of region.querySelectorAll(".panel")) enablePanel(panel);
  const toggle = (panel, fill) => (event) => {
    if (isOpen(panel)) return closePanel(panel);
    openPanel(panel, { opener: event?.currentTarget });
    return fill();
  };
  const keys = { l: toggle(layersPanel, rows.render), k: toggle(listPanel, list.refresh), "?": () => find("#shortcuts").showModal() };
  find("[aria-controls=layers-panel]").addEventListener("click", keys.l);
  find("[aria-controls=list-panel]").addEventListener("click", keys.k);
  opener.addEventListener("click", toggle(keepPanel, showKeeper));
  region.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && closeTopPanel()) return event.preventDefault();
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (event.key === "/") { event.preventDefault(); document.querySelector("#q").focus(); }
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
    return undefined;
  });
  if (WIDE.matches) { openPanel(layersPanel, { focus: false }); rows.render(); }
}

function wireAddress(board, inspector) {
  const save = () => writeState(board.state());
  board.map.on("moveend", save);
  board.listeners.push(save);
  window.addEventListener("popstate", () => {
    const { sel, layers, on } = readState();
    if (on !== board.on) board.setOn(on);
    const wanted = new Map(layers ?? board.defaults);
    for (const id of board.layers.keys()) if (board.isShown(id) !== wanted.has(id)) board.show(id, wanted.has(id));
    inspector.follow(sel);
    save();
  });
}

function wireDate(board, inspector) {
  const words = (day) => text(day > board.today ? "map-of-future" : "map-of", { day: date(day) });
  const choose = (day) => {
    board.setOn(day);
    announce(board.on ? words(board.on) : text("map-of-today"));
    if (board.sel) inspector.select(board.sel, { push: false, focus: false });
  };
  const show = enableDate(find("#map-date"), find("#date-note"), { today: board.today, choose, words });
  board.listeners.push(() => show(board.on));
  show(board.on);
}

function wireSearch(board, inspector) {
  const near = () => { const { lng, lat } = board.map.getCenter(); return `${lng.toFixed(5)},${lat.toFixed(5)}`; };
  const choose = (hit) => {
    if (hit.lon === null || hit.lon === undefined) { location.href = dated(address(hit.url)); return; }
    board.map.jumpTo({ center: [hit.lon, hit.lat], zoom: Math.max(board.map.getZoom(), hit.layer === "wards" ? 13 : 16.5) });
    const known = board.layers.has(hit.layer);
    inspector.select(known ? `${hit.layer}/${hit.code}` : `point/${hit.lon},${hit.lat}`, { hint: { hit } });
  };
  for (const form of document.querySelectorAll("[data-search]")) enableSearch(form, { choose, near, on: () => board.on });
}

/** Without a connection: the layers of the kept areas, their frames, and no date but today. */
async function readOffline(state) {
  const areas = await keptAreas();
  const [area] = areas;
  if (!area) throw new Error("no area is kept");
  // The worker answers these from the area, whatever the line does meanwhile: what is shown belongs together.
  const layers = await fetchLayers("/tiles/layers.json?kept");
  for (const layer of layers.values()) {
    layer.away = !area.layers[layer.id];
    layer.visible &&= !layer.away;
    layer.tilejson += "?kept";
  }
  const [west, south, east, north] = area.bbox;
  return { layers, areas, state: { ...state, on: null, lon: state.lon ?? (west + east) / 2, lat: state.lat ?? (south + north) / 2 } };
}

async function start() {
  const asked = readState();
  const keeping = location.hash === "#keep";
  const kept = isKept ? await readOffline(asked) : null;
  const state = kept?.state ?? asked;
  const map = createMap(state);
  const layers = kept?.layers ?? (await fetchLayers());
  if (!isKept) watchLoading(map, layers, find("#notices"));
  if (!map.isStyleLoaded()) await map.once("load");
  drawFrames(map, kept?.areas ?? []);
  const board = new Board(map, layers, state);
  const inspector = createInspector(find("#info-panel"), board, ({ push }) => writeState(board.state(), { push }));
  const choose = (feature) => inspector.select(feature.sel, { hint: feature, fly: true });
  const list = buildList(find("#list-panel"), { map, find: (most) => featuresInView(map, layers, most), choose, preview: (feature) => outline(map, feature.layer, feature.code) });
  const rows = buildLayerPanel(find("#layers-panel"), board);
  wirePanels(board, rows, list);
  wireAddress(board, inspector);
  wireDate(board, inspector);
  wireSearch(board, inspector);
  writeState({ ...board.state(), sel: state.sel });
  if (state.sel) inspector.select(state.sel, { push: false, fly: state.z === null, focus: false });
  if (keeping) find("[aria-controls=keep-panel]").click();
  map.on("idle", () => {
    document.body.dataset.ready = "";
    find("#map-status").hidden = true;
    if (!find("#layers-panel").hidden) rows.refresh();
    list.refresh();
  });
  map.on("moveend", (event) => { if (event.originalEvent) map.once("idle", list.describe); });
}

start().catch((error) => {
  console.error(error);
  const status = find("#map-status");
  status.hidden = false;
  const said = text(isKept ? "map-offline" : "map-failed");
  status.querySelector("p").textContent = said;
  status.querySelector("button").hidden = false;
  announce(said);
  document.body.dataset.failed = "";
});
find("#map-status button").addEventListener("click", () => location.reload());
