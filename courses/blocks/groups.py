"""The headings under which the parts stand when an author adds one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TEXT = pgettext_lazy("kind of part", "Running text")
BOXES = _("Boxes and tables")
MEDIA = _("Pictures, sound and files")
PRACTICE = _("Practice")
LINKS = _("Ways on")
