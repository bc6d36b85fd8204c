/** The date of the map: null is today. Both ends of a time in force belong to it. */

let chosen = null;

/** Set the date that links keep: ISO, or null for today. */
export function setOn(day) { chosen = day; }

/** Return the date that links keep, or null. */
export const getOn = () => chosen;

/** Add the date to the address of a page. */
export function dated(path) {
  if (!chosen) return path;
  const [before, fragment] = path.split("#");
  return `${before}${before.includes("?") ? "&" : "?"}on=${chosen}${fragment ? `#${fragment}` : ""}`;
}

/** Return the date as ISO when `text` is one on the calendar, else null. */
export function parseDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text ?? "")) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : null;
}

/** Return the MapLibre filter of what is in force on `day`; an end that is not stated is open. */
export function inForce(day) {
  const stated = (name) => ["to-string", ["get", name]];
  return ["all", ["<=", stated("in_force_from"), day], ["any", ["!", ["has", "in_force_until"]], [">=", stated("in_force_until"), day]]];
}

/** Make the date control work: `choose(day)` is called with a date or null for today; returns what shows a date. */
export function enableDate(form, note, { today, choose, words }) {
  const input = form.querySelector("input");
  const sentence = note.querySelector("[data-sentence]");
  const take = () => {
    const day = parseDay(input.value);
    input.setAttribute("aria-invalid", String(Boolean(input.value) && !day));
    if (day || !input.value) choose(day === today ? null : day);
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); take(); });
  input.addEventListener("change", take);
  note.querySelector("button").addEventListener("click", () => { choose(null); input.focus(); });
  return (day) => {
    input.value = day ?? today;
    note.hidden = !day;
    sentence.textContent = day ? words(day) : "";
    const compare = note.querySelector("a");
    if (day) compare.search = `?on=${day}&and=${today}`;
  };
}
