"""Making the catalogue and filling it from a course tree file. Loading twice changes nothing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from audit.services import record
from courses.models import CatalogPage, CoursePage, LessonPage, LessonPost, ModulePage
from courses.models.lesson import HOUR_STREAMS
from courses.permissions import grant_editing
from courses.queries import catalog
from courses.rules.hours import claims_too_much, honest_parts, honest_seconds
from courses.services.freezing import frozen_once
from courses.services.lesson_content import FIELDS, KINDS, LEVELS, outlined, written
from courses.services.practice import About, pool_checks
from courses.services.reviewing import require_review
from kit.hours import CLASS_HOUR_SECONDS
from kit.refusing import Refused
from people.roles import EDITOR

STREAMS = ("goals", "body", "worked_example", "drill", "case", "checks")


@dataclass
class Loaded:
    """How many pages a load saw and wrote."""

    courses: int = 0
    modules: int = 0
    lessons: int = 0
    written: int = 0


def ensure_catalog() -> CatalogPage:
    """The one catalogue, made under the root when there is none."""
    found = catalog()
    if found is not None:
        require_review(top=found)
        return found
    root = Page.objects.filter(depth=1).first()
    if root is None:
        raise Refused("no_root", _("Wagtail's root page is missing: run migrate first."))
    made: CatalogPage = root.add_child(
        instance=CatalogPage(title=_("Course catalogue"), slug="catalogue")
    )
    grant_editing(Group.objects.get_or_create(name=EDITOR)[0])
    require_review(top=made)
    return made


def load_tree(
    *, tree: Mapping[str, Any], lessons: Mapping[str, Mapping[str, Any]], at: datetime
) -> Loaded:
    """Publish a course tree; `lessons` holds what is written in full, by lesson slug.

    A page that is already what the file says is left alone, so editors' other pages and the
    history stay as they are.
    """
    done = Loaded()
    with transaction.atomic():
        top = ensure_catalog()
        try:
            with frozen_once(at=at):
                for node in tree["courses"]:
                    _load_course(top, node, lessons, done, at)
        except KeyError as error:
            raise Refused(
                "missing_key", _("The course tree lacks the key %(key)s.") % {"key": error}
            ) from error
        if done.written:
            record(
                action="courses.tree_loaded",
                at=at,
                obj=top,
                detail={"lessons": done.lessons, "written": done.written},
            )
    return done


def _load_course(
    top: CatalogPage,
    node: Mapping[str, Any],
    lessons: Mapping[str, Any],
    done: Loaded,
    at: datetime,
) -> None:
    fields = {
        "title": node["title"],
        "intro": node["intro"],
        "kind": KINDS[node["kind"]],
        # The shipped courses are called after their fields; others name theirs, or have none.
        "field": FIELDS.get(node.get("field", node["title"]), ""),
    }
    course = _put(CoursePage, top, node["slug"], fields, done)
    done.courses += 1
    for child in node["modules"]:
        module = _put(ModulePage, course, child["slug"], {"title": child["title"]}, done)
        done.modules += 1
        for leaf in child["lessons"]:
            _load_lesson(module, leaf, lessons.get(leaf["slug"]), done, field=node["title"], at=at)


def _load_lesson(
    module: ModulePage,
    node: Mapping[str, Any],
    full: Mapping[str, Any] | None,
    done: Loaded,
    *,
    field: str,
    at: datetime,
) -> None:
    slug = node["slug"]
    if full:
        about = About(slug, node["title"], field, LEVELS[node["level"]])
        questions = pool_checks(about=about, checks=full["checks"], at=at)
        content = written(slug, dict(full), questions)
    else:
        content = outlined(slug, dict(node))
    planned = round(node["class_hours"] * CLASS_HOUR_SECONDS)
    parts = honest_parts(**{name: content[name] for name in HOUR_STREAMS})
    if claims_too_much(planned_seconds=planned, parts=parts):
        if full:
            raise _too_long(slug, planned, honest_seconds(parts))
        planned = max(1, honest_seconds(parts))  # an outline claims what its facts take to read
    fields = {
        "title": node["title"],
        "planned_seconds": planned,
        "level": LEVELS[node["level"]],
        **{
            name: json.dumps(value) if name in STREAMS else value for name, value in content.items()
        },
    }
    _put(LessonPage, module, slug, fields, done, posts=node["posts"])
    done.lessons += 1


def _too_long(slug: str, planned: int, honest: int) -> Refused:
    return Refused(
        "hours",
        _("Lesson %(slug)s plans %(planned)d seconds, but its parts take %(honest)d.")
        % {"slug": slug, "planned": planned, "honest": honest},
    )


def _put(
    model: Any,
    parent: Page,
    slug: str,
    fields: dict[str, Any],
    done: Loaded,
    posts: Iterable[str] = (),
) -> Any:
    """Add or update one published page; a page that already says this is not written."""
    page = model.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        page = parent.add_child(instance=model(slug=slug, **fields))
    else:
        before = _stored(page)
        for name, value in fields.items():
            setattr(page, name, value)
        if page.live and _stored(page) == before and _posts(page) == set(posts):
            return page
    if posts:
        # Before the revision: what a revision lacks, the next publishing would take away.
        page.posts.set(posts)
    page.save_revision().publish()
    done.written += 1
    return model.objects.get(pk=page.pk)


def _posts(page: Page) -> set[str]:
    rows = LessonPost.objects.filter(content_object_id=page.pk)
    return set(rows.values_list("tag__name", flat=True))


def _stored(page: Page) -> dict[str, Any]:
    """What the page would store, for comparing before and after."""
    return {
        f.name: f.get_prep_value(f.value_from_object(page))
        for f in page._meta.concrete_fields
        if f.model is type(page)
    } | {"title": page.title}
