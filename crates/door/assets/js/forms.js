// Forms: sent once, not left by accident, checked again while a mistake is corrected.
//
// <form data-guard> is sent once; <form data-dirty> warns before it is left with changes;
// <form data-validate> forgets a field's mistake as soon as the browser finds the field right.
export function forms() {
  for (const form of document.querySelectorAll("form[data-guard]")) sendOnce(form);
  for (const form of document.querySelectorAll("form[data-dirty]")) warnWhenLeft(form);
  for (const form of document.querySelectorAll("form[data-validate]")) recheck(form);
  for (const select of document.querySelectorAll("select[data-submit]")) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }
}

function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
  });
  // Back from the next page: the form can be sent again.
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  });
}

function warnWhenLeft(form) {
  const content = () => new URLSearchParams(new FormData(form)).toString();
  const before = content();
  // A form that came back with mistakes was changed already.
  const changed = () => form.dataset.dirty === "yes" || content() !== before;
  addEventListener("beforeunload", (event) => {
    if (!form.dataset.sent && !form.dataset.leaving && changed()) event.preventDefault();
  });
  form.addEventListener("submit", () => {
    form.dataset.leaving = "yes";
  });
  addEventListener("pageshow", () => {
    delete form.dataset.leaving;
  });
}

function recheck(form) {
  form.noValidate = true;
  form.addEventListener("input", ({ target }) => {
    if (target.getAttribute("aria-invalid") !== "true" && !target.dataset.wasInvalid) return;
    target.dataset.wasInvalid = "yes";
    const right = target.validity?.valid ?? true;
    target.setAttribute("aria-invalid", String(!right));
    for (const id of (target.getAttribute("aria-describedby") ?? "").split(" ")) {
      const text = id && document.getElementById(id);
      if (text?.classList.contains("error")) text.hidden = right;
    }
  });
  const first = form.querySelector('[aria-invalid="true"]');
  if (first) first.focus();
}
