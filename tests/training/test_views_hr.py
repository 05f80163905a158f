import pytest
from django.urls import reverse

from tests.factories.people import UserFactory
from tests.factories.training import (
    ProgrammeFactory,
    TrainingClassFactory,
    person_of_age,
    place_in,
    ready_class,
    ready_programme,
)
from training.models import Enrolment, Programme, TrainingClass

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(client):
    person = UserFactory(roles=["hr"])
    client.force_login(person)
    return person


def test_the_list_is_filtered_by_state(client, hr):
    draft = TrainingClassFactory(state="draft")
    TrainingClassFactory(state="open")

    page = client.get(reverse("training:class_list"), {"state": "draft"})

    assert list(page.context["page_obj"]) == [draft]


def fields(programme, trainer, **changes):
    return {
        "programme": programme.pk, "code": "2026Q1-YY-09", "name": "集训班",
        "opens_on": "2026-03-09", "capacity": "30", "trainers": [trainer.pk],
        "exam_opens_at": "", "exam_closes_at": "",
    } | changes  # fmt: skip


def test_hr_makes_opens_and_fills_a_class(client, hr):
    trainer, person = UserFactory(roles=["trainer"]), person_of_age(30, on=_day())
    other = person_of_age(30, on=_day())

    client.post(reverse("training:class_create"), fields(ready_programme(), trainer))
    made = TrainingClass.objects.get()
    client.post(reverse("training:class_advance", args=[made.pk, "open"]))
    answer = client.post(
        reverse("training:class_enrol", args=[made.pk]),
        {"people": [person.pk], "numbers": f"{other.number.lower()}，{person.number}"},
    )

    assert answer.status_code == 302
    assert set(made.enrolments.values_list("person", flat=True)) == {person.pk, other.pk}
    made.refresh_from_db()
    assert (made.state, list(made.trainers.all())) == ("open", [trainer])


def _day():
    from tests.factories.training import DAY_ONE

    return DAY_ONE


def test_a_refused_class_keeps_what_was_typed(client, hr):
    programme = ProgrammeFactory(timetable=[])
    trainer = UserFactory(roles=["trainer"])

    page = client.post(reverse("training:class_create"), fields(programme, trainer))

    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    assert 'value="2026Q1-YY-09"' in page.content.decode()
    assert not TrainingClass.objects.exists()


def test_a_taken_code_is_said_beside_the_field(client, hr):
    TrainingClassFactory(code="2026Q1-YY-09")

    page = client.post(
        reverse("training:class_create"),
        fields(ready_programme(), UserFactory(roles=["trainer"])),
    )

    assert list(page.context["form"].errors) == ["code"]


def test_a_refused_step_says_why(client, hr):
    made = TrainingClassFactory(state="closed")

    page = client.post(reverse("training:class_advance", args=[made.pk, "open"]), follow=True)

    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_unknown_numbers_are_named_and_nobody_is_enrolled(client, hr):
    made = ready_class()

    page = client.post(reverse("training:class_enrol", args=[made.pk]), {"numbers": "NOBODY1"})

    assert "NOBODY1" in str(page.context["form"].errors["numbers"])
    assert not Enrolment.objects.exists()


def test_refused_people_are_listed_with_their_reason_and_stay_picked(client, hr):
    made, young = ready_class(), person_of_age(15)

    page = client.post(reverse("training:class_enrol", args=[made.pk]), {"people": [young.pk]})

    text = page.content.decode()
    assert [refusal.person for refusal in page.context["refusals"]] == [young]
    assert f'value="{young.pk}" id="person-{young.pk}" checked' in text


def test_minors_are_pointed_out(client, hr):
    made, minor = ready_class(), person_of_age(16)

    page = client.post(
        reverse("training:class_enrol", args=[made.pk]), {"people": [minor.pk]}, follow=True
    )

    assert [message.level_tag for message in page.context["messages"]] == ["success", "warning"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, {"甲", "乙"}),
        ({"q": "甲"}, {"甲"}),
        ({"category": "student"}, {"乙"}),
        ({"family": "operation"}, {"甲"}),
        ({"family": "nonsense"}, {"甲", "乙"}),
    ],
)
def test_the_roster_is_filtered(client, hr, query, names):
    from people.models import Post

    made = ready_class()
    first, second = person_of_age(30, name="甲"), person_of_age(30, name="乙")
    post = Post.objects.create(name="店铺运营", family="operation")
    type(first.profile).objects.filter(user=first).update(post=post)
    type(first.profile).objects.filter(user=second).update(category="student")

    page = client.get(reverse("training:class_enrol", args=[made.pk]), query)

    assert {person.name for person in page.context["people"]} == names


@pytest.mark.parametrize(("state", "capacity"), [("draft", 3), ("finished", 3), ("open", 1)])
def test_a_class_that_takes_nobody_offers_no_enrolment_and_says_why(client, hr, state, capacity):
    made = ready_class()
    place_in(made)
    TrainingClass.objects.filter(pk=made.pk).update(state=state, capacity=capacity)
    url = reverse("training:class_enrol", args=[made.pk])

    detail, enrol = client.get(reverse("training:class_detail", args=[made.pk])), client.get(url)

    barrier = enrol.context["barrier"]
    assert barrier
    assert barrier == detail.context["barrier"]
    assert barrier in detail.content.decode()
    assert barrier in enrol.content.decode()
    assert url not in detail.content.decode()
    assert 'name="numbers"' not in enrol.content.decode()


def test_a_class_with_places_offers_enrolment(client, hr):
    made = ready_class()
    url = reverse("training:class_enrol", args=[made.pk])

    detail, enrol = client.get(reverse("training:class_detail", args=[made.pk])), client.get(url)

    assert f'href="{url}"' in detail.content.decode()
    assert 'name="numbers"' in enrol.content.decode()


def test_who_is_in_the_class_is_not_offered_again(client, hr):
    made = ready_class()
    place_in(made)

    page = client.get(reverse("training:class_enrol", args=[made.pk]))

    assert page.context["people"] == []


def test_admissions_show_the_basis(client, hr):
    from tests.factories.training import instant, study
    from training.services import refresh_admission

    made = ready_class()
    place, _waiting = place_in(made), place_in(made)
    study(place.person, made.programme, 54_000, instant(1))
    refresh_admission(enrolment_id=place.pk, at=instant(1, "08:00"))

    page = client.get(reverse("training:admission_list", args=[made.pk]))

    assert page.context["admitted"] == 1
    assert made.sitting.admissions.get().ticket_number in page.content.decode()


@pytest.mark.parametrize(("seconds", "left"), [(52_110, "0.7"), (53_999, "0.1")])
def test_missing_hours_are_rounded_up_on_both_pages_of_a_class(client, hr, seconds, left):
    from tests.factories.training import instant, study

    made = ready_class()
    place = place_in(made)
    study(place.person, made.programme, seconds, instant(1))

    office = client.get(reverse("training:class_detail", args=[made.pk]))
    client.force_login(place.person)
    own = client.get(reverse("training:own_class_detail", args=[made.pk]))

    assert f"线上还差 {left} 学时" in office.content.decode()
    assert f"还差 {left} 学时" in own.content.decode()


def test_a_class_without_sitting_has_an_empty_admission_list(client, hr):
    made = TrainingClassFactory(state="draft")

    page = client.get(reverse("training:admission_list", args=[made.pk]))

    assert page.context["admitted"] == 0


def programme_fields(**changes):
    return {
        "code": "P-NEW", "title": "直播运营", "kind": "regular", "issuer": "示例学校",
        "price": "３，600.00", "online_hours": "20", "required_attendance_percent": "80",
    } | changes  # fmt: skip


def test_hr_makes_a_programme_like_another(client, hr):
    model = ready_programme()

    answer = client.post(reverse("training:programme_create"), programme_fields(like=model.pk))

    made = Programme.objects.get(code="P-NEW")
    assert answer.status_code == 302
    assert (made.list_price_fen, made.required_online_seconds) == (360_000, 54_000)
    assert made.timetable == model.timetable


def test_an_edited_programme_keeps_its_timetable(client, hr):
    programme = ready_programme()
    url = reverse("training:programme_edit", args=[programme.pk])
    shown = client.get(url).context["form"].initial

    client.post(url, programme_fields(code=programme.code, online_hours="0.02"))

    programme.refresh_from_db()
    assert (shown["price"], shown["online_hours"]) == ("3,600.00", "20")
    assert (programme.required_online_seconds, len(programme.timetable)) == (54, 3)


@pytest.mark.parametrize(
    ("field", "value"),
    [("price", "dear"), ("price", "-1"), ("online_hours", "many"), ("online_hours", "-1")],
)
def test_bad_figures_are_said_beside_the_field(client, hr, field, value):
    page = client.post(reverse("training:programme_create"), programme_fields(**{field: value}))

    assert list(page.context["form"].errors) == [field]


def test_a_class_on_the_last_days_of_the_calendar_is_refused_beside_the_field(client, hr):
    trainer = UserFactory(roles=["trainer"])

    page = client.post(
        reverse("training:class_create"),
        fields(ready_programme(), trainer, opens_on="9999-12-31"),
    )

    assert list(page.context["form"].errors) == ["opens_on"]


@pytest.mark.parametrize("name", ["class_detail", "admission_list"])
def test_the_people_of_a_class_come_by_fifty_and_are_found(client, hr, name):
    made = ready_class()
    TrainingClass.objects.update(capacity=60)
    made.refresh_from_db()
    numbers = [place_in(made).person.number for _number in range(51)]
    path = reverse(f"training:{name}", args=[made.pk])

    first, second = client.get(path), client.get(path, {"page": "2"})
    found = client.get(path, {"q": numbers[50]})
    nobody = client.get(path, {"q": "查无此人"})

    rows = [page.context["rows"] for page in (first, second, found, nobody)]
    assert [len(each) for each in rows] == [50, 1, 1, 0]
    assert rows[2][0].enrolment.person.number == numbers[50]
    assert "本班没有匹配的人" in nobody.content.decode()
    assert client.get(path, {"pgae": "2"}).status_code == 400
