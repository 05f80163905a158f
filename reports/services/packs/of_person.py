"""The file of one person in one class (一人一档), every figure down to its rows."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from certificates.choices import CertificateState, RevocationGround
from exams.choices import AssessmentState, AttemptState
from kit.money import format_yuan
from reports.rules.completeness import gaps_by_section
from reports.services.packs import wording
from reports.services.packs.of_class import PARTS, corrections_table
from reports.services.packs.plan import (
    Content,
    Gaps,
    Person,
    check_section,
    plan_sections,
    titles,
    words,
)
from reports.services.packs.sheet import Cell, Column, Link, Section, Table, cells, facts
from reports.services.packs.study import person_study
from subsidies.choices import ClaimState, WaiverState
from training.choices import EvidenceItem


def person_sections(content: Content, *, link: Link) -> list[Section]:
    """All sections; the one on money is left out where the record holds none."""
    gaps, person = gaps_by_section(content), content["person"]
    with_money = "money" in person
    sections = [
        check_section(content, gaps, with_money=with_money),
        _who(person, gaps, link),
        *plan_sections(content, gaps, link),
        _attendance(content, person, gaps, link),
        person_study(content, person, gaps, link),
        _theory(content, person, gaps, link),
        _practical(person, gaps, link),
        _process(person, gaps),
        _assessment(content, person, gaps, link),
        _certificates(person, gaps, link),
    ]
    return [*sections, _money(person, gaps, link)] if with_money else sections


def _who(person: Person, gaps: Gaps, link: Link) -> Section:
    return Section(
        "roster",
        _("About the person"),
        facts(
            (_("Name"), Cell(person["name"], link(f"people.user:{person['person_id']}"))),
            (_("Number"), person["number"]),
            (_("ID number (masked)"), person["id_masked"]),
            (_("Unit"), person["unit"]),
            (_("Post"), person["post"]),
            (_("Category"), wording.category(person["category"])),
            (
                pgettext("time", "Enrolled"),
                f"{wording.moment(person['enrolled_at'])} {person['enrolled_by']}",
            ),
            (_("State"), wording.place_state(person["state"])),
            (_("Result on"), wording.moment(person["completed_at"])),
        ),
        gaps=words(gaps, "roster"),
    )


def _attendance(content: Content, person: Person, gaps: Gaps, link: Link) -> Section:
    entries = {entry["session"]: entry for entry in person["attendance"]}
    columns = [
        Column(_("Session"), 8), Column(_("Time"), 18), Column(_("Title"), 27),
        Column(_("Attendance"), 10), Column(_("Recorded by"), 19), Column(_("Recorded at"), 18),
    ]  # fmt: skip
    rows = []
    for one in content["sessions"]:
        entry = entries.get(one["id"], {})
        rows.append(
            cells(
                Cell(f"{one['day']}-{one['number']}", link(one["ref"])),
                wording.moment(one["starts_at"]),
                one["title"], wording.attendance_state(entry.get("state")), entry.get("by"),
                wording.moment(entry.get("at", "")),
            )
        )  # fmt: skip
    ended, attended = person["sessions_ended"], person["sessions_attended"]
    title = titles()["attendance"]
    return Section(
        "attendance",
        title,
        facts(
            (_("Attended"), f"{attended} / {ended}"),
            (_("Entered later"), wording.late_share_text([person])),
        ),
        [Table(title, columns, rows), corrections_table(content, [person])],
        words(gaps, "attendance"),
    )


def _theory(content: Content, person: Person, gaps: Gaps, link: Link) -> Section:
    theory = person["theory"]
    line = content["programme"]["scheme"].get("floors", {}).get("theory")
    tickets = [
        cells(one["number"], wording.moment(one["granted_at"]), wording.moment(one["withdrawn_at"]),
              one["withdrawn_reason"])
        for one in theory["tickets"]
    ]  # fmt: skip
    attempts = [_attempt(one, line, link) for one in theory["attempts"]]
    return Section(
        "theory",
        titles()["theory"],
        tables=[
            Table(
                _("Exam tickets"),
                [
                    Column(_("Ticket"), 28), Column(_("Granted"), 22),
                    Column(_("Withdrawn"), 22), Column(_("Reason"), 28),
                ],
                tickets,
            ),
            Table(
                _("Attempts"),
                [
                    Column(_("Attempt"), 12), Column(pgettext("exam", "Begun"), 22),
                    Column(_("Handed in"), 22), Column(_("How"), 14),
                    Column(_("State"), 15), Column(_("Score"), 15, True),
                ],
                attempts,
            ),
        ],
        gaps=words(gaps, "theory"),
    )  # fmt: skip


def _attempt(one: Mapping[str, Any], line: str | None, link: Link) -> list[Cell]:
    return cells(
        Cell(str(one["number"]), link(one["ref"])), wording.moment(one["started_at"]),
        wording.moment(one["submitted_at"]),
        _("by the clock") if one["by_clock"] else _("by hand"),
        AttemptState(one["state"]).label, wording.score(one["score"], line),
    )  # fmt: skip


def _practical(person: Person, gaps: Gaps, link: Link) -> Section:
    columns = [
        Column(_("Task"), 40), Column(_("Version"), 10, True), Column(_("Due by"), 18),
        Column(_("Handed in"), 18), Column(_("Score"), 14, True),
    ]  # fmt: skip
    rows = [
        cells(
            Cell(f"{task['code']} {task['title']}", link(task["ref"])), task["version"],
            wording.moment(task["due_at"]), wording.moment(task["handed_in_at"]),
            wording.score(task["score"]),
        )
        for task in person["practical"]
    ]  # fmt: skip
    title = titles()["practical"]
    markings = [
        _rubric(task, marking) for task in person["practical"] for marking in task["markings"]
    ]
    return Section(
        "practical", title, tables=[Table(title, columns, rows), *markings],
        gaps=words(gaps, "practical"),
    )  # fmt: skip


def _rubric(task: Mapping[str, Any], marking: Mapping[str, Any]) -> Table:
    marker = marking["marker"] or _("Marker %(number)s") % {"number": marking["position"]}
    rows = [
        cells(line["criterion"], line["level"],
              f"{wording.score(line['points'])} / {wording.score(line['max'])}",
              line["comment"])
        for line in marking["lines"]
    ]  # fmt: skip
    rows.append(
        cells(_("Sum"), "", f"{wording.score(marking['points'])} / 100.00", marking["comment"])
    )
    columns = [
        Column(_("Criterion"), 34), Column(_("Level"), 14), Column(_("Points"), 18, True),
        Column(_("Comment"), 34),
    ]  # fmt: skip
    caption = f"{task['code']} · {marker} · {wording.moment(marking['final_at'])}"
    return Table(caption, columns, rows)


def _process(person: Person, gaps: Gaps) -> Section:
    columns = [
        Column(_("Activity"), 9), Column(_("Item"), 13), Column(_("Level"), 9),
        Column(_("Points"), 13, True), Column(_("Grounds"), 17), Column(_("Given by"), 14),
        Column(_("Time"), 18), Column(_("State"), 7),
    ]  # fmt: skip
    rows = [
        cells(
            one["code"], EvidenceItem(one["item"]).label, one["level"],
            f"{one['points']} / {one['max']}", one["note"], one["by"], wording.moment(one["at"]),
            _("replaced") if one["replaced_at"] else _("stands"),
        )
        for one in person["process"]["marks"]
    ]  # fmt: skip
    title = titles()["process"]
    return Section("process", title, tables=[Table(title, columns, rows)],
                   gaps=words(gaps, "process"))  # fmt: skip


def _assessment(content: Content, person: Person, gaps: Gaps, link: Link) -> Section:
    title, whole = titles()["assessment"], person["assessment"]
    if whole is None:
        return Section("assessment", title, gaps=words(gaps, "assessment"))
    lines = content["programme"]["scheme"].get("floors", {})
    names = dict(zip(PARTS, (_("Theory"), _("Practical"), _("Process"), _("Overall score")),
                     strict=True))  # fmt: skip
    told = [(names[part], wording.score(whole[part], lines.get(part))) for part in PARTS]
    return Section(
        "assessment",
        title,
        facts(
            *told,
            (_("Result"), Cell(wording.place_state(person["state"]), link(whole["ref"]))),
            (_("State"), AssessmentState(whole["state"]).label),
            (
                _("Submitted"),
                f"{whole['submitted_by']} {wording.moment(whole['submitted_at'])}".strip(),
            ),
            (
                _("Returned"),
                f"{wording.moment(whole['returned_at'])} {whole['return_reason']}".strip(),
            ),
            (
                _("Approved"),
                f"{whole['approved_by']} {wording.moment(whole['approved_at'])}".strip(),
            ),
            (_("Digest of what was approved"), whole["inputs_digest"]),
        ),
        [_reckoning(whole["explanation"], names)],
        words(gaps, "assessment"),
    )


def _reckoning(steps: list[dict[str, Any]], names: Mapping[str, str]) -> Table:
    """Every product of the weighted sums: value × weight = product."""
    known = {**names, "tasks": _("Practical tasks")} | {
        item.value: str(item.label) for item in EvidenceItem
    }
    columns = [
        Column(_("Part"), 25), Column(_("Item"), 25), Column(_("Value"), 16, True),
        Column(_("Weight"), 16, True), Column(_("Product"), 18, True),
    ]  # fmt: skip
    rows = [
        cells(
            known.get(step["part"], step["part"]), known.get(item["key"], item["key"]),
            wording.score(item["value"] or ""), f"{Fraction(item['weight'])}%",
            wording.score(item["product"] or ""),
        )
        for step in steps
        if step["kind"] == "sum"
        for item in step["items"]
    ]  # fmt: skip
    return Table(_("How the result was reckoned"), columns, rows)


def _certificates(person: Person, gaps: Gaps, link: Link) -> Section:
    columns = [
        Column(_("Certificate number"), 30), Column(_("State"), 12), Column(_("Issued on"), 14),
        Column(_("Valid until"), 14), Column(_("Revoked"), 30),
    ]  # fmt: skip
    rows = [
        cells(
            Cell(one["number"], link(one["ref"])), CertificateState(one["state"]).label,
            one["issued_on"], one["expires_on"], _revoked(one),
        )
        for one in person["certificates"]
    ]  # fmt: skip
    title = titles()["certificates"]
    return Section("certificates", title, tables=[Table(title, columns, rows)],
                   gaps=words(gaps, "certificates"))  # fmt: skip


def _revoked(one: Mapping[str, str]) -> str:
    if not one["revoked_for"]:
        return ""
    ground = RevocationGround(one["revoked_for"]).label
    return f"{wording.moment(one['revoked_at'])} {one['revoked_by']} {ground}"


def _money(person: Person, gaps: Gaps, link: Link) -> Section:
    money = person["money"]
    fee = money["fee"]
    told: tuple[tuple[str, Any], ...] = ()
    if fee:
        told = (
            (_("List price"), Cell(format_yuan(fee["list_fen"]), link(fee["ref"]))),
            (_("Waiver"), format_yuan(fee["waiver_fen"])),
            (pgettext("money", "Due"), format_yuan(fee["due_fen"])),
            (_("Paid"), format_yuan(fee["paid_fen"])),
        )
    return Section(
        "money",
        titles()["money"],
        facts(*told),
        [_waivers(money["waivers"]), _payments(money["payments"]), _claims(money["claims"], link)],
        words(gaps, "money"),
        note=_("Amounts in yuan."),
    )


def _waivers(rows: list[dict[str, Any]]) -> Table:
    columns = [
        Column(_("Policy"), 30), Column(_("Amount"), 14, True), Column(_("State"), 14),
        Column(_("Decided by"), 20), Column(_("Time"), 22),
    ]  # fmt: skip
    body = [
        cells(row["policy"], format_yuan(row["amount_fen"]), WaiverState(row["state"]).label,
              row["decided_by"], wording.moment(row["decided_at"]))
        for row in rows
    ]  # fmt: skip
    return Table(_("Waivers"), columns, body)


def _payments(rows: list[dict[str, Any]]) -> Table:
    columns = [
        Column(_("Receipt"), 30), Column(_("Paid on"), 20), Column(_("Amount"), 20, True),
        Column(_("Recorded by"), 30),
    ]  # fmt: skip
    body = [
        cells(row["receipt"], row["paid_on"], format_yuan(row["amount_fen"]), row["by"])
        for row in rows
    ]
    return Table(_("Payments"), columns, body)


def _claims(rows: list[dict[str, Any]], link: Link) -> Table:
    columns = [
        Column(_("Claim"), 23), Column(_("Policy"), 19), Column(_("Amount"), 11, True),
        Column(_("State"), 14), Column(_("By"), 15), Column(_("Time"), 18),
    ]  # fmt: skip
    body = [
        cells(
            Cell(row["number"], link(row["ref"])), row["policy"], format_yuan(row["amount_fen"]),
            ClaimState(event["state"]).label, event["by"], wording.moment(event["at"]),
        )
        for row in rows
        for event in row["events"]
    ]  # fmt: skip
    return Table(_("Subsidy claims"), columns, body)
