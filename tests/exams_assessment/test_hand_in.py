import datetime

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from exams.models import Submission, SubmissionFile
from exams.rules import uploads
from exams.services import add_file, hand_in_submission, remove_file, save_submission
from exams.services import practical_hand_in as module
from exams.services.rubric_marking import return_submission
from tests.factories.exams_practical import AssignmentFactory, SubmissionFactory
from tests.factories.people import UserFactory
from tests.kit.test_pictures import SECRET, photograph
from tests.refusals import refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def task():
    return AssignmentFactory()


def blobs():
    return len(storages["private"].listdir("submissions")[1])


def test_the_draft_is_kept_and_saved_again(task, at):
    first = save_submission(assignment_id=task.pk, person=task.person, text="一\r\n二", at=at)
    second = save_submission(assignment_id=task.pk, person=task.person, text="三", at=at)

    assert (first.pk, first.text) == (second.pk, "一\n二")
    assert Submission.objects.get().text == "三"
    assert Submission.objects.get().number == 1


def test_nobody_else_writes_into_a_draft(task, at):
    refused(
        "not_found", save_submission, assignment_id=task.pk, person=UserFactory(), text="", at=at
    )


def test_a_text_beyond_the_limit_is_refused(task, at):
    refused(
        "too_long",
        save_submission,
        assignment_id=task.pk,
        person=task.person,
        text="字" * 20001,
        at=at,
    )


def test_files_are_kept_under_random_keys_with_their_hash(task, at):
    file = add_file(assignment_id=task.pk, person=task.person, name="../月报.pdf", data=PDF, at=at)

    assert (file.name, file.kind, file.size, len(file.sha256)) == ("月报.pdf", "pdf", 14, 64)
    assert file.file.name.startswith("submissions/")
    assert "月报" not in file.file.name
    assert file.file.read() == PDF


def test_files_of_one_name_are_numbered(task, at):
    for data in (PDF, PDF + b"1", PDF + b"2"):
        add_file(assignment_id=task.pk, person=task.person, name="月报.pdf", data=data, at=at)

    names = list(SubmissionFile.objects.values_list("name", flat=True))
    assert names == ["月报.pdf", "月报 (2).pdf", "月报 (3).pdf"]


def test_a_bad_file_is_refused_with_a_reason_and_leaves_nothing(task, at):
    refused(
        "upload_extension", add_file,
        assignment_id=task.pk, person=task.person, name="a.exe", data=b"MZ", at=at,
    )  # fmt: skip

    assert SubmissionFile.objects.count() == 0


def test_limits_of_a_hand_in(task, at, monkeypatch):
    mine = {"assignment_id": task.pk, "person": task.person, "at": at}
    add_file(name="a.pdf", data=PDF, **mine)
    before = blobs()

    refused("upload_twice", add_file, name="b.pdf", data=PDF, **mine)
    monkeypatch.setattr(module, "MAX_TOTAL_BYTES", 15)
    refused("upload_total", add_file, name="b.pdf", data=PDF + b"1", **mine)
    monkeypatch.setattr(module, "MAX_FILES", 1)
    refused("upload_many", add_file, name="b.pdf", data=PDF + b"1", **mine)
    assert blobs() == before


def test_every_refusal_of_a_file_has_words():
    codes = (
        "empty", "too_big", "extension", "content", "protected",
        "damaged", "macros", "bomb", "pixels", "encoding",
    )  # fmt: skip

    assert all(module.upload_message(code) for code in codes)
    assert uploads.MAX_FILE_BYTES == 20 * 1024 * 1024


def test_a_file_can_be_taken_out_of_a_draft(task, at, django_capture_on_commit_callbacks):
    file = add_file(assignment_id=task.pk, person=task.person, name="a.pdf", data=PDF, at=at)

    with django_capture_on_commit_callbacks(execute=True):
        remove_file(file_id=file.pk, person=task.person, at=at)

    assert SubmissionFile.objects.count() == 0
    assert not file.file.storage.exists(file.file.name)


def test_nobody_takes_out_the_file_of_another(task, at):
    file = add_file(assignment_id=task.pk, person=task.person, name="a.pdf", data=PDF, at=at)

    refused("not_found", remove_file, file_id=file.pk, person=UserFactory(), at=at)


def test_handing_in_freezes_text_and_files(task, at):
    save_submission(assignment_id=task.pk, person=task.person, text="结论", at=at)
    file = add_file(assignment_id=task.pk, person=task.person, name="a.pdf", data=PDF, at=at)

    done = hand_in_submission(assignment_id=task.pk, person=task.person, at=at)

    assert (done.state, done.handed_in_at, len(done.digest)) == ("handed_in", at, 64)
    assert AuditRow.objects.get(action="exams.practical_handed_in").detail["files"] == 1
    mine = {"assignment_id": task.pk, "person": task.person, "at": at}
    refused("handed_in", save_submission, text="改", **mine)
    refused("handed_in", add_file, name="b.pdf", data=PDF + b"1", **mine)
    refused("handed_in", remove_file, file_id=file.pk, person=task.person, at=at)


def test_handing_in_twice_changes_nothing(task, at):
    save_submission(assignment_id=task.pk, person=task.person, text="结论", at=at)
    first = hand_in_submission(assignment_id=task.pk, person=task.person, at=at)

    later = at + datetime.timedelta(minutes=1)
    second = hand_in_submission(assignment_id=task.pk, person=task.person, at=later)

    assert (second.pk, second.handed_in_at) == (first.pk, at)


def test_nothing_cannot_be_handed_in(task, at):
    refused("nothing", hand_in_submission, assignment_id=task.pk, person=task.person, at=at)
    assert Submission.objects.count() == 0


def test_late_work_is_taken_and_says_how_late(at):
    task = AssignmentFactory(due_at=at - datetime.timedelta(minutes=12))
    save_submission(assignment_id=task.pk, person=task.person, text="晚", at=at)

    assert hand_in_submission(assignment_id=task.pk, person=task.person, at=at).late_seconds == 720
    task.due_at = None
    in_time = Submission(assignment=task, handed_in_at=at)
    assert in_time.late_seconds == 0


def test_after_a_return_the_next_number_starts_from_what_was_handed_in(
    task, at, grader, django_capture_on_commit_callbacks
):
    save_submission(assignment_id=task.pk, person=task.person, text="第一稿", at=at)
    file = add_file(assignment_id=task.pk, person=task.person, name="a.pdf", data=PDF, at=at)
    first = hand_in_submission(assignment_id=task.pk, person=task.person, at=at)
    return_submission(submission_id=first.pk, by=grader, reason="缺定价表", at=at)

    copy = remove = None
    draft = save_submission(assignment_id=task.pk, person=task.person, text="第二稿", at=at)
    copy = draft.files.get()
    with django_capture_on_commit_callbacks(execute=True):
        remove = remove_file(file_id=copy.pk, person=task.person, at=at)

    first.refresh_from_db()
    assert (draft.number, first.text, first.state) == (2, "第一稿", "returned")
    assert draft.code != first.code
    assert copy.file.name == file.file.name
    assert file.file.storage.exists(file.file.name)
    assert remove is None
    refused("handed_in", remove_file, file_id=file.pk, person=task.person, at=at)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "handed_in", "handed_in_at": None},
        {"state": "draft"},
        {"state": "returned"},
        {"state": "marked"},
        {"state": "handed_in", "score_numerator": 5, "score_denominator": 1},
    ],
)
def test_the_database_guards_the_states(task, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        SubmissionFactory(assignment=task, **wrong)


def test_only_one_submission_stands(task):
    SubmissionFactory(assignment=task)

    with pytest.raises(IntegrityError), transaction.atomic():
        SubmissionFactory(assignment=task, number=2)


def test_a_code_that_is_taken_is_drawn_again(task, at, monkeypatch):
    SubmissionFactory(code="P-22222")
    letters = iter("2222233333")
    monkeypatch.setattr(module.secrets, "choice", lambda alphabet: next(letters))

    draft = save_submission(assignment_id=task.pk, person=task.person, text="", at=at)

    assert draft.code == "P-33333"


def test_a_photograph_is_kept_without_its_place(task, at):
    file = add_file(
        assignment_id=task.pk, person=task.person, name="现场.jpg", data=photograph(), at=at
    )

    with file.file.open() as kept:
        assert SECRET not in kept.read()
    assert (file.kind, file.size) == ("jpg", file.file.size)


@pytest.mark.parametrize(("pixels", "code"), [(1, "upload_pixels"), (99, "upload_damaged")])
def test_a_picture_that_cannot_be_drawn_is_refused(task, at, monkeypatch, pixels, code):
    monkeypatch.setattr("kit.pictures.MAX_PIXELS", pixels)

    refused(
        code, add_file,
        assignment_id=task.pk, person=task.person, name="a.jpg", at=at,
        data=photograph() if pixels == 1 else photograph()[:60],
    )  # fmt: skip
