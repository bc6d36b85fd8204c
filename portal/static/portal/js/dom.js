/** Building page parts without HTML strings, so that text from data stays text. */

const SVG = "http://www.w3.org/2000/svg";

function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** Make an element; function values are event listeners, null and false attributes are left out. */
export function el(name, attributes = {}, ...children) {
  return build(document.createElement(name), attributes, children);
}

/** Make an SVG element. */
export function svg(name, attributes = {}, ...children) {
  return build(document.createElementNS(SVG, name), attributes, children);
}

/** Draw the colour of a legend line in the shape of what it stands for: polygon, line or point. */
export function swatch(kind, colour) {
  const shape = {
    line: () => svg("path", { d: "M1 13 6 5l4 6 5-8", fill: "none", stroke: colour, "stroke-width": 3 }),
    point: () => svg("circle", { cx: 8, cy: 8, r: 6, fill: colour }),
    polygon: () => svg("rect", { width: 16, height: 16, fill: colour }),
  }[kind]();
  return svg("svg", { class: `swatch swatch-${kind}`, viewBox: "0 0 16 16", "aria-hidden": "true" }, shape);
}

const ICONS = {
  close: "M6 6l12 12M18 6 6 18",
  flag: "M5 21V4h13l-3 4.5 3 4.5H5",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  page: "M7 3h7l5 5v13H7zM14 3v5h5",
  target: "M12 3v4M12 17v4M3 12h4M17 12h4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8",
  route: "M4 20 20 4M11 4h9v9",
  star: "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z",
};

/** Draw one of the few icons of the map's buttons. */
export function icon(name) {
  const stroke = { fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" };
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", ...stroke }, svg("path", { d: ICONS[name] }));
}
