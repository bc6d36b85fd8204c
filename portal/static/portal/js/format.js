/** Numbers and dates as the reader writes them: 2.159,6 m² in Vietnamese, 2,159.6 m² in English. */

import { language } from "portal/texts";

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
