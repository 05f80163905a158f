"""Lookups of ours in the place of Django's."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignObject, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In


class FittingMixin:
    """`in` over whole numbers: what the column cannot hold matches nothing, as with `exact`.

    Django hands such values to the driver, which raises; every field that chooses several rows by
    their keys would then answer a mistyped key with a fault of the server.
    """

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """Leave out what does not fit; nothing left is an empty result."""
        lookup: Any = self
        if lookup.rhs_is_direct_value():
            kept = [value for value in lookup.rhs if _fits(value, lookup, connection)]
            lookup = lookup.copy()
            lookup.rhs = kept
        return super(FittingMixin, lookup).process_rhs(compiler, connection)  # type: ignore[misc]


def _column(field: Any) -> Any:
    """The field that holds the number: a key to a page is a key to a key."""
    while isinstance(field, ForeignObject):
        field = field.target_field
    return field


def _fits(value: Any, lookup: Any, connection: Any) -> bool:
    field = _column(lookup.lhs.output_field)
    if not isinstance(value, int) or not isinstance(field, IntegerField):
        return True
    low, high = connection.ops.integer_field_range(field.get_internal_type())
    return bool(low <= value <= high)


@IntegerField.register_lookup
class FittingIn(FittingMixin, In):
    """For columns of numbers."""


@ForeignObject.register_lookup
class FittingRelatedIn(FittingMixin, RelatedIn):
    """For keys to other rows."""


@ForeignObject.register_lookup
class FittingRelatedExact(RelatedExact):
    """The same for one key to another row; Django sees to it for plain numbers alone."""

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """What does not fit is an empty result."""
        if not _fits(self.rhs, self, connection):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)
