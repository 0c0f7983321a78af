from django.urls import path

from networks.bulletins.views import bulletins, questions

urlpatterns = [
    path("classes/<int:pk>/notices/", bulletins.bulletin_list, name="bulletin_list"),
    path("classes/<int:pk>/notices/new/", bulletins.bulletin_write, name="bulletin_write"),
    path("classes/<int:pk>/notices/new/adult/", bulletins.bulletin_new_adult, name="bulletin_new_adult"),
    path("notices/<int:pk>/", bulletins.bulletin_show, name="bulletin_show"),
    path("notices/<int:pk>/edit/", bulletins.bulletin_edit, name="bulletin_edit"),
    path("notices/<int:pk>/send/", bulletins.bulletin_send, name="bulletin_send"),
    path("notices/<int:pk>/release/", bulletins.bulletin_release, name="bulletin_release"),
    path("notices/<int:pk>/return/", bulletins.bulletin_return, name="bulletin_return"),
    path("notices/<int:pk>/back/", bulletins.bulletin_take_back, name="bulletin_take_back"),
    path("notices/<int:pk>/ask/", questions.question_ask, name="question_ask"),
    path("notices/questions/<int:pk>/", questions.question_answer, name="question_answer"),
    path("notices/answers/<int:pk>/release/", questions.answer_release, name="answer_release"),
    path("notices/answers/<int:pk>/drop/", questions.answer_drop, name="answer_drop"),
]
