from django.urls import path

from networks.lifts import views

urlpatterns = [
    path("<int:pk>/lifts/", views.lift_list, name="lift_list"),
    path("lifts/<int:pk>/withdraw/", views.lift_withdraw, name="lift_withdraw"),
]
