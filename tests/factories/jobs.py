import datetime

import factory

from jobs.models import Job, OutboxMessage
from tests.factories.people import UserFactory

AT = datetime.datetime(2026, 3, 13, 2, tzinfo=datetime.UTC)


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    kind = "tests.work"
    owner = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"导出{n}")
    created_at = AT


class OutboxMessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutboxMessage

    task = "tests.task"
    created_at = AT
    due_at = AT
