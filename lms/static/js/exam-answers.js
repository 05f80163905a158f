// The answers of an exam paper: how each type is read from the page and written to it, and the
// notebook in which this device keeps what is not yet on the server.

/** What waits to be sent, the flags and what was seen: per attempt, on this device only. */
class Notebook {
  constructor(attempt) {
    Object.assign(this, { key: `exam:${attempt}`, pending: {}, flags: [], seen: [] });
    const { pending = {}, flags = [], seen = [] } = JSON.parse(stored((store) => store.getItem(this.key)) || "{}");
    Object.assign(this, { pending, flags, seen });
  }
  keep() {
    const { pending, flags, seen } = this;
    stored((store) => store.setItem(this.key, JSON.stringify({ pending, flags, seen })));
  }
  /** What is not on the server yet. Saved answers stay until hand-in: a page that was drawn
      while its last answer was on its way then still shows it. */
  unsaved() { return Object.entries(this.pending).filter(([, entry]) => !entry.saved); }
  clear() {
    this.pending = {};
    stored((store) => { store.removeItem(this.key); store.removeItem(`${this.key}:window`); });
  }
}
/** Use the store of this device; in private mode or when it is full, memory alone serves. */
function stored(use) {
  try { return use(localStorage); } catch { return null; }
}

/** Reading and writing the answer of one question, by type. null is no answer. */
const TYPES = {
  single: {
    read: (q) => { const on = q.querySelector("input:checked"); return on ? Number(on.value) : null; },
    write: (q, v) => boxes(q).forEach((box) => { box.checked = v !== null && Number(box.value) === v; }),
  },
  multiple: {
    read: (q) => { const on = boxes(q).filter((box) => box.checked).map((box) => Number(box.value)); return on.length ? on : null; },
    write: (q, v) => boxes(q).forEach((box) => { box.checked = (v || []).includes(Number(box.value)); }),
  },
  true_false: {
    read: (q) => { const on = q.querySelector("input:checked"); return on ? on.value === "true" : null; },
    write: (q, v) => boxes(q).forEach((box) => { box.checked = v !== null && box.value === String(v); }),
  },
  numeric: { read: text, write: setText },
  calculated: { read: text, write: setText },
  short: { read: text, write: setText },
  case: { read: text, write: setText },
  fill: {
    read: (q) => { const all = inputs(q).map((box) => box.value); return all.some((v) => v.trim()) ? all : null; },
    write: (q, v) => inputs(q).forEach((box, i) => { box.value = v ? v[i] : ""; }),
  },
  matching: {
    read: (q) => { const all = selects(q).map((box) => (box.value === "" ? null : Number(box.value))); return all.some((v) => v !== null) ? all : null; },
    write: (q, v) => selects(q).forEach((box, i) => { box.value = v && v[i] !== null ? String(v[i]) : ""; }),
  },
  cloze: {
    read: (q) => { const all = gaps(q).map(gapValue); return all.some((v) => v !== null) ? all : null; },
    write: (q, v) => gaps(q).forEach((box, i) => { box.value = v && v[i] !== null ? String(v[i]) : ""; }),
  },
  ordering: {
    read: (q) => (q.querySelector("[data-order-set]").checked ? places(q) : null),
    write: (q, v) => {
      q.querySelector("[data-order-set]").checked = v !== null;
      const list = q.querySelector("[data-order]");
      (v || []).forEach((place) => list.appendChild(list.querySelector(`[data-place="${place}"]`)));
    },
  },
};
function all(root, selector) { return Array.from(root.querySelectorAll(selector)); }
function boxes(q) { return all(q, ".choices input"); }
function inputs(q) { return all(q, "input.input"); }
function selects(q) { return all(q, "select"); }
function gaps(q) { return all(q, "[data-gap]"); }
function gapValue(box) {
  if (!box.value.trim()) return null;
  return box.matches("select") ? Number(box.value) : box.value;
}
function places(q) { return all(q, "[data-place]").map((li) => Number(li.dataset.place)); }
function text(q) { const box = q.querySelector(".input"); return box.value.trim() ? box.value : null; }
function setText(q, v) { q.querySelector(".input").value = v || ""; }
function clockText(ms) {
  const s = Math.max(0, Math.ceil(ms / 1000));
  const two = (n) => String(n).padStart(2, "0");
  return `${two(Math.floor(s / 60))}:${two(s % 60)}`;
}
/** The number a person typed, as the server will read it; "" when it is not one yet. */
function readNumber(typed, unit) {
  let s = typed.normalize("NFKC").replace(/[−﹣－–—‐‑‒―]/g, "-").replace(/\s/g, "").replace("。", ".");
  const suffix = unit.normalize("NFKC");
  if (suffix && s.endsWith(suffix)) s = s.slice(0, -suffix.length);
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(s)) s = s.replace(/,/g, "");
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(s) ? s.replace("-", "−") + suffix : "";
}

/** One place of the answer sheet: its look, its icon and its words say the same. */
function drawCell(cell, { state, here, flagged, words, sprite }) {
  cell.className = `cell cell-${state}${here ? " cell-now" : ""}`;
  if (here) cell.setAttribute("aria-current", "step"); else cell.removeAttribute("aria-current");
  setIcon(cell, sprite, here ? "here" : { done: "check", seen: "eye", unseen: "" }[state]);
  cell.querySelector("svg").style.display = here || state !== "unseen" ? "" : "none";
  cell.querySelector("[data-word]").textContent = here ? words.now : words[state];
  const spoken = [words[state], flagged ? words.flagged : "", here ? words.now : ""];
  cell.querySelector("[data-spoken]").textContent = spoken.filter(Boolean).join(", ");
  cell.querySelector(".cell-badge").hidden = !flagged;
}
function setIcon(box, sprite, name) { box.querySelector("use").setAttribute("href", name ? `${sprite}#i-${name}` : ""); }

/** The other look, remembered where the server looks for it. */
function otherTheme() {
  const { dataset } = document.documentElement;
  const dark = dataset.bsTheme === "dark" ||
    (dataset.bsTheme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  dataset.bsTheme = dark ? "light" : "dark";
  document.cookie = `theme=${dataset.bsTheme}; path=/; max-age=31536000; samesite=lax`;
}

export { Notebook, TYPES, all, boxes, clockText, drawCell, otherTheme, readNumber, setIcon, stored };
