from lms.portal.views.errors import csrf_failure
from lms.portal.views.homes import front_door
from lms.portal.views.learner import learner_home
from lms.portal.views.office import hr_home
from lms.portal.views.own import own_profile
from lms.portal.views.settings import language_set, size_set, theme_set
from lms.portal.views.teaching import teaching_home

__all__ = [
    "csrf_failure",
    "front_door",
    "hr_home",
    "language_set",
    "learner_home",
    "own_profile",
    "size_set",
    "teaching_home",
    "theme_set",
]
