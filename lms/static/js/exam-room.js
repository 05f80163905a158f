// The exam room. Every answer is kept on this device first, then sent to the server in order.
// Nothing here knows a key or a score; the words come from the page.

const CHOICE_MS = 500;
const TEXT_MS = 5000;
const RESYNC_MS = 30000;
const WAITS = [2000, 4000, 8000, 15000];

import { Notebook, TYPES, all, boxes, clockText, drawCell, otherTheme, readNumber, setIcon, stored } from "./exam-answers.js";

class ExamRoom extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.dataset.words);
    this.book = new Notebook(this.dataset.attempt);
    this.questions = new Map(all(this, "[data-q]").map((q) => [Number(q.dataset.q), q]));
    this.deadline = Number(this.dataset.deadline);
    this.setClock(Number(this.dataset.now));
    Object.assign(this, { tried: 0, told: 99, keys: true, flying: false });
    this.recover();
    this.takeOver();
    this.listen();
    this.view("one");
    this.show(this.firstOpen());
    this.paint();
    this.say("ready", "ok");
    setInterval(() => this.tick(), 500);
    setInterval(() => this.send(true), RESYNC_MS);
    this.tick();
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
    if (this.waiting()) this.send();
  }
  word(name, values = {}) { return Object.entries(values).reduce((s, [k, v]) => s.replace(`{${k}}`, v), this.words[name]); }
  waiting() { return this.book.unsaved().length; }
  part(selector) { return document.querySelector(selector); }
  // ---- time: the server's, carried on by a clock that nobody can set -----------------------
  setClock(serverNow) { Object.assign(this, { serverNow, measuredAt: performance.now() }); }
  // After sleep it may be behind; coming back to the page asks the server again.
  now() { return this.serverNow + performance.now() - this.measuredAt; }
  tick() {
    const left = this.deadline - this.now();
    this.part("[data-clock-time]").textContent = clockText(left);
    this.part("[data-clock-time]").classList.toggle("is-last", left < 300000);
    this.part("[data-note=last]").hidden = left >= 300000 || left <= 0;
    const minutes = [10, 5, 1].filter((m) => left < m * 60000).pop();
    if (minutes && minutes < this.told && left > 0) {
      this.told = minutes;
      this.part("[data-announce]").textContent = this.word("minutesLeft", { n: minutes });
    }
    if (left <= 0 && !this.over) this.timeUp();
  }
  timeUp() {
    this.over = true;
    this.dialog("handing");
    this.part("[data-handing-text]").textContent = this.word("timeUp");
    this.handIn();
  }
  // ---- answers ----------------------------------------------------------------------------
  recover() {
    for (const [position, entry] of Object.entries(this.book.pending)) {
      const q = this.questions.get(Number(position));
      if (!q || entry.seq <= Number(q.dataset.seq)) delete this.book.pending[position];
      else { this.write(q, entry.value); q.dataset.seq = entry.seq; }
    }
    this.book.keep();
  }
  write(q, value) {
    TYPES[q.dataset.type].write(q, value);
    q.dataset.answered = value === null ? "" : "1";
    this.dress(q);
  }
  dress(q) {
    all(q, ".choice").forEach((c) => c.classList.toggle("is-on", c.querySelector("input").checked));
    const order = q.querySelector("[data-order]");
    if (order) order.classList.toggle("is-set", q.querySelector("[data-order-set]").checked);
    const box = q.querySelector(".input");
    const count = q.querySelector("[data-characters]");
    if (count) count.textContent = this.word("characters", { n: box.value.length });
    const read = q.querySelector("[data-read-as]");
    if (read) read.textContent = box.value.trim() ? this.readAs(box) : "";
  }
  readAs(box) {
    const number = readNumber(box.value, box.dataset.unit);
    return number ? this.word("readAs", { t: number }) : this.word("notNumber");
  }
  changed(q, wait) {
    if (this.over || this.stopped) return;
    const position = Number(q.dataset.q);
    const value = TYPES[q.dataset.type].read(q);
    const waiting = this.book.pending[position];
    // A seq that was ever sent may have been saved: the next answer takes the next one.
    const seq = waiting && !waiting.sent ? waiting.seq : Number(q.dataset.seq) + 1;
    this.book.pending[position] = { seq, value };
    q.dataset.seq = seq;
    q.dataset.answered = value === null ? "" : "1";
    this.book.keep();
    this.dress(q);
    this.paint();
    if (!this.tried) this.say("saving", "busy");
    this.sendIn(wait);
  }
  sendIn(ms) {
    const due = Date.now() + ms;
    if (this.timer && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => { this.timer = null; this.send(); }, ms);
  }
  // ---- sending ----------------------------------------------------------------------------
  async send(ask = false) {
    if (this.flying || this.stopped) return;
    const waiting = this.book.unsaved().slice(0, 100);
    const items = waiting.map(([position, { seq, value }]) => ({ position: Number(position), seq, value }));
    if (!items.length && !ask) return;
    clearTimeout(this.timer);
    Object.assign(this, { timer: null, flying: true });
    waiting.forEach(([, entry]) => { entry.sent = true; });
    this.book.keep();
    const begun = performance.now();
    try {
      const answer = await fetch(this.dataset.saveUrl, {
        method: "POST", keepalive: document.visibilityState === "hidden", redirect: "manual", credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token() },
        body: JSON.stringify({ items }),
      });
      this.flying = false;
      await this.heard(answer, begun);
    } catch {
      this.flying = false;
      this.lost("offline");
    }
  }
  token() { return this.part("[name=csrfmiddlewaretoken]").value; }
  async heard(answer, begun) {
    if (answer.type === "opaqueredirect" || answer.status === 403) return this.lost("failed", this.word("signedOut"));
    if (answer.status >= 500 || answer.status === 429) return this.lost("failed");
    const body = await answer.json();
    this.setClock(Date.parse(body.server_now) + (performance.now() - begun) / 2);
    if (body.code === "submitted" || body.code === "closed") return this.leave();
    if (body.deadline) this.deadline = Date.parse(body.deadline);
    (body.saved || []).forEach(({ position, seq }) => this.done(position, seq));
    (body.refused || []).forEach((refusal) => this.refused(refusal));
    if (!body.saved) return this.lost("failed", body.message);
    this.book.keep();
    this.tried = 0;
    this.part("[data-note=offline]").hidden = true;
    if (this.waiting()) {
      this.say("saving", "busy");
      this.sendIn(CHOICE_MS);
    } else this.settled(body);
  }
  settled(body) {
    if (body.saved.length) this.savedAt = new Date(body.server_now).toTimeString().slice(0, 8);
    this.say(this.savedAt ? "saved" : "ready", "ok", this.savedAt);
  }
  done(position, seq) {
    const entry = this.book.pending[position];
    if (entry && entry.seq === seq) entry.saved = true;
  }
  refused({ position, code, seq, value, message }) {
    const q = this.questions.get(position);
    delete this.book.pending[position];
    if (!q) return;
    if (code === "stale") {
      q.dataset.seq = seq;
      this.write(q, value);
      this.note(this.word("stale", { n: position }));
    } else this.note(this.word("bad", { n: position, t: message }));
    this.paint();
  }
  lost(word, message = "") {
    this.say(word, "off");
    this.part("[data-note=offline]").hidden = word !== "offline";
    this.part("[data-note-count]").textContent = this.word("unsaved", { n: this.waiting() });
    if (message) this.note(message);
    this.sendIn(WAITS[Math.min(this.tried, WAITS.length - 1)]);
    this.tried += 1;
  }
  say(word, state, time = "") {
    const box = this.part("[data-save]");
    box.className = `save save-${state} num`;
    setIcon(box, this.dataset.sprite, { ok: "check", busy: "busy", off: "offline" }[state]);
    this.part("[data-save-text]").textContent = this.word(word, { t: time });
  }
  note(message) {
    this.part("[data-note-text]").textContent = message;
    this.part("[data-note=message]").hidden = !message;
  }
  // ---- handing in -------------------------------------------------------------------------
  async handIn() {
    this.handing = true;
    for (let n = 0; this.waiting() && n < 8; n += 1) {
      await this.send();
      if (this.waiting()) await new Promise((go) => setTimeout(go, 400));
    }
    if (this.left) return;
    try {
      if (this.waiting() && !this.over) throw new Error("unsaved");
      const form = this.part("[data-submit-form]");
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      this.leave();
    } catch {
      this.handing = false;
      this.lost(navigator.onLine ? "failed" : "offline");
      if (this.over) setTimeout(() => this.handIn(), WAITS[1]);
      else this.dialog(null);
    }
  }
  leave() {
    this.left = this.stopped = true;
    this.book.clear();
    location.assign(this.dataset.resultUrl);
  }
  // One window writes: the newest. The others hear of it and stop.
  takeOver() {
    Object.assign(this, { stopped: false, name: String(Math.random()) });
    stored((store) => store.setItem(`${this.book.key}:window`, this.name));
  }
  // ---- what is on the screen --------------------------------------------------------------
  view(mode) {
    this.mode = mode;
    all(this, "[data-view]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.view === mode)));
    this.questions.forEach((q, n) => { q.hidden = mode === "one" && n !== this.at; });
  }
  firstOpen() {
    for (const [n, q] of this.questions) if (!q.dataset.answered) return n;
    return 1;
  }
  show(n, focus = false) {
    const q = this.questions.get(n);
    if (!q) return;
    this.at = n;
    if (!this.book.seen.includes(n)) this.book.seen.push(n);
    this.book.keep();
    this.view(this.mode);
    this.part("[data-sheet-panel]").classList.remove("is-open");
    this.paint();
    if (this.mode === "all") q.scrollIntoView({ block: "start" });
    else window.scrollTo(0, 0);
    if (focus) q.focus({ preventScroll: true });
    all(this, "[data-step]").forEach((b) => { b.disabled = !this.questions.has(n + Number(b.dataset.step)); });
  }
  lists() {
    const every = Array.from(this.questions.entries());
    const open = every.filter(([, q]) => !q.dataset.answered).map(([n]) => n);
    return { open, flag: this.book.flags, seen: open.filter((n) => this.book.seen.includes(n)) };
  }
  paint() {
    const { open, flag, seen } = this.lists();
    const count = this.questions.size;
    const numbers = { open: open.length, flag: flag.length, done: count - open.length, seen: seen.length, unseen: open.length - seen.length };
    all(this, "[data-n]").forEach((n) => { n.textContent = numbers[n.dataset.n]; });
    this.part("[data-answered]").textContent = this.word("answeredOf", { n: `${numbers.done}/${count}` });
    this.part("[data-meter]").value = numbers.done;
    all(this, "[data-go]").forEach((cell) => this.cell(cell, open, flag));
    all(this, "[data-palette]").forEach((part) => { part.hidden = !part.querySelector("[data-go]:not([hidden])"); });
    this.questions.forEach((q, n) => q.querySelector("[data-flag]").setAttribute("aria-pressed", String(flag.includes(n))));
  }
  cell(cell, open, flag) {
    const n = Number(cell.dataset.go);
    const [isOpen, flagged, here] = [open.includes(n), flag.includes(n), n === this.at];
    const state = !isOpen ? "done" : this.book.seen.includes(n) ? "seen" : "unseen";
    drawCell(cell, { state, here, flagged, words: this.words, sprite: this.dataset.sprite });
    cell.hidden = (this.filter === "open" && !isOpen) || (this.filter === "flag" && !flagged);
  }
  dialog(name) {
    all(this, "[data-dialog]").forEach((d) => { d.hidden = d.dataset.dialog !== name; });
    if (name) this.returnTo = document.activeElement;
    const next = name ? this.part(`[data-dialog=${name}] [role]`) : this.returnTo;
    if (next) next.focus();
  }
  askSubmit() {
    this.send();
    const { open, flag } = this.lists();
    const waiting = this.waiting();
    this.part("[data-submit-title]").textContent = open.length ? this.word("openCount", { n: open.length }) : this.words.allAnswered;
    this.part("[data-submit-left]").textContent = this.word("left", { t: clockText(this.deadline - this.now()) });
    this.part("[data-submit-saved] span").textContent = waiting
      ? this.word("unsaved", { n: waiting }) : this.word("allSaved", { t: this.savedAt || "–" });
    for (const [name, list] of Object.entries({ open, flag })) {
      this.part(`[data-submit-${name}]`).hidden = !list.length;
      this.part(`[data-jumps=${name}]`).replaceChildren(...list.map((n) => {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", textContent: n });
        button.dataset.go = n;
        button.setAttribute("aria-label", this.word("jump", { n }));
        return button;
      }));
    }
    this.dialog("submit");
  }
  // ---- hands ------------------------------------------------------------------------------
  listen() {
    this.addEventListener("change", (e) => this.onInput(e, CHOICE_MS));
    this.addEventListener("input", (e) => { if (e.target.matches(".input:not(select)")) this.onInput(e, TEXT_MS); });
    this.addEventListener("focusout", (e) => { if (e.target.matches(".input")) this.sendIn(0); });
    document.addEventListener("click", (e) => this.onClick(e));
    document.addEventListener("keydown", (e) => this.onKey(e));
    this.part("[data-submit-form]").addEventListener("submit", (e) => {
      e.preventDefault();
      if (this.handing) return;
      this.dialog("handing");
      this.part("[data-handing-text]").textContent = this.words.handing;
      this.handIn();
    });
    const soon = () => this.send(true);
    window.addEventListener("online", soon);
    window.addEventListener("offline", () => this.lost("offline"));
    window.addEventListener("focus", soon);
    window.addEventListener("pagehide", () => this.send());
    document.addEventListener("visibilitychange", soon);
    window.addEventListener("storage", (e) => {
      if (e.key !== `${this.book.key}:window` || !e.newValue || e.newValue === this.name) return;
      this.stopped = true;
      this.dialog("elsewhere");
    });
  }
  onInput(event, wait) {
    const q = event.target.closest("[data-q]");
    if (q) this.changed(q, wait);
  }
  onClick(event) {
    const button = event.target.closest("button");
    if (!button) { if (event.target.matches("[data-dialog=submit]")) this.dialog(null); return; }
    const d = button.dataset;
    if (d.go) { this.dialog(null); this.show(Number(d.go), true); }
    else if (d.step) this.show(this.at + Number(d.step), true);
    else if ("flag" in d) this.flag(Number(button.closest("[data-q]").dataset.q));
    else if (d.view) { this.view(d.view); this.show(this.at); }
    else if (d.filter) this.setFilter(d.filter);
    else if (d.move) this.move(button, Number(d.move));
    else if ("sheet" in d) this.part("[data-sheet-panel]").classList.toggle("is-open");
    else if ("askSubmit" in d) this.askSubmit();
    else if ("close" in d) this.dialog(null);
    else if ("takeOver" in d) location.reload();
    else if ("clock" in d) this.hideClock(button);
    else if ("keys" in d) this.setKeys(button);
    else if ("themeToggle" in d) otherTheme();
  }
  flag(n) {
    const flags = this.book.flags;
    if (flags.includes(n)) flags.splice(flags.indexOf(n), 1); else flags.push(n);
    flags.sort((a, b) => a - b);
    this.book.keep();
    this.paint();
  }
  setFilter(filter) {
    this.filter = filter;
    all(this, "[data-filter]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.filter === filter)));
    this.paint();
  }
  move(button, by) {
    const li = button.closest("li");
    const other = by < 0 ? li.previousElementSibling : li.nextElementSibling;
    if (!other) return;
    li.parentNode.insertBefore(by < 0 ? li : other, by < 0 ? other : li);
    const q = li.closest("[data-q]");
    q.querySelector("[data-order-set]").checked = true;
    button.focus();
    this.changed(q, CHOICE_MS);
  }
  hideClock(button) {
    const hide = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(hide));
    this.part("[data-clock-time]").hidden = hide;
    this.part("[data-clock-hidden]").hidden = !hide;
  }
  setKeys(button) {
    this.keys = !this.keys;
    button.setAttribute("aria-pressed", String(this.keys));
    button.textContent = this.words[this.keys ? "keysOn" : "keysOff"];
  }
  onKey(event) {
    const open = this.part("[data-dialog]:not([hidden])");
    if (event.key === "Escape" && open && open.dataset.dialog === "submit") return this.dialog(null);
    if (event.key === "Tab" && open) return this.stay(event, open);
    const typing = event.target.matches("textarea, select, input.input");
    if (open || !this.keys || typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "arrowleft" || key === "k") this.show(this.at - 1, true);
    else if (key === "arrowright" || key === "j") this.show(this.at + 1, true);
    else if (key === "f") this.flag(this.at);
    else if (/^[1-9a-e]$/.test(key)) this.choose(/\d/.test(key) ? Number(key) - 1 : key.charCodeAt(0) - 97);
    else return;
    event.preventDefault();
  }
  stay(event, open) {
    const stops = all(open, "button");
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (stops.length && document.activeElement !== edge) return;
    event.preventDefault();
    if (stops.length) (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  }
  choose(place) {
    const box = boxes(this.questions.get(this.at))[place];
    if (box) box.click();
  }
}

customElements.define("exam-room", ExamRoom);
