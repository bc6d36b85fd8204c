/** What the API tells of a thing on the map, as a card. */

import { findPlace } from "portal/areas";
import { eventCard, placeCard } from "portal/cards";
import { el } from "portal/dom";
import { language, text } from "portal/texts";

// Layers of which the API tells more than their tiles carry.
const CARDS = { places: placeCard, events: eventCard };

/** Ask the API; an error carries its status and problem. */
export async function get(path) {
  const response = await fetch(`/api/v1/${path}`);
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => null);
  throw Object.assign(new Error(path), { status: response.status, problem });
}

/** Return the card of a place or an event and where it is, null of other layers. Without a connection an area may keep a place. */
export async function findCard(layerId, code, layers) {
  const make = CARDS[layerId];
  if (!make) return null;
  const feature = await get(`${layerId}/${encodeURIComponent(code)}?lang=${language}`).catch(async (error) => {
    const kept = layerId === "places" && !error.status && (await findPlace(code, language));
    if (!kept) throw error;
    return kept;
  });
  return { card: make(feature, layers.get(layerId)), at: feature.geometry?.coordinates };
}

/** Say that a thing is gone, or that nothing answered, with a way to try again. */
export function failureCard(error, again) {
  if (error.status === 404) return { title: text("gone"), nodes: [el("p", {}, text("gone-next"))] };
  const retry = el("button", { type: "button", class: "button", click: again }, text("retry"));
  return { title: text("unreachable"), nodes: [el("p", { class: "error" }, text("unreachable-next")), retry] };
}
