"""What all pages of the course tree share: they live under /learn/, never on a public site."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.models import Page, PagePermissionTester, Revision, TaskState

from courses.models.editing import LearnForm

LEARN_PATH = "/learn/"
# Wagtail names a template for every class that does not name its own.
PREVIEW_TEMPLATE = "courses/preview.html"


class KeepsWhatWasPublished(PagePermissionTester):
    """Wagtail lets whoever edits a page delete it; study time and answers stand on ours."""

    def can_publish(self) -> bool:
        """Lessons go through their review; their editors submit them."""
        reviewed = self.page.specific_class and self.page.specific_class.is_reviewed
        return not (reviewed and settings.COURSE_REVIEW) and bool(super().can_publish())

    def can_publish_subpage(self) -> bool:
        """A lesson is not published on being made either."""
        made = self.page.specific_class.allowed_subpage_models() if self.page.specific_class else []
        if settings.COURSE_REVIEW and any(getattr(model, "is_reviewed", False) for model in made):
            return False
        return bool(super().can_publish_subpage())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only a page that was never published, and holds none that was."""
        kept = self.page.get_descendants(inclusive=True).exclude(
            first_published_at=None, live=False
        )
        return not kept.exists() and bool(super().can_delete(ignore_bulk))

    def can_move(self) -> bool:
        """Whoever edits a page moves it, published or not: nothing is lost by that."""
        return bool(super().can_delete(ignore_bulk=True))


class LearnCopyForm(CopyForm):
    """A copy is a draft: published along, its lessons would have gone past their review."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.COURSE_REVIEW:
            for name in ("publish_copies", "alias"):
                self.fields.pop(name, None)


class FrozenPageError(RuntimeError):
    """Somebody tried to save what was made from a published version, for reading only."""


class LearnPage(Page):
    """A page that only signed-in people with a grant read, at an address under /learn/.

    Publishing, unpublishing and moving run in one transaction with what their receivers write:
    the version of the course is frozen with the page, or neither happens.
    """

    class Meta:
        abstract = True

    # The CourseVersion or LessonVersion this page was read from; None for the page itself.
    version: Any = None

    # Whether a second person publishes pages of this kind.
    is_reviewed = False
    show_in_menus_default = False
    copy_form_class = LearnCopyForm
    content_panels = [TitleFieldPanel("title")]
    promote_panels = [FieldPanel("slug")]
    search_fields: list[Any] = []
    base_form_class = LearnForm

    def permissions_for_user(self, user: Any) -> KeepsWhatWasPublished:
        """What this person may do with the page."""
        return KeepsWhatWasPublished(user, self)

    @property
    def learn_path(self) -> str:
        """Where people read this page; asks for permission there."""
        return LEARN_PATH

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str:
        """The learner's address, so that "view live" in the editor works."""
        return self.learn_path

    url = property(get_url)

    def get_full_url(self, request: HttpRequest | None = None) -> str:
        """The learner's address with the host of this installation."""
        return f"{settings.WAGTAILADMIN_BASE_URL}{self.learn_path}"

    full_url = property(get_full_url)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Never served by Wagtail: a redirect to the page behind the sign-in."""
        return HttpResponseRedirect(self.learn_path)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """No course is listed to search engines."""
        return []

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page; one read from a version refuses."""
        if self.version is not None:
            raise FrozenPageError("a published version is read, never saved")
        return super().save(*args, **kwargs)

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Save a draft. What was submitted or published stays: saving over it makes a new one."""
        if overwrite_revision is not None and self._stays(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def _stays(self, revision: Revision) -> bool:
        """Whether the newest version is one that somebody submitted or published."""
        if revision.pk != self.latest_revision_id:
            return False  # Wagtail refuses to write over any older one
        submitted = TaskState.objects.filter(revision=revision)
        return bool(submitted.exists() or Page.objects.filter(live_revision=revision).exists())

    @transaction.atomic
    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        return super().publish(revision, *args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        return super().unpublish(*args, **kwargs)

    @transaction.atomic
    def move(self, *args: Any, **kwargs: Any) -> Any:
        return super().move(*args, **kwargs)

    def clean(self) -> None:
        """Addresses are pasted into chats: plain letters, digits and hyphens only."""
        super().clean()
        if not self.slug:
            return  # the form says that the title is lacking; saving refuses
        try:
            validate_slug(self.slug)
        except ValidationError as error:
            raise ValidationError(
                {"slug": _("Use lower-case letters, digits and hyphens only.")}
            ) from error
