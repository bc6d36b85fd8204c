/** How found places are drawn: each with the icon of its kind, a ring of its group and the sign of its hours; near ones together. */

import { addSign } from "portal/icons";
import { drawingOrder } from "portal/style";

/** From this zoom on, every place stands alone. */
export const CLOSE = 16;
export const TOGETHER = "together";
const ALONE = ["!", ["has", "point_count"]];
const GROUPED = ["has", "point_count"];

/** The layers of places, the topmost first. */
export const drawn = ["state", "kind", "alone", TOGETHER];

/** The layers of a source of tiles that is drawn as it declares; none when there is no such layer. */
export const layersOf = (layer) => (layer ? drawingOrder([layer]).map(({ id }) => id) : []);

/** Draw the places; the legend of the page has the signs of their states. */
export async function drawPlaces(map, data, layer, page) {
  const signs = [...page.querySelectorAll("[data-state]")];
  await Promise.all(signs.map((sign) => addSign(map, `state-${sign.dataset.state}`, sign.querySelector("svg"))));
  const colour = ["match", ["get", layer.legend_property], ...layer.legend.flatMap((entry) => [entry.match, entry.colour]), "#555555"];
  const { layout, paint } = layer.style.find(({ type }) => type === "symbol");
  const source = layer.id;
  map.addSource(source, {
    type: "geojson", data, cluster: true, clusterRadius: 44, clusterMaxZoom: CLOSE - 1,
    clusterProperties: { open: ["+", ["case", ["==", ["get", "state"], "open"], 1, 0]] },
  });
  map.addLayer({ id: TOGETHER, type: "circle", source, filter: GROUPED,
    paint: { "circle-color": "#0c6b52", "circle-opacity": 0.9, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2, "circle-radius": ["step", ["get", "point_count"], 15, 10, 18, 100, 23, 1000, 28] } });
  map.addLayer({ id: "number", type: "symbol", source, filter: GROUPED,
    layout: { "text-field": ["to-string", ["get", "point_count"]], "text-font": ["Be Vietnam Pro SemiBold"], "text-size": 13, "text-allow-overlap": true }, paint: { "text-color": "#ffffff" } });
  map.addLayer({ id: "alone", type: "circle", source, filter: ALONE,
    paint: { "circle-color": "#ffffff", "circle-radius": 11, "circle-stroke-width": 2.5, "circle-stroke-color": colour } });
  map.addLayer({ id: "kind", type: "symbol", source, filter: ALONE, layout: { ...layout, "icon-size": 0.8 }, paint });
  map.addLayer({ id: "state", type: "symbol", source, filter: ALONE,
    layout: { "icon-image": ["concat", "state-", ["get", "state"]], "icon-offset": [11, -11], "icon-allow-overlap": true, "icon-ignore-placement": true } });
}
