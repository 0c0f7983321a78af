from django.urls import path

from networks.polls import views

urlpatterns = [
    path("classes/<int:pk>/poll/", views.poll_draft, name="poll_draft"),
    path("<int:pk>/poll/", views.poll_show, name="poll_show"),
    path("<int:pk>/poll/times/", views.poll_times, name="poll_times"),
    path("<int:pk>/poll/drop/", views.poll_drop, name="poll_drop"),
    path("<int:pk>/poll/organise/", views.poll_organise, name="poll_organise"),
    path("<int:pk>/poll/send/", views.poll_send, name="poll_send"),
    path("<int:pk>/poll/fix/", views.poll_fix, name="poll_fix"),
    path("<int:pk>/poll/other/", views.poll_fix_other, name="poll_fix_other"),
    path("<int:pk>/poll/homes/<int:home>/", views.home_suits, name="home_suits"),
    path("<int:pk>/poll/off/", views.poll_call_off, name="poll_call_off"),
    path("faith-days/", views.faith_day_list, name="faith_day_list"),
    path("faith-days/<int:pk>/<int:day>/remove/", views.faith_day_remove, name="faith_day_remove"),
]
