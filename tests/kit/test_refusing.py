from django.utils.translation import gettext_lazy

from kit.refusing import Refused


def test_a_refusal_carries_its_code_and_a_plain_message():
    refusal = Refused("late", gettext_lazy("The time is over."))

    assert (refusal.code, type(refusal.message), str(refusal)) == ("late", str, refusal.message)
