/** Tap → what is here. The selection is part of the address: sel=layer/code or sel=point/lon,lat. */

import { announce } from "portal/announce";
import { failureCard, findCard, get } from "portal/answers";
import { featureCard, hitCard, parcelCard, pointCard } from "portal/cards";
import { el } from "portal/dom";
import { featuresAt, firstPoint, titleOf } from "portal/features";
import { switchOffLinks } from "portal/kept";
import { clearOutline, outline } from "portal/selection";
import { closePanel, isNarrow, isOpen, openPanel } from "portal/sheet";
import { label, language, text } from "portal/texts";

const LONG_PRESS_MS = 550;
const PARCELS = "parcels";

/** Make the information panel work; `board` is the map with its layers, `save` writes the address bar. */
export function createInspector(panel, board, save) {
  const { map, layers } = board;
  const heading = panel.querySelector("h2");
  const body = panel.querySelector("[data-body]");
  let turn = 0;

  function fill({ title, nodes }) {
    heading.textContent = title;
    body.replaceChildren(...nodes.flat().filter(Boolean));
    body.removeAttribute("aria-busy");
    switchOffLinks(body);
    announce(title);
  }

  async function load(sel, hint) {
    const [layerId, code] = [sel.slice(0, sel.indexOf("/")), sel.slice(sel.indexOf("/") + 1)];
    const path = encodeURIComponent(code);
    if (layerId === "point") return loadPoint(code);
    if (hint?.extract) return { card: parcelCard(hint.extract, layers), at: null };
    if (layerId === PARCELS) {
      const extract = await get(`parcels/${path}?lang=${language}${board.on ? `&on=${board.on}` : ""}`);
      return { card: parcelCard(extract, layers), at: extract.geometry && middle(extract.geometry) };
    }
    const told = await findCard(layerId, code, layers);
    if (told) return told;
    if (!layers.has(layerId)) throw Object.assign(new Error(sel), { status: 404 });
    const feature = hint?.layer ? hint : await findLoaded(layers.get(layerId), code);
    if (!feature.properties && hint?.hit) return { card: hitCard(hint.hit), at: null };
    if (!feature.properties) throw Object.assign(new Error(sel), { status: 404 });
    return { card: featureCard(feature), at: feature.geometry && firstPoint(feature.geometry) };
  }

  async function loadPoint(code) {
    const [lon, lat] = code.split(",").map(Number);
    const answer = await get(`search?q=${encodeURIComponent(`${lat},${lon}`)}&lang=${language}`).catch(() => null);
    const found = answer?.results.find((hit) => hit.kind === "coordinate");
    // The search knows coordinates of the city only.
    return { card: pointCard({ lon, lat }, { vn2000: found?.subtitle, outside: answer && !found }), at: null };
  }

  async function findLoaded(layer, code) {
    if (!map.areTilesLoaded()) await map.once("idle");
    const filter = ["==", ["to-string", ["get", "code"]], code];
    const [feature] = map.querySourceFeatures(layer.id, { sourceLayer: layer.id, filter });
    return { layer, code, properties: feature?.properties, geometry: feature?.geometry };
  }

  /** Show what `sel` names. `hint` is what is known already, `others` what lies there besides, `fly` moves the map to it. */
  async function select(sel, { push = true, hint = null, others = [], spot = null, fly = false, focus = true } = {}) {
    const mine = ++turn;
    const layer = layers.get(sel.slice(0, sel.indexOf("/")));
    board.sel = sel;
    save({ push });
    if (layer) { board.ensureSource(layer.id); outline(map, layer, sel.slice(layer.id.length + 1)); } else clearOutline(map);
    heading.textContent = hint?.hit?.title ?? text("loading");
    body.setAttribute("aria-busy", "true");
    body.replaceChildren(el("p", { class: "muted" }, text("loading")));
    openPanel(panel, { focus, onClose: cleared });
    keepInSight(spot);
    try {
      const { card, at } = await load(sel, hint);
      if (mine !== turn) return;
      fill({ ...card, nodes: [...card.nodes, alsoHere(others)] });
      if (fly && at) map.easeTo({ center: at, zoom: Math.max(map.getZoom(), layer ? layer.zooms[0] + 2 : 15), duration: 600 });
    } catch (error) {
      if (mine === turn) fill(failure(sel, error));
    }
  }

  // A bottom sheet must not cover what it is about.
  function keepInSight(spot) {
    const free = map.getContainer().clientHeight * 0.4;
    if (spot && isNarrow() && spot.y > free) map.panBy([0, spot.y - free / 2]);
  }

  function failure(sel, error) {
    if (error.status === 410 && error.problem?.successors) return gone(error.problem);
    return failureCard(error, () => select(sel, { push: false }));
  }

  // A parcel that was split: what became of it, each part to open.
  function gone({ title, successors }) {
    const lines = successors.map(({ code }) => el("li", {}, el("button", { type: "button", click: () => select(`${PARCELS}/${code}`, { fly: true }) }, code)));
    return { title: text("gone"), nodes: [el("p", { class: "answer" }, title), el("ul", { class: "choices" }, lines)] };
  }

  function alsoHere(others) {
    if (!others.length) return null;
    const lines = others.map((feature) => el("li", {}, el("button", { type: "button", click: () => select(feature.sel, { hint: feature }) },
      el("span", {}, titleOf(feature, language)), el("small", {}, label(feature.layer.title)))));
    return el("section", {}, el("h3", {}, text("also-here")), el("ul", { class: "choices" }, lines));
  }

  function cleared() {
    turn += 1;
    clearOutline(map);
    board.sel = null;
    save({ push: false });
  }

  async function inspect(event) {
    const { lng, lat } = event.lngLat;
    const found = featuresAt(map, event.point, layers);
    const others = (chosen) => found.filter((feature) => feature.sel !== chosen && (feature.properties.name || feature.layer.url)).slice(0, 6);
    const [top] = found;
    const parcels = layers.get(PARCELS);
    if (top?.layer.kind !== "point" && parcels && !parcels.away && map.getZoom() >= parcels.zooms[0]) {
      const query = `extract?point=${lng.toFixed(7)},${lat.toFixed(7)}&lang=${language}${board.on ? `&on=${board.on}` : ""}`;
      const extract = await get(query).catch(() => null);
      if (extract) return select(`${PARCELS}/${extract.code}`, { spot: event.point, hint: { extract }, others: others(`${PARCELS}/${extract.code}`) });
    }
    if (top) return select(top.sel, { spot: event.point, hint: top, others: others(top.sel) });
    return selectPoint(event);
  }

  const selectPoint = ({ lngLat, point }) => select(`point/${lngLat.lng.toFixed(6)},${lngLat.lat.toFixed(6)}`, { spot: point });

  map.on("click", inspect);
  map.on("contextmenu", (event) => { event.preventDefault(); selectPoint(event); });
  onLongPress(map, selectPoint);

  return {
    select,
    /** Follow the address bar after Back or Forward. */
    follow(sel) {
      if (sel === board.sel) return;
      if (sel) select(sel, { push: false });
      else if (isOpen(panel)) closePanel(panel);
    },
  };
}

function middle(geometry) {
  const ring = (geometry.type === "MultiPolygon" ? geometry.coordinates[0] : geometry.coordinates)[0];
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

function onLongPress(map, act) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  map.on("touchstart", (event) => {
    stop();
    if (event.points.length === 1) timer = setTimeout(() => act(event), LONG_PRESS_MS);
  });
  for (const name of ["touchend", "touchcancel", "movestart"]) map.on(name, stop);
}
