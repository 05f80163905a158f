"""Plain words out of the formats of question files; our stems and options are plain text."""

import html
import re

from exams.formats.items import HTML, MAX_NAME, MOODLE, Text

_SILENT = re.compile(r"<(script|style|template|iframe|object)\b.*?(?:</\1\s*>|$)", re.I | re.S)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
_PICTURE = re.compile(r"<img\b[^<>]*>", re.I)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
_BREAK = re.compile(r"<br\b[^<>]*>|</?(?:p|div|li|ul|ol|tr|table|h[1-6]|pre|blockquote)\b[^<>]*>",
                    re.I)  # fmt: skip
_CELL = re.compile(r"</t[dh]\s*>", re.I)
# Only what HTML knows is markup: "a<b" and "<客单价>" are words.
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|body|caption|center|cite|code|col|colgroup|dd|del|dfn|dl|dt|em|embed"
    r"|figcaption|figure|font|head|html|i|img|input|ins|kbd|link|mark|math|meta|p|q|s|samp|section"
    r"|small|source|span|strike|strong|sub|sup|svg|tbody|td|tfoot|th|thead|tr|tt|u|var|video|audio"
    r")(?:\s[^<>]*)?/?>",
    re.I,
)
_BLANKS = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r" ?\n[ \n]*")


def plain_text(text: Text) -> str:
    """The words as a reader sees them; a picture leaves its description in square brackets."""
    if text.format == HTML:
        return _from_html(" ".join(text.text.split()))
    if text.format == MOODLE and (_TAG.search(text.text) or _BREAK.search(text.text)):
        return _from_html(text.text)
    return text.text


def default_name(text: Text) -> str:
    """The name of a question that has none: the start of its text."""
    words = " ".join(plain_text(text).split())
    return words if len(words) <= MAX_NAME else words[: MAX_NAME - 1].rstrip() + "…"


def one_line(text: str) -> str:
    """A name: one line, single blanks."""
    return " ".join(text.split())


def _from_html(source: str) -> str:
    found = _SILENT.sub("", _COMMENT.sub("", source))
    found = _PICTURE.sub(_description, found)
    found = _TAG.sub("", _CELL.sub(" ", _BREAK.sub("\n", found)))
    found = _BLANKS.sub(" ", html.unescape(found))
    return _LINES.sub("\n", found).strip()


def _description(picture: re.Match[str]) -> str:
    found = _ALT.search(picture[0])
    words = next((part for part in found.groups() if part), "") if found else ""
    return f"[{words or 'img'}]"
