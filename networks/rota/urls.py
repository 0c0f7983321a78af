from django.urls import path

from networks.rota import views

urlpatterns = [
    path("classes/<int:pk>/rota/", views.rota_show, name="rota_show"),
    path("classes/<int:pk>/rota/draw/", views.rota_draw, name="rota_draw"),
    path("turns/<int:pk>/ask/", views.turn_ask, name="turn_ask"),
    path("turns/<int:pk>/move/", views.turn_move, name="turn_move"),
    path("turns/<int:pk>/answer/", views.turn_answer, name="turn_answer"),
]
