/** The layer panel: search, switch, opacity in the row, the legend below as a filter. */

import { announce } from "portal/announce";
import { el, swatch } from "portal/dom";
import { number } from "portal/format";
import { label, language, text } from "portal/texts";

const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

/** Fill `panel` with the rows of all layers; `board` draws them (map.js). */
export function buildLayerPanel(panel, board) {
  const list = panel.querySelector("[data-layers]");
  const search = panel.querySelector("[data-filter]");
  const rows = new Map();

  function render() {
    const byState = (a, b) => board.isShown(b.id) - board.isShown(a.id) || b.order - a.order;
    for (const layer of [...board.layers.values()].sort(byState)) {
      if (!rows.has(layer.id)) rows.set(layer.id, layerRow(layer, board));
      list.append(rows.get(layer.id).node);
      rows.get(layer.id).refresh();
    }
  }

  search.addEventListener("input", () => {
    const wanted = plain(search.value.trim());
    for (const [id, { node }] of rows) node.hidden = !plain(`${label(board.layers.get(id).title)} ${id}`).includes(wanted);
  });
  render();
  return { render, refresh: () => rows.forEach((row) => row.refresh()) };
}

function layerRow(layer, board) {
  const title = label(layer.title);
  const box = el("input", { type: "checkbox", change: () => {
    board.show(layer.id, box.checked);
    announce(text(box.checked ? "layer-on" : "layer-off", { layer: title }));
  } });
  const slider = el("input", { type: "range", min: 10, max: 100, step: 10, "aria-label": text("opacity", { layer: title }),
    input: () => board.setOpacity(layer.id, slider.valueAsNumber / 100) });
  const hint = el("p", { class: "small muted", hidden: true }, text("zoom-in", { layer: title }));
  const away = el("p", { class: "small muted", hidden: true }, text("layer-away"));
  const legend = legendOf(layer, board);
  const node = el("li", { class: "layer" }, el("div", { class: "layer-row" }, el("label", { class: "layer-title" }, box, el("span", {}, title)), slider), hint, away, legend.node);

  function refresh() {
    const shown = board.isShown(layer.id);
    box.checked = shown;
    box.disabled = Boolean(layer.away);
    slider.value = Math.round(board.opacityOf(layer.id) * 100);
    slider.hidden = legend.node.hidden = !shown;
    away.hidden = !layer.away;
    hint.hidden = !shown || board.map.getZoom() >= layer.zooms[0];
    if (shown) legend.refresh();
  }
  return { node, refresh };
}

function sourceLine(layer) {
  const updated = layer.updated ? ` · ${text("updated")} ${new Date(layer.updated).toLocaleDateString(language === "vi" ? "vi-VN" : "en-GB")}` : "";
  return `${layer.source}${updated}`;
}

function legendOf(layer, board) {
  const hidden = new Set();
  const counted = el("span", { class: "muted" });
  const all = el("input", { type: "checkbox", change: refresh });
  const lines = layer.legend.map((entry) => {
    const box = el("input", { type: "checkbox", checked: true, change: () => {
      if (box.checked) hidden.delete(entry.match);
      else hidden.add(entry.match);
      board.hide(layer.id, hidden);
    } });
    const code = entry.code ? el("span", { class: "code" }, entry.code) : null;
    return { entry, node: el("li", {}, el("label", {}, box, swatch(layer.kind, entry.colour), el("span", {}, label(entry.label)), code)) };
  });
  const list = el("ul", { class: "legend" }, lines.map(({ node }) => node));
  const source = el("p", { class: "small muted" }, sourceLine(layer));
  const node = lines.length
    ? el("details", { toggle: refresh }, el("summary", {}, text("legend"), " ", counted), el("label", { class: "small" }, all, text("legend-all")), list, source)
    : el("details", {}, el("summary", {}, text("about")), source);

  function refresh() {
    if (!lines.length) return;
    if (!node.open) {
      counted.textContent = `(${number(lines.length)})`;
      return;
    }
    const present = board.valuesInView(layer);
    let inView = 0;
    for (const line of lines) {
      const here = present.has(line.entry.match);
      inView += here;
      line.node.hidden = !(here || all.checked || hidden.has(line.entry.match));
    }
    counted.textContent = text("legend-in-view", { count: number(inView), total: number(lines.length) });
  }
  return { node, refresh };
}
