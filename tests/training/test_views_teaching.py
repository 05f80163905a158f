import re
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.training import (
    ACTIVITIES,
    TrainingClassFactory,
    instant,
    place_in,
    ready_class,
)
from tests.page_cost import one_and_three
from training.models import Attendance, ProcessEvidence
from training.services import record_process_mark, take_attendance

pytestmark = pytest.mark.django_db
# The class of these tests is long over: its sheets are entered later.
LATE = "纸质签到表补录"


@pytest.fixture
def made(client):
    made = ready_class()
    client.force_login(made.t)
    return made


def sheet(made, number=2):
    session = made.sessions.get(day=1, number=number)
    return reverse("training:session_sheet", args=[made.pk, session.pk])


def test_trainers_see_only_their_classes(client, made):
    TrainingClassFactory()

    page = client.get(reverse("training:teaching_class_list"))

    assert list(page.context["classes"]) == [made]


def test_the_class_page_asks_as_often_for_3_people_as_for_1(client, made):
    one, three = one_and_three(
        client, reverse("training:teaching_class_detail", args=[made.pk]), lambda: place_in(made)
    )

    assert one == three


def test_the_sheet_asks_as_often_for_3_people_as_for_1(client, made):
    one, three = one_and_three(client, sheet(made), lambda: place_in(made))

    assert one == three


def test_one_post_saves_attendance_and_marks(client, made):
    first, second = place_in(made), place_in(made)

    answer = client.post(
        sheet(made),
        {
            "activity": "CP-1", f"a{first.pk}": "present", f"a{second.pk}": "late",
            f"l{first.pk}": "良好", f"n{first.pk}": "发言两次", f"p{second.pk}": "1.25",
            "late_reason": LATE,
        },
    )  # fmt: skip

    assert answer.url == f"{sheet(made)}?activity=CP-1"
    assert dict(Attendance.objects.values_list("enrolment", "state")) == {
        first.pk: "present", second.pk: "late",
    }  # fmt: skip
    assert list(ProcessEvidence.objects.values_list("enrolment", "points", "level", "note")) == [
        (first.pk, Decimal("2.00"), "良好", "发言两次"),
        (second.pk, Decimal("1.25"), "", ""),
    ]


def test_the_rest_can_be_filled_at_once_but_the_absent_get_no_level(client, made):
    first, second, third = place_in(made), place_in(made), place_in(made)

    client.post(
        sheet(made),
        {
            "activity": "CP-1", f"a{first.pk}": "absent", f"l{third.pk}": "优秀",
            "fill_attendance": "present", "fill_level": "良好", "late_reason": LATE,
        },
    )  # fmt: skip

    assert dict(Attendance.objects.values_list("enrolment", "state")) == {
        first.pk: "absent", second.pk: "present", third.pk: "present",
    }  # fmt: skip
    assert dict(ProcessEvidence.objects.values_list("enrolment", "level")) == {
        second.pk: "良好", third.pk: "优秀",
    }  # fmt: skip


def test_typed_points_win_over_the_level_that_stood(client, made):
    place = place_in(made)
    client.post(sheet(made), {"activity": "CP-1", f"l{place.pk}": "良好"})

    client.post(
        sheet(made),
        {
            "activity": "CP-1", f"l{place.pk}": "良好", f"p{place.pk}": "1.80",
            f"n{place.pk}": "互评系数 0.9",
        },
    )  # fmt: skip

    standing = ProcessEvidence.objects.standing().get()
    assert (standing.points, standing.level) == (Decimal("1.80"), "")


def test_a_new_level_wins_over_untouched_points(client, made):
    place = place_in(made)
    client.post(sheet(made), {"activity": "CP-1", f"l{place.pk}": "良好"})

    client.post(
        sheet(made),
        {
            "activity": "CP-1", f"l{place.pk}": "优秀", f"p{place.pk}": "2.00",
            f"n{place.pk}": "补记发言",
        },
    )  # fmt: skip

    standing = ProcessEvidence.objects.standing().get()
    assert (standing.points, standing.level) == (Decimal("2.50"), "优秀")


@pytest.mark.parametrize(("points", "state"), [("two", "present"), ("9", "present")])
def test_a_refused_sheet_saves_nothing_and_keeps_what_was_typed(client, made, points, state):
    place = place_in(made)

    page = client.post(
        sheet(made),
        {"activity": "CP-1", f"a{place.pk}": state, f"p{place.pk}": points, "late_reason": LATE},
    )

    row = page.context["rows"][0]
    assert (page.status_code, row.points, row.attendance) == (200, points, state)
    assert row.error
    assert not Attendance.objects.exists()


def test_a_sheet_that_has_not_begun_refuses(client, made):
    from django.utils import timezone

    made.sessions.update(starts_at=timezone.now().replace(year=2999), ends_at=instant(400_000))
    place = place_in(made)

    page = client.post(sheet(made), {"activity": "CP-1", f"a{place.pk}": "present"})

    assert page.status_code == 200
    assert not Attendance.objects.exists()


def test_a_sheet_that_has_not_begun_takes_no_input_and_says_so_first(client, made):
    from django.utils import timezone

    open_text = client.get(sheet(made)).content.decode()
    made.sessions.update(starts_at=timezone.now().replace(year=2999), ends_at=instant(400_000))
    place = place_in(made)

    text = client.get(sheet(made)).content.decode()

    fields = re.findall(rf'<input [^>]*name="[alnp]{place.pk}"[^>]*>', text)
    assert len(fields) == 5 + 4 + 2
    assert all(" disabled" in field for field in fields)
    assert text.index("上课后可以记") < text.index("<class-sheet>")
    assert "上课后可以记" not in open_text
    assert " disabled" not in open_text


def test_the_last_session_carries_what_no_session_names(client, made):
    last = made.sessions.get(day=2)

    page = client.get(reverse("training:session_sheet", args=[made.pk, last.pk]))

    assert [activity.code for activity in page.context["activities"]] == ["DR-2", "PS-1"]
    assert len(ACTIVITIES) == 4


def test_a_session_without_activities_takes_attendance_only(client, made):
    place = place_in(made)
    made.activities = []
    made.save()

    answer = client.post(sheet(made), {f"a{place.pk}": "present", "late_reason": LATE})

    assert answer.url == sheet(made)
    assert Attendance.objects.get().state == "present"


def test_an_activity_of_another_session_is_not_there(client, made):
    assert client.get(sheet(made), {"activity": "PS-1"}).status_code == 404


def test_the_page_of_a_trainee_shows_every_mark_with_its_history(client, made):
    place = place_in(made)
    for points, note in ((2, ""), (1, "重判")):
        record_process_mark(
            enrolment=place, activity_code="CP-1", points=Decimal(points), note=note,
            by=made.t, at=instant(1, "11:00"),
        )  # fmt: skip

    page = client.get(reverse("training:trainee_detail", args=[made.pk, place.pk]))

    assert len(page.context["history"]) == 2
    assert [(t.item, t.is_complete) for t in page.context["tallies"]] == [
        ("participation", True), ("drill", False), ("showcase", False),
    ]  # fmt: skip


def test_a_trainee_sees_the_own_class(client, made):
    place = place_in(made)
    client.force_login(place.person)

    page = client.get(reverse("training:own_class_detail", args=[made.pk]))

    assert page.context["missing"].gate.missing_seconds == 54_000
    assert page.context["missing"].is_complete is False


def test_a_late_sheet_without_its_reason_saves_nothing_and_keeps_what_was_typed(client, made):
    place = place_in(made)

    page = client.post(
        sheet(made), {"activity": "CP-1", f"a{place.pk}": "present", f"l{place.pk}": "良好"}
    )

    row = page.context["rows"][0]
    assert (page.status_code, row.attendance, row.level) == (200, "present", "良好")
    assert [str(message) for message in page.context["messages"]] == [
        "现在录入属于补签，请填写原因。没有记录任何内容。"
    ]
    assert not Attendance.objects.exists()
    assert not ProcessEvidence.objects.exists()


def test_late_entries_show_who_when_why_and_their_share(client, made):
    first, second = place_in(made), place_in(made)
    for number, at, reason in ((1, instant(1, "10:00"), ""), (2, instant(2, "08:00"), LATE)):
        take_attendance(
            session=made.sessions.get(day=1, number=number), by=made.t, at=at, reason=reason,
            states={first.pk: "present", second.pk: "present" if number == 1 else "absent"},
        )  # fmt: skip

    page = client.get(reverse("training:late_entry_list", args=[made.pk]))
    sheet_page = client.get(sheet(made)).content.decode()
    class_page = client.get(reverse("training:teaching_class_detail", args=[made.pk]))

    told = [
        (entry.enrolment, entry.state, entry.recorded_by, entry.recorded_at, entry.late_reason)
        for entry in page.context["page_obj"]
    ]
    assert sorted(told, key=lambda row: row[0].pk) == [
        (first, "present", made.t, instant(2, "08:00"), LATE),
        (second, "absent", made.t, instant(2, "08:00"), LATE),
    ]
    assert "3 人次出勤中补签 1 人次，占 33.3%" in page.content.decode()
    assert "补签 2 条，其中计为出勤 1 条" in page.content.decode()
    assert sheet_page.count(LATE) == 2
    assert "1 / 3 · 33.3" in class_page.content.decode()


def test_the_late_entries_of_a_class_cost_the_same_for_3_as_for_1(client, made):
    session = made.sessions.get(day=1, number=1)

    def late_entry():
        take_attendance(
            session=session, by=made.t, at=instant(3), reason=LATE,
            states={place_in(made).pk: "present"},
        )  # fmt: skip

    one, three = one_and_three(
        client, reverse("training:late_entry_list", args=[made.pk]), late_entry
    )

    assert one == three


def test_a_class_without_late_entries_says_so(client, made):
    page = client.get(reverse("training:late_entry_list", args=[made.pk]))

    assert "全部考勤都按时录入" in page.content.decode()
