"""Questions of a lesson whose figures were changed: flagged at publishing, decided by a person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import record
from courses.choices import FlagVerdict
from courses.models import LessonVersion, QuestionFlag, VersionLesson
from courses.queries import lessons_asking
from courses.rules.checks import questions_named
from courses.rules.figure_edits import all_figures, figure_edits
from courses.rules.figures import FigureChange, names_any
from courses.rules.plain import value_lines
from exams.choices import QuestionState
from exams.models import Question, QuestionVersion
from exams.services import retire_question
from kit.refusing import Refused
from notices.services import notify
from people.permissions import need_role
from people.queries import people_with_role
from people.roles import AUTHOR, EDITOR


def last_placed(lesson_ids: Sequence[int]) -> dict[int, int]:
    """Lesson → its version in the newest frozen course that holds it; one query."""
    last = VersionLesson.objects.filter(lesson__in=lesson_ids).order_by().values("lesson")
    newest = VersionLesson.objects.filter(pk__in=last.annotate(last=Max("pk")).values("last"))
    return dict(newest.values_list("lesson_id", "lesson_version_id"))


def flag_questions(
    *, places: Iterable[VersionLesson], before: Mapping[int, int], at: datetime
) -> int:
    """Flag the published questions of every lesson that lost or got a figure; how many.

    `places` are the lessons of the version just frozen, with their pages; `before` says which
    version of each stood there (`last_placed`). Authors are told once, in the caller's
    transaction.
    """
    changed = [
        place for place in places
        if before.get(place.lesson_id) not in (None, place.lesson_version_id)
    ]  # fmt: skip
    changes = _figures_changed(changed, before)
    flags = [
        QuestionFlag(
            question=wording.question, wording=wording, place=place,
            before_id=before[place.lesson_id], gone=list(change.gone.values()),
            come=list(change.come.values()), names_figure=_names(wording, change),
            flagged_at=at,
        )
        for wording, place, change in _linked(changed, changes)
    ]  # fmt: skip
    if flags:
        QuestionFlag.objects.bulk_create(flags)
        _tell(flags, at)
    return len(flags)


def _figures_changed(
    changed: Sequence[VersionLesson], before: Mapping[int, int]
) -> dict[int, FigureChange]:
    """Lesson → what its figures lost and got; lessons that kept theirs are left out."""
    if not changed:
        return {}
    ids = {place.lesson_version_id for place in changed}
    ids |= {before[place.lesson_id] for place in changed}
    contents = dict(LessonVersion.objects.filter(pk__in=ids).values_list("pk", "content"))
    found = {
        place.lesson_id: all_figures(
            figure_edits(contents[before[place.lesson_id]], contents[place.lesson_version_id])
        )
        for place in changed
    }
    return {lesson: change for lesson, change in found.items() if change}


def _linked(
    changed: Sequence[VersionLesson], changes: Mapping[int, FigureChange]
) -> list[tuple[QuestionVersion, VersionLesson, FigureChange]]:
    """The published questions on the topic of each lesson, and those it asks as quick checks, in
    their published words.
    """
    concerned = [place for place in changed if place.lesson_id in changes]
    if not concerned:
        return []
    asked = {
        place.lesson_id: questions_named(place.lesson.checks.get_prep_value())
        for place in concerned
    }
    named = Q(topic__slug__in=[place.lesson.slug for place in concerned])
    questions = Question.objects.filter(state=QuestionState.PUBLISHED).filter(
        named | Q(pk__in=set().union(*asked.values()))
    )
    wordings = QuestionVersion.objects.filter(pk__in=questions.values("live_version"))
    return [
        (wording, place, changes[place.lesson_id])
        for wording in wordings.select_related("question__topic").order_by("question__code")
        for place in concerned
        if wording.question.topic.slug == place.lesson.slug
        or wording.question_id in asked[place.lesson_id]
    ]


def _names(wording: QuestionVersion, change: FigureChange) -> bool:
    """Whether a question says, asks for or explains a figure that was taken out."""
    said = [wording.stem, wording.content, wording.key, wording.explanation]
    return names_any(value_lines(said), change.gone)


def _tell(flags: Sequence[QuestionFlag], at: datetime) -> None:
    course = flags[0].place.course_version
    record(
        action="courses.questions_flagged", at=at, obj=course.course,
        detail={"version": course.number, "questions": sorted(f.question.code for f in flags)},
    )  # fmt: skip
    title = ngettext(
        "%(count)d question to look at again: figures of “%(course)s” were changed",
        "%(count)d questions to look at again: figures of “%(course)s” were changed",
        len(flags),
    ) % {"count": len(flags), "course": course.title}
    for person in people_with_role(AUTHOR):
        notify(
            person=person, event="courses.questions_flagged", title=title, at=at,
            url=reverse("courses:flag_list"), key=f"courses.questions_flagged:{course.pk}",
        )  # fmt: skip


@transaction.atomic
def decide_flags(
    *, question: Question, seen: int, by: Any, at: datetime, verdict: str, note: str
) -> int:
    """Decide every open flag of a question up to the one with the id `seen`; how many.

    A flag that came after the person looked stays open. A withdrawn question is retired.
    Refused: role, note, verdict, decided.
    """
    need_role(by, AUTHOR)
    if not note.strip():
        raise Refused("note", _("Say what was compared, and why the question stands as it does."))
    now = Question.objects.select_for_update().get(pk=question.pk)
    flags = list(QuestionFlag.objects.open().filter(question=now, pk__lte=seen).order_by("pk"))
    if not flags:
        raise Refused("decided", _("Somebody has decided this meanwhile. Look at the list again."))
    if verdict == FlagVerdict.CORRECTED and flags[-1].wording_id == now.live_version_id:
        raise Refused(
            "verdict",
            _("The question still reads as it did. Publish its new wording in the bank first."),
        )
    QuestionFlag.objects.filter(pk__in=[flag.pk for flag in flags]).update(
        verdict=FlagVerdict(verdict), note=note.strip(), decided_by=by, decided_at=at
    )
    record(
        action="courses.flags_decided", at=at, actor=by, obj=now, reason=note.strip()[:500],
        detail={"verdict": verdict, "flags": [flag.pk for flag in flags]},
    )  # fmt: skip
    if verdict == FlagVerdict.WITHDRAWN:
        retire_question(question_id=now.pk, by=by, at=at)
        _tell_editors(now, at)
    return len(flags)


def _tell_editors(question: Question, at: datetime) -> None:
    """A withdrawn quick check stays in published lessons until somebody takes it out."""
    titles = [lesson.title for lesson in lessons_asking(question)]
    if not titles:
        return
    words = _("Question %(code)s was withdrawn; published lessons still ask it")
    for person in people_with_role(EDITOR):
        notify(
            person=person, event="courses.check_withdrawn", at=at, body="、".join(titles),
            title=words % {"code": question.code}, url=reverse("wagtailadmin_home"),
            key=f"courses.check_withdrawn:{question.pk}:{at.isoformat()}",
        )  # fmt: skip
