from django.urls import path

from lms.operations import views

app_name = "operations"
urlpatterns = [
    path("healthz", views.health_alive, name="health_alive"),
    path("readyz", views.health_ready, name="health_ready"),
]
