"""从文件导入: upload, look at what would come, make the draft."""

from pathlib import PurePath
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.blocks import Block

from courses.blocks import LessonBody
from courses.forms.importing import DraftForm, FileForm, PasteForm
from courses.queries import modules_to_write
from courses.services import Draft, import_lesson, keep_source, read_draft, read_paste, read_source
from courses.services.importing import expired
from kit.documents.errors import DocumentError
from kit.documents.parts import Picture
from kit.http import clean_file_name
from kit.refusing import Refused

# No upload is called so: only .docx and .pptx are read.
PASTED_MARKUP, PASTED_TEXT = "pasted.html", "pasted.txt"
SALT = "courses.lesson_import"
KEPT_SECONDS = 3600


class EditorsOnly(WagtailAdminTemplateMixin):
    """For those who may write lessons somewhere."""

    header_icon = "upload"
    request: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not modules_to_write(request.user).exists():
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here ends with the name of this page; without it, it is headed by the start."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | {"user": self.request.user}

    def to_preview(self, form: Any, name: str) -> HttpResponse:
        """Keep what was handed in and show what would come of it."""
        kept = keep_source(data=form.data_read, suffix=PurePath(name).suffix.lower())
        token = signing.dumps(
            {"kept": kept, "name": name, "module": form.cleaned_data["module"].pk,
             "by": self.request.user.pk, "ticket": token_hex(16)},
            salt=SALT, compress=True,
        )  # fmt: skip
        return redirect(f"{reverse('lesson_imports:preview')}?file={token}")


class UploadView(EditorsOnly, FormView[FileForm]):
    """A file and the module it is for."""

    template_name = "courses/imports/upload.html"
    form_class = FileForm
    page_title = _("Import a file")

    def form_valid(self, form: FileForm) -> HttpResponse:
        name = clean_file_name(form.cleaned_data["file"].name)
        return self.to_preview(form, name)


class PasteView(EditorsOnly, FormView[PasteForm]):
    """A pasted article and the module it is for."""

    template_name = "courses/imports/paste.html"
    form_class = PasteForm
    page_title = _("Paste an article")
    header_icon = "clipboard-list"

    def form_valid(self, form: PasteForm) -> HttpResponse:
        return self.to_preview(form, PASTED_MARKUP if form.is_markup else PASTED_TEXT)


class PreviewView(EditorsOnly, FormView[DraftForm]):
    """What would come and what would not; the post makes the draft."""

    template_name = "courses/imports/preview.html"
    form_class = DraftForm
    page_title = _("Look at the import")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except (Refused, DocumentError) as error:
            messages.error(request, str(error))
            return redirect("lesson_imports:index")

    @cached_property
    def ticket(self) -> dict[str, Any]:
        """What the upload was about. Refused: import_expired, for other people's too."""
        try:
            told: dict[str, Any] = signing.loads(
                self.request.GET.get("file", ""), salt=SALT, max_age=KEPT_SECONDS
            )
        except signing.BadSignature as error:
            raise expired() from error
        if told["by"] != self.request.user.pk:
            raise expired()
        return told

    @cached_property
    def draft(self) -> Draft:
        data, name = read_source(name=self.ticket["kept"]), self.ticket["name"]
        if name in {PASTED_MARKUP, PASTED_TEXT}:
            return read_paste(data=data, is_markup=name == PASTED_MARKUP)
        return read_draft(data=data, name=name)

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.draft.title, "module": self.ticket["module"],
                "source": self.draft.file_name}  # fmt: skip

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"pictures": len(self.draft.pictures)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = [_shown(kind, value) for kind, value in self.draft.blocks]
        return super().get_context_data(**kwargs) | {
            "draft": self.draft,
            "minutes": -(-self.draft.planned_seconds // 60),
            "shown": shown,
            "found": self.draft.absolute_words(),
        }

    def form_valid(self, form: DraftForm) -> HttpResponse:
        try:
            made = import_lesson(
                draft=self.draft, module=form.cleaned_data["module"],
                title=form.cleaned_data["title"], by=self.request.user, at=timezone.now(),
                rights=form.rights, ticket=self.ticket["ticket"],
            )  # fmt: skip
        except Refused as error:
            form.add_error(None, error.message)
            return self.form_invalid(form)
        if not made.is_new:
            messages.info(self.request, gettext("This import is a draft already: this lesson."))
            return redirect("wagtailadmin_pages:edit", made.lesson.pk)
        words = gettext("Draft “%(title)s” has been made. Read it through before publishing.")
        messages.success(self.request, words % {"title": made.lesson.title})
        for each in made.left_out[len(self.draft.left_out) :]:
            messages.warning(self.request, f"{each.place} {each.what}")
        return redirect("wagtailadmin_pages:edit", made.lesson.pk)


def _shown(kind: str, value: Any) -> dict[str, Any]:
    """A block as the lesson page will print it; a picture by its name and size."""
    if isinstance(value, Picture):
        size = filesizeformat(len(value.data))
        words = f"{value.name}（{size}）{value.alt}"
        return {"label": LessonBody().child_blocks["image"].label, "html": words}
    block: Block = LessonBody().child_blocks[kind]
    return {"label": block.label, "html": block.render(block.to_python(value), {})}


class LessonImportViewSet(ViewSet):
    """从文件导入."""

    name = "lesson_imports"
    icon = "upload"
    menu_label = _("Import a file")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.construct_view(UploadView), name="index"),
            path("preview/", self.construct_view(PreviewView), name="preview"),
        ]

    def get_menu_item(self, order: int | None = None) -> Any:
        item = super().get_menu_item(order)
        item.is_shown = lambda request: modules_to_write(request.user).exists()
        return item


class LessonPasteViewSet(LessonImportViewSet):
    """粘贴文章."""

    name = "lesson_paste"
    icon = "clipboard-list"
    menu_label = _("Paste an article")

    def get_urlpatterns(self) -> list[Any]:
        return [path("", self.construct_view(PasteView), name="index")]
