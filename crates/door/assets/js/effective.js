// What a person's form comes to, worked out anew when a field changes that it depends on.
//
// <div data-effective="/customer-users/new" data-of="ID of the form" data-fields="UserCustomerID ValidID">: the address
// answers for the fields' values (X-Fragment: permissions) with what stands in it. Without this the preview does it.
import { announce } from "./announce.js";
import { fragment, debounce } from "./fetch.js";

// Milliseconds without a further change after which it is said what the form comes to.
const PAUSE = 700;

export function effective() {
  for (const region of document.querySelectorAll("[data-effective]")) follow(region);
}

function follow(region) {
  const form = document.getElementById(region.dataset.of);
  const names = region.dataset.fields.split(" ");
  let last = region.querySelector("[data-announce]")?.textContent ?? "";
  const ask = debounce(150, async () => {
    const url = new URL(region.dataset.effective, location.href);
    for (const name of names) {
      const field = form.elements.namedItem(name);
      if (field) url.searchParams.set(name, field.value);
    }
    region.setAttribute("aria-busy", "true");
    const answer = await fragment(url, "permissions");
    if (answer === null) return;
    region.removeAttribute("aria-busy");
    // Better nothing than what is not so any more.
    region.innerHTML = answer.failed ? "" : answer.html;
    const said = region.querySelector("[data-announce]")?.textContent ?? "";
    if (said && said !== last) announce(said, PAUSE);
    last = said;
  });
  form?.addEventListener("change", ({ target }) => {
    if (names.includes(target.name)) ask();
  });
}
