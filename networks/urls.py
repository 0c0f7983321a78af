from django.urls import path

from networks import views

app_name = "networks"
urlpatterns = [
    path("gatherings/", views.gathering_list, name="gathering_list"),
    path("gatherings/a/<str:token>/", views.gathering_answer, name="gathering_answer"),
    path("gatherings/a/<str:token>/calendar.ics", views.answer_calendar, name="answer_calendar"),
    path("gatherings/<int:pk>/", views.gathering_show, name="gathering_show"),
    path("gatherings/<int:pk>/calendar.ics", views.gathering_calendar, name="gathering_calendar"),
    path("gatherings/<int:pk>/edit/", views.gathering_edit, name="gathering_edit"),
    path("gatherings/<int:pk>/check/", views.inclusion_check, name="inclusion_check"),
    path("gatherings/<int:pk>/check/mend/", views.inclusion_mend, name="inclusion_mend"),
    path("gatherings/<int:pk>/send/", views.gathering_send, name="gathering_send"),
    path("gatherings/<int:pk>/stop/", views.gathering_stop, name="gathering_stop"),
    path("gatherings/<int:pk>/organise/", views.gathering_organise, name="gathering_organise"),
    path("gatherings/<int:pk>/reach/", views.gathering_reach, name="gathering_reach"),
    path("gatherings/<int:pk>/reach/<int:home>/", views.home_reach, name="home_reach"),
    path("gatherings/<int:pk>/reach/<int:home>/answer/", views.home_answer, name="home_answer"),
    path("gatherings/<int:pk>/tasks/", views.gathering_tasks, name="gathering_tasks"),
    path("gatherings/<int:pk>/remind/", views.gathering_remind, name="gathering_remind"),
    path("gatherings/<int:pk>/cancel/", views.gathering_cancel, name="gathering_cancel"),
    path("gatherings/<int:pk>/held/", views.gathering_hold, name="gathering_hold"),
    path("gatherings/<int:pk>/helpers/", views.helper_add, name="helper_add"),
    path("gatherings/helpers/<int:pk>/remove/", views.helper_remove, name="helper_remove"),
    path("gatherings/classes/<int:pk>/", views.class_show, name="class_show"),
    path("gatherings/classes/<int:pk>/new/", views.gathering_draft, name="gathering_draft"),
    path("gatherings/classes/<int:pk>/ideas/", views.idea_list, name="idea_list"),
]
