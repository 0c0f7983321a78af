from django.urls import path

from networks.weekly import views

urlpatterns = [
    path("classes/<int:pk>/weekly/", views.weekly_write, name="weekly_write"),
    path("classes/<int:pk>/weekly/back/", views.weekly_take_back, name="weekly_take_back"),
]
