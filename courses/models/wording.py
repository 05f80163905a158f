"""Words that the Advertising Law forbids as absolute; the list is kept by editors."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.rules.wording import Word, normal


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that are not blank."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class AdvertisingWordQuerySet(models.QuerySet["AdvertisingWord"]):
    def as_rules(self) -> list[Word]:
        """The words in use, as the rule takes them."""
        return [
            Word(each.word, each.hint, lines_of(each.exceptions))
            for each in self.filter(is_active=True)
        ]


class AdvertisingWord(models.Model):
    """A word, why it is risky, and the phrases in which it is harmless."""

    word = models.CharField(_("absolute word"), max_length=20)
    # As it is looked for: ＴＯＰ１ is TOP1. One letter may fold into eighteen.
    folded = models.CharField(max_length=400, unique=True, editable=False)
    hint = models.CharField(_("what to write instead"), max_length=200, blank=True, default="")
    exceptions = models.TextField(
        _("harmless phrases"), blank=True, default="", max_length=1000,
        help_text=_("One a line; inside them the word is not pointed out."),
    )  # fmt: skip
    is_active = models.BooleanField(_("in use"), default=True)

    objects = AdvertisingWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("absolute word")
        verbose_name_plural = _("absolute words")
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(word=""), name="advertisingword_is_a_word"),
        ]

    def __str__(self) -> str:
        return self.word

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = normal(self.word)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """A word that reads like another one of the list is refused."""
        like = AdvertisingWord.objects.filter(folded=normal(self.word)).exclude(pk=self.pk)
        if like.exists():
            raise ValidationError({"word": _("This word is already in the list.")})
