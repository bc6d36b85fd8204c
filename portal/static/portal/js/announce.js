/** Telling a screen reader what changed on the map. */

const region = document.querySelector("#announcements");

/** Have `message` read out when the reader pauses. */
export function announce(message) {
  if (region) region.textContent = message;
}
