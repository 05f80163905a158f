"""Looking at one screen: axe-core, reflow, and focus that nothing hides."""

from functools import cache

import polib
from axe_playwright_python.base import AXE_SCRIPT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What a theme can change; everything else has been asked in light.
COLOURS = ["color-contrast", "link-in-text-block"]
WIDTHS = {360: 780, 768: 1024, 1280: 900}
NARROWEST = 320

RUN = """
async ([inside, options]) => {
  const found = await axe.run(inside || document, options);
  return found.violations.map(each => ({
    rule: each.id, help: each.help,
    nodes: each.nodes.map(node => node.target.join(" ") + " | " + node.html.slice(0, 160)
      + " | " + (node.any[0] || node.all[0] || node.none[0] || {message: ""}).message),
  }));
}
"""
# Every element that takes focus must be seen in one place at least once it has it.
HIDDEN_FOCUS = """
() => {
  const found = [];
  const shown = each => each.checkVisibility({ checkVisibilityCSS: true, opacityProperty: false });
  const choice = "a[href],button,input,select,textarea,summary,[tabindex='0']";
  for (const each of document.querySelectorAll(choice)) {
    if (each.disabled || each.type === "hidden" || !shown(each)) continue;
    each.focus({ preventScroll: false });
    const box = each.getBoundingClientRect();
    if (document.activeElement !== each || box.width < 2 || box.height < 2) continue;
    const columns = [box.left + 4, box.left + box.width / 2, box.right - 4];
    const first = Math.max(box.top, 0), last = Math.min(box.bottom, innerHeight);
    const rows = [first + 2, (first + last) / 2, last - 2];
    const free = rows.some(y => columns.some(x => {
      const top = document.elementFromPoint(x, y);
      return top && (top === each || each.contains(top) || top.contains(each)
        || (each.labels && [...each.labels].some(label => label.contains(top)))
        || top.parentElement === each.parentElement);
    }));
    if (!free) found.push(each.outerHTML.slice(0, 160));
  }
  if (document.activeElement) document.activeElement.blur();
  window.scrollTo(0, 0);
  return found;
}
"""


THEME = """
theme => {
  const root = document.documentElement;
  root.setAttribute("data-bs-theme", theme);
  for (const each of ["system", "light", "dark"])
    if (root.classList.contains(`w-theme-${each}`))
      root.classList.replace(`w-theme-${each}`, `w-theme-${theme}`);
}
"""


def set_theme(page, theme):
    """Ours is an attribute, the Wagtail admin's a class."""
    page.evaluate(THEME, theme)


def set_width(page, width):
    page.set_viewport_size({"width": width, "height": WIDTHS.get(width, 780)})


def violations(page, rules=None, *, tags=TAGS, inside=""):
    """What axe-core finds, as one line per node."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": tags}
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": False, "iframes": False}
    return [
        f"{each['rule']}: {each['help']} -> {node}"
        for each in page.evaluate(RUN, [inside, options])
        for node in each["nodes"]
    ]


def overflow(page):
    """By how many pixels the page scrolls sideways; 0 is right."""
    return page.evaluate(
        "() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"
    )


def look(page, *, middle=False):
    """Everything wrong with the screen on show, each line saying at which width and theme."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for width in WIDTHS if middle else (360, 1280):
        set_width(page, width)
        set_theme(page, "light")
        found += [f"{width} light {line}" for line in violations(page)]
        set_theme(page, "dark")
        found += [f"{width} dark {line}" for line in violations(page, COLOURS)]
    set_theme(page, "light")
    return found + narrow(page)


def look_in_admin(page, inside):
    """What breaks WCAG A and AA in our part of an admin screen, as it stands on a desk.

    The frame round it (menu, header, footer, the editor's panels) is Wagtail's own, and so are
    the colours of its links, which in the dark stand out from the text by 2.5:1 only.
    """
    page.evaluate(AXE_SCRIPT)
    found = []
    for theme, rules in (("light", None), ("dark", COLOURS[:1])):
        set_theme(page, theme)
        lines = violations(page, rules, tags=TAGS[:-1], inside=inside)
        found += [f"1280 {theme} {line}" for line in lines]
    return found


def narrow(page):
    """Reflow at 320 px and focus on a phone."""
    set_width(page, 360)
    found = [f"360 focus is hidden on {line}" for line in page.evaluate(HIDDEN_FOCUS)]
    set_width(page, NARROWEST)
    if wide := overflow(page):
        found.append(f"{NARROWEST} the page scrolls sideways by {wide} px")
    return found


# Words a person reads or hears: text nodes, and what only a reader is told.
WORDS = """
() => {
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const place = walk.currentNode.parentElement;
    if (!place.closest("script,style,template,textarea,[lang]:not(html),[translate=no]"))
      found.add(walk.currentNode.data.trim());
  }
  for (const each of document.querySelectorAll("[aria-label],[placeholder],[title],[alt]"))
    for (const name of ["aria-label", "placeholder", "title", "alt"])
      found.add((each.getAttribute(name) || "").trim());
  found.add(document.title.split(" · ")[0]);
  found.delete("");
  return [...found];
}
"""


@cache
def catalogue(root):
    """English to Chinese, for whole strings whose two sides differ."""
    pairs = {}
    for path in sorted(root.glob("locale/*/zh_Hans/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)):
            # One letter is a sign on one sheet and the name of an option on another.
            is_word = len(entry.msgid) > 1 and "%(" not in entry.msgid
            if is_word and entry.msgstr and entry.msgstr != entry.msgid:
                pairs.setdefault(entry.msgid, entry.msgstr)
    return pairs


def left_over(page, language, pairs):
    """Interface words that stand in the other language.

    Content may be Chinese on an English page (levels of a rubric, columns of a roster), so there
    only whole sentences tell.
    """
    other = pairs if language == "zh-hans" else {zh for zh in pairs.values() if len(zh) > 8}
    return [f"left in the other language: {word}" for word in page.evaluate(WORDS) if word in other]
