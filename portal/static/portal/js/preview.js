/** Shows what a form would do while it is written: the same form, the same answer, only its preview is taken. */

const WAIT_MS = 400;
const form = document.querySelector("[data-preview]");
let timer = 0;
let asked = 0;

async function show() {
  const mine = ++asked;
  const body = new FormData(form);
  body.set("do", "preview");
  // Without network the last preview stays; the button still asks the server.
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer || mine !== asked || ![200, 400].includes(answer.status)) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked) return;
  for (const id of ["faults", "preview"]) {
    const found = page.getElementById(id);
    if (found) document.getElementById(id).replaceChildren(...found.childNodes);
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, WAIT_MS);
});
