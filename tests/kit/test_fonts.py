import pytest

from kit import fonts


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("陈晓岚", "song"),
        ("𠮷田", "song"),
        ("阿卜杜拉·买买提", "song"),
        ("Anna", "song"),
        ("𬎆", "hei"),
    ],
)
def test_face_for(text, face):
    assert fonts.face_for(text) == face


def test_face_for_nothing_when_no_one_face_has_every_character():
    assert fonts.face_for("王😀") is None


def test_missing_glyphs_names_each_once():
    assert fonts.missing_glyphs("王😀小\n😀明🦄") == ["😀", "🦄"]


def test_missing_fonts_when_all_are_there():
    assert fonts.missing_fonts() == []


def test_missing_fonts_when_one_is_not(monkeypatch):
    monkeypatch.setitem(fonts.FAMILIES, "hei", "No Such Face")

    assert fonts.missing_fonts() == ["No Such Face"]


def test_covered_when_not_installed(monkeypatch):
    monkeypatch.setitem(fonts.FAMILIES, "hei", "No Such Face")

    with pytest.raises(FileNotFoundError, match="not installed: No Such Face"):
        fonts.covered.__wrapped__("hei")


def test_covered_when_the_file_holds_another_family(monkeypatch):
    monkeypatch.setattr(fonts, "_fontconfig_file", lambda family: fonts_file)
    fonts_file = original("Noto Serif CJK SC")
    with pytest.raises(FileNotFoundError, match="does not hold Noto Sans CJK SC"):
        fonts.covered.__wrapped__("hei")


original = fonts._fontconfig_file


def test_quick_subsetting_is_a_fact():
    assert fonts.has_quick_subsetting() is True
