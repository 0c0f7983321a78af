from django.urls import path

from networks.letters import views

urlpatterns = [
    path("letter/", views.letter_enter, name="letter_enter"),
    path("gatherings/letters/", views.letters_due, name="letters_due"),
    path("gatherings/<int:pk>/letters/", views.letter_list, name="letter_list"),
    path("gatherings/<int:pk>/letters/print/", views.letters_print, name="letters_print"),
    path("gatherings/<int:pk>/letters/<int:home>/print/", views.letter_print, name="letter_print"),
    path("gatherings/<int:pk>/letters/<int:home>/answer/", views.office_answer, name="office_answer"),
    path("gatherings/<int:pk>/letters/<int:home>/told/", views.home_told, name="home_told"),
]
