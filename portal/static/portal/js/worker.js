/** Starts the service worker when the page has done its own work: what is kept for offline must not slow what is read. */

const idle = () => new Promise((done) => { (window.requestIdleCallback ?? setTimeout)(done); });

async function start() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  if (document.readyState !== "complete") await new Promise((done) => { addEventListener("load", done, { once: true }); });
  // The map goes on loading after the page.
  if (document.querySelector("#map") && !document.body.matches("[data-ready], [data-failed]")) {
    await new Promise((done) => {
      new MutationObserver((_changes, observer) => { observer.disconnect(); done(); }).observe(document.body, { attributeFilter: ["data-ready", "data-failed"] });
    });
  }
  await idle();
  await serviceWorker.register("/service-worker.js");
  const { active } = await serviceWorker.ready;
  active.postMessage("idle");
}

start().catch((error) => console.warn("Nothing is kept for offline:", error));
