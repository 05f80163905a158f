"""The shape of the house itself: cheap checks that keep the plan and the code one thing."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())
FLOORS = CONFIG["tool"]["importlinter"]["contracts"][0]["layers"]
APPS = [floor for floor in FLOORS if (ROOT / floor / "migrations").exists()]
SOURCES = [
    path
    for top in [*FLOORS, "tests", "bench"]
    for path in sorted((ROOT / top).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ROOMS = {
    "rules", "choices.py", "signals.py", "models", "permissions.py", "queries.py", "queries",
    "services", "forms.py", "forms", "tables.py", "views", "tasks.py", "receivers.py", "urls.py",
    "blocks.py", "blocks", "wagtail_hooks.py", "apps.py", "templatetags", "management",
    "migrations", "__init__.py", "formats", "roles.py", "middleware.py", "context.py",
    "backends.py", "adapters.py", "errors.py", "viewsets.py", "viewsets", "checks.py", "panels.py",
}  # fmt: skip


def named(path):
    return str(path.relative_to(ROOT))


def functions(path):
    tree = ast.parse(path.read_text())
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_every_app_has_a_floor():
    found = {path.parent.name for path in ROOT.glob("*/migrations")}

    assert found - set(FLOORS) == set()


def test_no_room_for_everything():
    forbidden = {"common", "core", "utils", "helpers"}

    found = [p for p in SOURCES if forbidden & {*p.parts, p.stem}]

    assert found == []


def test_apps_have_only_known_rooms():
    found = {
        f"{app}/{entry.name}"
        for app in APPS
        for entry in (ROOT / app).iterdir()
        if entry.name not in ROOMS and entry.name != "__pycache__"
    }

    assert found == set()


def test_rooms_stay_small():
    found = {named(p): n for p in SOURCES if (n := len(p.read_text().splitlines())) > 400}

    assert found == {}


def test_functions_stay_small():
    # A journey reads top to bottom as one story; it is the one kind of function that may be long.
    found = {
        f"{named(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in SOURCES
        if "journeys" not in path.parts
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > 40
    }

    assert found == {}


def test_templates_stay_small():
    found = {named(p): n for p in TEMPLATES if (n := len(p.read_text().splitlines())) > 150}

    assert found == {}


def test_assets_stay_small():
    static = ROOT / "lms" / "static"
    assets = [*static.rglob("*.css"), *static.rglob("*.js")]

    found = {named(p): n for p in assets if (n := len(p.read_text().splitlines())) > 400}

    assert found == {}


def test_rules_read_no_clock():
    pattern = re.compile(r"\b(now|today|utcnow|time\.time|localdate)\(")

    found = [
        named(p)
        for p in SOURCES
        if "rules" in p.parts[:-1] and p.parts[-3] != "tests" and pattern.search(p.read_text())
    ]

    assert [name for name in found if not name.startswith("tests/")] == []


def test_services_take_time_as_an_argument():
    pattern = re.compile(r"timezone\.now\(|timezone\.localdate\(\)|datetime\.now\(")
    below = [p for p in SOURCES if p.relative_to(ROOT).parts[0] in APPS]
    inner = {"services", "models", "queries", "queries.py", "permissions.py"}

    found = [
        named(p)
        for p in below
        if inner & set(p.relative_to(ROOT).parts) and pattern.search(p.read_text())
    ]

    assert found == []


def test_tasks_are_thin():
    found = {
        f"{named(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in SOURCES
        if path.name == "tasks.py"
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > 10
    }

    assert found == {}


def test_services_are_called_by_keyword():
    found = [
        f"{named(path)}:{node.name}"
        for path in SOURCES
        if "services" in path.parts and "tests" not in path.parts
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and {"at", "by", "on"} & {argument.arg for argument in node.args.args}
    ]

    assert found == []


def test_models_stand_below_what_they_point_at():
    rank = {app: FLOORS.index(app) for app in APPS}
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in rank
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and field.related_model._meta.label != "people.User"  # settings.AUTH_USER_MODEL
        and field.related_model._meta.app_label in rank
        and rank[field.related_model._meta.app_label] < rank[model._meta.app_label]
    ]

    assert found == []


def test_constraints_have_names_that_say_what_is_true():
    found = [
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in APPS
        for constraint in model._meta.constraints
        if re.match(r"^[a-z0-9_]{8,}$", constraint.name) is None
    ]

    assert found == []


def test_no_committed_word_of_other_places():
    pattern = re.compile(r"/work/(main|wt|plan|shared)|/root/|pypi\.org|files\.pythonhosted")
    kinds = ("*.py", "*.txt", "*.toml", "*.md", "*.html", "*.js", "*.css", "*.po", "*.in")
    skip = {".venv", "var", ".git", "node_modules"}
    paths = [
        p for kind in kinds for p in ROOT.rglob(kind) if not skip & set(p.relative_to(ROOT).parts)
    ]

    found = [named(p) for p in paths if p != Path(__file__) and pattern.search(p.read_text())]

    assert found == []


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
