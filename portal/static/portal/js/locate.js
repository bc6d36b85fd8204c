/** "Near me": asks for the reader's place on press only, writes it into the form and sends that. */

const TIMEOUT_MS = 15_000;
const DENIED = 1;

/** Show the button of a [data-locate] and let it fill the field it names. */
export function enableLocate(box) {
  if (!navigator.geolocation) return;
  const field = document.getElementById(box.dataset.locate);
  const status = box.querySelector("[role=status]");
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => {
    status.textContent = status.dataset.busy;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        status.textContent = "";
        field.value = `${coords.longitude.toFixed(5)},${coords.latitude.toFixed(5)}`;
        field.form.requestSubmit();
      },
      (error) => {
        field.closest("details")?.setAttribute("open", "");
        status.textContent = error.code === DENIED ? status.dataset.denied : status.dataset.missing;
      },
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: 60_000 },
    );
  });
}
