"""Freezing evidence packs: content and paper are stored once, numbered, and never changed.

Outside any transaction the rows are read, the paper is made and both files are stored under the
name of their content; one insert then makes the pack. A worker killed before it leaves orphans,
which the cleaner removes; one killed after it finds, run again, a pack with the same digest.
"""

import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.services import record
from jobs.models import Job
from jobs.services import finish_job, report_progress, start_job
from kit.canonical import canonical_json, digest
from kit.pdf import render_html
from kit.refusing import Refused
from kit.storage import private_storage, put_once, remove_orphans
from reports.choices import Audience
from reports.models import EvidencePack
from reports.permissions import makes_packs
from reports.queries.packs import (
    OWN,
    Content,
    Depth,
    class_content,
    person_content,
    place,
    places_of,
)
from reports.queries.packs.readers import newest_pack
from reports.services.packs import class_sections, person_sections
from training.models import Enrolment, TrainingClass

TASK = "reports.make_packs"
FOLDER = "packs"
KIND = "packs"
# A class of 500 took 91 s on two shared cores.
PAPER_SECONDS = 600
Clock = Callable[[], datetime]


def start_packs(
    *,
    training_class: TrainingClass,
    enrolment: Enrolment | None = None,
    everybody: bool = False,
    own: bool = False,
    by: Any,
    at: datetime,
) -> Job:
    """Begin the file of a class, of one person in it, or of everybody, as a job to watch.

    HR and auditors may; a person may have the own file made (`own`). Who asks again while the
    same files are being made gets the job that makes them. Raises Refused (role).
    """
    is_owner = own and enrolment is not None and enrolment.person_id == by.pk
    if not (is_owner if own else makes_packs(by)):
        raise Refused("role", _("Your role may not do this."))
    params = {
        "class": training_class.pk,
        "enrolment": enrolment.pk if enrolment else None,
        "everybody": everybody,
        "audience": Audience.OWN if own else Audience.OFFICE,
    }
    with transaction.atomic():
        if (running := _being_made(by, params)) is not None:
            return running
        job = start_job(
            kind=KIND, owner=by, title=_title(training_class, enrolment, everybody), task=TASK,
            params=params, at=at,
        )  # fmt: skip
        record(action="reports.packs_started", at=at, actor=by, obj=job, detail=params)
    return job


def _being_made(by: Any, params: dict[str, Any]) -> Job | None:
    """The unfinished job that somebody already has for the same files.

    The account is locked, so that of two requests at once the second finds the job of the first.
    """
    list(get_user_model().objects.select_for_update(no_key=True).filter(pk=by.pk).values("pk"))
    jobs = Job.objects.unfinished().filter(kind=KIND, owner=by)
    return next((job for job in jobs if job.params == params), None)


def _title(training_class: TrainingClass, enrolment: Enrolment | None, everybody: bool) -> str:
    if everybody:
        return _("Files of everybody: %(name)s") % {"name": training_class.name}
    if enrolment is not None:
        return _("File of %(name)s") % {"name": enrolment.person.name}
    return _("File of %(name)s") % {"name": training_class.name}


def make_packs(*, job_id: Any, clock: Clock) -> Job:
    """Do the work of a job and put its file behind it; running again changes nothing."""
    job = Job.objects.get(pk=job_id)
    if job.is_finished:
        return job
    if job.params["everybody"]:
        return _make_everybodys(job, clock)
    report_progress(job_id=job.pk, done=0, total=1, at=clock())
    pack = freeze_pack(
        class_id=job.params["class"], enrolment_id=job.params["enrolment"],
        audience=job.params["audience"], requested_by=job.owner_id, at=clock(),
    )  # fmt: skip
    return finish_job(
        job_id=job.pk, at=clock(), result={"pack": pack.pk, "digest": pack.digest},
        path=Path(private_storage().path(pack.file.name)), file_name=pack.file_name,
    )  # fmt: skip


def _make_everybodys(job: Job, clock: Clock) -> Job:
    training_class = TrainingClass.objects.get(pk=job.params["class"])
    places = places_of(training_class)
    report_progress(job_id=job.pk, done=0, total=len(places), at=clock())
    with tempfile.TemporaryDirectory(prefix="lms-packs-") as folder:
        path = Path(folder) / "packs.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for done, each in enumerate(places, start=1):
                pack = freeze_pack(
                    class_id=training_class.pk, enrolment_id=each.pk, audience=Audience.OFFICE,
                    requested_by=job.owner_id, at=clock(),
                )  # fmt: skip
                archive.write(private_storage().path(pack.file.name), pack.file_name)
                report_progress(job_id=job.pk, done=done, total=len(places), at=clock())
        return finish_job(
            job_id=job.pk, at=clock(), result={"packs": len(places)}, path=path,
            file_name=f"一人一档_{training_class.code}.zip",
        )  # fmt: skip


def freeze_pack(
    *, class_id: int, enrolment_id: int | None, audience: str, requested_by: int, at: datetime
) -> EvidencePack:
    """Freeze what stands in the rows now; where nothing has changed, the newest pack still counts.

    IntegrityError when two workers freeze the same subject at once: the task is tried again.
    """
    content = _content(class_id, enrolment_id, audience, at)
    fingerprint = digest(content)
    newest = newest_pack(class_id=class_id, enrolment_id=enrolment_id, audience=audience)
    if newest is not None and newest.digest == fingerprint:
        return newest
    number = newest.number + 1 if newest else 1
    by = get_user_model().objects.get(pk=requested_by)
    file, file_sha256 = put_once(FOLDER, paper_of(content=content, number=number, by=by, at=at))
    content_file, _sha256 = put_once(FOLDER, canonical_json(content).encode(), ".json")
    with transaction.atomic():
        pack = EvidencePack.objects.create(
            training_class_id=class_id, enrolment_id=enrolment_id, audience=audience,
            number=number, digest=fingerprint, content_file=content_file, file=file,
            file_sha256=file_sha256, requested_by=by, made_at=at,
        )  # fmt: skip
        detail = {"digest": fingerprint, "file_sha256": file_sha256}
        record(action="reports.pack_frozen", at=at, actor=by, obj=pack, detail=detail)
    return pack


def _content(class_id: int, enrolment_id: int | None, audience: str, at: datetime) -> Content:
    if enrolment_id is None:
        return class_content(_class(class_id), at=at)
    depth = OWN if audience == Audience.OWN else Depth()
    return person_content(place(enrolment_id), at=at, depth=depth)


def _class(class_id: int) -> TrainingClass:
    classes = TrainingClass.objects.select_related(
        "programme__exam", "programme__assessment_scheme", "sitting"
    )
    return classes.get(pk=class_id)


def paper_of(*, content: Content, number: int, by: Any, at: datetime) -> bytes:
    """The PDF of a content. The same content, number, asker and instant give the same bytes."""
    with override("zh-hans"):
        is_class = content["kind"] == "class"
        sections = class_sections if is_class else person_sections
        context = {
            "is_class": is_class,
            "content": content,
            "person": content.get("person"),
            "sections": sections(content, link=_nowhere),
            "number": f"{number:03d}",
            "digest": digest(content),
            "made_at": at,
            "made_by": by,
            "is_demo": settings.DEMO,
        }
        html = render_to_string("paper/pack.html", context)
        return render_html(html, max_seconds=PAPER_SECONDS)


def _nowhere(_ref: str) -> str:
    """Paper has no links: whoever gets it may not open our pages."""
    return ""


def clean_orphans(*, at: datetime) -> int:
    """Remove files no pack names, left by workers that died; how many went."""
    names = EvidencePack.objects.values_list("file", "content_file")
    return remove_orphans(FOLDER, known={name for pair in names for name in pair}, at=at)
