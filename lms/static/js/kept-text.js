// What is typed and not yet on the server. It survives a reload and a new sign-in in this tab
// only, under the person who typed it: a shared computer shows nothing to the next person.

/** The name under which this person's text is kept. */
function keyOf(name) {
  const owner = document.querySelector("[data-owner]");
  return `${owner ? owner.dataset.owner : ""} ${name}`;
}

/** The text kept under `name`, or null. */
function stored(name) {
  try {
    return window.sessionStorage.getItem(keyOf(name));
  } catch (error) {
    return null;
  }
}

/** Keep `text` under `name`; null forgets it. */
function keep(name, text) {
  try {
    if (text === null) window.sessionStorage.removeItem(keyOf(name));
    else window.sessionStorage.setItem(keyOf(name), text);
  } catch (error) {
    // No storage: the text is still in the page.
  }
}

export { keep, stored };
