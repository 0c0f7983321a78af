from django.urls import path

from conferences.taking import views

urlpatterns = [
    path("classes/<int:pk>/promised/", views.class_take_over, name="class_take_over"),
    path("classes/<int:pk>/promised/seen/", views.class_taken_over, name="class_taken_over"),
]
