from django.urls import path

from grants.paper import views

urlpatterns = [
    path("paper/", views.paper_list, name="paper_list"),
    path("paper/classes/<int:pk>/", views.paper_enter, name="paper_enter"),
]
