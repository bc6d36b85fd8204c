/** What lies under a point and what is in view, by the layers that are drawn. */

const RANK = { point: 0, line: 1, polygon: 2 };

function unique(features, layers) {
  const seen = new Map();
  for (const feature of features) {
    const layer = layers.get(feature.source);
    const code = feature.properties.code;
    const sel = `${feature.source}/${code}`;
    if (layer && code !== undefined && !seen.has(sel)) seen.set(sel, { sel, code: String(code), layer, properties: feature.properties, geometry: feature.geometry });
  }
  return [...seen.values()];
}

/** Return what lies within a finger's width of `point`: points first, then lines, then surfaces, the topmost first. */
export function featuresAt(map, point, layers) {
  const reach = 6;
  const near = map.queryRenderedFeatures([[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]]);
  const below = new Set(map.queryRenderedFeatures(point).map((feature) => `${feature.source}/${feature.properties.code}`));
  const touches = (found) => found.layer.kind !== "polygon" || below.has(found.sel);
  return unique(near, layers).filter(touches).sort((a, b) => RANK[a.layer.kind] - RANK[b.layer.kind] || b.layer.order - a.layer.order);
}

/** Return what in view has a name, nearest to the middle first. */
export function featuresInView(map, layers, limit) {
  return nearestFirst(map, unique(map.queryRenderedFeatures(), layers).filter((found) => found.properties.name)).slice(0, limit);
}

/** Sort features by how far they are from the middle of the map. */
export function nearestFirst(map, found) {
  const { lng, lat } = map.getCenter();
  const away = ({ geometry }) => {
    const [lon, latitude] = firstPoint(geometry);
    return (lon - lng) ** 2 + (latitude - lat) ** 2;
  };
  return found.map((one) => [away(one), one]).sort(([a], [b]) => a - b).map(([, one]) => one);
}

/** Return one coordinate of a GeoJSON geometry. */
export function firstPoint(geometry) {
  let coordinates = geometry.coordinates;
  while (Array.isArray(coordinates[0])) coordinates = coordinates[0];
  return coordinates;
}

/** Return the name to show for a feature. */
export function titleOf({ properties, code }, language) {
  return (language === "en" && properties.name_en) || properties.name || code;
}
