"""Grants of places that had their result before grants were settled."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from tests.factories.learning import CourseGrantFactory
from tests.factories.training import EnrolmentFactory, instant

pytestmark = pytest.mark.django_db


def test_only_places_with_a_result_are_settled():
    passed = EnrolmentFactory(state="passed", completed_at=instant(9))
    left = EnrolmentFactory(state="incomplete")
    here = EnrolmentFactory()
    grants = [CourseGrantFactory(source=place.context) for place in (passed, left, here)]
    before = timezone.now()

    import_module("training.migrations.0007_settle_grants").settle(apps, None)

    for grant in grants:
        grant.refresh_from_db()
    assert (grants[0].settled_at, grants[2].settled_at) == (instant(9), None)
    assert grants[1].settled_at >= before
