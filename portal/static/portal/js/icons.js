/** Map icons from the vendored Maki set, fetched when a style first asks for them. */

const SIZE = 30;

async function draw(url, colour) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`No icon at ${url}`);
  const source = (await response.text()).replace("<svg ", `<svg fill="${colour}" `);
  const image = new Image(SIZE, SIZE);
  image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
  await image.decode();
  return image;
}

/** Serve the icon names `maki-*` of the styles; a name that does not exist becomes a plain dot. */
export function serveIcons(map, folder, colour = "#26332e") {
  map.setMissingStyleImageResolver(async (id) => {
    if (!id.startsWith("maki-")) return;
    const image = await draw(`${folder}${id.slice(5)}.svg`, colour).catch(() => draw(`${folder}circle.svg`, colour));
    if (!map.hasImage(id)) map.addImage(id, image, { pixelRatio: 2 });
  });
}
