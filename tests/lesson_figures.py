"""Figures of the lessons that ship: reading them, recomputing sums, finding what no fact says."""

import ast
import operator
import re
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

# Full-width digits and signs count as narrow ones, every dash as a minus.
NARROW = str.maketrans("０１２３４５６７８９．％＋＝（）－–—~～−", "0123456789.%+=()" + "-" * 6)
NUMBER = r"\d[\d,]*(?:\.\d+)?"
SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "千": 10**3, "": 1}
UNIT = (
    "%|个百分点|个点|美元|元|倍|年|个月|月|周|天|日|小时|分钟|分|秒|人|单|件|条|次|个|家|字|点|度|公里|斤|克|吨|张|页|款|"
    "项|步|类|名|期|场|折|户|座|亩|米|只|㎡|岁|%?"
)
SCALE = "万亿|亿|万|千"
END = rf"({NUMBER})\s*({SCALE})?\s*({UNIT})"
FIGURE = re.compile(rf"(?<![A-Za-z\d.])≥?{END}(?:\s*[-至到]\s*{END})?")
# 七八成 is no figure, and 统一成 none at all.
TENTHS = re.compile(r"(?<![一二三四五六七八九两几统])([一二三四五六七八九])成(?![为长本交功员套])")
TAG = re.compile(r"<[^>]+>")
SENTENCE = re.compile(r"(?<=[。；！？\n])|</?(?:p|li|ul|ol)>")
# What an author makes up to show something is called so, and the rest of the part with it.
OWN = re.compile(
    r"示例|推导|推算|试算|假设|假定|假如|设想|例如|比如|譬如|好比|举例|举个例|打个比方|如果|要是|若(?!干)|照上例|照此|[，：（]如(?!果|何|下|实|约|期)"
)
# A sentence that quotes; "按课件…" applies a rule to numbers of its own.
QUOTES = re.compile(r"(?<!按)(?:课件|手册)")
SAID = re.compile(r"“[^“”]*”")
SILENT = {"slug", "sources", "tone", "source", "as_of", "minutes", "type", "kind"}
# Units in which an author counts his own words, steps and habits; facts in them are checked where
# the sentence quotes the courseware.
COUNTED = set("个项类步点条次款张件单名家场期页人周天日月分秒字只斤") | {"分钟", "小时", "个月"}


@dataclass(frozen=True)
class Figure:
    """A number and what it counts: 1.5万元 is 15000 元. Without a unit it fits any."""

    value: Fraction
    unit: str = ""

    def __str__(self):
        number = int(self.value) if self.value.denominator == 1 else float(self.value)
        return f"{number}{self.unit}"


def narrow(text):
    return TAG.sub("", text).translate(NARROW)


def figures(text):
    """All figures of a text; the ends of a range share scale and unit."""
    found = set()
    for match in FIGURE.finditer(narrow(text)):
        low, low_scale, low_unit, high, high_scale, high_unit = match.groups()
        found.add(_figure(low, low_scale or high_scale, low_unit or high_unit))
        if high:
            found.add(_figure(high, high_scale, high_unit or low_unit))
    tenths = TENTHS.findall(text)
    return found | {
        Figure(Fraction("〇一二三四五六七八九".index(each) * 10), "%") for each in tenths
    }


def _figure(number, scale, unit):
    unit = {"个点": "个百分点", None: ""}.get(unit, unit)
    return Figure(Fraction(number.replace(",", "")) * SCALES[scale or ""], unit)


def strings(value):
    """The texts of a raw value that a person reads, in their order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in SILENT:
                yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


# --- facts ---------------------------------------------------------------------------------
def unfounded(body, facts, allowed=()):
    """(figure, sentence) for what a lesson's running text presents as a fact and no fact, no sum
    of the lesson and not the list bears out. `facts` are texts, `allowed` figures as written."""
    known = figures(" ".join(facts)) | figures("、".join(allowed)) | {Figure(Fraction(100), "%")}
    for part in body:
        for text in strings(part["value"]):
            known |= _reckoned(text)
    return [
        (str(figure), sentence)
        for part in body
        for sentence in _as_facts(part)
        for figure in _lacking(sentence, known)
        if figure.unit not in COUNTED | {""} or QUOTES.search(sentence)
    ]


def misquoted(value, facts):
    """(figure, sentence) for what a sentence that quotes the courseware does not take from it."""
    known = figures(" ".join(facts))
    return [
        (str(figure), sentence)
        for text in strings(value)
        for sentence in _sentences(text)
        if QUOTES.search(sentence) and not OWN.search(sentence)
        for figure in _lacking(sentence, known | _reckoned(text))
    ]


def _as_facts(part):
    """The sentences of a part before its author begins an example of his own."""
    texts = [SAID.sub("", text) for text in strings(part["value"])]
    if part["type"] != "paragraph" and OWN.search(" ".join(texts)):
        return
    for text in texts:
        own = False
        for sentence in _sentences(text):
            own = (own or bool(OWN.search(sentence))) and not QUOTES.search(sentence)
            if not own:
                yield sentence


def _sentences(text):
    return [TAG.sub("", each) for each in SENTENCE.split(text) if each]


def _lacking(sentence, known):
    values = {each.value for each in known if not each.unit}
    found = (each for each in figures(sentence) if each.unit and each.unit != "年")
    return sorted(
        (each for each in found if each not in known and each.value not in values), key=str
    )


def _reckoned(text):
    chains = (match.group() for match in CHAIN.finditer(narrow(text)))
    return set().union(*(figures(chain) for chain in chains), set())


# --- sums ----------------------------------------------------------------------------------
OF_A_SUM = (
    r"(?:个百分点|个点|%|(?:万亿|亿|万)?(?:元(?:/[斤件单天月])?|美元|倍|年|个月|月|周|天|小时|分钟|分|秒|人|单|件|条|次|个|家|斤|"
    r"公里|克|只|盒|袋|包|箱|张|份|趟|款|折|户|页|名|字|㎡|平方米|kg|g)?)"
)
TERM = rf"\(*√?\(*{NUMBER}\s*{OF_A_SUM}\)*"
SIDE = rf"{TERM}(?:\s*[+\-×÷*/]\s*{TERM})*"
CHAIN = re.compile(rf"(?:(?<![A-Za-z\d.\-%+×÷])|(?=\()){SIDE}(?:\s*[=≈]\s*{SIDE})+")
SCALED = re.compile(rf"({NUMBER})\s*(%|个百分点|个点|万亿|亿|万)?[^\d.+\-×÷*/()√]*")
SIGNS = re.compile(r"[+\-×÷*/√]")
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
             ast.Div: operator.truediv}  # fmt: skip
HUNDREDTHS = {"%", "个百分点", "个点"}


def wrong_sums(text):
    """The sums of a text that are not right to the places they show: `left sign right`."""
    return [step for step, right in _steps(text) if not right]


def count_sums(text):
    return len(_steps(text))


def _steps(text):
    """Every step of every sum: of a = b ≈ c the steps a = b and b ≈ c; 1斤=500克 is none."""
    found = []
    for match in CHAIN.finditer(narrow(text)):
        sides = re.split(r"([=≈])", match.group())
        for place in range(0, len(sides) - 2, 2):
            left, sign, right = sides[place : place + 3]
            if place or SIGNS.search(left):
                found.append((f"{left}{sign}{right}", _agree(left, sign, right)))
    return found


def _agree(left, sign, right):
    wanted, given = _value(left), _value(right)
    number, word = SCALED.findall(right)[-1]
    last = float(_scale(word)) / 10 ** len(number.partition(".")[2])
    slack = last / 2 if sign == "≈" else 0
    # 37+28=65% and 9×2=18万元 leave out on the left what the right says of both.
    implied = bool(word) and not any(each[1] for each in SCALED.findall(left) if each[1] != "%")
    readings = (wanted, wanted * float(_scale(word))) if implied else (wanted,)
    return any(abs(each - given) <= slack + 1e-9 for each in readings)


def _scale(word):
    return Fraction(1, 100) if word in HUNDREDTHS else Fraction(SCALES[word or ""])


def _value(side):
    """A side as a number; a bracket that opens before the sum or closes after it is left out."""
    side = re.sub(r"元/[斤件单天月]", "元", side)
    while side.count("(") > side.count(")") and side.startswith("("):
        side = side[1:]
    while side.count(")") > side.count("(") and side.endswith(")"):
        side = side[:-1]
    plain = SCALED.sub(lambda m: f"({m[1].replace(',', '')}*{float(_scale(m[2]))})", side)
    plain = plain.replace("×", "*").replace("÷", "/").replace("√", "sqrt")
    return _evaluate(ast.parse(plain.strip(), mode="eval").body)


def _evaluate(node):
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    if isinstance(node, ast.Call):
        return sqrt(_evaluate(node.args[0]))
    return float(node.value)
