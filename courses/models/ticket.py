"""Imports that have become a draft, for as long as their preview can be sent again."""

from django.db import models


class ImportTicket(models.Model):
    """The one draft of a preview: a second post finds it here."""

    ticket = models.CharField(max_length=32, unique=True)
    lesson = models.ForeignKey(
        "courses.LessonPage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    spent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.ticket
