from django.urls import path

from networks.programme import views

urlpatterns = [
    path("<int:pk>/programme/", views.programme_show, name="programme_show"),
    path("<int:pk>/programme/ice-breaker/", views.icebreaker_take, name="icebreaker_take"),
    path("<int:pk>/name-tags/", views.tag_sheet, name="tag_sheet"),
    path("activities/<int:pk>/change/", views.activity_change, name="activity_change"),
    path("activities/<int:pk>/move/", views.activity_move, name="activity_move"),
    path("activities/<int:pk>/remove/", views.activity_remove, name="activity_remove"),
]
