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

function draw(map, kind, drawn) {
  outlines(kind).forEach((style, n) => map.addLayer({ id: `selected-${n}`, ...drawn, ...style }));
}

/** Outline the feature `code` of a layer whose source is on the map. */
export function outline(map, layer, code) {
  clearOutline(map);
  draw(map, layer.kind, { source: layer.id, "source-layer": layer.id, filter: ["==", ["to-string", ["get", "code"]], code] });
}

/** Outline a point, whatever is drawn there. */
export function outlinePoint(map, coordinates) {
  clearOutline(map);
  const data = { type: "Feature", properties: {}, geometry: { type: "Point", coordinates } };
  if (map.getSource("selected")) map.getSource("selected").setData(data);
  else map.addSource("selected", { type: "geojson", data });
  draw(map, "point", { source: "selected" });
}

/** Remove the outline. */
export function clearOutline(map) {
  for (const id of ["selected-0", "selected-1"]) if (map.getLayer(id)) map.removeLayer(id);
}
