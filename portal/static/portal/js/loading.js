/** Naming what is slow or has failed, with a way to try again. */

import { el } from "portal/dom";
import { label, text } from "portal/texts";

const PATIENCE_MS = 8000;

/** Watch the sources of the map; notices appear in `place`. */
export function watchLoading(map, layers, place) {
  const waiting = new Map();
  const notices = new Map();

  function dismiss(id) {
    notices.get(id)?.remove();
    notices.delete(id);
    clearTimeout(waiting.get(id));
    waiting.delete(id);
  }

  function retry(id) {
    dismiss(id);
    map.getSource(id)?.setUrl(layers.get(id).tilejson);
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
    // Published anew while this page was open: the layer's address names the new revision.
    if (error?.status === 410 && layers.has(sourceId)) retry(sourceId);
    else if (sourceId) notify(sourceId, "failed");
    else console.warn(error?.message ?? error);
  });
}
