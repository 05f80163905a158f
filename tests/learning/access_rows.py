from courses.models import MediaUse
from people.services import sync_roles
from tests.access import EVERYBODY, SIGNED_IN, Row
from tests.factories.courses import CourseFactory, LessonFactory, ModuleFactory
from tests.factories.learning import CourseGrantFactory, StudySessionFactory
from tests.factories.media import MediaFactory

CHECK = {
    "stem": "一加一？", "options": ["一", "二"], "answer": 1, "explanation": "一加一等于二。",
}  # fmt: skip
CHECK_ID = "7a4b0a3e-3f8a-4a57-9a0b-0d8f6a1c2b3d"


def build(world):
    """The trainee holds a grant; the other trainee does not. Staff preview without one."""
    sync_roles()
    course = CourseFactory(slug="granted")
    world.lesson = LessonFactory(
        module=ModuleFactory(course=course),
        drill=[("drill", {"task": "<p>做</p>"})],
        case=[("case", {"scenario": "<p>看</p>", "questions": [], "model_answer": ""})],
        checks=[{"type": "check", "value": CHECK, "id": CHECK_ID}],
    )
    CourseGrantFactory(person=world.people["trainee"], course=course)
    world.video = MediaFactory("video", by=world.people["editor"])
    MediaUse.objects.create(media=world.video, lesson=world.lesson)
    world.study = StudySessionFactory(person=world.people["trainee"], lesson=world.lesson)


def lesson(world):
    return {"pk": world.lesson.pk}


def video(world):
    return {"uid": world.video.uid}


READERS = {"trainee", "trainer", "other_trainer", "hr", "editor", "reviewer"}
ROWS = [
    Row("learning:catalogue_list", ok=SIGNED_IN),
    Row("learning:lesson_search", ok=SIGNED_IN),
    Row("learning:course_detail", ok=READERS, kwargs=lambda w: {"slug": "granted"}),
    Row("learning:lesson_detail", ok=READERS, kwargs=lesson),
    Row("learning:media_file", ok={*READERS, "administrator"}, kwargs=video),
    Row("learning:media_captions", ok={*READERS, "administrator"}, kwargs=video),
    Row("learning:course_end", ok=READERS, kwargs=lambda w: {"slug": "granted"}),
    Row("learning:lesson_notes", ok=READERS, kwargs=lesson),
    Row("learning:handover_show", ok=READERS, kwargs=lesson),
    Row("learning:handover_enter", ok=EVERYBODY),
    Row("learning:handover_go", ok=SIGNED_IN, status=302),
    Row("learning:note_list", ok=SIGNED_IN),
    Row("learning:note_export", ok=SIGNED_IN),
    Row("learning:bookmark_list", ok=SIGNED_IN),
    Row(
        "learning:bookmark_set",
        ok=READERS,
        method="post",
        kwargs=lesson,
        data=lambda w: {"on": "1"},
        status=302,
    ),
    Row(
        "learning:place_keep",
        ok=READERS,
        method="post",
        kwargs=lesson,
        data=lambda w: {"part": "drill"},
        status=204,
    ),
    Row(
        "learning:media_watched",
        ok={"trainee"},
        method="post",
        kwargs=lambda w: {**lesson(w), **video(w)},
        data=lambda w: {"play": str(w.video.uid), "number": "0", "position": "0", "ranges": ""},
    ),
    Row("learning:study_start", ok={"trainee"}, method="post", kwargs=lesson),
    Row("learning:study_here", ok={"trainee"}, method="post", kwargs=lesson, status=302),
    Row(
        "learning:study_beat",
        ok={"trainee"},
        method="post",
        kwargs=lambda w: {"session_id": w.study.pk},
        data=lambda w: {"seq": "1"},
    ),
    Row(
        "learning:drill_hand_in",
        ok={"trainee"},
        method="post",
        kwargs=lesson,
        data=lambda w: {"text": "做完了"},
        status=302,
    ),
    Row(
        "learning:case_hand_in",
        ok={"trainee"},
        method="post",
        kwargs=lesson,
        data=lambda w: {"text": "看完了"},
        status=302,
    ),
    Row(
        "learning:check_answer",
        ok={"trainee"},
        method="post",
        kwargs=lambda w: {"pk": w.lesson.pk, "block_id": CHECK_ID},
        data=lambda w: {"choice": "1"},
        status=302,
    ),
]
