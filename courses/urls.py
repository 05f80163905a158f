from django.urls import URLPattern, URLResolver, path

from courses.views import hours

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("content/hours/", hours.hours_list, name="hours_list"),
    path("content/hours.csv", hours.hours_export, name="hours_export"),
]
