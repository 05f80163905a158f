"""All addresses. Each app names its own full paths; this file only gathers them."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from people.views.activation import password_forgotten

sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

HOUSE_URLS = [
    path("", include(f"{app}.urls")) for app in settings.HOUSE_APPS if app != "lms.portal"
]

# One sign-in for all: allauth's. What it offers by e-mail is closed, since accounts come from HR
# and passwords from printed slips; Wagtail's own doors lead to the same sign-in.
SHADOWED_URLS = [
    path("admin/login/", sign_in),
    re_path(r"^admin/password_reset/", password_forgotten),
    re_path(r"^accounts/password/reset/", password_forgotten),
    path("accounts/password/set/", RedirectView.as_view(pattern_name="account_change_password")),
    path("accounts/email/", RedirectView.as_view(pattern_name="people:own_account")),
    re_path(r"^accounts/(?:confirm-email|login/code)/", sign_in),
]

urlpatterns = [
    path("", include("lms.operations.urls")),
    path("", include("lms.portal.urls")),
    *HOUSE_URLS,
    *SHADOWED_URLS,
    path("accounts/", include("allauth.urls")),
    path("admin/", include(wagtailadmin_urls)),
]
