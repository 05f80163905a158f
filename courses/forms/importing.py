"""What editors hand in when they bring a lesson from outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.choices import Licence
from courses.models import ModulePage
from courses.queries import modules_to_write
from courses.services import Draft, Rights, read_draft, read_paste
from courses.services.importing import LONGEST_TITLE
from kit.documents.errors import DocumentError
from kit.documents.guard import MAX_FILE_BYTES
from kit.documents.pasted import MOST_CHARACTERS


class ModuleChoice(forms.ModelChoiceField[ModulePage]):
    """Modules by course and title: titles repeat themselves between courses."""

    def label_from_instance(self, module: ModulePage) -> str:
        course: str = module.course_title
        return f"{course} › {module.title}"


class SourceForm(forms.Form):
    """Where a lesson from outside goes."""

    module = ModuleChoice(label=_("module"), queryset=ModulePage.objects.none())

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].queryset = modules_to_write(user)  # type: ignore[attr-defined]


class FileForm(SourceForm):
    """A Word or PowerPoint file; `draft` is what it would become."""

    file = forms.FileField(
        label=_("Word or PowerPoint file"),
        help_text=_("A .docx or .pptx of at most 50 MB, also from WPS."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pptx"}),
    )
    field_order = ["file", "module"]
    draft: Draft
    data_read: bytes

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 50 MB. Compress its pictures, or split it.")
            )
        self.data_read = file.read()
        try:
            self.draft = read_draft(data=self.data_read, name=file.name)
        except DocumentError as error:
            raise forms.ValidationError(str(error)) from error
        return file


class PasteForm(SourceForm):
    """A pasted article; `markup` is filled by the paste box, without scripts it stays empty."""

    text = forms.CharField(
        label=_("Article"), required=False, strip=False,
        widget=forms.Textarea(
            attrs={"rows": 12, "data-paste-box": "", "data-most": MOST_CHARACTERS}
        ),
    )  # fmt: skip
    markup = forms.CharField(
        required=False, strip=False, widget=forms.HiddenInput(attrs={"data-paste-markup": ""})
    )
    field_order = ["text", "module"]
    draft: Draft
    data_read: bytes
    is_markup: bool

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.is_markup = bool(cleaned.get("markup"))
        source = cleaned.get("markup") or cleaned.get("text") or ""
        if not source.strip():
            self.add_error("text", _("Paste the article here."))
            return cleaned
        self.data_read = source.encode("utf-8", "replace")
        try:
            self.draft = read_paste(data=self.data_read, is_markup=self.is_markup)
        except DocumentError as error:
            self.add_error("text", str(error))
        return cleaned


class DraftForm(SourceForm):
    """The last word before a draft is made."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    source = forms.CharField(
        label=_("Where the pictures come from"),
        max_length=300,
        help_text=_("Stands beside every picture; each can be changed in the media library."),
    )
    licence = forms.ChoiceField(label=_("Why they may be used here"), choices=Licence)
    leave_pictures = forms.BooleanField(
        label=_("Leave the pictures out"),
        required=False,
    )
    field_order = ["title", "module", "source", "licence", "leave_pictures"]

    def __init__(self, *args: Any, pictures: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not pictures:
            for name in ("source", "licence", "leave_pictures"):
                del self.fields[name]
        elif self.data.get("leave_pictures"):
            self.fields["source"].required = self.fields["licence"].required = False

    @property
    def rights(self) -> Rights | None:
        """What was said about the pictures; None leaves them out."""
        if "source" not in self.fields or self.cleaned_data["leave_pictures"]:
            return None
        return Rights(self.cleaned_data["source"], self.cleaned_data["licence"])
