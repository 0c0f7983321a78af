from django.urls import path

from networks.groups import views

urlpatterns = [
    path("<int:pk>/groups/", views.gathering_groups, name="gathering_groups"),
    path("classes/<int:pk>/apart/", views.apart_list, name="apart_list"),
    path("apart/<int:pk>/remove/", views.apart_remove, name="apart_remove"),
]
