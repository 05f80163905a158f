"""Registration of the group 题库与考务 in the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from exams.viewsets import ExamOfficeGroup

register_snippet(ExamOfficeGroup)
