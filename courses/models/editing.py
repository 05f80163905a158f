"""What the editor does for every page of the course tree."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from courses.rules.slugs import first_free, is_made_from, plain_slug


def base_of(model: type[Page], title: str) -> str:
    """The slug a title makes, before anybody else's are looked at."""
    return plain_slug(title, otherwise=str(model._meta.model_name).removesuffix("page"))


def free_slug(model: type[Page], title: str, *, but: int | None = None) -> str:
    """A slug made of a title that no page of this kind has, `but` one left aside.

    Siblings are of one kind, and the slug of a lesson is its code everywhere.
    """
    base = base_of(model, title)
    taken = model.objects.filter(slug__startswith=base).exclude(pk=but)
    return first_free(base, set(taken.values_list("slug", flat=True)))


class LearnForm(WagtailAdminPageForm):
    """An address that nobody typed is made of the title, and follows it until publication."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_title, self.stored_slug = self.instance.title, self.instance.slug
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "The last part of the address. Left empty, it is made from the title."
            )

    def clean(self) -> dict[str, Any]:
        title, slug = self.cleaned_data.get("title"), self.cleaned_data.get("slug")
        if title and slug is not None:
            self.cleaned_data["slug"] = self._slug(title, slug)
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def _slug(self, title: str, slug: str) -> str:
        """What was typed; else what the title makes; an address in use stays as it is."""
        kept: str = self.stored_slug
        model = type(self.instance)
        if slug not in ("", kept):
            return slug
        if kept and (title == self.stored_title or not self._follows_title(model)):
            return kept
        return free_slug(model, title, but=self.instance.pk)

    def _follows_title(self, model: type[Page]) -> bool:
        """Whether the address was made of the title and nobody can have read it."""
        made = is_made_from(self.stored_slug, base_of(model, self.stored_title))
        return made and self.instance.first_published_at is None

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After an autosave the open page shows the address that was made."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        return [*updates, ("slug", self.cleaned_data.get("slug", ""))]
