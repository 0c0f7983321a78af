from django.urls import path

from networks.children import views

urlpatterns = [
    path("vote/", views.children_in, name="children_in"),
    path("classes/<int:pk>/children/", views.children_show, name="children_show"),
    path("classes/<int:pk>/children/ask/", views.children_ask, name="children_ask"),
    path("votes/<int:pk>/code/", views.code_renew, name="code_renew"),
    path("votes/<int:pk>/slips/", views.ballot_list, name="ballot_list"),
    path("votes/<int:pk>/open/", views.vote_open, name="vote_open"),
    path("votes/<int:pk>/close/", views.vote_close, name="vote_close"),
    path("votes/<int:pk>/committee/", views.committee_choose, name="committee_choose"),
    path("votes/<int:pk>/gather/", views.vote_gather, name="vote_gather"),
]
