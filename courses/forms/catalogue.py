"""Narrowing lists of courses."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.choices import CourseField, Level
from courses.models import CoursePage
from courses.queries import courses_with_lessons, posts_taught


class CatalogueFilter(forms.Form):
    """The filter of the catalogue, kept in the address."""

    q = forms.CharField(label=_("Words in title or introduction"), required=False, max_length=80)
    field = forms.ChoiceField(
        label=pgettext_lazy("course", "Field"), required=False,
        choices=[("", _("every field")), *CourseField.choices],
    )  # fmt: skip
    post = forms.ChoiceField(label=_("Post"), required=False)
    level = forms.ChoiceField(
        label=capfirst(_("lesson level")),
        required=False,
        choices=[("", _("every level")), *Level.choices],
    )
    open = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[("", _("all courses")), ("1", _("only those open to me"))],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts: Any = self.fields["post"]
        posts.choices = [("", _("every post")), *((name, name) for name in posts_taught())]

    def narrow(
        self, courses: QuerySet[CoursePage], *, opened: QuerySet[CoursePage]
    ) -> QuerySet[CoursePage]:
        """The courses the filter lets through; none while it makes no sense."""
        if not self.is_valid():
            return courses.none()
        wanted = self.cleaned_data
        if wanted["q"]:
            text = wanted["q"]
            courses = courses.filter(Q(title__icontains=text) | Q(intro__icontains=text))
        if wanted["field"]:
            courses = courses.filter(field=wanted["field"])
        if wanted["post"] or wanted["level"]:
            courses = courses_with_lessons(courses, post=wanted["post"], level=wanted["level"])
        if wanted["open"]:
            courses = courses.filter(pk__in=opened.values("pk"))
        return courses
