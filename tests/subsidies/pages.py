"""Going about the pages of claims and fees."""

from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories.people import UserFactory


def address(name, *args):
    return reverse(f"subsidies:{name}", args=args)


def told(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def staff(client, *roles):
    person = UserFactory(roles=list(roles))
    client.force_login(person)
    return person
