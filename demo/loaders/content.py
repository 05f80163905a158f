"""What every real site begins with: the content the platform ships, no person and no class.

Each part is loaded only where there is nothing of its kind yet, so that starting again, or
starting on a restored backup, never overwrites what people have changed since.
"""

from datetime import datetime

from courses.models import CoursePage
from demo.loaders import assessment, courses, exams, people, subsidies, training
from exams.models import AssessmentScheme, Exam
from people.models import Competency, Post
from subsidies.models import Policy
from training.models import Programme


def load(at: datetime) -> list[str]:
    """Load what is missing; returns the names of the parts that were."""
    parts = (
        ("posts", Post, people.load_posts),
        ("competencies", Competency, people.load_competencies),
        ("courses", CoursePage, lambda: courses.load(at)),
        ("exam", Exam, lambda: exams.load(at)),
        ("assessment", AssessmentScheme, lambda: assessment.load(at)),
        ("programme", Programme, lambda: training.load_standard(at)),
        # Drafts: the documents they stand on have to be checked by whoever publishes them.
        ("policies", Policy, lambda: subsidies.load_drafts(at)),
    )
    loaded = []
    for name, model, fill in parts:
        if not model._default_manager.exists():
            fill()
            loaded.append(name)
    return loaded
