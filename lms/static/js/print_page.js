// <print-page>: a button that opens the browser's print dialog. Without script one uses the browser's own menu.
const WORDS = document.documentElement.lang.startsWith("zh") ? "打印" : "Print";

class PrintPage extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-primary";
    button.textContent = WORDS;
    button.addEventListener("click", () => window.print());
    this.append(button);
  }
}

customElements.define("print-page", PrintPage);
