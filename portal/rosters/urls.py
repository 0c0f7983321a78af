from django.urls import path

from portal.rosters import views

app_name = "rosters"

urlpatterns = [
    path("office/rosters/", views.roster_list, name="roster_list"),
    path("office/rosters/new/", views.roster_upload, name="roster_upload"),
    path("office/rosters/doubts/", views.doubt_list, name="doubt_list"),
    path("office/rosters/doubts/<int:pk>/", views.doubt_judge, name="doubt_judge"),
    path("office/rosters/<int:pk>/", views.roster_detail, name="roster_detail"),
    path("office/rosters/<int:pk>/confirm/", views.roster_confirm, name="roster_confirm"),
    path("office/rosters/<int:pk>/undo/", views.roster_undo, name="roster_undo"),
    path("office/rosters/<int:pk>/discard/", views.roster_discard, name="roster_discard"),
]
