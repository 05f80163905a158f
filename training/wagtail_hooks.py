"""Registration of 培训项目 in the Wagtail admin."""

from wagtail import hooks

from training.viewsets import ProgrammeViewSet


@hooks.register("register_admin_viewset")
def programmes() -> ProgrammeViewSet:
    return ProgrammeViewSet()
