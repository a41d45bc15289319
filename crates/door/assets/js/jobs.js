// Jobs: their page follows them.
//
// <div data-region="job"> around what changes; <div data-poll="1500"> in it while it changes by itself.
import { announce } from "./announce.js";
import { fragment } from "./fetch.js";

export function jobs() {
  const region = document.querySelector('[data-region="job"]');
  if (!region) return;
  const said = () => region.querySelector("[data-announce]")?.textContent.trim() ?? "";
  let last = said();
  const look = async () => {
    const answer = await fragment(new URL(location.href), "job");
    if (answer === null) return;
    if (answer.failed) {
      // Whoever is logged out meanwhile is told so by the page itself.
      location.reload();
      return;
    }
    const inside = region.contains(document.activeElement);
    region.innerHTML = answer.html;
    // The button that had the focus is there again, or the page begins anew.
    if (inside) (region.querySelector("button") ?? document.getElementById("main"))?.focus();
    if (said() !== last) {
      last = said();
      announce(last);
    }
    wait();
  };
  const wait = () => {
    const every = region.querySelector("[data-poll]")?.dataset.poll;
    if (every) setTimeout(look, Number(every));
  };
  wait();
}
