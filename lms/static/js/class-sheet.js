// The session sheet by keyboard: J and K move between people, 1–5 set attendance and go on.
// Counts follow what is chosen; leaving with unsaved choices asks first. The form works without it.
class ClassSheet extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.dirty = false;
    this.form.addEventListener("change", () => { this.dirty = true; this.count(); });
    this.form.addEventListener("submit", () => { this.dirty = false; });
    this.form.addEventListener("keydown", (event) => this.key(event));
    this.leave = (event) => { if (this.dirty) { event.preventDefault(); event.returnValue = ""; } };
    window.addEventListener("beforeunload", this.leave);
  }

  disconnectedCallback() {
    window.removeEventListener("beforeunload", this.leave);
  }

  rows() {
    return Array.from(this.form.querySelectorAll("tr[data-row]"));
  }

  key(event) {
    const target = event.target;
    const typing = target.matches("input[type=text], textarea, select");
    if (typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = target.closest("tr[data-row]");
    if (!row) return;
    const move = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (move) {
      event.preventDefault();
      this.go(row, move);
    } else if (/^[1-5]$/.test(event.key)) {
      const choice = row.querySelectorAll("[data-attendance] input")[Number(event.key) - 1];
      if (!choice || choice.disabled) return;
      event.preventDefault();
      choice.checked = true;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      this.go(row, 1);
    }
  }

  go(row, step) {
    const rows = this.rows();
    const next = rows[rows.indexOf(row) + step];
    if (!next) return;
    const group = next.querySelector("[data-attendance]");
    const stop = group.querySelector("input:checked") || group.querySelector("input");
    if (stop) stop.focus();
  }

  count() {
    document.querySelectorAll("[data-tally]").forEach((cell) => {
      const chosen = `[data-attendance] input[value="${cell.dataset.tally}"]:checked`;
      cell.textContent = this.form.querySelectorAll(chosen).length;
    });
  }
}

customElements.define("class-sheet", ClassSheet);
