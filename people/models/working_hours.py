"""When the people of a unit work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from people.models.organisation import Unit
from people.rules.working_hours import Span, WorkWeek


class WorkingHours(models.Model):
    """The working week of a unit from a day on, until the next row of that unit.

    `days` are weekdays as digits, Monday 0. Earlier rows stay: study of that time keeps its split.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="working_hours", verbose_name=_("unit")
    )
    from_on = models.DateField(_("holds from"))
    days = models.CharField(_("working days"), max_length=7)
    starts = models.TimeField(_("work begins"))
    break_starts = models.TimeField(_("break begins"), null=True, blank=True)
    break_ends = models.TimeField(_("break ends"), null=True, blank=True)
    ends = models.TimeField(_("work ends"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set at"))

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["unit", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "from_on"], name="workinghours_one_a_day"),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends")), name="workinghours_begin_before_end"
            ),
            models.CheckConstraint(
                condition=Q(break_starts=None, break_ends=None)
                | Q(
                    break_starts__isnull=False,
                    break_ends__isnull=False,
                    break_starts__gt=F("starts"),
                    break_ends__gt=F("break_starts"),
                    break_ends__lt=F("ends"),
                ),
                name="workinghours_break_lies_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.from_on} {self.days}"

    @property
    def day_names(self) -> str:
        """The working days, shortened, in order."""
        return " ".join(str(WEEKDAYS_ABBR[int(day)]) for day in self.days)

    @property
    def week(self) -> WorkWeek:
        """The row as the rules read it."""
        spans: tuple[Span, ...] = ((self.starts, self.ends),)
        if self.break_starts is not None and self.break_ends is not None:
            spans = ((self.starts, self.break_starts), (self.break_ends, self.ends))
        return WorkWeek(frozenset(map(int, self.days)), spans)
