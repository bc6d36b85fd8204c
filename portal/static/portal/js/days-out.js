/** A day out: stops can be dragged into another order; the browser remembers the day for “Add to my day”. */

import { svg } from "portal/dom";

const list = document.querySelector("[data-stops]");
const form = document.querySelector("#day");
// So near to the edge of the window, in pixels, the page scrolls along.
const EDGE = 60;

/** Ask for the day in the order the list now has; the minutes of each stop go with it. */
function submit() {
  form.elements.stops.value = [...list.children].map((stop) => stop.dataset.code).join(",");
  form.requestSubmit();
}

/** Give a stop a handle; the links “Earlier” and “Later” do the same for those who do not drag. */
function addHandle(stop) {
  const grip = svg("svg", { viewBox: "0 0 24 24", fill: "currentColor" }, [6, 12, 18].flatMap((y) => [9, 15].map((x) => svg("circle", { cx: x, cy: y, r: 1.8 }))));
  const handle = document.createElement("span");
  handle.className = "handle";
  handle.setAttribute("aria-hidden", "true");
  handle.append(grip);
  handle.addEventListener("pointerdown", (event) => drag(event, stop, handle));
  stop.append(handle);
}

function drag(start, stop, handle) {
  start.preventDefault();
  const before = [...list.children];
  handle.setPointerCapture(start.pointerId);
  stop.classList.add("dragged");
  const middle = (one) => one.getBoundingClientRect().top + one.offsetHeight / 2;
  // The others move around it: an element that is moved itself loses the pointer.
  const move = ({ clientY }) => {
    if (clientY < EDGE) scrollBy(0, clientY - EDGE);
    if (clientY > innerHeight - EDGE) scrollBy(0, clientY - innerHeight + EDGE);
    for (let other; (other = stop.previousElementSibling) && clientY < middle(other); ) stop.after(other);
    for (let other; (other = stop.nextElementSibling) && clientY > middle(other); ) stop.before(other);
  };
  const end = ({ type }) => {
    handle.removeEventListener("pointermove", move);
    stop.classList.remove("dragged");
    if (type === "pointercancel") list.append(...before);
    else if (before.some((one, number) => list.children[number] !== one)) submit();
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
}

if (list) {
  [...list.children].forEach(addHandle);
  try {
    localStorage.setItem("day-out", list.dataset.query);
  } catch {
    // A browser that keeps nothing plans as well; only “Add to my day” begins anew.
  }
}
