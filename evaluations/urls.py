from django.urls import path

from evaluations.views import surveys

app_name = "evaluations"
urlpatterns = [
    path("me/surveys/", surveys.survey_list, name="survey_list"),
    path("me/surveys/<int:enrolment_id>/", surveys.survey_give, name="survey_give"),
    path("me/surveys/follow-up/<int:pk>/", surveys.follow_up_answer, name="follow_up_answer"),
]
