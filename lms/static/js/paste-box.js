// Pasting an article: what the clipboard holds as HTML goes along, the box shows its plain text.

const box = document.querySelector("[data-paste-box]");
const markup = document.querySelector("[data-paste-markup]");
const told = document.querySelector("[data-paste-told]");

function keep(html, text) {
  markup.value = html;
  box.value = text;
  box.readOnly = true;
  told.textContent = told.dataset.taken.replace("{count}", String(text.length));
}

function clear() {
  markup.value = "";
  box.value = "";
  box.readOnly = false;
  told.textContent = told.dataset.empty;
}

if (box && markup && told) {
  box.addEventListener("paste", (event) => {
    const html = event.clipboardData ? event.clipboardData.getData("text/html") : "";
    if (!html || box.readOnly) return;
    event.preventDefault();
    if (html.length > Number(box.dataset.most)) {
      told.textContent = told.dataset.large;
      return;
    }
    keep(html, event.clipboardData.getData("text/plain"));
  });
  box.form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
    box.focus();
  });
}
