from tests.access import Row
from tests.factories.learning import StudySessionFactory
from tests.factories.training import (
    ClassSessionFactory,
    EnrolmentFactory,
    ProgrammeFactory,
    TrainingClassFactory,
)
from training.models import StudyAnomaly


def build(world):
    world.training_class = TrainingClassFactory(trainers=[world.people["trainer"]])
    world.session = ClassSessionFactory(training_class=world.training_class, day=1)
    world.place = EnrolmentFactory(
        training_class=world.training_class, person=world.people["trainee"]
    )
    world.programme = ProgrammeFactory()
    world.finding = StudyAnomaly.objects.create(
        person=world.place.person, kind="burst", day=world.training_class.opens_on,
        found_at=world.training_class.created_at,
        evidence={"entries": [], "sessions": [], "since": None, "until": None, "count": 30},
    )  # fmt: skip
    world.study = StudySessionFactory(person=world.place.person)


def of_class(world):
    return {"pk": world.training_class.pk}


def of_session(world):
    return {"pk": world.training_class.pk, "session_pk": world.session.pk}


def of_finding(world):
    return {"pk": world.finding.pk}


HR = {"hr"}
TRAINER = {"trainer"}
JUDGES = {"hr", "trainer"}
SEES_HOURS = {"trainee", "trainer", "hr", "auditor"}

ROWS = [
    Row("training:class_list", ok=HR),
    Row("training:class_create", ok=HR),
    Row("training:class_create", ok=HR, method="post"),
    Row("training:class_detail", ok=HR, kwargs=of_class),
    Row("training:class_enrol", ok=HR, kwargs=of_class),
    Row("training:class_enrol", ok=HR, kwargs=of_class, method="post"),
    Row("training:admission_list", ok={"hr", "officer"}, kwargs=of_class),
    Row(
        "training:class_advance", ok=HR, method="post", status=302,
        kwargs=lambda w: {"pk": w.training_class.pk, "step": "finish"},
    ),
    Row("training:programme_list", ok=HR),
    Row("training:programme_create", ok=HR),
    Row("training:programme_edit", ok=HR, kwargs=lambda w: {"pk": w.programme.pk}),
    Row("training:programme_edit", ok=HR, method="post", kwargs=lambda w: {"pk": w.programme.pk}),
    Row("training:teaching_class_list", ok={"trainer", "other_trainer"}),
    Row("training:class_move", ok=HR, kwargs=of_class),
    # There is nothing to move to: HR is sent back and told so.
    Row(
        "training:class_move", ok=HR, kwargs=of_class, method="post", status=302,
        data=lambda w: {"reason": "新版"},
    ),
    Row("training:teaching_class_detail", ok=TRAINER, kwargs=of_class),
    Row("training:session_sheet", ok=TRAINER, kwargs=of_session),
    Row("training:session_sheet", ok=TRAINER, kwargs=of_session, method="post", status=302),
    Row(
        "training:trainee_detail", ok=TRAINER,
        kwargs=lambda w: {"pk": w.training_class.pk, "enrolment_pk": w.place.pk},
    ),
    Row("training:late_entry_list", ok={"hr", "trainer", "auditor"}, kwargs=of_class),
    Row("training:anomaly_list", ok={"hr", "auditor", "trainer", "other_trainer"}),
    Row("training:anomaly_detail", ok=JUDGES | {"auditor"}, kwargs=of_finding),
    Row("training:own_hours", ok={"trainee", "other_trainee"}),
    Row("training:person_hours", ok=SEES_HOURS, kwargs=lambda w: {"pk": w.place.person_id}),
    Row(
        "training:lesson_sessions", ok=SEES_HOURS,
        kwargs=lambda w: {"pk": w.place.person_id, "lesson_pk": w.study.lesson_id},
    ),
    Row(
        "training:session_events", ok=SEES_HOURS,
        kwargs=lambda w: {"pk": w.place.person_id, "session_pk": w.study.pk},
    ),
    Row("training:own_class_detail", ok={"trainee"}, kwargs=of_class),
]  # fmt: skip
