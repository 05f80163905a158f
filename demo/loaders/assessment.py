"""The practical tasks and the assessment scheme that the demo ships with."""

from datetime import datetime
from pathlib import Path

from exams.formats.tasks_json import read_tasks
from exams.models import AssessmentScheme
from exams.services import publish_scheme
from exams.services.schemes import DEFAULT
from exams.services.task_import import import_tasks

DEMO = Path(__file__).resolve().parent.parent
SCHEME_CODE = "STANDARD"
SCHEME_TITLE = "培训考核方案 40/40/20"


def load(at: datetime) -> AssessmentScheme:
    """Eight tasks with their data files, and the scheme; a second run changes nothing."""
    import_tasks(tasks=read_tasks(DEMO / "practical_tasks.json"), at=at)
    return publish_scheme(code=SCHEME_CODE, title=SCHEME_TITLE, data=DEFAULT, at=at)
