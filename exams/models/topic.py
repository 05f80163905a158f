"""What a question is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """One subject of the bank; lessons point at topics by slug, never the other way."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    field = models.CharField(_("field"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["field", "slug"]

    def __str__(self) -> str:
        return self.name
