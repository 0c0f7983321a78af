from django.urls import path

from principles.cooperation import views

urlpatterns = [
    path("cooperation/", views.cooperation_list, name="cooperation_list"),
    path("cooperation/<int:pk>/", views.cooperation_show, name="cooperation_show"),
    path("cooperation/<int:pk>/pdf/", views.cooperation_download, name="cooperation_download"),
    path("cooperation/<int:pk>/answer/", views.cooperation_answer, name="cooperation_answer"),
    path("cooperation/<int:pk>/answer-at-work/", views.cooperation_work, name="cooperation_work"),
]
