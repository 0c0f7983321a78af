from django.urls import path

from principles.library import views

urlpatterns = [
    path("schools/<slug:place>/principles/inspiration/", views.inspiration_list, name="inspiration_list"),
    path("schools/<slug:place>/principles/inspiration/<slug:key>/", views.inspiration_show, name="inspiration_show"),
    path(
        "schools/<slug:place>/principles/<slug:slug>/inspiration/",
        views.inspiration_changes,
        name="inspiration_changes",
    ),
]
