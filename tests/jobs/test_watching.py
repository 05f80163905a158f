from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from jobs import tasks
from jobs.choices import JobState, MessageState
from jobs.models import Job, OutboxMessage
from jobs.queries import worker_seen_at
from jobs.services import (
    fail_job,
    finish_job,
    remove_expired_files,
    report_progress,
    start_job,
)
from kit.storage import private_storage
from notices.models import Notice
from tests.factories.jobs import JobFactory, OutboxMessageFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def job(person, at):
    return start_job(kind="t.export", owner=person, title="导出", task="tests.task", at=at)


@pytest.fixture
def browser(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"a,b\r\n")
    return path


def test_starting_a_job_asks_for_its_task(job):
    message = OutboxMessage.objects.get()

    assert (message.task, message.args, message.key) == (
        "tests.task", {"job_id": str(job.pk)}, f"job:{job.pk}",
    )  # fmt: skip
    assert (job.state, job.percent, str(job)[:4]) == ("queued", 0, "导出 (")


def test_progress(job, at):
    report_progress(job_id=job.pk, done=1, total=3, at=at, message="x")
    report_progress(job_id=job.pk, done=9, total=3, at=at + timedelta(seconds=5))

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.percent) == ("running", 3, 3, 100)
    assert job.started_at == at
    assert job.elapsed_seconds(at + timedelta(seconds=61)) == 61


def test_the_database_refuses_more_than_all():
    with pytest.raises(IntegrityError), transaction.atomic():
        JobFactory(done=2, total=1)


def test_finishing_keeps_the_file_and_tells_the_owner(job, at, path, person):
    report_progress(job_id=job.pk, done=1, total=3, at=at)

    done = finish_job(job_id=job.pk, at=at, path=path, file_name="导出.csv", result={"rows": 1})

    assert (done.state, done.done, done.result) == (JobState.DONE, 3, {"rows": 1})
    assert done.file.read() == b"a,b\r\n"
    notice = Notice.objects.get(person=person)
    assert (notice.event, notice.url) == ("jobs.finished", f"/jobs/{job.pk}/")


def test_finishing_twice_changes_nothing(job, at, path):
    finish_job(job_id=job.pk, at=at, path=path, file_name="a.csv")

    again = finish_job(job_id=job.pk, at=at + timedelta(days=1), path=path, file_name="b.csv")
    fail_job(job_id=job.pk, at=at, error="late")
    report_progress(job_id=job.pk, done=1, total=9, at=at)

    again.refresh_from_db()
    assert (again.file_name, again.finished_at, again.state) == ("a.csv", at, "done")
    assert Notice.objects.count() == 1


def test_of_two_that_finish_at_once_one_file_stays(job, at, path, monkeypatch):
    first = finish_job(job_id=job.pk, at=at, path=path, file_name="a.csv")
    stale = Job.objects.get(pk=job.pk)
    stale.state, stale.file = JobState.RUNNING, ""
    real = Job.objects.get
    monkeypatch.setattr(Job.objects, "get", lambda **k: (monkeypatch.undo(), stale)[1])

    second = finish_job(job_id=job.pk, at=at, path=path, file_name="b.csv")

    assert real(pk=job.pk).file.name == second.file.name == first.file.name
    folder = first.file.name.rpartition("/")[0]
    assert [n for n in private_storage().listdir(folder)[1] if n.startswith(str(job.pk))] == [
        first.file.name.rpartition("/")[2]
    ]


def test_a_job_may_end_without_a_file(job, at):
    done = finish_job(job_id=job.pk, at=at)

    assert (done.state, done.result, done.has_file(at)) == (JobState.DONE, {}, False)


def test_failing_says_why(job, at, person):
    fail_job(job_id=job.pk, at=at, error="列 3 不对")

    job.refresh_from_db()
    notice = Notice.objects.get(person=person)
    assert (job.state, job.error, job.elapsed_seconds(at)) == ("failed", "列 3 不对", 0)
    assert (notice.event, notice.body) == ("jobs.failed", "列 3 不对")


def test_files_live_for_a_day(job, at, path):
    done = finish_job(job_id=job.pk, at=at, path=path, file_name="a.csv")
    day = timedelta(days=1)

    kept = remove_expired_files(at=at + day - timedelta(seconds=1))
    had = [done.has_file(at), done.has_file(at + day)]
    removed = remove_expired_files(at=at + day)

    assert (kept, had, removed) == (0, [True, False], 1)
    assert not private_storage().exists(done.file.name)
    assert Job.objects.get().file.name == ""


def test_the_page_of_a_waiting_and_a_running_job(browser, job, at):
    waiting = browser.get(f"/jobs/{job.pk}/").content.decode()
    report_progress(job_id=job.pk, done=1, total=4, at=at)
    running = browser.get(f"/jobs/{job.pk}/").content.decode()

    assert 'http-equiv="refresh"' in waiting
    assert f'<job-progress src="/jobs/{job.pk}/progress/">' in waiting
    assert 'max="4" value="1"' in running
    assert "1 / 4 · 25%" in running


def test_the_poll_says_what_the_page_says(browser, job, at):
    report_progress(job_id=job.pk, done=1, total=4, at=at, message="读第 1 行")

    answer = browser.get(f"/jobs/{job.pk}/progress/")

    progress = answer.json()
    assert {key: progress[key] for key in ("state", "done", "total", "percent", "message")} == {
        "state": "running", "done": 1, "total": 4, "percent": 25, "message": "读第 1 行",
    }  # fmt: skip
    assert (progress["finished"], progress["has_file"]) == (False, False)
    assert "no-store" in answer["Cache-Control"]


def test_the_finished_page_offers_the_file(browser, job, path):
    from django.utils import timezone

    finish_job(job_id=job.pk, at=timezone.now(), path=path, file_name="导出.csv")

    page = browser.get(f"/jobs/{job.pk}/").content.decode()
    answer = browser.get(f"/jobs/{job.pk}/file/")

    assert f'href="/jobs/{job.pk}/file/"' in page
    assert 'http-equiv="refresh"' not in page
    assert answer.getvalue() == b"a,b\r\n"
    assert "%E5%AF%BC%E5%87%BA.csv" in answer["Content-Disposition"]


def test_an_expired_or_missing_file_is_not_found(browser, job, at, path):
    finish_job(job_id=job.pk, at=at, path=path, file_name="a.csv")

    page = browser.get(f"/jobs/{job.pk}/").content.decode()
    answer = browser.get(f"/jobs/{job.pk}/file/")

    assert "a.csv" not in page
    assert answer.status_code == 404


def test_the_failed_page_says_why(browser, job, at):
    fail_job(job_id=job.pk, at=at, error="<坏>")

    assert "&lt;坏&gt;" in browser.get(f"/jobs/{job.pk}/").content.decode()


def test_the_list_shows_own_jobs_only(browser, person):
    JobFactory(owner=person, title="我的")
    JobFactory(title="别人的")

    page = browser.get("/jobs/").content.decode()

    assert "我的" in page
    assert "别人的" not in page


def test_the_tasks_call_the_services(at):
    message = OutboxMessageFactory(task="jobs.heartbeat", due_at=at)

    tasks.deliver(message.pk)
    tasks.publish_waiting()
    tasks.remove_expired_files()

    message.refresh_from_db()
    assert message.state == MessageState.DONE
    assert worker_seen_at() is not None


def test_the_command_lists_and_revives_what_was_given_up():
    OutboxMessageFactory(state=MessageState.DEAD, error="坏了")
    out = StringIO()

    call_command("revive_messages", "--task", "tests.task", stdout=out)
    before = OutboxMessage.objects.filter(state=MessageState.DEAD).count()
    call_command("revive_messages", "--go", stdout=out)

    assert before == 1
    assert "坏了" in out.getvalue()
    assert "revived: 1" in out.getvalue()
