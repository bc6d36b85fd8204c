/** Directions by what the device has: `geo:` is Android's; Apple's devices open their maps; elsewhere our own page leads. */

import { address } from "portal/texts";

const device = navigator.userAgent;

/** Return the address that leads to a place: a point, and its code where it has one. */
export function directionsTo({ lat, lon, code }) {
  if (/Android/.test(device)) return `geo:${lat},${lon}?q=${lat},${lon}`;
  if (/iPhone|iPad|iPod|Macintosh/.test(device)) return `maps://?daddr=${lat},${lon}`;
  return code ? address(`/days-out/?stops=${encodeURIComponent(code)}`) : address(`/?z=17&lon=${lon}&lat=${lat}`);
}

for (const link of document.querySelectorAll("a[data-directions]")) {
  if (/Android/.test(device)) continue; // its geo: address names the place, too
  const [lat, lon] = link.getAttribute("href").match(/-?\d+\.\d+/g);
  link.href = directionsTo({ lat, lon, code: link.dataset.directions });
}
