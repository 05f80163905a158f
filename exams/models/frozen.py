"""Rows that are published, handed in or marked once and never changed afterwards."""

from fractions import Fraction
from typing import Any, NoReturn

from django.db import models


class FrozenRowError(RuntimeError):
    """Somebody tried to change or delete what was frozen."""


class FrozenQuerySet(models.QuerySet[Any]):
    """Refuses what would change many rows without their save()."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise FrozenRowError(f"{self.model.__name__} rows are never changed in bulk")

    def delete(self) -> NoReturn:
        raise FrozenRowError(f"{self.model.__name__} rows are never deleted")


class FrozenRow(models.Model):
    """A row that is written once."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenRowError(f"{type(self).__name__} rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRowError(f"{type(self).__name__} rows are never deleted")


def exact_or_none(numerator: int | None, denominator: int | None) -> Fraction | None:
    """The exact fraction of a numerator and denominator pair, None where nothing is known."""
    if numerator is None or not denominator:
        return None
    return Fraction(numerator, denominator)
