"""The completion report: one row a place, read in chunks with a constant number of queries."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q

from certificates.models import Certificate
from exams.models import Assessment
from kit.hours import CLASS_HOUR_SECONDS
from kit.tables import Column
from reports.queries.scope import Scope, enrolments_in
from training.models import Attendance, ClassSession
from training.queries import seconds_of_places
from training.rules.lateness import LateShare

CHUNK = 1000
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
        self.seconds = seconds_of_places(
            ((place["person_id"], place["class_id"]) for place in chunk), using=using
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

    def _tenths(self, place: dict[str, Any]) -> int:
        """Tenths of a class hour studied online for this place, rounded down."""
        return self.seconds[place["person_id"], place["class_id"]] * 10 // CLASS_HOUR_SECONDS

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
