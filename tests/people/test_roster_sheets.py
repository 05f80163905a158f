"""Files with more in them than one plain sheet: several, hidden, merged."""

from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from kit.refusing import Refused
from people.choices import ImportState
from people.models import RosterImport, User
from people.services import check_batch, check_roster, choose_sheet, start_writing, upload_roster
from people.services.roster.words import NAMED, remarks_of
from tests.factories.people import UserFactory
from tests.people.roster import id_number, workbook
from tests.refusals import refused

pytestmark = pytest.mark.django_db
PEOPLE = [
    {"name": "王小明", "id_number": id_number("36990119900307001")},
    {"name": "李大海", "id_number": id_number("36990119910307001")},
    {"name": "张小燕", "id_number": id_number("36990119920307001")},
]


def changed(change, *rows):
    """A roster file spoiled by `change(book, sheet)`."""
    book = openpyxl.load_workbook(workbook(*(rows or PEOPLE)))
    change(book, book.active)
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


def two_rosters(book, sheet):
    sheet.title = "一月"
    book.copy_worksheet(sheet).title = "二月"
    book["二月"].delete_rows(3, 9)


@pytest.fixture
def hr():
    return UserFactory(roles=["hr"])


@pytest.fixture
def batch(hr, at):
    """A file with two rosters, looked at once."""
    made = upload_roster(
        file=SimpleUploadedFile("两月.xlsx", changed(two_rosters).read()), by=hr, at=at
    )
    check_batch(batch_id=made.pk, at=at)
    made.refresh_from_db()
    return made


def test_hidden_rows_sheets_and_merged_cells_are_counted_and_named(at):
    def change(book, sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[90].hidden = True
        sheet.merge_cells("B8:C8")
        book.create_sheet("说明")
        book.create_sheet("旧").sheet_state = "hidden"

    found = check_roster(file=changed(change), name="a.xlsx", at=at)

    assert (found.rows, found.remarks["hidden_rows"]) == (3, [3])
    assert remarks_of(found.remarks) == [
        "未读取的工作表：说明。",
        "未读取的隐藏工作表：旧。",
        "有 1 个隐藏行也已读取，行号：3。",
        "合并单元格：B8:C8。只有左上角的格子有值。",
    ]


def test_a_plain_file_needs_no_remark(at):
    assert remarks_of(check_roster(file=workbook(*PEOPLE), name="a.xlsx", at=at).remarks) == []


def test_long_lists_are_cut_with_a_mark():
    told = remarks_of({"hidden_rows": list(range(2, 200))})[0]

    assert "198" in told
    assert told.count("、") == NAMED - 1
    assert "…" in told


def test_the_one_sheet_with_people_is_found_wherever_it_stands(at):
    def change(book, sheet):
        book.create_sheet("封面", 0).append(["某公司"])

    found = check_roster(file=changed(change), name="a.xlsx", at=at)

    assert (found.rows, found.remarks["other_sheets"]) == (3, ["封面"])


def test_two_sheets_with_people_are_asked_about_and_none_is_taken(at):
    with pytest.raises(Refused, match="一月、二月") as caught:
        check_roster(file=changed(two_rosters), name="a.xlsx", at=at)

    assert caught.value.code == "sheet_unclear"
    assert check_roster(file=changed(two_rosters), name="a.xlsx", at=at, sheet="二月").rows == 1


def test_a_sheet_that_is_not_there_is_refused(at):
    refused(
        "file_refused", check_roster,
        file=changed(two_rosters), name="a.xlsx", at=at, sheet="三月",
    )  # fmt: skip


def test_a_file_without_a_job_waits_for_the_choice_too(batch, at):
    RosterImport.objects.update(state=ImportState.UPLOADED, job=None)

    check_batch(batch_id=batch.pk, at=at)

    batch.refresh_from_db()
    assert (batch.state, batch.job) == (ImportState.CHOOSING, None)


def test_a_file_waits_for_the_choice_and_is_then_checked(batch, hr, at):
    assert (batch.state, batch.sheets, batch.job.state) == ("choosing", ["一月", "二月"], "done")

    choose_sheet(batch_id=batch.pk, sheet="二月", by=hr, at=at)
    check_batch(batch_id=batch.pk, at=at)

    batch.refresh_from_db()
    assert (batch.state, batch.sheet, batch.row_count) == ("checked", "二月", 1)


def test_another_sheet_may_be_chosen_until_it_is_written(batch, hr, at):
    for sheet in ("二月", "一月"):
        choose_sheet(batch_id=batch.pk, sheet=sheet, by=hr, at=at)
        check_batch(batch_id=batch.pk, at=at)
    start_writing(batch_id=batch.pk, by=hr, at=at)

    refused("import_not_ready", choose_sheet, batch_id=batch.pk, sheet="二月", by=hr, at=at)
    batch.refresh_from_db()
    assert (batch.sheet, batch.row_count) == ("一月", 3)


def test_a_choice_that_cannot_be_is_refused(batch, at):
    keeper, other = UserFactory(roles=["hr"]), UserFactory(roles=["trainer"])

    refused("sheet_unknown", choose_sheet, batch_id=batch.pk, sheet="旧", by=keeper, at=at)
    refused("people_not_allowed", choose_sheet, batch_id=batch.pk, sheet="一月", by=other, at=at)
    refused("import_not_ready", start_writing, batch_id=batch.pk, by=keeper, at=at)


def test_the_page_asks_and_takes_the_answer(client, batch, hr, at):
    client.force_login(hr)
    page = reverse("people:roster_detail", args=[batch.pk])

    asked = client.get(page).content.decode()
    wrong = client.post(reverse("people:roster_sheet", args=[batch.pk]), follow=True)
    client.post(reverse("people:roster_sheet", args=[batch.pk]), {"sheet": "二月"})
    check_batch(batch_id=batch.pk, at=at)
    done = client.get(page).content.decode()

    assert ('value="一月"' in asked, 'value="二月"' in asked) == (True, True)
    assert "没有这张工作表" in wrong.content.decode()
    assert "未读取的工作表：一月。" in done
    assert 'value="一月"' in done


def test_the_command_names_the_sheets_and_reads_the_one_named(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(changed(two_rosters).read())
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="一月"):
        call_command("import_roster", str(path))
    call_command("import_roster", str(path), "--sheet", "二月", stdout=out, stderr=err)

    assert User.objects.get().name == "王小明"
    assert "一月" in err.getvalue()
