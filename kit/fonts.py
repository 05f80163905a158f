"""The two faces every paper is set in, and which characters they can print.

Song (宋) is Noto Serif CJK SC, Hei (黑) is Noto Sans CJK SC, both of Debian's `fonts-noto-cjk`.
WeasyPrint does not survive a machine without fonts (it segfaults), so ask before rendering.
"""

from functools import cache
from pathlib import Path
from typing import Literal

Face = Literal["song", "hei"]
FAMILIES: dict[Face, str] = {"song": "Noto Serif CJK SC", "hei": "Noto Sans CJK SC"}
# Layout characters that no face needs a glyph for.
UNPRINTED = frozenset("\n\r\t")


def _fontconfig_file(family: str) -> Path | None:
    """The file fontconfig serves for exactly this family; None when it would serve another."""
    # Late: the import loads Pango and fails where the libraries are missing.
    from weasyprint.text.ffi import ffi, fontconfig

    pattern = ffi.gc(fontconfig.FcPatternCreate(), fontconfig.FcPatternDestroy)
    fontconfig.FcPatternAddString(pattern, b"family", family.encode())
    fontconfig.FcConfigSubstitute(ffi.NULL, pattern, fontconfig.FcMatchPattern)
    fontconfig.FcDefaultSubstitute(pattern)
    match = fontconfig.FcFontMatch(ffi.NULL, pattern, ffi.new("FcResult *"))
    if match == ffi.NULL:
        return None
    match = ffi.gc(match, fontconfig.FcPatternDestroy)
    text = ffi.new("FcChar8 **")
    names: list[str] = []
    while fontconfig.FcPatternGetString(match, b"family", len(names), text) == 0:
        names.append(ffi.string(text[0]).decode())
    if family not in names:
        return None
    fontconfig.FcPatternGetString(match, b"file", 0, text)
    return Path(ffi.string(text[0]).decode())


def missing_fonts() -> list[str]:
    """Families that papers need and this machine does not have; empty when all is well.

    Raises OSError, naming the library, where Pango or fontconfig themselves are missing.
    """
    return [family for family in FAMILIES.values() if _fontconfig_file(family) is None]


def has_quick_subsetting() -> bool:
    """Whether libharfbuzz-subset is there: without it every paper takes fifteen times as long."""
    from weasyprint.text.ffi import harfbuzz_subset

    return harfbuzz_subset is not None


@cache
def covered(face: Face) -> frozenset[int]:
    """Code points the face has a glyph for, read from its character map once per process.

    Raises FileNotFoundError when the face is not installed.
    """
    from fontTools.ttLib.ttCollection import TTCollection

    family = FAMILIES[face]
    path = _fontconfig_file(family)
    if path is None:
        raise FileNotFoundError(f"font not installed: {family}")
    with TTCollection(str(path), lazy=True) as collection:
        for font in collection.fonts:
            if font["name"].getDebugName(1) == family:
                return frozenset(font.getBestCmap())
    raise FileNotFoundError(f"{path} does not hold {family}")


def missing_glyphs(text: str) -> list[str]:
    """Characters neither face can print, each once, in order of appearance."""
    known = covered("song") | covered("hei")
    return [ch for ch in dict.fromkeys(text) if ch not in UNPRINTED and ord(ch) not in known]


def face_for(text: str) -> Face | None:
    """The face that holds every character: a name is set whole, never with one odd glyph.

    None when no one face can print it.
    """
    points = {ord(ch) for ch in text if ch not in UNPRINTED}
    faces: tuple[Face, ...] = ("song", "hei")
    return next((face for face in faces if points <= covered(face)), None)
