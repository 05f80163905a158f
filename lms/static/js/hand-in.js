// Answers to drill and case while they are written: kept until the page shows them as handed in.
// Without this file the forms work; only what is typed does not survive a reload.
import { keep, stored } from "./kept-text.js";

/** Whether one of the answers the page shows as handed in is this text. */
function isHandedIn(form, text) {
  const shown = form.closest("section").querySelectorAll("[data-handed-in]");
  return [...shown].some((each) => each.textContent.trim() === text.trim());
}

/** Say how much is written once the limit is near. The server refuses what is too long in words;
 * a limit of the box itself would cut what is pasted and tell nobody. Characters as it counts them:
 * an emoji is one. */
function countCharacters(form, box) {
  const told = form.querySelector("[data-written]");
  const most = Number(told.dataset.written);
  const have = [...box.value.trim()].length;
  told.hidden = have < most * 0.9;
  told.querySelector("b").textContent = `${have} / ${most}`;
}

function keepAnswer(form) {
  const name = `hand-in ${form.getAttribute("action")}`;
  const box = form.elements.text;
  const kept = stored(name);
  if (kept !== null && isHandedIn(form, kept)) keep(name, null);
  else if (kept !== null) box.value = kept;
  countCharacters(form, box);
  box.addEventListener("input", () => {
    keep(name, box.value || null);
    countCharacters(form, box);
  });
}

document.querySelectorAll("form[data-hand-in]").forEach(keepAnswer);
