"""Giving out the numbers of a series, each once and none lost.

An app that numbers things has one table of counters of its own, made from the base here, so
that this floor stays without tables.
"""

from django.db import models

from kit.series import next_sequence, printed


class SeriesCounter(models.Model):
    """The last sequence given out in one series; locked by whoever takes the next."""

    series = models.CharField(max_length=40)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["series"], name="%(app_label)s_%(class)s_once_a_series"
            ),
        ]


def take_number(counters: type[SeriesCounter], series: str) -> str:
    """The next number of a series; its row is made on first use.

    Call it inside the transaction that uses the number: the counter stays locked until its end
    and goes back with it, so that a number is never lost or given twice.
    """
    counter, _made = counters._default_manager.select_for_update().get_or_create(series=series)
    counter.last = next_sequence(series, counter.last)
    counter.save(update_fields=["last"])
    return printed(series, counter.last)
