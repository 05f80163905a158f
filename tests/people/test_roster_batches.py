from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import AuditRow
from jobs.models import Job, OutboxMessage
from kit.refusing import Refused
from people import tasks
from people.choices import ImportState, RowOutcome
from people.models import RosterImport, User
from people.services import (
    check_batch,
    start_writing,
    upload_roster,
    write_batch,
)
from people.services.roster.words import FLAGS, REASONS, worded, worded_flags
from tests.factories.people import UserFactory
from tests.people.roster import id_number, workbook

DEMO = Path(__file__).resolve().parents[2] / "demo"
pytestmark = pytest.mark.django_db


@pytest.fixture
def hr():
    return UserFactory(roles=["hr"])


def upload(hr, at, content, name="roster.xlsx"):
    return upload_roster(file=SimpleUploadedFile(name, content), by=hr, at=at)


def messy(hr, at):
    return upload(hr, at, (DEMO / "roster_messy.xlsx").read_bytes())


def checked(hr, at, *rows):
    batch = upload(hr, at, workbook(*rows).read())
    check_batch(batch_id=batch.pk, at=at)
    batch.refresh_from_db()
    return batch


def test_a_file_is_kept_and_a_job_checks_it(hr, at):
    batch = messy(hr, at)

    assert (batch.state, batch.job.kind, batch.job.owner) == (
        ImportState.UPLOADED, "people.check_roster", hr,
    )  # fmt: skip
    assert OutboxMessage.objects.get().args == {"job_id": str(batch.job_id)}
    tasks.check_roster(str(batch.job_id))
    batch.refresh_from_db()
    assert (batch.state, batch.accepted, batch.rejected, batch.created) == (
        ImportState.CHECKED, 7, 18, 7,
    )  # fmt: skip
    assert batch.rows.filter(outcome=RowOutcome.ERROR).count() == 18
    assert batch.rows.filter(outcome=RowOutcome.CREATE).count() == 7
    assert Job.objects.get().state == "done"
    assert User.objects.exclude(pk=hr.pk).count() == 0


def test_only_those_who_keep_people_upload(at):
    with pytest.raises(Refused) as caught:
        upload(UserFactory(roles=["trainer"]), at, b"x")

    assert caught.value.code == "people_not_allowed"


def test_an_empty_or_huge_file_is_refused_at_once(hr, at, monkeypatch):
    monkeypatch.setattr("people.services.roster.batches.MAX_FILE_BYTES", 3)

    for content in (b"", b"1234"):
        with pytest.raises(Refused) as caught:
            upload(hr, at, content)
        assert caught.value.code == "file_refused"


def test_a_file_that_cannot_be_read_says_why(hr, at):
    batch = upload(hr, at, b"%PDF-1.4", name="x.xlsx")

    check_batch(batch_id=batch.pk, at=at)

    batch.refresh_from_db()
    assert (batch.state, "PDF" in batch.refusal) == (ImportState.REFUSED, True)
    assert Job.objects.get().state == "failed"
    assert AuditRow.objects.get(action="people.roster_refused").reason == batch.refusal
    check_batch(batch_id=batch.pk, at=at)
    with pytest.raises(Refused) as caught:
        start_writing(batch_id=batch.pk, by=hr, at=at)
    assert caught.value.code == "import_not_ready"


def test_a_batch_without_a_job_is_checked_too(hr, at):
    good = upload(hr, at, workbook({}).read())
    bad = upload(hr, at, b"%PDF-1.4")
    RosterImport.objects.update(job=None)

    check_batch(batch_id=good.pk, at=at)
    check_batch(batch_id=bad.pk, at=at)

    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == (ImportState.CHECKED, ImportState.REFUSED)


def test_a_clean_file_is_written_once(hr, at):
    batch = checked(hr, at, {"number": "A1"})

    start_writing(batch_id=batch.pk, by=hr, at=at)
    again = start_writing(batch_id=batch.pk, by=hr, at=at)
    tasks.write_roster(str(again.job_id))
    tasks.write_roster(str(again.job_id))

    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.rejected) == (ImportState.WRITTEN, 1, 0)
    assert batch.written_at is not None
    assert batch.rows.get().person == User.objects.get(number="A1")
    assert Job.objects.filter(kind="people.write_roster").count() == 1


def test_bad_rows_stop_the_writing_unless_they_are_left_out(hr, at):
    batch = messy(hr, at)
    check_batch(batch_id=batch.pk, at=at)

    with pytest.raises(Refused) as caught:
        start_writing(batch_id=batch.pk, by=hr, at=at)
    start_writing(batch_id=batch.pk, by=hr, at=at, skip_bad=True)
    write_batch(batch_id=batch.pk, at=at)

    assert caught.value.code == "import_has_errors"
    batch.refresh_from_db()
    assert (batch.state, batch.created, batch.rejected) == (ImportState.WRITTEN, 7, 18)


def test_a_row_that_became_bad_since_the_check_stops_the_writing(hr, at):
    batch = checked(
        hr, at, {"number": "A1", "mobile": "15400000001"},
        {"number": "A2", "id_number": id_number("36990119900307003")},
    )  # fmt: skip
    start_writing(batch_id=batch.pk, by=hr, at=at)
    UserFactory(mobile="15400000001")

    write_batch(batch_id=batch.pk, at=at)

    batch.refresh_from_db()
    assert (batch.state, batch.rejected, batch.created) == (ImportState.CHECKED, 1, 1)
    assert User.objects.filter(number="A2").count() == 0


def test_imports_are_seen_by_those_who_keep_people_only(hr, at):
    messy(hr, at)

    assert RosterImport.objects.visible_to(hr).count() == 1
    assert RosterImport.objects.visible_to(UserFactory(roles=["trainee"])).count() == 0


def test_every_fault_and_flag_has_words():
    import re

    source = "".join(
        path.read_text()
        for path in Path(__file__).resolve().parents[2].glob("people/*/roster/*.py")
        if path.name != "words.py"
    )
    raised = set(re.findall(r'BadValue\(\s*"(\w+)"', source))
    raised |= set(re.findall(r'fault\(\s*"\w+", "(\w+)"', source)) | {
        "twice_in_file", "supervisor_unknown",
    }  # fmt: skip

    assert raised - set(REASONS) == set()
    assert {*re.findall(r'Flag\(columns.title\("\w+"\), "(\w+)"', source)} - set(FLAGS) == set()


def test_stored_errors_are_worded_for_the_reader():
    error = {"code": "under_age", "params": {"age": 16}, "reason": "old words", "row": 2}
    flag = {"code": "date_from_text", "params": {"date": "2025-03-10"}, "reason": "old words"}

    assert worded([error])[0]["reason"] == "未满 16 周岁，不能登记。"
    assert worded_flags([flag])[0]["reason"] == "文字认作日期 2025-03-10"
