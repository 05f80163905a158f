"""The text of a file's bytes: UTF-8, UTF-16 with its mark, GB18030 where it is plainly Chinese."""

import codecs

from exams.formats.items import ItemError, Remark

MAX_BYTES = 32 * 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# Any bytes of Europe or Korea are some Chinese characters; only real text has the common ones.
_COMMON = frozenset(
    "的一是不了人在有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
    "过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心"
    "本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由"
    "问战先回题选项正确错误列哪属下面客户商品运营店铺价格数据订单品答案，。？、：；（）“”！"
)
_LEAST_COMMON, _MOST_RARE = 8, 8  # at least an eighth common, at most an eighth out of GB 2312


def decode(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """The text with plain line ends, and a note when the encoding is not Unicode.

    ItemError with the line of the first byte that is not UTF-8 for every other encoding: a file
    that could be Chinese or could be German is refused, not guessed at.
    """
    if len(data) > MAX_BYTES:
        raise ItemError(1, "the file is larger than %(most)s MB", most=MAX_BYTES // 1024 // 1024)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _plain(_strict(data[len(mark) :], name)), ()
    try:
        return _plain(data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        text = chinese(data)
        if text is None:
            raise _refusal(data, error) from error
    return _plain(text), (Remark("the file is in GB18030; UTF-8 is safer"),)


def chinese(data: bytes) -> str | None:
    """The text when the bytes are plainly Chinese in GB18030, else None."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    high = [letter for letter in text if ord(letter) > 127]
    rare = sum(not _in_gb2312(letter) for letter in high)
    common = sum(letter in _COMMON for letter in high)
    plain = common * _LEAST_COMMON >= len(high) and rare * _MOST_RARE <= len(high)
    return text if high and plain else None


def _in_gb2312(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise _refusal(data, error) from error


def _refusal(data: bytes, error: UnicodeDecodeError) -> ItemError:
    line = data.count(b"\n", 0, error.start) + 1
    return ItemError(line, "the file is not UTF-8: save it as UTF-8 and import it again")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
