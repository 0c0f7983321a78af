"""messages/ ..."""

from django.urls import path

from portal.messaging import views

app_name = "messaging"

urlpatterns = [
    path("", views.message_list, name="message_list"),
    path("<int:pk>/", views.message_show, name="message_show"),
    path("<int:pk>/read/", views.message_read, name="message_read"),
    path("<int:pk>/told/", views.message_told, name="message_told"),
    path("choices/", views.preference_edit, name="preference_edit"),
    path("choices/<str:token>/", views.preference_link, name="preference_link"),
    path("morning/<str:token>/", views.morning_mute, name="morning_mute"),
    path("opened/<str:token>/", views.link_opened, name="link_opened"),
    path("calendar/", views.calendar_show, name="calendar_show"),
    path("calendar/open/", views.calendar_open, name="calendar_open"),
    path("calendar/stop/", views.calendar_stop, name="calendar_stop"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
    path("addresses/", views.address_list, name="address_list"),
]
