from django.urls import URLPattern, URLResolver, path

from courses.views import flags, hours, reviews, versions

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("content/hours/", hours.hours_list, name="hours_list"),
    path("content/reviews/", reviews.review_list, name="review_list"),
    path("content/reviews/<int:pk>/", reviews.review_detail, name="review_detail"),
    path("content/questions/", flags.flag_list, name="flag_list"),
    path("content/questions/<int:pk>/", flags.flag_detail, name="flag_detail"),
    path("content/versions/", versions.version_overview, name="version_overview"),
    path("content/versions/<int:pk>/", versions.version_list, name="version_list"),
    path("content/versions/<int:pk>/compare/", versions.version_compare, name="version_compare"),
    path("content/hours.csv", hours.hours_export, name="hours_export"),
]
