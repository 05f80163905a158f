// Notes that save themselves, and the place where one stops reading. Without this file the notes
// are plain forms with a button, and the place is kept nowhere.
import { keep, stored } from "./kept-text.js";

const SAVE_MS = 1200;
const RETRY_MS = 8000;
const SETTLE_MS = 3000; // a part scrolled past is not a part read

function post(url, fields) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  // keepalive: what is sent while the page goes away still arrives.
  return fetch(url, { method: "POST", body: fields, headers, keepalive: true, redirect: "manual" });
}

class Memo {
  constructor(form, say) {
    this.form = form;
    this.say = say;
    this.text = form.elements.text;
    this.known = this.text.value;
    this.seq = 0;
    this.busy = false;
    this.key = `note ${form.getAttribute("action")}`;
    const kept = stored(this.key);
    if (kept !== null && kept !== this.known) {
      this.text.value = kept;
      form.closest("details").open = true;
      this.soon();
    }
    this.text.addEventListener("input", (event) => event.isComposing || this.soon());
    this.text.addEventListener("compositionend", () => this.soon());
    this.text.addEventListener("blur", () => this.save());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.clash = false; // pressed after comparing: what is typed here replaces what is stored
      this.save();
    });
  }

  soon() {
    keep(this.key, this.text.value);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), SAVE_MS);
  }

  async save() {
    window.clearTimeout(this.timer);
    const text = this.text.value;
    if (this.busy || this.clash || text === this.known || (!text.trim() && !this.known)) return;
    this.busy = true;
    this.seq += 1;
    const fields = new URLSearchParams(new FormData(this.form));
    fields.set("seq", String(this.seq));
    this.tell(this.say.saving);
    try {
      await this.answered(await post(this.form.action, fields), text);
    } catch (error) {
      this.tell(this.say.unsaved);
      this.timer = window.setTimeout(() => this.save(), RETRY_MS);
    } finally {
      this.busy = false;
    }
  }

  async answered(answer, text) {
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      this.tell(this.say.signin);
      return;
    }
    if (answer.status >= 500) throw new Error("try again");
    const told = await answer.json();
    if (answer.ok) {
      this.known = text;
      this.form.elements.version.value = told.version;
      this.piece("clash").hidden = true;
      const tag = this.form.parentElement.querySelector("[data-part=tag]");
      if (text.trim()) tag.textContent = tag.dataset.has;
      this.tell(`${this.say.saved} ${told.saved}`);
      if (this.text.value === text) keep(this.key, null);
      else this.soon();
      return;
    }
    if (answer.status === 409) {
      this.clash = true;
      this.form.elements.version.value = told.version;
      this.piece("newer").textContent = told.text;
      this.piece("clash").hidden = false;
      this.known = told.text;
      keep(this.key, text);
    }
    this.tell(told.error);
  }

  piece(name) {
    return this.form.querySelector(`[data-part=${name}]`);
  }

  tell(words) {
    this.piece("state").textContent = words;
  }
}

class LessonNotes extends HTMLElement {
  connectedCallback() {
    const data = this.dataset;
    const say = {
      saved: data.saySaved, saving: data.saySaving, unsaved: data.sayUnsaved, signin: data.saySignin,
    };
    this.memos = [...this.querySelectorAll("form")].map((form) => new Memo(form, say));
    const all = () => this.memos.forEach((memo) => memo.save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && all());
    window.addEventListener("pagehide", all);
    window.addEventListener("online", all);
    document.addEventListener("click", (event) => this.clicked(event));
  }

  // "Notes" beside the pager opens the note to the part being read.
  clicked(event) {
    if (!event.target.closest("[data-note-link]")) return;
    const here = document.querySelector("[data-part-nav] [aria-current]");
    const key = here ? here.getAttribute("href").slice(1) : "lesson";
    const memo = document.getElementById(`note-${key}`) || this.querySelector("details");
    event.preventDefault();
    memo.open = true;
    memo.scrollIntoView({ block: "center" });
    memo.querySelector("textarea").focus();
  }
}

class ReadingPlace extends HTMLElement {
  connectedCallback() {
    this.links = [...document.querySelectorAll("[data-part-nav] a")];
    const ids = new Set(this.links.map((link) => link.getAttribute("href").slice(1)));
    ids.delete("notes");
    this.parts = [...ids].map((id) => document.getElementById(id)).filter(Boolean);
    window.addEventListener("scroll", () => this.moved(), { passive: true });
    window.addEventListener("pagehide", () => this.send());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.send());
    this.mark();
  }

  // The last part whose top has passed the upper third of the window.
  current() {
    const line = window.innerHeight / 3;
    const above = this.parts.filter((part) => part.getBoundingClientRect().top <= line);
    return above.length ? above[above.length - 1].id : "";
  }

  moved() {
    this.scrolled = true;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.mark();
      this.settled = this.current();
      this.send();
    }, SETTLE_MS);
    if (!this.drawing) {
      this.drawing = window.requestAnimationFrame(() => {
        this.drawing = 0;
        this.mark();
      });
    }
  }

  mark() {
    const here = this.current();
    this.links.forEach((link) => {
      if (here && link.getAttribute("href") === `#${here}`) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  }

  send() {
    const part = this.settled;
    if (!this.scrolled || !part || part === this.sent) return;
    this.sent = part;
    post(this.dataset.url, new URLSearchParams({ part })).catch(() => {
      this.sent = "";
    });
  }
}

customElements.define("lesson-notes", LessonNotes);
customElements.define("reading-place", ReadingPlace);
