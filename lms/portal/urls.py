from django.urls import path

from lms.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("learn/", views.learner_home, name="learner_home"),
    path("teach/", views.teaching_home, name="teaching_home"),
    path("hr/", views.hr_home, name="hr_home"),
    path("me/", views.own_profile, name="own_profile"),
    path("theme/", views.theme_set, name="theme_set"),
    path("type-size/", views.size_set, name="size_set"),
    path("language/", views.language_set, name="language_set"),
]
