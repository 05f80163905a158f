"""The group 题库与考务 of the Wagtail admin."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView as ModelCreateView
from wagtail.admin.views.generic import EditView as ModelEditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from audit.viewsets import Recorded, SavesByService, recorded
from exams.models import Exam, Question, Sitting, Topic
from exams.services import ExamError, publish_exam, publish_question
from exams.services.exams import ExamDraft
from exams.viewsets.exam_form import ExamForm
from exams.viewsets.question_form import QuestionForm

SITTING_VIEWS = recorded("exams.sitting_saved")
TOPIC_VIEWS = recorded("exams.topic_saved")


class PublishesQuestion(Recorded):
    """Saving keeps the draft; publishing, when asked for, freezes it."""

    refusals = (ExamError,)
    audit_action = "exams.question_saved"

    def save_instance(self) -> Any:
        question = super().save_instance()
        if self.form.cleaned_data["publish_now"]:
            publish_question(question_id=question.pk, by=self.request.user, at=timezone.now())
            question.refresh_from_db()
        return question


class QuestionCreateView(PublishesQuestion, CreateView):
    """A new question."""


class QuestionEditView(PublishesQuestion, EditView):
    """The next wording of a question."""


class QuestionViewSet(SnippetViewSet):
    """The bank, with the preview that a candidate would get."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = [
        "code", Column("stem", label=_("stem"), accessor=lambda q: q.stem[:40]),
        Column("type", label=_("type"), accessor="get_type_display"),
        Column("pool", label=_("pool"), accessor="get_pool_display"),
        "topic", "mark", Column("state", label=_("state"), accessor="get_state_display"),
    ]  # fmt: skip
    list_filter = ["pool", "type", "state", "difficulty", "topic__field"]
    search_fields = ["code", "stem"]
    search_backend_name = None
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView

    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("topic"), FieldPanel("pool")]),
            FieldRowPanel([FieldPanel("type"), FieldPanel("mark"), FieldPanel("difficulty")]),
            FieldPanel("stem"),
            FieldPanel("answers"),
            FieldPanel("scoring"),
            FieldPanel("explanation"),
            FieldPanel("competency"),
            FieldPanel("publish_now"),
        ],
        base_form_class=QuestionForm,
    )


class PublishesExam(SavesByService):
    """An exam is saved by publishing it."""

    refusals = (ExamError,)

    def save_by(self, by: Any, at: datetime) -> Exam:
        exam = self.form.instance
        draft = ExamDraft(
            exam.code, exam.title, exam.duration_minutes, exam.blueprint, exam.instructions
        )
        return publish_exam(draft=draft, by=by, at=at)


class ExamCreateView(PublishesExam, ModelCreateView):
    """A new exam."""


class ExamEditView(PublishesExam, ModelEditView):
    """An exam; papers already drawn keep their questions and marks."""


class ExamViewSet(ModelViewSet):
    """Exams and their blueprints."""

    model = Exam
    icon = "form"
    menu_label = _("Exams")
    list_display = ["code", "title", "duration_minutes", "published_at"]
    search_fields = ["code", "title"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class = ExamCreateView
    edit_view_class = ExamEditView

    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("title")]),
            FieldPanel("duration_minutes"),
            FieldPanel("parts"),
            FieldPanel("instructions"),
        ],
        base_form_class=ExamForm,
    )


class SittingViewSet(ModelViewSet):
    """Scheduled exams."""

    model = Sitting
    icon = "date"
    menu_label = _("Sittings")
    list_display = ["title", "exam", "opens_at", "closes_at", "room"]
    list_filter = ["exam"]
    search_fields = ["title"]
    search_backend_name = None
    copy_view_enabled = False
    form_fields = ["exam", "title", "opens_at", "closes_at", "room"]
    add_view_class = SITTING_VIEWS["add_view_class"]
    edit_view_class = SITTING_VIEWS["edit_view_class"]


class TopicViewSet(ModelViewSet):
    """What questions are about."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["slug", "name", "field"]
    list_filter = ["field"]
    search_fields = ["slug", "name"]
    search_backend_name = None
    copy_view_enabled = False
    form_fields = ["slug", "name", "field"]
    add_view_class = TOPIC_VIEWS["add_view_class"]
    edit_view_class = TOPIC_VIEWS["edit_view_class"]


class ExamOfficeGroup(SnippetViewSetGroup):
    """题库与考务: authors and exam officers each see what their role may change."""

    menu_label = _("Bank and exams")
    menu_icon = "form"
    menu_order = 120
    items = (QuestionViewSet, ExamViewSet, SittingViewSet, TopicViewSet)
