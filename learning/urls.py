from django.urls import URLPattern, URLResolver, path

from learning.views import courses, lessons, media, study

app_name = "learning"
urlpatterns: list[URLPattern | URLResolver] = [
    path("learn/courses/<slug:slug>/", courses.course_detail, name="course_detail"),
    path("learn/lessons/<int:pk>/", lessons.lesson_detail, name="lesson_detail"),
    path("learn/lessons/<int:pk>/drill/", lessons.drill_hand_in, name="drill_hand_in"),
    path("learn/lessons/<int:pk>/case/", lessons.case_hand_in, name="case_hand_in"),
    path(
        "learn/lessons/<int:pk>/checks/<uuid:block_id>/", lessons.check_answer, name="check_answer"
    ),
    path("learn/lessons/<int:pk>/start/", study.study_start, name="study_start"),
    path("learn/lessons/<int:pk>/here/", study.study_here, name="study_here"),
    path("learn/media/<uuid:uid>/", media.media_file, name="media_file"),
    path("learn/media/<uuid:uid>/captions/", media.media_captions, name="media_captions"),
    path("learn/sessions/<int:session_id>/beat/", study.study_beat, name="study_beat"),
]
