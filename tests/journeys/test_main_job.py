"""The main job from an empty installation to the exported reports, in a real browser.

Nothing is prepared but what no trainee or HR officer does on screen: the catalogue, the bank, a
programme that asks for twenty seconds of study, and the second trainee's nineteen seconds.
"""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from pypdf import PdfReader

from tests.journeys import steps

pytestmark = pytest.mark.journey
FIRST, SECOND = "JX00001", "JX00002"
OWN_PASSWORD = "qing-he-te-chan-2026"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def text_of(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))


def rows_of(content):
    rows = list(
        openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    )
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def export(hr, kind):
    page = hr.page
    page.goto("/hr/reports/")
    page.check(f"input[name=kind][value={kind}]")
    page.check("input[name=format][value=xlsx]")
    page.locator("form[action$='/export/'] button.btn-primary").click()
    page.wait_for_url(re.compile("/jobs/"))
    link = hr.reload_until("main a[href$='/file/']")
    return rows_of(hr.fetch(link.get_attribute("href")))


def claim_subsidy(trainee, staff, paper):
    """Step 9: begin, add papers, hand in; check, approve, pay; form and roster."""
    page = trainee.page
    page.goto("/me/claims/")
    page.locator("form[action*='/me/claims/make/'] button").first.click()
    page.wait_for_url(re.compile(r"/me/claims/\d+/$"))
    address = page.url
    for kind in ("receipt", "contract"):
        page.select_option("select[name=kind]", kind)
        page.set_input_files("input[name=file]", str(paper))
        page.locator("form[enctype] button").click()
        page.wait_for_load_state()
    trainee.press("/submit/")
    trainee.press("/form/")
    for role, step in (("checker", "check"), ("approver", "approve")):
        staff[role].page.goto(address)
        staff[role].page.click(f"button[name=step][value={step}]")
        staff[role].page.wait_for_load_state()
    staff["payer"].page.goto(address)
    staff["payer"].page.fill("input[name=reference]", "ICBC-2026-0001")
    staff["payer"].page.click("button[name=step][value=pay]")
    staff["payer"].page.wait_for_load_state()
    page.goto(address)
    return trainee.reload_until("a[href*='/me/claims/dossiers/']").get_attribute("href")


def file_batch(hr):
    hr.page.goto("/hr/claims/")
    hr.press("/hr/claims/batches/")
    return hr.reload_until("a[href*='/me/claims/dossiers/']").get_attribute("href")


def pay_fee(finance, number):
    page = finance.page
    page.goto(f"/hr/finance/?q={number}")
    page.locator("table a").first.click()
    page.fill("input[name=amount]", "3,600.00")
    page.fill("input[name=receipt_number]", "036000000017")
    page.locator("form[novalidate] button.btn-primary").click()
    page.wait_for_load_state()


def test_roster_to_reports(installation, person, tmp_path):
    installation.run(steps.PREPARE)
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    work = tmp_path / "工作表.csv"
    work.write_text("SKU,问题\nWY01,主图不是800×800\n", encoding="utf-8-sig")
    paper = tmp_path / "收据.pdf"
    paper.write_bytes(PDF)
    hr = person().sign_in("HR001")

    steps.import_roster(hr, steps.ROOT / "demo" / "roster_2026Q4.xlsx")
    code = steps.print_slip(hr, FIRST)
    trainee = person(width=390, height=844)
    steps.activate(trainee, code, OWN_PASSWORD)
    class_id = steps.open_class(
        hr,
        code="JOURNEY-01",
        opens_on=(now - timedelta(days=8)).strftime("%Y-%m-%d"),
        exam_from=(now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        exam_to=(now + timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M"),
        numbers=[FIRST, SECOND],
    )
    finance = person().sign_in("FI001")
    pay_fee(finance, FIRST)
    trainer = person().sign_in("TR001")
    steps.keep_the_class(trainer, class_id)
    steps.study(trainee)
    installation.run(steps.STUDY_19_SECONDS.format(number=SECOND))

    desk = person()
    desk.sign_in(FIRST, OWN_PASSWORD)
    assert steps.sit_the_exam(desk) == 35

    short = installation.run(
        "from exams.models import Admission;"
        "print(list(Admission.objects.filter(withdrawn_at=None).values_list('person__number')))"
    )
    assert FIRST in short
    assert SECOND not in short
    grader = person().sign_in("GR001")
    assert steps.mark_written_answers(grader) == 2
    steps.hand_in_practical(trainee, work)
    steps.grade_practical(grader)
    officer, approver = person().sign_in("OF001"), person().sign_in("AP001")
    name = installation.run(
        f"from people.models import User;print(User.objects.get(number={FIRST!r}).name, end='')"
    )
    steps.approve_result(officer, approver, name)

    trainee.page.goto("/me/certificates/")
    file = trainee.reload_until("a[href^='/certificates/']").get_attribute("href")
    verify = trainee.page.locator("a[href^='/verify/']").first.get_attribute("href")
    certificate = text_of(trainee.fetch(file))
    number = re.search(r"DEMO-\d{4}-YY-\d{6}[0-9A-Z]", certificate)[0]
    assert plain_name(name) in certificate
    assert "培训合格证书" in certificate
    anonymous = person()
    anonymous.page.goto(verify)
    assert number in anonymous.page.inner_text("main")
    assert name not in anonymous.page.inner_text("main")
    anonymous.page.goto("/verify/0000000000000000000000000A/")
    assert number not in anonymous.page.inner_text("main")

    staff = {"checker": hr, "approver": approver, "payer": finance}
    form = text_of(trainee.fetch(claim_subsidy(trainee, staff, paper)))
    assert "2,880.00" in form
    assert "人民币贰仟捌佰捌拾元整" in form
    roster = text_of(hr.fetch(file_batch(hr)))
    assert "2,880.00" in roster
    assert number in roster

    done = {row["工号"]: row for row in export(hr, "completion")}
    assert done[FIRST]["证书编号"] == number
    assert done[FIRST]["总评成绩"] >= 60
    assert done[SECOND]["证书编号"] is None
    (claimed,) = export(hr, "subsidies")
    assert (claimed["申领金额（元）"], claimed["状态"]) == (2880, "已拨付")
    hr.page.goto("/hr/dashboard/")
    assert hr.page.locator(".kpi").count() == 5
    for somebody in (hr, trainee, trainer, finance, desk, grader, officer, approver, anonymous):
        assert somebody.problems == []


def plain_name(name):
    return re.sub(r"\s+", "", name)


def test_backup_wipe_restore_and_the_certificate_still_verifies(installation, person, tmp_path):
    code = installation.run(
        "from certificates.models import Certificate;print(Certificate.objects.get().code, end='')"
    )
    archive = tmp_path / "backup.tar.gz"
    import subprocess
    import sys

    def tool(action, data):
        done = subprocess.run(
            [sys.executable, "-m", "lms.backup", action, str(archive), "--data", str(data)],
            cwd=steps.ROOT, env=installation.environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    tool("backup", installation.data)
    assert installation.stop() == 0
    for path in sorted(installation.data.rglob("*"), reverse=True):
        path.unlink() if not path.is_dir() else path.rmdir()
    tool("restore", installation.data)
    installation.start()

    visitor = person()
    visitor.page.goto(f"/verify/{code}/")

    assert "有效" in visitor.page.inner_text("main")
