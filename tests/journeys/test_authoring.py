"""Two people make a lesson out of a Word file, and a learner reads it; an article is pasted."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys import looks
from tests.kit.documents.files import word_file
from tests.kit.documents.test_pasted import ARTICLE, WORD

pytestmark = pytest.mark.journey
expect.set_options(timeout=20_000)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PREPARE = """
import json
from django.utils import timezone
from courses.models import ModulePage
from demo.loaders import courses, people
from django.conf import settings
from learning.services import grant_courses
from people import roles, services as people_services
from people.models import User

at = timezone.now()
people_services.sync_roles()
people.load_organisations()
people.load_staff(at)
if not ModulePage.objects.exists():
    courses.load(at)
module = ModulePage.objects.live().order_by("path").first()
course = module.get_parent().specific
learner = User.objects.create_user("LN001", name="学员", password=settings.DEMO_PASSWORD)
roles.grant(learner, roles.TRAINEE)
people.give_demo_password()
grant_courses(person=learner, courses=[course], source="journey", at=at)
print(json.dumps({"module": module.pk, "course": course.slug}))
"""
PASTE = """
([html, text]) => {
  const held = new DataTransfer();
  held.setData("text/html", html);
  held.setData("text/plain", text);
  const box = document.querySelector("[data-paste-box]");
  box.focus();
  box.dispatchEvent(new ClipboardEvent(
    "paste", { clipboardData: held, bubbles: true, cancelable: true }));
}
"""


@pytest.fixture(scope="module")
def places(installation):
    return json.loads(installation.run(PREPARE).strip().splitlines()[-1])


def open_editor(person, lesson):
    """The editor of a lesson, once its parts stand."""
    person.page.goto(f"/admin/pages/{lesson}/edit/")
    expect(person.page.locator("[id^=panel-child][id$='-body-section']")).to_be_visible()


def choose(person, button):
    """Press a button of the editor's footer, from its menu when it is there."""
    found = person.page.locator("footer").locator(button)
    if not found.first.is_visible():
        person.page.locator("footer [data-w-dropdown-target=toggle]").click()
    found.first.click()


def submit(person):
    choose(person, "button[name=action-submit]")


def decide(person, label, comment=""):
    """Approve or send back; with a comment, in the window that asks for it."""
    choose(person, f"button[data-workflow-action-url]:text-is('{label}')")
    if comment:
        person.page.fill(".modal textarea[name=comment]", comment)
        person.page.locator(".modal form button[type=submit]").click()


def told(person, words):
    expect(person.page.locator(".messages")).to_contain_text(words)


def import_word(author, module):
    """From the file to the draft; its number."""
    page = author.page
    page.goto("/admin/lesson_imports/")
    file = {"name": "投产比.docx", "mimeType": DOCX, "buffer": word_file()}
    page.set_input_files("input[name=file]", file)
    page.select_option("select[name=module]", str(module))
    page.click("main form button:text-is('先看一看')")
    expect(page.locator("main")).to_contain_text("曝光")
    page.fill("input[name=source]", "公司自有资料")
    page.select_option("select[name=licence]", "own")
    page.click("main form button:text-is('生成草稿')")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    return re.search(r"/pages/(\d+)/", page.url)[1]


def describe_picture(author):
    """What the picture shows, for those who do not see it."""
    author.page.goto("/admin/mediafile/")
    author.page.locator("main table a[href*='/mediafile/edit/']").first.click()
    author.page.fill("[name=alt_text]", "投产比的公式")
    author.page.click("main form [type=submit]")
    told(author, "更新")


def hand_in(author, lesson):
    """Refused while the picture is not described; then it waits."""
    submit(author)
    expect(author.page.locator("main")).to_contain_text("还缺说明")
    describe_picture(author)
    open_editor(author, lesson)
    author.page.fill("#id_title", "投产比怎么算")
    submit(author)
    told(author, "投产比怎么算")


def send_back(reviewer, lesson):
    """With a comment; what the reviewer types into the locked editor is not kept."""
    reviewer.page.goto("/admin/")
    expect(reviewer.page.locator("main")).to_contain_text("投产比怎么算")
    open_editor(reviewer, lesson)
    assert reviewer.page.locator("form[data-controller*=w-autosave]").count() == 0
    assert reviewer.page.locator("footer button.action-save").count() == 0
    reviewer.page.fill("#id_title", "审核人顺手改的题")
    decide(reviewer, "请求修改", "第二步没有说分母是什么")
    reviewer.page.wait_for_url("**/admin/")
    told(reviewer, "退回")


def hand_in_again(author, lesson):
    """The author reads the comment and words it anew."""
    open_editor(author, lesson)
    expect(author.page.locator("#id_title")).to_have_value("投产比怎么算")
    expect(author.page.locator("body")).to_contain_text("第二步没有说分母是什么")
    author.page.fill("#id_title", "投产比怎么算：先看分母")
    submit(author)
    told(author, "先看分母")


def approve(reviewer, lesson):
    open_editor(reviewer, lesson)
    preview = reviewer.fetch(f"/admin/pages/{lesson}/view_draft/").decode()
    assert "先看分母" in preview
    decide(reviewer, "批准")
    reviewer.page.wait_for_url("**/admin/")
    told(reviewer, "已批准")


def test_two_people_make_a_lesson_of_a_word_file(places, person):
    author, reviewer, learner = (person() for _ in range(3))
    author.sign_in("ED001")
    reviewer.sign_in("RV001")
    learner.sign_in("LN001")
    lesson = import_word(author, places["module"])

    hand_in(author, lesson)
    send_back(reviewer, lesson)
    hand_in_again(author, lesson)
    learner.page.goto(f"/learn/lessons/{lesson}/")
    assert "先看分母" not in learner.page.content()
    approve(reviewer, lesson)

    learner.page.goto(f"/learn/lessons/{lesson}/")
    expect(learner.page.locator("h1")).to_contain_text("投产比怎么算：先看分母")
    expect(learner.page.locator("main")).to_contain_text("打开后台")
    for each in (author, reviewer, learner):
        assert each.problems == []


@pytest.mark.parametrize(
    ("html", "kept", "left_out"),
    [(ARTICLE, "备货", "mmbiz.qpic.cn"), (WORD, "先看毛利", "")],
    ids=["official account", "word"],
)
def test_an_article_is_pasted(places, person, html, kept, left_out):
    author = person().sign_in("ED001")
    page, asked = author.page, []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/admin/lesson_paste/")

    page.evaluate(PASTE, [html, "粘贴的文字"])
    expect(page.locator("[data-paste-told]")).to_contain_text("已连同格式取入")
    expect(page.locator("[data-paste-box]")).to_have_value("粘贴的文字")
    page.select_option("select[name=module]", str(places["module"]))
    page.click("main form button[type=submit]")
    expect(page.locator("main")).to_contain_text(kept)
    expect(page.locator("main")).to_contain_text(left_out)
    assert page.locator("main script, main iframe, main [onclick], main img").count() == 0
    page.fill("input[name=title]", f"粘贴：{kept}")
    page.click("main form button:text-is('生成草稿')")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    draft = author.fetch(page.url.replace("/edit/", "/view_draft/")).decode()

    assert kept in draft
    assert not re.search(r"mso-|onclick|alert\(1\)|qpic|javascript:", draft)
    assert [url for url in asked if not url.startswith((author.base, "data:", "blob:"))] == []
    assert author.problems == []


SCREENS = (
    "/admin/lesson_imports/", "/admin/lesson_paste/", "/admin/mediafile/",
    "/admin/mediafile/new/", "/admin/advertisingword/", "/admin/advertisingword/new/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_screens_of_authors_break_no_rule(places, person, language):
    author = person().sign_in("ED001")
    author.context.add_cookies([{"name": "django_language", "value": language, "url": author.base}])

    found = []
    for url in SCREENS:
        author.page.goto(url)
        lines = looks.look_in_admin(author.page, "main")
        found += [f"{url} {line}" for line in lines]

    assert found == []
