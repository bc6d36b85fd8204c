/** The page of parcels saved in this browser: open, forget, compare two, hand over by a link. */

import { announce } from "portal/announce";
import { el } from "portal/dom";
import { date } from "portal/format";
import { codesOf, forget, save, savedParcels } from "portal/saved";

const page = document.querySelector("[data-saved]");
const words = (name) => page.querySelector(`[data-word="${name}"]`).textContent.trim();
const [list, none, some] = ["list", "none", "some"].map((name) => page.querySelector(`[data-saved-${name}]`));
const link = page.querySelector("#saved-link");
const offer = page.querySelector("[data-import]");

/** Name a parcel in the language of this page: its code ends with sheet and number, the ward's name was saved with it. */
function nameOf({ code, ward }) {
  const [, sheet, number] = /-(\d+)-(\d+)$/.exec(code) ?? [];
  if (!number) return [code];
  // The ward ends the name in both languages, after a comma.
  const title = words("title").replace("{number}", number).replace("{sheet}", sheet).replace(/,$/, "");
  return ward ? [`${title}, `, el("span", { lang: "vi" }, ward)] : [title];
}

function row({ code, ward, day }) {
  const name = el("span", {}, ...nameOf({ code, ward }));
  const remove = el("button", { type: "button", class: "button", "aria-label": `${words("remove")}: ${name.textContent}`, click: () => {
    forget(code);
    announce(`${words("removed")}: ${name.textContent}`);
    (list.querySelector("button") ?? document.querySelector("h1")).focus();
  } }, words("remove"));
  const pick = el("input", { type: "checkbox", name: "code", value: code });
  return el("li", {}, el("label", {}, pick, name), el("p", { class: "actions" },
    el("a", { class: "button", href: `${page.dataset.home}parcels/${encodeURIComponent(code)}` }, words("open")), remove, el("small", { class: "muted" }, code, day ? ` · ${date(String(day))}` : "")));
}

function refresh() {
  const saved = savedParcels();
  list.replaceChildren(...saved.map(row));
  none.hidden = saved.length > 0;
  some.hidden = !saved.length;
  link.value = `${location.origin}${location.pathname}#${saved.map((one) => encodeURIComponent(one.code)).join(",")}`;
  offerImport();
}

function offerImport() {
  const fresh = codesOf(location.hash).filter((code) => !savedParcels().some((one) => one.code === code));
  offer.hidden = !fresh.length;
  offer.querySelector("p").textContent = `${words("offer")}: ${fresh.join(", ")}`;
}

offer.querySelector("button").addEventListener("click", () => {
  save(codesOf(location.hash).map((code) => ({ code, ward: "" })));
  history.replaceState(null, "", location.pathname);
  refresh();
});
page.querySelector("[data-copy]").addEventListener("click", async () => {
  link.select();
  await navigator.clipboard?.writeText(link.value).catch(() => {});
  announce(words("copied"));
});
page.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const [a, b] = [...list.querySelectorAll("input:checked")].map((box) => box.value);
  if (b) location.href = `${page.dataset.home}parcels/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`;
  else announce(words("two"));
  page.querySelector("[data-two]").hidden = Boolean(b);
});
addEventListener("saved-parcels", refresh);
addEventListener("storage", refresh);
addEventListener("hashchange", offerImport);
page.hidden = false;
refresh();
