/** What a map loads: how it is asked for, and naming what is slow or has failed, with a way to try again. */

import { el } from "portal/dom";
import { label, text } from "portal/texts";

const PATIENCE_MS = 8000;
const REVISION = /\/tiles\/[a-z-]+\/(\d+)\//;

/** How a map asks for a thing of ours. A layer's description is never taken from the browser's cache without asking:
 * it names the tiles of the day, and those of yesterday may be gone. */
export function requestOf(url, kind) {
  // Tiles are asked for by a worker, which does not know the page's address.
  return { url: new URL(url, location.href).href, ...(kind === "Source" ? { cache: "no-cache" } : {}) };
}

/** Load a source and its tiles anew. It is taken out and put back: of one whose address only changes, MapLibre waits for ever for a tile that had failed. */
function loadAnew(map, id) {
  const { sources, layers } = map.getStyle();
  const own = layers.filter(({ source }) => source === id);
  for (const layer of own) map.removeLayer(layer.id);
  map.removeSource(id);
  map.addSource(id, sources[id]);
  // From the top down, so that what each was drawn below is there.
  for (const layer of own.reverse()) map.addLayer(layer, layers[layers.indexOf(layer) + 1]?.id);
}

/** Watch the sources of the map; notices appear in `place`. */
export function watchLoading(map, layers, place) {
  const waiting = new Map();
  const notices = new Map();
  // By layer, the revision whose tiles were gone when it was last asked for anew.
  const renewed = new Map();

  function dismiss(id) {
    notices.get(id)?.remove();
    notices.delete(id);
    clearTimeout(waiting.get(id));
    waiting.delete(id);
  }

  function retry(id) {
    dismiss(id);
    renewed.delete(id);
    if (map.getSource(id)) loadAnew(map, id);
  }

  /** Published anew while this page was open: the layer's description names the new revision, unless something between us kept the old one. */
  function renew(id, url) {
    const [, revision] = REVISION.exec(url);
    if (renewed.get(id) === revision) { notify(id, "failed"); return; }
    retry(id);
    renewed.set(id, revision);
  }

  function notify(id, key) {
    if (notices.has(id) || !layers.has(id)) return;
    const again = el("button", { type: "button", class: "button", click: () => retry(id) }, text("retry"));
    const notice = el("div", { class: "notice" }, el("p", {}, text(key, { layer: label(layers.get(id).title) })), again);
    notices.set(id, notice);
    place.append(notice);
  }

  map.on("sourcedataloading", ({ sourceId }) => {
    if (layers.has(sourceId) && !waiting.has(sourceId)) waiting.set(sourceId, setTimeout(() => notify(sourceId, "slow"), PATIENCE_MS));
  });
  map.on("sourcedata", ({ sourceId }) => {
    if (waiting.has(sourceId) && map.getSource(sourceId) && map.isSourceLoaded(sourceId)) dismiss(sourceId);
  });
  map.on("error", ({ error, sourceId }) => {
    if (error?.status === 410 && layers.has(sourceId)) renew(sourceId, error.url);
    else if (sourceId) notify(sourceId, "failed");
    else console.warn(error?.message ?? error);
  });
}
