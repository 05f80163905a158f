"""Files in lessons: shown with their size, counted with their length, open to readers alone."""

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from courses.models import LessonPage, MediaFile, MediaUse
from courses.services import note_media_uses
from courses.templatetags.lesson_parts import bytes_said, practical_task, seconds_said
from tests.factories.courses import LessonFactory
from tests.factories.exams_practical import AssignmentFactory
from tests.factories.learning import CourseGrantFactory
from tests.factories.media import MediaFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
BODY = LessonPage._meta.get_field("body").stream_block


def published(*media, **fields):
    """A published lesson that carries these files."""
    body = [(one.kind, {"media": one}) for one in media]
    lesson = LessonFactory(body=[*body, ("paragraph", "<p>" + "字" * 500 + "</p>")], **fields)
    lesson.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "1 KB"), (48_200, "48 KB"), (12_400_000, "12.4 MB"), (1_000_000, "1.0 MB")],
)
def test_a_size_as_people_say_it(size, said):
    assert bytes_said(size) == said


@pytest.mark.parametrize(("seconds", "said"), [(0, "0 秒"), (200, "3 分 20 秒"), (120, "2 分")])
def test_a_length_as_people_say_it(seconds, said):
    assert seconds_said(seconds) == said


def test_what_is_published_is_open_to_readers_and_its_length_counts():
    video, picture = MediaFactory("video"), MediaFactory()
    lesson = published(video, picture, planned_seconds=320)

    assert {use.media_id for use in MediaUse.objects.filter(lesson=lesson)} == {
        video.pk, picture.pk,
    }  # fmt: skip
    assert [(part.name, part.seconds) for part in lesson.parts[:2]] == [
        ("reading", 120), ("media", 200),
    ]  # fmt: skip
    assert note_media_uses(lesson=lesson) == 0


def test_a_lesson_that_shuts_somebody_out_is_not_published():
    picture = MediaFactory()
    MediaFile.objects.filter(pk=picture.pk).update(alt_text="")

    with pytest.raises(ValidationError, match="还缺说明"):
        published(picture)


def test_a_lesson_shows_kind_size_and_length_and_loads_nothing_by_itself(client):
    video, audio, file = MediaFactory("video"), MediaFactory("audio"), MediaFactory("file")
    picture = MediaFactory()
    lesson = published(video, audio, file, picture)
    client.force_login(CourseGrantFactory(course=lesson.get_parent().get_parent().specific).person)

    html = client.get(lesson.learn_path).content.decode()

    assert "视频 · 11 KB · 3 分 20 秒" in html
    assert "音频 · 42 KB · 2 秒" in html
    assert "来源：本公司培训部（自制）" in html
    assert html.count('preload="none"') == 2
    assert "autoplay" not in html
    assert f'src="{video.captions_path}"' in html
    assert f'alt="{picture.alt_text}"' in html
    assert 'loading="lazy"' in html


def test_only_readers_fetch_a_file_and_a_player_gets_parts(client):
    video, file = MediaFactory("video"), MediaFactory("file")
    lesson = published(video, file)
    reader = CourseGrantFactory(course=lesson.get_parent().get_parent().specific).person
    client.force_login(reader)

    part = client.get(video.learn_path, headers={"range": "bytes=0-15"})
    kept = client.get(file.learn_path)
    captions = client.get(video.captions_path)
    client.force_login(UserFactory(roles=["trainee"]))

    assert (part.status_code, part["Content-Type"]) == (206, "video/mp4")
    assert b"".join(part.streaming_content)[4:8] == b"ftyp"
    assert kept["Content-Disposition"].startswith("attachment;")
    assert (captions["Content-Type"], captions.content[:6]) == (
        "text/vtt; charset=utf-8",
        b"WEBVTT",
    )
    assert client.get(video.learn_path).status_code == 404


def test_a_recording_without_captions_has_none_to_fetch(client):
    audio = MediaFactory("audio", captions="")
    client.force_login(audio.added_by)

    assert client.get(audio.captions_path).status_code == 404


def test_a_part_without_its_file_shows_nothing():
    html = BODY.to_python([{"type": "video", "value": {"media": 999_999}}]).render_as_block()

    assert "<video" not in html
    assert BODY.to_python([{"type": "video", "value": {}}])[0].get_prep_value()["value"] == {
        "media": None, "caption": None, "seconds": 0,
    }  # fmt: skip


def test_a_task_link_finds_ones_own_assignment():
    mine = AssignmentFactory()
    code = mine.task_version.task.code
    request = RequestFactory().get("/")
    request.user = mine.person

    assert practical_task({"request": request}, code) == {
        "task": mine.task_version.task, "mine": mine,
    }  # fmt: skip
    assert practical_task({}, code)["mine"] is None
    assert practical_task({}, "none") == {"task": None, "mine": None}


def test_a_task_link_says_where_the_task_is():
    mine = AssignmentFactory()
    request = RequestFactory().get("/")
    request.user = mine.person
    part = BODY.to_python(
        [{"type": "task_link", "value": {"task": mine.task_version.task.code, "note": "练一练"}}]
    )[0]

    assert f'/{mine.pk}/"' in part.render({"request": request})
    assert "还没有布置给你" in part.render({})
