// Copying with one click: <button data-copy="#secret"> copies that element's text, <button data-copy-text="…"> its own.
// Buttons are hidden where the browser can't; data-copied is said, and shown by a button that has a text.
import { announce } from "./announce.js";

export function copying() {
  if (!navigator.clipboard) return;
  const show = (inside) => {
    for (const button of inside.querySelectorAll("button[data-copy], button[data-copy-text]")) button.hidden = false;
  };
  show(document);
  for (const region of document.querySelectorAll("[data-region]")) {
    new MutationObserver(() => show(region)).observe(region, { childList: true });
  }
  addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-copy], button[data-copy-text]");
    if (!button) return;
    const from = button.dataset.copyText ?? document.querySelector(button.dataset.copy)?.textContent ?? "";
    await navigator.clipboard.writeText(from.trim());
    announce(button.dataset.copied ?? "");
    if (button.dataset.copyText === undefined) button.textContent = button.dataset.copied ?? button.textContent;
    else button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
  });
}
