from django.urls import path

from networks.cohort import views

urlpatterns = [
    path("start/", views.start_enter, name="start_enter"),
    path("start/by/<str:token>/", views.start_link, name="start_link"),
    path("start/<slug:code>/", views.start_confirm, name="start_confirm"),
    path("gatherings/classes/<int:pk>/start/", views.network_start, name="network_start"),
    path("gatherings/classes/<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("gatherings/classes/<int:pk>/newcomers/", views.newcomer_list, name="newcomer_list"),
    path("gatherings/classes/<int:pk>/newcomers/<int:home>/", views.newcomer_welcome, name="newcomer_welcome"),
    path("gatherings/classes/<int:pk>/buddy/", views.buddy_offer, name="buddy_offer"),
    path("gatherings/starts/<int:pk>/close/", views.start_close, name="start_close"),
    path("gatherings/starts/<int:pk>/elected/", views.start_elect, name="start_elect"),
]
