import io

import pytest
from django.db import IntegrityError
from PIL import Image

from audit.models import AuditRow
from courses.models import MediaFile, MediaUse
from courses.services import add_media, describe_media, media, note_media_uses
from kit.refusing import Refused
from tests.factories.courses import LessonFactory
from tests.factories.media import MediaFactory, an_editor, mp3, mp4, picture, track, words
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def add(data, at, by=None, name="a.bin", may_lack=False, **fields):
    return add_media(
        upload=io.BytesIO(data), name=name, words=words(**fields), by=by or an_editor(), at=at,
        may_lack=may_lack,
    )  # fmt: skip


def refusal(data, at, **fields):
    with pytest.raises(Refused) as refused:
        add(data, at, **fields)
    assert refused.value.message
    return refused.value.code


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """The files kept in a folder of this test alone."""
    folder = tmp_path / "lesson-media"
    storage = MediaFile._meta.get_field("file").storage
    monkeypatch.setitem(storage.__dict__, "location", str(tmp_path))
    monkeypatch.setitem(storage.__dict__, "base_location", str(tmp_path))
    return lambda: sorted(path.name for path in folder.glob("*"))


def test_a_picture_is_kept_without_place_and_camera(at):
    told = Image.Exif()
    told[0x010F] = "a camera"
    row = add(picture("JPEG", 3200, 100, exif=told), at, name="D:\\x\\图.png")

    with row.file.open() as file:
        kept = Image.open(io.BytesIO(file.read()))
    assert dict(kept.getexif()) == {}
    assert (row.kind, row.width, row.height) == ("image", 1600, 50)
    assert (row.name, row.content_type) == ("图.jpg", "image/jpeg")
    assert row.size == row.file.size
    assert row.learn_path == f"/learn/media/{row.uid}/"
    assert AuditRow.objects.filter(action="courses.media_added", object_id=str(row.pk)).count() == 1


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_other_pictures_become_png(at, form):
    row = add(picture(form), at, name="x")

    assert (row.name, row.content_type, row.width) == ("x.png", "image/png", 40)


def test_a_video_is_kept_byte_for_byte_with_its_length(at):
    row = add(mp4(200), at, name="片.mp4")

    with row.file.open() as file:
        assert file.read() == mp4(200)
    assert (row.duration_seconds, row.has_sound, row.kind) == (200, True, "video")
    assert row.captions.startswith("WEBVTT")
    assert row.captions_path == f"{row.learn_path}captions/"


def test_the_same_file_with_the_same_words_is_kept_once(at, stored):
    first, again = add(mp3(), at), add(mp3(), at)
    other = add(mp3(), at, title="另一题")

    assert (again.pk, other.pk != first.pk, len(stored())) == (first.pk, True, 2)


def test_only_editors_add_and_describe(at):
    stranger, row = UserFactory(roles=["trainee"]), MediaFactory()

    assert refusal(mp3(), at, by=stranger) == "forbidden"
    with pytest.raises(Refused, match="素材库"):
        describe_media(media=row, words=words(), by=stranger, at=at)


@pytest.mark.parametrize("code", [
    "empty", "kind", "svg", "too_big", "old_office", "damaged", "bomb", "programs", "container",
    "codec", "length", "pixels",
])  # fmt: skip
def test_every_fault_is_told_in_words(code):
    assert len(media.upload_message(code)) > 8


def test_a_file_that_is_none_is_refused(at, stored):
    assert refusal(b"<svg/>", at) == "upload_svg"
    assert refusal(picture("PNG")[:-20], at) == "upload_damaged"
    assert refusal(picture("WEBP")[:-20], at) == "upload_damaged"
    assert stored() == []


@pytest.mark.parametrize(
    ("data", "fields", "code"),
    [
        (picture("PNG"), {"title": " "}, "lacks_title"),
        (picture("PNG"), {"source": ""}, "lacks_source"),
        (picture("PNG"), {"licence": ""}, "lacks_licence"),
        (picture("PNG"), {"alt_text": ""}, "lacks_alt_text"),
        (mp3(), {"transcript": " "}, "lacks_transcript"),
        (mp4(), {"captions": ""}, "lacks_captions"),
        (mp4(5, [track(b"vide", b"avc1", 4, 3)]), {"transcript": ""}, "lacks_transcript"),
        (mp4(), {"captions": "大家好"}, "captions"),
        (mp4(), {"captions": "x" * 400_001}, "captions"),
    ],
)  # fmt: skip
def test_words_that_a_file_needs(at, data, fields, code):
    assert refusal(data, at, **fields) == code


def test_an_import_may_leave_the_description_for_later(at):
    row = add(picture("PNG"), at, may_lack=True, alt_text="")
    plain = add(b"%PDF-1.7 x", at, alt_text="", transcript="", captions="")

    assert (row.lacks, plain.lacks) == (("alt_text",), ())


def test_a_refused_row_leaves_no_file(at, stored):
    with pytest.raises(IntegrityError):
        add(mp3(), at, licence="stolen")

    assert stored() == []


def test_other_words_change_the_words_alone(at):
    row = MediaFactory("video")
    before = row.sha256

    describe_media(media=row, words=words(title="新题"), by=an_editor(), at=at)

    row.refresh_from_db()
    assert (str(row), row.sha256) == ("新题", before)
    told = AuditRow.objects.get(action="courses.media_described")
    assert told.detail == {"changed": ["title"]}


def test_words_that_are_needed_cannot_be_taken_away(at):
    row = MediaFactory()

    with pytest.raises(Refused, match="说明"):
        describe_media(media=row, words=words(alt_text=""), by=an_editor(), at=at)


@pytest.mark.parametrize(
    "fields",
    [{"source": ""}, {"licence": "stolen"}, {"duration_seconds": 3}, {"kind": "video"}],
    ids=lambda fields: next(iter(fields)),
)
def test_the_database_keeps_source_licence_and_length(fields):
    row = MediaFactory()

    with pytest.raises(IntegrityError):
        MediaFile.objects.filter(pk=row.pk).update(**fields)


def test_a_lesson_carries_a_file_once():
    use = MediaUse.objects.create(media=MediaFactory(), lesson=LessonFactory())

    with pytest.raises(IntegrityError):
        MediaUse.objects.create(media=use.media, lesson=use.lesson)


def test_a_lesson_without_files_notes_none():
    assert note_media_uses(lesson=LessonFactory()) == 0
