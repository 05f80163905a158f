from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("me/notices/", views.notice_list, name="notice_list"),
    path("me/notices/read/", views.notices_read, name="notices_read"),
    path("me/notices/<int:pk>/", views.notice_open, name="notice_open"),
]
