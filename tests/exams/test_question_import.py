import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditRow
from exams.formats import gift
from exams.formats.bank_export import WRITERS
from exams.models import Question, Topic
from exams.services import ExamError
from exams.services.question_export import export_questions
from exams.services.question_import import Wishes, import_questions
from tests.factories.exams import QuestionFactory, TopicFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
GOOD = "// [id:P-1]\n::Q1:: 哪一项对？{=甲 ~乙}\n\n::Q2:: 对吗？{T}\n\n::Q2:: 对吗？{T}\n"
MIXED = GOOD + "\n::Q3:: 坏{=甲\n\n::Q4:: 半分{=甲 =%50%乙}\n"


def load(text, at, by=None, **wishes):
    outcome = gift.read(text.encode())
    return import_questions(outcome=outcome, wishes=Wishes("b", **wishes), by=by, at=at)


def states(done):
    return [taken.state for taken in done.questions]


def test_questions_come_as_drafts_once(at):
    author = UserFactory(roles=["author"])
    first = load(GOOD, at, by=author)
    rows = AuditRow.objects.count()
    second = load(GOOD, at, by=author)

    assert (states(first), states(second)) == (["created"] * 3, ["unchanged"] * 3)
    assert AuditRow.objects.count() == rows
    assert {q.state for q in Question.objects.all()} == {"draft"}
    assert Question.objects.get(code="P-1").topic == Topic.objects.get(slug="b")
    assert (first.written, second.written, Question.objects.count()) == (True, True, 3)


def test_a_changed_file_changes_the_draft_and_keeps_what_it_does_not_say(at):
    load(GOOD, at, mark=Decimal(2))
    Question.objects.update(difficulty=3, competency="定价", mark=Decimal(4))

    done = load(GOOD.replace("{=甲 ~乙}", "{~甲 =乙}"), at)

    question = Question.objects.get(code="P-1")
    assert states(done) == ["changed", "unchanged", "unchanged"]
    assert (question.key, question.difficulty, question.competency, question.mark) == (
        {"right": 1}, 3, "定价", 4,
    )  # fmt: skip


def test_an_unfinished_draft_is_finished_by_the_file(at):
    load(GOOD, at)
    Question.objects.filter(code="P-1").update(content={})

    done = load(GOOD, at)

    assert states(done)[0] == "changed"
    assert Question.objects.get(code="P-1").content == {"options": ["甲", "乙"]}


def test_one_fault_and_nothing_is_written_unless_asked(at):
    refused = load(MIXED, at)
    before = (Question.objects.count(), Topic.objects.count(), AuditRow.objects.count())
    dry = load(GOOD, at, dry_run=True)
    dry_count = Question.objects.count()
    some = load(MIXED, at, partial=True, publish=True)

    assert [(f.item, f.line) for f in refused.errors] == [("Q3", 8), ("Q4", 10)]
    assert (before, refused.written) == ((0, 0, 0), False)
    assert (states(dry), dry.written, dry_count) == (["created"] * 3, False, 0)
    assert (states(some)[-1], some.written, some.count("created")) == ("refused", True, 3)
    assert Question.objects.drawable().count() == 3


def test_nothing_readable_writes_nothing(at):
    assert load("::Q3:: 坏{=甲", at, partial=True).written is False
    assert Topic.objects.count() == 0


def test_an_id_number_twice_or_of_another_topic_is_refused(at):
    QuestionFactory(code="P-1", topic=TopicFactory(slug="other"))

    taken = load(GOOD, at)
    twice = load("// [id:N]\n1{T}\n\n// [id:N]\n2{T}", at)

    assert [str(f.reason) for f in taken.errors] == [
        "the code P-1 is a question of the topic other"
    ]
    assert [(f.line, str(f.reason)) for f in twice.errors] == [
        (5, "the id number N stands at line 2 already")
    ]


def test_a_published_question_stays_in_its_pool(at):
    load("::Q:: ?{T}", at, publish=True)

    done = load("::Q:: ?{T}", at, pool="practice")

    assert (states(done), done.written) == (["refused"], False)
    assert "不能换库" in str(done.errors[0].reason)


@pytest.mark.parametrize(
    ("wishes", "code"),
    [({"pool": "both"}, "bank"), ({"bank": "a b"}, "bank"), ({"bank": ""}, "bank")],
)  # fmt: skip
def test_wishes_that_cannot_be_are_refused(wishes, code, at):
    with pytest.raises(ExamError) as error:
        import_questions(
            outcome=gift.read(b"?{T}"), wishes=Wishes(**{"bank": "b", **wishes}), by=None, at=at
        )

    assert error.value.code == code


def test_only_authors_import_and_export(at):
    trainer = UserFactory(roles=["trainer"])

    for call in (
        lambda: load(GOOD, at, by=trainer),
        lambda: export_questions(bank="b", format_name="gift", pool="exam", by=trainer, at=at),
    ):
        with pytest.raises(ExamError) as error:
            call()
        assert error.value.code == "forbidden"


def test_the_command_prints_questions_categories_and_errors(tmp_path, capsys):
    path = tmp_path / "q.txt"
    path.write_text("$CATEGORY: $course$/top/甲/乙\n\n" + MIXED)

    with pytest.raises(CommandError, match="没有写入"):
        call_command("import_questions", str(path), "--format=gift", "--bank=b", "--json")

    told = json.loads(capsys.readouterr().out)
    assert [(q["name"], q["type"], q["max_mark"]) for q in told["questions"]] == [
        ("Q1", "multichoice", 1), ("Q2", "truefalse", 1), ("Q2", "truefalse", 1),
        ("Q4", "shortanswer", 1),
    ]  # fmt: skip
    assert [(c["name"], c["parent"]) for c in told["categories"]] == [("甲", "top"), ("乙", "甲")]
    assert [(e["item"], e["line"]) for e in told["errors"]] == [("Q3", 10), ("Q4", 12)]
    assert "没有闭合" in told["errors"][0]["reason"]
    assert Question.objects.count() == 0


def test_the_command_tells_in_words(tmp_path, capsys):
    path = tmp_path / "q.xml"
    path.write_text(
        '<quiz><question type="essay"><questiontext><text>?</text></questiontext>'
        "<defaultgrade>2.5</defaultgrade><hint><text>h</text></hint></question></quiz>"
    )
    argv = ["import_questions", str(path), "--format=moodle-xml"]

    call_command(*argv, "--dry-run")
    call_command(*argv, "--bank=b", "--pool=exam", "--mark=2")
    call_command(*argv, "--bank=b", "--json")
    printed = capsys.readouterr()

    assert "新增 1" in printed.out
    assert '"max_mark": 2.5' in printed.out
    assert "未带入" in printed.err
    for wrong in ([*argv], ["import_questions", "missing", "--format=gift", "--bank=b"]):
        with pytest.raises(CommandError):
            call_command(*wrong)
    path.write_text("<quiz>")
    with pytest.raises(CommandError):
        call_command(*argv, "--bank=b")
    assert "1\t\t" in capsys.readouterr().err


@pytest.mark.parametrize("format_name", ["gift", "moodle-xml", "aiken"])
def test_an_export_comes_back_without_a_change(format_name, tmp_path, at):
    topic = TopicFactory(slug="b", name="定/价")
    kinds = [kind for kind in WRITERS if format_name == "moodle-xml" or kind in {"single"}]
    for kind in kinds:
        mark = {"short": 8, "case": 16}.get(kind, 2)
        QuestionFactory(code=f"Q-{kind}", type=kind, topic=topic, mark=mark, explanation="因为")
    QuestionFactory(topic=topic, state="retired")
    path = tmp_path / "out"
    before = list(Question.objects.values())

    call_command("export_questions", f"--format={format_name}", "--bank=b", f"--output={path}")
    if format_name != "aiken":
        argv = [str(path), f"--format={format_name}", "--bank=b"]
        call_command("import_questions", *argv)

    assert list(Question.objects.values()) == before
    assert AuditRow.objects.filter(action="exams.questions_exported").count() == 1
    assert AuditRow.objects.filter(action="exams.question_saved").count() == 0


def test_an_export_names_what_it_leaves_out(tmp_path, capsys):
    topic = TopicFactory(slug="b")
    for kind in ("numeric", "true_false"):
        QuestionFactory(code=kind, type=kind, topic=topic)
    QuestionFactory(
        code="fill", type="fill", topic=topic, content={"blanks": 2},
        key={"accepted": [["a"], ["b"]]},
    )  # fmt: skip
    argv = ["export_questions", "--format=gift", "--bank=b"]

    call_command(*argv)
    printed = capsys.readouterr()
    call_command(*argv, f"--output={tmp_path / 'x'}", "--json")
    counted = json.loads(capsys.readouterr().out)

    assert "TRUE" in printed.out
    assert [line.split("\t")[0] for line in printed.err.splitlines()] == ["fill", "numeric"]
    assert (counted["questions"], len(counted["errors"])) == (1, 2)
    with pytest.raises(CommandError):
        call_command("export_questions", "--format=gift", "--bank=none")
