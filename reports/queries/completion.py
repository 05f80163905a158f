"""The completion report: one row a place, read in chunks with a constant number of queries."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, IntegerField, Q, Sum
from django.db.models.functions import Least, Substr

from certificates.models import Certificate
from courses.models import CoursePage
from exams.models import Assessment
from kit.hours import CLASS_HOUR_SECONDS
from kit.tables import Column
from learning.models import LessonProgress
from reports.queries.scope import Scope, enrolments_in
from training.models import Attendance, ClassCourse, ClassSession, Programme
from training.rules.lateness import LateShare

CHUNK = 1000
# Root, catalogue, course: three steps of the page tree.
COURSE_PATH_LENGTH = CoursePage.steplen * 3
PARTS = ("theory", "practical", "process", "total")
FIELDS = {
    "pk": "pk",
    "person_id": "person_id",
    "number": "person__number",
    "name": "person__name",
    "id_number": "person__profile__id_number_masked",
    "organisation": "person__profile__unit__parent__name",
    "unit": "person__profile__unit__name",
    "post": "person__profile__post__name",
    "category": "category",
    "programme": "training_class__programme__title",
    "programme_id": "training_class__programme_id",
    "class_id": "training_class_id",
    "class_code": "training_class__code",
    "class_name": "training_class__name",
    "opens_on": "training_class__opens_on",
    "closes_on": "training_class__closes_on",
    "state": "state",
}


def columns() -> list[Column]:
    """The columns of the report, in order. ID numbers are masked."""
    return [
        Column("number", "工号"),
        Column("name", "姓名"),
        Column("id_number", "证件号码（打码）", width=22),
        Column("organisation", "单位", width=28),
        Column("unit", "部门"),
        Column("post", "岗位"),
        Column("category", "人员类别"),
        Column("class_code", "班次"),
        Column("class_name", "培训班", width=24),
        Column("programme", "培训项目", width=24),
        Column("opens_on", "开班日期", "date"),
        Column("closes_on", "结业日期", "date"),
        Column("hours", "线上学时", "decimal"),
        Column("attended", "出勤场次", "int"),
        Column("late_entries", "其中补签场次", "int"),
        Column("late_share", "补签占出勤", "percent"),
        Column("sessions", "应到场次", "int"),
        Column("theory", "理论成绩", "decimal"),
        Column("practical", "实操成绩", "decimal"),
        Column("process", "过程成绩", "decimal"),
        Column("total", "总评成绩", "decimal"),
        Column("result", "结果"),
        Column("certificate", "证书编号", width=26),
        Column("issued_on", "发证日期", "date"),
    ]


def completion_rows(scope: Scope, labels: dict[str, dict[str, str]], using: str) -> Iterator[Any]:
    """Rows for `columns()`. `labels` names categories and states; `using` is the database alias."""
    wanted = {alias: F(path) for alias, path in FIELDS.items() if alias != path}
    plain = [alias for alias, path in FIELDS.items() if alias == path]
    places = enrolments_in(scope).using(using).order_by("pk").values(*plain, **wanted)
    last = 0
    while chunk := list(places.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1]["pk"]
        facts = _Facts(chunk, using)
        for place in chunk:
            yield facts.row(place, labels)


class _Facts:
    """What a chunk of places needs from other tables, read once a chunk."""

    def __init__(self, chunk: list[dict[str, Any]], using: str) -> None:
        self.using = using
        places = [place["pk"] for place in chunk]
        self.scores = self._scores(places)
        self.certificates = self._certificates(places)
        self.attended = self._attended(places)
        self.sessions = dict(
            ClassSession.objects.using(using)
            .filter(training_class__in={place["class_id"] for place in chunk})
            .order_by()
            .values_list("training_class")
            .annotate(Count("pk"))
        )
        self.seconds = self._seconds({place["person_id"] for place in chunk})
        self.courses = self._courses({place["programme_id"] for place in chunk})
        self.of_class = self._of_class(chunk)
        self.pinned = set(
            ClassCourse.objects.using(using)
            .filter(training_class__in={place["class_id"] for place in chunk})
            .values_list("training_class", flat=True)
        )

    def _attended(self, places: list[int]) -> dict[int, LateShare]:
        """Place → attendances that count, and how many of them were entered later."""
        rows = (
            Attendance.objects.using(self.using)
            .attended()
            .filter(enrolment__in=places)
            .order_by()
            .values_list("enrolment")
            .annotate(late=Count("pk", filter=~Q(late_reason="")), total=Count("pk"))
        )
        return {place: LateShare(late, attended) for place, late, attended in rows}

    def _scores(self, places: list[int]) -> dict[int, Any]:
        contexts = {f"training.enrolment:{pk}": pk for pk in places}
        rows = (
            Assessment.objects.using(self.using)
            .filter(context__in=contexts)
            .values("context", "passed", "state", *(f"{part}_score" for part in PARTS))
        )
        return {contexts[row["context"]]: row for row in rows}

    def _certificates(self, places: list[int]) -> dict[int, Any]:
        rows = (
            Certificate.objects.using(self.using)
            .filter(enrolment__in=places)
            .filter(Q(state="valid") | Q(state="pending"))
            .values_list("enrolment", "number", "issued_on")
        )
        return {place: (number, issued_on) for place, number, issued_on in rows}

    def _seconds(self, people: set[int]) -> dict[tuple[int, str], int]:
        """(person, course path) → credited seconds, no lesson counting more than it plans."""
        counted = Least(
            F("credited_seconds") - F("uncounted_seconds"),
            F("lesson__planned_seconds"),
            output_field=IntegerField(),
        )
        rows = (
            LessonProgress.objects.using(self.using)
            .filter(person__in=people)
            .annotate(course_path=Substr("lesson__path", 1, COURSE_PATH_LENGTH))
            .order_by()
            .values_list("person", "course_path")
            .annotate(total=Sum(counted))
        )
        return {(person, path): seconds for person, path, seconds in rows}

    def _of_class(self, chunk: list[dict[str, Any]]) -> dict[tuple[int, int], int]:
        """(person, class) → credited seconds by the plans of the versions the class runs on."""
        place = "lesson__version_places"
        classes = f"{place}__course_version__class_courses__training_class"
        rows = (
            LessonProgress.objects.using(self.using)
            .filter(person__in={each["person_id"] for each in chunk})
            .filter(**{f"{classes}__in": {each["class_id"] for each in chunk}})
            .order_by()
            .values_list("person", classes)
            .annotate(
                total=Sum(
                    Least(
                        F("credited_seconds") - F("uncounted_seconds"),
                        F(f"{place}__lesson_version__planned_seconds"),
                        output_field=IntegerField(),
                    )
                )
            )
        )
        return {(person, training_class): seconds for person, training_class, seconds in rows}

    def _courses(self, programmes: set[int]) -> dict[int, list[str]]:
        """Programme → paths of the courses whose study counts for it."""
        found: dict[int, list[str]] = {}
        rows = (
            Programme.courses.through.objects.using(self.using)
            .filter(programme__in=programmes)
            .values_list("programme", "coursepage__path")
        )
        for programme, path in rows:
            found.setdefault(programme, []).append(path)
        return found

    def _tenths(self, place: dict[str, Any]) -> int:
        """Tenths of a class hour studied online for this place, rounded down."""
        if place["class_id"] in self.pinned:
            seconds = self.of_class.get((place["person_id"], place["class_id"]), 0)
            return seconds * 10 // CLASS_HOUR_SECONDS
        paths = self.courses.get(place["programme_id"], ())
        seconds = sum(self.seconds.get((place["person_id"], path), 0) for path in paths)
        return seconds * 10 // CLASS_HOUR_SECONDS

    def row(self, place: dict[str, Any], labels: dict[str, dict[str, str]]) -> dict[str, Any]:
        pk = place["pk"]
        number, issued_on = self.certificates.get(pk, ("", None))
        scores = self.scores.get(pk, {})
        share = self.attended.get(pk, LateShare(0, 0))
        return {
            **place,
            "organisation": place["organisation"] or place["unit"],
            "category": labels["category"].get(place["category"], place["category"]),
            "result": labels["state"].get(place["state"], place["state"]),
            "hours": self._tenths(place) / 10,
            "attended": share.attended,
            "late_entries": share.late,
            "late_share": share.fraction,
            "sessions": self.sessions.get(place["class_id"], 0),
            "certificate": number,
            "issued_on": issued_on,
            **{part: scores.get(f"{part}_score") for part in PARTS},
        }
