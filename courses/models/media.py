"""The media library: what lessons carry besides text. The file itself is never replaced."""

import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.choices import Licence, MediaKind
from courses.models.base import LEARN_PATH
from kit.storage import private_storage


def media_path(instance: "MediaFile", filename: str) -> str:
    """A random key: no name of ours or a person's reaches the file system."""
    return f"lesson-media/{instance.uid.hex}{PurePosixPath(filename).suffix}"


class MediaFile(models.Model):
    """One picture, video, recording or file, with where it comes from and what stands in for it.

    `sha256`, `size`, measures and length describe the stored bytes, which stay as they are:
    another version of a file is another row. `duration_seconds` is read from the file.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=MediaKind, editable=False)
    title = models.CharField(_("title"), max_length=160)
    file = models.FileField(
        storage=private_storage, upload_to=media_path, max_length=120, editable=False
    )
    name = models.CharField(_("file name"), max_length=140, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    width = models.PositiveIntegerField(_("width"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height"), default=0, editable=False)
    duration_seconds = models.PositiveIntegerField(
        _("length in seconds"), default=0, editable=False
    )
    has_sound = models.BooleanField(_("has sound"), default=False, editable=False)
    source = models.CharField(
        _("source"), max_length=300, help_text=_("Who made it, or where it was taken from")
    )
    licence = models.CharField(_("licence"), max_length=12, choices=Licence)
    alt_text = models.CharField(
        _("description for those who cannot see it"), max_length=300, blank=True
    )
    transcript = models.TextField(_("transcript"), blank=True)
    captions = models.TextField(_("captions (WebVTT)"), blank=True)
    added_at = models.DateTimeField(_("added at"), editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("media file")
        verbose_name_plural = _("media files")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="") & Q(licence__in=Licence.values),
                name="mediafile_has_source_and_licence",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[MediaKind.IMAGE, MediaKind.FILE], duration_seconds=0)
                | Q(kind__in=[MediaKind.VIDEO, MediaKind.AUDIO], duration_seconds__gte=1),
                name="mediafile_recordings_have_a_length",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def learn_path(self) -> str:
        """Where people get it; asks for permission there."""
        return f"{LEARN_PATH}media/{self.uid}/"

    @property
    def captions_path(self) -> str:
        """Where a player gets the captions."""
        return f"{self.learn_path}captions/"

    @property
    def lacks(self) -> tuple[str, ...]:
        """The fields that its kind needs and that are empty."""
        return tuple(
            name for name in needed_fields(self.kind, self.has_sound) if not self.has(name)
        )

    def has(self, name: str) -> bool:
        return bool(str(getattr(self, name)).strip())


def needed_fields(kind: str, has_sound: bool) -> tuple[str, ...]:
    """What must stand in for a file, so that nobody is left out (WCAG 1.1.1, 1.2.1, 1.2.2)."""
    if kind == MediaKind.IMAGE:
        return ("alt_text",)
    if kind == MediaKind.VIDEO:
        return ("captions",) if has_sound else ("transcript",)
    return ("transcript",) if kind == MediaKind.AUDIO else ()


class MediaUse(models.Model):
    """A lesson that was published with this file in it; never taken back, since a class may
    still read the version that has it."""

    media = models.ForeignKey(MediaFile, models.PROTECT, related_name="uses")
    lesson = models.ForeignKey("courses.LessonPage", models.PROTECT, related_name="media_uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["media", "lesson"], name="mediause_once_a_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.media_id} {self.lesson_id}"
