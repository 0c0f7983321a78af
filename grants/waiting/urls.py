from django.urls import path

from grants.waiting import views

urlpatterns = [
    path("<int:pk>/later/", views.application_delay, name="application_delay"),
    path("<int:pk>/move/", views.application_move, name="application_move"),
]
