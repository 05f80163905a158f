// Keys and the running sum of the marking desk for written answers. Everything also works without.

class PointsDesk extends HTMLElement {
  connectedCallback() {
    this.points = Array.from(this.querySelectorAll("[data-point]"));
    this.at = 0;
    this.addEventListener("input", () => this.paint());
    this.addEventListener("focusin", (e) => this.open(this.points.indexOf(e.target.closest("[data-point]"))));
    this.addEventListener("click", (e) => {
      const button = e.target.closest("[data-part]");
      if (button) this.give(this.points.indexOf(button.closest("[data-point]")), Number(button.dataset.part));
    });
    document.addEventListener("keydown", (e) => this.onKey(e));
    this.open(0);
    this.paint();
  }
  box(n) { return this.points[n].querySelector("input"); }
  open(n) {
    if (n < 0 || n >= this.points.length) return;
    this.at = n;
    this.points.forEach((point, i) => point.classList.toggle("is-open", i === n));
  }
  give(n, part) {
    this.box(n).value = Math.round(Number(this.box(n).max) * part * 2) / 2;
    this.paint();
    if (n + 1 < this.points.length) this.open(n + 1);
  }
  paint() {
    let sum = 0;
    this.points.forEach((point, n) => {
      const { value, max } = this.box(n);
      sum += Number(value) || 0;
      point.querySelector("[data-shown]").textContent = value === "" ? "–" : value;
      point.querySelectorAll("[data-part]").forEach((button) => {
        const part = Math.round(Number(max) * Number(button.dataset.part) * 2) / 2;
        button.setAttribute("aria-pressed", String(value !== "" && Number(value) === part));
      });
    });
    this.querySelector("[data-sum]").textContent = Math.round(sum * 10) / 10;
  }
  onKey(event) {
    const form = this.querySelector("form");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return this.submit(event, form);
    const typing = event.target.matches("textarea, input");
    if (typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "j") this.open(this.at + 1);
    else if (key === "k") this.open(this.at - 1);
    else if (key === "c") form.querySelector("textarea").focus();
    else if (/^[012]$/.test(key)) this.give(this.at, Number(key) / 2);
    else return;
    event.preventDefault();
  }
  submit(event, form) {
    event.preventDefault();
    if (form.reportValidity()) form.submit();
  }
}

customElements.define("points-desk", PointsDesk);
