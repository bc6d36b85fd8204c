/** What the information panel says of a thing: name, answer in one sentence, facts, source and date, actions. */

import { directionsTo } from "portal/directions";
import { el, icon, swatch } from "portal/dom";
import { titleOf } from "portal/features";
import { area, cityDay, date, degrees, distance, hoursOf, moment, percent, price } from "portal/format";
import { starButton } from "portal/saved";
import { address as undated, findText, label, language, text } from "portal/texts";
import { dated, getOn } from "portal/time";

// What is opened from a map of a date is of that date.
const address = (path) => dated(undated(path));
const ZONES = "zones";

const facts = (pairs) => {
  const known = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return known.length ? el("dl", { class: "facts" }, known.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])) : null;
};
const action = (href, name, words, primary = false) => el("a", { class: `button${primary ? " button-primary" : ""}`, href }, icon(name), words);
const disclaimer = () => text("disclaimer");

function actions(links) {
  const copied = el("span", {}, text("copy-link"));
  const copy = el("button", { type: "button", class: "button", click: async () => {
    await navigator.clipboard.writeText(location.href);
    copied.textContent = text("copied");
  } }, icon("link"), copied);
  return el("p", { class: "actions" }, links, copy);
}

const report = (query) => action(address(`/report/?${query}`), "flag", text("report"));

/** A feature of any layer, by what its declaration says. */
export function featureCard({ layer, code, properties }) {
  const entry = layer.legend.find((line) => line.match === String(properties[layer.legend_property]));
  const known = Object.entries(properties).filter(([name]) => name !== layer.legend_property && findText(`property-${name}`));
  const page = layer.url ? action(address(layer.url.replace("{code}", encodeURIComponent(code))), "page", text("open-page"), true) : null;
  return {
    title: titleOf({ properties, code }, language),
    nodes: [
      el("p", { class: "answer" }, entry ? [swatch(layer.kind, entry.colour), label(entry.label), entry.code ? ` (${entry.code})` : ""] : label(layer.title)),
      facts([[text("layer"), label(layer.title)], [text("code"), code], ...known.map(([name, value]) => [text(`property-${name}`), String(value)])]),
      el("p", { class: "source" }, `${layer.source}${layer.updated ? ` · ${text("updated")} ${date(layer.updated)}` : ""}. ${disclaimer()}`),
      actions([page, report(`subject=${layer.id}/${encodeURIComponent(code)}`)]),
    ],
  };
}

/** What the search says of something that is no single feature of a layer: a street, a plan. */
export function hitCard(hit) {
  return {
    title: hit.title,
    nodes: [el("p", { class: "answer" }, hit.subtitle), el("p", { class: "source" }, disclaimer()), actions([action(address(hit.url), "page", text("open-page"), true)])],
  };
}

/** A parcel, from its extract; `layers` give the names of uses in the page's language. */
export function parcelCard(extract, layers) {
  const concerned = extract.answers.filter((answer) => answer.status === "concerned");
  const path = `/parcels/${encodeURIComponent(extract.code)}`;
  // Saved is what is opened again another day: of a parcel that is no more, its page of today tells what it became.
  const keep = extract.in_force_until ? action(undated(path), "page", text("became"))
    : starButton({ code: extract.code, ward: extract.ward.cadastral_name }, text("save"));
  return {
    title: text("parcel-title", { number: extract.number, sheet: extract.sheet }),
    nodes: [
      el("p", { class: "muted" }, [extract.ward.name, getOn() ? text("on-day", { day: date(extract.on) }) : ""].filter(Boolean).join(" · ")),
      el("p", { class: "answer" }, extract.summary),
      extract.on_note ? el("p", { class: "notice" }, extract.on_note) : "",
      facts([
        [text("area-registered"), extract.area_registered_m2 === null ? null : area(extract.area_registered_m2)],
        [text("area-measured"), area(extract.area_measured_m2)],
        [text("price"), priceLine(extract.price)],
        [text("code"), extract.code],
      ]),
      concerned.map((answer) => planBlock(answer, layers)),
      el("p", { class: "source" }, `${sourceOf(extract)} ${extract.disclaimer || disclaimer()}`),
      actions([action(address(path), "page", text("open-page"), true), keep, report(`subject=parcels/${encodeURIComponent(extract.code)}`)]),
    ],
  };
}

function sourceOf(extract) {
  const published = extract.editions.map((edition) => edition.published).filter(Boolean).sort().at(-1);
  return `${text("demo")}${published ? ` · ${text("updated")} ${date(published)}` : ""}.`;
}

// The theme land-use is a layer; the themes of construction plans are parts of one.
const layerOf = (answer, layers) => layers.get(answer.theme) ?? layers.get(ZONES);

function useName(zone, answer, layers) {
  const entry = layerOf(answer, layers)?.legend.find((line) => line.match === zone.use);
  return `${entry ? label(entry.label) : zone.use_name} (${zone.use})`;
}

function planBlock(answer, layers) {
  const rows = answer.zones.map((zone) => el("tr", {}, el("th", { scope: "row" }, swatch("polygon", zone.colour), useName(zone, answer, layers)),
    el("td", { class: "number" }, area(zone.area_m2)), el("td", { class: "number" }, percent(zone.share))));
  const rest = [["gap", answer.gap_m2], ["overlap", answer.overlap_m2]].filter(([, m2]) => m2 >= 0.05);
  const since = answer.in_force_from ? `${text("in-force-from")} ${date(answer.in_force_from)}` : "";
  return el("section", { class: "plan" },
    el("h3", {}, el("a", { href: address(answer.plan.url) }, answer.plan.title)),
    el("p", { class: "small muted" }, [answer.decision, since].filter(Boolean).join(" · ")),
    el("table", { class: "table" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, text("use")), el("th", { scope: "col", class: "number" }, text("area")), el("th", { scope: "col", class: "number" }, text("share")))),
      el("tbody", {}, rows, rest.map(([key, m2]) => el("tr", {}, el("th", { scope: "row" }, text(key)), el("td", { class: "number" }, area(m2)), el("td", {}))))));
}

/** The price when it is decided, else the street's by position: which one holds is asked on the page. */
function priceLine(found) {
  if (!found) return null;
  if (found.price_vnd_per_m2 !== null) {
    const amount = price(found.price_vnd_per_m2);
    return found.street ? text("price-of-street", { price: amount, street: found.street }) : `${amount}. ${found.text}`;
  }
  const stated = found.prices_vnd_per_m2.filter((amount) => amount !== null);
  if (!stated.length) return [found.text, text("price-open")].filter(Boolean).join("; ");
  const [least, most] = [Math.min(...stated), Math.max(...stated)].map((amount) => price(amount));
  return text("price-by-position", { least, most, street: found.street });
}

// As tourism/phones.py parts them; what has too few digits is no number, and no link.
const phones = (words) => words.split(/[;,/]|\s-\s|\bor\b|hoặc/).map((part) => part.trim()).filter(Boolean).flatMap((part, at) => [
  at ? ", " : "", part.replace(/\D/g, "").length < 3 ? part : el("a", { href: `tel:${part.replace(/[^+\d]/g, "")}` }, part)]);

const holds = (notice, today) => notice && notice.from <= today && (!notice.until || today <= notice.until);

/** What comes next, in words: a closure with its reason, until when a place is open, when one may come. */
function comingOf(its, today) {
  if (holds(its.closure, today)) {
    const until = its.closure.until ? text("closed-until", { day: date(its.closure.until) }) : text("closed-further");
    return `${until}: ${its.closure.reason}`;
  }
  const asksFirst = its.state === "closed" && its.appointment && !(its.opens && Date.parse(its.opens) < Date.parse(its.appointment));
  const [at, key] = its.closes ? [its.closes, "until"] : asksFirst ? [its.appointment, "appointment"] : [its.opens, "opens"];
  if (!at) return "";
  const time = at.slice(11, 16);
  return at.slice(0, 10) === today ? text(`${key}-time`, { time }) : text(`${key}-day`, { time, day: date(at) });
}

/** The hours of today in words, and why they are other ones; as it is written where no program can judge it. */
function hoursLine(its, today) {
  const corrected = its.corrections?.findLast((one) => one.kind === "main" && holds(one, today));
  const words = its.today ? hoursOf(its.today) : (corrected?.opening_hours ?? its.opening_hours);
  return [text(its.today ? "hours-today" : "hours"), corrected ? `${words} (${corrected.reason})` : words];
}

/** A place, from its GeoJSON feature. */
export function placeCard(feature, layer) {
  const its = feature.properties;
  const today = cityDay(Date.now());
  const [lon, lat] = its.details?.entrance ?? feature.geometry.coordinates;
  const state = { open: ["badge-open", "open-now"], closed: ["badge-closed", "closed-now"], appointment: ["", "by-appointment"] }[its.state] ?? ["", "hours-unknown"];
  const entry = layer?.legend.find((line) => line.match === its.group);
  return {
    title: its.name,
    nodes: [
      el("p", { class: "answer" }, entry ? [swatch("point", entry.colour), label(entry.label), " "] : "", el("span", { class: `badge ${state[0]}` }, text(state[1])), ` ${comingOf(its, today)}`),
      facts([
        hoursLine(its, today), [text("address"), its.address],
        [text("phone"), its.phone ? phones(its.phone) : null],
        [text("price"), its.price], [text("stars"), its.stars ? "★".repeat(its.stars) : null],
      ]),
      el("p", { class: "source" }, [its.source || text("demo"), its.verified_on ? `${text("verified")} ${date(its.verified_on)}` : "", its.kept ? text("kept-at", { when: moment(its.kept) }) : ""].filter(Boolean).join(" · ")),
      actions([action(its.url ? dated(its.url) : address(`/places/${its.slug}`), "page", text("open-page"), true), action(directionsTo({ lat, lon, code: its.code }), "route", text("directions")), report(`subject=places/${encodeURIComponent(its.code)}`)]),
    ],
  };
}

/** When an event takes place next: day and hours, or its days. */
function whenOf({ starts, ends }, allDay) {
  // What ends at midnight is of the day before.
  const [first, last] = [starts.slice(0, 10), cityDay(new Date(ends) - 1)];
  const hours = allDay ? text("all-day") : `${starts.slice(11, 16)}–${ends.slice(11, 16)}`;
  // A night belongs to the day it began on, as on the event's page.
  const days = first === last || (!allDay && new Date(ends) - new Date(starts) < 864e5) ? date(first) : `${date(first)} – ${date(last)}`;
  return `${days}, ${hours}`;
}

/** An event, from its GeoJSON feature. */
export function eventCard(feature, layer) {
  const its = feature.properties;
  const [next] = its.occurrences;
  const entry = layer?.legend.find((line) => line.match === its.state);
  const [lon, lat] = feature.geometry?.coordinates ?? [];
  const where = [its.venue.name, its.venue.address].filter(Boolean).join(", ");
  return {
    title: its.name,
    nodes: [
      el("p", { class: "answer" }, entry ? [swatch("point", entry.colour), label(entry.label), " "] : "", next ? whenOf(next, its.all_day) : text("event-over"), its.free ? [" ", el("span", { class: "badge badge-good" }, text("free"))] : ""),
      its.reason ? el("p", { class: "notice" }, its.reason) : "",
      facts([[text("where"), where], [text("price"), its.price], [text("phone"), its.phone ? phones(its.phone) : null]]),
      el("p", { class: "source" }, its.source),
      actions([action(dated(its.url), "page", text("open-page"), true), action(its.calendar, "page", text("into-calendar")), lon === undefined ? "" : action(directionsTo({ lat, lon, code: its.venue.code }), "route", text("directions"))]),
    ],
  };
}

/** A bare point; `vn2000` is what the search says of it, if anything, `outside` tells that it lies outside the city. */
export function pointCard({ lon, lat }, { vn2000, outside }) {
  return {
    title: text("point-title"),
    nodes: [
      outside ? el("p", { class: "answer" }, text("point-outside")) : "",
      facts([["WGS 84", degrees(lon, lat)], ["VN-2000", vn2000]]),
      actions([action(address(`/places/?near=${lon.toFixed(5)},${lat.toFixed(5)}`), "target", text("places-near")), report(`lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}`)]),
    ],
  };
}
