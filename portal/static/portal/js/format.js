/** Numbers and dates as the reader writes them: 2.159,6 m² in Vietnamese, 2,159.6 m² in English. */

import { language, text } from "portal/texts";

const locale = language === "vi" ? "vi-VN" : "en-GB";

/** Format a number with at most `digits` decimals. */
export function number(value, digits = 0) {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}

/** Format square metres with one decimal. */
export const area = (m2) => `${number(m2, 1)} m²`;

/** Format a share between 0 and 1; what is there but below one per mille says so. */
export function percent(share) {
  if (share > 0 && share < 0.001) return `< ${number(0.1, 1)} %`;
  return `${number(share * 100, 1)} %`;
}

/** Format dong per square metre. */
export const price = (vnd) => `${number(vnd)} đ/m²`;

/** Format metres, kilometres above 1,000. */
export const distance = (metres) => (metres < 1000 ? `${number(metres)} m` : `${number(metres / 1000, 1)} km`);

/** Format bytes as megabytes. */
export const megabytes = (bytes) => `${number(Math.max(0.1, bytes / 1e6), 1)} MB`;

/** Format a moment as the device's clock shows it. */
export function moment(iso) {
  const at = new Date(iso);
  const [day, month, hours, minutes] = [at.getDate(), at.getMonth() + 1, at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0"));
  return `${hours}:${minutes}, ${day}/${month}`;
}

/** Format an ISO date as dd/mm/yyyy. */
export function date(iso) {
  const [year, month, day] = iso.slice(0, 10).split("-");
  return `${day}/${month}/${year}`;
}

/** Format WGS 84 degrees, latitude first as people read them. */
export const degrees = (lon, lat) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

const CITY_DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" });

/** Return the ISO day in the city at a moment. */
export const cityDay = (at) => CITY_DAY.format(at);

/** Return when an ISO day begins in the city. */
export const midnight = (day) => `${day}T00:00+07:00`;

const time = (iso) => iso.slice(11, 16);

/** Say the hours of a day as the API tells them: spans with their state; none is closed. */
export function hoursOf(spans) {
  const words = spans.map(({ from, until, state }) => {
    const isWhole = Date.parse(until) - Date.parse(from) === 864e5;
    const hours = isWhole ? "" : `${time(from)}–${time(until) === "00:00" ? "24:00" : time(until)}`;
    const said = state === "open" ? (isWhole ? text("all-day") : "") : text(`hours-${state}-part`);
    return [hours, said].filter(Boolean).join(" ");
  });
  return words.join(", ") || text("hours-closed-part");
}
