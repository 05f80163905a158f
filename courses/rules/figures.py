"""The figures of some lines, and which of them other lines lost or got.

A figure is a number with its unit: money, a share, a length of time, a date, a ratio. Numbers
that only count steps, pictures or paragraphs are none. What is read and what is not:
docs/rules.md, Comparing versions.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

TIMES = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
SAME_UNIT = {
    "公斤": "千克", "kg": "千克", "g": "克", "块": "元", "块钱": "元", "min": "分钟", "h": "小时",
    "s": "秒", "km": "公里", "m": "米", "cm": "厘米", "mm": "毫米", "像素": "px",
    "个百分点": "百分点", "个小时": "小时", "号": "日", "个工作日": "工作日", "位": "人",
    "名": "人", "个人": "人",
}  # fmt: skip
UNITS = (
    *SAME_UNIT, "%", "‰", "百分点", "元", "美元", "角", "分钟", "分", "秒", "小时", "课时", "学时",
    "天", "日", "工作日", "个自然日", "周", "个月", "月", "季度", "年", "岁", "人", "人次", "次",
    "件", "单", "个", "条", "字", "倍", "折", "级", "档", "家", "种", "类", "项", "张", "页", "款",
    "套", "台", "场", "轮", "米", "厘米", "毫米", "公里", "千克", "克", "斤", "吨", "升", "毫升",
    "平方米", "px", "KB", "MB", "GB", "ms", "dpi", "fps", "点", "份", "步", "层", "组", "遍", "句",
    "段", "行", "列", "盒", "箱", "瓶", "袋", "票",
)  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    """Longest first; a Latin word ends where its letters end."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word) + ("(?![A-Za-z])" if word.isascii() and word.isalpha() else "")
        for word in ordered
    )


ADDRESS = re.compile(r"https?://[^\s，。；]+")
LIST_NUMBER = re.compile(r"^\s*(?:\(\d{1,2}\)|\d{1,2}(?:[)、]|[.:](?!\d)))")
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
FIGURE = re.compile(
    rf"""
    (?<![A-Za-z\d_.])(?:
      (?P<year>\d{{4}})\s*(?:年|[./-])\s*(?P<month>\d{{1,2}})\s*(?:月|[./-])\s*(?P<day>\d{{1,2}})(?!\d)\s*[日号]?
    | (?P<of_year>\d{{4}})\s*年\s*(?P<in_month>\d{{1,2}})\s*月(?!\d)
    | (?P<a_month>\d{{1,2}})\s*月\s*(?P<a_day>\d{{1,2}})\s*[日号]
    | (?P<name>\d+(?:\.\d+){{2,}})
    | (?P<ratio>\d+(?:\.\d+)?(?:[:/]\d+(?:\.\d+)?)+)
    | 第\s*(?P<place>\d+)\s*(?P<of>条|款|天|日|名|年|周|季度|个月)?
    | (?:(?P<counted>步骤|案例|问题|练习|附件|图|表|(?<!比)例)\s*)?(?:(?P<money>[¥$]|人民币)\s*)?
      (?P<number>{NUMBER})\s*(?P<times>{_any_of(TIMES)})?\s*(?P<unit>{_any_of(UNITS)})?
      (?P<letters>[A-Za-z]?)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class FigureChange:
    """Figures that a text lost and got, as they were written; none twice."""

    gone: Mapping[str, str]
    come: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.gone or self.come)


def figures(lines: Iterable[str]) -> dict[str, str]:
    """The figures of some lines: in one spelling for all → as written first.

    ５％ and 5 %, 3万元 and 30,000 元, ¥30 and 30 元, 2026年3月1日 and 2026-03-01 are each one.
    """
    found: dict[str, str] = {}
    for line in lines:
        for figure, written in _figures(line):
            found.setdefault(figure, written)
    return found


def _figures(line: str) -> Iterator[tuple[str, str]]:
    for match in FIGURE.finditer(LIST_NUMBER.sub("", folded(line))):
        if figure := _spelling(match):
            yield figure, " ".join(match.group().split())


def folded(line: str) -> str:
    """Narrow digits and signs; circled numbers and raised digits, which only point, are gone."""
    line = ADDRESS.sub(" ", line.replace("㎡", "平方米").replace("，", "、"))
    kept = (each for each in line if unicodedata.category(each) != "No")
    return unicodedata.normalize("NFKC", "".join(kept))


def _spelling(match: re.Match[str]) -> str:
    """The one spelling of a figure; "" for what is none."""
    found = match.groupdict()
    if found["year"]:
        return f"{found['year']}-{int(found['month']):02d}-{int(found['day']):02d}"
    if found["of_year"]:
        return f"{found['of_year']}-{int(found['in_month']):02d}"
    if found["a_month"]:
        return f"{int(found['a_month']):02d}-{int(found['a_day']):02d}"
    if found["ratio"]:
        return found["ratio"]
    if found["place"]:
        return f"第{int(found['place'])}{found['of']}" if found["of"] else ""
    if found["number"]:
        return _amount(found)
    return ""  # 1.2.3 is the name of a version


def _amount(found: Mapping[str, str | None]) -> str:
    unit = found["unit"] or {"$": "美元"}.get(found["money"] or "", "元" if found["money"] else "")
    if found["letters"] and not found["unit"]:
        return ""  # 3C, 4K, 2B are names
    if found["counted"] and not unit:
        return ""  # 图 3, 步骤 2
    amount = Decimal((found["number"] or "").replace(",", "")) * TIMES.get(found["times"] or "", 1)
    plain = f"{amount:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain + SAME_UNIT.get(unit, unit)


def changed_figures(before: Iterable[str], after: Iterable[str]) -> FigureChange:
    """What the lines after lost and got against the lines before."""
    old, new = figures(before), figures(after)
    return FigureChange(
        gone={figure: written for figure, written in old.items() if figure not in new},
        come={figure: written for figure, written in new.items() if figure not in old},
    )


def names_any(lines: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether some lines hold one of these figures, however spelt there."""
    return not figures(lines).keys().isdisjoint(wanted)
