import csv
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from jobs.models import Job
from kit.refusing import Refused
from learning.models import LessonProgress
from reports import services
from reports.queries.scope import Scope, scope_of
from tests.factories.certificates import APPROVED_AT, make_pass
from tests.factories.courses import LessonFactory
from tests.factories.people import ProfileFactory, UnitFactory, UserFactory
from tests.factories.subsidies import make_policy, make_ready
from tests.factories.training import EnrolmentFactory

pytestmark = pytest.mark.django_db
SCOPE = Scope(2026)


def passed_place():
    enrolment = EnrolmentFactory(person=ProfileFactory(user__name="陈晓岚").user)
    make_pass(enrolment=enrolment, identity=False)
    enrolment.state, enrolment.completed_at = "passed", APPROVED_AT
    enrolment.save()
    return enrolment


def sheet(path):
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def write(tmp_path, name="out.xlsx", kind="completion", scope=SCOPE):
    path = tmp_path / name
    count = services.write_report(kind=kind, path=path, scope=scope, at=APPROVED_AT, by="HR001")
    return count, path


def test_completion_report_says_what_the_rows_say(tmp_path):
    enrolment = passed_place()

    count, path = write(tmp_path)

    (row,) = sheet(path)
    assert count == 1
    assert (row["工号"], row["姓名"], row["结果"]) == (enrolment.person.number, "陈晓岚", "合格")
    assert [row[f"{part}成绩"] for part in ("理论", "实操", "过程", "总评")] == [86, 78, 90, 83.6]
    assert (row["出勤场次"], row["应到场次"]) == (1, 1)
    assert (row["其中补签场次"], row["补签占出勤"]) == (0, 0)
    assert row["开班日期"] == datetime(2026, 3, 9)
    assert row["证件号码（打码）"] == "369***********0028"


def test_csv_holds_the_same_cells(tmp_path):
    passed_place()

    _, path = write(tmp_path, "out.csv")

    with path.open(encoding="utf-8-sig", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["姓名"], Decimal(row["总评成绩"])) == ("陈晓岚", Decimal("83.6"))


def test_subsidy_report_says_what_the_claims_say(tmp_path):
    from subsidies.services import make_claim

    enrolment = make_ready(certified=False)
    make_claim(
        enrolment_id=enrolment.pk, policy_version=make_policy("P4", requires_certificate=False),
        by=UserFactory(roles=["hr"]), at=APPROVED_AT,
    )  # fmt: skip

    count, path = write(tmp_path, kind="subsidies")

    (row,) = sheet(path)
    assert count == 1
    assert (row["申领金额（元）"], row["政策代码"], row["状态"]) == (2880, "P4_RETURNEE", "草稿")


@pytest.mark.parametrize("scope", [Scope(2025), Scope(2026, 0)])
def test_nothing_in_scope_gives_a_file_with_headers(tmp_path, scope):
    passed_place()

    count, path = write(tmp_path, scope=scope)

    assert (count, sheet(path)) == (0, [])


def test_unit_includes_its_departments(tmp_path):
    enrolment = passed_place()
    top = UnitFactory(kind="enterprise")
    unit = enrolment.person.profile.unit
    unit.parent = top
    unit.save()

    assert write(tmp_path, scope=Scope(2026, top.pk))[0] == 1


@pytest.mark.parametrize("places", [1, 3])
def test_query_count_does_not_grow_with_the_rows(tmp_path, places, django_assert_max_num_queries):
    for _ in range(places):
        passed_place()

    with django_assert_max_num_queries(12) as taken:
        write(tmp_path)
    test_query_count_does_not_grow_with_the_rows.seen.add(len(taken))

    assert len(test_query_count_does_not_grow_with_the_rows.seen) == 1


test_query_count_does_not_grow_with_the_rows.seen = set()


def test_other_endings_are_refused(tmp_path):
    with pytest.raises(Refused) as caught:
        write(tmp_path, "out.pdf")
    assert caught.value.code == "format"


def start(by, kind="completion", format="csv"):
    return services.start_export(kind=kind, format=format, scope=SCOPE, by=by, at=APPROVED_AT)


def test_job_ends_with_a_file_and_runs_once():
    passed_place()
    job = start(UserFactory(roles=["hr"]))

    done = services.run_export(job_id=job.pk, clock=lambda: APPROVED_AT)
    again = services.run_export(job_id=job.pk, clock=lambda: APPROVED_AT)

    assert (done.state, done.result, done.file_name) == (
        "done", {"rows": 1}, "结业与成绩明细_2026_20260320.csv",
    )  # fmt: skip
    assert again.file.name == done.file.name
    assert scope_of(Job.objects.get().params) == SCOPE


def test_a_job_for_subsidies_counts_claims():
    job = start(UserFactory(roles=["hr"]), kind="subsidies")

    done = services.run_export(job_id=job.pk, clock=lambda: APPROVED_AT)

    assert (done.state, done.total, done.result) == ("done", 0, {"rows": 0})


def test_progress_is_reported_on_the_way(monkeypatch):
    passed_place()
    job = start(UserFactory(roles=["hr"]))
    seen = []

    def write_some(*, progress, **kwargs):
        progress(1)
        seen.append(Job.objects.get().done)
        kwargs["path"].write_text("x")
        return 1

    monkeypatch.setattr("reports.services.exporting.write_report", write_some)
    services.run_export(job_id=job.pk, clock=lambda: APPROVED_AT)

    assert seen == [1]


@pytest.mark.parametrize(
    ("role", "kind", "format", "code"),
    [
        ("trainer", "completion", "csv", "role"),
        ("hr", "salaries", "csv", "kind"),
        ("hr", "completion", "pdf", "kind"),
    ],
)
def test_exports_that_are_refused(role, kind, format, code):
    with pytest.raises(Refused) as caught:
        start(UserFactory(roles=[role]), kind, format)
    assert caught.value.code == code


@pytest.mark.parametrize("name", ["export_completion", "export_subsidies"])
def test_commands_write_the_same_reports(tmp_path, name, capsys):
    call_command(name, out=tmp_path / "x.xlsx", year=2026, unit=None)

    assert (tmp_path / "x.xlsx").exists()


def test_command_names_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match="xlsx"):
        call_command("export_completion", out=tmp_path / "x.pdf", year=2026, unit=None)


def test_hours_count_the_programmes_own_courses(tmp_path):
    enrolment = passed_place()
    lesson = LessonFactory(planned_seconds=21_600)
    course = lesson.get_parent().get_parent().specific
    LessonProgress.objects.create(
        person=enrolment.person, lesson=lesson, credited_seconds=21_599, last_at=APPROVED_AT
    )

    _, outside = write(tmp_path, "outside.xlsx")
    enrolment.training_class.programme.courses.add(course)
    _, inside = write(tmp_path, "inside.xlsx")

    assert [sheet(path)[0]["线上学时"] for path in (outside, inside)] == [0, 7.9]


@pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
def test_report_outside_a_transaction_reads_through_the_snapshot_connection(tmp_path):
    EnrolmentFactory()

    assert write(tmp_path, "out.csv")[0] == 1
