/** The panel that keeps the area in view: what it weighs, progress, stop; and what is kept, to delete. */

import { announce } from "portal/announce";
import { areaRow } from "portal/area-row";
import { ask, canKeep, keepArea, keptAreas, MOST_BYTES } from "portal/areas";
import { featuresInView, titleOf } from "portal/features";
import { megabytes } from "portal/format";
import { isOpen } from "portal/sheet";
import { language, text } from "portal/texts";

const PAUSE_MS = 400;

/** Fill the panel; returns what is to be called when it opens. `layers` are those of the map. */
export function buildKeeper(panel, map, layers, { opener, offline }) {
  const find = (selector) => panel.querySelector(selector);
  const [offer, keep, stop, bar, rows] = ["[data-offer]", "[data-keep]", "[data-stop]", "[data-progress]", "[data-areas]"].map(find);
  // The ground and the places: what a visitor finds the way with.
  const wanted = [...layers.values()].filter((layer) => layer.visible && ["base", "tourism"].includes(layer.group)).map((layer) => layer.id);
  let asked = null;
  let running = null;
  let turn = 0;
  opener.hidden = !canKeep();

  const say = (words) => { offer.textContent = words; };

  async function showAreas() {
    rows.replaceChildren(...(await keptAreas()).map((area) => areaRow(area, showAreas)));
  }

  /** Ask what the area in view weighs. */
  async function weigh() {
    if (running || !isOpen(panel)) return;
    keep.disabled = true;
    if (offline) { say(text("keep-offline")); return; }
    const mine = ++turn;
    const bounds = map.getBounds();
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const found = await ask(box, wanted).catch(() => undefined);
    if (mine !== turn || running) return;
    asked = found;
    if (found === undefined) say(text("unreachable-next"));
    else if (!found || found.bytes > MOST_BYTES) say(text("keep-too-large", { size: found ? megabytes(found.bytes) : "–", most: megabytes(MOST_BYTES) }));
    else {
      say(text("keep-size", { size: megabytes(found.bytes), most: megabytes(MOST_BYTES) }));
      keep.disabled = false;
    }
  }

  // What is kept names it: a visitor knows streets and places, not the codes of zones.
  const ofWanted = new Map(wanted.map((id) => [id, layers.get(id)]));
  const nameInView = () => [...new Set(featuresInView(map, ofWanted, 6).map((feature) => titleOf(feature, language)))].slice(0, 2).join(", ") || text("map-title");

  async function run() {
    running = new AbortController();
    keep.disabled = true;
    bar.hidden = stop.hidden = false;
    let said = "keep-stopped";
    try {
      navigator.storage?.persist?.();
      const progress = (done, total) => { bar.value = done / total; };
      await keepArea(asked, { name: nameInView(), progress, signal: running.signal });
      said = "keep-done";
    } catch (error) {
      if (error.name === "QuotaExceededError") said = "keep-full";
      else if (error.name !== "AbortError") said = "keep-failed";
    }
    running = null;
    bar.hidden = stop.hidden = true;
    keep.disabled = said === "keep-done";
    say(text(said));
    announce(text(said));
    await showAreas();
  }

  keep.addEventListener("click", run);
  stop.addEventListener("click", () => running?.abort());
  let timer = 0;
  map.on("moveend", () => { clearTimeout(timer); timer = setTimeout(weigh, PAUSE_MS); });
  return () => Promise.all([weigh(), showAreas()]);
}

/** Draw the edges of the kept areas: beyond them there is nothing to see without a connection. */
export function drawFrames(map, areas) {
  if (!areas.length) return;
  const ring = ({ bbox: [west, south, east, north] }) => [[west, south], [east, south], [east, north], [west, north], [west, south]];
  const features = areas.map((area) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring(area) } }));
  map.addSource("kept-areas", { type: "geojson", data: { type: "FeatureCollection", features } });
  map.addLayer({ id: "kept-areas", type: "line", source: "kept-areas", paint: { "line-color": "#0b6650", "line-width": 3, "line-dasharray": [2, 2] } });
}
