"""Parts that carry a file of the media library: picture, video, recording, file."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser

from courses.blocks.groups import MEDIA


@dataclass(frozen=True)
class Sample:
    """What stands in a part's preview where a file of the library will stand."""

    kind: str
    title: str
    size: int
    learn_path: str = ""
    captions_path: str = ""
    content_type: str = ""
    name: str = ""
    width: int = 0
    height: int = 0
    duration_seconds: int = 0
    source: str = "本公司培训部"
    alt_text: str = ""
    transcript: str = ""
    captions: str = ""
    pk: int = 0

    def get_licence_display(self) -> Any:
        return _("Made by ourselves")


class MediaChooser(BaseChooser):
    """Choosing from the library, narrowed to one kind."""

    model = "courses.MediaFile"
    chooser_modal_url_name = "media_chooser:choose"
    choose_one_text = _("Choose from the media library")
    choose_another_text = _("Choose another file")
    link_to_chosen_text = _("Edit this file")
    icon = "media"

    def __init__(self, kind: str = "", **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def get_chooser_modal_url(self) -> str:
        return f"{super().get_chooser_modal_url()}?kind={self.kind}"


class MediaChooserBlock(blocks.ChooserBlock):
    """One file of the library, of one kind."""

    target_model = "courses.MediaFile"

    def __init__(self, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    @cached_property
    def widget(self) -> MediaChooser:
        return MediaChooser(kind=self.kind)

    @cached_property
    def field(self) -> forms.ModelChoiceField[Any]:
        return forms.ModelChoiceField(
            queryset=self.model_class.objects.filter(kind=self.kind),
            widget=self.widget,
            required=self._required,
            help_text=self._help_text,
        )


class RecordingBlock(blocks.StructBlock):
    """What plays. Its stored value names the length in seconds, since class hours stand on it."""

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        """The raw value with the length of the chosen file."""
        raw: dict[str, Any] = super().get_prep_value(value)
        media = value.get("media")
        return raw | {"seconds": media.duration_seconds if media else 0}


class ImageBlock(blocks.StructBlock):
    """A picture with its source; the description stands in the library."""

    media = MediaChooserBlock(kind="image", label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=160)

    class Meta:
        icon = "image"
        group = MEDIA
        label = _("Picture")
        template = "blocks/image.html"
        preview_value: dict[str, Any] = {
            "media": Sample("image", "投产比", 48_200, "/static/favicon.svg", width=160, height=160,
                            alt_text="示例图片"),
            "caption": "四个月的投产比",
        }  # fmt: skip
        description = _("A picture of the library with its source and size")


class VideoBlock(RecordingBlock):
    """A video. How much of it somebody has watched is kept by `learning`."""

    media = MediaChooserBlock(kind="video", label=_("Video"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=160)

    class Meta:
        icon = "desktop"
        group = MEDIA
        label = _("Video")
        template = "blocks/video.html"
        preview_value: dict[str, Any] = {
            "media": Sample("video", "看懂投产比", 12_400_000, content_type="video/mp4", width=1280,
                            height=720, duration_seconds=200, transcript="大家好，今天看投产比。"),
            "caption": "看懂投产比",
        }  # fmt: skip
        description = _("A video with captions; its length counts as study time")


class AudioBlock(RecordingBlock):
    """A recording with its transcript."""

    media = MediaChooserBlock(kind="audio", label=_("Recording"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=160)

    class Meta:
        icon = "media"
        group = MEDIA
        label = _("Recording")
        template = "blocks/audio.html"
        preview_value: dict[str, Any] = {
            "media": Sample("audio", "客服通话", 1_900_000, content_type="audio/mpeg",
                            duration_seconds=95, transcript="您好，这里是客服。"),
            "caption": "一次退款通话",
        }  # fmt: skip
        description = _("A sound recording with its transcript; its length counts as study time")


class FileBlock(blocks.StructBlock):
    """A file to save, such as a template or a table to practise on."""

    media = MediaChooserBlock(kind="file", label=_("File"))
    note = blocks.CharBlock(label=_("What it is for"), required=False, max_length=160)

    class Meta:
        icon = "download"
        group = MEDIA
        label = _("File")
        template = "blocks/file.html"
        preview_value: dict[str, Any] = {
            "media": Sample("file", "投放记录表", 36_000, name="投放记录表.xlsx"),
            "note": "练习用",
        }
        description = _("A file to save, with its size")
