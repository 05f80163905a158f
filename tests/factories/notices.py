import datetime

import factory

from notices.models import Notice
from tests.factories.people import UserFactory


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    person = factory.SubFactory(UserFactory)
    event = "tests.happened"
    title = factory.Sequence(lambda n: f"消息{n}")
    created_at = datetime.datetime(2026, 3, 13, 2, tzinfo=datetime.UTC)
