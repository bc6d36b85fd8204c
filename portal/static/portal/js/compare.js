/** Two maps of two dates that move as one; a slider says where one ends and the other begins. */

import { AttributionControl, Map as MapView, NavigationControl, setWorkerUrl } from "maplibre-gl";
import { date } from "portal/format";
import { serveIcons } from "portal/icons";
import { requestOf } from "portal/loading";
import { readState } from "portal/state";
import { drawingOrder, emptyStyle, filterOf } from "portal/style";
import { text } from "portal/texts";

const region = document.querySelector("#compare");
const { before, after, layer: chosen } = region.dataset;

function createMap(name, day, view) {
  const map = new MapView({
    container: region.querySelector(`[data-map=${name}]`),
    style: emptyStyle(new URL(region.dataset.fonts, location.href).href),
    ...view,
    minZoom: 9, maxZoom: 20, maxPitch: 0, dragRotate: false,
    attributionControl: false,
    locale: { "Map.Title": `${text("map-title")}, ${date(day)}`, "NavigationControl.ZoomIn": text("zoom-in-button"), "NavigationControl.ZoomOut": text("zoom-out-button"), "AttributionControl.ToggleAttribution": text("attribution") },
    transformRequest: requestOf,
  });
  map.touchZoomRotate.disableRotation();
  serveIcons(map, region.dataset.icons);
  return map;
}

/** Draw the ground and the chosen layer as they were in force on `day`. */
function draw(map, layers, day) {
  const shown = [...layers.values()].filter((layer) => layer.id === chosen || (layer.visible && layer.group === "base"));
  for (const layer of shown) map.addSource(layer.id, { type: "vector", url: layer.tilejson });
  for (const fragment of drawingOrder(shown)) {
    map.addLayer(fragment);
    map.setFilter(fragment.id, filterOf(fragment, layers.get(fragment.source), day));
  }
}

/** Let each map follow the other; the address keeps the view. */
function moveAsOne(maps) {
  let following = false;
  for (const map of maps) {
    map.on("move", () => {
      if (following) return;
      following = true;
      const view = { center: map.getCenter(), zoom: map.getZoom() };
      maps.filter((other) => other !== map).forEach((other) => other.jumpTo(view));
      following = false;
    });
  }
  maps[0].on("moveend", () => {
    const query = new URLSearchParams(location.search);
    const { lng, lat } = maps[0].getCenter();
    for (const [name, value] of [["z", maps[0].getZoom().toFixed(2)], ["lon", lng.toFixed(5)], ["lat", lat.toFixed(5)]]) query.set(name, value);
    history.replaceState(null, "", `?${query}`);
    for (const link of document.querySelectorAll("[data-language]")) link.search = `?${query}`;
  });
}

function slide() {
  const slider = region.querySelector("#cut");
  const show = () => {
    region.style.setProperty("--cut", `${slider.value}%`);
    slider.setAttribute("aria-valuetext", `${slider.value} %`);
  };
  slider.addEventListener("input", show);
  show();
}

async function start() {
  region.hidden = false;
  slide();
  setWorkerUrl(new URL(region.dataset.worker, location.href).href);
  const [lon, lat, zoom] = region.dataset.start.split(",").map(Number);
  const state = readState();
  const view = { center: [state.lon ?? lon, state.lat ?? lat], zoom: state.z ?? zoom };
  const maps = [createMap("before", before, view), createMap("after", after, view)];
  maps[0].addControl(new AttributionControl({ compact: true }), "bottom-left");
  maps[1].addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  moveAsOne(maps);
  const response = await fetch("/tiles/layers.json");
  if (!response.ok) throw new Error(`layers.json: ${response.status}`);
  const layers = new Map((await response.json()).layers.map((layer) => [layer.id, layer]));
  await Promise.all(maps.map((map) => map.isStyleLoaded() || map.once("load")));
  draw(maps[0], layers, before);
  draw(maps[1], layers, after);
  await Promise.all(maps.map((map) => map.once("idle")));
  document.body.dataset.ready = "";
}

start().catch((error) => {
  console.error(error);
  region.querySelector("[data-failed]").hidden = false;
});
