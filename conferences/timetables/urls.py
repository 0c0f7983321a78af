from django.urls import path

from conferences.timetables import views

urlpatterns = [
    path("rounds/<int:pk>/plan/", views.timetable_start, name="timetable_start"),
    path("timetables/<int:pk>/", views.timetable_show, name="timetable_show"),
    path("timetables/<int:pk>/replan/", views.timetable_replan, name="timetable_replan"),
    path("timetables/<int:pk>/publish/", views.timetable_publish, name="timetable_publish"),
    path("timetables/<int:pk>/drop/", views.timetable_drop, name="timetable_drop"),
    path("placements/<int:pk>/move/", views.placement_move, name="placement_move"),
    path("placements/<int:pk>/pin/", views.placement_pin, name="placement_pin"),
]
