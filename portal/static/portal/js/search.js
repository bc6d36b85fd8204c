/** Suggestions below the search box: a combobox over GET /api/v1/search. Without them the form still works. */

import { el } from "portal/dom";

const PAUSE_MS = 150;

async function ask(query, { near, on, signal }) {
  const parameters = new URLSearchParams({ q: query, limit: "6", lang: document.documentElement.lang });
  if (near) parameters.set("near", near);
  if (on) parameters.set("on", on);
  const response = await fetch(`/api/v1/search?${parameters}`, { signal });
  return response.ok ? response.json() : null;
}

/** Give `form` suggestions. `choose(hit)` opens one, `near()` is "lon,lat" of what the reader looks at or null, `on()` a date or null. */
export function enableSearch(form, { choose, near = () => null, on = () => null }) {
  const input = form.querySelector("input[type=search]");
  const list = el("ul", { class: "suggestions", role: "listbox", id: "suggestions", "aria-label": input.dataset.label, hidden: true });
  const status = el("p", { class: "visually-hidden", role: "status" });
  let hits = [], active = -1, timer = 0, request = null;
  form.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "suggestions"]]) input.setAttribute(name, value);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function pick(at) {
    const hit = hits[at];
    close();
    input.value = hit.title;
    choose(hit);
  }

  function mark(at) {
    active = (at + hits.length) % hits.length;
    [...list.querySelectorAll("[role=option]")].forEach((option, n) => option.setAttribute("aria-selected", n === active));
    input.setAttribute("aria-activedescendant", `suggestion-${active}`);
  }

  function show({ results: found, note }) {
    hits = found;
    active = -1;
    const options = found.map((hit, n) => el("li", { role: "option", id: `suggestion-${n}`, "aria-selected": "false", click: () => pick(n), pointerdown: (event) => event.preventDefault() },
      el("span", {}, hit.title, hit.subtitle ? el("small", {}, hit.subtitle) : null)));
    const said = note || (options.length ? "" : input.dataset.empty);
    list.replaceChildren(...(said ? [el("li", { role: "presentation" }, said)] : []), ...options);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    status.textContent = options.length ? `${said} ${options.length} ${input.dataset.counted}` : said;
  }

  async function suggest() {
    request?.abort();
    const query = input.value.trim();
    if (query.length < 2) { hits = []; return close(); }
    request = new AbortController();
    try {
      const found = await ask(query, { near: near(), on: on(), signal: request.signal });
      if (found) show(found);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, PAUSE_MS); });
  input.addEventListener("focus", () => { if (hits.length) list.hidden = false; });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); event.preventDefault(); return close(); }
    if (!hits.length || list.hidden) return undefined;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? hits.length - 1 : active - 1); }
    return undefined;
  });
  form.addEventListener("submit", (event) => {
    const at = active >= 0 ? active : hits.length === 1 && !list.hidden ? 0 : -1;
    if (at >= 0) { event.preventDefault(); pick(at); }
  });
}
