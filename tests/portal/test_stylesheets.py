import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

STATIC = Path(__file__).resolve().parents[2] / "lms" / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
MODULES = sorted((STATIC / "js").rglob("*.js"))
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def bare(css):
    return re.sub(r"/\*.*?\*/", "", css, flags=re.S)


def rules(css):
    """(selector, declarations) of every innermost block, grouped by nothing."""
    return [(m.group(1).strip(), m.group(2)) for m in RULE.finditer(bare(css))]


def lint(css):
    """Faults against the engine floor of Chromium 86 and iOS 14."""
    faults = []
    text = bare(css)
    for word in (":has(", ":is(", ":where(", "@layer", "@container", "color-mix(", "@import"):
        if word in text:
            faults.append(word)
    flex = {s for s, body in rules(css) if re.search(r"display:\s*(inline-)?flex", body)}
    for selector, body in rules(css):
        for name in ("inset", "aspect-ratio", "margin-inline", "padding-block", "margin-block"):
            if re.search(rf"(^|[;\s]){name}\s*:", body):
                faults.append(f"{selector} {name}")
        if selector in flex and re.search(r"(^|[;\s])(row-|column-|grid-)?gap\s*:", body):
            faults.append(f"{selector} flex gap")
    if re.search(r"(https?:)?//[a-z]", text):
        faults.append("foreign origin")
    faults += [f"{line.strip()} nesting" for line in nested(text)]
    return faults


def nested(text):
    """Blocks that open inside a style rule."""
    stack = []
    for head, mark in re.findall(r"([^{}]*)([{}])", text):
        if mark == "}":
            stack.pop()
            continue
        name = head.rpartition(";")[2].strip()
        if stack and not stack[-1].startswith("@"):
            yield name
        stack.append(name)
    assert stack == []


def test_words_in_a_ledger_keep_a_column_on_a_phone():
    # A Chinese text breaks between any two characters: without it a column is one of them wide.
    narrow = bare((STATIC / "css" / "tables.css").read_text()).partition("@media (max-width")[2]

    assert dict(rules(narrow))[".ledger td"].strip() == "min-width: 8em;"
    assert dict(rules(narrow))[".ledger .num, .ledger .tight"].strip() == "min-width: 0;"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_sheet_keeps_to_the_engine_floor(sheet):
    assert lint(sheet.read_text()) == []


@pytest.mark.parametrize(
    ("css", "fault"),
    [
        (".a:has(b) { color: red }", ":has("),
        (".a { display: flex; gap: 4px }", ".a flex gap"),
        (".a { display: flex } .a { column-gap: 4px }", ".a flex gap"),
        (".a { inset: 0 }", ".a inset"),
        (".a { aspect-ratio: 1 }", ".a aspect-ratio"),
        (".a { color: red; .b { color: blue } }", ".b nesting"),
        (".a { background: url(//cdn.example/x.png) }", "foreign origin"),
    ],
)
def test_lint_finds_what_old_engines_cannot_do(css, fault):
    assert fault in lint(css)


def test_lint_lets_grid_gaps_and_media_pass():
    css = "@media (min-width: 1px) { .a { display: grid; gap: 4px } }"

    assert lint(css) == []


def test_no_sheet_is_longer_than_400_lines():
    long = [p.name for p in SHEETS if len(p.read_text().splitlines()) > 400]

    assert long == []


def test_modules_reach_no_other_site():
    reaching = [p.name for p in MODULES if re.search(r"https?://", p.read_text())]

    assert reaching == []


def test_device_theme_has_the_dark_values():
    tokens = bare((STATIC / "css" / "tokens.css").read_text())
    dark, device = {}, {}
    for selector, body in rules(tokens):
        pairs = dict(re.findall(r"(--[\w-]+|color-scheme):\s*([^;]+);", body))
        if selector == '[data-bs-theme="dark"]':
            dark |= pairs
        elif selector.endswith('[data-bs-theme="system"]'):
            device |= pairs

    assert device == dark != {}


def test_every_icon_used_by_name_is_in_the_sprite():
    sprite = set(re.findall(r'id="i-([\w-]+)"', (STATIC / "sprite.svg").read_text()))
    templates = Path(__file__).resolve().parents[2] / "templates"
    used = {
        name
        for page in templates.rglob("*.html")
        for name in re.findall(r'icon\.html" with name="([\w-]+)"', page.read_text())
    }

    assert used - sprite == set()


def weight(names):
    return sum(len(gzip.compress(Path(finders.find(name)).read_bytes(), 9)) for name in names)


def linked(template):
    source = (
        Path(__file__).resolve().parents[2] / "templates" / "components" / template
    ).read_text()
    return ["bootstrap/css/bootstrap-reboot.min.css", *re.findall(r"static '([^']+\.css)'", source)]


@pytest.mark.parametrize(
    ("template", "most"), [("styles_learner.html", 25 * 1024), ("styles_staff.html", 36 * 1024)]
)
def test_styles_of_a_shell_stay_within_their_budget(template, most):
    names = linked("styles.html") + linked(template)[1:]

    assert weight(names) <= most
