from django.urls import path

from networks.topics.views import proposals, topics

urlpatterns = [
    path("classes/<int:pk>/topics/", topics.topic_list, name="topic_list"),
    path("classes/<int:pk>/topics/<slug:key>/", topics.topic_show, name="topic_show"),
    path("classes/<int:pk>/topics/<slug:key>/home/", topics.topic_home, name="topic_home"),
    path("classes/<int:pk>/topics/<slug:key>/wish/", topics.topic_wish, name="topic_wish"),
    path("classes/<int:pk>/topics/<slug:key>/experience/", topics.experience_offer, name="experience_offer"),
    path("classes/<int:pk>/topics/<slug:key>/new/", topics.theme_draft, name="theme_draft"),
    path("classes/<int:pk>/proposals/", proposals.proposal_list, name="proposal_list"),
    path("classes/<int:pk>/proposals/new/", proposals.proposal_add, name="proposal_add"),
    path("proposals/<int:pk>/support/", proposals.proposal_support, name="proposal_support"),
    path("proposals/<int:pk>/back/", proposals.proposal_take_back, name="proposal_take_back"),
    path("proposals/<int:pk>/answer/", proposals.proposal_answer, name="proposal_answer"),
    path("proposals/<int:pk>/gather/", proposals.proposal_gather, name="proposal_gather"),
]
