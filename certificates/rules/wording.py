"""What a certificate of a training institution may be called, and what fits on its paper.

人社部发〔2024〕5号: such a certificate says that a training was completed, and must not look
like a national, occupational or skill-level one.
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

FORBIDDEN = (
    "国家",
    "全国",
    "中国",
    "中华",
    "职业资格",
    "职业技能等级",
    "专项职业能力",
    "岗位合格",
    "执业",
)
# 师 (直播运营师 …) sounds like a title: allowed only with its basis on record.
TITLE_WORD = "师"

# Widths in Han characters; a Latin letter counts half.
MAX_PROGRAMME = 80
MAX_ISSUER = 30
MAX_SIGNATORY = 12
MAX_NAME = 20

FaultKind = Literal["forbidden", "needs_basis", "too_long", "empty"]


@dataclass(frozen=True)
class WordingFault:
    """`field` as on the scheme; `detail` the word found, or the limit in Han characters."""

    field: str
    kind: FaultKind
    detail: str


def width(text: str) -> float:
    """Length in Han characters: everything that prints half as wide counts 0.5."""
    wide = sum(unicodedata.east_asian_width(ch) in "WFA" for ch in text)
    return wide + (len(text) - wide) / 2


def _bare(text: str) -> str:
    """Letters and digits alone, so that blanks and marks between them hide nothing."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", text) if ch.isalnum())


def forbidden_words(text: str) -> list[str]:
    """The forbidden words a text holds, in the order of the list."""
    bare = _bare(text)
    return [word for word in FORBIDDEN if word in bare]


def scheme_faults(
    *, title: str, issuer_name: str, basis: str, signatories: list[str]
) -> list[WordingFault]:
    """Everything that stops a scheme from being saved; empty when it may be printed."""
    faults = []
    for field, text, limit in (
        ("title", title, MAX_PROGRAMME),
        ("issuer_name", issuer_name, MAX_ISSUER),
    ):
        if not _bare(text):
            faults.append(WordingFault(field, "empty", ""))
        faults += [WordingFault(field, "forbidden", word) for word in forbidden_words(text)]
        if width(text) > limit:
            faults.append(WordingFault(field, "too_long", str(limit)))
    if TITLE_WORD in title and not basis.strip():
        faults.append(WordingFault("title", "needs_basis", TITLE_WORD))
    if any(width(name) > MAX_SIGNATORY for name in signatories):
        faults.append(WordingFault("signatories", "too_long", str(MAX_SIGNATORY)))
    return faults


def name_size(name: str) -> Literal["", "medium", "long"] | None:
    """How large a name is set on the paper; None when it does not fit at all."""
    size = width(name)
    if size > MAX_NAME:
        return None
    return "long" if size > 12 else "medium" if size > 6 else ""


def programme_size(title: str) -> Literal["", "long", "longest"]:
    """How large the programme's line is set (one line, one smaller line, two lines)."""
    size = width(title)
    return "longest" if size > 42 else "long" if size > 28 else ""
