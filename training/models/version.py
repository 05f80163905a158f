"""Which versions of its courses a class runs on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClassCourse(models.Model):
    """A course of a class, in the version that was published when the class was filed or opened.

    Whatever becomes of the pages, the class reads this version and its hours count by it.
    """

    training_class = models.ForeignKey(
        "training.TrainingClass",
        on_delete=models.PROTECT,
        related_name="class_courses",
        verbose_name=_("class"),
    )
    course = models.ForeignKey(
        "courses.CoursePage",
        on_delete=models.PROTECT,
        related_name="class_courses",
        verbose_name=_("course"),
    )
    version = models.ForeignKey(
        "courses.CourseVersion",
        on_delete=models.PROTECT,
        related_name="class_courses",
        verbose_name=_("course version"),
    )
    pinned_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("course of a class")
        verbose_name_plural = _("courses of a class")
        ordering = ["training_class", "course"]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "course"], name="classcourse_one_version_a_course"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class_id} {self.version}"
