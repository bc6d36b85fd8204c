/** How far away a place is, worked out by the phone itself. */

import { number } from "portal/format";
import { text } from "portal/texts";

// As tourism/walking.py has it.
const DETOUR = 1.3;
const METRES_A_MINUTE = 75;
const POINT = /^\s*(\d{2,3}\.\d+)\s*,\s*(\d{1,2}\.\d+)\s*$/;

/** Read "longitude,latitude" as [lon, lat]; null when it is none. */
export function parsePoint(typed) {
  const [, lon, lat] = POINT.exec(typed) ?? [];
  return lon ? [Number(lon), Number(lat)] : null;
}

/** Return the metres between two points of the city. */
export function metres([lon, lat], [toLon, toLat]) {
  const rad = Math.PI / 180;
  const x = (toLon - lon) * Math.cos(((lat + toLat) / 2) * rad);
  return Math.hypot(x, toLat - lat) * rad * 6_371_000;
}

/** Say how far that is, and how long a walk. */
export const away = (distance) => text("away", { metres: number(distance), minutes: Math.max(1, Math.ceil((distance * DETOUR) / METRES_A_MINUTE)) });
