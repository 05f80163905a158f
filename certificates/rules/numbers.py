"""Certificate numbers: `DEMO-2026-YY-0001287` is issuer, year, kind and its place in the series."""

import re

from kit.identifiers import check_character
from kit.series import SEQUENCE_DIGITS

ISSUER_CODE = re.compile(r"[A-Z0-9]{2,8}")
KIND_CODE = re.compile(r"[A-Z0-9]{2}")
NUMBER = re.compile(
    rf"(?P<issuer>{ISSUER_CODE.pattern})-(?P<year>[0-9]{{4}})-(?P<kind>{KIND_CODE.pattern})"
    rf"-(?P<sequence>[0-9]{{{SEQUENCE_DIGITS}}})(?P<check>[0-9A-Z])"
)


def series_of(issuer: str, year: int, kind: str) -> str:
    """The series of an issuer, year and kind. ValueError where a part does not fit its place."""
    if not (ISSUER_CODE.fullmatch(issuer) and KIND_CODE.fullmatch(kind)):
        raise ValueError("issuer code: 2-8 capital letters or digits; kind: two of them")
    if not 2000 <= year <= 9999:
        raise ValueError("year out of range")
    return f"{issuer}-{year:04d}-{kind}"


def normalise_number(text: str) -> str:
    """What a person typed, as it is printed: capitals, plain hyphens, no blanks.

    I and O for 1 and 0 are mended where only digits or the check character stand. An empty
    string where it cannot be a number at all, or where the check character is wrong.
    """
    folded = "".join(text.upper().translate(_FOLD).split())
    bare = folded.replace("-", "")
    for length in range(2, 9):
        if len(bare) != length + 4 + 2 + SEQUENCE_DIGITS + 1:
            continue
        issuer, rest = bare[:length], bare[length:]
        digits = (rest[:4] + rest[6:]).translate(_READ_AS_DIGIT)
        shown = f"{issuer}-{digits[:4]}-{rest[4:6]}-{digits[4:]}"
        match = NUMBER.fullmatch(shown)
        if match and check_character(shown.replace("-", "")[:-1]) == match["check"]:
            return shown
    return ""


_FULL_WIDTH: dict[int, int | str] = {0xFF01 + i: 0x21 + i for i in range(94)}
_DASHES: dict[int, int | str] = {ord(dash): "-" for dash in "‐‑‒–—―−－_"}
_FOLD: dict[int, int | str] = {**_FULL_WIDTH, **_DASHES, 0x3000: " "}
_READ_AS_DIGIT = str.maketrans("IO", "10")
