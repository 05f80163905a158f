// The account menu and the theme switch. Both work without this file; it only saves a click and a reload.
const root = document.documentElement;

function setTheme(form, button) {
  const theme = button.value;
  root.setAttribute("data-bs-theme", theme);
  form.querySelectorAll("button[name=theme]").forEach((each) => {
    each.setAttribute("aria-pressed", String(each === button));
  });
  const body = new FormData(form);
  body.set("theme", theme);
  // The server remembers; when it cannot be reached the choice holds for this page only.
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-form] button[name=theme]");
  if (button) {
    event.preventDefault();
    setTheme(button.form, button);
  }
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

const errors = document.getElementById("errors");
if (errors) errors.focus();
