from django.urls import URLPattern, URLResolver, path

from people.views import account, activation, directory, duties, roster, slips

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("activate/", activation.slip_enter, name="slip_enter"),
    path("activate/password/", activation.password_set, name="password_set"),
    path("activate/setup/<str:token>/", activation.setup, name="setup"),
    path("me/account/", account.own_account, name="own_account"),
    path("hr/people/", directory.person_list, name="person_list"),
    path("hr/people/find/", directory.person_find, name="person_find"),
    path("hr/people/<int:pk>/", directory.person_detail, name="person_detail"),
    path("hr/people/<int:pk>/edit/", directory.person_edit, name="person_edit"),
    path("hr/people/<int:pk>/reveal/", directory.id_reveal, name="id_reveal"),
    path("hr/people/<int:pk>/state/", directory.person_state, name="person_state"),
    path("hr/people/<int:pk>/roles/", duties.role_change, name="role_change"),
    path("hr/people/roles/", duties.role_list, name="role_list"),
    path("hr/people/staff/new/", duties.staff_new, name="staff_new"),
    path("hr/people/slips/", slips.slip_print, name="slip_print"),
    path("hr/people/organisation/", duties.organisation_list, name="organisation_list"),
    path("hr/people/units/new/", duties.unit_edit, name="unit_new"),
    path("hr/people/units/<int:pk>/", duties.unit_edit, name="unit_edit"),
    path("hr/people/units/<int:pk>/hours/", duties.working_hours_edit, name="working_hours_edit"),
    path("hr/people/posts/new/", duties.post_edit, name="post_new"),
    path("hr/people/posts/<int:pk>/", duties.post_edit, name="post_edit"),
    path("hr/people/import/", roster.roster_import, name="roster_import"),
    path("hr/people/import/template/", roster.roster_template, name="roster_template"),
    path("hr/people/import/<uuid:pk>/", roster.roster_detail, name="roster_detail"),
    path("hr/people/import/<uuid:pk>/sheet/", roster.roster_sheet, name="roster_sheet"),
    path("hr/people/import/<uuid:pk>/write/", roster.roster_write, name="roster_write"),
    path("hr/people/import/<uuid:pk>/errors/", roster.roster_errors, name="roster_errors"),
]
