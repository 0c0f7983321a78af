from django.urls import path

from portal.schoolyear.views import events, settings

app_name = "schoolyear"
urlpatterns = [
    path("school/events/", events.event_list, name="event_list"),
    path("school/events/<int:pk>/", events.event_show, name="event_show"),
    path("school/events/<int:pk>/edit/", events.event_edit, name="event_edit"),
    path("school/events/<int:pk>/call-off/", events.event_call_off, name="event_call_off"),
    path("school/<int:pk>/events/new/", events.event_add, name="event_add"),
    path("school/settings/", settings.setting_list, name="setting_list"),
    path("school/<int:pk>/settings/", settings.setting_show, name="setting_show"),
    path("school/<int:pk>/settings/promises/", settings.promises_set, name="promises_set"),
    path("school/<int:pk>/settings/holidays/", settings.holiday_list, name="holiday_list"),
    path("school/<int:pk>/settings/holidays/file/", settings.holidays_read, name="holidays_read"),
    path("school/<int:pk>/settings/holidays/chosen/", settings.holidays_choose, name="holidays_choose"),
    path("school/settings/terms/<int:pk>/", settings.terms_set, name="terms_set"),
    path("school/settings/holidays/<int:pk>/remove/", settings.holiday_remove, name="holiday_remove"),
]
