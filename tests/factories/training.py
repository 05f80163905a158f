from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import factory

from tests.factories.people import UserFactory
from training.models import Attendance, ClassSession, Enrolment, Programme, TrainingClass

ZONE = ZoneInfo("Asia/Shanghai")
DAY_ONE = date(2026, 3, 9)


def instant(day, clock="09:00"):
    """A clock time on the n-th day of the class made by `TrainingClassFactory`."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 3, 8, hour, minute, tzinfo=ZONE) + timedelta(days=day)


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A programme of 20 online class hours and 80 % attendance at 3 600.00."""

    class Meta:
        model = Programme

    code = factory.Sequence(lambda n: f"P{n:03d}")
    title = "电商运营人员培训"
    issuer = "赣鄱云商职业培训学校(示例)"
    list_price_fen = 360_000
    required_online_seconds = 54_000
    required_attendance_percent = 80


class TrainingClassFactory(factory.django.DjangoModelFactory):
    """An open class from Monday 2026-03-09 to Friday; `trainers=[…]` sets its trainers."""

    class Meta:
        model = TrainingClass
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    code = factory.Sequence(lambda n: f"2026Q1-YY-{n:02d}")
    name = "第一季度集训班"
    state = "open"
    opens_on = DAY_ONE
    closes_on = date(2026, 3, 13)
    required_online_seconds = factory.SelfAttribute("programme.required_online_seconds")
    required_attendance_percent = factory.SelfAttribute("programme.required_attendance_percent")
    exam_opens_at = instant(5, "09:00")
    exam_closes_at = instant(5, "10:30")
    created_at = datetime(2026, 3, 1, 9, tzinfo=ZONE)

    @factory.post_generation
    def trainers(self, create, extracted, **kwargs):
        self.trainers.set(extracted or [])


class ClassSessionFactory(factory.django.DjangoModelFactory):
    """90 minutes from 09:00 on the session's day."""

    class Meta:
        model = ClassSession

    training_class = factory.SubFactory(TrainingClassFactory)
    day = factory.Sequence(lambda n: n + 1)
    number = 1
    starts_at = factory.LazyAttribute(lambda o: instant(o.day, "09:00"))
    ends_at = factory.LazyAttribute(lambda o: instant(o.day, "10:30"))
    title = "讲授"
    seconds = 5400

    @classmethod
    def _setup_next_sequence(cls):
        return 0


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    training_class = factory.SubFactory(TrainingClassFactory)
    person = factory.SubFactory(UserFactory, roles=["trainee"])
    category = "employee"
    list_price_fen = 360_000
    enrolled_at = datetime(2026, 3, 2, 9, tzinfo=ZONE)


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    session = factory.SubFactory(ClassSessionFactory)
    enrolment = factory.SubFactory(
        EnrolmentFactory, training_class=factory.SelfAttribute("..session.training_class")
    )
    state = "present"
    recorded_by = factory.SubFactory(UserFactory, roles=["trainer"])
    recorded_at = factory.SelfAttribute("session.ends_at")


def ready_programme(**fields):
    """A programme that a class can be opened for: exam, published scheme, one course of three
    lessons, one task."""
    from tests.factories.courses import CourseFactory, lesson_of
    from tests.factories.exams import ExamFactory
    from tests.factories.exams_practical import SchemeFactory, TaskVersionFactory

    programme = ProgrammeFactory(
        exam=ExamFactory(), assessment_scheme=SchemeFactory(), **{"timetable": PLAN, **fields}
    )
    programme.courses.add(course := CourseFactory())
    for _number in range(3):
        lesson_of(course, planned_seconds=18_000)
    programme.practical_tasks.add(TaskVersionFactory().task)
    return programme


# Two sessions on the first day, the theory exam on the second.
PLAN = [
    {"day": 1, "number": 1, "start": "09:00", "end": "10:30", "title": "讲授", "seconds": 5400,
     "theme": "平台运营", "mode": "讲授", "room": "多媒体教室", "activities": ["CP-1"]},
    {"day": 1, "number": 2, "start": "10:45", "end": "12:15", "title": "演练", "seconds": 5400,
     "theme": "平台运营", "mode": "实操演练", "room": "实训机房", "activities": ["CP-1", "DR-1"]},
    {"day": 2, "number": 1, "start": "09:00", "end": "10:30", "title": "理论考试", "seconds": 5400,
     "theme": "考核", "mode": "考试", "room": "实训机房", "activities": [], "exam": True},
]  # fmt: skip
LEVELS = [
    {"name": "优秀", "ratio": "1", "descriptor": "主动"},
    {"name": "良好", "ratio": "0.8", "descriptor": "有发言"},
    {"name": "合格", "ratio": "0.6", "descriptor": "少发言"},
    {"name": "待改进", "ratio": "0.3", "descriptor": "迟到"},
]
ACTIVITIES = [
    {"code": "CP-1", "item": "participation", "title": "课堂参与", "points": "2.5",
     "evidence": "签到记录", "levels": LEVELS},
    {"code": "DR-1", "item": "drill", "title": "实操演练", "points": "8",
     "evidence": "体检表", "levels": LEVELS},
    {"code": "DR-2", "item": "drill", "title": "实操演练", "points": "2",
     "evidence": "体检表", "levels": []},
    {"code": "PS-1", "item": "showcase", "title": "项目成果展示", "points": "20",
     "evidence": "展示材料", "levels": []},
]  # fmt: skip


def person_of_age(years, on=DAY_ONE, **fields):
    """A trainee who has this many years on the first day of the class."""
    from people.models import Profile

    person = UserFactory(**{"roles": ["trainee"], **fields})
    Profile.objects.create(
        user=person, born_on=date(on.year - years, on.month, on.day), category="employee"
    )
    return person


def ready_class(**fields):
    """An open class made by the services, with ACTIVITIES, a trainer (`t`) and HR (`hr`)."""
    from training.services import create_class, open_class

    hr, trainer = UserFactory(roles=["hr"]), UserFactory(roles=["trainer"])
    programme = ready_programme(activities=ACTIVITIES, **fields)
    made = create_class(
        programme=programme, code=f"C-{programme.pk}", name="集训班", opens_on=DAY_ONE,
        trainers=[trainer], capacity=3, by=hr, at=instant(-7),
    )  # fmt: skip
    made = open_class(training_class=made, by=hr, at=instant(-6))
    made.hr, made.t = hr, trainer
    return made


def place_in(training_class, **fields):
    """Somebody enrolled by the service."""
    from training.services import enrol_people

    person = person_of_age(30, **fields)
    outcome = enrol_people(
        training_class=training_class, people=[person], by=training_class.hr, at=instant(-5)
    )
    return outcome.enrolments[0]


def study(person, programme, seconds, at):
    """Credit up to 54 000 s in the three lessons of the first course without waiting for beats."""
    from courses.models import LessonPage
    from learning.models import LessonProgress
    from tests.factories.courses import lesson_of

    course = programme.courses.first()
    lessons = list(LessonPage.objects.descendant_of(course).order_by("path"))
    for lesson in lessons or [lesson_of(course, planned_seconds=18_000) for _number in range(3)]:
        LessonProgress.objects.create(
            person=person, lesson=lesson, credited_seconds=min(18_000, seconds), last_at=at
        )
        seconds -= min(18_000, seconds)
    return lesson
