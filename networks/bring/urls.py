from django.urls import path

from networks.bring import views

urlpatterns = [
    path("<int:pk>/bring/", views.bring_list, name="bring_list"),
    path("<int:pk>/bring/suggestion/", views.suggestion_take, name="suggestion_take"),
    path("<int:pk>/bring/lock/", views.bring_lock, name="bring_lock"),
    path("bring/<int:pk>/remove/", views.item_remove, name="item_remove"),
]
