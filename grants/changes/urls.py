from django.urls import path

from grants.changes import views

urlpatterns = [
    path("<int:pk>/another-gathering/", views.application_replace, name="application_replace"),
    path("<int:pk>/give-back/", views.award_lapse, name="award_lapse"),
]
