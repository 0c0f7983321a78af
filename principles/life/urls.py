from django.urls import path

from principles.life import views

urlpatterns = [
    path("schools/<slug:place>/principles/idea/", views.idea_note, name="idea_note"),
    path("schools/<slug:place>/principles/<slug:slug>/draft/move/<slug:to>/", views.version_move, name="version_move"),
]
