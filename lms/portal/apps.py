from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "lms.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from kit import lookups  # noqa: F401 -- registers them
        from lms.portal import receivers  # noqa: F401 -- connects them
