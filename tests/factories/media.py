"""Small real files of every kind the media library takes, and rows of it."""

import io
import struct
import zipfile

from django.utils import timezone
from PIL import Image

from courses.services import Words, add_media
from people.services import sync_roles
from tests.factories.people import UserFactory


def png(width=40, height=30):
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 40, 40)).save(out, "PNG")
    return out.getvalue()


def picture(form, width=40, height=30, **options):
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 40, 40)).save(out, form, **options)
    return out.getvalue()


def box(name, body=b""):
    return struct.pack(">I", 8 + len(body)) + name + body


def track(handler, codec, width=0, height=0):
    head = box(b"tkhd", bytes(76) + struct.pack(">II", width << 16, height << 16))
    kind = box(b"hdlr", bytes(8) + handler + bytes(13))
    table = box(b"stbl", box(b"stsd", bytes(8) + struct.pack(">I", 16) + codec + bytes(8)))
    return box(b"trak", head + box(b"mdia", kind + box(b"minf", table)))


def mp4(seconds=200, tracks=None, *, scale=1000, version=0, last=False, brand=b"isom"):
    """A film without its pictures: everything that tells its length, size and codecs."""
    if tracks is None:
        tracks = [track(b"vide", b"avc1", 1280, 720), track(b"soun", b"mp4a")]
    length = round(seconds * scale)
    mvhd = (
        bytes([1, 0, 0, 0]) + bytes(16) + struct.pack(">IQ", scale, length)
        if version
        else bytes(12) + struct.pack(">II", scale, length)
    )  # fmt: skip
    index = box(b"moov", box(b"mvhd", mvhd + bytes(80)) + b"".join(tracks))
    body = box(b"mdat", bytes(range(256)) * 40)
    parts = (body, index) if last else (index, body)
    return box(b"ftyp", brand + bytes(4)) + b"".join(parts)


def mp3(frames=100, tag=b""):
    """Frames of 128 kbit/s at 44.1 kHz: 417 bytes and 1152 samples each."""
    head = b"ID3\x04\x00\x00" + bytes([0, 0, len(tag) >> 7, len(tag) & 0x7F]) if tag else b""
    return head + tag + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def archive(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


FILES = {
    "image": ("图.png", png),
    "video": ("片.mp4", mp4),
    "audio": ("音.mp3", mp3),
    "file": ("表.pdf", lambda: b"%PDF-1.7\n" + b"x" * 2000),
}
CAPTIONS = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n大家好\n"


def an_editor():
    sync_roles()
    return UserFactory(roles=["editor"])


def words(**fields):
    given = {
        "title": "投产比怎么看", "source": "本公司培训部", "licence": "own",
        "alt_text": "柱形图：四个月的投产比", "transcript": "大家好，今天看投产比。",
        "captions": CAPTIONS,
    }  # fmt: skip
    return Words(**(given | fields))


def MediaFactory(kind="image", *, data=None, by=None, at=None, **fields):
    """A file of the library, put there by the service."""
    name, make = FILES[kind]
    return add_media(
        upload=io.BytesIO(make() if data is None else data), name=name, words=words(**fields),
        by=by or an_editor(), at=at or timezone.now(),
    )  # fmt: skip
