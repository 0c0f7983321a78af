"""The only list of every room."""

from django.urls import path

from portal.home import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
]
