from django.urls import path

from networks.bulletins import views

urlpatterns = [
    path("classes/<int:pk>/notices/", views.bulletin_list, name="bulletin_list"),
    path("classes/<int:pk>/notices/new/", views.bulletin_write, name="bulletin_write"),
    path("notices/<int:pk>/", views.bulletin_show, name="bulletin_show"),
    path("notices/<int:pk>/edit/", views.bulletin_edit, name="bulletin_edit"),
    path("notices/<int:pk>/send/", views.bulletin_send, name="bulletin_send"),
    path("notices/<int:pk>/release/", views.bulletin_release, name="bulletin_release"),
    path("notices/<int:pk>/return/", views.bulletin_return, name="bulletin_return"),
    path("notices/<int:pk>/back/", views.bulletin_take_back, name="bulletin_take_back"),
]
