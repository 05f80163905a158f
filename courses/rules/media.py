"""What a lesson may carry besides text: decided by the bytes, never by the name.

Only what every browser of ours plays: MP4 with H.264 and AAC, MP3, M4A. WebM, HEVC and QuickTime
are refused because phones of the engine floor (iOS 14) or old Chromium cannot play them. The
length of a recording is read from the file: class hours stand on it, so nobody types it.
"""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

IMAGE, VIDEO, AUDIO, FILE = "image", "video", "audio", "file"
MEGABYTE = 1024 * 1024
MOST_BYTES = {
    IMAGE: 10 * MEGABYTE,
    VIDEO: 500 * MEGABYTE,
    AUDIO: 100 * MEGABYTE,
    FILE: 50 * MEGABYTE,
}
MOST_INDEX_BYTES = 32 * MEGABYTE  # the table of contents of an MP4
# A length of all ones means "unknown"; what is longer than half a day is no part of a lesson.
LONGEST_SECONDS = 12 * 3600
MOST_ENTRIES = 5_000
MOST_UNPACKED_BYTES = 500 * MEGABYTE
CONTENT_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
PICTURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"))
OFFICE = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
PROGRAMS = (".exe", ".bat", ".cmd", ".com", ".scr", ".js", ".vbs", ".ps1", ".msi", ".jar", ".lnk",
            ".html", ".htm", ".svg", "vbaproject.bin")  # fmt: skip
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MATROSKA = b"\x1aE\xdf\xa3"
PLAYABLE = {"vide": {b"avc1", b"avc3"}, "soun": {b"mp4a", b".mp3"}}
CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}


class MediaFault(ValueError):
    """Why a file is not taken. Codes: empty, kind, svg, too_big, old_office, damaged, bomb,
    programs, container, codec, length."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Found:
    """What the bytes say: `suffix` names the format, length and size where it has them.

    `seconds` is rounded down and at least 1; pictures are measured after they are drawn anew.
    """

    kind: str
    suffix: str
    seconds: int = 0
    width: int = 0
    height: int = 0
    has_sound: bool = False


def read_media(file: BinaryIO) -> Found:
    """What a file is. MediaFault where it is nothing that a lesson may carry."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(512)
    if not size:
        raise MediaFault("empty")
    found = _kind_of(head, file, size)
    if size > MOST_BYTES[found.kind]:
        raise MediaFault("too_big")
    return found


def _kind_of(head: bytes, file: BinaryIO, size: int) -> Found:
    for magic, suffix in PICTURES:
        if head.startswith(magic):
            return Found(IMAGE, suffix)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Found(IMAGE, "webp")
    if head.startswith(b"%PDF-"):
        return Found(FILE, "pdf")
    if head.startswith(b"PK\x03\x04"):
        return Found(FILE, _archive_kind(file))
    if head[4:8] == b"ftyp":
        return _mp4(file, size)
    if head[:3] == b"ID3" or (len(head) > 3 and _mp3_frame(head[:4])):
        return _mp3(file, size)
    raise MediaFault(_refusal(head))


def _refusal(head: bytes) -> str:
    if head.startswith(OLD_OFFICE):
        return "old_office"
    if head.startswith(MATROSKA):
        return "container"
    return "svg" if b"<svg" in head.lower() else "kind"


def _archive_kind(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise MediaFault("damaged") from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED_BYTES:
        raise MediaFault("bomb")
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith(PROGRAMS) for name in names):
        raise MediaFault("programs")
    return next((suffix for part, suffix in OFFICE.items() if part in names), "zip")


# --- MP4: boxes of a length, a name and a body ---------------------------------------------
def _mp4(file: BinaryIO, size: int) -> Found:
    moov = _index_of(file, size)
    if moov is None:
        raise MediaFault("damaged")
    try:
        length = _movie_seconds(moov)
        tracks = [_track(body) for name, body in _boxes(moov) if name == b"trak"]
    except (struct.error, IndexError, RecursionError) as error:
        raise MediaFault("damaged") from error
    media = [track for track in tracks if track[0] in PLAYABLE]
    if any(codec not in PLAYABLE[handler] for handler, codec, _w, _h in media):
        raise MediaFault("codec")
    if not media or not 0 < length <= LONGEST_SECONDS:
        raise MediaFault("length")
    pictures = [(width, height) for handler, _c, width, height in media if handler == "vide"]
    sound = any(handler == "soun" for handler, *_rest in media)
    width, height = pictures[0] if pictures else (0, 0)
    kind, suffix = (VIDEO, "mp4") if pictures else (AUDIO, "m4a")
    return Found(kind, suffix, max(1, int(length)), width, height, sound)


def _index_of(file: BinaryIO, size: int) -> bytes | None:
    """The body of the box `moov`, wherever it stands; None where the file was cut off."""
    place, found = 0, None
    while place + 8 <= size:
        file.seek(place)
        head = file.read(16)
        length, name, begin = int.from_bytes(head[:4], "big"), head[4:8], 8
        if length == 1:
            length, begin = int.from_bytes(head[8:16], "big"), 16
        length = length or size - place
        if length < begin or place + length > size:
            return None
        if name == b"moov":
            file.seek(place + begin)
            found = file.read(min(length - begin, MOST_INDEX_BYTES))
        place += length
    return found


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        if length < 8:
            return
        yield data[place + 4 : place + 8], data[place + 8 : place + length]
        place += length


def _within(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """All boxes of a track, those inside others too."""
    for name, body in _boxes(data):
        yield name, body
        if name in CONTAINERS:
            yield from _within(body)


def _movie_seconds(moov: bytes) -> float:
    for name, body in _boxes(moov):
        if name == b"mvhd":
            scale, length = (
                struct.unpack_from(">IQ", body, 20)
                if body[0]
                else struct.unpack_from(">II", body, 12)
            )
            return float(length / scale) if scale else 0.0
    return 0.0


def _track(trak: bytes) -> tuple[str, bytes, int, int]:
    """Handler ("vide", "soun" or another), codec, width and height."""
    boxes = dict(_within(trak))
    handler = boxes.get(b"hdlr", b"")[8:12].decode("latin-1")
    codec = boxes.get(b"stsd", b"")[12:16]
    width, height = struct.unpack(">II", boxes[b"tkhd"][-8:]) if b"tkhd" in boxes else (0, 0)
    return handler, codec, width >> 16, height >> 16


# --- MP3: frames, each of a known number of samples ----------------------------------------
BIT_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
SAMPLE_RATES = {
    3: (44_100, 48_000, 32_000),
    2: (22_050, 24_000, 16_000),
    0: (11_025, 12_000, 8_000),
}


def _mp3_frame(head: bytes) -> tuple[int, float] | None:
    """Bytes and seconds of the layer III frame that begins here; None where none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, rate, samples = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or not 0 < rate < 15 or samples == 3:
        return None
    bits = BIT_RATES[3 if version == 3 else 2][rate] * 1000
    per_second = SAMPLE_RATES[version][samples]
    count = 1152 if version == 3 else 576
    return count // 8 * bits // per_second + (head[2] >> 1 & 1), count / per_second


def _mp3(file: BinaryIO, size: int) -> Found:
    data = _without_tag(file, size)
    place, seconds = 0, 0.0
    while (frame := _mp3_frame(data[place : place + 4])) is not None:
        place, seconds = place + frame[0], seconds + frame[1]
    if not 1 <= seconds <= LONGEST_SECONDS:
        raise MediaFault("length")
    return Found(AUDIO, "mp3", int(seconds), has_sound=True)


def _without_tag(file: BinaryIO, size: int) -> bytes:
    """The frames after an ID3 tag, which tells its length in four times seven bits."""
    file.seek(0)
    head = file.read(10)
    begin = 0
    if head[:3] == b"ID3" and len(head) == 10:
        begin = 10 + sum((byte & 0x7F) << 21 - 7 * place for place, byte in enumerate(head[6:]))
    file.seek(begin)
    return file.read(min(size, MOST_BYTES[AUDIO]))
