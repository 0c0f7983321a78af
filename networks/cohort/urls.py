from django.urls import path

from networks.cohort import views

urlpatterns = [
    path("start/", views.start_enter, name="start_enter"),
    path("start/<slug:code>/", views.start_confirm, name="start_confirm"),
    path("gatherings/classes/<int:pk>/start/", views.network_start, name="network_start"),
    path("gatherings/classes/<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("gatherings/starts/<int:pk>/close/", views.start_close, name="start_close"),
    path("gatherings/starts/<int:pk>/elected/", views.start_elect, name="start_elect"),
]
