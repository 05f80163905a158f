"""Find every string we show and say which have no Chinese translation. Pure Python, no gettext."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

# Function name → where its context, singular and plural stand among the arguments.
SHAPES: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
IN_TEMPLATE = re.compile(r"\b(?:npgettext|pgettext|ngettext|gettext|_)\(")
SKIPPED = {"migrations", "tests", "node_modules", "staticfiles", "var", ".venv"}
# Template folders that are not named after the app whose strings they hold.
FOLDERS = {"components": "portal", "blocks": "courses", "account": "people", "mfa": "people",
           "bootstrap5": "portal", "allauth": "people", "paper": "certificates"}  # fmt: skip


@dataclass(frozen=True, order=True)
class Message:
    """A string as gettext knows it."""

    text: str
    context: str = ""
    plural: str = ""


def messages_of(base: Path, apps: set[str]) -> dict[str, dict[Message, str]]:
    """App → message → the first place it stands at, from our Python and our templates."""
    found: dict[str, dict[Message, str]] = defaultdict(dict)
    for path, app in sources(base, apps):
        source = path.read_text(encoding="utf-8")
        shown = str(path.relative_to(base))
        reader = from_template if path.suffix in {".html", ".txt", ".svg"} else from_python
        for line, message in reader(source):
            found[app].setdefault(message, f"{shown}:{line}" if line else shown)
    return found


def sources(base: Path, apps: set[str]) -> Iterator[tuple[Path, str]]:
    """Every file of ours that can hold a string, with the app it belongs to."""
    for app in sorted(apps | {"kit", "lms", "demo"}):
        for path in sorted((base / app).rglob("*.py")):
            if SKIPPED.isdisjoint(path.relative_to(base).parts):
                yield path, _room(path.relative_to(base)) if app == "lms" else app
    for path in sorted((base / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".svg"}:
            top = path.relative_to(base / "templates").parts[0]
            yield path, FOLDERS.get(top, top if (base / top).is_dir() else "portal")


def _room(path: Path) -> str:
    """lms/portal/nav.py belongs to portal, lms/settings.py to lms."""
    return path.parts[1] if len(path.parts) > 2 else "lms"


def from_python(source: str) -> Iterator[tuple[int, Message]]:
    """Literal strings handed to a gettext function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            message = _message(node)
            if message:
                yield node.lineno, message


def from_template(source: str) -> Iterator[tuple[int, Message]]:
    """What {% translate %}, {% blocktranslate %} and _("…") in a template say."""
    flat = templatize(source)
    for start in IN_TEMPLATE.finditer(flat):
        call = _balanced(flat, start.start(), start.end())
        try:
            node = ast.parse(call, mode="eval").body
        except SyntaxError:  # a word of the page that looks like a call
            continue
        message = _message(node) if isinstance(node, ast.Call) else None
        if message:
            yield 0, message


def _balanced(text: str, begin: int, inside: int) -> str:
    """The call from `begin` to the bracket that closes it, quotes respected."""
    quote, position = "", inside
    while position < len(text):
        letter = text[position]
        if quote:
            if letter == "\\":
                position += 1
            elif letter == quote:
                quote = ""
        elif letter in "'\"":
            quote = letter
        elif letter == ")":
            return text[begin : position + 1].replace("\n", " ")
        position += 1
    return text[begin:]


def _message(node: ast.Call) -> Message | None:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name not in SHAPES:
        return None
    context, single, plural = SHAPES[name]
    text = _literal(node, single)
    if not text:
        return None
    return Message(
        text,
        _literal(node, context) if context is not None else "",
        _literal(node, plural) if plural is not None else "",
    )


def _literal(node: ast.Call, index: int) -> str:
    argument = node.args[index] if index < len(node.args) else None
    value = argument.value if isinstance(argument, ast.Constant) else ""
    return value if isinstance(value, str) else ""


def translated(locale: Path, language: str = "zh_Hans") -> set[tuple[str, str]]:
    """(context, text) of every finished entry in locale/<app>/<language>."""
    done = set()
    for path in sorted(locale.glob(f"*/{language}/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)).translated_entries():
            done.add((entry.msgctxt or "", entry.msgid))
    return done


def missing(base: Path, apps: set[str]) -> dict[str, dict[Message, str]]:
    """App → message → place, for every message without a Chinese translation."""
    done = translated(base / "locale")
    lacking = {
        app: {
            message: place
            for message, place in sorted(found.items())
            if (message.context, message.text) not in done
        }
        for app, found in messages_of(base, apps).items()
    }
    return {app: found for app, found in sorted(lacking.items()) if found}
