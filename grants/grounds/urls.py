from django.urls import path

from grants.grounds import views

urlpatterns = [
    path("reasons/", views.reason_list, name="reason_list"),
    path("reasons/new/", views.reason_add, name="reason_add"),
    path("reasons/<int:pk>/", views.reason_change, name="reason_change"),
    path("reasons/<int:pk>/end/", views.reason_end, name="reason_end"),
]
