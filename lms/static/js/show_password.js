// <show-password>: a button in a password field that shows what was typed. Without script there is no button.
const EYE = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M2.5 12s3.500-6.500 9.500-6.500S21.500 12 21.500 12s-3.500 6.500-9.500 6.500S2.500 12 2.500 12z"/><circle cx="12" cy="12" r="3"/></svg>';
const WORDS = document.documentElement.lang.startsWith("zh") ? "显示密码" : "Show password";

class ShowPassword extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (!input || this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "iconbutton";
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", WORDS);
    button.innerHTML = EYE;
    button.addEventListener("click", () => {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      input.focus();
    });
    // A password must never be kept by the browser as ordinary text.
    if (input.form) input.form.addEventListener("submit", () => { input.type = "password"; });
    this.append(button);
  }
}

customElements.define("show-password", ShowPassword);
