/** Parcels saved in this browser: a list in localStorage that is never sent anywhere. */

import { el, icon } from "portal/dom";

const KEY = "saved-parcels";
const MOST = 200;
const CODE = /^[\p{L}\p{N}._-]{1,120}$/u;

// Lists of earlier releases hold the title of the page they were saved on: "Thửa 2, tờ bản đồ 1, Phường 1".
const wardIn = (title) => String(title ?? "").split(", ").slice(2).join(", ");

/** Return the saved parcels as [{code, ward, day}], the latest first; none when storage is closed or broken. */
export function savedParcels() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    const known = Array.isArray(kept) ? kept.filter((one) => CODE.test(one?.code ?? "")) : [];
    return known.map(({ code, ward, title, day }) => ({ code, ward: String(ward ?? wardIn(title)), day }));
  } catch {
    return [];
  }
}

const isSaved = (code) => savedParcels().some((one) => one.code === code);

/** Keep `list`; return whether the browser let us. */
function keep(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list.slice(0, MOST)));
  } catch {
    return false;
  }
  dispatchEvent(new Event("saved-parcels"));
  return true;
}

/** Add parcels [{code, ward}] that are not saved yet; return how many were added. */
export function save(parcels) {
  const known = savedParcels();
  const day = new Date().toISOString().slice(0, 10);
  const fresh = parcels.filter(({ code }) => CODE.test(code) && !known.some((one) => one.code === code));
  return keep([...fresh.map(({ code, ward }) => ({ code, ward, day })), ...known]) ? fresh.length : 0;
}

/** Forget one parcel. */
export function forget(code) {
  return keep(savedParcels().filter((one) => one.code !== code));
}

/** Let `button` save and forget the parcel; pressed means saved. */
export function bindStar(button, { code, ward }) {
  const refresh = () => button.setAttribute("aria-pressed", String(isSaved(code)));
  button.addEventListener("click", () => (isSaved(code) ? forget(code) : save([{ code, ward }])));
  addEventListener("saved-parcels", refresh);
  // Another tab of the same site.
  addEventListener("storage", refresh);
  refresh();
  button.hidden = false;
}

/** Make the star button of the map's panel. */
export function starButton(parcel, words) {
  const button = el("button", { type: "button", class: "button star" }, icon("star"), words);
  bindStar(button, parcel);
  return button;
}

/** Return the codes a link such as /saved#p1-1-1,p1-1-2 carries; what follows # never reaches a server. */
export function codesOf(hash) {
  let text = "";
  try {
    text = decodeURIComponent(hash.slice(1));
  } catch {
    return [];
  }
  return [...new Set(text.split(","))].filter((code) => CODE.test(code)).slice(0, MOST);
}
