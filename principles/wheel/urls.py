from django.urls import path

from principles.wheel import views

urlpatterns = [
    path("year/", views.wheel_show, name="wheel_show"),
    path("year/<int:pk>/remove/", views.wheel_remove, name="wheel_remove"),
]
