from django.urls import URLPattern, URLResolver, path

from exams.views import (
    candidate,
    marking_answers,
    own_results,
    own_tasks,
    practical_marking,
    results,
    room,
)

app_name = "exams"
urlpatterns: list[URLPattern | URLResolver] = [
    path("exam/", candidate.exam_list, name="exam_list"),
    path("exam/clock/", candidate.server_clock, name="server_clock"),
    path("exam/<int:pk>/", candidate.exam_lobby, name="exam_lobby"),
    path("exam/<int:pk>/start/", candidate.attempt_start, name="attempt_start"),
    path("exam/attempts/<int:pk>/", room.attempt_result, name="attempt_result"),
    path("exam/attempts/<int:pk>/room/", room.exam_room, name="exam_room"),
    path("exam/attempts/<int:pk>/responses/", room.responses_save, name="responses_save"),
    path("exam/attempts/<int:pk>/submit/", room.attempt_submit, name="attempt_submit"),
    path("teach/marking/", marking_answers.marking_queue, name="marking_queue"),
    path("teach/marking/<int:pk>/", marking_answers.item_mark, name="item_mark"),
    path("teach/marking/<int:pk>/release/", marking_answers.item_release, name="item_release"),
    path("exam/tasks/", own_tasks.task_list, name="task_list"),
    path("exam/tasks/<int:pk>/", own_tasks.task_detail, name="task_detail"),
    path("exam/tasks/<int:pk>/save/", own_tasks.task_save, name="task_save"),
    path("exam/tasks/<int:pk>/confirm/", own_tasks.task_confirm, name="task_confirm"),
    path("exam/tasks/files/<int:pk>/", own_tasks.task_file, name="task_file"),
    path("exam/tasks/uploads/<int:pk>/", own_tasks.upload_file, name="upload_file"),
    path("teach/practical/", practical_marking.practical_queue, name="practical_queue"),
    path("teach/practical/next/", practical_marking.practical_next, name="practical_next"),
    path("teach/practical/<int:pk>/", practical_marking.practical_grade, name="practical_grade"),
    path(
        "teach/practical/<int:pk>/claim/", practical_marking.practical_claim, name="practical_claim"
    ),
    path(
        "teach/practical/<int:pk>/release/",
        practical_marking.practical_release,
        name="practical_release",
    ),
    path(
        "teach/practical/<int:pk>/return/",
        practical_marking.practical_return,
        name="practical_return",
    ),
    path(
        "teach/practical/files/<int:pk>/", practical_marking.practical_file, name="practical_file"
    ),
    path(
        "teach/practical/task-files/<int:pk>/",
        practical_marking.practical_task_file,
        name="practical_task_file",
    ),
    path("results/", results.result_list, name="result_list"),
    path("results/bulk/", results.result_bulk, name="result_bulk"),
    path("results/<int:pk>/", results.result_detail, name="result_detail"),
    path("results/<int:pk>/submit/", results.result_submit, name="result_submit"),
    path("results/<int:pk>/approve/", results.result_approve, name="result_approve"),
    path("results/<int:pk>/return/", results.result_return, name="result_return"),
    path("me/results/", own_results.own_result_list, name="own_result_list"),
    path("me/results/<int:pk>/", own_results.own_result_detail, name="own_result_detail"),
]
