"""The sections that both files share: the check, the plan, the courses, the timetable."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.rules.completeness import SECTIONS, Gap
from reports.services.packs import wording
from reports.services.packs.sheet import NONE, Cell, Column, Link, Section, Table, cells, facts
from training.choices import ClassState, EvidenceItem

Content = Mapping[str, Any]
Gaps = Mapping[str, list[Gap]]
Person = Mapping[str, Any]
WEIGHED = ("theory", "practical", "process")


def titles() -> dict[str, str]:
    """What each section is called, in the reader's language."""
    return {
        "check": _("Is the file complete?"),
        "programme": _("Programme and plan"),
        "courses": _("Online courses"),
        "timetable": _("Timetable and teaching"),
        "roster": _("Trainees"),
        "attendance": _("Attendance"),
        "online": _("Online study"),
        "theory": _("Theory exam"),
        "practical": _("Practical tasks"),
        "process": _("Process marks"),
        "assessment": _("Weighted result and approval"),
        "certificates": _("Certificates"),
        "money": _("Fee, waiver and subsidy"),
    }


def words(gaps: Gaps, section: str) -> list[str]:
    """The gaps of a section in words."""
    return [wording.gap_text(gap) for gap in gaps[section]]


def check_section(content: Content, gaps: Gaps, *, with_money: bool) -> Section:
    """Every section with what it lacks, before anything else."""
    names = titles()
    rows = [
        cells(names[key], " ".join(words(gaps, key)) or pgettext("file", "complete"))
        for key in SECTIONS
        if with_money or key != "money"
    ]
    columns = [Column(_("Section"), 26), Column(_("State"), 74)]
    return Section("check", names["check"], tables=[Table(names["check"], columns, rows)])


def plan_sections(content: Content, gaps: Gaps, link: Link) -> list[Section]:
    """The plan, the courses and the timetable, the same in both files."""
    return [
        _programme(content, gaps, link),
        _courses(content, gaps, link),
        _timetable(content, gaps, link),
    ]


def name_cell(person: Person, link: Link) -> Cell:
    """Name and number, leading to the person's own file."""
    return Cell(f"{person['name']} {person['number']}", link(f"pack:{person['id']}"))


def _programme(content: Content, gaps: Gaps, link: Link) -> Section:
    """The class, what it demands, how it is weighed, who taught it and who moved it on."""
    group, programme = content["class"], content["programme"]
    return Section(
        "programme",
        titles()["programme"],
        facts(
            (_("Class"), Cell(f"{group['code']} {group['name']}", link(group["ref"]))),
            (_("State"), ClassState(group["state"]).label),
            (_("Programme"), Cell(programme["title"], link(programme["ref"]))),
            (_("Training body"), programme["issuer"]),
            (_("Days"), f"{group['opens_on']} – {group['closes_on']}"),
            (_("Trainers"), "、".join(group["trainers"])),
            (_("Trainees"), f"{group['enrolled']} / {group['capacity']}"),
            (_("Online class hours required"), wording.hours(group["required_online_seconds"])),
            (_("Attendance required"), f"{group['required_attendance_percent']}%"),
            (_("Theory exam"), programme["exam"]),
            (_("Exam time"), _span(group["exam_opens_at"], group["exam_closes_at"])),
            (_("Practical tasks"), "；".join(programme["tasks"])),
            (_("Weights and lines"), _scheme(programme["scheme"])),
        ),
        [_activities(programme["activities"]), _steps(content["steps"])],
        words(gaps, "programme"),
    )


def _span(start: str, end: str) -> str:
    return f"{wording.moment(start)} – {end[11:16]}"


def _scheme(scheme: Mapping[str, Any]) -> str:
    if not scheme:
        return ""
    names = titles() | {"process": _("Process"), "practical": _("Practical"), "theory": _("Theory")}
    weights = " + ".join(f"{names[part]} {scheme['weights'][part]}%" for part in WEIGHED)
    lines = " / ".join(str(line) for line in scheme["floors"].values())
    title, version = scheme["title"], scheme["version"]
    return f"{title} v{version}：{weights}；" + _("lines %(lines)s") % {"lines": lines}


def _activities(rows: list[dict[str, str]]) -> Table:
    columns = [
        Column(_("Activity"), 10), Column(_("Item"), 16), Column(_("Title"), 40),
        Column(_("Points"), 10, True), Column(_("Evidence"), 24),
    ]  # fmt: skip
    body = [
        cells(
            row["code"], EvidenceItem(row["item"]).label, row["title"],
            wording.score(row["points"]), row["evidence"],
        )
        for row in rows
    ]  # fmt: skip
    return Table(_("Scored activities"), columns, body)


def _steps(rows: list[dict[str, str]]) -> Table:
    names = {
        "created": _("Class made"),
        "filed": _("Class filed"),
        "open": _("Class opened"),
        "finished": _("Class finished"),
        "closed": _("Class closed"),
    }
    columns = [Column(_("Step"), 30), Column(_("By"), 40), Column(_("Time"), 30)]
    body = [
        cells(names.get(row["step"], row["step"]), row["by"], wording.moment(row["at"]))
        for row in rows
    ]
    return Table(_("What became of the class"), columns, body)


def _courses(content: Content, gaps: Gaps, link: Link) -> Section:
    """The courses whose study counts."""
    columns = [
        Column(_("Course"), 32),
        Column(_("Version"), 8, True),
        Column(_("Digest"), 26),
        Column(_("Lessons"), 14, True),
        Column(_("Planned class hours"), 20, True),
    ]
    rows = [
        cells(
            Cell(row["title"], link(row["ref"])),
            row["version"],
            row["digest"][:16],
            row["lessons"],
            wording.hours(row["seconds"]),
        )
        for row in content["courses"]
    ]
    title = titles()["courses"]
    return Section("courses", title, tables=[Table(title, columns, rows)],
                   gaps=words(gaps, "courses"))  # fmt: skip


def _timetable(content: Content, gaps: Gaps, link: Link) -> Section:
    """Every session, who kept its sheet, and how many were there."""
    columns = [
        Column(_("Session"), 6), Column(_("Time"), 26), Column(_("Title"), 22),
        Column(_("Method, room"), 16), Column(_("Class hours"), 8, True),
        Column(_("Sheet kept by"), 15), Column(_("Present / others"), 7, True),
    ]  # fmt: skip
    rows = [
        cells(
            Cell(f"{one['day']}-{one['number']}", link(one["ref"])),
            _span(one["starts_at"], one["ends_at"]),
            one["title"],
            " · ".join(text for text in (one["mode"], one["room"]) if text),
            wording.hours(one["seconds"]),
            "、".join(one["kept_by"]) or (_("no sheet") if one["ended"] else NONE),
            _present(one["states"]),
        )
        for one in content["sessions"]
    ]
    title = titles()["timetable"]
    return Section("timetable", title, tables=[Table(title, columns, rows)],
                   gaps=words(gaps, "timetable"))  # fmt: skip


def _present(states: Mapping[str, int]) -> str:
    there = sum(states.get(state, 0) for state in ("present", "late", "made_up"))
    return f"{there} / {sum(states.values()) - there}" if states else ""
