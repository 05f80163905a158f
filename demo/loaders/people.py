"""Demo people: staff by role, organisations, posts, competencies and the roster of 125."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ImproperlyConfigured

from people import roles, services
from people.choices import PostFamily, UnitKind
from people.models import Competency, Post, Profile, Unit, User

TREE = Path(__file__).resolve().parent.parent / "course_tree.json"
ROSTER = Path(__file__).resolve().parent.parent / "roster_2026Q4.xlsx"
STAFF = [
    ("HR001", "沈若兰", [roles.HR]),
    ("HR002", "孟书白", [roles.HR]),
    ("TR001", "梁启文", [roles.TRAINER]),
    ("TR002", "方雅宁", [roles.TRAINER]),
    ("GR001", "贺知远", [roles.GRADER]),
    ("GR002", "陶静宜", [roles.GRADER]),
    ("FI001", "丁慧敏", [roles.FINANCE]),
    ("AU001", "顾思源", [roles.AUTHOR]),
    ("OF001", "程立信", [roles.OFFICER]),
    ("AP001", "韩正平", [roles.APPROVER]),
    ("ED001", "苏语桐", [roles.EDITOR]),
    ("RV001", "叶知秋", [roles.REVIEWER]),
    ("AD001", "严守真", [roles.AUDITOR]),
    ("SY001", "石维安", [roles.ADMINISTRATOR]),
]
PROVIDER = ("赣鄱云商职业培训学校(示例)", UnitKind.PROVIDER, "52369900MA0DEM013J")
ORGANISATIONS = [
    PROVIDER,
    ("江右优选电子商务有限公司(示例)", UnitKind.ENTERPRISE, "91369900MA0DEM013H"),
    ("橙心果业专业合作社(示例)", UnitKind.ENTERPRISE, "91369900MA0DEM021C"),
    ("赣江第三方评估中心(示例)", UnitKind.ASSESSOR, "52369900MA0DEM03X5"),
]
POSTS = {
    PostFamily.OPERATION: "店铺运营 内容运营 活动运营 用户运营 直播运营 跨境电商专员 "
    "新媒体营销经理 电商数据分析师 主播 副播场控",
    PostFamily.DESIGN: "美工 视觉设计师 UI设计师 摄影师",
    PostFamily.SERVICE: "售前客服 售后客服 订单处理 投诉处理",
    PostFamily.OTHER: "采购 仓储 物流",
}
COMPETENCIES = [
    ("platform", "平台运营能力", 30,
     [("平台结构搭建", 20), ("流量获取", 20), ("用户分层", 10), ("内容管理", 10)]),
    ("data", "数据分析能力", 25, [("数据解读", 15), ("数据应用", 10), ("数据可视化", 5)]),
    ("marketing", "营销推广能力", 20, [("广告投放", 10), ("活动策划", 10), ("推广渠道", 10)]),
    ("supply", "供应链与运营效率", 15, [("供应链管理", 10), ("运营效率", 5)]),
    ("innovation", "创新与持续改进", 10, [("创新策略", 5), ("持续改进", 5)]),
]  # fmt: skip


def load(at: datetime) -> None:
    """Everything above; a second run changes nothing. Refused in production."""
    if settings.PRODUCTION:
        raise ImproperlyConfigured("demo people have a public password: never in production")
    services.sync_roles()
    load_organisations()
    load_posts()
    load_competencies()
    load_staff(at)
    with ROSTER.open("rb") as file:
        services.import_roster(file=file, name=ROSTER.name, by=None, at=at)
    give_demo_password()


def load_organisations() -> None:
    """The four organisations."""
    for name, kind, uscc in ORGANISATIONS:
        Unit.objects.get_or_create(uscc=uscc, defaults={"name": name, "kind": kind})


def load_posts() -> None:
    """The posts of the trade; those of operations count in the coverage rate."""
    paths = json.loads(TREE.read_text(encoding="utf-8"))["paths"]
    for family, names in POSTS.items():
        for name in names.split():
            covered = family == PostFamily.OPERATION
            Post.objects.get_or_create(
                name=name,
                defaults={"family": family, "in_coverage": covered, "path": paths.get(name, "")},
            )


def load_competencies() -> None:
    """Five dimensions with the points of the handbook; weights bind, points are relative."""
    for place, (code, name, weight, items) in enumerate(COMPETENCIES, start=1):
        competency, _made = Competency.objects.get_or_create(
            code=code, defaults={"name": name, "weight_percent": weight, "position": place}
        )
        for order, (item, points) in enumerate(items, start=1):
            competency.items.get_or_create(
                name=item, defaults={"max_points": points, "position": order}
            )


def load_staff(at: datetime) -> None:
    """One account for each role, two trainers and graders, at the training school."""
    school = Unit.objects.get(uscc=PROVIDER[2])
    for number, name, held in STAFF:
        person = User.objects.filter(number=number).first()
        if person is None:
            person = User.objects.create_user(number, name=name, date_joined=at)
            Profile.objects.create(user=person, unit=school)
        for role in held:
            roles.grant(person, role)


def give_demo_password() -> None:
    """One password for everybody who has none; hashed once, since Argon2 is slow on purpose."""
    hashed = make_password(settings.DEMO_PASSWORD)
    without = User.objects.filter(password__startswith="!")  # noqa: S106 -- Django's mark for none
    without.update(password=hashed)
