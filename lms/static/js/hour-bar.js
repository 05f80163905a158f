// The hour bar of a lesson: says "still here" to the server while the page is in view.
// The server counts by its own clock; what this file shows between two beats is only a guess.
const BEAT_SECONDS = 20;
const IDLE_SECONDS = 180;
const BLINK_MS = 3000; // away for less than this is no event

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
    this.state = "";
    if ("full" in this.dataset) {
      this.show("full", "full");
      return;
    }
    this.piece("resume").addEventListener("click", () => this.goOn());
    ["pointerdown", "keydown", "scroll", "touchstart"].forEach((name) => {
      document.addEventListener(name, (event) => this.seen(event), { passive: true });
    });
    document.addEventListener("visibilitychange", () => this.looked());
    window.addEventListener("pagehide", () => this.last());
    window.addEventListener("pageshow", (event) => event.persisted && this.goOn());
    window.setInterval(() => this.tick(), 1000);
    if (document.visibilityState === "visible") this.start();
    else this.show("paused", "hidden");
  }

  piece(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  seen(event) {
    this.active = Date.now();
    const place = event.target.closest && event.target.closest("[data-study-kind]");
    if (event.type !== "scroll") this.kind = place ? place.dataset.studyKind : "reading";
    if (this.state === "paused" && this.why === "idle") this.goOn();
  }

  looked() {
    window.clearTimeout(this.away);
    if (document.visibilityState === "hidden") {
      this.away = window.setTimeout(() => this.pause("hidden"), BLINK_MS);
    } else if (this.state === "paused" && this.why === "hidden") {
      this.goOn();
    }
  }

  last() {
    if (this.state === "on") this.beat({ keepalive: true });
  }

  tick() {
    if (this.state !== "on") return;
    this.since += 1;
    this.draw(Math.min(this.planned, this.seconds + this.since));
    if (Date.now() - this.active > IDLE_SECONDS * 1000) {
      this.pause("idle");
      return;
    }
    // A lesson about to be full is reported as soon as it is.
    const due = Math.min(BEAT_SECONDS, Math.max(1, this.planned - this.seconds + 1));
    if (this.since >= due && !this.busy) this.beat({});
  }

  async pause(why) {
    if (this.state !== "on") return;
    this.show("paused", why);
    await this.beat({ quiet: true, keepalive: true });
  }

  goOn() {
    this.active = Date.now();
    // Behind a broken line the person may have read on: the server decides by the gap.
    if (this.beatUrl && this.why !== "ended") this.beat({ resume: this.why !== "offline" });
    else this.start();
  }

  async start() {
    const answer = await this.send(this.dataset.start, {});
    if (!answer) return;
    this.beatUrl = answer.beat_url;
    this.since = 0;
    this.show("on", "on");
  }

  async beat({ quiet = false, keepalive = false, resume = false }) {
    if (!this.beatUrl) return;
    const fields = { kind: this.kind };
    if (resume) fields.resume = "1";
    const answer = await this.send(this.beatUrl, fields, keepalive);
    if (!answer) return;
    this.seconds = answer.seconds;
    this.since = 0;
    this.draw(this.seconds);
    if (answer.state === "full" || answer.state === "capped") this.show(answer.state, answer.state);
    else if (answer.state === "ended") this.show("paused", "ended");
    else if (!quiet) this.show("on", "on");
  }

  async send(url, fields, keepalive = false) {
    this.busy = true;
    try {
      const body = new URLSearchParams(fields);
      const headers = { "X-CSRFToken": this.token };
      const answer = await fetch(url, { method: "POST", body, headers, keepalive, redirect: "manual" });
      if (answer.ok) return await answer.json();
      this.show("paused", answer.type === "opaqueredirect" || answer.status === 403 ? "signin" : "ended");
    } catch (error) {
      this.show("paused", "offline");
      window.setTimeout(() => this.why === "offline" && this.goOn(), BEAT_SECONDS * 500);
    } finally {
      this.busy = false;
    }
    return null;
  }

  draw(seconds) {
    this.meter.value = seconds;
    this.piece("time").textContent = clock(seconds);
  }

  show(state, why) {
    if (this.state === state && this.why === why) return;
    this.state = state;
    this.why = why;
    this.bar.classList.toggle("is-on", state === "on" || state === "full");
    this.bar.classList.toggle("is-paused", state === "paused" || state === "capped");
    this.piece("word").textContent = this.dataset[`say${state[0].toUpperCase()}${state.slice(1)}`];
    this.piece("why").textContent = this.dataset[`why${why[0].toUpperCase()}${why.slice(1)}`] || "";
    const use = this.piece("state").querySelector("use");
    const icon = { on: "clock", full: "check" }[state] || "pause";
    use.setAttribute("href", use.getAttribute("href").replace(/#i-.*$/, `#i-${icon}`));
    this.piece("resume").hidden = state !== "paused" || why === "signin";
    if (state === "full") this.dispatchEvent(new CustomEvent("lesson-full", { bubbles: true }));
  }
}

customElements.define("hour-bar", HourBar);
