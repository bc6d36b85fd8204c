/** The line of a kept area: since when it is kept, the way to its map, and buttons that update and delete it. */

import { deleteArea, partOf, updateArea } from "portal/areas";
import { el } from "portal/dom";
import { megabytes, moment, number } from "portal/format";
import { address, text } from "portal/texts";

// What was said last, of which area: its line is made anew meanwhile.
let said = { id: "", words: "" };

function mapOf({ bbox: [west, south, east, north] }) {
  const zoom = Math.min(17, Math.max(10, Math.log2(360 / Math.max(east - west, north - south))));
  return address(`/?z=${zoom.toFixed(2)}&lon=${((west + east) / 2).toFixed(5)}&lat=${((south + north) / 2).toFixed(5)}`);
}

async function wordsOf(error, area) {
  const when = moment(area.made);
  if (error.name === "AbortError") return text("area-stopped", { when });
  if (error.name === "QuotaExceededError") return text("area-full", { when });
  return text("area-not-updated", { when, part: await partOf(error.address ?? "/tiles/area.json", area) });
}

/** Make the line of a kept area; `changed` is called when it was updated or deleted. */
export function areaRow(area, changed) {
  const status = el("p", { role: "status" });
  const bar = el("progress", { max: 1, value: 0, "aria-label": `${text("area-update")}: ${area.name}`, hidden: true });
  const button = (key, click) => el("button", { type: "button", class: "button", "aria-label": `${text(key)}: ${area.name}`, click }, text(key));
  let running = null;

  async function run() {
    running = new AbortController();
    [update.hidden, stop.hidden, bar.hidden, remove.disabled] = [true, false, false, true];
    stop.focus();
    status.textContent = "";
    try {
      const made = await updateArea(area, { progress: (done, total) => { bar.value = done / total; }, signal: running.signal });
      said = { id: made.id, words: text("area-updated", { size: megabytes(made.fetched) }) };
      await changed();
    } catch (error) {
      [update.hidden, stop.hidden, bar.hidden, remove.disabled] = [false, true, true, false];
      update.focus();
      status.textContent = await wordsOf(error, area);
    }
  }

  const update = button("area-update", run);
  const stop = button("area-stop", () => running.abort());
  const remove = button("area-delete", async () => { await deleteArea(area); await changed(); });
  stop.hidden = true;
  if (said.id === area.id) {
    const { words } = said;
    said = { id: "", words: "" };
    // When the line stands on the page: only then is it read out.
    setTimeout(() => { update.focus(); status.textContent = words; });
  }
  return el("li", {}, el("strong", {}, area.name),
    el("p", { class: "muted" }, text("area-about", { size: megabytes(area.bytes), places: number(area.count), when: moment(area.made) })),
    bar, status,
    el("p", { class: "actions" }, el("a", { class: "button", href: mapOf(area) }, text("map-title")), update, stop, remove));
}
