/** Outlining what is selected: a shape, not only a colour. */

const WIDE = "#ffffff";
const DARK = "#0b3b8c";

function outlines(kind) {
  if (kind === "point") {
    return [{ type: "circle", paint: { "circle-radius": 16, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": WIDE, "circle-stroke-width": 6 } },
      { type: "circle", paint: { "circle-radius": 16, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": DARK, "circle-stroke-width": 3 } }];
  }
  const layout = { "line-join": "round", "line-cap": "round" };
  return [{ type: "line", layout, paint: { "line-color": WIDE, "line-width": 7, "line-opacity": 0.9 } },
    { type: "line", layout, paint: { "line-color": DARK, "line-width": 3.5 } }];
}

/** Outline the feature `code` of a layer whose source is on the map. */
export function outline(map, layer, code) {
  clearOutline(map);
  outlines(layer.kind).forEach((style, n) =>
    map.addLayer({ id: `selected-${n}`, source: layer.id, "source-layer": layer.id, filter: ["==", ["to-string", ["get", "code"]], code], ...style }),
  );
}

/** Remove the outline. */
export function clearOutline(map) {
  for (const id of ["selected-0", "selected-1"]) if (map.getLayer(id)) map.removeLayer(id);
}
