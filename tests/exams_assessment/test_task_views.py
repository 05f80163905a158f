import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exams.models import Submission, SubmissionFile, TaskFile
from exams.rules import uploads
from exams.services import hand_in_submission, return_submission, save_submission
from exams.views import own_tasks as module
from tests.factories.exams_practical import (
    AssignmentFactory,
    SubmissionFactory,
    TaskVersionFactory,
)

pytestmark = pytest.mark.django_db
CANARY = "金丝雀-不得外传"
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def task():
    return AssignmentFactory(task_version=TaskVersionFactory(model_answer=[CANARY]))


@pytest.fixture
def trainee(task, client):
    client.force_login(task.person)
    return client


def page(client, name, task):
    return client.get(reverse(f"exams:{name}", args=[task.pk]))


def save(client, task, text="结论", **data):
    return client.post(
        reverse("exams:task_save", args=[task.pk]), {"text": text, **data}, follow=True
    )


def words(answer):
    return answer.content.decode()


def test_a_trainee_works_hands_in_and_sees_it_frozen(trainee, task):
    file = SimpleUploadedFile("月报.pdf", PDF)

    saved = save(trainee, task, files=[file], action="check")
    assert saved.redirect_chain[-1][0] == reverse("exams:task_confirm", args=[task.pk])
    assert "月报.pdf" in words(saved)
    done = trainee.post(reverse("exams:task_confirm", args=[task.pk]), follow=True)

    assert "结论" in words(done)
    assert 'name="text"' not in words(done)
    assert Submission.objects.get().state == "handed_in"
    assert save(trainee, task, text="改").status_code == 200
    assert Submission.objects.get().text == "结论"
    assert page(trainee, "task_confirm", task).status_code == 302


def test_a_bad_file_is_named_and_everything_else_is_kept(trainee, task):
    files = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.exe", b"MZ")]

    answer = save(trainee, task, files=files)

    assert "b.exe: " in words(answer)
    assert "结论" in words(answer)
    assert [file.name for file in SubmissionFile.objects.all()] == ["a.pdf"]


def test_a_file_over_the_limit_is_refused_unread(trainee, task, monkeypatch):
    monkeypatch.setattr(module, "MAX_FILE_BYTES", 5)

    answer = save(trainee, task, files=[SimpleUploadedFile("a.pdf", PDF)])

    assert "20 MB" in words(answer)
    assert SubmissionFile.objects.count() == 0
    assert uploads.MAX_FILE_BYTES > 5


def test_typed_text_is_kept_when_it_is_refused(trainee, task):
    answer = save(trainee, task, text="长" * 20001)

    assert answer.status_code == 200
    assert "长" * 20001 in words(answer)
    assert 'name="text" rows="10" aria-describedby="text-hint">' in answer.content.decode()
    assert "20000" in words(answer)


def test_a_file_is_taken_out(trainee, task):
    save(trainee, task, files=[SimpleUploadedFile("a.pdf", PDF)])

    save(trainee, task, remove=str(SubmissionFile.objects.get().pk))

    assert SubmissionFile.objects.count() == 0


def test_nothing_to_hand_in_is_said(trainee, task):
    save(trainee, task, text=" ")

    answer = trainee.post(reverse("exams:task_confirm", args=[task.pk]))

    assert answer.status_code == 200
    assert Submission.objects.get().state == "draft"


def test_what_was_sent_back_shows_its_reason_and_can_be_handed_in_again(trainee, task, grader, at):
    save_submission(assignment_id=task.pk, person=task.person, text="一", at=at)
    first = hand_in_submission(assignment_id=task.pk, person=task.person, at=at)
    return_submission(submission_id=first.pk, by=grader, reason="缺定价表", at=at)

    assert "缺定价表" in words(page(trainee, "task_detail", task))
    assert "缺定价表" in words(save(trainee, task, text="二"))
    assert Submission.objects.filter(state="draft").get().number == 2


def test_the_page_tells_the_limits_and_the_criteria_in_advance(trainee, task):
    shown = words(page(trainee, "task_detail", task))

    assert "20 MB" in shown
    assert "结构" in shown


def test_no_model_answer_descriptor_or_marker_file_reaches_a_trainee(trainee, task, at):
    marker_file = TaskFile(
        version=task.task_version, name="teacher.csv", sha256="0", size=9, audience="grader"
    )
    marker_file.file.save("teacher.csv", ContentFile(CANARY.encode()), save=False)
    marker_file.save()
    save(trainee, task)
    pages = [
        page(trainee, "task_detail", task),
        page(trainee, "task_confirm", task),
        trainee.post(reverse("exams:task_confirm", args=[task.pk]), follow=True),
        trainee.get(reverse("exams:task_list")),
        trainee.get(reverse("exams:own_result_list")),
    ]

    secrets = (CANARY, "teacher.csv", "结构优秀", "数据待改进")
    assert [s for s in secrets for answer in pages if s in words(answer)] == []
    assert trainee.get(reverse("exams:task_file", args=[marker_file.pk])).status_code == 404


def test_files_are_saved_and_never_shown(trainee, task):
    save(trainee, task, files=[SimpleUploadedFile("a.pdf", PDF)])

    answer = trainee.get(reverse("exams:upload_file", args=[SubmissionFile.objects.get().pk]))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == PDF


def queries(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_the_list_asks_as_often_for_three_tasks_as_for_one(
    trainee, task, django_assert_max_num_queries
):
    url = reverse("exams:task_list")
    SubmissionFactory(assignment=task)
    one = queries(trainee, url, django_assert_max_num_queries)
    for _i in range(2):
        SubmissionFactory(assignment__person=task.person)

    assert queries(trainee, url, django_assert_max_num_queries) == one


@pytest.mark.parametrize("remove", ["²", "9" * 5000, str(10**17)])
def test_a_file_that_cannot_be_is_not_taken_out(trainee, task, remove):
    answer = trainee.post(
        reverse("exams:task_save", args=[task.pk]), {"text": "结论", "remove": remove}
    )

    assert answer.status_code in (200, 302)
    assert Submission.objects.get().text == "结论"
