/** Handing a page's address over: by what the device offers, else by a copy. Without this it is there to be selected. */

for (const box of document.querySelectorAll("[data-share]")) {
  const [button, told] = [box.querySelector("button"), box.querySelector("[role=status]")];
  const link = box.parentElement.querySelector("input[readonly]");
  button.addEventListener("click", async () => {
    if (navigator.share) {
      // Who closes the device's own sheet has chosen to share nothing.
      await navigator.share({ title: box.dataset.title, url: link.value }).catch(() => {});
      return;
    }
    link.select();
    const copied = await navigator.clipboard?.writeText(link.value).then(() => true, () => false);
    told.textContent = copied ? told.dataset.copied : told.dataset.failed;
  });
  box.hidden = false;
}
