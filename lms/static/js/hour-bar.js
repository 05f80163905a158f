// The hour bar of a lesson: says "still here" to the server while the page is in view and somebody
// is there. The server counts by its own clock and decides what counts; what this file shows
// between two reports is only a guess. Reports carry a number, so none is ever counted twice.
const RETRY_SECONDS = 5;
const GIVE_UP_MS = 10000; // a report that takes longer is taken for a broken line
const SIGNS = ["pointermove", "touchmove"]; // somebody is there
const ACTS = ["pointerdown", "keydown", "touchstart", "wheel", "click"]; // somebody answers, or goes on

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

class HourBar extends HTMLElement {
  connectedCallback() {
    this.bar = this.querySelector(".hourbar");
    this.meter = this.querySelector("progress");
    this.token = this.querySelector("[name=csrfmiddlewaretoken]").value;
    this.piece("by-hand").hidden = true;
    this.seconds = Number(this.dataset.seconds);
    this.planned = Number(this.dataset.planned);
    this.active = Date.now();
    this.kind = "reading";
    this.state = this.why = "";
    this.seq = this.since = this.pending = this.askedAt = 0;
    this.queue = Promise.resolve();
    if ("full" in this.dataset) {
      this.show("full", "full");
      return;
    }
    this.listen();
    if (document.visibilityState === "visible") this.start();
    else this.show("paused", "hidden");
  }

  listen() {
    this.piece("resume").addEventListener("click", () => this.pending || this.goOn());
    const quietly = { passive: true, capture: true };
    SIGNS.forEach((name) => document.addEventListener(name, (event) => this.sign(event), quietly));
    ACTS.forEach((name) => document.addEventListener(name, (event) => this.act(event), quietly));
    // A recording that plays (watched-media.js) is a sign too; it never answers a question.
    document.addEventListener("study:active", () => {
      if (!this.askedAt) this.active = Date.now();
    });
    document.addEventListener("visibilitychange", () => this.looked());
    window.addEventListener("pagehide", () => this.left());
    window.addEventListener("pageshow", (event) => event.persisted && this.goOn());
    window.addEventListener("online", () => this.retry());
    window.setInterval(() => this.tick(), 1000);
  }

  piece(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  pace(name) {
    return Number(this.dataset[name]) * 1000;
  }

  // -- what happens on the page

  sign(event) {
    if (event.isTrusted && !this.askedAt) this.active = Date.now();
  }

  act(event) {
    if (!event.isTrusted) return;
    const place = event.target.closest && event.target.closest("[data-study-kind]");
    this.kind = place ? place.dataset.studyKind : "reading";
    if (this.askedAt) {
      this.asking(false);
      this.active = Date.now();
      this.report("answered");
    } else if (this.state === "paused" && this.why === "idle" && !this.pending) {
      this.goOn();
    }
    this.active = Date.now();
  }

  looked() {
    if (document.visibilityState === "hidden") {
      if (this.state === "on") this.pause("hidden");
    } else if (this.state === "paused" && ["hidden", "offline"].includes(this.why)) {
      this.goOn();
    }
  }

  left() {
    if (this.state === "on") this.pause("left");
  }

  tick() {
    if (this.state !== "on") return;
    this.since += 1;
    this.draw(Math.min(this.planned, this.seconds + this.since));
    const now = Date.now();
    if (this.askedAt && now - this.askedAt >= this.pace("wait")) {
      this.pause("idle");
    } else if (!this.askedAt && now - this.active >= this.pace("ask")) {
      this.asking(true);
      this.report("asked");
    } else if (!this.pending && this.since * 1000 >= this.due()) {
      this.report("beat");
    }
  }

  due() {
    // A lesson about to be full is reported as soon as it is.
    return Math.min(this.pace("beat"), Math.max(1, this.planned - this.seconds + 1) * 1000);
  }

  pause(why) {
    this.asking(false);
    this.show("paused", why);
    this.report(why);
  }

  goOn() {
    this.active = Date.now();
    if (!this.url || this.why === "ended") this.start();
    else if (this.why === "offline") this.retry();
    else this.report(this.why === "hidden" ? "shown" : "back");
  }

  retry() {
    if (this.why !== "offline" || this.pending || document.visibilityState === "hidden") return;
    if (this.url) this.report(this.lost || "return");
    else this.start();
  }

  // -- what goes to the server, one after the other

  start() {
    this.pending += 1;
    this.queue = this.queue.then(async () => {
      const answer = await this.send(this.dataset.start, {});
      this.pending -= 1;
      if (!answer) return;
      this.url = answer.beat_url;
      this.seq = this.since = 0;
      this.show("on", "on");
      this.settle();
    });
  }

  report(event) {
    if (!this.url) return;
    this.seq += 1;
    const idle = Math.ceil((Date.now() - this.active) / 1000);
    const fields = { event, seq: this.seq, idle, kind: this.kind };
    this.pending += 1;
    // The page may be gone before its turn comes: what puts it away goes out at once.
    const away = event === "hidden" || event === "left";
    const sent = away ? this.send(this.url, fields) : null;
    this.queue = this.queue.then(async () => {
      const answer = await (sent || this.send(this.url, fields));
      this.pending -= 1;
      if (answer) this.take(answer);
      else if (["shown", "back", "answered"].includes(event)) this.lost = "back";
    });
  }

  take(answer) {
    this.seconds = Math.max(this.seconds, answer.seconds);
    this.since = 0;
    this.draw(this.seconds);
    if (this.pending) return; // a later report says how things stand
    this.lost = "";
    if (answer.state === "paused" && answer.reason === "hidden" && !document.hidden) {
      this.show("paused", "hidden");
      this.goOn();
    } else if (answer.state === "paused") {
      this.show("paused", answer.reason);
    } else {
      this.show(answer.state === "ended" ? "paused" : answer.state, answer.state);
    }
    this.asking(answer.asked && this.state === "on");
    this.settle();
  }

  settle() {
    // Put out of view while the answer was on its way.
    if (this.state === "on" && document.hidden) this.pause("hidden");
  }

  async send(url, fields) {
    const body = new URLSearchParams(fields);
    const headers = { "X-CSRFToken": this.token };
    const stop = new AbortController();
    const timer = window.setTimeout(() => stop.abort(), GIVE_UP_MS);
    try {
      const answer = await fetch(url, {
        method: "POST", body, headers, keepalive: true, redirect: "manual", signal: stop.signal,
      });
      if (answer.ok) return await answer.json();
      if (answer.status >= 500) throw new Error(String(answer.status));
      this.asking(false);
      this.show("paused", answer.status === 404 ? "ended" : "signin");
    } catch (error) {
      this.asking(false);
      if (this.why !== "hidden" && this.why !== "left") this.show("paused", "offline");
      window.setTimeout(() => this.retry(), RETRY_SECONDS * 1000);
    } finally {
      window.clearTimeout(timer);
    }
    return null;
  }

  // -- what is to be seen

  asking(yes) {
    if (yes === Boolean(this.askedAt)) return;
    this.askedAt = yes ? Date.now() : 0;
    this.piece("ask").hidden = !yes;
    // A live region speaks when its text comes, not when it is uncovered.
    this.piece("question").textContent = yes ? this.dataset.sayAsk : "";
  }

  draw(seconds) {
    this.meter.value = seconds;
    this.piece("time").textContent = clock(seconds);
  }

  show(state, why) {
    if (this.state === state && this.why === why) return;
    if (state === "paused" && this.state !== "paused") this.pausedAt = Date.now();
    const words = this.dataset[`why${why[0].toUpperCase()}${why.slice(1)}`] || "";
    const away = state === "on" && this.pausedAt ? (Date.now() - this.pausedAt) / 1000 : 0;
    if (state === "on") this.pausedAt = 0;
    this.state = state;
    this.why = why;
    this.bar.classList.toggle("is-on", state === "on" || state === "full");
    this.bar.classList.toggle("is-paused", state === "paused" || state === "capped");
    this.bar.classList.toggle("is-told", state !== "on" || away >= 1);
    this.piece("word").textContent = this.dataset[`say${state[0].toUpperCase()}${state.slice(1)}`];
    this.piece("why").textContent =
      away >= 1 ? this.dataset.whyAway.replace("{time}", clock(away)) : words;
    const use = this.piece("state").querySelector("use");
    const icon = { on: "clock", full: "check" }[state] || "pause";
    use.setAttribute("href", use.getAttribute("href").replace(/#i-.*$/, `#i-${icon}`));
    this.piece("resume").hidden = state !== "paused" || why === "signin";
    if (state === "full") this.dispatchEvent(new CustomEvent("lesson-full", { bubbles: true }));
  }
}

customElements.define("hour-bar", HourBar);
