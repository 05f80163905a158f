from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from audit.models import AuditRow
from kit.refusing import Refused
from people.models import WorkingHours
from people.queries import working_weeks_of
from people.rules.working_hours import DEFAULT, WorkWeek, seconds_inside, week_on
from people.services import set_working_hours
from tests.factories.people import ProfileFactory, UnitFactory, UserFactory

ZONE = ZoneInfo("Asia/Shanghai")
# 2026-03-09 is a Monday.
MONDAY = date(2026, 3, 9)
NIGHT = WorkWeek(frozenset({5, 6}), ((time(20), time(23)),))
AT = datetime(2026, 3, 9, 9, tzinfo=ZONE)


def when(day, clock):
    return datetime(2026, 3, day, *map(int, clock.split(":")), tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        (when(9, "09:00:00"), when(9, "09:01:00"), 60),
        (when(9, "08:59:30"), when(9, "09:00:30"), 30),
        (when(9, "11:59:30"), when(9, "12:00:30"), 30),
        (when(9, "12:00:00"), when(9, "13:00:00"), 0),
        (when(9, "17:59:59"), when(9, "18:00:59"), 1),
        (when(14, "10:00:00"), when(14, "10:01:00"), 0),
        (when(13, "00:00:00"), when(16, "00:00:00"), 8 * 3600),
    ],
)
def test_the_usual_week_splits_seconds(start, end, seconds):
    assert seconds_inside(lambda day: DEFAULT, start=start, end=end) == seconds


@pytest.mark.law
@given(st.integers(0, 14 * 86_400), st.integers(0, 200_000), st.integers(0, 200_000))
def test_parts_of_a_time_have_the_inside_seconds_of_the_whole(start, first, second):
    begins = datetime(2026, 3, 2, tzinfo=ZONE) + timedelta(seconds=start)
    between = begins + timedelta(seconds=first)
    ends = between + timedelta(seconds=second)
    inside = lambda a, b: seconds_inside(lambda day: DEFAULT, start=a, end=b)  # noqa: E731

    assert inside(begins, between) + inside(between, ends) == inside(begins, ends)
    assert 0 <= inside(begins, ends) <= first + second


def test_the_nearest_unit_with_a_week_by_that_day_decides():
    on = week_on([[(date(2026, 3, 10), NIGHT)], [(date(2026, 3, 9), DEFAULT)]])

    assert [on(date(2026, 3, day)) for day in (8, 9, 10, 11)] == [DEFAULT, DEFAULT, NIGHT, NIGHT]


def hours(unit, **fields):
    return WorkingHours(
        **{
            "unit": unit, "from_on": MONDAY, "days": "012345", "starts": time(8),
            "ends": time(17), **fields,
        }
    )  # fmt: skip


@pytest.mark.django_db
def test_a_person_has_the_week_of_the_unit_or_of_the_one_above():
    top = UnitFactory()
    unit = UnitFactory(kind="department", parent=top)
    person = ProfileFactory(unit=unit).user
    hr = UserFactory(roles=["hr"])
    set_working_hours(hours=hours(top), by=hr, at=AT)
    set_working_hours(
        hours=hours(unit, from_on=date(2026, 3, 20), break_starts=time(12), break_ends=time(13)),
        by=hr, at=AT,
    )  # fmt: skip

    on = working_weeks_of(person)

    assert [len(on(date(2026, 3, day)).spans) for day in (8, 9, 20)] == [2, 1, 2]
    assert on(MONDAY) == WorkWeek(frozenset(range(6)), ((time(8), time(17)),))


@pytest.mark.django_db
def test_somebody_without_a_unit_has_the_usual_week(django_assert_num_queries):
    person = UserFactory()

    with django_assert_num_queries(1):
        on = working_weeks_of(person)

    assert on(MONDAY) == DEFAULT


@pytest.mark.django_db
def test_a_week_for_the_same_day_replaces_the_first_and_both_are_audited():
    unit, hr = UnitFactory(), UserFactory(roles=["hr"])
    set_working_hours(hours=hours(unit), by=hr, at=AT)

    set_working_hours(hours=hours(unit, days="01234"), by=hr, at=AT)

    assert [row.days for row in unit.working_hours.all()] == ["01234"]
    told = [
        row.detail["days"] for row in AuditRow.objects.filter(action="people.working_hours_set")
    ]
    assert sorted(told) == ["01234", "012345"]


@pytest.mark.django_db
def test_only_hr_and_administrators_set_working_hours():
    with pytest.raises(Refused) as caught:
        set_working_hours(hours=hours(UnitFactory()), by=UserFactory(roles=["trainer"]), at=AT)

    assert caught.value.code == "people_not_allowed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"ends": time(8)}, "workinghours_begin_before_end"),
        ({"break_starts": time(12)}, "workinghours_break_lies_within"),
        ({"break_starts": time(12), "break_ends": time(17)}, "workinghours_break_lies_within"),
    ],
)
def test_the_database_refuses_a_week_that_makes_no_sense(fields, name):
    row = hours(UnitFactory(), set_by=UserFactory(), set_at=AT, **fields)

    with pytest.raises(IntegrityError, match=name), atomic():
        row.save()


TYPED = {
    "from_on": "2026-03-09", "days": ["0", "2"], "starts": "08:30", "break_starts": "",
    "break_ends": "", "ends": "17:30",
}  # fmt: skip


@pytest.fixture
def unit(client):
    client.force_login(UserFactory(roles=["hr"]))
    return UnitFactory()


@pytest.mark.django_db
def test_hr_sets_the_week_of_a_unit_on_its_page(client, unit):
    path = reverse("people:working_hours_edit", args=[unit.pk])

    answer = client.post(path, TYPED)
    page = client.get(path)

    assert answer.url == path
    assert [(row.from_on, row.days, row.starts) for row in page.context["rows"]] == [
        (MONDAY, "02", time(8, 30))
    ]
    assert page.context["form"].initial["starts"] == time(8, 30)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"ends": "08:30"}, "ends"),
        ({"break_starts": "12:00"}, "break_starts"),
        ({"break_starts": "12:00", "break_ends": "17:30"}, "break_starts"),
        ({"days": []}, "days"),
        ({"starts": "25:00", "break_ends": "13:00"}, "starts"),
        ({"from_on": "soon"}, "from_on"),
    ],
)
def test_a_week_that_makes_no_sense_is_refused_at_its_field(client, unit, typed, field):
    page = client.post(reverse("people:working_hours_edit", args=[unit.pk]), {**TYPED, **typed})

    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
    assert not WorkingHours.objects.exists()
