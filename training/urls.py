from django.urls import URLPattern, URLResolver, path

from training.views import findings, hours, hr, lateness, own, programmes, sheets, teaching

app_name = "training"
urlpatterns: list[URLPattern | URLResolver] = [
    path("hr/classes/", hr.class_list, name="class_list"),
    path("hr/classes/new/", hr.class_create, name="class_create"),
    path("hr/classes/<int:pk>/", hr.class_detail, name="class_detail"),
    path("hr/classes/<int:pk>/enrol/", hr.class_enrol, name="class_enrol"),
    path("hr/classes/<int:pk>/versions/", hr.class_move, name="class_move"),
    path("hr/classes/<int:pk>/admissions/", hr.admission_list, name="admission_list"),
    path("hr/classes/<int:pk>/advance/<slug:step>/", hr.class_advance, name="class_advance"),
    path("hr/programmes/", programmes.programme_list, name="programme_list"),
    path("hr/programmes/new/", programmes.programme_create, name="programme_create"),
    path("hr/programmes/<int:pk>/", programmes.programme_edit, name="programme_edit"),
    path("teach/classes/", teaching.teaching_class_list, name="teaching_class_list"),
    path("teach/classes/<int:pk>/", teaching.teaching_class_detail, name="teaching_class_detail"),
    path(
        "teach/classes/<int:pk>/sessions/<int:session_pk>/",
        sheets.session_sheet,
        name="session_sheet",
    ),
    path(
        "teach/classes/<int:pk>/people/<int:enrolment_pk>/",
        teaching.trainee_detail,
        name="trainee_detail",
    ),
    path("classes/<int:pk>/late-entries/", lateness.late_entry_list, name="late_entry_list"),
    path("findings/", findings.anomaly_list, name="anomaly_list"),
    path("findings/<int:pk>/", findings.anomaly_detail, name="anomaly_detail"),
    path("me/hours/", hours.own_hours, name="own_hours"),
    path("hours/<int:pk>/", hours.person_hours, name="person_hours"),
    path("hours/<int:pk>/lessons/<int:lesson_pk>/", hours.lesson_sessions, name="lesson_sessions"),
    path("hours/<int:pk>/sessions/<int:session_pk>/", hours.session_events, name="session_events"),
    path("me/classes/<int:pk>/", own.own_class_detail, name="own_class_detail"),
]
