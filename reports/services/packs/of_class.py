"""The file of a class (一班一档): one row a person in every section."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certificates.choices import CertificateState
from exams.choices import AssessmentState
from kit.money import format_yuan
from reports.rules.completeness import gaps_by_section
from reports.services.packs import wording
from reports.services.packs.plan import (
    Content,
    Gaps,
    Person,
    check_section,
    name_cell,
    plan_sections,
    titles,
    words,
)
from reports.services.packs.sheet import Cell, Column, Link, Section, Table, cells
from reports.services.packs.study import class_study
from subsidies.choices import ClaimState

SESSIONS_ACROSS = 24


def class_sections(
    content: Content, *, link: Link, people: Sequence[Person] | None = None
) -> list[Section]:
    """All sections; `people` are those of one page, while the check is always of everybody."""
    gaps = gaps_by_section(content)
    shown = list(content["people"] if people is None else people)
    with_money = all("money" in person for person in content["people"])
    sections = [
        check_section(content, gaps, with_money=with_money),
        *plan_sections(content, gaps, link),
        _roster(shown, gaps, link),
        _attendance(content, shown, gaps, link),
        class_study(content, shown, gaps, link),
        _results(content, shown, gaps, link),
        _approvals(shown, gaps, link),
        _certificates(shown, gaps, link),
    ]
    return [*sections, _money(shown, gaps, link)] if with_money else sections


def _roster(people: Sequence[Person], gaps: Gaps, link: Link) -> Section:
    columns = [
        Column(_("Name"), 16), Column(_("ID number (masked)"), 18), Column(_("Unit"), 22),
        Column(_("Post"), 12), Column(_("Category"), 10), Column(pgettext("time", "Enrolled"), 14),
        Column(_("State"), 8),
    ]  # fmt: skip
    rows = [
        cells(
            name_cell(person, link), person["id_masked"], person["unit"], person["post"],
            wording.category(person["category"]), person["enrolled_at"][:10],
            wording.place_state(person["state"]),
        )
        for person in people
    ]  # fmt: skip
    title = titles()["roster"]
    return Section("roster", title, tables=[Table(title, columns, rows)],
                   gaps=words(gaps, "roster"))  # fmt: skip


def _attendance(content: Content, people: Sequence[Person], gaps: Gaps, link: Link) -> Section:
    sessions = content["sessions"]
    tables = [
        _matrix(sessions[start : start + SESSIONS_ACROSS], people, link)
        for start in range(0, len(sessions), SESSIONS_ACROSS)
    ]
    legend = "　".join(
        f"{wording.attendance_mark(state)} {wording.attendance_state(state)}"
        for state in ("present", "late", "absent", "leave", "made_up", None)
    )
    share = wording.late_share_text(content["people"])
    return Section(
        "attendance",
        titles()["attendance"],
        tables=[*tables, corrections_table(content, people)],
        gaps=words(gaps, "attendance"),
        note=legend + "　" + _("Entered later: %(share)s") % {"share": share},
        is_wide=True,
    )


def _matrix(sessions: list[dict[str, Any]], people: Sequence[Person], link: Link) -> Table:
    share = 70 // max(len(sessions), 12)
    heads = [Column(f"{one['day']}-{one['number']}", share) for one in sessions]
    columns = [Column(_("Name"), 18), *heads, Column(_("Attended"), 8, True)]
    rows = []
    for person in people:
        states = {entry["session"]: entry["state"] for entry in person["attendance"]}
        marks = [wording.attendance_mark(states.get(one["id"])) for one in sessions]
        total = f"{person['sessions_attended']}/{person['sessions_ended']}"
        rows.append(cells(name_cell(person, link), *marks, total))
    return Table(_("Attendance sheet"), columns, rows)


def corrections_table(content: Content, people: Sequence[Person]) -> Table:
    """Entries that replaced an earlier one, made-up sessions among them: who, when and why."""
    at = {one["id"]: f"{one['day']}-{one['number']}" for one in content["sessions"]}
    columns = [
        Column(_("Name"), 18), Column(_("Session"), 8), Column(_("From"), 10),
        Column(_("To"), 10), Column(_("By"), 18), Column(_("Time"), 16), Column(_("Reason"), 20),
    ]  # fmt: skip
    rows = [
        cells(
            f"{person['name']} {person['number']}", at.get(row["session"]),
            wording.attendance_state(row["from"]), wording.attendance_state(row["to"]), row["by"],
            wording.moment(row["at"]), row["reason"],
        )
        for person in people
        for row in person["corrections"] or ()
    ]  # fmt: skip
    return Table(_("Entries made later or corrected"), columns, rows)


def _results(content: Content, people: Sequence[Person], gaps: Gaps, link: Link) -> Section:
    lines = content["programme"]["scheme"].get("floors", {})
    columns = [
        Column(_("Name"), 26), Column(_("Theory"), 12, True), Column(_("Practical"), 12, True),
        Column(_("Process"), 12, True), Column(_("Overall score"), 14, True),
        Column(_("Process points"), 14, True), Column(_("Result"), 10),
    ]  # fmt: skip
    rows = []
    for person in people:
        whole = person["assessment"] or {}
        parts = [wording.score(whole.get(part, ""), lines.get(part)) for part in PARTS]
        process = person["process"]
        points = f"{process['points']} / {process['max']}" if process["points"] else ""
        name = Cell(f"{person['name']} {person['number']}", link(whole.get("ref", "")))
        rows.append(cells(name, *parts, points, wording.place_state(person["state"])))
    wanted = ("theory", "practical", "process")
    told = [text for section in wanted for text in words(gaps, section)]
    table = Table(_("Scores"), columns, rows)
    return Section("results", _("Exam, practical and process"), tables=[table], gaps=told)


PARTS = ("theory", "practical", "process", "total")


def _approvals(people: Sequence[Person], gaps: Gaps, link: Link) -> Section:
    columns = [
        Column(_("Name"), 18), Column(_("State"), 10), Column(_("Submitted by"), 18),
        Column(_("Time"), 18), Column(_("Approved by"), 18), Column(_("Time"), 18),
    ]  # fmt: skip
    rows = [
        cells(
            Cell(f"{person['name']} {person['number']}", link(whole["ref"])),
            AssessmentState(whole["state"]).label, whole["submitted_by"],
            wording.moment(whole["submitted_at"]), whole["approved_by"],
            wording.moment(whole["approved_at"]),
        )
        for person in people
        if (whole := person["assessment"])
    ]  # fmt: skip
    title = titles()["assessment"]
    return Section("assessment", title, tables=[Table(title, columns, rows)],
                   gaps=words(gaps, "assessment"))  # fmt: skip


def _certificates(people: Sequence[Person], gaps: Gaps, link: Link) -> Section:
    columns = [
        Column(_("Name"), 24), Column(_("Certificate number"), 34), Column(_("State"), 12),
        Column(_("Issued on"), 15), Column(_("Valid until"), 15),
    ]  # fmt: skip
    rows = [
        cells(
            f"{person['name']} {person['number']}", Cell(one["number"], link(one["ref"])),
            CertificateState(one["state"]).label, one["issued_on"], one["expires_on"],
        )
        for person in people
        for one in person["certificates"]
    ]  # fmt: skip
    title = titles()["certificates"]
    return Section("certificates", title, tables=[Table(title, columns, rows)],
                   gaps=words(gaps, "certificates"))  # fmt: skip


def _money(people: Sequence[Person], gaps: Gaps, link: Link) -> Section:
    columns = [
        Column(_("Name"), 18), Column(_("List price"), 11, True), Column(_("Waiver"), 11, True),
        Column(pgettext("money", "Due"), 11, True), Column(_("Paid"), 11, True),
        Column(_("Claim"), 20), Column(_("Amount"), 9, True), Column(_("State"), 9),
    ]  # fmt: skip
    rows = []
    for person in people:
        fee, claims = person["money"]["fee"], person["money"]["claims"]
        name = Cell(f"{person['name']} {person['number']}", link(fee["ref"] if fee else ""))
        keys = ("list_fen", "waiver_fen", "due_fen", "paid_fen")
        amounts = [format_yuan(fee[key]) if fee else "" for key in keys]
        last = claims[-1] if claims else None
        claim = [
            Cell(last["number"], link(last["ref"])), format_yuan(last["amount_fen"]),
            ClaimState(last["state"]).label,
        ] if last else ["", "", ""]  # fmt: skip
        rows.append(cells(name, *amounts, *claim))
    title = titles()["money"]
    return Section("money", title, tables=[Table(title, columns, rows)], gaps=words(gaps, "money"),
                   note=_("Amounts in yuan."))  # fmt: skip
