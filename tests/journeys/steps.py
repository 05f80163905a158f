"""The steps of the main job, each as one person does it on screen."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = [
    json.loads(line)
    for line in (ROOT / "demo" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]

PREPARE = """
from datetime import timedelta
from django.utils import timezone
from demo.loaders import assessment, certificates, courses, exams, people, subsidies, training
from exams.models import PracticalTask
from people import services as people_services
from training.models import Programme

at = timezone.now()
people_services.sync_roles()
people.load_organisations()
people.load_competencies()
people.load_staff(at)
people.give_demo_password()
courses.load(at)
exams.load(at)
assessment.load(at)
training.load_programmes(at)
programme = Programme.objects.get(code="YY")
programme.required_online_seconds = 20
programme.save()
programme.practical_tasks.set(PracticalTask.objects.filter(code="PT-01"))
certificates.load(at)
subsidies.load(at)
"""

STUDY_19_SECONDS = """
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.utils import timezone
from courses.models import LessonPage
from learning import services

person = get_user_model().objects.get(number={number!r})
lesson = LessonPage.objects.live().order_by("path").first()
at = timezone.now() - timedelta(minutes=5)
session = services.start_study(person=person, lesson=lesson, at=at)
when = at + timedelta(seconds=19)
services.report_study(session_id=session.pk, person=person, at=when)
"""


def plain(text):
    return re.sub(r"\s+", "", text)


def question_of(stem):
    """The bank's question that a section of the paper shows."""
    shown = plain(stem)
    for question in QUESTIONS:
        if shown.startswith(plain(question["stem"].partition("\n")[0].removeprefix("【材料】"))):
            return question
    raise AssertionError(f"not a question of the bank: {stem[:60]}")


def answer_question(section):
    """Answer one question as somebody who has studied; short and case get a text."""
    question = question_of(section.locator(".stem").first.inner_text())
    kind, key = question["type"], question["answer"]
    if kind in ("single", "multiple"):
        for place in [key] if kind == "single" else key:
            text = question["options"][place]
            section.locator("label.choice").filter(has_text=text).first.click()
    elif kind == "true_false":
        section.locator(f"input[value={'true' if key else 'false'}]").locator("..").click()
    elif kind == "numeric":
        section.locator("input.input").fill(str(key["value"]))
    elif kind == "fill":
        for place, accepted in enumerate(key):
            section.locator("input.input").nth(place).fill(accepted[0])
    elif kind == "matching":
        left, right = question["options"]
        for pair in section.locator(".pair").all():
            place = left.index(pair.locator("span").first.inner_text().strip())
            wanted = dict(key)[place]
            pair.locator("select").select_option(label=right[wanted])
    elif kind == "ordering":
        section.locator("label.tick").click()
    else:
        section.locator("textarea").fill("逐项核对，先看数据，再看规则，最后写明依据和改法。")


def import_roster(hr, path):
    """Step 1: upload, look at the trial run, write."""
    page = hr.page
    page.goto("/hr/people/import/")
    page.set_input_files("input[type=file]", str(path))
    page.click("form[enctype] button[type=submit]")
    hr.reload_until("form[action$='/write/']")
    hr.press("/write/")
    hr.reload_until("a[href$='/hr/people/slips/'].btn-primary")


def print_slip(hr, number):
    """The one-time code of one person, as it is printed."""
    page = hr.page
    page.goto(f"/hr/people/slips/?q={number}")
    page.locator("form[method=post] button.btn-primary").click()
    page.wait_for_selector(".slip-code")
    slip = page.locator(".slip").filter(has_text=number).first
    return slip.locator(".slip-code").inner_text().strip()


def activate(trainee, code, password):
    """First sign-in with the slip."""
    page = trainee.page
    page.goto("/activate/")
    page.fill("input[name=code]", code)
    page.click("form[action$='/activate/'] button[type=submit]")
    page.wait_for_selector("input[type=password]")
    for field in page.locator("input[type=password]").all():
        field.fill(password)
    page.click("form button.button-next")
    page.wait_for_url(lambda url: "/activate" not in url)


def open_class(hr, *, code, opens_on, exam_from, exam_to, numbers):
    """Step 2: make the class, open it, enrol people."""
    page = hr.page
    page.goto("/hr/classes/new/")
    option = page.locator("select[name=programme] option").filter(has_text="电商运营人员培训")
    page.select_option("select[name=programme]", value=option.first.get_attribute("value"))
    page.fill("input[name=code]", code)
    page.fill("input[name=name]", "全流程验收班")
    page.fill("input[name=opens_on]", opens_on)
    page.fill("input[name=capacity]", "30")
    page.locator("input[name=trainers]").first.check()
    page.fill("input[name=exam_opens_at]", exam_from)
    page.fill("input[name=exam_closes_at]", exam_to)
    page.locator("main form.panel button[type=submit]").click()
    page.wait_for_url(re.compile(r"/hr/classes/\d+/"))
    hr.press("/advance/open/")
    address = re.search(r"/hr/classes/(\d+)/", page.url)
    page.goto(f"/hr/classes/{address[1]}/enrol/")
    page.fill("textarea[name=numbers]", "\n".join(numbers))
    page.locator("form[method=post] button.btn-primary").click()
    page.wait_for_url(re.compile(r"/hr/classes/\d+/$"))
    return int(address[1])


def study(trainee):
    """Step 3: read a lesson until the hours are enough."""
    page = trainee.page
    page.goto("/learn/")
    page.locator("a.button-next").first.click()
    page.wait_for_selector("hour-bar")
    meter = page.locator("hour-bar progress")
    end = 45
    while end and float(meter.get_attribute("value") or 0) < 20:
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(1000)
        end -= 1
    page.goto("/learn/")


def keep_the_class(trainer, class_id):
    """Steps 3 and 6: attendance and process marks of every session, on its sheet."""
    page = trainer.page
    page.goto(f"/teach/classes/{class_id}/")
    links = page.locator(f"a[href*='/teach/classes/{class_id}/sessions/']").evaluate_all(
        "links => [...new Set(links.map(a => a.getAttribute('href').split('?')[0]))]"
    )
    assert links
    for link in links:
        page.goto(link)
        reason = page.locator("input[name=late_reason]")
        if reason.count():
            reason.fill("纸质签到表课后补录")
        press_named(page, "fill_attendance")
        for tab in page.locator("nav.tabs a").evaluate_all(
            "tabs => tabs.map(a => a.getAttribute('href'))"
        ) or [""]:
            page.goto(link + tab)
            press_named(page, "fill_level")
            if (
                page.locator("input.sheet-points").count()
                and not page.locator("[name=fill_level]").count()
            ):
                for points in page.locator("input.sheet-points").all():
                    points.fill("18")
                page.locator(".sheet-foot button.btn-primary").click()
                page.wait_for_load_state()


def press_named(page, name):
    button = page.locator(f"button[name={name}]")
    if button.count():
        button.first.click()
        page.wait_for_load_state()


def sit_the_exam(trainee):
    """Step 4: start, answer half, reload, find everything there, answer the rest, hand in."""
    page = trainee.page
    page.goto("/exam/")
    lobbies = page.locator("main a").evaluate_all(
        "links => links.map(a => a.getAttribute('href')).filter(h => /^.exam.[0-9]+.$/.test(h))"
    )
    page.goto(lobbies[0])
    page.locator("input[name=promise]").check()
    page.click("[data-start]")
    page.wait_for_url(re.compile(r"/room/$"))
    page.click("[data-view=all]")
    total = page.locator("section.question").count()
    for place in range(total // 2):
        answer_question(page.locator("section.question").nth(place))
    page.locator("[data-save-text]").filter(has_text="已保存").wait_for()
    page.wait_for_timeout(1500)
    before = page.locator(".exam-part [data-answered]").inner_text()
    page.reload()
    page.wait_for_selector("section.question", state="attached")
    assert page.locator(".exam-part [data-answered]").inner_text() == before
    page.click("[data-view=all]")
    for place in range(total // 2, total):
        answer_question(page.locator("section.question").nth(place))
    page.wait_for_timeout(6000)
    page.click("[data-ask-submit]")
    page.click("[data-submit-yes]")
    page.wait_for_url(re.compile(r"/exam/attempts/\d+/$"))
    return total


def mark_written_answers(grader):
    """Step 4, by hand: full points for what waits."""
    page = grader.page
    page.goto("/teach/marking/")
    marked = 0
    while page.locator("table a[href*='/teach/marking/']").count():
        page.locator("table a[href*='/teach/marking/']").first.click()
        page.wait_for_selector("points-desk")
        for point in page.locator("[data-point]").all():
            point.locator("button[data-part='1']").click()
        page.locator("points-desk .tally-acts .btn-primary").click()
        page.wait_for_load_state()
        marked += 1
        page.goto("/teach/marking/")
    return marked


def hand_in_practical(trainee, file):
    """Step 5: text and a file, checked, handed in."""
    page = trainee.page
    page.goto("/exam/tasks/")
    page.locator("main a[href*='/exam/tasks/']").first.click()
    page.fill("textarea[name=text]", "问题清单与定价见附件；先改标题，再调价。")
    page.set_input_files("input[name=files]", str(file))
    page.click("button[name=action][value=check]")
    page.wait_for_url(re.compile("/confirm/"))
    page.locator("form.form-acts button[type=submit]").click()
    page.wait_for_load_state()


def grade_practical(grader):
    """Step 5: the best level on every criterion but the first, which gets the second."""
    page = grader.page
    page.goto("/teach/practical/")
    page.locator("form[action$='/next/'] button").click()
    page.wait_for_selector("#marking")
    if page.locator("form#claim").count() and page.locator("button[form=claim]").count():
        page.locator("button[form=claim]").click()
        page.wait_for_load_state()
    for place, criterion in enumerate(page.locator("#marking [data-crit]").all()):
        criterion.locator(".crit-head").click()
        criterion.locator("label.level").nth(1 if place == 0 else 0).click()
    page.locator("#marking button[value=finish]").click()
    page.wait_for_load_state()


def approve_result(officer, approver, name):
    """Step 7: the officer submits, the approver approves."""
    for who, action in ((officer, "/submit/"), (approver, "/approve/")):
        who.page.goto("/results/")
        who.page.locator("main a[href^='/results/']").filter(has_text=name).first.click()
        who.press(action)
