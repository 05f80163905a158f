import pytest
from django.core.exceptions import ImproperlyConfigured

from demo.loaders import people as demo
from people import roles
from people.models import Competency, Post, Profile, Unit, User


@pytest.mark.django_db
def test_the_demo_has_its_people_once_with_one_password(at, settings):
    demo.load(at)
    demo.load(at)

    assert (User.objects.count(), Profile.objects.count()) == (139, 139)
    assert Unit.objects.filter(parent=None).count() == 5
    assert (Post.objects.count(), Post.objects.filter(in_coverage=True).count()) == (21, 10)
    assert (Post.objects.get(name="主播").path, Post.objects.filter(path="").count()) == ("直播", 0)
    assert sum(Competency.objects.values_list("weight_percent", flat=True)) == 100
    assert User.objects.get(number="JX00001").check_password(settings.DEMO_PASSWORD)
    assert User.objects.get(number="HR001").check_password(settings.DEMO_PASSWORD)
    assert {
        role: User.objects.filter(groups__name=role).count() for role in roles.ALL
    } == {
        "trainee": 125, "trainer": 2, "grader": 2, "hr": 2, "finance": 1, "author": 1,
        "officer": 1, "approver": 1, "editor": 1, "reviewer": 1, "auditor": 1, "administrator": 1,
    }  # fmt: skip


def test_demo_people_are_refused_in_production(at, settings):
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured):
        demo.load(at)
