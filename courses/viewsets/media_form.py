"""The forms of the media library: adding a file, and writing other words about one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import MediaFile
from courses.rules.media import MediaFault, read_media
from courses.services.media import Words, upload_message

FIELDS = ["title", "source", "licence", "alt_text", "transcript", "captions"]


class WordsForm(forms.ModelForm[MediaFile]):
    """What people write about a file; its bytes are never replaced."""

    class Meta:
        model = MediaFile
        fields = FIELDS
        widgets = {
            "transcript": forms.Textarea(attrs={"rows": 5}),
            "captions": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "alt_text": _("Pictures: what a person who cannot see it has to know."),
            "transcript": _("Recordings, and videos without sound: what is said or shown."),
            "captions": _("Videos with sound: WebVTT or SubRip, pasted here."),
        }

    @property
    def words(self) -> Words:
        """The words as given; the service checks them."""
        return Words(**{name: self.cleaned_data[name] for name in FIELDS})


class MediaForm(WordsForm):
    """A new file with its words."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Pictures PNG, JPEG, WebP, GIF up to 10 MB; video MP4 up to 500 MB; sound MP3, M4A up"
            " to 100 MB; files PDF, DOCX, XLSX, PPTX, ZIP up to 50 MB."
        ),
    )
    field_order = ["file", *FIELDS]

    class Meta(WordsForm.Meta):
        pass

    def clean_file(self) -> Any:
        """Told beside the field what is wrong with the file."""
        file = self.cleaned_data["file"]
        try:
            read_media(file)
        except MediaFault as fault:
            raise forms.ValidationError(upload_message(fault.code)) from fault
        return file

    def _post_clean(self) -> None:
        """The model's own check would see a row without its file; the service makes the row."""
