import datetime

import factory

from audit.models import AuditRow


class AuditRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AuditRow

    at = datetime.datetime(2026, 3, 13, 2, tzinfo=datetime.UTC)
    actor_label = "系统"
    action = "tests.happened"
