/** The words of the page's language, which the template carries in <template id="texts">. */

export const language = document.documentElement.lang;

const texts = new Map();
for (const node of document.querySelector("#texts")?.content.querySelectorAll("[data-text]") ?? []) {
  texts.set(node.dataset.text, node.textContent.trim());
}

/** Return the text named `key` with {name} replaced; an unknown key is a fault of the template. */
export function text(key, values = {}) {
  if (!texts.has(key)) throw new Error(`The page has no text "${key}".`);
  return texts.get(key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Return the text named `key`, or null when there is none. */
export function findText(key) {
  return texts.get(key) ?? null;
}

/** Return the title in the page's language from {vi, en}. */
export function label(titles) {
  return titles?.[language] || titles?.vi || titles?.en || "";
}

/** Return the address of a page in the page's language. */
export function address(path) {
  return language === "vi" ? path : `/${language}${path}`;
}
