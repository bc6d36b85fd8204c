/** Map icons: those of the vendored Maki set, fetched when a style first asks for them, and signs that the page shows. */

const SIZE = 30;

async function load(source, size) {
  const image = new Image(size, size);
  image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
  await image.decode();
  return image;
}

async function draw(url, colour) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`No icon at ${url}`);
  return load((await response.text()).replace("<svg ", `<svg fill="${colour}" `), SIZE);
}

/** Serve the icon names `maki-*` of the styles; a name that does not exist becomes a plain dot. */
export function serveIcons(map, folder, colour = "#26332e") {
  map.setMissingStyleImageResolver(async (id) => {
    if (!id.startsWith("maki-")) return;
    const image = await draw(`${folder}${id.slice(5)}.svg`, colour).catch(() => draw(`${folder}circle.svg`, colour));
    if (!map.hasImage(id)) map.addImage(id, image, { pixelRatio: 2 });
  });
}

/** Let styles name a drawing of the page, as its legend shows it. */
export async function addSign(map, id, drawing) {
  map.addImage(id, await load(new XMLSerializer().serializeToString(drawing), SIZE), { pixelRatio: 2 });
}
