import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from audit.models import AuditRow
from certificates.models import Certificate
from certificates.services import (
    clean_orphans,
    render_certificate,
    rendering,
    rerun_rendering,
)
from certificates.tasks import clean_orphans as clean_task
from certificates.tasks import render_certificate as render_task
from jobs.models import OutboxMessage
from kit.pdf import PdfError
from kit.refusing import Refused
from kit.storage import private_storage, put_once
from tests.factories.certificates import APPROVED_AT, make_certificate, make_identity
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def stored():
    root = Path(private_storage().path(rendering.FOLDER))
    return sorted(path.name for path in root.glob("*/*"))


def test_the_file_lies_under_the_name_of_its_content():
    certificate = make_certificate()

    data = private_storage().open(certificate.file.name).read()
    assert certificate.file_sha256 == sha256(data).hexdigest()
    assert stored() == [f"{certificate.file_sha256}.pdf"]
    assert AuditRow.objects.filter(action="certificates.issued").count() == 1


def test_a_second_run_changes_nothing():
    certificate = make_certificate()

    assert render_certificate(certificate_id=certificate.pk, at=APPROVED_AT) is False
    assert (len(stored()), AuditRow.objects.filter(action="certificates.issued").count()) == (1, 1)


def test_the_same_snapshot_gives_the_same_bytes():
    certificate = make_certificate(rendered=False)

    assert rendering.paper_of(certificate.snapshot) == rendering.paper_of(certificate.snapshot)


def test_two_workers_at_once_leave_one_paper(monkeypatch):
    certificate = make_certificate(rendered=False)
    real = rendering.paper_of

    def slow(snapshot):
        monkeypatch.setattr(rendering, "paper_of", real)
        assert render_certificate(certificate_id=certificate.pk, at=APPROVED_AT) is True
        return real(snapshot)

    monkeypatch.setattr(rendering, "paper_of", slow)

    assert render_certificate(certificate_id=certificate.pk, at=APPROVED_AT) is False
    assert len(stored()) == 1


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ({"name": "王😀"}, "missing_glyphs", "😀"),
        ({"name": "阿" * 21}, "name_too_long", "阿阿"),
        ({"identity": False}, "no_identity", ""),
    ],
)
def test_a_paper_that_cannot_be_printed_stops_with_its_reason(more, code, said):
    certificate = make_certificate(**more)

    assert (certificate.state, certificate.stuck_code) == ("pending", code)
    assert said in certificate.stuck_reason
    assert (certificate.render_tries, stored()) == (1, [])
    assert certificate.shown_state(certificate.issued_on) == "stuck"


def test_a_name_no_one_face_holds_stops(monkeypatch):
    monkeypatch.setattr(rendering, "face_for", lambda text: None)

    assert make_certificate().stuck_detail == "陈晓岚"


def test_a_name_only_the_other_face_holds_is_printed():
    assert make_certificate(name="王𬎆").state == "valid"


def test_a_failure_is_raised_for_another_try_and_shown(monkeypatch):
    certificate = make_certificate(rendered=False)

    def fail(snapshot):
        raise PdfError("fonts missing")

    monkeypatch.setattr(rendering, "paper_of", fail)

    with pytest.raises(PdfError):
        render_certificate(certificate_id=certificate.pk, at=APPROVED_AT)
    certificate.refresh_from_db()
    assert certificate.stuck_reason.endswith("fonts missing")


def test_the_task_is_the_same_door():
    certificate = make_certificate(rendered=False)

    render_task.run(certificate_id=certificate.pk)

    certificate.refresh_from_db()
    assert certificate.state == "valid"


def test_a_mended_record_is_read_again():
    certificate = make_certificate(identity=False)
    make_identity(certificate.person)
    officer = UserFactory(roles=["officer"])
    number, before = certificate.number, certificate.digest

    rerun_rendering(certificate=certificate, by=officer, at=APPROVED_AT)

    certificate.refresh_from_db()
    assert (certificate.number, certificate.stuck_reason) == (number, "")
    assert certificate.digest != before
    assert OutboxMessage.objects.filter(key=f"certificate:{certificate.pk}:2").exists()
    assert render_certificate(certificate_id=certificate.pk, at=APPROVED_AT) is True


def test_a_paper_of_an_old_snapshot_never_wins(monkeypatch):
    certificate = make_certificate(rendered=False)
    officer = UserFactory(roles=["officer"])
    real = rendering.paper_of

    def mended_meanwhile(snapshot):
        certificate.person.name = "陈小岚"
        certificate.person.save()
        rerun_rendering(certificate=certificate, by=officer, at=APPROVED_AT)
        return real(snapshot)

    monkeypatch.setattr(rendering, "paper_of", mended_meanwhile)

    assert render_certificate(certificate_id=certificate.pk, at=APPROVED_AT) is False
    assert Certificate.objects.get().snapshot["name"] == "陈小岚"


def test_an_issued_paper_is_never_made_again():
    with pytest.raises(Refused) as error:
        rerun_rendering(
            certificate=make_certificate(), by=UserFactory(roles=["officer"]), at=APPROVED_AT
        )
    assert error.value.code == "already_made"


def test_only_officers_start_a_paper_again():
    with pytest.raises(Refused) as error:
        rerun_rendering(
            certificate=make_certificate(rendered=False),
            by=UserFactory(roles=["approver"]),
            at=APPROVED_AT,
        )
    assert error.value.code == "not_allowed"


def test_orphans_are_cleaned_once_they_are_old():
    certificate = make_certificate()
    name, _content = put_once(rendering.FOLDER, b"left by a worker that died")
    path = Path(private_storage().path(name))
    written = path.stat().st_mtime
    moment = APPROVED_AT.fromtimestamp(written, APPROVED_AT.tzinfo)

    assert clean_orphans(at=moment + timedelta(minutes=59)) == 0
    assert clean_orphans(at=moment + timedelta(minutes=61)) == 1
    assert stored() == [os.path.basename(certificate.file.name)]


def test_the_cleaner_bears_an_empty_store():
    clean_task.run()

    assert clean_orphans(at=APPROVED_AT) == 0
