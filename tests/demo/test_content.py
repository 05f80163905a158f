"""A real site begins with the content, and people can work in it."""

import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificates.models import CertificateScheme
from courses.models import CoursePage, LessonPage
from exams.models import AssessmentScheme, Exam, PracticalTask, QuestionVersion
from lms.portal.gaps import site_gaps
from people.models import Competency, Post, Unit, User
from people.roles import roles_of
from subsidies.models import PolicyVersion
from training.models import Programme, TrainingClass

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).parents[2] / "demo"
PASSWORD = "lychee-orange-88"


def command(name):
    out = StringIO()
    call_command(name, stdout=out)
    return out.getvalue()


@pytest.fixture
def site(settings, tmp_path):
    """What `bin/serve --empty` prepares."""
    settings.DEMO = False
    settings.MEDIA_ROOT = tmp_path
    command("setup_site")
    command("load_content")


def first_administrator():
    link = re.search(r"/activate/setup/\S+", command("create_administrator_link")).group()
    client = Client()
    data = {"number": "SY1", "name": "石维安", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(link, data)
    assert answer.status_code == 302
    return client, link


def colleague(administrator, number, name, *held):
    """The administrator makes the account and its slip; the colleague sets a password with it."""
    made = administrator.post(
        reverse("people:staff_new"), {"number": number, "name": name, "held": held}
    )
    person = User.objects.get(number=number)
    assert made["Location"] == reverse("people:person_detail", args=[person.pk])
    assert "打印登录条" in administrator.get(made["Location"]).content.decode()
    sheet = administrator.post(reverse("people:slip_print"), {"people": person.pk})
    client = Client()
    client.post(reverse("people:slip_enter"), {"code": sheet.context["cards"][0]["slip"].code})
    data = {"password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(reverse("people:password_set"), data)
    assert answer.status_code == 302
    return client, person


def counts():
    models = (CoursePage, LessonPage, QuestionVersion, Exam, AssessmentScheme, PracticalTask,
              Programme, PolicyVersion, Post, Competency)  # fmt: skip
    return [model.objects.count() for model in models]


def test_the_content_comes_without_people_classes_or_published_policies(site):
    tree = json.loads((DEMO / "course_tree.json").read_text(encoding="utf-8"))["courses"]
    lessons = [leaf for course in tree for part in course["modules"] for leaf in part["lessons"]]
    bank = (DEMO / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [line for line in bank if line.strip()]
    files = [json.loads(path.read_text(encoding="utf-8")) for path in DEMO.glob("lessons/*.json")]
    checks = sum(len(each["checks"]) for each in files)
    assert counts()[:3] == [len(tree), len(lessons), len(asked) + checks]
    assert counts()[3:] == [1, 1, 8, 1, 5, 21, 5]
    assert set(PolicyVersion.objects.values_list("state", flat=True)) == {"draft"}
    empty = (User, Unit, TrainingClass, CertificateScheme)
    assert [model.objects.count() for model in empty] == [0, 0, 0, 0]
    assert Programme.objects.get().issuer == ""


def test_loading_again_overwrites_nothing(site):
    before = counts()
    Programme.objects.update(title="改过的项目")
    CoursePage.objects.update(title="改过的课程")

    assert command("load_content").strip() == "-"

    assert counts() == before
    assert Programme.objects.get().title == "改过的项目"
    assert set(CoursePage.objects.values_list("title", flat=True)) == {"改过的课程"}


def test_from_the_set_up_link_to_an_open_class(site):
    administrator, link = first_administrator()
    assert Client().get(link).status_code == 404

    hr, hr_person = colleague(administrator, "HR1", "沈若兰", "hr")
    _trainer, trainer = colleague(administrator, "TR1", "梁启文", "trainer")
    assert roles_of(hr_person) == {"hr"}
    told = hr.get(reverse("portal:hr_home")).content.decode()
    programme = Programme.objects.get()
    data = {
        "programme": programme.pk, "code": "2026Q4-YY-01", "name": "第一期",
        "opens_on": (timezone.localdate() + timedelta(days=7)).isoformat(),
        "capacity": 30, "trainers": [trainer.pk],
    }  # fmt: skip
    hr.post(reverse("training:class_create"), data)
    made = TrainingClass.objects.get()
    hr.post(reverse("training:class_advance", args=[made.pk, "open"]))

    made.refresh_from_db()
    assert "本站还需设置" in told
    assert "演示样张" not in told
    assert (made.state, made.sitting is not None) == ("open", True)


def test_what_is_missing_is_set_one_by_one_until_nothing_is(site):
    on = timezone.localdate()
    administrator, _link = first_administrator()
    roles = ["trainer", "grader", "approver"]
    for number, role in enumerate(roles):
        colleague(administrator, f"S{number}", "同事", role)
    hr, _person = colleague(administrator, "HR1", "沈若兰", "hr")
    officer, _person = colleague(administrator, "OF1", "程立信", "officer")
    programme = Programme.objects.get()
    assert len(site_gaps(on)) == 3

    form = hr.get(reverse("training:programme_edit", args=[programme.pk])).context["form"]
    values = {name: form[name].value() for name in form.fields}
    filled = {name: value for name, value in values.items() if value is not None}
    hr.post(reverse("training:programme_edit", args=[programme.pk]), {**filled, "issuer": "学校"})
    scheme = {
        "programme": programme.pk, "title": "电商运营人员培训", "issuer_name": "学校",
        "issuer_code": "XX", "kind_code": "YY", "signatories": "", "language": "zh-hans",
    }  # fmt: skip
    officer.post(reverse("certificatescheme:add"), scheme)
    publish(administrator, PolicyVersion.objects.get(policy__code="P4_RETURNEE"))

    assert site_gaps(on) == []
    assert "还需设置" not in administrator.get("/admin/").content.decode()


def publish(administrator, version):
    """Open the draft, tick “publish now”, save."""
    url = reverse("policyversion:edit", args=[version.pk])
    form = administrator.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in values.items() if value not in (None, False)}
    administrator.post(url, {**data, "publish_now": "on"})
