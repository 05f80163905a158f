"""The trainee's start page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kit.hours import class_hours_text, missing_hours_text
from lms.portal import nav
from lms.portal.needs import Road, day_text, road_to_certificate, time_text
from lms.portal.queries.learner import Due, courses_due, current_enrolment, due, study
from lms.portal.ring import segments
from people import roles
from people.permissions import role_required


@require_safe
@role_required(roles.TRAINEE)
def learner_home(request: HttpRequest) -> HttpResponse:
    """What to do next, what is due, what is missing for the certificate."""
    at = timezone.now()
    going_on, courses = study(request.user)
    enrolment = current_enrolment(request.user)
    road = road_to_certificate(enrolment, at) if enrolment else None
    todo = due(request.user, at)
    if road and enrolment and not road.gate.hours_met:
        todo += courses_due(enrolment, courses, road.gate, at)
    context = {
        "greeting": greeting(timezone.localtime(at).hour),
        "class_line": class_line(road, timezone.localdate(at)),
        "going_on": going_on,
        "courses": courses,
        **due_block(todo, at),
        "road": road,
        "hours": hours(road),
    }
    return render(request, "portal/learner_home.html", context)


def greeting(hour: int) -> str:
    """A greeting by the hour on the wall clock."""
    if hour < 5 or hour >= 18:
        return _("good evening")
    return _("good morning") if hour < 12 else _("good afternoon")


def class_line(road: Road | None, today: Any) -> str:
    """The class and where it stands in time."""
    if road is None:
        return ""
    training_class = road.enrolment.training_class
    days = (training_class.opens_on - today).days
    if days > 0:
        opens = ngettext(
            "opens on %(day)s, in %(days)s day", "opens on %(day)s, in %(days)s days", days
        )
        when = opens % {"day": day_text(training_class.opens_on), "days": days}
    else:
        when = _("%(first)s to %(last)s") % {
            "first": day_text(training_class.opens_on), "last": day_text(training_class.closes_on),
        }  # fmt: skip
    return f"{training_class.name} · {when}"


def due_block(todo: list[Due], at: Any) -> dict[str, Any]:
    """What is due: overdue first, then by the deadline, with the counts in words."""
    rows = [due_row(each, at) for each in sorted(todo, key=lambda each: each.due_at)]
    return {
        "due": rows,
        "late": sum(row["state"] == "late" for row in rows),
        "soon": sum(row["state"] == "soon" for row in rows),
    }


def due_row(each: Due, at: Any) -> dict[str, Any]:
    """One line of the list of what is due, in words."""
    state = each.state(at)
    days = (timezone.localdate(each.due_at) - timezone.localdate(at)).days
    left = ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    words = {"late": _("Overdue"), "soon": _("Today") if days == 0 else left, "later": left}
    names = {"task": "exams:task_detail", "exam": "exams:exam_lobby"}
    actions = {"task": _("Open the task"), "exam": _("To the exam"), "course": _("To the course")}
    why = _("until %(time)s") % {"time": time_text(each.due_at)}
    if each.kind == "course":
        why = _("%(hours)s class hours by %(day)s, so that they are there before the exam") % {
            "day": day_text(timezone.localdate(each.due_at)),
            "hours": missing_hours_text(each.seconds),
        }  # fmt: skip
        url = nav.link("learning:course_detail", slug=each.slug)
    else:
        url = nav.link(names[each.kind], pk=each.pk)
    if each.opens_at and not each.is_open(at):
        why = _("from %(start)s until %(end)s") % {
            "start": time_text(each.opens_at), "end": time_text(each.due_at),
        }  # fmt: skip
    return {
        "title": each.title,
        "state": state,
        "word": words[state],
        "why": why,
        "url": url,
        "action": actions[each.kind],
    }


def hours(road: Road | None) -> dict[str, Any] | None:
    """The hours ring and its words."""
    if road is None:
        return None
    gate = road.gate
    return {
        "segments": segments(gate.online_seconds, gate.required_online_seconds),
        "got": class_hours_text(gate.online_seconds),
        "need": class_hours_text(gate.required_online_seconds).removesuffix(".0"),
        "left": missing_hours_text(gate.missing_seconds),
        "met": gate.hours_met,
    }
