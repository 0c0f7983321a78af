from django.urls import path

from principles.references import views

AT = "schools/<slug:place>/principles/<slug:slug>/ties/"

urlpatterns = [
    path(AT, views.tie_list, name="tie_list"),
    path(f"{AT}add/", views.tie_add, name="tie_add"),
    path(f"{AT}reference/", views.reference_add, name="reference_add"),
    path("principles/ties/<int:pk>/remove/", views.tie_remove, name="tie_remove"),
    path("principles/ties/<int:pk>/look/", views.tie_look, name="tie_look"),
    path("principles/references/<int:pk>/", views.reference_edit, name="reference_edit"),
    path("principles/references/<int:pk>/remove/", views.reference_remove, name="reference_remove"),
]
