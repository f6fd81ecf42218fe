/**
 * Small conveniences for every page. Each page works without them.
 *
 *   <button data-print>            opens the print dialogue
 *   <select data-submit>           sends its form when changed; the button beside it has the class `only-plain`
 *   <form data-guard>              asks before the page is left with something typed and not sent
 *   <… data-booked="id">           the counter's draft with this id has been booked and is forgotten
 */

document.documentElement.classList.add("js");

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// One press, one posting: the server would notice a second one by its id, but the person should not wonder.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  form.dataset.sent = "";
  const buttons = [...form.elements].filter((control) => control.type === "submit");
  setTimeout(() => buttons.forEach((button) => (button.disabled = true))); // after the pressed button's own value is taken
  setTimeout(() => buttons.forEach((button) => (button.disabled = false)), 8000); // a download leaves the page where it is
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const button of document.querySelectorAll("button:disabled")) button.disabled = false;
});

for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  addEventListener("beforeunload", (event) => {
    if (changed && !("sent" in form.dataset)) event.preventDefault();
  });
}

// On a phone the menu is one row to be pushed aside: where one is stands in sight.
const menuRow = document.querySelector("nav.main");
const here = menuRow?.querySelector("[aria-current]");
if (here) menuRow.scrollLeft = here.offsetLeft - (menuRow.clientWidth - here.offsetWidth) / 2;

// A menu closes as menus do: by Escape, or by a click elsewhere.
const menus = document.querySelectorAll("details.menu");
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

for (const booked of document.querySelectorAll("[data-booked]")) {
  for (const key of Object.keys(sessionStorage)) {
    if (!key.startsWith("counter:")) continue;
    if (JSON.parse(sessionStorage.getItem(key)).id === booked.dataset.booked) sessionStorage.removeItem(key);
  }
}
