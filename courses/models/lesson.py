"""One lesson: its text, and how many seconds of study it plans."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Revision

from courses.blocks import (
    CaseBlock,
    CheckBlock,
    DrillBlock,
    GoalBlock,
    LessonBody,
    QuestionCheckBlock,
    WorkedExampleBlock,
)
from courses.blocks.question_check import words_by_question
from courses.choices import Level
from courses.models.base import LEARN_PATH, PREVIEW_TEMPLATE, LearnPage
from courses.models.editing import LearnForm
from courses.models.media import MediaFile
from courses.models.wording import AdvertisingWord, lines_of
from courses.panels import HoursPanel, WordingPanel
from courses.rules.checks import in_words, questions_named
from courses.rules.hours import Part, claims_too_much, honest_parts, honest_seconds
from courses.rules.posts import unknown_posts
from courses.rules.streams import Stream, media_ids
from courses.rules.wording import Found, found_words, texts_of
from exams.choices import QuestionState
from exams.models import Question
from people.models import Post

PHONE_TEMPLATE = "courses/preview_phone.html"
LONGEST_LESSON_SECONDS = 6 * 3600
HOUR_STREAMS = ("body", "worked_example", "drill", "case", "checks")


def _too_long(title: str, planned: int, honest: int) -> str:
    return _(
        "“%(title)s” plans %(planned)d seconds, but its parts take %(honest)d. Plan less, or add "
        "to the text, the worked example, the drill, the case or the checks."
    ) % {"title": title, "planned": planned, "honest": honest}


def media_lacking(body: Stream) -> str:
    """Which files of a lesson lack a description, transcript or captions; "" when none does."""
    files = MediaFile.objects.filter(pk__in=media_ids(body))
    titles = "、".join(media.title for media in files if media.lacks)
    if not titles:
        return ""
    return _(
        "In the media library these files still lack a description, transcript or captions:"
        " %(titles)s"
    ) % {"titles": titles}


def _as_its_parts(parts: tuple[Part, ...]) -> int:
    """What is planned when nobody says: the seconds of the parts, at least one."""
    return min(max(honest_seconds(parts), 1), LONGEST_LESSON_SECONDS)


def withdrawn_checks(checks: Stream) -> list[str]:
    """The codes of the questions that a lesson asks and nobody may be asked any more."""
    asked = Question.objects.filter(pk__in=questions_named(checks))
    return list(asked.filter(state=QuestionState.RETIRED).values_list("code", flat=True))


def _withdrawn(codes: list[str]) -> str:
    words = _("Withdrawn from the practice pool: %(codes)s. Choose other questions.")
    return words % {"codes": "、".join(codes)}


def known_posts() -> set[str]:
    """Posts of the roster and those of published lessons."""
    taught = LessonPost.objects.filter(content_object__live=True)
    return {
        *Post.objects.values_list("name", flat=True),
        *taught.values_list("tag__name", flat=True),
    }


def post_unknown(name: str, near: tuple[str, ...]) -> str:
    """Why a post is refused and what to do."""
    if near:
        words = _(
            "There is no post “%(name)s”. Is %(near)s meant? A new one is added to the posts"
            " of the organisation first."
        )
        return words % {"name": name, "near": "、".join(near)}
    words = _(
        "There is no post “%(name)s”. A new one is added to the posts of the organisation first."
    )
    return words % {"name": name}


class LessonForm(LearnForm):
    """A draft may claim anything; what is to be published or reviewed must add up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "planned_seconds" in self.fields:
            self.fields["planned_seconds"].required = False
        if "posts" in self.fields:
            known = "、".join(sorted(known_posts()))
            self.fields["posts"].help_text = _("Known posts: %(posts)s") % {"posts": known or "—"}

    def clean_posts(self) -> list[str]:
        """A mistyped post would open a path that nobody is on."""
        posts: list[str] = self.cleaned_data["posts"]
        if not self.is_deferred_validation:
            unknown = unknown_posts(posts, known=known_posts())
            if unknown:
                raise ValidationError([post_unknown(name, near) for name, near in unknown])
        return posts

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not set(HOUR_STREAMS) <= set(cleaned):
            return cleaned
        parts = honest_parts(**{name: cleaned[name].get_prep_value() for name in HOUR_STREAMS})
        if "planned_seconds" not in self.errors and not cleaned.get("planned_seconds"):
            cleaned["planned_seconds"] = _as_its_parts(parts)
        if not self.is_deferred_validation:
            self._check_whole(cleaned, parts)
        return cleaned

    def _check_whole(self, cleaned: dict[str, Any], parts: tuple[Part, ...]) -> None:
        planned = cleaned.get("planned_seconds") or 0
        if claims_too_much(planned_seconds=planned, parts=parts):
            words = _too_long(cleaned.get("title", ""), planned, honest_seconds(parts))
            self.add_error("planned_seconds", words)
        if lacking := media_lacking(cleaned["body"].get_prep_value()):
            self.add_error("body", lacking)
        if codes := withdrawn_checks(cleaned["checks"].get_prep_value()):
            self.add_error("checks", _withdrawn(codes))


class LessonPost(TaggedItemBase):
    """A post a lesson is meant for (运营, 设计, 客服 …)."""

    content_object = ParentalKey(
        "courses.LessonPage", on_delete=models.CASCADE, related_name="lesson_posts"
    )


class LessonPage(LearnPage):
    """One sitting's worth of study. Progress and answers are kept in `learning`."""

    lesson_slug = models.SlugField(_("lesson code"), max_length=255, editable=False)
    planned_seconds = models.PositiveIntegerField(
        _("planned seconds"),
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_LESSON_SECONDS)],
        help_text=_(
            "Study time credited at most, in seconds; one class hour is 2,700 seconds. Left empty,"
            " it is what the parts take."
        ),
    )
    level = models.CharField(
        _("lesson level"), max_length=12, choices=Level, default=Level.ASSISTANT
    )
    posts = ClusterTaggableManager(_("posts"), through=LessonPost, blank=True)
    goals = StreamField([("goal", GoalBlock())], verbose_name=_("goals"), blank=True)
    body = StreamField(LessonBody(), verbose_name=_("lesson text"), blank=True)
    worked_example = StreamField(
        [("worked_example", WorkedExampleBlock())],
        verbose_name=_("worked example"), blank=True, max_num=1,
    )  # fmt: skip
    drill = StreamField([("drill", DrillBlock())], verbose_name=_("drill"), blank=True, max_num=1)
    case = StreamField([("case", CaseBlock())], verbose_name=_("case"), blank=True, max_num=1)
    # "check" is how a published version reads; nobody adds one any more.
    checks = StreamField(
        [("question", QuestionCheckBlock()), ("check", CheckBlock())],
        verbose_name=_("quick checks"), blank=True, block_counts={"check": {"max_num": 0}},
    )  # fmt: skip
    sources = models.TextField(_("sources"), blank=True, help_text=_("One a line"))

    quoted_words = models.TextField(
        _("quoted absolute words"), blank=True, default="", max_length=500,
        help_text=_(
            "One a line; they are quoted for teaching and are not pointed out in this lesson."
        ),
    )  # fmt: skip

    content_panels = [
        *LearnPage.content_panels,
        MultiFieldPanel(
            [HoursPanel(), FieldPanel("planned_seconds"), FieldPanel("level"), FieldPanel("posts")],
            heading=_("Study time and audience"),
        ),
        FieldPanel("goals"),
        FieldPanel("body"),
        FieldPanel("worked_example"),
        FieldPanel("drill"),
        FieldPanel("case"),
        FieldPanel("checks"),
        FieldPanel("sources"),
        MultiFieldPanel(
            [WordingPanel(), FieldPanel("quoted_words")], heading=_("Advertising Law words")
        ),
    ]
    base_form_class = LessonForm
    is_reviewed = True
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = PREVIEW_TEMPLATE
    page_description = _("One lesson with its drill, case and checks")

    preview_modes = [
        ("learner", _("As learners see it")),
        ("phone", _("On a phone")),
        ("print", _("On paper")),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_seconds__gte=1), name="lesson_plans_some_seconds"
            )
        ]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The phone frames the learner's preview, so that its own width decides the layout."""
        return PHONE_TEMPLATE if mode_name == "phone" else PREVIEW_TEMPLATE

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"preview_mode": mode_name}

    @property
    def learn_path(self) -> str:
        return f"{LEARN_PATH}lessons/{self.pk}/"

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the lesson is made of, in honest seconds."""
        return honest_parts(**{name: getattr(self, name).get_prep_value() for name in HOUR_STREAMS})

    @staticmethod
    def stream_names() -> tuple[str, ...]:
        """The fields that hold parts of the lesson."""
        return HOUR_STREAMS

    @property
    def checks_in_words(self) -> list[dict[str, Any]]:
        """The raw checks with each question in its published words; one query at most."""
        checks = self.checks.get_prep_value()
        return in_words(checks, words_by_question(questions_named(checks)))

    def absolute_words(self) -> tuple[Found, ...]:
        """Words of the Advertising Law in this lesson that it does not quote; one query."""
        names = [name for name in ("goals", *HOUR_STREAMS) if name != "checks"]
        streams = [getattr(self, name).get_prep_value() for name in names] + [self.checks_in_words]
        return found_words(
            [self.title, *texts_of(streams)],
            words=AdvertisingWord.objects.as_rules(),
            quoted=lines_of(self.quoted_words),
        )

    def check_hours(self) -> None:
        """Refuse a plan that is longer than the parts. Raises ValidationError."""
        parts = self.parts
        if claims_too_much(planned_seconds=self.planned_seconds, parts=parts):
            words = _too_long(self.title, self.planned_seconds, honest_seconds(parts))
            raise ValidationError({"planned_seconds": words})

    def check_media(self) -> None:
        """Refuse a file without what stands in for it. Raises ValidationError."""
        if words := media_lacking(self.body.get_prep_value()):
            raise ValidationError({"body": words})

    def publish(self, revision: Revision, *args: object, **kwargs: object) -> None:
        """Publish, by whatever door; a lesson that claims too much or shuts somebody out is not."""
        lesson = revision.as_object()
        lesson.check_hours()
        lesson.check_media()
        super().publish(revision, *args, **kwargs)

    def full_clean(self, *args: object, **kwargs: object) -> None:
        """The lesson code is the slug; topics of the question bank name it."""
        super().full_clean(*args, **kwargs)
        self.lesson_slug = self.slug
