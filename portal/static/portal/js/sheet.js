/** Panels over the map: paper at the side on wide screens, a bottom sheet (peek, half, full) on phones. */

const SIZES = ["peek", "half", "full"];
const narrow = window.matchMedia("(max-width: 48rem)");
const open = [];

/** Tell whether panels are bottom sheets now. */
export const isNarrow = () => narrow.matches;

/** Tell whether the panel is open. */
export const isOpen = (panel) => open.some((entry) => entry.panel === panel);

/** Open a panel; on phones it replaces the others. `opener` gets the focus back, `onClose` is called once. */
export function openPanel(panel, { opener = null, onClose = null, focus = true, size = "half" } = {}) {
  const rivals = open.filter((entry) => entry.panel !== panel && (isNarrow() || entry.panel.dataset.side === panel.dataset.side));
  rivals.forEach((entry) => closePanel(entry.panel, { restore: false }));
  if (!isOpen(panel)) open.push({ panel, opener, onClose });
  panel.hidden = false;
  panel.dataset.size = size;
  panel.querySelector(".panel-body").scrollTop = 0;
  mark(panel, true);
  if (focus) panel.querySelector("h2")?.focus({ preventScroll: true });
}

/** Close a panel and give the focus back to what opened it. */
export function closePanel(panel, { restore = true } = {}) {
  const at = open.findIndex((entry) => entry.panel === panel);
  if (at < 0) return;
  const [{ opener, onClose }] = open.splice(at, 1);
  const hadFocus = panel.contains(document.activeElement);
  panel.hidden = true;
  mark(panel, false);
  if (restore && hadFocus) (opener ?? document.querySelector(".maplibregl-canvas"))?.focus();
  onClose?.();
}

/** Close the panel opened last; false when none is open. */
export function closeTopPanel() {
  const top = open.at(-1);
  if (top) closePanel(top.panel);
  return Boolean(top);
}

function mark(panel, expanded) {
  document.querySelectorAll(`[aria-controls="${panel.id}"]`).forEach((button) => button.setAttribute("aria-expanded", expanded));
}

function step(panel, by) {
  const at = SIZES.indexOf(panel.dataset.size) + by;
  if (at < 0) closePanel(panel);
  else panel.dataset.size = SIZES[Math.min(at, SIZES.length - 1)];
}

/** Make the handle of a panel answer press, arrow keys and drag. */
export function enablePanel(panel) {
  panel.querySelector("[data-close]").addEventListener("click", () => closePanel(panel));
  const handle = panel.querySelector("[data-handle]");
  let start = null;
  handle.addEventListener("pointerdown", (event) => { start = event.clientY; handle.setPointerCapture(event.pointerId); });
  handle.addEventListener("pointerup", (event) => {
    const moved = start === null ? 0 : event.clientY - start;
    start = null;
    if (Math.abs(moved) > 24) step(panel, moved < 0 ? 1 : -1);
    else panel.dataset.size = panel.dataset.size === "full" ? "peek" : SIZES[SIZES.indexOf(panel.dataset.size) + 1];
  });
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1, Enter: 1, " ": 1 }[event.key];
    if (by) { event.preventDefault(); step(panel, by); }
  });
}
