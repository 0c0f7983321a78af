from django.urls import path

from networks.digests import views

urlpatterns = [
    path("classes/<int:pk>/monthly/", views.digest_list, name="digest_list"),
    path("monthly/<int:pk>/", views.digest_show, name="digest_show"),
    path("monthly/<int:pk>/edit/", views.digest_edit, name="digest_edit"),
    path("monthly/<int:pk>/ask/", views.digest_ask, name="digest_ask"),
    path("monthly/<int:pk>/paragraph/", views.digest_paragraph, name="digest_paragraph"),
    path("monthly/<int:pk>/send/", views.digest_send, name="digest_send"),
    path("monthly/<int:pk>/back/", views.digest_take_back, name="digest_take_back"),
    path("monthly/mine/", views.digest_choose, name="digest_choose"),
    path("monthly/q/<str:token>/", views.digest_mute, name="digest_mute"),
]
