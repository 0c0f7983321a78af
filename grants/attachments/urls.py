"""Addresses of what is sent along with an application."""

from django.urls import path

from grants.attachments import views

urlpatterns = [
    path("<int:pk>/attachments/", views.attachment_add, name="attachment_add"),
    path("attachments/<int:pk>/", views.attachment_open, name="attachment_open"),
    path("attachments/<int:pk>/remove/", views.attachment_remove, name="attachment_remove"),
]
