// The device check of the exam lobby, and the countdown to the opening. Words come from the page.

class ExamLobby extends HTMLElement {
  connectedCallback() {
    const words = this.querySelector("[data-words-good]").dataset;
    this.words = { good: words.wordsGood, bad: words.wordsBad };
    this.offset = Date.parse(this.dataset.now) - Date.now();
    this.opens = Date.parse(this.dataset.opens);
    this.report("browser", typeof Element.prototype.replaceChildren === "function");
    this.report("store", this.canStore());
    this.measure();
    setInterval(() => this.tick(), 1000);
    setInterval(() => this.measure(), 20000);
    this.tick();
  }
  canStore() {
    try {
      localStorage.setItem("exam:check", "1");
      localStorage.removeItem("exam:check");
      return true;
    } catch {
      return false;
    }
  }
  async measure() {
    const begun = performance.now();
    try {
      const answer = await fetch(this.dataset.clockUrl, { cache: "no-store" });
      const body = await answer.json();
      const took = Math.round(performance.now() - begun);
      this.offset = Date.parse(body.server_now) + took / 2 - Date.now();
      this.report("network", true, took);
      const minutes = Math.round(Math.abs(this.offset) / 60000);
      this.report("clock", minutes < 1, minutes);
    } catch {
      this.report("network", false);
    }
  }
  report(name, good, n = "") {
    const row = this.querySelector(`[data-check=${name}]`);
    const why = row.querySelector(".why");
    why.textContent = (good ? why.dataset.good : why.dataset.bad).replace("{n}", n);
    row.querySelector(".mark").className = `mark mark-${good ? "good" : "warn"}`;
    const tag = row.querySelector(".tag");
    tag.className = `tag tag-${good ? "good" : "warn"}`;
    tag.textContent = good ? this.words.good : this.words.bad;
  }
  tick() {
    const now = Date.now() + this.offset;
    this.querySelector("[data-time]").textContent = new Date(now).toTimeString().slice(0, 8);
    const box = this.querySelector("[data-countdown]");
    if (!box || box.hidden) return;
    const left = Math.max(0, Math.ceil((this.opens - now) / 1000));
    const two = (v) => String(v).padStart(2, "0");
    const hours = Math.floor(left / 3600);
    this.querySelector("[data-left]").textContent =
      (hours ? `${hours}:` : "") + `${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
    if (left > 0) return;
    box.hidden = true;
    this.querySelector("[data-start]").disabled = false;
  }
}

customElements.define("exam-lobby", ExamLobby);
