"""Packs are frozen once, numbered, and come back byte for byte."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from audit.models import AuditRow
from jobs.models import Job, OutboxMessage
from kit.canonical import digest
from kit.refusing import Refused
from kit.storage import private_storage, put_once
from reports import services
from reports.models import EvidencePack, PackFrozenError
from reports.queries.packs import class_content, person_content, place
from reports.services.freezing import paper_of
from reports.tasks import clean_orphans as clean_orphans_task
from reports.tasks import make_packs as make_packs_task
from tests.factories.packs import AT, packed_class, packed_place
from tests.factories.people import UserFactory
from training.models import Attendance

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return packed_place(packed_class())


@pytest.fixture
def hr():
    return UserFactory(roles=["hr"])


def start(row, by, *, enrolment=None, **more):
    return services.start_packs(
        training_class=row.training_class, enrolment=enrolment, by=by, at=AT, **more
    )


def make(job):
    return services.make_packs(job_id=job.pk, clock=lambda: AT)


def test_asking_again_while_a_file_is_made_leads_to_the_same_job(row, hr):
    first, again = start(row, hr), start(row, hr)
    others = {start(row, hr, everybody=True), start(row, hr, enrolment=row)}
    others.add(start(row, UserFactory(roles=["hr"])))

    Job.objects.filter(pk=first.pk).update(state="failed")
    later = start(row, hr)

    assert again == first
    assert len({first, later, *others}) == 5


def text_of(pack):
    pages = PdfReader(io.BytesIO(pack.file.read())).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def test_the_paper_of_a_person_holds_the_exact_figures(row, hr):
    make(start(row, hr, enrolment=row))

    pack = EvidencePack.objects.get()
    text = text_of(pack)
    for figure in (
        "学员培训档案", "陈晓岚", "369***********001X", "14.8/20.0", "40000/54000", "59.33",
        "48.00/60.00", "3,600.00", "BT-", "评阅人甲", f"SHA-256{pack.digest}", "第001号", "补签",
    ):  # fmt: skip
        assert figure in text


def test_the_paper_of_a_class_holds_everybody(row, hr):
    row.training_class.hr = hr
    packed_place(row.training_class, name="李四光")

    make(start(row, hr))

    text = text_of(EvidencePack.objects.get())
    for figure in (
        "培训班档案",
        "陈晓岚",
        "李四光",
        row.training_class.code,
        "40000",
        "档案完整性检查",
    ):
        assert figure in text


def test_a_pack_is_its_content_and_its_digest(row, hr):
    make(start(row, hr, enrolment=row))

    pack = EvidencePack.objects.get()
    stored = json.loads(pack.content_file.read())
    assert stored == json.loads(json.dumps(person_content(place(row.pk), at=AT)))
    assert digest(stored) == pack.digest


def test_a_pack_of_a_class_is_its_content(row, hr):
    make(start(row, hr))

    pack = EvidencePack.objects.get()
    assert digest(class_content(row.training_class, at=AT)) == pack.digest
    assert (pack.number, pack.enrolment, str(pack)) == (1, None, f"{row.training_class.code} #1")


def test_the_same_content_gives_the_same_bytes(row, hr):
    content = person_content(place(row.pk), at=AT)

    first, second = (paper_of(content=content, number=1, by=hr, at=AT) for _ in range(2))

    assert first == second


def test_unchanged_rows_make_no_second_pack_and_changed_ones_a_newer(row, hr):
    first = make(start(row, hr, enrolment=row))
    again = make(start(row, hr, enrolment=row))
    Attendance.objects.filter(state="present").update(state="late")
    newer = make(start(row, hr, enrolment=row))

    numbers = [EvidencePack.objects.get(pk=job.result["pack"]).number
               for job in (first, again, newer)]  # fmt: skip
    assert numbers == [1, 1, 2]
    assert EvidencePack.objects.count() == 2


def test_a_job_killed_after_the_insert_is_safe_to_run_again(row, hr, monkeypatch):
    job = start(row, hr, enrolment=row)
    monkeypatch.setattr("reports.services.freezing.finish_job", killed)
    with pytest.raises(KeyboardInterrupt):
        make(job)
    monkeypatch.undo()

    done = make(job)

    assert (done.state, done.result["pack"]) == ("done", EvidencePack.objects.get().pk)
    assert make(job).result == done.result


def killed(*args, **kwargs):
    raise KeyboardInterrupt


@pytest.mark.usefixtures("own_folder")
def test_a_job_killed_before_the_insert_leaves_orphans_that_are_cleaned(row, hr, monkeypatch):
    job = start(row, hr, enrolment=row)
    monkeypatch.setattr(EvidencePack.objects, "create", killed)
    with pytest.raises(KeyboardInterrupt):
        make(job)
    monkeypatch.undo()
    assert EvidencePack.objects.count() == 0

    make(job)
    name, _ = put_once("packs", b"orphan")
    pack = EvidencePack.objects.get()

    later = pack_file_time(name) + timedelta(hours=2)
    assert services.clean_orphans(at=later) == 1
    kept = [private_storage().exists(each.name) for each in (pack.file, pack.content_file)]
    assert (kept, private_storage().exists(name)) == ([True, True], False)


def pack_file_time(name):
    return private_storage().get_modified_time(name)


def test_everybodys_files_come_as_one_archive_and_run_twice(row, hr):
    row.training_class.hr = hr
    packed_place(row.training_class, name="李四光")

    job = make(start(row, hr, everybody=True))
    again = make(start(row, hr, everybody=True))

    names = zipfile.ZipFile(job.file.open()).namelist()
    assert (len(names), job.result, job.done, job.total) == (2, {"packs": 2}, 2, 2)
    assert names == [pack.file_name for pack in EvidencePack.objects.order_by("pk")]
    assert (again.state, EvidencePack.objects.count()) == ("done", 2)


def test_the_own_file_names_no_marker(row):
    make(start(row, row.person, enrolment=row, own=True))

    pack = EvidencePack.objects.get()
    assert (pack.audience, pack.code) == ("own", f"{row.training_class.code}-{row.person.number}")
    assert "评阅人甲" not in text_of(pack)


@pytest.mark.parametrize("role", ["trainer", "officer", "approver", "finance", "trainee"])
def test_others_have_no_pack_made(row, role):
    with pytest.raises(Refused) as caught:
        start(row, UserFactory(roles=[role]))
    assert caught.value.code == "role"


@pytest.mark.parametrize("whole_class", [True, False])
def test_nobody_has_anothers_own_file_made(row, hr, whole_class):
    with pytest.raises(Refused):
        start(row, hr, enrolment=None if whole_class else row, own=True)


def test_a_pack_is_never_changed_or_deleted(row, hr):
    make(start(row, hr, enrolment=row))
    pack = EvidencePack.objects.get()

    for forbidden in (
        pack.save, pack.delete, EvidencePack.objects.all().delete,
        lambda: EvidencePack.objects.update(number=2),
    ):  # fmt: skip
        with pytest.raises(PackFrozenError):
            forbidden()


@pytest.mark.parametrize("of_person", [True, False])
def test_a_number_stands_once_for_a_subject(row, hr, of_person):
    make(start(row, hr, enrolment=row if of_person else None))
    pack = EvidencePack.objects.get()
    pack.pk = None

    with (
        pytest.raises(IntegrityError, match=r"UNIQUE|unique"),
        transaction.atomic(),
    ):
        pack.save()


@pytest.mark.parametrize("change", [{"number": 0}, {"file": ""}, {"content_file": ""}])
def test_a_pack_is_whole(row, hr, change):
    make(start(row, hr))
    pack = EvidencePack.objects.get()
    pack.pk, pack.number = None, 2
    for name, value in change.items():
        setattr(pack, name, value)

    with pytest.raises(IntegrityError, match="evidencepack_is_whole"), transaction.atomic():
        pack.save()


def test_making_and_fetching_leave_audit_rows(client, row, hr):
    make(start(row, hr, enrolment=row))
    client.force_login(hr)
    client.get(reverse("reports:pack_download", args=[EvidencePack.objects.get().pk]))

    actions = AuditRow.objects.filter(action__startswith="reports.pack").order_by("pk")
    assert [row.action.partition(".")[2] for row in actions] == [
        "packs_started", "pack_frozen", "pack_downloaded",
    ]  # fmt: skip


def test_a_second_download_is_byte_identical(client, row, hr):
    make(start(row, hr, enrolment=row))
    pack = EvidencePack.objects.get()
    client.force_login(hr)

    answers = [client.get(reverse("reports:pack_download", args=[pack.pk])) for _ in range(2)]
    bodies = [b"".join(answer.streaming_content) for answer in answers]
    content = client.get(reverse("reports:pack_content", args=[pack.pk]))

    assert bodies[0] == bodies[1] == pack.file.read()
    assert digest(json.loads(b"".join(content.streaming_content))) == pack.digest
    assert pack.file_name.endswith(f"{row.person.number}_001.pdf")


@pytest.mark.parametrize(
    ("role", "status"),
    [("approver", 200), ("auditor", 200), ("finance", 200), ("trainer", 404), ("officer", 404)],
)
def test_only_readers_of_money_fetch_the_offices_files(client, row, hr, role, status):
    make(start(row, hr))
    path = reverse("reports:pack_download", args=[EvidencePack.objects.get().pk])
    client.force_login(UserFactory(roles=[role]))

    assert client.get(path).status_code == status


def test_a_person_fetches_the_own_file_and_no_other(client, row, hr):
    make(start(row, hr, enrolment=row))
    make(start(row, row.person, enrolment=row, own=True))
    office, own = EvidencePack.objects.order_by("pk")
    path = "reports:pack_download"

    client.force_login(row.person)
    mine = [client.get(reverse(path, args=[pack.pk])).status_code for pack in (office, own)]
    client.force_login(UserFactory(roles=["trainee"]))
    strangers = client.get(reverse(path, args=[own.pk])).status_code

    assert (mine, strangers) == ([404, 200], 404)


def test_buttons_start_jobs_and_the_queue_makes_the_file(client, row, hr):
    client.force_login(hr)
    of = [row.training_class_id]
    for name, args, data in (
        ("reports:class_pack_make", of, {}),
        ("reports:class_pack_make", of, {"everybody": "1"}),
        ("reports:person_pack_make", [*of, row.pk], {}),
    ):
        job = Job.objects.filter(kind="packs").count()
        answer = client.post(reverse(name, args=args), data)
        made = Job.objects.filter(kind="packs").order_by("-created_at")
        assert (answer.status_code, made.count()) == (302, job + 1)
    client.force_login(row.person)
    assert client.post(reverse("reports:own_pack_make", args=[row.pk])).status_code == 302

    for message in OutboxMessage.objects.filter(task="reports.make_packs"):
        make_packs_task(**message.args)

    assert {job.state for job in Job.objects.filter(kind="packs")} == {"done"}
    page = client.get(reverse("reports:own_pack", args=[row.pk]))
    own = EvidencePack.objects.get(audience="own")
    assert reverse("reports:pack_download", args=[own.pk]) in page.content.decode()


def test_the_beat_cleans():
    clean_orphans_task()
