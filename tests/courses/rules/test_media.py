import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules import media
from courses.rules.media import Found, MediaFault, read_media
from tests.factories.media import archive, box, mp3, mp4, picture, png, track


def read(data):
    return read_media(io.BytesIO(data))


def nested(depth):
    inside = b""
    for _level in range(depth):
        inside = box(b"trak", inside)
    return inside


def fault(data):
    with pytest.raises(MediaFault) as refused:
        read(data)
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "kind", "suffix"),
    [
        (png(), "image", "png"), (picture("JPEG"), "image", "jpg"),
        (picture("GIF"), "image", "gif"), (picture("WEBP"), "image", "webp"),
        (b"%PDF-1.7 x", "file", "pdf"), (archive("word/document.xml"), "file", "docx"),
        (archive("xl/workbook.xml"), "file", "xlsx"),
        (archive("ppt/presentation.xml"), "file", "pptx"), (archive("a.csv"), "file", "zip"),
    ],
)  # fmt: skip
def test_the_bytes_say_what_a_file_is(data, kind, suffix):
    assert read(data) == Found(kind, suffix)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b"just words", "kind"), (b"<svg xmlns='x'></svg>", "svg"),
        (b"<?xml version='1.0'?><SVG>", "svg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "old_office"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01webm", "container"), (b"PK\x03\x04broken", "damaged"),
        (archive("setup.EXE"), "programs"), (archive("word/vbaProject.bin"), "programs"),
        (archive("page.html"), "programs"), (b"MZ\x90\x00", "kind"), (b"RIFF0000WAVE", "kind"),
    ],
)  # fmt: skip
def test_what_a_lesson_may_not_carry_is_refused(data, code):
    assert fault(data) == code


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(media, "MOST_ENTRIES", 1)
    assert fault(archive("a.csv", "b.csv")) == "bomb"

    monkeypatch.setattr(media, "MOST_ENTRIES", 9)
    monkeypatch.setattr(media, "MOST_UNPACKED_BYTES", 1)
    assert fault(archive("a.csv", "b.csv")) == "bomb"


def test_a_file_over_its_limit_is_refused(monkeypatch):
    monkeypatch.setitem(media.MOST_BYTES, "image", 20)

    assert fault(png()) == "too_big"


@pytest.mark.parametrize("last", [False, True], ids=["index first", "index last"])
@pytest.mark.parametrize("version", [0, 1])
def test_a_film_tells_length_size_and_sound(last, version):
    found = read(mp4(200.9, version=version, last=last))

    assert found == Found("video", "mp4", 200, 1280, 720, True)


def test_a_film_without_sound_and_a_recording_without_pictures():
    assert read(mp4(0.4, [track(b"vide", b"avc1", 640, 360)])) == Found(
        "video", "mp4", 1, 640, 360, False
    )
    assert read(mp4(61, [track(b"soun", b"mp4a")])) == Found("audio", "m4a", 61, has_sound=True)


def test_other_tracks_do_not_matter():
    tracks = [track(b"vide", b"avc1", 640, 360), track(b"text", b"tx3g"), box(b"trak")]

    assert read(mp4(5, tracks)).seconds == 5


def test_boxes_before_the_header_of_a_film_do_not_matter():
    film = mp4(5)
    start = film.index(b"moov") - 4
    (length,) = struct.unpack_from(">I", film, start)
    moov = film[start + 8 : start + length]

    found = read(film[:start] + box(b"moov", box(b"free", b"") + moov) + film[start + length :])

    assert found.seconds == 5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (mp4(5, [track(b"vide", b"hvc1", 640, 360)]), "codec"),
        (mp4(5, [track(b"vide", b"avc1", 6, 3), track(b"soun", b"ac-3")]), "codec"),
        (mp4(0), "length"), (mp4(12 * 3600 + 1), "length"), (mp4(2**32 - 1, scale=1), "length"),
        (mp4(5, [nested(2000)]), "damaged"),
        (mp4(5, scale=0), "length"), (mp4(5, []), "length"),
        (mp4(5)[:-9], "damaged"), (box(b"ftyp", b"heic0000"), "damaged"),
        (box(b"ftyp", b"isom") + struct.pack(">I", 4) + b"moov", "damaged"),
        (box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", b"\x00\x00")), "damaged"),
        (box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd")), "damaged"),
        (box(b"ftyp", b"isom") + box(b"moov", struct.pack(">I", 2) + b"mvhd"), "length"),
        (mp4(5, [box(b"trak", box(b"tkhd", b"\x00"))]), "damaged"),
    ],
)  # fmt: skip
def test_a_film_that_does_not_play_everywhere_is_refused(data, code):
    assert fault(data) == code


def test_a_long_box_and_one_to_the_end_are_read():
    head, rest = box(b"ftyp", b"isom0000"), mp4(7)[16:]
    moov = rest[: struct.unpack(">I", rest[:4])[0]]
    wide = struct.pack(">I", 1) + b"free" + struct.pack(">Q", 24) + bytes(8)

    assert read(head + wide + moov).seconds == 7
    assert read(head + struct.pack(">I", 0) + moov[4:]).seconds == 7


def test_a_recording_is_as_long_as_its_frames():
    # 100 frames of 1152 samples at 44 100 a second: 2.61 seconds
    assert read(mp3(100)) == Found("audio", "mp3", 2, has_sound=True)
    assert read(mp3(383, tag=b"who" * 60)).seconds == 10


@pytest.mark.parametrize(
    ("head", "frame"),
    [
        (b"\xff\xfb\x92\x00", (418, 1152 / 44_100)),  # padded
        (b"\xff\xf3\x80\x00", (208, 576 / 22_050)),  # MPEG 2
        (b"\xff\xe3\x80\x00", (417, 576 / 11_025)),  # MPEG 2.5
        (b"\xff\xeb\x90\x00", None), (b"\xff\xfb\xf0\x00", None), (b"\xff\xfb\x00\x00", None),
        (b"\xff\xfb\x9c\x00", None), (b"\xfe\xfb\x90\x00", None), (b"\xff\xfd\x90\x00", None),
        (b"\xff", None),
    ],
)  # fmt: skip
def test_the_head_of_a_frame(head, frame):
    assert media._mp3_frame(head) == frame


def test_a_recording_of_no_length_is_refused():
    assert fault(mp3(1)) == "length"
    assert fault(b"ID3\x04") == "length"


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x00\x00\x00\x10ftypisom", b"ID3", b"PK\x03\x04"]),
)
def test_whatever_the_bytes_the_answer_is_a_kind_or_a_fault(data, head):
    try:
        found = read(head + data)
    except MediaFault:
        return
    assert found.kind in media.MOST_BYTES
