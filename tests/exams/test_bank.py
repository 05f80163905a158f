import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from exams.choices import QuestionPool
from exams.formats.bank_jsonl import POOLS, BankFileError, TopicName, read_bank
from exams.models import Exam, FrozenRowError, Question, QuestionVersion, Topic
from exams.services import ExamError, publish_exam, publish_question, retire_question, save_draft
from exams.services.bank import Draft
from exams.services.bank_import import import_bank
from exams.services.exams import ExamDraft, schedule_sitting
from tests.factories.exams import ExamFactory, QuestionFactory, QuestionVersionFactory, TopicFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).parents[2] / "demo"


def draft(**changes):
    values = {
        "code": "Q-1", "topic": TopicFactory(slug="t"), "type": "single", "stem": "几？",
        "content": {"options": ["一", "二"]}, "key": {"right": 0}, "mark": Decimal(2),
    }  # fmt: skip
    return Draft(**{**values, **changes})


@pytest.fixture
def author():
    return UserFactory(roles=["author"])


def test_saving_again_without_a_change_leaves_no_trace(author, at):
    first = draft()

    save_draft(draft=first, by=author, at=at)
    save_draft(draft=first, by=author, at=at)

    assert AuditRow.objects.filter(action="exams.question_saved").count() == 1


def test_publishing_freezes_a_version(author, at):
    question = QuestionFactory()

    version = publish_question(question_id=question.pk, by=author, at=at)

    question.refresh_from_db()
    assert (question.state, question.live_version, version.number) == ("published", version, 1)
    with pytest.raises(FrozenRowError):
        version.save()


def test_publishing_the_same_makes_no_version(author, at):
    question = QuestionFactory(mark="2")

    first = publish_question(question_id=question.pk, by=author, at=at)
    Question.objects.filter(pk=question.pk).update(mark="2.00")
    second = publish_question(question_id=question.pk, by=author, at=at)

    assert first == second


def test_publishing_a_change_keeps_the_old_version(author, at):
    question = QuestionFactory()
    publish_question(question_id=question.pk, by=author, at=at)
    Question.objects.filter(pk=question.pk).update(stem="新的题干")

    publish_question(question_id=question.pk, by=author, at=at)

    assert list(question.versions.values_list("number", "stem")) == [
        (1, question.stem),
        (2, "新的题干"),
    ]


def test_a_retired_question_comes_back_with_its_version(author, at):
    question = QuestionFactory()
    version = publish_question(question_id=question.pk, by=author, at=at)

    retire_question(question_id=question.pk, by=author, at=at)
    retired = Question.objects.drawable().count()
    publish_question(question_id=question.pk, by=author, at=at)

    assert (retired, Question.objects.drawable().get().live_version) == (0, version)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"stem": " "}, "stem"),
        ({"key": {"right": 9}}, "index"),
        ({"type": "multiple", "pool": "practice"}, "type"),
    ],
)
def test_a_question_that_cannot_be_asked_is_not_published(changes, code, author, at):
    question = QuestionFactory(**changes)

    with pytest.raises(ExamError) as error:
        publish_question(question_id=question.pk, by=author, at=at)

    assert error.value.code == code


def test_only_authors_write_questions_and_only_officers_exams(author, at):
    trainer = UserFactory(roles=["trainer"])
    exam = ExamDraft("E", "考试", 60, [])

    for call in (
        lambda: publish_question(question_id=QuestionFactory().pk, by=trainer, at=at),
        lambda: publish_exam(draft=exam, by=author, at=at),
    ):
        with pytest.raises(ExamError) as error:
            call()
        assert error.value.code == "forbidden"


def test_the_bank_is_loaded_once(capsys):
    call_command("load_bank", str(DEMO / "questions.jsonl"))
    call_command("load_bank", str(DEMO / "questions.jsonl"))

    assert capsys.readouterr().out.splitlines() == [
        "116 questions: 116 published, 0 unchanged",
        "116 questions: 0 published, 116 unchanged",
    ]
    assert Question.objects.drawable().count() == QuestionVersion.objects.count() == 116
    assert Topic.objects.get(slug="pricing").field == "平台运营"


def test_a_changed_line_gets_one_new_version(tmp_path, at):
    rows = [json.loads(line) for line in (DEMO / "questions.jsonl").read_text().splitlines()[:2]]
    path = tmp_path / "bank.jsonl"
    for stem in ("旧", "新"):
        rows[0]["stem"] = stem
        path.write_text("\n".join(json.dumps(row) for row in rows))
        done = import_bank(lines=read_bank(path), topics={}, by=None, at=at)

    assert (done.questions, done.published, done.unchanged) == (2, 1, 1)


def test_a_line_may_name_the_pool_and_never_moves_what_was_published(tmp_path, at):
    row = json.loads((DEMO / "questions.jsonl").read_text().splitlines()[0])
    path = tmp_path / "bank.jsonl"
    path.write_text(json.dumps(row | {"pool": "practice"}))
    import_bank(lines=read_bank(path), topics={}, by=None, at=at)
    path.write_text(json.dumps(row | {"stem": "新"}))

    with pytest.raises(ExamError, match="1: PO-001: 试题 PO-001 已经发布") as error:
        import_bank(lines=read_bank(path), topics={}, by=None, at=at)

    question = Question.objects.get()
    assert (error.value.code, question.pool, question.stem) == ("pool", "practice", row["stem"])


def test_a_draft_changes_its_pool(author, at):
    first = draft()
    save_draft(draft=first, by=author, at=at)

    question = save_draft(draft=replace(first, pool="practice"), by=author, at=at)

    assert (question.pool, Question.objects.get().pool) == ("practice", "practice")


def test_each_pool_has_its_own_readers():
    exam = QuestionVersionFactory().question
    single = QuestionVersionFactory(question__pool="practice").question
    retired = QuestionVersionFactory(question__pool="practice").question
    Question.objects.filter(pk=retired.pk).update(state="retired")
    QuestionFactory(pool="practice")

    assert set(Question.objects.drawable()) == {exam}
    assert set(Question.objects.practised()) == {single}


def test_an_exam_cannot_count_on_questions_for_practice(at):
    QuestionVersionFactory.create_batch(2, question__pool="practice")
    blueprint = [{"type": "single", "count": 2, "mark": "2"}]

    with pytest.raises(ExamError) as error:
        publish_exam(draft=ExamDraft("E-1", "考试", 60, blueprint), by=None, at=at)

    assert error.value.code == "pool"


def test_there_is_no_third_pool():
    assert list(POOLS) == QuestionPool.values
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory(pool="both")


def test_topics_are_named_by_the_tree(at):
    import_bank(lines=[], topics={"pricing": TopicName("定价", "平台运营")}, by=None, at=at)

    assert str(Topic.objects.get()) == "定价"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "line 1: not JSON"),
        ('{"type": "single"}', "line 1: missing or unknown: options"),
        ('{"type": "poem"}', "line 1: missing or unknown: poem"),
        ("[1]", "line 1: cannot be read"),
        (
            '{"id": "A", "lesson_slug": "t", "course_slug": "c", "type": "true_false", '
            '"difficulty": 1, "competency": "", "stem": "?", "answer": true, "marks": 1, '
            '"pool": "both"}',
            "line 1: cannot be read: no such pool: both",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path, text, reason):
    path = tmp_path / "bank.jsonl"
    path.write_text(text)

    with pytest.raises(BankFileError, match=reason):
        list(read_bank(path))


def test_a_code_that_comes_twice_is_named(tmp_path):
    line = (DEMO / "questions.jsonl").read_text().splitlines()[0]
    path = tmp_path / "bank.jsonl"
    path.write_text(f"{line}\n\n{line}\n")

    with pytest.raises(BankFileError, match="line 3: the code PO-001 comes twice"):
        list(read_bank(path))


def test_a_question_that_cannot_be_asked_stops_the_load(tmp_path):
    row = json.loads((DEMO / "questions.jsonl").read_text().splitlines()[0]) | {"answer": 9}
    path = tmp_path / "bank.jsonl"
    path.write_text(json.dumps(row))

    with pytest.raises(CommandError, match="1: PO-001: "):
        call_command("load_bank", str(path))
    assert Question.objects.count() == 0


def test_an_exam_is_published_once_and_changed_in_place(at):
    officer = UserFactory(roles=["officer"])
    QuestionVersionFactory.create_batch(2)
    blueprint = [{"type": "single", "count": 2, "mark": "2"}]

    for minutes in (60, 60, 90):
        exam = publish_exam(draft=ExamDraft("E-1", "考试", minutes, blueprint), by=officer, at=at)

    assert (Exam.objects.get(), exam.duration_minutes) == (exam, 90)
    assert AuditRow.objects.filter(action="exams.exam_published").count() == 2
    assert str(exam) == "考试 (E-1)"


def test_an_exam_the_bank_cannot_fill_is_refused(at):
    QuestionVersionFactory()

    with pytest.raises(ExamError) as error:
        publish_exam(
            draft=ExamDraft("E-1", "考试", 60, [{"type": "single", "count": 2, "mark": "2"}]),
            by=None,
            at=at,
        )

    assert error.value.code == "pool"


def test_a_sitting_closes_after_it_opens(at):
    with pytest.raises(ExamError) as error:
        schedule_sitting(exam=ExamFactory(), title="场", opens_at=at, closes_at=at, by=None, at=at)

    assert error.value.code == "window"
