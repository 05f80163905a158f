"""Registration of 证书 in the Wagtail admin."""

from wagtail import hooks

from certificates.viewsets import SchemeViewSet


@hooks.register("register_admin_viewset")
def certificate_schemes() -> SchemeViewSet:
    return SchemeViewSet()
