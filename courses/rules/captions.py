"""Captions of a recording: WebVTT, or SubRip made into it."""

import re

MOST_CHARACTERS = 400_000
TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
CUE = re.compile(rf"^{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t].*)?$", re.MULTILINE)
COMMA = re.compile(r"(\d{2}:\d{2}),(\d{3})")
MARK = "WEBVTT"


class CaptionsFault(ValueError):
    """Why captions are refused; `code` is long, none or backwards, `line` the cue's line."""

    def __init__(self, code: str, line: str = "") -> None:
        super().__init__(code)
        self.code, self.line = code, line


def as_webvtt(text: str) -> str:
    """Captions as WebVTT; "" stays "". CaptionsFault where no cue can be read."""
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not plain:
        return ""
    if len(plain) > MOST_CHARACTERS:
        raise CaptionsFault("long")
    cues = list(CUE.finditer(plain))
    if not cues:
        raise CaptionsFault("none")
    for cue in cues:
        if _seconds(cue.groups()[:4]) >= _seconds(cue.groups()[4:]):
            raise CaptionsFault("backwards", cue.group())
    if not plain.startswith(MARK):
        pointed = CUE.sub(lambda cue: COMMA.sub(r"\1.\2", cue.group()), plain)
        plain = f"{MARK}\n\n{pointed}"
    return plain + "\n"


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
