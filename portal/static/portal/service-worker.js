/**
 * What is shown without a line. Pages come from the network first; a kept copy says that it is one and of when.
 *
 * `self.KEPT` (portal/offline.py) names what is kept. Areas are kept by the page (js/areas.js), each in a cache of its own.
 * Nothing is kept of a session: the server marks such answers `no-store`, and what is fetched ahead is asked without cookies.
 */

const { CacheFirst, NetworkFirst } = workbox.strategies;
const { registerRoute, setCatchHandler } = workbox.routing;

const { version, pages, answers, paper, map } = self.KEPT;
const FILES = `files-${version}`;
const PAGES = "pages";
const PLACES = "places";
const AREA = "/offline/area.json";
const PLACES_KEPT = 50;
const PHOTOS = "photos";
const PHOTOS_KEPT = 100;
const PATIENCE_S = 5;
const FRESH_MS = 60 * 60_000;
// The hash that the name of a static file carries.
const HASH = /\.[0-9a-f]{12}(?=\.\w+$)/;
// Beside places there live the map, which a copy cannot fill, and what is the staff's.
const PLACE_PAGE = /^\/(en\/)?places\/(?!(?:map|quality)$)[\w-]+$/;
const PHOTO = /^(\/photos\/places\/[\w-]+\/)(small|large)\.webp$/;
const TILE = /^\/tiles\/([a-z-]+)\/(\d+)\/(\d+)\/(\d+)\/(\d+)\.mvt$/;

const isKeepable = (response) =>
  response.status === 200 && response.type === "basic" && !response.redirected && !/no-store|private/.test(response.headers.get("Cache-Control") ?? "");

/** Keep files of this version; what an earlier one kept under the same hash is not fetched again. */
async function keepFiles(addresses, { fetching = true } = {}) {
  const files = await caches.open(FILES);
  await Promise.all(addresses.map(async (address) => {
    if (await files.match(address)) return;
    const known = HASH.test(address) && (await caches.match(address));
    if (known) return files.put(address, known);
    if (fetching) await files.add(address);
  }));
}

/** Fetch the pages and answers that are always kept, as a visitor without a session sees them. */
async function refresh() {
  const cache = await caches.open(PAGES);
  await Promise.all([...pages, ...answers].map(async (address) => {
    // Nobody looks at it yet: it is not counted as a visit.
    const response = await fetch(address, { credentials: "omit", cache: "no-cache", headers: { Purpose: "prefetch" } });
    if (!isKeepable(response)) throw new Error(`${address}: ${response.status}`);
    await cache.put(address, response);
  }));
}

async function refreshWhenOld() {
  const oldest = await caches.match(pages[0], { cacheName: PAGES });
  const age = Date.now() - Date.parse(oldest?.headers.get("Date") ?? 0);
  if (!(age < FRESH_MS)) await refresh();
}

async function dropOld() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("files-") && name !== FILES).map((name) => caches.delete(name)));
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(Promise.all([keepFiles(paper), keepFiles(map, { fetching: false }), refresh()]));
});
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([dropOld(), self.clients.claim()])));
// A page that has done all its own work lets us do ours.
self.addEventListener("message", (event) => {
  if (event.data === "idle") event.waitUntil(Promise.allSettled([keepFiles(map), refreshWhenOld()]));
});

/** Return a kept page that says so. */
async function asCopy(response, language) {
  const at = new Date(response.headers.get("Date"));
  const today = at.toDateString() === new Date().toDateString();
  const shown = at.toLocaleString(language, { hour: "2-digit", minute: "2-digit", hour12: false, ...(today ? {} : { day: "2-digit", month: "2-digit" }) });
  const html = (await response.text())
    .replace('id="kept" role="status" hidden', 'id="kept" role="status"')
    .replace("<time data-kept></time>", `<time data-kept datetime="${at.toISOString()}">${shown}</time>`);
  const headers = new Headers(response.headers);
  ["Content-Encoding", "Content-Length"].forEach((name) => headers.delete(name));
  return new Response(html, { headers });
}

const languageOf = (url) => (/^\/en(\/|$)/.test(url.pathname) ? "en" : "vi");

/** Pages from the network; when it fails or is slow, the copy. One copy an address, whatever the query. */
const pagesOf = (cacheName, ...more) =>
  new NetworkFirst({
    cacheName,
    networkTimeoutSeconds: PATIENCE_S,
    plugins: [{
      // A portal in trouble is as good as none, for who has a copy.
      fetchDidSucceed: async ({ request, response }) => {
        const { origin, pathname } = new URL(request.url);
        if (response.status >= 500 && (await caches.match(origin + pathname, { cacheName }))) throw new Error(`${response.status}`);
        return response;
      },
      cacheKeyWillBeUsed: async ({ request }) => new URL(request.url).origin + new URL(request.url).pathname,
      cacheWillUpdate: async ({ response }) => (isKeepable(response) ? response : null),
      cachedResponseWillBeUsed: async ({ cachedResponse, request }) => cachedResponse && asCopy(cachedResponse, languageOf(new URL(request.url))),
    }, ...more],
  });

const isPage = (test) => ({ request, url, sameOrigin }) => sameOrigin && request.mode === "navigate" && test(url.pathname);
registerRoute(isPage((path) => pages.includes(path)), pagesOf(PAGES));
registerRoute(isPage((path) => PLACE_PAGE.test(path)), pagesOf(PLACES, new workbox.expiration.ExpirationPlugin({ maxEntries: PLACES_KEPT })));
registerRoute(isPage(() => true), ({ request }) => fetch(request));

// A photo never changes. Of one that was not shown before, the page still tells what it shows.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && PHOTO.test(url.pathname),
  new CacheFirst({
    cacheName: PHOTOS,
    matchOptions: { ignoreVary: true },
    plugins: [{
      cacheWillUpdate: async ({ response }) => (isKeepable(response) ? response : null),
      // Without a line, the other size will do.
      handlerDidError: async ({ request }) => {
        const [, folder, size] = PHOTO.exec(new URL(request.url).pathname);
        return caches.match(`${folder}${size === "small" ? "large" : "small"}.webp`, { cacheName: PHOTOS, ignoreVary: true });
      },
    }, new workbox.expiration.ExpirationPlugin({ maxEntries: PHOTOS_KEPT })],
  }),
);

setCatchHandler(async ({ request, url }) => {
  const page = request.mode === "navigate" && (await caches.match(languageOf(url) === "en" ? "/en/offline" : "/offline", { cacheName: PAGES }));
  return page ? asCopy(page, languageOf(url)) : Response.error();
});

/** Return the kept file of the same name without regard to its hash. */
async function findTwin(request) {
  const bare = (address) => new URL(address).pathname.replace(HASH, "");
  const files = await caches.open(FILES);
  const twin = (await files.keys()).find(({ url }) => bare(url) === bare(request.url));
  return twin && files.match(twin);
}

/** Return a kept file, else fetch it. A page kept from an earlier release names files we have in a later version. */
async function findFile(request) {
  const exact = await caches.match(request, { cacheName: FILES, ignoreVary: true });
  if (exact) return exact;
  // The map builds its addresses of fonts and icons without a hash.
  if (!HASH.test(request.url)) return (await findTwin(request)) ?? fetch(request);
  return fetch(request).catch(async (error) => {
    const twin = await findTwin(request);
    if (!twin) throw error;
    return twin;
  });
}
registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/static/"), ({ request }) => findFile(request));

/** Return the kept areas, the latest first, each with its cache. */
async function keptAreas() {
  const names = (await caches.keys()).filter((name) => name.startsWith("area-"));
  const areas = await Promise.all(names.map(async (name) => {
    const cache = await caches.open(name);
    const about = await cache.match(AREA);
    return about && { cache, about: await about.json() };
  }));
  return areas.filter(Boolean).sort((a, b) => b.about.made.localeCompare(a.about.made));
}

// What a page that is a copy asks for the map: its addresses say so, and the network is never asked.
const isKept = ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/tiles/") && url.search === "?kept";

/** Return what the latest area keeps of the map's descriptions, or a tile of whichever area it lies in. */
async function findKept(url) {
  const areas = await keptAreas();
  const [, layer, , z, x, y] = TILE.exec(url.pathname) ?? [];
  if (!layer) return (await areas[0]?.cache.match(url.pathname)) ?? Response.error();
  for (const { cache, about } of areas) {
    const [west, north, east, south] = about.ranges[z] ?? [];
    if (!about.layers[layer] || !(x >= west && x <= east && y >= north && y <= south)) continue;
    // Each area has the revision of its day; in the area but not kept: empty.
    return (await cache.match(`/tiles/${layer}/${about.layers[layer].revision}/${z}/${x}/${y}.mvt`)) ?? new Response(null, { status: 204 });
  }
  return Response.error();
}
registerRoute(isKept, ({ url }) => findKept(url));

/** Return a tile of this very revision from an area, else from the network. */
async function findTile(request) {
  for (const { cache } of await keptAreas()) {
    const tile = await cache.match(request, { ignoreVary: true });
    if (tile) return tile;
  }
  return fetch(request);
}
registerRoute(({ url, sameOrigin }) => sameOrigin && TILE.test(url.pathname), ({ request }) => findTile(request));
