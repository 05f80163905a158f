"""What a chooser asks of the numbers in its address: they are typed by anybody."""

from typing import Any

from django.http import Http404

LONGEST = 18  # digits; the next number of this kind is more than a database holds


def is_number(pk: str) -> bool:
    """Whether a row may have this number."""
    return pk.isdecimal() and len(pk) <= LONGEST


class ByNumber:
    """Before the view of a chosen row: what is no number is nobody's."""

    def get_object(self, pk: Any) -> Any:
        if not is_number(str(pk)):
            raise Http404
        return super().get_object(pk)  # type: ignore[misc]

    def get_objects(self, pks: list[str]) -> Any:
        return super().get_objects([pk for pk in pks if is_number(pk)])  # type: ignore[misc]
