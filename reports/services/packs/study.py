"""The section on online study: for a class a row a person, for a person down to the lesson."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.services.packs import wording
from reports.services.packs.plan import Content, Gaps, Person, name_cell, titles, words
from reports.services.packs.sheet import Cell, Column, Link, Section, Table, cells, facts
from training.choices import AnomalyKind, Verdict


def class_study(content: Content, people: Sequence[Person], gaps: Gaps, link: Link) -> Section:
    """What counts for everybody, and what was found in their records of study."""
    needed = content["class"]["required_online_seconds"]
    split = all("working_hours" in person for person in people)
    columns = [
        Column(_("Name"), 28), Column(_("Online class hours"), 12, True),
        Column(_("Seconds"), 12, True), Column(_("Required"), 12, True), Column(_("Met"), 10),
        *([Column(_("In working hours"), 13, True), Column(_("Outside them"), 13, True)]
          if split else ()),
    ]  # fmt: skip
    rows = [
        cells(
            name_cell(person, link), wording.hours(person["online_seconds"]),
            Cell(str(person["online_seconds"]), link(f"training.hours:{person['person_id']}")),
            wording.hours(needed), _("yes") if person["hours_met"] else _("no"),
            *((person["working_hours"]["online_inside"], person["working_hours"]["online_outside"])
              if split else ()),
        )
        for person in people
    ]  # fmt: skip
    title = titles()["online"]
    inspected = [person for person in people if person.get("findings") is not None]
    tables = [Table(title, columns, rows)]
    if inspected:
        tables.append(findings_table(inspected, link))
    return Section("online", title, tables=tables, gaps=words(gaps, "online"),
                   note=_("The file of each person lists the lessons."))  # fmt: skip


def hours_page(person: Person, link: Link) -> Cell:
    """Where the hours of a person open down to the second; on paper the address in words."""
    address = reverse("training:person_hours", args=[person["person_id"]])
    return Cell(f"{settings.PUBLIC_URL}{address}", link(f"training.hours:{person['person_id']}"))


def findings_table(people: Sequence[Person], link: Link) -> Table:
    """What was found in records of study, with every verdict: who, when, why."""
    columns = [
        Column(_("Name"), 15), Column(pgettext("finding", "Day"), 10), Column(_("Finding"), 19),
        Column(_("Seconds"), 8, True), Column(_("Verdict"), 11), Column(_("Reason"), 15),
        Column(_("By"), 11), Column(_("Time"), 11),
    ]  # fmt: skip
    rows = [
        cells(
            f"{person['name']} {person['number']}", one["day"],
            Cell(str(AnomalyKind(one["kind"]).label), link(one["ref"])), one["seconds"], *told,
        )
        for person in people
        for one in person["findings"]
        for told in _verdicts(one["verdicts"])
    ]  # fmt: skip
    return Table(_("Findings in the record of study"), columns, rows)


def _verdicts(rows: Sequence[Mapping[str, str]]) -> list[list[str]]:
    if not rows:
        return [[_("not judged yet"), "", "", ""]]
    return [
        [str(Verdict(row["verdict"]).label), row["reason"], row["by"], wording.moment(row["at"])]
        for row in rows
    ]


def person_study(content: Content, person: Person, gaps: Gaps, link: Link) -> Section:
    """The lessons of one person, the findings, and every check as it was answered."""
    columns = [
        Column(_("Lesson"), 25), Column(_("Planned seconds"), 9, True),
        Column(_("Credited"), 8, True), Column(_("In working hours"), 9, True),
        Column(_("Outside them"), 9, True), Column(_("Counted"), 8, True),
        Column(_("Checks right"), 8, True), Column(_("Hand-ins"), 7, True),
        Column(_("Last studied"), 17),
    ]  # fmt: skip
    rows = [
        cells(
            one["title"], one["planned"], one["credited"], one["inside"], one["outside"],
            one["counted"], f"{one['checks_right']}/{one['checks']}", one["hand_ins"],
            wording.moment(one["last_at"]),
        )
        for one in person["lessons"]
    ]  # fmt: skip
    title, needed = titles()["online"], content["class"]["required_online_seconds"]
    got, split = person["online_seconds"], person["working_hours"]
    found = person.get("findings")
    return Section(
        "online",
        title,
        facts(
            (_("Online class hours"), f"{wording.hours(got)} / {wording.hours(needed)}"),
            (_("Seconds"), f"{got} / {needed}"),
            (_("Online, credited"), _in_and_out(split["online_inside"], split["online_outside"])),
            (_("In class, attended"), _in_and_out(split["class_inside"], split["class_outside"])),
            (_("Hours down to the second"), hours_page(person, link)),
        ),
        [
            Table(title, columns, rows),
            *([] if found is None else [findings_table([person], link)]),
            _answers(person["answers"]),
        ],
        words(gaps, "online"),
        note=_("A lesson never counts more seconds than it plans. One class hour is 45 minutes."),
    )


def _in_and_out(inside: int, outside: int) -> str:
    return _("%(inside)s s in working hours, %(outside)s s outside") % {
        "inside": inside, "outside": outside,
    }  # fmt: skip


def _answers(rows: list[dict[str, Any]]) -> Table:
    """Every check in the words in which it was answered."""
    columns = [
        Column(_("Lesson"), 20), Column(_("Version"), 7, True), Column(_("Question"), 29),
        Column(_("Chosen"), 20), Column(_("Right"), 7), Column(_("Time"), 17),
    ]  # fmt: skip
    body = [
        cells(one["title"], one["version"], one["stem"], one["chosen"],
              _("yes") if one["correct"] else _("no"), wording.moment(one["at"]))
        for one in rows
    ]  # fmt: skip
    return Table(_("Checks as they were answered"), columns, body)
