from django.urls import path

from principles.matrix import views

urlpatterns = [
    path("classes/<int:pk>/where/", views.matrix_show, name="matrix_show"),
    path("classes/<int:pk>/where/edit/", views.matrix_edit, name="matrix_edit"),
    path("classes/<int:pk>/where/publish/", views.matrix_publish, name="matrix_publish"),
    path("school/where/", views.matrix_usual, name="matrix_usual"),
    path("school/systems/", views.system_list, name="system_list"),
    path("school/systems/<int:pk>/", views.system_edit, name="system_edit"),
    path("school/systems/<int:pk>/remove/", views.system_remove, name="system_remove"),
]
