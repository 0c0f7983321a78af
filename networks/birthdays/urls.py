from django.urls import path

from networks.birthdays import views

urlpatterns = [
    path("classes/<int:pk>/birthdays/", views.birthday_list, name="birthday_list"),
    path("classes/<int:pk>/birthdays/rule/", views.birthday_rule, name="birthday_rule"),
    path("classes/<int:pk>/birthdays/new/", views.birthday_invite, name="birthday_invite"),
    path("classes/<int:pk>/birthdays/together/", views.quarter_join, name="quarter_join"),
    path("birthdays/<int:pk>/", views.birthday_show, name="birthday_show"),
    path("birthdays/<int:pk>/off/", views.birthday_call_off, name="birthday_call_off"),
    path("b/<str:token>/", views.birthday_answer, name="birthday_answer"),
    path("b/<str:token>/quiet/", views.birthday_mute, name="birthday_mute"),
]
