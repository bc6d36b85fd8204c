/** “Add to my day” on the page of a place or an event goes on with the day this browser planned last. */

const link = document.querySelector("[data-add-to-day]");

function keptDay() {
  try {
    return new URLSearchParams(localStorage.getItem("day-out") ?? "");
  } catch {
    return new URLSearchParams();
  }
}

const day = keptDay();
const stops = (day.get("stops") ?? "").split(",").filter(Boolean);
const code = link?.dataset.addToDay;
if (link && stops.length) {
  if (!stops.includes(code)) stops.push(code);
  day.set("stops", stops.join(","));
  // A day that is over is planned anew.
  if (Date.parse(day.get("start") ?? "") < Date.now()) day.delete("start");
  link.search = `?${day}`;
}
