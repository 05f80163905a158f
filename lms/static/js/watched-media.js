// <watched-media> around a video or a recording: speed, going on where one stopped, and telling the
// server which parts have been played. Nothing starts by itself. Without this file it still plays.
const REPORT_SECONDS = 15;
const SIGN_SECONDS = 5; // how often the study clock hears that somebody watches
const LARGEST_STEP = 2; // seconds of film between two signs of the player, at normal speed
const NEAR_THE_END = 3;
const MOST_RANGES = 200; // the server takes no more in one report

function newPlay() {
  // crypto.randomUUID needs https; on a plain address of the local network it does not exist.
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

class WatchedMedia extends HTMLElement {
  connectedCallback() {
    this.player = this.querySelector("video, audio");
    const speed = this.querySelector("label");
    speed.hidden = false;
    speed.querySelector("select").addEventListener("change", (event) => {
      this.player.playbackRate = Number(event.target.value);
    });
    this.player.addEventListener("timeupdate", () => this.sign());
    if (!this.dataset.url) return; // a preview: nothing is kept
    this.play = newPlay();
    this.number = 0;
    this.ranges = [];
    this.last = null;
    this.player.addEventListener("loadedmetadata", () => this.goOn(), { once: true });
    this.player.addEventListener("play", () => this.begin());
    this.player.addEventListener("timeupdate", () => this.follow());
    ["seeking", "waiting"].forEach((name) => this.player.addEventListener(name, () => this.cut()));
    ["pause", "ended"].forEach((name) => {
      this.player.addEventListener(name, () => this.stop());
    });
    window.addEventListener("online", () => this.report());
    window.addEventListener("pagehide", () => this.report(true));
    // A phone may end a page in the background without a word.
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.report(true);
    });
  }

  disconnectedCallback() {
    window.clearInterval(this.timer);
  }

  // The study clock counts a person who watches as one who is there.
  sign() {
    if (this.player.paused || Date.now() - (this.signed || 0) < SIGN_SECONDS * 1000) return;
    this.signed = Date.now();
    this.dispatchEvent(new CustomEvent("study:active", { bubbles: true, detail: { by: "media" } }));
  }

  // Pressing play comes before the length is known: with preload="none" nothing is loaded until then.
  goOn() {
    const at = Number(this.dataset.position);
    this.loaded = true;
    if (at && at <= Number(this.dataset.length) - NEAR_THE_END) this.player.currentTime = at;
  }

  begin() {
    this.last = this.player.currentTime;
    window.clearInterval(this.timer);
    this.timer = window.setInterval(() => this.report(), REPORT_SECONDS * 1000);
    if (this.begun) return;
    this.begun = true;
    this.report(); // sets the server's clock
  }

  follow() {
    const now = this.player.currentTime;
    if (this.last !== null && !this.player.seeking) {
      const step = now - this.last;
      if (step > 0 && step <= LARGEST_STEP * this.player.playbackRate) this.keep(this.last, now);
    }
    this.last = now;
  }

  keep(start, end) {
    const from = Math.round(start * 10);
    const to = Math.round(end * 10);
    const open = this.ranges[this.ranges.length - 1];
    if (open && open[1] === from) open[1] = to;
    else if (to > from) this.ranges.push([from, to]);
  }

  cut() {
    this.last = null;
  }

  stop() {
    this.follow();
    this.last = null;
    window.clearInterval(this.timer);
    this.report();
  }

  // What was played is told until an answer has come, under a new number each time. The server
  // adds up which parts were played, so a part that is told twice counts once.
  async report(leaving = false) {
    if (!this.begun || (this.sending && !leaving)) return;
    const unanswered = this.sending || [];
    const told = unanswered.concat(this.ranges.splice(0, MOST_RANGES - unanswered.length));
    if (this.number && !told.length) return;
    this.sending = told;
    const answer = await this.send(told, leaving);
    const taken = answer && (answer.ok || answer.status === 400);
    if (!taken) this.ranges.unshift(...told);
    this.sending = null;
    // A pause may have come while a report was under way; nothing else would tell its part.
    if (taken && this.ranges.length && this.player.paused) this.report();
  }

  async send(ranges, leaving) {
    const at = this.loaded ? this.player.currentTime : Number(this.dataset.position);
    const body = new URLSearchParams({
      play: this.play,
      number: this.number,
      position: Math.round(at * 10),
      ranges: ranges.map((each) => each.join("-")).join(","),
    });
    this.number += 1;
    try {
      const answer = await fetch(this.dataset.url, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": this.querySelector("[name=csrfmiddlewaretoken]").value },
        keepalive: leaving,
        redirect: "manual",
      });
      if (answer.ok) this.say(await answer.json());
      return answer;
    } catch (error) {
      this.say(null);
      return null;
    }
  }

  say(answer) {
    const place = this.querySelector("[data-part=said]");
    const length = Number(this.dataset.length);
    if (!answer) place.textContent = place.dataset.sayOffline;
    else if (answer.done) place.textContent = place.dataset.sayDone;
    else if (!answer.seconds) place.textContent = "";
    else place.textContent = place.dataset.say.replace("[seen]", clock(answer.seconds)).replace("[all]", clock(length));
  }
}

customElements.define("watched-media", WatchedMedia);
