/** What is open, from hours that were worked out ahead and kept: a moment beyond them is unknown, never guessed. */

import { cityDay, midnight } from "portal/format";

const DAY_MS = 864e5;
const NOTHING = { open: null, state: "unknown", closes: null, opens: null, appointment: null, today: null };
let answer = null;

async function read() {
  const kept = "caches" in window && (await caches.match("/api/v1/opening-hours", { cacheName: "pages" }));
  return kept ? kept.json() : { texts: {}, places: {} };
}

const holds = ([since, until], moment) => Date.parse(since) <= moment && moment < Date.parse(until);

/** Return a function that finds the spans of a text at a moment, null where they are not known.
 *
 * What a notice says of a place, named by its code, goes before its text. */
async function spansAt(moment) {
  const { from, until, texts, places } = await (answer ??= read());
  const covers = from && holds([from, until], moment);
  return (text, code) => {
    const [known, name] = Object.hasOwn(places, code) ? [places, code] : [texts, text];
    return covers && Object.hasOwn(known, name) ? known[name] : null;
  };
}

/** Return a function that tells of a text what the API tells of a place: its state, what comes next, the hours of the day. */
export async function keptOutlook(moment = Date.now()) {
  const [find, { until: horizon }] = [await spansAt(moment), await answer];
  return (text, code = "") => {
    const known = find(text, code);
    if (!known) return NOTHING;
    const asked = new Set(known.appointment?.map(String));
    const spans = [...known.open.map((span) => [...span, "open"]), ...known.unknown.map((span) => [...span, asked.has(String(span)) ? "appointment" : "unknown"])];
    spans.sort(([a], [b]) => Date.parse(a) - Date.parse(b));
    const now = spans.find((span) => holds(span, moment));
    const next = (state) => spans.find(([since, , of]) => of === state && Date.parse(since) > moment)?.[0] ?? null;
    const state = now?.[2] ?? "closed";
    const isOpen = state === "open";
    return {
      state, open: { open: true, closed: false }[state] ?? null, today: spansOn(spans, cityDay(moment)),
      closes: isOpen && Date.parse(now[1]) < Date.parse(horizon) ? now[1] : null,
      opens: isOpen ? null : next("open"), appointment: isOpen ? null : next("appointment"),
    };
  };
}

/** The spans that begin on a day, and its part of those that last longer than one. */
function spansOn(spans, day) {
  const [begin, end] = [midnight(day), midnight(cityDay(Date.parse(midnight(day)) + DAY_MS))];
  return spans.flatMap(([since, until, state]) => {
    const isLong = Date.parse(until) - Date.parse(since) >= DAY_MS;
    if (!isLong) return since.startsWith(day) ? [{ from: since, until, state }] : [];
    if (Date.parse(until) <= Date.parse(begin) || Date.parse(since) >= Date.parse(end)) return [];
    return [{ from: since > begin ? since : begin, until: until < end ? until : end, state }];
  });
}
