/** The places found, on a map: near ones stand together as one circle with their number until one looks closer. */

import { AttributionControl, GeolocateControl, Map as MapView, Marker, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { eventCard, placeCard } from "portal/cards";
import { el } from "portal/dom";
import { serveIcons } from "portal/icons";
import { requestOf } from "portal/loading";
import { drawingOrder, emptyStyle, filterOf } from "portal/style";
import { language, text } from "portal/texts";

const region = document.querySelector("#place-map");
const card = region.querySelector("[data-card]");
const FOUND = "found";
const EVENTS = "events";
const CLOSE = 16;
const MANY = 1000;

function createMap() {
  setWorkerUrl(new URL(region.dataset.worker, location.href).href);
  const [lon, lat, zoom] = region.dataset.start.split(",").map(Number);
  const near = region.dataset.near?.split(",").map(Number);
  const map = new MapView({
    container: region.querySelector("[data-map]"),
    style: emptyStyle(new URL(region.dataset.fonts, location.href).href),
    center: near ?? [lon, lat], zoom: near ? 15.5 : zoom,
    minZoom: 9, maxZoom: 20, maxPitch: 0, dragRotate: false,
    attributionControl: false,
    locale: { "Map.Title": text("map-title"), "NavigationControl.ZoomIn": text("zoom-in-button"), "NavigationControl.ZoomOut": text("zoom-out-button"), "GeolocateControl.FindMyLocation": text("locate"), "GeolocateControl.LocationNotAvailable": text("locate-missing"), "AttributionControl.ToggleAttribution": text("attribution") },
    transformRequest: requestOf,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new GeolocateControl({ positionOptions: { enableHighAccuracy: true } }), "bottom-right");
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  map.addControl(new AttributionControl({ compact: true }), "bottom-left");
  map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
  serveIcons(map, region.dataset.icons);
  return map;
}

async function fetchJson(address) {
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

/** Draw the places as their layer declares them; together they are a circle with a number. */
function drawPlaces(map, places, layer) {
  map.addSource(FOUND, { type: "geojson", data: places, cluster: true, clusterRadius: 44, clusterMaxZoom: CLOSE - 1 });
  map.addLayer({ id: "together", type: "circle", source: FOUND, filter: ["has", "point_count"],
    paint: { "circle-color": "#0c6b52", "circle-opacity": 0.9, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2, "circle-radius": ["step", ["get", "point_count"], 15, 10, 18, 100, 23, 1000, 28] } });
  map.addLayer({ id: "number", type: "symbol", source: FOUND, filter: ["has", "point_count"],
    layout: { "text-field": ["to-string", ["get", "point_count"]], "text-font": ["Be Vietnam Pro SemiBold"], "text-size": 13, "text-allow-overlap": true }, paint: { "text-color": "#ffffff" } });
  map.addLayer({ id: "alone", type: "circle", source: FOUND, maxzoom: CLOSE, filter: ["!", ["has", "point_count"]],
    paint: { ...layer.style[0].paint, "circle-radius": 8, "circle-stroke-width": 2, "circle-stroke-color": "#ffffff" } });
  layer.style.forEach((fragment, at) => map.addLayer({ minzoom: CLOSE, ...fragment, id: `place-${at}`, source: FOUND, filter: ["!", ["has", "point_count"]] }));
}

async function show(id, code, layer, describe) {
  const feature = await fetchJson(`/api/v1/${id}/${encodeURIComponent(code)}?lang=${language}`);
  const { title, nodes } = describe(feature, layer);
  card.replaceChildren(el("h2", {}, title), ...nodes.filter(Boolean));
  card.hidden = false;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function wire(map, layer, events) {
  const marks = events ? drawingOrder([events]).map(({ id }) => id) : [];
  const drawn = [...marks, "together", "alone", ...layer.style.map((_, at) => `place-${at}`)];
  map.on("click", async ({ point }) => {
    const reach = [[point.x - 8, point.y - 8], [point.x + 8, point.y + 8]];
    const [feature] = map.queryRenderedFeatures(reach, { layers: drawn });
    if (!feature) return;
    if (feature.source === EVENTS) { await show(EVENTS, feature.properties.code, events, eventCard); return; }
    if (!feature.properties.point_count) { await show("places", feature.properties.code, layer, placeCard); return; }
    const zoom = await map.getSource(FOUND).getClusterExpansionZoom(feature.properties.cluster_id);
    map.easeTo({ center: feature.geometry.coordinates, zoom, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  });
  map.on("mousemove", ({ point }) => { map.getCanvas().style.cursor = map.queryRenderedFeatures(point, { layers: drawn }).length ? "pointer" : ""; });
}

/** Look at what was found: around the reader, who is marked, or at all of it where it is not half the city. */
function look(map, places) {
  if (region.dataset.near) new Marker({ color: "#b3261e" }).setLngLat(region.dataset.near.split(",").map(Number)).addTo(map);
  if (region.dataset.near || !places.features.length || places.features.length > MANY) return;
  const [lons, lats] = [0, 1].map((axis) => places.features.map((feature) => feature.geometry.coordinates[axis]));
  map.fitBounds([[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]], { padding: 40, maxZoom: CLOSE, animate: false });
}

async function start() {
  region.hidden = false;
  const map = createMap();
  const [{ layers }, places] = await Promise.all([fetchJson("/tiles/layers.json"), fetchJson(region.dataset.places)]);
  const layer = layers.find(({ id }) => id === "places");
  if (!map.isStyleLoaded()) await map.once("load");
  const events = layers.find(({ id }) => id === EVENTS);
  draw(map, layers.filter((one) => one.visible && one.group === "base"));
  drawPlaces(map, places, layer);
  if (events) draw(map, [events]);
  wire(map, layer, events);
  look(map, places);
  await map.once("idle");
  document.body.dataset.ready = "";
}

start().catch((error) => {
  console.error(error);
  region.querySelector("[data-failed]").hidden = false;
});
