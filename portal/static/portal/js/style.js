/** From the declarations in layers.json to what MapLibre draws. */

import { inForce } from "portal/time";

const OPACITIES = {
  fill: ["fill-opacity"],
  line: ["line-opacity"],
  circle: ["circle-opacity", "circle-stroke-opacity"],
  symbol: ["icon-opacity", "text-opacity"],
};

const FACES = [
  ["vietnamese", ["U+0102-0103", "U+0110-0111", "U+0128-0129", "U+0168-0169", "U+01A0-01A1", "U+01AF-01B0", "U+0300-0301", "U+0303-0304", "U+0308-0309", "U+0323", "U+0329", "U+1EA0-1EF9", "U+20AB"]],
  ["latin", ["U+0000-00FF", "U+2000-206F", "U+2212"]],
];

/** Return an empty style: the ground, and the fonts that labels may use. */
export function emptyStyle(fonts) {
  const faces = (weight) => FACES.map(([subset, ranges]) => ({ url: `${fonts}be-vietnam-pro-${subset}-${weight}-normal.woff2`, "unicode-range": ranges }));
  return {
    version: 8,
    "font-faces": { "Be Vietnam Pro Regular": faces(400), "Be Vietnam Pro Medium": faces(500), "Be Vietnam Pro SemiBold": faces(600) },
    sources: {},
    layers: [{ id: "ground", type: "background", paint: { "background-color": "#f3f1ea" } }],
  };
}

/** Return every style layer of every layer in drawing order: surfaces by `order`, then labels above them all. */
export function drawingOrder(layers) {
  const sorted = [...layers].sort((a, b) => a.order - b.order);
  const fragments = sorted.flatMap((layer) =>
    layer.style.map((fragment, n) => ({
      minzoom: layer.zooms[0],
      ...fragment,
      id: `${layer.id}-${n}`,
      source: layer.id,
      "source-layer": layer.id,
    })),
  );
  const isLabel = (fragment) => fragment.type === "symbol";
  return [...fragments.filter((fragment) => !isLabel(fragment)), ...fragments.filter(isLabel)];
}

/** Multiply a paint value by `factor`; zoom curves must stay outermost, so their outputs are multiplied. */
export function scaled(value, factor) {
  if (value === undefined) return factor;
  if (typeof value === "number") return value * factor;
  if (Array.isArray(value) && value[0] === "interpolate") {
    return value.map((part, n) => (n > 3 && n % 2 === 0 ? scaled(part, factor) : part));
  }
  if (Array.isArray(value) && value[0] === "step") {
    return value.map((part, n) => (n >= 2 && n % 2 === 0 ? scaled(part, factor) : part));
  }
  return ["*", factor, value];
}

/** Draw the fragment at an opacity between 0 and 1. */
export function setOpacity(map, fragment, opacity) {
  for (const property of OPACITIES[fragment.type] ?? []) {
    map.setPaintProperty(fragment.id, property, scaled(fragment.paint?.[property], opacity));
  }
}

/** Return the filter of a fragment of `layer`: its own, what was in force on `day`, without the values `hidden`. */
export function filterOf(fragment, layer, day, hidden = new Set()) {
  const parts = fragment.filter ? [fragment.filter] : [];
  if (layer.dated) parts.push(inForce(day));
  if (hidden.size) parts.push(["!", ["in", ["to-string", ["get", layer.legend_property]], ["literal", [...hidden]]]]);
  return parts.length ? ["all", ...parts] : null;
}
