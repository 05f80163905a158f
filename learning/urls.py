from django.urls import URLPattern, URLResolver, path

from learning.views import (
    catalogue,
    courses,
    handover,
    lessons,
    media,
    notebook,
    search,
    study,
    watching,
)

app_name = "learning"
urlpatterns: list[URLPattern | URLResolver] = [
    path("learn/catalogue/", catalogue.catalogue_list, name="catalogue_list"),
    path("learn/search/", search.lesson_search, name="lesson_search"),
    path("learn/courses/<slug:slug>/", courses.course_detail, name="course_detail"),
    path("learn/courses/<slug:slug>/end/", courses.course_end, name="course_end"),
    path("learn/lessons/<int:pk>/", lessons.lesson_detail, name="lesson_detail"),
    path("learn/lessons/<int:pk>/drill/", lessons.drill_hand_in, name="drill_hand_in"),
    path("learn/lessons/<int:pk>/case/", lessons.case_hand_in, name="case_hand_in"),
    path(
        "learn/lessons/<int:pk>/checks/<uuid:block_id>/", lessons.check_answer, name="check_answer"
    ),
    path("learn/lessons/<int:pk>/place/", notebook.place_keep, name="place_keep"),
    path("learn/lessons/<int:pk>/notes/", notebook.lesson_notes, name="lesson_notes"),
    path("learn/lessons/<int:pk>/bookmark/", notebook.bookmark_set, name="bookmark_set"),
    path("learn/lessons/<int:pk>/handover/", handover.handover_show, name="handover_show"),
    path("pc/", handover.handover_enter, name="handover_enter"),
    path("pc/go/", handover.handover_go, name="handover_go"),
    path("learn/notes/", notebook.note_list, name="note_list"),
    path("learn/notes/export/", notebook.note_export, name="note_export"),
    path("learn/bookmarks/", notebook.bookmark_list, name="bookmark_list"),
    path("learn/lessons/<int:pk>/start/", study.study_start, name="study_start"),
    path("learn/lessons/<int:pk>/here/", study.study_here, name="study_here"),
    path(
        "learn/lessons/<int:pk>/media/<uuid:uid>/watched/",
        watching.media_watched,
        name="media_watched",
    ),
    path("learn/media/<uuid:uid>/", media.media_file, name="media_file"),
    path("learn/media/<uuid:uid>/captions/", media.media_captions, name="media_captions"),
    path("learn/sessions/<int:session_id>/beat/", study.study_beat, name="study_beat"),
]
