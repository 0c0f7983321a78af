from django.urls import path

from principles.matrix import views

urlpatterns = [
    path("where/<int:pk>/", views.matrix_show, name="matrix_show"),
    path("where/<int:pk>/edit/", views.matrix_edit, name="matrix_edit"),
    path("where/<int:pk>/publish/", views.matrix_publish, name="matrix_publish"),
    path("school/where/", views.matrix_usual, name="matrix_usual"),
    path("school/systems/", views.system_list, name="system_list"),
    path("school/systems/<int:pk>/", views.system_edit, name="system_edit"),
    path("school/systems/<int:pk>/remove/", views.system_remove, name="system_remove"),
]
