from django.urls import path

from principles.descent import views

urlpatterns = [
    path("schools/<slug:place>/principles/<slug:slug>/from-file/<int:pk>/", views.version_match, name="version_match"),
]
