/** What is open, from hours that were worked out ahead and kept: a moment beyond them is unknown, never guessed. */

let answer = null;

async function read() {
  const kept = "caches" in window && (await caches.match("/api/v1/opening-hours", { cacheName: "pages" }));
  return kept ? kept.json() : { texts: {}, places: {} };
}

const holds = ([since, until], moment) => Date.parse(since) <= moment && moment < Date.parse(until);

/** Return a function that tells whether a text of opening hours means open at a moment: true, false, or null, unknown.
 *
 * What a notice says of a place, named by its code, goes before its text. */
export async function keptHours(moment = Date.now()) {
  const { from, until, texts, places } = await (answer ??= read());
  const covers = from && holds([from, until], moment);
  return (text, code = "") => {
    const [known, name] = Object.hasOwn(places, code) ? [places, code] : [texts, text];
    const spans = covers && Object.hasOwn(known, name) ? known[name] : null;
    if (!spans || spans.unknown.some((span) => holds(span, moment))) return null;
    return spans.open.some((span) => holds(span, moment));
  };
}
