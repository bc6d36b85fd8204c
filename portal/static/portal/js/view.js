/** A map as all our maps are: flat, north up, its controls where people look for them. */

import { AttributionControl, GeolocateControl, Map as MapView, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { serveIcons } from "portal/icons";
import { requestOf } from "portal/loading";
import { emptyStyle } from "portal/style";
import { text } from "portal/texts";

const WORDS = { "Map.Title": "map-title", "NavigationControl.ZoomIn": "zoom-in-button", "NavigationControl.ZoomOut": "zoom-out-button", "GeolocateControl.FindMyLocation": "locate", "GeolocateControl.LocationNotAvailable": "locate-missing", "AttributionControl.ToggleAttribution": "attribution" };

/** Make the map of a region of the page, which names worker, fonts and icons, at [lon, lat] and a zoom. */
export function createView(container, { worker, fonts, icons }, { center, zoom }) {
  setWorkerUrl(new URL(worker, location.href).href);
  const map = new MapView({
    container,
    style: emptyStyle(new URL(fonts, location.href).href),
    center, zoom,
    minZoom: 9, maxZoom: 20, maxPitch: 0, dragRotate: false,
    attributionControl: false,
    locale: Object.fromEntries(Object.entries(WORDS).map(([name, key]) => [name, text(key)])),
    transformRequest: requestOf,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new GeolocateControl({ positionOptions: { enableHighAccuracy: true }, fitBoundsOptions: { maxZoom: 17 } }), "bottom-right");
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  map.addControl(new AttributionControl({ compact: true }), "bottom-left");
  map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
  serveIcons(map, icons);
  return map;
}

/** Fetch what layers there are, by id. */
export async function fetchLayers(address = "/tiles/layers.json") {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`layers.json: ${response.status}`);
  const { layers } = await response.json();
  return new Map(layers.map((layer) => [layer.id, layer]));
}
