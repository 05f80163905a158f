// The marking desk: running total, hold, keys, drafts. Every form works without this file.
const WAIT = 1500;
const KEYS_OFF = "grading-desk-keys-off";

class GradingDesk extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("[data-marking]");
    this.crits = [...this.querySelectorAll("[data-crit]")];
    this.state = this.querySelector("[data-save-state]");
    this.ends = Date.now() + Number(this.dataset.seconds) * 1000;
    this.live = Number(this.dataset.seconds) > 0;
    this.open(Math.max(0, this.crits.findIndex((each) => each.classList.contains("is-open"))), false);
    this.classList.add("is-live");
    this.addEventListener("change", (event) => this.changed(event));
    this.addEventListener("input", (event) => event.target.matches("textarea") && this.plan());
    this.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", (event) => this.key(event));
    this.keysOff = this.querySelector("[data-keys-off]");
    this.keysOff.checked = this.remembered();
    if (this.live) this.ticker = setInterval(() => this.tick(), 1000);
  }

  remembered() {
    try { return localStorage.getItem(KEYS_OFF) === "1"; } catch { return false; }
  }

  open(index, focus = true) {
    this.now = Math.min(Math.max(index, 0), this.crits.length - 1);
    this.crits.forEach((each, place) => each.classList.toggle("is-open", place === this.now));
    const crit = this.crits[this.now];
    this.querySelector("[data-step-title]").textContent = crit.querySelector("h3").firstChild.textContent;
    this.querySelector("[data-step-place]").textContent = `${this.now + 1} / ${this.crits.length}`;
    if (!focus) return;
    crit.scrollIntoView({ block: "nearest" });
    const radio = crit.querySelector("input:checked") || crit.querySelector("input");
    if (!radio.disabled) radio.focus({ preventScroll: true });
  }

  changed(event) {
    if (event.target === this.keysOff) {
      try { localStorage.setItem(KEYS_OFF, this.keysOff.checked ? "1" : "0"); } catch { /* private mode */ }
      return;
    }
    if (event.target.type !== "radio") return;
    this.draw(event.target.closest("[data-crit]"), event.target);
    this.total();
    this.plan();
  }

  draw(crit, radio) {
    const points = Number(radio.dataset.points);
    const label = radio.closest("label");
    crit.querySelector("[data-got]").textContent = String(points);
    crit.querySelector("[data-name]").textContent = label.querySelector("b").textContent;
    crit.querySelector("[data-said]").textContent = label.querySelector(".d").textContent;
    crit.classList.remove("is-todo");
    crit.classList.toggle("is-low", points < Number(crit.dataset.max) * 0.6);
  }

  total() {
    const chosen = [...this.querySelectorAll("[data-crit] input:checked")];
    const points = chosen.reduce((sum, each) => sum + Number(each.dataset.points), 0);
    const top = this.crits.reduce((sum, each) => sum + Number(each.dataset.max), 0);
    const done = chosen.reduce((sum, each) => sum + Number(each.closest("[data-crit]").dataset.max), 0);
    this.querySelector("[data-points]").textContent = String(points);
    this.querySelector("[data-fill]").setAttribute("width", `${(points / top) * 100}%`);
    this.querySelector("[data-left]").textContent = String(top - done);
    this.querySelectorAll("[data-chosen]").forEach((each) => {
      each.textContent = `${chosen.length}/${this.crits.length}`;
    });
  }

  clicked(event) {
    const step = event.target.closest("[data-step]");
    if (step) this.open(this.now + Number(step.dataset.step));
    const head = event.target.closest("[data-crit-head]");
    if (head) this.open(this.crits.indexOf(head.closest("[data-crit]")));
  }

  plan() {
    if (!this.live) return;
    clearTimeout(this.timer);
    this.say(this.dataset.unsaved);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  // One save at a time: the revision of the answer belongs to the next one.
  async save() {
    clearTimeout(this.timer);
    if (this.saving) { this.again = true; return; }
    this.saving = true;
    this.say(this.dataset.saving);
    const body = new FormData(this.form);
    body.set("action", "draft");
    try {
      const answer = await fetch(this.dataset.save, { method: "POST", body, headers: { Accept: "application/json" } });
      const said = await answer.json();
      if (answer.ok) this.kept(said); else this.say(said.message);
    } catch {
      this.say(this.dataset.unsaved);
      this.timer = setTimeout(() => this.save(), WAIT * 4);
    }
    this.saving = false;
    if (this.again) { this.again = false; this.save(); }
  }

  kept(said) {
    this.form.elements.revision.value = said.revision;
    this.ends = Date.now() + said.lease_seconds * 1000;
    this.say(`${this.dataset.saved} ${said.saved_at}`);
  }

  say(words) { if (this.state) this.state.textContent = words; }

  tick() {
    const left = Math.max(0, Math.round((this.ends - Date.now()) / 1000));
    const clock = this.querySelector("[data-lease-left]");
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const share = (left / Number(this.dataset.total)) * 100;
    this.querySelector(".lease .left").setAttribute("stroke-dasharray", `${share} 100`);
    if (left === 0) { this.say(this.dataset.lost); clearInterval(this.ticker); }
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229 || this.keysOff.checked) return;
    const held = event.ctrlKey || event.metaKey;
    if (held && event.key === "s" && this.live) { event.preventDefault(); this.save(); return; }
    if (held && event.key === "Enter" && this.live) { event.preventDefault(); this.finish(); return; }
    if (held || event.altKey || event.target.closest("textarea, select, input:not([type=radio])")) return;
    if (this.plainKey(event.key)) event.preventDefault();
  }

  plainKey(key) {
    const crit = this.crits[this.now];
    if (/^[1-9]$/.test(key)) return this.choose(crit.querySelectorAll("input[type=radio]")[Number(key) - 1]);
    if (key === "j" || key === "J") { this.open(this.now + 1); return true; }
    if (key === "k" || key === "K") { this.open(this.now - 1); return true; }
    if (key === "c" || key === "C") { crit.querySelector("textarea").focus(); return true; }
    if (key === "?") { const box = this.querySelector("[data-keys]"); box.open = !box.open; return true; }
    if (key === "ArrowLeft") return this.follow("[data-before]");
    if (key === "ArrowRight") return this.follow("[data-after]");
    return false;
  }

  choose(radio) {
    if (!radio || radio.matches(":disabled")) return false;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  follow(selector) {
    const link = this.querySelector(selector);
    if (!link) return false;
    link.click();
    return true;
  }

  finish() {
    const missing = this.crits.findIndex((each) => !each.querySelector("input:checked"));
    if (missing >= 0) { this.open(missing); return; }
    this.form.querySelector("button[value=finish]").click();
  }
}

customElements.define("grading-desk", GradingDesk);
