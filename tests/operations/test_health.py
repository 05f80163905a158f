from datetime import timedelta

import pytest
from django.core.management import call_command

from lms.operations import doctor, health


def test_alive_needs_no_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_ready_names_what_is_at_fault_and_nothing_more(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["checks"]["worker"]) == (503, "fault")
    assert answer.json()["checks"]["database"] == "ok"
    assert set(answer.json()) == {"ready", "checks"}


@pytest.mark.django_db
def test_ready_when_every_check_is_well(client, monkeypatch):
    def well(at):
        return health.Finding("x", True, "")

    monkeypatch.setattr("lms.operations.views.READY", {"database": well})

    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(("silent", "well"), [(89, True), (90, False)])
def test_worker_is_well_while_it_was_heard_in_the_last_90_seconds(monkeypatch, at, silent, well):
    monkeypatch.setattr(health, "worker_seen_at", lambda: at - timedelta(seconds=silent))

    assert health.check_worker(at).well is well


def test_a_check_that_raises_is_a_finding(at):
    def broken(at):
        raise OSError("no route to host")

    (finding,) = health.look({"broker": broken}, at)

    assert (finding.well, finding.fact) == (False, "OSError: no route to host")
    assert finding.remedy != ""


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("zh-hans", "消息代理"), ("en", "message broker")])
def test_doctor_speaks_both_languages(capsys, language, word):
    with pytest.raises(SystemExit):
        call_command("doctor", language=language)

    assert word in capsys.readouterr().out


def test_every_check_of_the_doctor_has_a_label():
    assert [doctor.label(name) for name in doctor.CHECKS] != []
