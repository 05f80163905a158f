"""Named states and kinds of the exam floor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionType(models.TextChoices):
    """The kinds of question; each has a rule in rules/question_types and a template."""

    SINGLE = "single", _("Single choice")
    MULTIPLE = "multiple", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")
    NUMERIC = "numeric", _("Numeric")
    CALCULATED = "calculated", _("Calculated")
    FILL = "fill", _("Fill in")
    ORDERING = "ordering", _("Ordering")
    MATCHING = "matching", _("Matching")
    CLOZE = "cloze", _("Cloze")
    SHORT = "short", _("Short answer")
    CASE = "case", _("Case analysis")


HAND_MARKED = frozenset({QuestionType.SHORT.value, QuestionType.CASE.value})


class ScoringRule(models.TextChoices):
    """The scoring rules that a question can name; what they do is in rules/scoring_rules.py."""

    PROPORTIONAL = "proportional/1", _("Too few: their share; a wrong one: nothing")
    ALL_OR_NOTHING = "all_or_nothing/1", _("All right or nothing")
    HALF_WHEN_UNDER = "half_when_under/1", _("Too few: half; a wrong one: nothing")
    RIGHT_MINUS_WRONG = "right_minus_wrong/1", _("Right ones minus wrong ones, never below 0")
    SHARE = "share/1", _("Each right part its share")


# (type, name of the rule) → what a candidate is told. What is not here goes without saying.
SCORING_HINTS = {
    ("multiple", "proportional"): _(
        "A wrong choice scores nothing; too few choices score their share"
    ),
    ("multiple", "all_or_nothing"): _("Scores only when every right choice and no other is made"),
    ("multiple", "half_when_under"): _("A wrong choice scores nothing; too few choices score half"),
    ("multiple", "right_minus_wrong"): _("A wrong choice takes away what a right one gives"),
    ("fill", "all_or_nothing"): _("Scores only when every blank is right"),
    ("ordering", "all_or_nothing"): _("Scores only when the whole order is right"),
    ("ordering", "share"): _("Every entry in its right place scores its share"),
    ("matching", "share"): _("Every right pair scores its share"),
    ("matching", "all_or_nothing"): _("Scores only when every pair is right"),
    ("matching", "right_minus_wrong"): _("A wrong pair takes away what a right one gives"),
    ("cloze", "share"): _("Every right blank scores its share"),
    ("cloze", "all_or_nothing"): _("Scores only when every blank is right"),
}


class QuestionState(models.TextChoices):
    """Only a published question can be drawn; a retired one keeps its frozen versions."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class QuestionPool(models.TextChoices):
    """What a question is for: papers, whose questions are secret, or practice."""

    EXAM = "exam", _("Exam pool")
    PRACTICE = "practice", _("Practice pool")


# What practice can ask: one option is right.
CHECK_TYPES = frozenset({QuestionType.SINGLE.value, QuestionType.TRUE_FALSE.value})


class AttemptState(models.TextChoices):
    """One person's go: open until handed in, marked when every item has a mark."""

    OPEN = "open", _("In progress")
    SUBMITTED = "submitted", _("Handed in")
    MARKED = "marked", _("Marked")


class Audience(models.TextChoices):
    """Who a data file of a practical task is for."""

    TRAINEE = "trainee", _("Trainees")
    GRADER = "grader", _("Graders only")


class SubmissionState(models.TextChoices):
    """A hand-in: a draft, frozen when handed in, sent back or marked."""

    DRAFT = "draft", _("Draft")
    HANDED_IN = "handed_in", _("Handed in for marking")
    RETURNED = "returned", _("Sent back")
    MARKED = "marked", _("Marked by rubric")


class MarkingState(models.TextChoices):
    """A rubric marking: a draft until every criterion has its level and comment."""

    DRAFT = "draft", _("Draft")
    FINAL = "final", _("Final")


class AssessmentState(models.TextChoices):
    """Open while a part is missing, then ready, submitted by the officer, approved or returned."""

    OPEN = "open", _("Parts missing")
    READY = "ready", _("Ready to submit")
    SUBMITTED = "submitted", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")


OPEN_ASSESSMENT_STATES = frozenset(
    {AssessmentState.OPEN.value, AssessmentState.READY.value, AssessmentState.RETURNED.value}
)


class Component(models.TextChoices):
    """The components that are marked one item at a time, with evidence."""

    PROCESS = "process", _("Process")
    SHOWCASE = "showcase", _("Showcase")
